"""Fixtures: a server process with the demonstration content, and Chromium.

Code in this process must not use the ORM: Django refuses it in the event loop of Playwright. pytest-django runs the
tests that use the database first, so Playwright does not affect them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from iom.tests import serving
from iom.tests.serving import CHROMIUM_ARGUMENTS, LOCALES, PASSWORD, Site

TIMEOUT = 60_000  # milliseconds, because three processes may share a slow machine
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

expect.set_options(timeout=TIMEOUT)


def translated(message: str, language: str = "fr", context: str = "") -> str:
    """The translation of `message` into `language`, from the catalogues of the site or of Wagtail."""
    with override(language):
        return pgettext(context, message) if context else gettext(message)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium. The headless shell is preferred: it opens a page in half the time."""
    path = shutil.which("chromium-headless-shell") or serving.chromium()
    if path is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium-headless-shell)")
    return path


@pytest.fixture(scope="session")
def few_fonts(chromium, browser_type, browser_type_launch_args, tmp_path_factory) -> Iterator[Browser]:
    """A browser with the DejaVu fonts only, which are wider than most."""
    if not DEJAVU.is_dir():
        pytest.skip("The DejaVu fonts are not installed (Debian: apt-get install fonts-dejavu-core)")
    folder = tmp_path_factory.mktemp("fonts")
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{DEJAVU}</dir><cachedir>{folder}/cache</cachedir></fontconfig>")
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    browser = browser_type.launch(**browser_type_launch_args | {"env": environment})
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory, request) -> Iterator[Site]:
    """The site as `make serve` runs it, with a separate database that has the demonstration content."""
    with serving.running(tmp_path_factory.mktemp("site")) as site:
        request.session.stash[LOG] = site.log
        yield site


LOG = pytest.StashKey[Path]()
FOCUS_AND_TEXT = """() => document.activeElement.outerHTML.slice(0, 500) + "\\n"
  + (document.querySelector("main") ?? document.body).innerText.slice(0, 3000)"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Adds what the open windows show, and the end of the server log, to the report of a failed test."""
    report = yield
    if report.failed and (browser := getattr(item, "funcargs", {}).get("browser")):
        windows = [window for context in browser.contexts for window in context.pages]
        report.sections += [(f"Window {window.url}", _shown(window)) for window in windows]
    log = item.session.stash.get(LOG, None)
    if report.failed and log is not None and log.exists():
        report.sections.append(("Server", log.read_text()[-4000:]))
    return report


def _shown(window: Page) -> str:
    """The element with the focus, and the text around it."""
    try:
        return window.evaluate(FOCUS_AND_TEXT)
    except PlaywrightError as error:
        return str(error)


@pytest.fixture(scope="session")
def base_url(site) -> str:
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def visit(new_context) -> Iterator[Callable[..., Page]]:
    """Opens a page in a new browser context without cookies: `visit("en", viewport=PHONE)`."""
    pages = []

    def open_window(language: str = "fr", **options) -> Page:
        chosen = {"locale": LOCALES[language], "viewport": DESKTOP, "timezone_id": "Europe/Zurich"} | options
        page = new_context(**chosen).new_page()
        page.set_default_timeout(TIMEOUT)
        pages.append(page)
        return page

    yield open_window
    for page in pages:  # pending route handlers would prevent closing
        if not page.is_closed():
            page.unroute_all(behavior="ignoreErrors")


@pytest.fixture(scope="session")
def cookies(browser: Browser, site) -> Callable[[str], dict]:
    """The storage state of a signed-in account. Each account signs in once per test session."""
    kept: dict[str, dict] = {}

    def storage_state(account: str) -> dict:
        if account not in kept:
            context: BrowserContext = browser.new_context(base_url=site.url, locale=LOCALES["fr"])
            page = context.new_page()
            page.goto("/admin/login/")
            page.locator("input[name=login]").fill(f"{account}@example.org")
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator(".password-form button[type=submit]").click()
            page.wait_for_url("**/admin/")
            kept[account] = context.storage_state()
            context.close()
        return kept[account]

    return storage_state


@pytest.fixture
def signed_in(visit, cookies) -> Callable[..., Page]:
    """Opens a page in a new browser context that is signed in: `signed_in("officer")`."""

    def open_window(account: str, language: str = "fr", **options) -> Page:
        return visit(language, storage_state=cookies(account), **options)

    return open_window
