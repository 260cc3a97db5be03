"""Public pages: requests, cookies and console errors; search, filters, private articles, copying of text."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from iom.demo.articles import PRIVATE_PASSWORD
from iom.tests.addresses import NAMES, NEWS, SEARCH
from iom.tests.browser.conftest import translated

pytestmark = pytest.mark.browser

LANGUAGES = ("fr", "en")
PRIVATE = "border-posts-review"
TOPIC = "sante-et-migration"


def addresses(site, language: str) -> Iterator[str]:
    """Every page type, search, and the newsroom with filters."""
    yield from (site.text(name, language).url for name in NAMES)
    yield from (f"{SEARCH[language]}{query}" for query in ("", "?q=Canada", "?q=zzzz"))
    yield from (f"{NEWS[language]}{query}" for query in ("?page=2", "?kind=story", "?missing=1"))


def record(page: Page) -> tuple[list[str], list[str]]:
    """Two lists that the page fills: addresses of requests, and errors of requests and of the console."""
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("requestfailed", lambda request: errors.append(request.url) if is_broken(request) else None)
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return requests, errors


def is_broken(request: Request) -> bool:
    """Whether the request failed, and was not aborted because the test opened another page."""
    return request.failure != "net::ERR_ABORTED"


def load_pictures(page: Page) -> list[str]:
    """Loads lazy pictures. Returns the addresses of broken ones. Pictures of a closed gallery have no address yet."""
    return page.evaluate("""async () => {
        for (const picture of document.images) picture.loading = "eager";
        await Promise.all([...document.images].map((picture) => picture.decode().catch(() => null)));
        return [...document.images].filter((picture) => picture.src && !picture.naturalWidth).map((picture) => picture.src);
    }""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_sets_no_cookie_requests_no_third_party_and_logs_no_error(site, visit, language):
    page = visit(language)
    requests, errors = record(page)
    for address in addresses(site, language):
        answer = page.goto(address)
        assert answer.status == 200, address
        assert "set-cookie" not in answer.headers, address
        assert not load_pictures(page), address
        assert not errors, address
    assert {url for url in requests if not url.startswith((site.url, "data:"))} == set()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    kinds = {url.rsplit(".", 1)[-1] for url in requests if "/static/" in url}
    assert {"css", "js"} <= kinds


def test_a_page_that_does_not_exist_says_so_and_sets_no_cookie(site, visit):
    for language in LANGUAGES:
        page = visit(language)
        requests, _errors = record(page)
        assert page.goto(f"/{language}/rien-ici/").status == 404
        expect(page.locator("h1")).to_have_text(translated("Page not found", language))
        assert page.context.cookies() == []
        assert not [url for url in requests if not url.startswith(site.url)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_an_article(site, visit, language):
    article = site.text("canada-25000-syrian-refugees", language)
    page = visit(language)
    page.goto(f"/{language}/")
    box = page.locator("header input[name=q]")
    box.fill("Canada")
    box.press("Enter")
    expect(page).to_have_url(f"{site.url}{SEARCH[language]}?q=Canada")
    expect(page.locator("main input[type=search]")).to_have_value("Canada")
    page.get_by_role("main").get_by_role("link", name=article.title).click()
    expect(page.locator("h1")).to_have_text(article.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_says_when_it_finds_nothing(visit, language):
    page = visit(language)
    page.goto(f"{SEARCH[language]}?q=zzzz")
    expect(page.get_by_role("main")).to_contain_text("zzzz")
    expect(rows(page)).to_have_count(0)


def rows(page: Page):
    return page.locator(".rows > li")


def feeds(page: Page) -> list[str]:
    """The addresses of the feeds in the head of the page."""
    links = page.locator("head link[rel=alternate][type]").all()
    return [link.get_attribute("href") for link in links]


def test_the_whole_lead_story_is_a_link(site, visit):
    """A click on its picture opens the article, too."""
    page = visit("fr")
    page.goto("/fr/")
    address = page.locator(".lead-title a").get_attribute("href")
    box = page.locator(".lead").bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    expect(page).to_have_url(f"{site.url}{address}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newsroom_filters_by_clicking(visit, language):
    page = visit(language)
    page.goto(NEWS[language])
    story = translated("Story", language)
    page.get_by_label(translated("Type", language), exact=True).select_option("story")
    page.get_by_role("button", name=translated("Filter", language, "filter"), exact=True).click()
    expect(page).to_have_url(re.compile("kind=story"))
    expect(rows(page).first).to_be_visible()
    assert {feed.split("?")[1] for feed in feeds(page)} == {"kind=story"}
    assert set(page.locator(".rows .kicker").all_inner_texts()) == {story}

    page.get_by_role("link", name=translated("Clear filters", language)).click()
    expect(page).to_have_url(re.compile(f"{NEWS[language]}$"))
    assert not [feed for feed in feeds(page) if "?" in feed]
    choice = page.locator("details:has(> fieldset [name=country])")
    choice.locator("summary").click()
    choice.locator("label").filter(has=page.locator("[value=CO]")).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=translated("Filter", language, "filter"), exact=True).click()
    expect(page).to_have_url(re.compile("country=CO"))
    expect(rows(page).first).to_be_visible()
    assert rows(page).count() < 12
    choice.locator("summary").click()
    expect(choice.locator("[value=CO]")).to_be_checked()


def test_topic_text_is_shown_only_with_its_filter(visit):
    page = visit("fr")
    page.goto(f"{NEWS['fr']}?topic={TOPIC}")
    expect(page.locator(".topic-lead")).to_be_visible()
    page.get_by_role("link", name=translated("Clear filters")).click()
    expect(page).to_have_url(re.compile(f"{NEWS['fr']}$"))
    expect(page.locator(".topic-lead")).to_have_count(0)
    choice = page.locator("details:has(> fieldset [name=topic])")
    choice.locator("summary").click()
    choice.locator("label").filter(has=page.locator(f"[value={TOPIC}]")).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=translated("Filter", context="filter"), exact=True).click()
    expect(page).to_have_url(re.compile(f"topic={TOPIC}"))
    expect(page.locator(".topic-lead")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_newsroom_has_pagination(visit, language):
    page = visit(language)
    page.goto(NEWS[language])
    first = rows(page).first.inner_text()
    expect(rows(page)).to_have_count(12)
    page.get_by_role("link", name=translated("Next page", language)).click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(rows(page).first).not_to_have_text(first)
    expect(page.locator("head link[rel=canonical]")).to_have_attribute("href", re.compile(r"page=2$"))
    page.get_by_role("link", name=translated("Previous page", language)).click()
    expect(page.locator("head link[rel=canonical]")).to_have_attribute("href", re.compile(f"{NEWS[language]}$"))
    assert rows(page).first.inner_text() == first


@pytest.mark.parametrize(("language", "query"), [("fr", "OIM"), ("en", "IOM")])
def test_page_numbers_fit_one_row_on_a_small_phone_and_lead_to_their_pages(visit, language, query):
    page = visit(language, viewport={"width": 320, "height": 640})
    page.goto(f"{SEARCH[language]}?q={query}")
    numbers = page.get_by_role("navigation", name=translated("Pages", language), exact=True).get_by_role("listitem")
    boxes = [number.bounding_box() for number in numbers.all()]
    assert len(boxes) > 2
    assert max(box["y"] for box in boxes) < min(box["y"] + box["height"] for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    last = numbers.last.inner_text()
    numbers.last.get_by_role("link", name=last, exact=True).click()
    expect(page).to_have_url(re.compile(f"page={last}$"))
    expect(page.locator(".pagination [aria-current=page]")).to_have_text(last)
    expect(page.get_by_role("link", name=translated("Next page", language))).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_private_article_asks_for_its_password(site, visit, language):
    article = site.text(PRIVATE, language)
    page = visit(language)
    page.goto(article.url)
    expect(page.locator("body")).not_to_contain_text(article.title)
    box = page.locator("main [type=password]")
    box.fill("wrong")
    box.press("Enter")
    expect(page.locator("main [aria-invalid=true]")).to_be_visible()
    expect(page.locator("main [aria-invalid=true]")).to_be_focused()
    expect(
        page.locator(f"#{page.locator('main [aria-invalid=true]').get_attribute('aria-describedby')}")
    ).not_to_be_empty()
    expect(page.locator("body")).not_to_contain_text(article.title)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("main [type=password]").fill(PRIVATE_PASSWORD)
    page.locator("main").get_by_role("button").click()
    expect(page.locator("h1")).to_have_text(article.title)
    expect(page).to_have_url(site.url + article.url)


def test_a_hidden_article_is_not_found(site, visit):
    page = visit("fr")
    for key in ("haiti-shelter-managers", "photo-consent-rules", "call-for-local-projects"):
        assert page.goto(site.text(key, "fr").url).status == 404
        expect(page.locator("body")).not_to_contain_text(site.text(key, "fr").title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_an_article_is_copied(site, visit, language):
    article = site.text("canada-25000-syrian-refugees", language)
    page = visit(language, permissions=["clipboard-read", "clipboard-write"])
    page.goto(article.url)
    page.get_by_role("link", name=translated("Copy text", language)).click()
    expect(page.get_by_role("status").filter(has_text=translated("Text copied", language))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert article.title in copied
    assert "John McCallum" in copied
    expect(page).to_have_url(site.url + article.url)


def test_text_is_shown_if_the_clipboard_is_refused(site, visit):
    page = visit("fr")
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    article = site.text("canada-25000-syrian-refugees", "fr")
    page.goto(article.url)
    page.get_by_role("link", name=translated("Copy text")).click()
    expect(page).to_have_url(re.compile(re.escape(article.url) + "te?xte?/"))
    expect(page.locator("body")).to_contain_text("John McCallum")


def test_the_link_is_shown_if_the_clipboard_is_refused(site, visit):
    page = visit("en")
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    article = site.text("canada-25000-syrian-refugees", "en")
    page.goto(article.url)
    page.get_by_role("button", name=translated("Copy link", "en")).click()
    expect(page.get_by_role("status").filter(has_text=site.url + article.url)).to_be_visible()
