"""The findings that the editor's script requests while a text is written."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from iom import findings
from iom.checks import apps
from iom.checks.tests.broken import ALL, sound
from iom.checks.tests.test_errors import form_of
from iom.core.tests import bodies
from iom.navigation.tests.pairs import at
from newsroom.models import NewsArticle


def paragraph(html, key="one"):
    return {"type": "paragraph", "id": key, "value": html}


LONG_FR, LONG_EN = " ".join(["mot"] * 31) + ".", " ".join(["word"] * 26) + "."
VAGUE = '<p>Le rapport est <a href="https://www.iom.int/">{}</a>.</p>'

# By the code of the finding: the language, what is written, and where it is said
WRITTEN = {
    "long sentence fr": ("fr", {"body": [paragraph(f"<p>{LONG_FR}</p>")]}, ["body", "one"]),
    "long sentence en": ("en", {"body": [paragraph(f"<p>{LONG_EN}</p>")]}, ["body", "one"]),
    "acronym": ("en", {"body": [paragraph("<p>The CNARR counted them.</p>")]}, ["body", "one"]),
    "acronym in the title": ("fr", {"title": "Le CNARR ouvre un bureau"}, ["title"]),
    "undated day fr": ("fr", {"body": [paragraph("<p>Ils sont partis hier.</p>")]}, ["body", "one"]),
    "undated day en": ("en", {"summary": "They left yesterday."}, ["summary"]),
    "link text fr": ("fr", {"body": [paragraph(VAGUE.format("cliquez ici"))]}, ["body", "one"]),
    "link text en": ("en", {"body": [paragraph(VAGUE.format("Click here!"))]}, ["body", "one"]),
    "title": ("en", {"title": "word " * 15}, ["seo_title"]),
    "description": ("en", {"summary": "A word. " * 21}, ["search_description"]),
    "heading": ("fr", {"body": [{"type": "heading", "id": "one", "value": "Fin"}]}, ["body", "one"]),
    "bold heading": ("fr", {"body": [paragraph("<p><b>Un titre</b></p>")]}, ["body", "one"]),
    "day ahead": ("en", {"date": timezone.now() + timedelta(days=2)}, ["date"]),
    "typography": ("fr", {"summary": "Déjà ? Oui!"}, ["summary"]),
}


# Those whose examples are records: in test_links.py and test_duplicates.py
ELSEWHERE = {"addresses_of_this_site", "links_elsewhere", "links_within", "near_duplicates"}


def ask(client, page, language):
    answer = client.post(reverse("checks_page", args=[page.pk]), form_of(page), headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.json()


def with_values(page, values):
    for name, value in values.items():
        setattr(page, name, value)
    return page


@pytest.mark.parametrize("case", WRITTEN)
def test_a_warning_is_said_beside_its_field_and_refuses_nothing(sign_in, case):
    language, values, where = WRITTEN[case]
    page = with_values(sound(language), values)
    found = ask(sign_in("officer"), page, language)["findings"]
    assert [(one["level"], one["where"]) for one in found] == [("warning", where)], found
    page.save_revision().publish(user=page.owner)
    assert not findings.errors_of(page)


def test_a_day_that_has_come_when_a_scheduled_text_is_published_is_not_ahead(db):
    page = with_values(sound("en"), {"date": timezone.now() + timedelta(days=2)})
    page.go_live_at = page.date + timedelta(minutes=1)
    assert "day ahead" not in [one.code for one in findings.warnings_of(page)]


def test_every_warning_has_an_example(db):
    codes = {case.removesuffix(" fr").removesuffix(" en").removesuffix(" in the title") for case in WRITTEN}
    said = set()
    for language, values, _where in WRITTEN.values():
        page = with_values(sound(language), values)
        said |= {
            name for name, check in findings.warnings.items() if list(check(page, findings.publication_time(page)))
        }
    assert said == set(findings.warnings) - ELSEWHERE
    assert len(codes) >= len(said)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_would_refuse_publication_is_said_first(sign_in, language):
    page = sound(language)
    for breaks, field in ALL:
        if field in ("summary", "contacts", "picture_alt"):
            breaks(page)
    page.save_revision(clean=False)
    answer = ask(sign_in("officer"), page, language)
    errors = [one for one in answer["findings"] if one["level"] == "error"]
    assert {one["where"][0] for one in errors} == {"summary", "contacts", "picture_alt"}
    assert ("erreurs" if language == "fr" else "errors") in answer["summary"]


def test_nothing_is_said_of_a_sound_text(sign_in):
    page = sound()
    answer = ask(sign_in("officer"), page, "fr")
    assert answer == {"summary": "Rien à corriger", "findings": []}


def test_a_text_that_is_not_saved_yet_is_checked_and_stays_unsaved(sign_in):
    parent = at("/fr/actualites/")
    before = NewsArticle.objects.count()
    page = NewsArticle(title="Neuf", summary="", locale=parent.locale)
    address = reverse("checks_new_page", args=["newsroom", "newsarticle", parent.pk])
    found = sign_in("officer").post(address, form_of(page)).json()["findings"]
    assert {one["where"][0] for one in found} >= {"summary", "contacts"}
    assert not {one["field"] for one in found} & {"", "None"}
    assert NewsArticle.objects.count() == before


def test_an_incomplete_form_is_checked_as_far_as_it_goes(sign_in):
    page = sound()
    data = form_of(page) | {"title": "", "date": "no date", "summary": "Déjà ?"}
    found = sign_in("officer").post(reverse("checks_page", args=[page.pk]), data).json()["findings"]
    assert {one["where"][0] for one in found} == {"title", "date", "summary"}


def test_only_those_who_may_edit_a_page_ask_about_it(sign_in):
    page = sound()
    address = reverse("checks_page", args=[page.pk])
    assert sign_in("translator.en").post(address, form_of(page)).status_code in (302, 403)


def test_every_family_is_registered():
    folder = Path(apps.__file__).parent
    written = {file.stem for file in folder.glob("*.py") if re.search(r"^@(error|warning)$", file.read_text(), re.M)}
    assert written == set(apps.FAMILIES)


def test_every_block_is_read_by_the_checks_of_words(db):
    """Typography is wrong in each of its texts; each is found."""
    for kind in bodies.KINDS:
        page = sound()
        page.body = [{**block, "value": _wrong(block["value"])} for block in bodies.body(kind, "fr")]
        found = list(findings.warnings["typography"](page, findings.publication_time(page)))
        assert bool(found) == bool(bodies.texts(kind, "fr")), kind


def _wrong(value):
    if isinstance(value, str):
        return value.replace(" in fr", " in fr !")
    if isinstance(value, dict):
        return {key: _wrong(one) for key, one in value.items()}
    return [_wrong(one) for one in value] if isinstance(value, list) else value
