"""Renditions at `/media/images/…` on the embedded default, and nothing else below `/media/`."""

import pytest
from django.http import HttpResponse
from django.utils.http import http_date

from iom.media.models import SiteDocument, SiteImage
from iom.media.tests import pictures
from iom.media.tests.public_files import article_with


@pytest.fixture(autouse=True)
def _a_404_needs_no_template(monkeypatch):
    monkeypatch.setattr(
        "iom.core.views.render", lambda request, template, context, status: HttpResponse(status=status)
    )


@pytest.fixture
def image(db):
    image = SiteImage(title="Picture", file=pictures.upload(pictures.encoded(image=pictures.picture((400, 200)))))
    image.save()
    article_with(image)
    return image


@pytest.fixture
def rendition(image):
    return image.get_rendition("width-100")


def test_a_visitor_gets_the_picture_to_keep(visitor, rendition):
    answer = visitor.get(rendition.url)

    with rendition.file.open() as file:
        assert answer.getvalue() == file.read()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable, s-maxage=60"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("spec", "content_type"), [("width-90|format-webp", "image/webp"), ("width-90|format-png", "image/png")]
)
def test_every_format_says_what_it_is(visitor, image, spec, content_type):
    assert visitor.get(image.get_rendition(spec).url)["Content-Type"] == content_type


def test_a_browser_that_has_the_picture_is_not_sent_it_again(visitor, rendition):
    first = visitor.get(rendition.url)
    by_tag = visitor.get(rendition.url, headers={"If-None-Match": first["ETag"]})
    by_date = visitor.get(rendition.url, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_tag.status_code, by_tag.getvalue()) == (304, b"")
    assert (by_date.status_code, by_date.getvalue()) == (304, b"")


def test_a_browser_that_has_another_version_is_sent_the_picture(visitor, rendition):
    assert visitor.get(rendition.url, headers={"If-None-Match": '"another"'}).status_code == 200
    assert visitor.get(rendition.url, headers={"If-Modified-Since": http_date(0)}).status_code == 200


def test_an_interrupted_download_is_taken_up_where_it_stopped(visitor, rendition):
    whole = visitor.get(rendition.url).getvalue()
    answer = visitor.get(rendition.url, headers={"Range": "bytes=10-19"})

    assert answer.status_code == 206
    assert answer.getvalue() == whole[10:20]
    assert answer["Content-Range"] == f"bytes 10-19/{len(whole)}"


def test_a_range_beyond_the_end_is_refused(visitor, rendition):
    assert visitor.get(rendition.url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_one_may_ask_for_the_headers_alone(visitor, rendition):
    answer = visitor.head(rendition.url)

    assert answer.status_code == 200
    assert answer["Content-Length"] == str(rendition.file.size)
    assert b"".join(answer) == b""


def test_originals_do_not_exist_for_visitors(visitor, image):
    name = image.file.name

    assert visitor.get(f"/media/{name}").status_code == 404
    assert visitor.get(f"/media/images/../{name}").status_code == 404


def test_documents_do_not_exist_below_media(visitor, db):
    document = SiteDocument(title="Report", file=pictures.upload(b"%PDF-1.7", "report.pdf"))
    document.save()

    assert visitor.get(f"/media/{document.file.name}").status_code == 404
    assert visitor.get(f"/media/images/../{document.file.name}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/media/images/..%2foriginal_images/{name}",
        "/media/images/%2e%2e/original_images/{name}",
        "/media/images/%2e%2e%2foriginal_images%2f{name}",
        "/media/images//original_images/{name}",
        "/media/images/..%5coriginal_images%5c{name}",
        "/media/images/%00",
        "/media/images/picture%00.jpg",
        "/media/images/{token}",
        "/media/images/",
        "/media/",
        "/media/images/" + "x" * 5000 + ".jpg",
        "/media/images/%ff%fe.jpg",
        "/media/images/nothing.jpg",
    ],
)
def test_addresses_that_robots_try_lead_nowhere(visitor, rendition, image, address):
    name = image.file.name.removeprefix("original_images/")
    token = rendition.file.name.split("/")[1]

    assert visitor.get(address.format(name=name, token=token)).status_code == 404


def test_a_file_that_is_no_picture_is_not_served_from_among_the_renditions(visitor, rendition):
    storage = rendition.file.storage
    folder = rendition.file.name.rsplit("/", 1)[0]
    name = storage.save(f"{folder}/page.html", pictures.upload(b"<script>", "page.html"))

    assert storage.exists(name)
    assert visitor.get(storage.url(name)).status_code == 404
