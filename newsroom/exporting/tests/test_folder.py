"""The export folder: its contents, what it never contains, and what a second run changes."""

import csv
import datetime
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from iom.tests.addresses import article
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.tests.test_leaks import HIDDEN, hidden_articles
from newsroom.exporting import folder
from newsroom.importing import manifest
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
LOCALES = ["fr", "en"]


def rows(path) -> dict[str, dict[str, str]]:
    with (path / folder.MANIFEST).open(newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def export(path, *arguments) -> dict[str, dict[str, str]]:
    call_command("export_news", str(path), *arguments, verbosity=0)
    return rows(path)


def test_every_published_article_is_a_file_with_a_row(tmp_path):
    table = export(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*table, folder.MANIFEST}
    assert len(table) == folder.exportable_articles(LOCALES).count()
    one = table[folder.file_name(article("canada-25000-syrian-refugees", "en"))]
    assert one | {"file": "", "office": "", "not_carried": ""} == {
        "file": "",
        "old_address": article("canada-25000-syrian-refugees", "en").url,
        "date": "2016-03-01",
        "locale": "en",
        "kind": "press-release",
        "scope": "global",
        "office": "",
        "countries": "JO CA LB TR",
        "translation_of": folder.file_name(article("canada-25000-syrian-refugees", "fr")),
        "reference": article("canada-25000-syrian-refugees", "fr").reference,
        "not_carried": "",
    }


def test_blocks_that_a_text_cannot_hold_are_listed(tmp_path):
    table = export(tmp_path)
    lost = table[folder.file_name(article("every-block", "fr"))]["not_carried"].split("; ")
    kinds = set(NewsArticle.body.field.stream_block.child_blocks) - {"paragraph", "heading", "quote"}
    for kind in [*kinds, "lead picture", "paragraph (link)", "quote (language)"]:
        assert any(kind in one for one in lost), kind
    assert not any("heading" in one or one.endswith(" quote") for one in lost)
    corrected = table[folder.file_name(article("mobile-clinics-bogota", "fr"))]["not_carried"]
    assert "corrections" in corrected


def test_fields_of_the_page_that_are_not_carried_are_listed(tmp_path):
    later = timezone.now() + timedelta(days=9)
    fields = {"search_description": "D", "keywords": "K", "seo_title": "T", "expire_at": later, "slug": "another"}
    one = ArticleFactory(title="Un titre", **fields)
    lost = export(tmp_path)[folder.file_name(one)]["not_carried"].split("; ")
    assert {*lost} >= {"description for search engines", "keywords", "title for search engines", "expiry", "slug"}


def test_the_name_of_an_office_is_no_formula_and_is_read_back(tmp_path):
    office = OfficeFactory(fr="=OIM;=1+1", en="=IOM;=1+1")
    one = ArticleFactory(office=office)
    file = folder.file_name(one)
    assert export(tmp_path)[file]["office"] == "'=OIM;'=1+1"
    read = manifest.read(tmp_path / folder.MANIFEST, ContactMatcher())
    assert read.errors == []
    assert read.metadata[str(tmp_path / file)].office == office


def test_nothing_that_is_hidden_is_ever_written(tmp_path):
    now = timezone.now()
    embargoed = ArticleFactory(title="Sous embargo", live=False, go_live_at=now + timedelta(days=1))
    expired = ArticleFactory(title="Périmé", expire_at=now - timedelta(seconds=1))
    table = export(tmp_path)
    written = "\n".join(path.read_text() for path in tmp_path.iterdir())
    for text in [*hidden_articles(), embargoed, expired]:
        assert text.title not in written
        assert folder.file_name(text) not in table
    assert HIDDEN


def test_a_second_run_changes_nothing_and_a_withdrawn_article_goes(tmp_path):
    before = export(tmp_path)
    stamps = {name: (tmp_path / name).stat().st_mtime_ns for name in before}
    (tmp_path / "notes.txt").write_text("mine")
    assert export(tmp_path) == before
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in before} == stamps
    gone, private = article("mobile-clinics-bogota", "fr"), article("every-block", "fr")
    NewsArticle.objects.filter(pk=gone.pk).update(live=False)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    after = export(tmp_path)
    lost = {gone, private, article("every-block", "en")}
    assert before.keys() - after.keys() == {folder.file_name(one) for one in lost}
    assert {path.name for path in tmp_path.iterdir()} == {*after, folder.MANIFEST, "notes.txt"}
    assert after[folder.file_name(article("mobile-clinics-bogota", "en"))]["translation_of"] == ""


def test_a_manifest_that_someone_has_written_removes_nothing_of_theirs(tmp_path):
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    target = tmp_path / "export"
    target.mkdir()
    (target / folder.MANIFEST).write_text("file\n../elsewhere/mine.txt\n")
    export(target)
    assert (other / "mine.txt").read_text() == "mine"


def test_one_language_or_the_latest_alone(tmp_path):
    english = export(tmp_path / "en", "--locale", "en")
    assert {row["locale"] for row in english.values()} == {"en"}
    assert {row["translation_of"] for row in english.values()} == {""}
    late = export(tmp_path / "late", "--since", "2024-01-01")
    assert late
    assert min(row["date"] for row in late.values()) >= "2024-01-01"
    with pytest.raises(CommandError, match="2016-03-01"):
        call_command("export_news", str(tmp_path), "--since", "yesterday")


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        call_command("export_news", str(tmp_path / "file" / "below"))


def test_each_article_is_written_before_the_next_is_read(tmp_path, monkeypatch):
    """Each is written before the next one is read, so that a whole archive needs the memory of one."""
    seen = []
    read = folder._text_and_row
    monkeypatch.setattr(folder, "_text_and_row", lambda *given: seen.append("read") or read(*given))
    for name in folder.export(tmp_path, LOCALES, datetime.date(2025, 1, 1)):
        assert (tmp_path / name).exists()
        seen.append("written")
    assert seen[:4] == ["read", "written", "read", "written"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_export_that_breaks_off_leaves_the_last_manifest(tmp_path, monkeypatch):
    before = export(tmp_path)
    read, count = folder._text_and_row, iter(range(99))

    def broken(*given):
        if next(count) == 2:
            raise OSError(28, "No space left on device")
        return read(*given)

    monkeypatch.setattr(folder, "_text_and_row", broken)
    with pytest.raises(CommandError, match="No space left"):
        call_command("export_news", str(tmp_path))
    assert rows(tmp_path) == before
