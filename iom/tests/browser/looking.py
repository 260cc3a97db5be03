"""What several suites do to a page: visit every address, open what is closed, measure, say what was found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from iom.tests.addresses import NAMES, others
from iom.tests.browser.conftest import DESKTOP, PHONE

VIEWPORTS = {"desktop": DESKTOP, "phone": PHONE}
LANGUAGE_AND_VIEWPORT = [("fr", "phone"), ("en", "desktop")]  # each language, on each kind of screen
PRIVATE = "border-posts-review"
EXTREMES = """
from urllib.parse import urlsplit
from django.test import RequestFactory
from iom.demo.extremes import extremes
request = RequestFactory().get("/", {{"language": "{language}"}}, headers={{"host": urlsplit("{address}").netloc}})
print(extremes(request).content.decode())
"""
CHECKS = "".join(file.read_text() for file in Path(__file__).with_name("checks").glob("*.js"))


def addresses(site, language: str) -> Iterator[tuple[str, str]]:
    """Name and address of every page type and of what is no page."""
    for name in NAMES:
        yield name, site.text(name, language).url
    yield "password", site.text(PRIVATE, language).url
    yield from others(language).items()


def show_extremes(site, page: Page, language: str) -> None:
    """Opens the page of extremes (iom.demo.extremes), which has an address in development only."""
    address = f"{site.url}/{language}/-/extremes/"
    html = site.shell(EXTREMES.format(address=address, language=language))
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address)


def open_all(page: Page) -> None:
    """Opens what stands closed in the page: transcripts, filters, the lower levels of the chart."""
    page.locator("main details:not(.choice)").evaluate_all("all => all.forEach(one => one.open = true)")


def look(page: Page, check: str, *arguments: Any) -> Any:
    """What a function of checks/ answers in the page, whether JavaScript is on there or not."""
    return page.evaluate(f"given => {{ {CHECKS}\nreturn {check}(...given); }}", arguments)


def wrong(page: Page, *more: str) -> list[str]:
    """What runs off the page, lies upon other text, or is cut, and what `more` checks find: all in one look."""
    calls = ", ".join(f"...{check}()" for check in ("sideways", "overlaps", "clipped", *more))
    return page.evaluate(f"() => {{ {CHECKS}\nreturn [{calls}]; }}")


def report(found: dict[str, list[str]]) -> str:
    """What was found where, to be read; empty where nothing was."""
    return "\n".join(f"{name}\n  " + "\n  ".join(lines) for name, lines in found.items() if lines)
