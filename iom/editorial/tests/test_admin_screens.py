"""Every screen of the admin, used as a person does: open, fill in, save, look at the result."""

from dataclasses import dataclass, field
from functools import cache
from pprint import pformat
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.forms import BaseModelForm
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from iom.editorial.tests import admin_screens, admin_urls, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_language]

# Answers without a screen: addresses of acts alone (204: a script asks whether it may act), ways that lead on, and what
# asks for more than an address.
NO_SCREEN = {204, 302, 405}
ASKS_FOR_MORE = {"wagtailadmin_tag_model_autocomplete", "wagtailadmin_block_preview", "editorial_session"}
# The forms of pages have tests of their own.
OF_PAGES = ("wagtailadmin_pages:", "wagtailadmin_workflows:remove", "translation_", "wagtail_localize:")
# They take one of two arguments, or nothing.
OWN_TESTS = {
    "newsroom_import",
    "country_texts:add",  # needs a text, which a script writes
    "country_texts:edit",
    "newsroom_correct",  # refuses while an update is scheduled
    "wagtailredirects:start_import",
    "wagtailsearchpromotions:add",  # needs a row, which a script adds
    "wagtailsearchpromotions:edit",  # takes a page or an address, not both
}
# How many different screens a role saves at the least: a walk that finds none has not been one.
LEAST = {"d": 30, "e": 20, "o": 10, "f": 4}
# Headers of columns that are spelt alike in both languages.
ALIKE = {
    "Action", "Collection", "Date", "English", "Français", "Page", "Pages", "Parent", "Passages", "Port", "Site", "Total",
    "Type",
}  # fmt: skip
# Of the form for a group, Wagtail reads these once, in the site's own language.
READ_ONCE = {"Ajouter", "Choisir", "Modifier", "Supprimer"}
# These show a page as readers see it, in its own language.
PUBLIC = ("view_draft", "revisions_view", "preview", "preview_on_edit", "preview_on_add", "javascript_catalog")
# Of templates of Wagtail's, which name a help text that they do not show.
DANGLING = {"file: id_file_helptext", "query_string: id_query_string_helptext"}
NO_LISTS = ("_results", "add", "edit", "delete", "copy")


@dataclass
class Walk:
    """The screens that a user finds behind all URLs to which they have access."""

    client: Client
    failed: list[tuple[str, str, int]] = field(default_factory=list)
    screens: list[tuple[str, admin_screens.Screen]] = field(default_factory=list)
    columns: dict[str, set[str]] = field(default_factory=dict)
    above: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    texts: dict[str, words.Words] = field(default_factory=dict)


def roles(*chosen):
    """Parametrizes a test by roles and languages. The tests of a role run in one process, which opens its screens once."""
    return pytest.mark.parametrize(
        ("letter", "language"),
        [pytest.param(*one.split(), marks=pytest.mark.xdist_group(f"screens of {one[0]}")) for one in chosen],
    )


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    """`walk("d", "fr")` opens the screens once for all tests, which use one transaction and roll back their changes."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        # What is undone in the database is not undone in the folder of files.
        patch.setattr(FileSystemStorage, "delete", lambda storage, name: None)
        text = admin_urls.text("fr")
        arguments = admin_urls.url_arguments(text.original, text.state)
        words.forget()
        yield cache(lambda letter, language: _walk(letter, language, arguments))
        transaction.set_rollback(True)


def _walk(letter: str, language: str, arguments: dict[str, Any]) -> Walk:
    found = Walk(admin_screens.client_of(letter, language))
    parameters = dict(admin_urls.addresses())
    for name in admin_screens.open_to(letter):
        url = admin_urls.address(name, parameters[name], arguments)
        with admin_urls.rolled_back():
            answer = found.client.get(url)
        if answer.status_code not in (200, *NO_SCREEN) and name not in ASKS_FOR_MORE:
            found.failed.append((name, url, answer.status_code))
        kind = answer.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith(("text/html", "application/json")):
            continue
        if not name.startswith(OF_PAGES):
            found.screens += [(name, screen) for screen in admin_screens.screens(answer, url)]
        if not name.endswith(PUBLIC):
            found.texts[name] = words.words_of(answer)
        if kind.startswith("text/html") and not name.endswith(NO_LISTS):
            found.columns[name] = _columns(answer)
            found.above[name] = _above(answer)
    return found


def _columns(answer):
    found = BeautifulSoup(answer.content, "html.parser").find_all("th")
    return {" ".join(one.get_text(" ").split()) for one in found if any(map(str.isalpha, one.get_text()))}


def _above(answer):
    """Returns the breadcrumbs above the screen: label and URL."""
    steps = BeautifulSoup(answer.content, "html.parser").select("[data-w-breadcrumbs] li a")
    return [(step.get_text(" ", strip=True), step["href"]) for step in steps[:-1]]


# Each role, and each screen in both languages.
@roles("d fr", "d en", "e en", "o fr", "f en", "n fr")
def test_every_screen_opens(walk, letter, language):
    assert walk(letter, language).failed == []


@pytest.mark.one_database
@roles("d fr", "o fr")
def test_each_step_above_a_screen_has_a_name_and_leads_elsewhere(walk, letter, language):
    above = walk(letter, language).above
    found = {name: steps for name, steps in above.items() if not all(map(all, steps))}

    assert not found, pformat(found, width=160)
    assert sum(map(bool, above.values())) > LEAST[letter]


@pytest.mark.one_database
@pytest.mark.xdist_group("screens of d")
def test_no_column_has_the_same_name_in_french_and_in_english(walk):
    french, english = walk("d", "fr").columns, walk("d", "en").columns
    same = {name: both for name in french if (both := (french[name] & english[name]) - ALIKE - READ_ONCE)}

    assert same == {}
    assert {"Bureau", "Thème", "Titre", "Nom du site", "Page racine"} <= set().union(*french.values())


@roles("d fr", "o fr", "n fr", "d en", "e en", "f en")
def test_no_screen_has_texts_in_the_other_language(walk, letter, language):
    """Checks texts, alternative texts, labels and data for scripts, but not a public page within a screen."""
    found = {
        name: left for name, one in walk(letter, language).texts.items() if (left := words.foreign(one, language))
    }

    assert not found, pformat(found, width=160)


@pytest.mark.one_database
@pytest.mark.xdist_group("screens of d")
def test_no_text_is_the_same_in_french_and_in_english(walk):
    french, english = walk("d", "fr").texts, walk("d", "en").texts
    found = {name: both for name in french if name in english and (both := words.same(french[name], english[name]))}

    assert not found, pformat(found, width=160)


def _complaints(screens):
    """Returns the errors of the screens' forms."""
    return {
        f"{type(form).__name__}.{name}": list(errors)
        for screen in screens
        for form in screen.forms
        for name, errors in form.errors.items()
    }


def _missing_from(client, name, form):
    """Returns the places where the saved record is missing: its list, its own URL."""
    records = form._meta.model._default_manager
    record = records.order_by("-pk").first() if name.endswith(("add", "copy")) else records.get(pk=form.instance.pk)
    namespace = name.rpartition(":")[0]
    missing = []
    for view, arguments in (("list", []), ("index", []), ("edit", [record.pk])):
        try:
            url = reverse(f"{namespace}:{view}", args=arguments)
        except NoReverseMatch:
            continue
        answer = client.get(url)
        text = answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"
        if not any(all(escape(part) in text or part in text for part in name) for name in _names(record)):
            missing.append((url, *_names(record)))
    return missing


def _names(record):
    """Returns a record's names, each as the parts that a column may show."""
    return [str(record).split(" · "), [admin_screens.MARK]]


@roles("d fr", "e en", "o fr", "f en")
def test_every_form_is_saved_and_its_record_is_shown(walk, letter, language):
    failed, saved, client = {}, set(), walk(letter, language).client
    client.renew_session()
    for name, screen in walk(letter, language).screens:
        if name in OWN_TESTS:
            continue
        with admin_urls.rolled_back():
            answer = client.post(screen.action, admin_screens.filled(screen))
            complaints = _complaints(admin_screens.screens(answer, "")) if answer.status_code == 200 else {}
            if answer.status_code not in (200, 302) or complaints:
                failed[name] = screen.action, answer.status_code, complaints
                continue
            saved.add(name)
            for form in screen.forms:
                is_record = isinstance(form, BaseModelForm) and not form.prefix
                is_saved = is_record and name.rpartition(":")[2] in ("add", "copy", "edit")
                if is_saved and (missing := _missing_from(client, name, form)):
                    failed[name] = missing

    assert not failed, pformat(failed, width=160)
    assert len(saved) >= LEAST[letter], saved


@roles("d en", "o fr")
def test_no_form_fails_on_invalid_data(walk, letter, language):
    """Invalid data is either refused with an error message or stored as typed."""
    failed, refused, client = {}, 0, walk(letter, language).client
    client.renew_session()
    for name, screen in walk(letter, language).screens:
        for way, values in admin_screens.wrong(screen).items():
            with admin_urls.rolled_back():
                answer = client.post(screen.action, values)
                screens = admin_screens.screens(answer, "") if answer.status_code == 200 else []
                complaints = _complaints(screens) or admin_screens.errors_of_rows(answer)
            refused += bool(complaints)
            if answer.status_code >= 500 or (screens and not complaints):
                failed[name, way] = screen.action, answer.status_code

    assert not failed, pformat(failed, width=160)
    assert refused > LEAST[letter]


def _undescribed(answer):
    """Returns fields whose description is not on the screen, or whose error does not describe them."""
    screen = BeautifulSoup(answer.content, "html.parser")
    there = {one["id"] for one in screen.find_all(id=True)}
    for attribute in ("aria-describedby", "aria-labelledby"):
        for one in screen.select(f"[{attribute}]"):
            yield from (f"{one.get('name')}: {key}" for key in one[attribute].split() if key not in there)
    for one in screen.select("[aria-invalid=true]:not([type=hidden], [type=checkbox], [type=radio])"):
        keys = one.get("aria-describedby", "").split()
        if not any(screen.select(f"#{key} .error-message, .form-error#{key}") for key in keys):
            yield f"{one.get('name')}: no error"


@pytest.mark.one_database
@roles("d en", "e en")
def test_what_describes_a_field_is_on_the_screen_its_error_too(walk, letter, language):
    found, refused, client = {}, 0, walk(letter, language).client
    client.renew_session()
    for name, screen in walk(letter, language).screens:
        with admin_urls.rolled_back():
            answer = client.post(screen.action, admin_screens.wrong(screen).get("empty", screen.values))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            refused += b'aria-invalid="true"' in answer.content
            if missing := set(_undescribed(answer)) - DANGLING:
                found[name] = missing

    assert not found, pformat(found, width=160)
    assert refused > LEAST[letter] / 2
