"""Attacks with an account, or from a page on another site: scripts in texts (XSS), and forged forms (CSRF)."""

import itertools
import json

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from iom.editorial.tests.admin_urls import addresses
from iom.tests import page_forms
from iom.tests.addresses import LANGUAGES
from iom.tests.test_every_form import PUBLISH, TYPES, add_url, assert_accepted, edit_url, find_parent
from iom.translation.tests import desk
from iom.users.models import User
from iom.users.tests.test_second_factor import examples

# It ends an attribute, a script, a title and a text area, and then adds an element with an event attribute.
SCRIPT = "zq\"'></script></title></textarea><zqelement onzq=1>"


def fill_form_with_script(form, language, monkeypatch):
    """Returns the form data with the script in each text, also in blocks, and the number of these texts."""
    plain, written = page_forms._field_form_data, []

    def text(name, field, value):
        data = plain(name, field, value)
        if type(field) is forms.CharField and isinstance(data.get(name), str) and not hasattr(field, "choices"):
            written.append(name)
            return {name: f"{SCRIPT} {data[name]}"[: field.max_length]}
        return data

    def rich_text(html, features):
        written.append("rich text")
        content = json.loads(plain_rich_text(html, features=features))
        for block in content["blocks"]:
            block["text"] += f" {SCRIPT}"
        return json.dumps(content)

    plain_rich_text = page_forms.rich_text
    with monkeypatch.context() as patched:
        patched.setattr(page_forms, "_field_form_data", text)
        patched.setattr(page_forms, "rich_text", rich_text)
        data = page_forms.fill_form(form, language, words=SCRIPT)
    return data, len(written) + sum(isinstance(value, str) and value.startswith(SCRIPT) for value in data.values())


def elements(content):
    """Returns the elements that the script has added, or whose attributes it has changed."""
    soup = BeautifulSoup(content, "html.parser")
    return soup.find_all("zqelement") + [one for one in soup.find_all(True) if "onzq" in one.attrs]


@pytest.mark.one_language
@pytest.mark.parametrize(
    ("model", "language"),
    [*itertools.product(TYPES, LANGUAGES), (HomePage, "fr")],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_no_text_of_an_author_becomes_markup(sign_in, visitor, db, monkeypatch, model, language):
    client = sign_in("admin")
    if model is HomePage:
        address = edit_url(HomePage.objects.get(locale__language_code=language))
    else:
        address = add_url(model, find_parent(model, language))
    data, attempts = fill_form_with_script(client.get(address).context["form"], language, monkeypatch)
    assert attempts > 3
    assert_accepted(client.post(address, data | PUBLISH))
    page = model.objects.get(title__startswith="zq", locale__language_code=language)
    assert page.live
    other = next(code for code in LANGUAGES if code != language)
    if not page.get_translations().exists():
        desk.submit(page, other)

    parent = page.get_parent()
    public = [
        page.url,
        f"/{language}/",
        parent.url_path or "/",
        f"/{language}/search/?q=zq",
        f"/{language}/recherche/?q=zq",
    ]
    admin = [
        edit_url(page),
        edit_url(page, "history"),
        reverse("wagtailadmin_explore", args=[parent.pk]),
        reverse("wagtailadmin_home"),
    ]
    admin += [
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
    ]
    admin += [
        reverse("translation_desk"),
        reverse("wagtailadmin_pages:search") + "?q=zq",
        reverse("wagtailadmin_reports:site_history"),
    ]
    admin += [edit_url(each) for each in page.get_translations()]
    shown = 0
    for reader, addresses_ in ((visitor, public), (client, admin)):
        for one in addresses_:
            answer = reader.get(one, follow=True)
            if answer.status_code == 200:
                content = answer.content.decode()
                shown += "zq" in content
                assert elements(content) == [], one
    assert shown > 6


@pytest.mark.django_db
def test_no_form_is_accepted_from_another_site():
    """It sends a POST without the token as an administrator to every address of the admin and of sign-in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email="admin@example.org"))
    accepted, requested = [], 0
    for name, parameters in sorted(set(addresses())):
        if name.startswith(("test404", "^")):
            continue
        requested += 1
        answer = client.post(examples(name, parameters)[0])
        if answer.status_code != 403:
            accepted.append((name, answer.status_code))
    assert accepted == []
    assert requested > 250
