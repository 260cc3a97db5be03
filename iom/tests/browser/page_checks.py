"""Checks of public pages that several test modules share: addresses, closed details, measurements, reports."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from iom.tests.addresses import NAMES, other_addresses
from iom.tests.browser.conftest import DESKTOP, PHONE

VIEWPORTS = {"desktop": DESKTOP, "phone": PHONE}
LANGUAGE_AND_VIEWPORT = [("fr", "phone"), ("en", "desktop")]  # each language once, each screen once
PRIVATE = "border-posts-review"  # key of the article that has a password
EXTREMES = """
from urllib.parse import urlsplit
from django.test import RequestFactory
from iom.demo.extremes import extremes
request = RequestFactory().get("/", {{"language": "{language}"}}, headers={{"host": urlsplit("{address}").netloc}})
print(extremes(request).content.decode())
"""
CHECKS = "".join(file.read_text() for file in Path(__file__).with_name("checks").glob("*.js"))


def addresses(site, language: str) -> Iterator[tuple[str, str]]:
    """Name and address of every page type, of the password page and of the views that are not Wagtail pages."""
    for name in NAMES:
        yield name, site.text(name, language).url
    yield "password", site.text(PRIVATE, language).url
    yield from other_addresses(language).items()


def show_extremes(site, page: Page, language: str) -> None:
    """Opens the page of extreme content (iom.demo.extremes), which has an address in development only."""
    address = f"{site.url}/{language}/-/extremes/"
    html = site.shell(EXTREMES.format(address=address, language=language))
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address)


def expand_all(page: Page) -> None:
    """Opens the closed `details` of the page: transcripts, filters, lower levels of the organization chart."""
    page.locator("main details:not(.choice)").evaluate_all("all => all.forEach(one => one.open = true)")


def run_check(page: Page, check: str, *arguments: Any) -> Any:
    """Calls a function of checks/ in the page and returns its result. Works without JavaScript, too."""
    return page.evaluate(f"given => {{ {CHECKS}\nreturn {check}(...given); }}", arguments)


def layout_errors(page: Page, *more: str) -> list[str]:
    """Text that overflows the page, overlaps other text or is cut, and the findings of the checks `more`.

    One call measures the lines of text for all checks.
    """
    calls = ", ".join(f"...{check}()" for check in ("overflowing", "overlaps", "clipped", *more))
    return page.evaluate(f"() => {{ {CHECKS}\nreturn [{calls}]; }}")


def report(found: dict[str, list[str]]) -> str:
    """The findings by page, for the message of a failed test. Empty if there are none."""
    return "\n".join(f"{name}\n  " + "\n  ".join(lines) for name, lines in found.items() if lines)
