"""A journalist finds a media contact on a phone, with and without JavaScript."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route, expect

from iom.tests.addresses import PRESS
from iom.tests.browser.conftest import PHONE, translated

pytestmark = pytest.mark.browser

LANGUAGES = ("fr", "en")
CHAD = {"fr": "Tchad", "en": "Chad"}
SPOKEN = {"fr": "français, arabe", "en": "French, Arabic"}
TIME = {"fr": "9\u00a0h\u00a005", "en": "09:05"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_contact_of_a_country_is_two_taps_from_an_article(site, visit, language, scripts):
    page = visit(language, viewport=PHONE, has_touch=True, java_script_enabled=scripts)
    page.goto(site.text("market-hall-business-school", language).url)
    page.locator("main").get_by_role("link", name=translated("All media contacts", language)).tap()
    page.locator("main").get_by_role("link", name=CHAD[language], exact=True).tap()

    expect(page).to_have_url(f"{site.url}{PRESS[language]}?country=TD")
    card = page.locator(".contact-card")
    expect(card).to_have_count(1)
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text(SPOKEN[language])
    expect(card.get_by_role("link", name="press.ndjamena@example.org")).to_have_attribute(
        "href", "mailto:press.ndjamena@example.org"
    )
    vcard = page.request.get(card.get_by_role("link", name="vCard").get_attribute("href"))
    assert "FN:Dominique Exemple\r\n" in vcard.text()
    if scripts:
        expect(card.locator(".contact-clock")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_clock_shows_the_time_of_the_office(visit, language):
    page = visit(language)
    page.clock.set_fixed_time(datetime(2026, 1, 15, 8, 5, tzinfo=UTC))
    page.goto(f"{PRESS[language]}?country=TD")
    assert page.locator(".contact-clock").text_content() == TIME[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_contacts_are_filtered_by_a_form_and_filters_are_cleared(site, visit, language):
    page = visit(language, viewport=PHONE)
    page.goto(PRESS[language])
    everyone = page.locator(".contact-card").count()
    page.get_by_label(translated("Language", language), exact=True).select_option("ar")
    page.get_by_label(translated("Region", language), exact=True).select_option("africa")
    page.get_by_role("button", name=translated("Filter", language, "filter")).click()
    expect(page.locator(".contact-card")).to_have_count(1)
    expect(page.locator("[data-result]")).to_be_focused()
    page.get_by_role("link", name=translated("Clear filters", language)).click()
    expect(page.locator(".contact-card")).to_have_count(everyone)
    expect(page).to_have_url(f"{site.url}{PRESS[language]}")


def test_links_within_the_page_do_not_reload_the_list(site, visit):
    page, asked = visit("fr"), []
    page.goto(PRESS["fr"])
    everyone = page.locator(".contact-card").count()
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)
    page.locator("main nav [href='#africa']").click()
    expect(page.locator("#africa")).to_be_in_viewport()
    page.locator(".skip-link").press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.go_back()
    choose(page, "TD")
    expect(page.locator(".contact-card")).to_have_count(1)
    page.go_back()
    expect(page.locator(".contact-card")).to_have_count(everyone)
    page_itself = f"{site.url}{PRESS['fr']}"
    assert asked == [f"{page_itself}?country=TD", page_itself]


@pytest.mark.parametrize("end", ["continue_", "abort"])
def test_last_of_two_quick_choices_is_shown(site, visit, end):
    page, held = visit("fr"), []
    page.goto(PRESS["fr"])
    page.route("**/*country=*", lambda route: hold(route, held))
    for country in ("TD", "NE"):
        with page.expect_request(f"**/*country={country}"):
            choose(page, country)
    with page.expect_event("requestfinished" if end == "continue_" else "requestfailed"):
        getattr(held[0], end)()
    held[1].continue_()
    expect(page.locator(".chip")).to_contain_text("Niger")
    expect(page).to_have_url(f"{site.url}{PRESS['fr']}?country=NE")


def test_language_switch_keeps_the_chosen_country(visit):
    page = visit("fr")
    page.goto(PRESS["fr"])
    choose(page, "TD")
    expect(page.locator(f".languages [href='{PRESS['en']}?country=TD']")).to_have_count(2)
    page.go_back()
    expect(page.locator(f".languages [href='{PRESS['en']}']")).to_have_count(2)


def choose(page: Page, country: str) -> None:
    page.locator(f"main a[href$='?country={country}']").click()


def hold(route: Route, held: list[Route]) -> None:
    """Holds the requests of scripts. Requests for pages continue."""
    if route.request.is_navigation_request():
        route.continue_()
    else:
        held.append(route)
