"""The pages without JavaScript, and without pictures."""

import re

import pytest
from playwright.sync_api import expect

from iom.tests.addresses import NEWS, SEARCH
from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.page_checks import VIEWPORTS, addresses, expand_all, layout_errors, report, run_check

pytestmark = pytest.mark.browser

EVERY_BLOCK = "article with every block"


def test_without_javascript_every_word_is_there(site, visit):
    language = "fr"
    page = visit(language, java_script_enabled=False)
    found = {}
    for name, address in addresses(site, language):
        page.goto(address)
        expand_all(page)
        found[name] = run_check(page, "hiddenWords")
    assert not report(found), report(found)


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_without_javascript_search_and_filters_work(site, visit, viewport):
    page = visit("fr", viewport=VIEWPORTS[viewport], java_script_enabled=False)
    article = site.text("canada-25000-syrian-refugees", "fr")
    page.goto("/fr/")
    page.locator("header input[name=q]").fill("Canada")
    page.locator("header input[name=q]").press("Enter")
    expect(page).to_have_url(f"{site.url}{SEARCH['fr']}?q=Canada")
    page.get_by_role("main").get_by_role("link", name=article.title).click()
    expect(page.locator("h1")).to_have_text(article.title)

    page.goto(NEWS["fr"])
    if page.locator(".filters-summary").is_visible():
        page.locator(".filters-summary").click()
    page.get_by_label(translated("Type"), exact=True).select_option("story")
    choice = page.locator("details.choice:has([name=country])")
    choice.locator("summary").click()
    choice.locator("label:has([value=TD])").click()
    choice.locator("summary").click()
    page.get_by_role("button", name=translated("Filter", context="filter"), exact=True).click()
    expect(page).to_have_url(re.compile("kind=story.*country=TD"))
    expect(page.locator(".rows > li")).to_have_count(1)


def test_without_javascript_an_article_offers_only_what_works(site, visit):
    page = visit("fr", viewport=PHONE, java_script_enabled=False)
    page.goto(site.text(EVERY_BLOCK, "fr").url)
    expect(page.locator(".share a").first).to_be_visible()
    expect(page.locator(".share button:visible")).to_have_count(0)
    expect(page.locator(".contact-clock").first).to_be_hidden()
    expect(page.locator(".contact-clock + span").first).to_contain_text("UTC")
    page.locator(".transcript summary").first.click()
    expect(page.locator(".transcript .rich-text").first).to_be_visible()
    with page.expect_navigation() as opened:
        page.locator(".gallery-open").first.click()
    assert opened.value.headers["content-type"].startswith("image/")
    page.go_back()
    with page.expect_navigation() as opened:
        page.get_by_role("link", name=translated("Copy text")).click()
    assert opened.value.headers["content-type"] == "text/plain; charset=utf-8"
    expect(page.locator("body")).to_contain_text(site.text(EVERY_BLOCK, "fr").title)


def test_without_pictures_every_page_says_what_they_show(site, visit):
    language = "en"
    page = visit(language)
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "image" else route.continue_())
    found = {}
    for name, address in addresses(site, language):
        page.goto(address)
        expand_all(page)
        for viewport, size in VIEWPORTS.items():
            page.set_viewport_size(size)
            found[f"{name} {viewport}"] = [*layout_errors(page), *run_check(page, "cutAltTexts")]
    assert not report(found), report(found)


def test_without_pictures_each_figure_has_an_accessible_name(site, visit):
    page = visit("fr")
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "image" else route.continue_())
    page.goto(site.text(EVERY_BLOCK, "fr").url)
    for figure in page.locator("main figure:has(img):not(.video)").all():
        expect(figure.get_by_role("img")).to_have_accessible_name(re.compile(r"\w"))
    page.goto(site.text("map", "fr").url)
    expect(page.locator(".map-regions a").first).to_be_visible()
