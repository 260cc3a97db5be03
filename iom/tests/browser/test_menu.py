"""The menu leads to every page of the captured menu: by mouse, by keyboard, on a phone, without JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from iom.tests.addresses import NAMES
from iom.tests.browser.conftest import DESKTOP, PHONE, translated

pytestmark = pytest.mark.browser

# Menu entries of the captured page (seed/capture-fr.txt), with the key of the page in the demonstration content
CAPTURED = {
    "Qui sommes-nous": "about",
    "Structure": "structure",
    "Structure organisationnelle": "org-chart",
    "Directrice générale": "director-general",
    "Directrice générale adjointe chargée de la gestion et des réformes": "ddg-management",
    "Directrice générale adjointe chargée des opérations": "ddg-operations",
    "Bureau du Chef de Cabinet": "chief-of-cabinet",
    "Bureau des partenariats, de la sensibilisation et de la communication": "partnerships-office",
    "Bureau de la stratégie et de la performance institutionnelle": "strategy-office",
    "Notre travail": "our-work",
    "Ce que nous faisons": "what-we-do",
    "Partenariats": "partnerships",
    "Où travaillons-nous": "where-we-work",
    "Agir": "get-involved",
    "Travailler avec nous": "work-with-us",
    "Engagez-vous": "engage",
    "Données et recherche": "data",
    "Programme 2030": "agenda-2030",
    "Actualités": "news",
}
LANGUAGES = ("fr", "en")
MAX_TABS = 80  # presses of Tab within which a link must be reached


def titles(site, language: str) -> dict[str, str]:
    """The expected titles in the menu of `language`, with their addresses."""
    texts = {title: site.text(key, language) for title, key in CAPTURED.items()}
    return {title if language == "fr" else text.title: text.url for title, text in texts.items()}


def menu(page: Page, language: str) -> Locator:
    return page.get_by_role("navigation", name=translated("Main menu", language))


def link(page: Page, title: str) -> Locator:
    return page.locator("#menu").locator(_link(page, title))


def _link(page: Page, title: str) -> Locator:
    return page.locator("a").filter(has_text=re.compile(rf"^\s*{re.escape(title)}\s*$"))


def section(page: Page, title: str) -> Locator:
    """The button of the section that contains the link. No element if the link is on the top level."""
    return page.locator("#menu details").filter(has=_link(page, title)).locator("summary")


def open_menu(page: Page, language: str) -> None:
    button = page.get_by_role("button", name=translated("Menu", language), exact=True)
    if button.is_visible():
        button.click()


def click_through(page: Page, title: str, language: str) -> None:
    open_menu(page, language)
    if not link(page, title).is_visible():
        section(page, title).click()
    link(page, title).click()


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until `target` has the focus."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target}")


def expect_page(page: Page, site, title: str, address: str) -> None:
    expect(page).to_have_url(site.url + address)
    expect(page.locator("h1")).to_have_text(title)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_by_mouse_or_finger(site, visit, language, viewport):
    page = visit(language, viewport=viewport)
    page.goto(f"/{language}/")
    for title, address in titles(site, language).items():  # each from the previous page
        click_through(page, title, language)
        expect_page(page, site, title, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_alone(site, visit, language):
    page = visit(language)
    page.goto(f"/{language}/")
    for title, address in titles(site, language).items():
        if not link(page, title).is_visible():
            tab_to(page, section(page, title))
            page.keyboard.press("Enter")
            expect(link(page, title)).to_be_visible()
        tab_to(page, link(page, title))
        page.keyboard.press("Enter")
        expect_page(page, site, title, address)


def test_by_keyboard_on_a_narrow_screen(site, visit):
    page = visit("fr", viewport=PHONE)
    page.goto("/fr/")
    tab_to(page, page.get_by_role("button", name=translated("Menu"), exact=True))
    page.keyboard.press("Enter")
    tab_to(page, section(page, "Directrice générale"))
    page.keyboard.press("Enter")
    tab_to(page, link(page, "Directrice générale"))
    page.keyboard.press("Enter")
    expect_page(page, site, "Directrice générale", site.text("director-general", "fr").url)


def test_panel_closes_on_escape_on_an_outside_click_and_when_another_opens(visit):
    page = visit("fr")
    page.goto("/fr/")
    about, work = section(page, "Structure"), section(page, "Partenariats")
    tab_to(page, about)
    page.keyboard.press("Enter")
    expect(link(page, "Structure")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(link(page, "Structure")).to_be_hidden()
    expect(about).to_be_focused()
    about.click()
    work.click()
    expect(link(page, "Structure")).to_be_hidden()
    expect(link(page, "Partenariats")).to_be_visible()
    page.locator("footer").click(position={"x": 5, "y": 5}, force=True)
    expect(link(page, "Partenariats")).to_be_hidden()


def test_a_panel_opens_by_activation_and_never_by_hovering(visit):
    page = visit("fr")
    page.goto("/fr/")
    section(page, "Structure").hover()
    expect(link(page, "Structure")).to_be_hidden()


def test_the_menu_of_a_phone_closes_by_its_button_and_by_escape(visit):
    page = visit("fr", viewport=PHONE)
    page.goto("/fr/")
    expect(menu(page, "fr")).to_be_hidden()
    open_menu(page, "fr")
    expect(menu(page, "fr")).to_be_visible()
    page.get_by_role("button", name=translated("Close"), exact=True).click()
    expect(menu(page, "fr")).to_be_hidden()
    open_menu(page, "fr")
    page.keyboard.press("Escape")
    expect(menu(page, "fr")).to_be_hidden()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_javascript(site, visit, viewport):
    page = visit("fr", viewport=viewport, java_script_enabled=False)
    for title in ("Structure", "Directrice générale", "Partenariats", "Engagez-vous", "Actualités"):
        page.goto("/fr/")
        click_through(page, title, "fr")
        expect_page(page, site, title, site.text(CAPTURED[title], "fr").url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skip_link_comes_first_and_leads_to_the_content(visit, language):
    page = visit(language)
    page.goto(f"/{language}/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=translated("Skip to content", language))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    skip.hover()
    colours = skip.evaluate("link => [getComputedStyle(link).color, getComputedStyle(link).backgroundColor]")
    assert len(set(colours)) == 2, "the colours differ also under the pointer"
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def switch(page: Page, language: str) -> None:
    page.get_by_role("banner").locator(f"a[hreflang={language}]").click()


def test_the_language_switch_leads_to_the_same_page_and_back(site, visit):
    page = visit("fr")
    for name in NAMES:
        page.goto(site.text(name, "fr").url)
        for language in ("en", "fr"):
            switch(page, language)
            expect(page).to_have_url(site.url + site.text(name, language).url)
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator("h1")).to_have_text(site.text(name, language).title)


def test_the_language_switch_keeps_filters_and_words(site, visit):
    page = visit("fr")
    page.goto("/fr/actualites/?kind=story")
    switch(page, "en")
    expect(page).to_have_url(f"{site.url}/en/news/?kind=story")
    page.goto("/fr/recherche/?q=Canada")
    switch(page, "en")
    expect(page).to_have_url(f"{site.url}/en/search/?q=Canada")


@pytest.mark.parametrize(
    ("key", "language", "other"), [("public-letter-writers", "fr", "en"), ("clinic-night-shift", "en", "fr")]
)
def test_language_switch_of_an_untranslated_article_leads_to_the_newsroom(site, visit, key, language, other):
    page = visit(language)
    page.goto(site.text(key, language).url)
    switch(page, other)
    expect(page).to_have_url(re.compile(re.escape(site.url + site.text("news", other).url) + r"\?"))
    expect(page.locator("h1")).to_have_text(site.text("news", other).title)
    notice = {"en": "This page is not available in English", "fr": "Cette page n’est pas disponible en français"}
    expect(page.get_by_text(notice[other])).to_be_visible()
