"""Articles that another run of `manage.py import_news` does not change."""

import pytest

from newsroom.importing.fingerprint import fingerprint
from newsroom.importing.tests.site import ENGLISH, FRENCH, article, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "1.txt").write_text(FRENCH)
    return tmp_path


def test_a_file_that_is_now_in_another_language_does_not_change_its_article(folder):
    page = run(folder)[0]["page"]
    (folder / "1.txt").write_text(ENGLISH.replace("Mao", "Moussoro"))

    line = run(folder, status=1)[0]

    assert (line["status"], line["page"]) == ("failed", page)
    assert article(line).get_latest_revision_as_object().title == "Le puits de Mao rouvre"


def lock(page):
    page.locked = True
    page.save()


def submit(page):
    page.get_workflow().start(page, None)


@pytest.mark.parametrize("begin", [lock, submit])
def test_a_page_that_is_locked_or_in_review_is_not_touched(folder, begin):
    begin(article(run(folder)[0]))
    (folder / "1.txt").write_text(FRENCH.replace("300 familles", "400 familles"))

    line = run(folder)[0]

    assert line["status"] == "skipped"
    assert "400 familles" not in str(article(line).get_latest_revision_as_object().body[1].value)


def test_an_edit_of_any_field_changes_the_fingerprint(folder):
    """All fields of the form count, except the dates of publication and the comments."""
    page = article(run(folder)[0])
    form = page.get_edit_handler().get_form_class()
    content = {"keywords": "", "comments": []} | page.latest_revision.content
    rows = {"contacts": "contact", "countries": "country", "topics": "topic", "related_articles": "related"}
    written = {*form.base_fields, *form.formsets} - {"go_live_at", "expire_at", "comment_notifications", "comments"}
    for name in written:
        row = {rows.get(name, "text"): 0, "date": ""}
        other = [*content[name], row] if isinstance(content[name], list) else f"{content[name]} "
        assert fingerprint(content | {name: other}) != fingerprint(content), name
