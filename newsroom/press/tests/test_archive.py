"""The archives for journalists: contents, downloads, and the jobs that build them."""

import io
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image, IptcImagePlugin

from iom.media import renditions
from iom.media.tests import pictures
from iom.navigation.tests.pairs import restrict, translate
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.addresses import LANGUAGES, article
from iom.tests.test_queries import queries
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import builder
from newsroom.press.tests.archives import build_archive, link, picture, release

pytestmark = pytest.mark.django_db


def test_an_archive_has_the_text_the_pictures_their_credits_and_the_documents(visitor):
    one = release(place="Tchad")
    response = visitor.get(build_archive(one).url)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    text, credits, image, document = archive.namelist()
    assert archive.testzip() is None
    assert text == f"{one.slug}.txt"
    assert "Le premier paragraphe." in archive.read(text).decode()
    assert credits == "CREDITS.txt"
    said = archive.read(credits).decode()
    for words in (one.title, one.full_url, image, "Au bord du fleuve.", "Un fleuve", "© OIM/Ana Ruiz"):
        assert words in said
    assert image.startswith("images/01-")
    with one.lead_picture.file.storage.open(one.lead_picture.file.name) as file:
        given, original = (Image.open(io.BytesIO(data)) for data in (archive.read(image), file.read()))
    assert given.tobytes() == original.tobytes()
    assert document.startswith("documents/note")
    assert archive.read(document) == b"%PDF-1.7 note"


def test_captions_of_both_languages_are_in_the_archive_and_in_its_pictures(visitor):
    one = release()
    other = translate(one, picture_caption="By the river & <bridge>")
    colon = "\N{NO-BREAK SPACE}:"
    for text, folder, first, second in (
        (one, "images/", f"Légende{colon} Au bord", f"Légende (anglais){colon} By the river & <bridge>"),
        (other, "pictures/", "Caption: By the river", "Caption (French): Au bord du fleuve."),
    ):
        archive = zipfile.ZipFile(build_archive(text).file.path)
        said = archive.read("CREDITS.txt").decode()
        assert first in said
        assert second in said
        (name,) = [name for name in archive.namelist() if name.startswith(folder)]
        packet = Image.open(io.BytesIO(archive.read(name))).info["xmp"].decode()
        assert '<rdf:li xml:lang="fr">Au bord du fleuve.</rdf:li>' in packet
        assert '<rdf:li xml:lang="en">By the river &amp; &lt;bridge&gt;</rdf:li>' in packet
        assert 'photoshop:Credit="© OIM/Ana Ruiz"' in packet


@pytest.mark.parametrize("format_", ["AVIF", "GIF", "WEBP"])
def test_a_picture_of_a_format_that_newsrooms_cannot_open_is_given_as_a_signed_jpeg(format_):
    original = ContentFile(pictures.encoded(format_), f"river.{format_.lower()}")
    archive = zipfile.ZipFile(build_archive(release(lead_picture=picture(file=original))).file.path)
    (name,) = [name for name in archive.namelist() if name.startswith("images/")]
    given = Image.open(io.BytesIO(archive.read(name)))
    assert (name, given.format) == ("images/01-river.jpg", "JPEG")
    assert name in archive.read("CREDITS.txt").decode()
    assert 'photoshop:Credit="© OIM/Ana Ruiz"' in given.info["xmp"].decode()
    assert IptcImagePlugin.getiptcinfo(given)[2, 120].decode() == "Au bord du fleuve."


def test_a_new_caption_of_the_translation_rebuilds_the_archive(visitor):
    one = release()
    other = translate(one, picture_caption="By the river")
    archive = build_archive(one)
    Job.objects.all().delete()
    other = NewsArticle.objects.get(pk=other.pk)
    other.picture_caption = "By the bridge"
    other.save_revision().publish()
    assert set(Job.objects.filter(kind=builder.JOB).values_list("key", flat=True)) == {str(other.pk)}
    builder.rebuild(str(other.pk))
    assert str(one.pk) in Job.objects.filter(kind=builder.JOB).values_list("key", flat=True)
    builder.rebuild(str(one.pk))
    assert not PressArchive.objects.filter(pk=archive.pk).exists()
    renewed = zipfile.ZipFile(PressArchive.objects.get(article=one).file.path)
    assert "By the bridge" in renewed.read("CREDITS.txt").decode()


def test_archives_of_translations_do_not_enqueue_each_other_endlessly():
    one = release()
    translate(one, picture_caption="By the river")
    for _round in range(3):
        for key in Job.objects.filter(kind=builder.JOB).values_list("key", flat=True):
            Job.objects.filter(kind=builder.JOB, key=key).delete()
            builder.rebuild(key)
    assert not Job.objects.filter(kind=builder.JOB).exists()
    restrict(one)  # no archive can be made any more
    Job.objects.all().delete()
    PressArchive.objects.all().delete()
    builder.rebuild(str(one.pk))
    assert not Job.objects.filter(kind=builder.JOB).exists()


def test_only_what_readers_may_see_of_the_translation_is_in_the_archive():
    one = release()
    other = translate(one, picture_caption="By the river")
    NewsArticle.objects.get(pk=other.pk).unpublish()
    assert "By the river" not in zipfile.ZipFile(build_archive(one).file.path).read("CREDITS.txt").decode()


@pytest.mark.parametrize(
    ("language", "free", "kept"),
    [
        ("fr", "Réutilisation autorisée pour la presse", "Réutilisation non autorisée"),
        ("en", "May be reused by the press", "May not be reused"),
    ],
)
def test_each_picture_says_whether_it_may_be_reused_and_gives_its_largest_file(visitor, language, free, kept):
    given, refused = picture(), picture(for_press=False)
    for image in (given, refused):
        renditions.prepare(image)
    for image, words in ((given, free), (refused, kept)):
        one = release(language=language, lead_picture=image)
        figure = BeautifulSoup(visitor.get(one.url).content.decode(), "html.parser").select_one("#pictures")
        assert words in figure.text
        link = figure.select_one("a[download]")
        assert (link is not None) is image.for_press
        if link:
            with closing(visitor.get(link["href"])) as file:
                assert file["Content-Type"] == "image/jpeg"
            assert "(JPEG, " in link.text


def test_it_is_downloaded_under_its_name_in_ranges_and_asked_for_anew(visitor):
    archive = build_archive(release())
    response = visitor.get(archive.url)
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{archive.name}"'
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert int(response.headers["Content-Length"]) == archive.size
    part = visitor.get(archive.url, headers={"range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK\x03\x04")
    again = visitor.get(archive.url, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert visitor.post(archive.url).status_code in (403, 405)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_it_is_and_how_large(visitor, language):
    one = article("canada-25000-syrian-refugees", language)
    assert link(visitor, one) == ""
    archive = PressArchive.objects.create(
        article=one, file="press/t/a.zip", size=4404019, picture_count=1, token="t" * 32
    )
    content = visitor.get(one.url).content.decode()
    with translation.override(language):
        assert archive.label in content
    assert {"fr": "4,2\N{NO-BREAK SPACE}Mo", "en": "4.2\N{NO-BREAK SPACE}MB"}[language] in content


def test_a_picture_without_the_right_is_not_in_it_and_is_named(visitor):
    one = release(lead_picture=picture(for_press=False, credit="Agence/X"))
    archive = build_archive(one)
    held = zipfile.ZipFile(archive.file.path)
    assert not [name for name in held.namelist() if name.startswith("images/")]
    assert "Au bord du fleuve. (Crédit" in held.read("CREDITS.txt").decode()
    assert archive.picture_count == 0


def test_no_request_of_a_visitor_builds_an_archive(visitor, monkeypatch):
    monkeypatch.setattr(builder, "build", lambda pk: pytest.fail("made in a request"))
    one = release()
    assert visitor.get(one.url).status_code == 200
    assert visitor.get(one.text_url).status_code == 200
    assert not PressArchive.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_archive_adds_no_query_to_the_page(visitor, language):
    one = article("canada-25000-syrian-refugees", language)
    without = len(queries(visitor, one.url))
    build_archive(one)
    assert link(visitor, one)
    assert len(queries(visitor, one.url)) == without


def test_a_failed_build_is_tried_again_later(monkeypatch):
    one = release()
    Job.objects.all().delete()
    jobs.enqueue(builder.JOB, one.pk)
    with monkeypatch.context() as broken:
        broken.setattr(builder, "write_zip", lambda *given: 1 / 0)
        assert jobs.run(kinds=[builder.JOB]) == (0, 1)
    assert not PressArchive.objects.filter(article=one.pk).exists()
    assert "ZeroDivisionError" in Job.objects.get(kind=builder.JOB).reason
    jobs.enqueue(builder.JOB, one.pk)
    assert jobs.run(kinds=[builder.JOB]) == (1, 0)
    assert PressArchive.objects.get(article=one.pk).file


def test_a_killed_process_leaves_nothing_that_prevents_the_next_build(monkeypatch):
    one = release()
    with monkeypatch.context() as killed:
        killed.setattr(builder, "write_zip", lambda *given: sys.exit())
        with pytest.raises(SystemExit):
            builder.build(one.pk)
    assert one.pk in builder.find_outdated()
    builder.rebuild(str(one.pk))
    assert PressArchive.objects.get(article=one.pk).file


def test_a_picture_whose_file_is_lost_does_not_hold_up_the_rest(caplog):
    one = release()
    Path(one.lead_picture.file.path).unlink()
    archive = build_archive(one)
    assert (archive.picture_count, archive.document_count) == (0, 1)
    assert "is missing" in caplog.text


def test_the_file_of_an_archive_has_no_address_of_its_own(visitor):
    one = release()
    archive = build_archive(one)
    assert visitor.get(f"/media/{archive.file.name}").status_code == 404
    assert visitor.get(f"/media/images/../{archive.file.name}").status_code == 404
    assert visitor.get(archive.url.replace(".zip", ".txt")).status_code == 404
    assert visitor.get(archive.url.replace(archive.token, "0" * 32)).status_code == 404


@pytest.mark.parametrize("year", [1979, 2108])
def test_an_article_of_any_year_has_one(year):
    one = release()
    date = datetime(year, 6, 1, tzinfo=UTC)  # no form takes 2108, and a row may have it
    NewsArticle.objects.filter(pk=one.pk).update(date=date, sort_date=date)
    held = zipfile.ZipFile(build_archive(one).file.path)
    assert held.testzip() is None
    assert held.infolist()[0].date_time[0] == min(max(year, 1980), 2107)


@pytest.mark.parametrize("slug", ["x" * 255, "ภ" * 255])
def test_an_article_with_a_long_address_has_one_with_a_name_that_any_file_system_holds(visitor, slug):
    archive = build_archive(release(slug=slug))
    assert visitor.get(archive.url).status_code == 200
    names = [archive.name, *zipfile.ZipFile(archive.file.path).namelist()]
    assert max(len(name.encode()) for name in names) < 255


def test_a_download_asks_the_database_a_fixed_number_of_times(visitor, django_assert_max_num_queries):
    archive = build_archive(article("every-block", "fr"))
    visitor.get(archive.url)
    with django_assert_max_num_queries(16):  # four of them for the captions of the other language
        visitor.get(archive.url)
