"""The browser makes the same slug of a title as the server."""

import pytest
from playwright.sync_api import expect

from iom.core.models import slug_of
from iom.tests.browser.test_editor import new_article, open_tab

pytestmark = pytest.mark.browser

TITLES = [
    "L’œuvre de l’OIM",
    "L'été, à Genève : 25 000 réfugiés",
    "Œuvrer « ensemble » : cœurs & nœuds",
    "Ce qu’il faut savoir ?",
    "Ex æquo",
]


def test_browser_and_server_make_the_same_slug_of_a_title(site, signed_in):
    page = signed_in("officer", "fr")
    new_article(page, site)
    open_tab(page, "Promote")
    for title in TITLES:
        page.locator("[name=title]").evaluate("(field) => field.focus()")
        page.locator("[name=title]").evaluate(
            "(field, title) => { field.value = title; for (const name of ['keyup', 'change', 'blur'])"
            " field.dispatchEvent(new Event(name, { bubbles: true })) }",
            title,
        )
        expect(page.locator("[name=slug]")).to_have_value(slug_of(title))


def test_typed_slug_is_normalized_by_the_same_rules(site, signed_in):
    page = signed_in("officer", "fr")
    new_article(page, site)
    open_tab(page, "Promote")
    page.locator("[name=slug]").fill("L’œuvre de l’OIM")
    page.locator("[name=slug]").blur()
    expect(page.locator("[name=slug]")).to_have_value("l-oeuvre-de-l-oim")
