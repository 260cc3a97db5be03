"""`manage.py import_news`: the outcome of each file, also when the command runs again."""

import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from iom.contacts.models import PressContact
from iom.translation.models import Message
from newsroom.importing import status
from newsroom.importing.tests.site import ENGLISH, FRENCH, UNDATED, article, run, write_manifest
from newsroom.models import ImportedText, NewsArticle

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """An archive of three files, one of them in a subfolder, with a file of another kind."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "1.txt").write_text(FRENCH)
    (tmp_path / "2.html").write_text("<h1>Un autre titre</h1><p>Un seul paragraphe, du 4 mai 2001.</p>")
    (tmp_path / "sub" / "3.txt").write_text(ENGLISH)
    (tmp_path / "notes.md").write_text("No release.")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    return tmp_path


def statuses(lines):
    return [line["status"] for line in lines]


def test_each_file_of_a_folder_becomes_a_draft_in_its_language_with_a_line_of_json(folder):
    lines = run(folder)

    assert [line["file"] for line in lines] == [str(folder / name) for name in ("1.txt", "2.html", "sub/3.txt")]
    assert statuses(lines) == ["created"] * 3
    assert [article(line).locale.language_code for line in lines] == ["fr", "fr", "en"]
    assert not any(article(line).live for line in lines)
    assert lines[0] | {"left_out": [], "notes": [], "page": None, "file": ""} == {
        "file": "",
        "status": "created",
        "page": None,
        "title": "Le puits de Mao rouvre",
        "locale": "fr",
        "kind": "press-release",
        "scope": "national",
        "place": "Tchad",
        "date": "2001-05-04",
        "proposal": None,
        "paragraphs": 2,
        "quotes": [
            {
                "text": "Nous avons attendu cette eau trois ans",
                "attribution": "Awa Doumbé, coordonnatrice de l’entraide",
            }
        ],
        "contacts": [
            {"name": "Paul Renard", "office": "OIM Tchad", "email": "prenard@example.org", "phone": "+41225550123"}
        ],
        "left_out": [],
        "notes": [],
    }


def test_a_dry_run_reports_the_same_and_writes_nothing(folder):
    def count():
        return [model.objects.count() for model in (Page, ImportedText, PressContact)]

    before = count()
    dry = run(folder, dry_run=True)

    assert count() == before
    assert [line | {"page": None} for line in run(folder)] == dry


def test_a_second_run_changes_nothing(folder):
    first = run(folder)
    revisions = [article(line).latest_revision_id for line in first]

    second = run(folder)

    assert statuses(second) == ["unchanged"] * 3
    assert [line["page"] for line in second] == [line["page"] for line in first]
    assert [article(line).latest_revision_id for line in second] == revisions
    assert [line | {"status": "created"} for line in second] == first


def test_a_changed_file_updates_its_draft(folder):
    first = run(folder)
    (folder / "1.txt").write_text(FRENCH.replace("300 familles", "400 familles"))

    second = run(folder)

    assert statuses(second) == ["updated", "unchanged", "unchanged"]
    assert second[0]["page"] == first[0]["page"]
    assert "400 familles" in str(article(second[0]).get_latest_revision_as_object().body[1].value)
    assert statuses(run(folder)) == ["unchanged"] * 3


def test_a_page_edited_by_hand_is_never_touched_again(folder):
    lines = run(folder)
    page = article(lines[0])
    page.summary = "Écrit à la main."
    page.save_revision(clean=False)
    (folder / "1.txt").write_text(FRENCH.replace("300 familles", "400 familles"))

    line = run(folder)[0]

    assert (line["status"], line["page"]) == ("skipped", page.pk)
    assert line["why"]
    draft = article(line).get_latest_revision_as_object()
    assert draft.summary == "Écrit à la main."
    assert "400 familles" not in str(draft.body[1].value)


def test_a_page_saved_by_hand_without_a_change_counts_as_untouched(folder):
    page = article(run(folder)[0])
    page.get_latest_revision_as_object().save_revision(clean=False)
    (folder / "1.txt").write_text(FRENCH.replace("300 familles", "400 familles"))

    assert run(folder)[0]["status"] == "updated"


def test_a_deleted_page_does_not_come_back(folder):
    article(run(folder)[0]).delete()

    line = run(folder)[0]

    assert (line["status"], line["page"]) == ("skipped", None)


def test_a_moved_file_is_recognized_and_a_copy_is_not_imported_twice(folder):
    page = run(folder)[0]["page"]
    (folder / "1.txt").rename(folder / "moved.txt")
    (folder / "sub" / "copy.txt").write_text(FRENCH)

    lines = {line["file"]: line for line in run(folder)}

    assert (lines[str(folder / "moved.txt")]["status"], lines[str(folder / "moved.txt")]["page"]) == (
        "unchanged",
        page,
    )
    assert lines[str(folder / "sub" / "copy.txt")]["status"] == "skipped"


def test_one_bad_file_is_reported_and_the_others_come_in(folder):
    (folder / "1.txt").write_bytes(b"%PDF-1.7")
    (folder / "0.txt").write_bytes(b"")
    (folder / "gone.txt").symlink_to(folder / "nowhere")

    lines = run(folder, folder / "photo.png", status=1)

    failed = {line["file"].rsplit("/", 1)[1]: line["why"] for line in lines if line["status"] == "failed"}
    assert set(failed) == {"0.txt", "1.txt", "photo.png"}
    assert all(failed.values())
    assert all(why in next(status.last_import()).detail for why in failed.values())
    assert statuses(lines).count("created") == 2


def test_a_file_that_fails_during_writing_leaves_no_rows(folder, monkeypatch):
    """The contact that it would have created is not saved either, although the next file names it too."""
    (folder / "sub" / "3.txt").write_text(FRENCH.replace("Mao", "Moussoro"))
    save = NewsArticle.save_revision

    def fail_once(self, *args, **kwargs):
        if self.title == "Le puits de Mao rouvre":
            raise RuntimeError("disk full")
        return save(self, *args, **kwargs)

    monkeypatch.setattr(NewsArticle, "save_revision", fail_once)
    lines = run(folder, status=1)

    assert statuses(lines) == ["failed", "created", "created"]
    assert "disk full" in lines[0]["why"]
    assert not Page.objects.filter(title="Le puits de Mao rouvre").exists()
    (row,) = article(lines[2]).contacts.all()
    assert row.contact.name == "Paul Renard"


def test_the_tree_the_search_and_the_references_are_as_if_saved_one_by_one(folder):
    lines = run(folder)

    parent = article(lines[0]).get_parent()
    assert parent.numchild == parent.get_children().count()
    assert not any(Page.find_problems())
    found = NewsArticle.objects.filter(live=False).search("puits Mao")
    assert lines[0]["page"] in [page.pk for page in found]
    contact = PressContact.objects.get(email="prenard@example.org")
    assert {str(lines[0]["page"]), str(lines[2]["page"])} == {
        reference.object_id for reference in ReferenceIndex.get_references_to(contact)
    }


def test_dated_texts_are_published_without_messages_and_undated_ones_are_skipped(folder):
    (folder / "2.html").write_text("<h1>Sans date</h1><p>Un paragraphe.</p>")
    messages = Message.objects.count()

    lines = run(folder, publish=True)

    assert statuses(lines) == ["created", "skipped", "created"]
    assert [article(line).live for line in lines if line["page"]] == [True, True]
    assert "date" in lines[1]["why"]
    assert (lines[1]["title"], lines[1]["date"]) == ("Sans date", None)
    assert Message.objects.count() == messages


def test_drafts_imported_before_are_published_by_a_later_run(folder):
    (folder / "2.html").write_text(UNDATED)
    run(folder)

    lines = run(folder, publish=True)

    assert statuses(lines) == ["updated", "skipped", "updated"]
    assert [article(line).live for line in lines] == [True, False, True]
    assert statuses(run(folder, publish=True)) == ["unchanged", "skipped", "unchanged"]


def test_a_publication_that_is_refused_leaves_the_draft_and_says_why(folder, monkeypatch):
    def refuse(self):
        super(NewsArticle, self).clean()
        from django.core.exceptions import ValidationError

        raise ValidationError({"title": "Ce titre ne va pas."})

    monkeypatch.setattr(NewsArticle, "clean", refuse)
    line = run(folder / "1.txt", publish=True)[0]

    assert line["status"] == "created"
    assert not article(line).live
    assert any("Ce titre ne va pas." in note for note in line["notes"])


def test_the_manifest_wins_over_the_text_and_its_change_updates_the_draft(folder):
    manifest = write_manifest(folder, {"file": "1.txt", "date": "1999-12-31", "kind": "story", "countries": "CM"})
    line = run(folder, manifest=manifest)[0]
    assert (line["date"], line["kind"]) == ("1999-12-31", "story")
    assert [row.country.code for row in article(line).countries.all()] == ["CM"]

    write_manifest(folder, {"file": "1.txt", "date": "1998-12-31", "kind": "story", "countries": "CM"})

    assert statuses(run(folder, manifest=manifest)) == ["updated", "unchanged", "unchanged"]
    assert article(line).date.year == 1998


def test_the_archives_order_proposes_a_date_and_sets_none(tmp_path):
    for name, day in (("1", "4 mai 2001"), ("2", ""), ("3", "4 mai 2001")):
        printed = f", {day}" if day else ""
        (tmp_path / f"{name}.txt").write_text(FRENCH.replace(", 4 mai 2001", printed).replace("Mao", f"Mao {name}"))

    line = run(tmp_path)[1]

    assert line["date"] is None
    assert line["proposal"]["date"] == "2001-05-04"
    assert line["proposal"]["reason"]
    assert article(line).date is None


def test_an_old_address_leads_to_the_page_once_it_is_live(folder, visitor):
    manifest = write_manifest(folder, {"file": "1.txt", "old_address": "https://old.example.org/fr/news/well-12"})
    line = run(folder, manifest=manifest)[0]
    assert not Redirect.objects.filter(redirect_page=line["page"]).exists()
    assert visitor.get("/fr/news/well-12/").status_code == 404

    run(folder, manifest=manifest, publish=True)

    answer = visitor.get("/fr/news/well-12/")
    assert (answer.status_code, answer.url) == (301, article(line).url)


def test_the_report_goes_into_a_file(folder, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.jsonl"

    assert run(folder, report=path) == []

    assert statuses(map(json.loads, path.read_text().splitlines())) == ["created"] * 3


@pytest.mark.parametrize(
    "arguments", [["--manifest", "no.csv"], ["--manifest", "wrong.csv"], ["--user", "nobody@example.org"], ["nowhere"]]
)
def test_wrong_usage_ends_with_2_and_writes_nothing(folder, monkeypatch, arguments):
    write_manifest(folder, {"file": "1.txt", "date": "yesterday"}, name="wrong.csv")
    monkeypatch.chdir(folder)

    with pytest.raises(CommandError) as error:
        call_command("import_news", ".", *arguments)

    assert error.value.returncode == 2
    assert not ImportedText.objects.exists()
