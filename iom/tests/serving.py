"""Runs the site as `make serve` does: in a server process, on a database of its own with the demonstration."""

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from iom.tests import databases
from iom.tests.databases import ROOT, Environment, manage

# The password of the demonstration's accounts. Production does not start with the password of development.
PASSWORD = secrets.token_urlsafe()
MAX_START = 180  # seconds that the server may take to answer
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Migrates the copy, gives it this site's address and password, and prints its pages.
PREPARE = """
import json
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from wagtail.models import Page
from iom.demo import content
from iom.tests.addresses import LANGUAGES, PAGES, page

from iom.users.models import User

call_command("migrate", verbosity=0)
User.objects.update(password=make_password(settings.DEMO_PASSWORD))  # one hash: each takes half a second

keys = {content.stable_uuid(table["key"]): table["key"] for table in [*content.read_pages(), *content.read_articles()]}
found = [(name, language, page(name, language)) for name, _model, _key in PAGES for language in LANGUAGES]
found += [(keys.get(text.translation_key), text.locale.language_code, text) for text in Page.objects.filter(depth__gt=2)]
print(json.dumps({f"{name}:{language}": [text.pk, text.url_path, text.title] for name, language, text in found}))
"""

# Runs the code of each line of standard input (a string in JSON), and prints END after the output of each.
END = "-- end --\n"
SHELL = f"""
import json, sys
from django.db import connection

for line in sys.stdin:
    exec(json.loads(line), {{}})
    connection.close()
    sys.stdout.write({END!r})
    sys.stdout.flush()
"""


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
    shell_process: subprocess.Popen | None = None

    def text(self, name: str, language: str) -> Text:
        """Returns a page by its name in iom.tests.addresses, or by its key in the demonstration."""
        return self.texts[name, language]

    def process(self, *arguments: str) -> subprocess.Popen:
        """Starts `manage.py` on the same data. The caller ends the process."""
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", *arguments]
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def shell(self, code: str) -> str:
        """Runs `code` in a shell on the same data, and returns the lines that it prints. One process runs all code."""
        if self.shell_process is None:
            command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", SHELL]
            with self.log.open("ab") as log:
                self.shell_process = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, text=True, stdin=PIPE, stdout=PIPE, stderr=log
                )
        self.shell_process.stdin.write(f"{json.dumps(code)}\n")
        self.shell_process.stdin.flush()
        printed = []
        while (line := self.shell_process.stdout.readline()) != END:
            assert line, f"The shell has ended.\n{self.log.read_text()[-4000:]}"
            printed.append(line)
        return "".join(printed)

    def end(self) -> None:
        """Ends the process of the shell."""
        if self.shell_process is not None:
            end(self.shell_process)

    def rows(self, statement: str, *values: Any) -> list[tuple]:
        """Runs a statement (with `%s` for each value) in the site's database, and returns the rows."""
        return databases.rows(self.environment, statement, *values)


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
    for _ in range(MAX_START * 10):
        assert process.poll() is None, f"The server has ended.\n{log.read_text()}"
        try:
            with urlopen(f"{url}/-/ready", timeout=5) as answer:
                assert answer.status == 200
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The server does not answer.\n{log.read_text()}")


def chromium() -> str | None:
    """Returns the path of Chromium, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def running(folder: Path, adjust: Callable[[Environment], Environment] = dict) -> Iterator[Site]:
    """Runs the site with the production settings under gunicorn; its data and its log are in `folder`.

    `adjust` takes the environment of the server and returns a changed one.
    """
    url = f"http://127.0.0.1:{(port := free_port())}"
    with databases.database(folder / "data", databases.demonstration_with_pictures()) as environment:
        common = (
            environment | databases.cache_environment() | {"PORT": str(port), "SITE_URL": url, "PYTHONUNBUFFERED": "1"}
        )
        common["DEMO_PASSWORD"] = PASSWORD
        common["STATIC_DIR"] = str(databases.static_files())
        common["EMAIL_URL"] = "consolemail://"  # emails are written into the log
        common["ALLOWED_HOSTS"] = "127.0.0.1,localhost"  # passkeys need a name
        common["SEARCHES_PER_MINUTE"] = "0"
        common["LINK_CHECKS"] = "false"  # tests send no request to other servers
        common["REQUIRE_SECOND_FACTOR"] = "nobody"  # the second factor has tests of its own
        development = common | {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}
        texts = json.loads(manage(development, "shell", "--verbosity", "0", "--command", PREPARE))
        site = Site(
            url,
            adjust(common | {"DJANGO_SETTINGS_MODULE": "iom.settings.production", "SECRET_KEY": "x" * 50}),
            folder / "server.log",
            {tuple(name.split(":")): Text(*values) for name, values in texts.items()},
        )
        server = site.process("start")
        try:
            wait_until_ready(server, url, site.log)
            yield site
        finally:
            site.end()
            end(server)
