"""Search suggestions: keyboard, pointer, late responses."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from iom.tests.addresses import SEARCH

pytestmark = pytest.mark.browser

SUGGESTIONS_URL = f"{SEARCH['fr']}suggestions?q="
RESPONSE = {"suggestions": [{"title": "Canada", "url": "/fr/actualites/"}], "said": "1 suggestion"}


@pytest.fixture
def page(visit) -> Page:
    page = visit("fr")
    page.goto("/fr/")
    return page


@pytest.fixture
def box(page) -> Locator:
    return page.locator("header input[name=q]")


@pytest.fixture
def hold_response(page, box) -> Callable[[str], Route]:
    """Types text and holds the response. Returns its route."""

    def type_in(letters: str) -> Route:
        routes: list[Route] = []
        typed = box.input_value() + letters
        page.route(f"**{SUGGESTIONS_URL}{typed}", lambda route: routes.append(route))
        box.press_sequentially(letters)
        while not routes:
            page.wait_for_timeout(50)
        return routes[0]

    return type_in


def respond(page: Page, route: Route, **response) -> None:
    """Sends the response and waits until the page has processed it."""
    with page.expect_event("requestfinished"):
        route.fulfill(**(response or {"json": RESPONSE}))
    page.wait_for_timeout(200)


def test_enter_searches_for_text_typed_after_a_selection(site, visit):
    page = visit("fr")
    page.goto("/fr/")
    box = page.locator("header input[name=q]")
    box.press_sequentially("can")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    page.route(f"{SEARCH['fr']}suggestions*", lambda route: None)  # no response
    box.press("a")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    expect(page).to_have_url(f"{site.url}{SEARCH['fr']}?q=cana")


@pytest.mark.parametrize("key", ["ArrowLeft", "Home", "End"])
def test_enter_searches_after_a_key_that_moves_in_the_text(site, page, box, hold_response, key):
    respond(page, hold_response("can"))
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Canada")
    box.press(key)
    expect(page.get_by_role("option", selected=False)).to_be_visible()
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    expect(page).to_have_url(f"{site.url}{SEARCH['fr']}?q=can")


def test_arrow_down_opens_the_list_again(page, box):
    page.route(f"**{SUGGESTIONS_URL}can", lambda route: route.fulfill(json=RESPONSE))
    box.press_sequentially("can")
    expect(page.get_by_role("option")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=False)).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("leave", ["Escape", "blur", "submit"])
def test_late_response_does_not_open_a_closed_list(page, box, hold_response, leave):
    late = hold_response("can")
    if leave == "blur":
        box.blur()
        box.focus()
    elif leave == "Escape":
        box.dispatch_event("keydown", {"key": "Escape"})  # as in a browser that does not clear the field on Escape
    else:
        box.evaluate(
            "box => box.form.addEventListener('submit', (event) => event.preventDefault())"
        )  # the new page does not load yet
        box.press("Enter")
    respond(page, late)
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")


def test_late_failure_does_not_affect_a_later_response(page, box, hold_response):
    late, later = hold_response("ca"), hold_response("n")
    respond(page, later)
    box.press("ArrowDown")
    with page.expect_event("requestfailed"):
        late.abort()
    page.wait_for_timeout(200)
    expect(page.get_by_role("option", selected=True)).to_have_text("Canada")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))


@pytest.mark.parametrize("key", ["ArrowDown", "ArrowUp", "Escape"])
def test_keys_of_an_input_method_are_not_handled(page, box, hold_response, key):
    respond(page, hold_response("can"))
    event = {"key": key, "isComposing": True, "bubbles": True, "cancelable": True}
    taken = box.evaluate("(box, event) => !box.dispatchEvent(new KeyboardEvent('keydown', event))", event)
    assert not taken
    expect(page.get_by_role("option")).to_be_visible()
    assert box.get_attribute("aria-activedescendant") is None


def test_list_is_closed_before_the_page_enters_the_back_forward_cache(page, box, hold_response):
    respond(page, hold_response("can"))
    expect(page.get_by_role("option")).to_be_visible()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.get_by_role("option")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_number_of_suggestions_is_announced(visit, language):
    page = visit(language)
    page.goto(f"/{language}/")
    box, status = page.locator("header input[name=q]"), page.locator("header").get_by_role("status")
    for text in ("mi", "qwertzui"):
        box.fill(text)
        expect(status).to_have_text(re.compile(r"^\d+ suggestions?$"))
        assert status.inner_text().split()[0] == str(page.get_by_role("option").count())
        box.fill("")
        expect(status).to_be_empty()
    box.fill("mi")
    expect(status).not_to_be_empty()
    box.press("Escape")
    expect(status).to_be_empty()


@pytest.mark.parametrize("how", ["Control+Enter", "middle click", "Control+click"])
def test_a_suggestion_opens_in_a_new_tab_as_a_link_does(site, page, box, hold_response, how):
    respond(page, hold_response("can"))
    option = page.get_by_role("option")
    with page.context.expect_page() as opened:
        if how == "Control+Enter":
            box.press("ArrowDown")
            box.press(how)
        elif how == "middle click":
            option.click(button="middle")
        else:
            option.click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{site.url}/fr/actualites/")
    expect(page).to_have_url(f"{site.url}/fr/")


def test_a_right_click_on_a_suggestion_opens_nothing(site, page, box, hold_response):
    respond(page, hold_response("can"))
    page.get_by_role("option").click(button="right")
    page.wait_for_timeout(200)
    expect(page).to_have_url(f"{site.url}/fr/")
