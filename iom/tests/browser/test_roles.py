"""Actions and menu entries that the admin offers to each role, and those that it does not."""

import re

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated

pytestmark = pytest.mark.browser

REMOVING_ACTIONS = ("unpublish", "delete", "move")
ARTICLE = "mobile-clinics-bogota"


def page_menu(page: Page) -> list[str]:
    """The addresses in the action menu beside the title of a page."""
    page.locator(".w-slim-header [data-w-dropdown-target=toggle]").first.click()
    links = page.locator(".tippy-content a[href]")
    links.first.wait_for()
    return links.evaluate_all("links => links.map(link => new URL(link.href).pathname)")


def expect_refusal(page: Page, address: str) -> None:
    """The address redirects to the dashboard, with a message."""
    page.goto(address)
    expect(page).to_have_url(re.compile(r"/admin/$"))
    expect(page.locator(".messages")).not_to_be_empty()


def test_officer_publishes_but_cannot_unpublish_delete_or_move(site, signed_in):
    officer = signed_in("officer")
    article = site.text(ARTICLE, "fr")
    officer.goto(article.edit)
    offered = page_menu(officer)
    assert f"/admin/pages/{article.pk}/history/" in offered
    assert not [link for link in offered if link.strip("/").rsplit("/", 1)[1] in REMOVING_ACTIONS]
    officer.keyboard.press("Escape")
    officer.locator("footer").get_by_role("button", name=translated("More actions")).click()
    expect(officer.locator("[name=action-publish]").first).to_be_visible()
    assert officer.locator(f"footer a[href*='/{article.pk}/unpublish/']").count() == 0
    for action in REMOVING_ACTIONS:
        expect_refusal(officer, f"/admin/pages/{article.pk}/{action}/")
        # The bulk action of the list
        officer.goto(f"/admin/bulk/wagtailcore/page/{action}/?id={article.pk}&next=/admin/")
        expect(officer.locator("main")).to_contain_text(article.title)
        expect(officer.locator("main form")).to_have_count(0)


def test_officer_cannot_edit_the_home_pages(site, signed_in):
    officer = signed_in("officer")
    for language in ("fr", "en"):
        expect_refusal(officer, site.text("home", language).edit)


def test_editor_unpublishes_articles_and_edits_the_home_page(site, signed_in):
    editor = signed_in("editor")
    article = site.text(ARTICLE, "fr")
    editor.goto(article.edit)
    offered = page_menu(editor)
    for action in REMOVING_ACTIONS:
        assert f"/admin/pages/{article.pk}/{action}/" in offered
    editor.goto(site.text("home", "fr").edit)
    expect(editor.locator("[name=title]")).to_have_value(site.text("home", "fr").title)
    home = page_menu(editor)
    assert not [link for link in home if link.strip("/").rsplit("/", 1)[1] in REMOVING_ACTIONS]


def test_a_translator_works_on_translations_into_one_language(site, signed_in):
    translator = signed_in("translator.en", "en")
    for text in (site.text(ARTICLE, "fr"), site.text("news", "fr"), site.text("home", "fr")):
        expect_refusal(translator, text.edit)
    article = site.text(ARTICLE, "en")
    translator.goto(article.edit)
    expect(translator.locator("[data-translation-editor]")).to_be_visible()
    expect(translator.get_by_role("button", name="Publish")).to_be_visible()
    main = translator.locator("main")
    for action in ("Unpublish", "Delete", "Move", "Stop the translation"):
        expect(main).not_to_contain_text(action)
    for action in REMOVING_ACTIONS:
        expect_refusal(translator, f"/admin/pages/{article.pk}/{action}/")
    expect_refusal(translator, f"/admin/localize/submit/page/{site.text(ARTICLE, 'fr').pk}/")


def test_actions_of_wagtail_localize_are_not_offered(site, signed_in):
    for account in ("officer", "editor", "admin"):
        page = signed_in(account, "en")
        page.goto(site.text(ARTICLE, "fr").edit)
        offered = page_menu(page)
        assert not [link for link in offered if link.startswith("/admin/localize/")], account
        page.keyboard.press("Escape")
        page.locator("footer").get_by_role("button", name="More actions").click()
        expect(page.locator("[name=localize-convert-to-alias], [name=localize-restart-translation]")).to_have_count(0)


@pytest.mark.parametrize(
    ("account", "found", "missing"),
    [
        ("officer", {"Pages", "Images", "Documents", "Contacts", "Reports"}, {"Settings"}),
        ("editor", {"Pages", "Images", "Documents", "Contacts", "Reports", "Settings"}, set()),
        ("translator.en", {"Pages", "Translations", "Reports"}, {"Settings", "Contacts"}),
        ("admin", {"Pages", "Images", "Documents", "Contacts", "Reports", "Settings"}, set()),
    ],
)
def test_the_menu_shows_each_role_what_it_may_use(signed_in, account, found, missing):
    page = signed_in(account)
    page.goto("/admin/")
    menu = page.get_by_role("navigation", name=translated("Main menu"))
    expect(menu).to_be_visible()
    for name in found:
        expect(menu.get_by_text(translated(name), exact=True).first).to_be_visible()
    for name in missing:
        expect(menu.get_by_text(translated(name), exact=True)).to_have_count(0)


def test_admin_uses_the_language_of_the_browser(signed_in):
    for language, text in (("fr", "Rapports"), ("en", "Reports")):
        page = signed_in("officer", language)
        page.goto("/admin/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("button", name=text, exact=True)).to_be_visible()
