"""Every screen of the admin as a person uses it: open, fill in, save, look at the result."""

from pprint import pformat

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.forms import BaseModelForm
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from iom.editorial.tests import admin_screens, admin_urls

pytestmark = pytest.mark.django_db

# Each role, and each screen in both languages.
ROLES = [("d", "fr"), ("d", "en"), ("e", "en"), ("o", "fr"), ("f", "fr"), ("n", "en")]
# Answers without a screen: addresses of acts alone (204: a script asks whether it may act), ways that lead on, and what
# asks for more than an address.
NO_SCREEN = {204, 302, 405}
ASKS_FOR_MORE = {"wagtailadmin_tag_model_autocomplete", "wagtailadmin_block_preview"}
# The forms of pages have tests of their own.
OF_PAGES = ("wagtailadmin_pages:", "wagtailadmin_workflows:remove", "translation_", "wagtail_localize:")
# They take one of two arguments, or nothing.
OWN_TESTS = {"newsroom_import", "wagtailredirects:start_import"}
# How many different screens a role saves at the least: a walk that finds none has not been one.
LEAST = {"d": 30, "e": 20, "o": 10, "f": 4}


@pytest.fixture(autouse=True)
def files_stay(monkeypatch):
    """What is undone in the database is not undone in the folder of files."""
    monkeypatch.setattr(FileSystemStorage, "delete", lambda storage, name: None)


@pytest.fixture
def arguments(db):
    text = admin_urls.text("fr")
    admin_urls.render_thumbnails()
    return admin_urls.url_arguments(text.original, text.state)


def urls(letter, arguments):
    """What the role may open: (name, address)."""
    parameters = dict(admin_urls.addresses())
    return [(name, admin_urls.address(name, parameters[name], arguments)) for name in admin_screens.open_to(letter)]


@pytest.mark.parametrize(("letter", "language"), ROLES)
def test_every_screen_opens(arguments, letter, language):
    client = admin_screens.client_of(letter, language)
    failed = []
    for name, url in urls(letter, arguments):
        with admin_urls.rolled_back():
            answer = client.get(url)
        if answer.status_code not in (200, *NO_SCREEN) and name not in ASKS_FOR_MORE:
            failed.append((name, url, answer.status_code))

    assert failed == []


def _screens(letter, language, arguments):
    client = admin_screens.client_of(letter, language)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for name, url in urls(letter, arguments):
        if name.startswith(OF_PAGES):
            continue
        client.cookies[settings.SESSION_COOKIE_NAME] = session  # a saved account begins another, which is undone
        client.raise_request_exception = False
        with admin_urls.rolled_back():
            answer = client.get(url)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith(("text/html", "application/json")):
            for screen in admin_screens.screens(answer, url):
                yield client, name, screen


def _complaints(screens):
    """What a form says that it does not take."""
    return {
        f"{type(form).__name__}.{name}": list(errors)
        for screen in screens
        for form in screen.forms
        for name, errors in form.errors.items()
    }


def _seen(client, name, form):
    """Where the saved record is looked for, and not found: in its list, at its own address."""
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
        if not any(escape(one) in text or one in text for one in _names(record)):
            missing.append((url, _names(record)))
    return missing


def _names(record):
    return [str(record), admin_screens.MARK]


@pytest.mark.parametrize(("letter", "language"), [("d", "fr"), ("e", "en"), ("o", "fr"), ("f", "en")])
def test_every_form_is_saved_and_what_it_saved_is_seen(arguments, letter, language):
    failed, saved = {}, set()
    for client, name, screen in _screens(letter, language, arguments):
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
                if is_saved and (missing := _seen(client, name, form)):
                    failed[name] = missing

    assert not failed, pformat(failed, width=160)
    assert len(saved) >= LEAST[letter], saved


@pytest.mark.parametrize(("letter", "language"), [("d", "fr"), ("d", "en"), ("o", "fr")])
def test_no_form_fails_on_what_is_wrong(arguments, letter, language):
    """Whatever is typed, the form comes back with words, or what was typed is taken as it is."""
    failed, refused = {}, 0
    for client, name, screen in _screens(letter, language, arguments):
        for way, values in admin_screens.wrong(screen).items():
            with admin_urls.rolled_back():
                answer = client.post(screen.action, values)
                screens = admin_screens.screens(answer, "") if answer.status_code == 200 else []
                complaints = _complaints(screens)
            refused += bool(complaints)
            if answer.status_code >= 500 or (screens and not complaints):
                failed[name, way] = screen.action, answer.status_code

    assert not failed, pformat(failed, width=160)
    assert refused > LEAST[letter]
