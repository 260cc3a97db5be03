"""A real server process with the demonstration, and Chromium before it.

Nothing here touches the ORM: Playwright's event loop forbids it in this process. pytest-django runs tests of the
database first, so that theirs is not disturbed either.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "demonstration"
START = 60  # seconds that the server may take to answer
PATIENCE = 15_000  # milliseconds that a page may take
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
ADDRESSES = """
import json
from wagtail.models import Page
from iom.demo import content
from iom.tests.addresses import LANGUAGES, PAGES, page

keys = {content.identity(table["key"]): table["key"] for table in [*content.pages(), *content.articles()]}
found = [(name, language, page(name, language)) for name, _model, _key in PAGES for language in LANGUAGES]
found += [(keys.get(text.translation_key), text.locale.language_code, text) for text in Page.objects.filter(depth__gt=2)]
print(json.dumps({f"{name}:{language}": [text.pk, text.url_path, text.title] for name, language, text in found}))
"""


def word(message: str, language: str = "fr", context: str = "") -> str:
    """A word of the interface, ours or Wagtail's, as someone who works in `language` reads it."""
    with override(language):
        return pgettext(context, message) if context else gettext(message)


@dataclass(frozen=True)
class Text:
    """A page of the demonstration."""

    pk: int
    url: str
    title: str

    @property
    def edit(self) -> str:
        return f"/admin/pages/{self.pk}/edit/"


@dataclass
class Site:
    """The running site."""

    url: str
    environment: dict[str, str]
    log: Path
    texts: dict[tuple[str, str], Text]

    def text(self, name: str, language: str) -> Text:
        """A page by its name in iom.tests.addresses, or by its key in the demonstration."""
        return self.texts[name, language]

    def process(self, *arguments: str) -> subprocess.Popen:
        """A `manage.py` process beside the server, on the same data; whoever starts it ends it."""
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", *arguments]
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def shell(self, code: str) -> str:
        """What `code` prints in a shell on the same data."""
        return manage(self.environment, "shell", "--verbosity", "0", "--command", code)


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {arguments[0]}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(process: subprocess.Popen, url: str, log: Path) -> None:
    for _ in range(START * 10):
        assert process.poll() is None, f"The server has ended.\n{log.read_text()}"
        try:
            with urlopen(f"{url}/-/ready", timeout=5) as answer:
                assert answer.status == 200
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server does not answer.\n{log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return path


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory, request) -> Iterator[Site]:
    """The site as `make serve` runs it, on a database of its own with the demonstration."""
    folder = tmp_path_factory.mktemp("site")
    url = f"http://127.0.0.1:{(port := free_port())}"
    ours = ("DATABASE_URL", "CACHE_URL", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE")
    common = {name: value for name, value in os.environ.items() if name not in ours}
    common |= {"DATA_DIR": str(folder / "data"), "PORT": str(port), "SITE_URL": url, "PYTHONUNBUFFERED": "1"}
    development = common | {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    manage(development, "migrate", "--verbosity", "0")
    manage(development, "demo")
    texts = json.loads(manage(development, "shell", "--verbosity", "0", "--command", ADDRESSES))
    site = Site(
        url,
        common | {"DJANGO_SETTINGS_MODULE": "iom.settings.production", "SECRET_KEY": "x" * 50},
        folder / "server.log",
        {tuple(name.split(":")): Text(*values) for name, values in texts.items()},
    )
    server = site.process("start")
    try:
        wait_until_ready(server, url, site.log)
        request.session.stash[LOG] = site.log
        yield site
    finally:
        end(server)


LOG = pytest.StashKey[Path]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that fails shows the end of what the server wrote."""
    report = yield
    log = item.session.stash.get(LOG, None)
    if report.failed and log is not None and log.exists():
        report.sections.append(("Server", log.read_text()[-4000:]))
    return report


@pytest.fixture(scope="session")
def base_url(site) -> str:
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return browser_type_launch_args | {"executable_path": chromium, "args": arguments}


@pytest.fixture
def visit(new_context) -> Callable[..., Page]:
    """A page in a window of its own, with no cookie: `visit("en", viewport=PHONE)`."""

    def open_window(language: str = "fr", **options) -> Page:
        chosen = {"locale": LOCALES[language], "viewport": DESKTOP, "timezone_id": "Europe/Zurich"} | options
        page = new_context(**chosen).new_page()
        page.set_default_timeout(PATIENCE)
        return page

    return open_window


@pytest.fixture(scope="session")
def cookies(browser: Browser, site) -> Callable[[str], dict]:
    """What the browser keeps of an account that has signed in, by the sign-in form once a session."""
    kept: dict[str, dict] = {}

    def of(account: str) -> dict:
        if account not in kept:
            context: BrowserContext = browser.new_context(base_url=site.url, locale=LOCALES["fr"])
            page = context.new_page()
            page.goto("/admin/login/")
            page.locator("input[name=username]").fill(f"{account}@example.org")
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("button[type=submit]").click()
            page.wait_for_url("**/admin/")
            kept[account] = context.storage_state()
            context.close()
        return kept[account]

    return of


@pytest.fixture
def signed_in(visit, cookies) -> Callable[..., Page]:
    """The same for someone who is signed in: `signed_in("officer")`."""

    def open_window(account: str, language: str = "fr", **options) -> Page:
        return visit(language, storage_state=cookies(account), **options)

    return open_window
