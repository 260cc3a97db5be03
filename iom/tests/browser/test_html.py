"""The Nu HTML checker finds no error in the served pages and in the style sheets."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.utils.text import slugify

from iom.tests.addresses import LANGUAGES
from iom.tests.serving import ROOT, Site
from tools.measuring.visits import addresses

pytestmark = pytest.mark.browser

# What the checker does not know yet: container queries, which all browsers have had since 2023
UNKNOWN = ("Property “container-type” doesn't exist", "Unrecognized at-rule “@container”")
JAR = ROOT / ".ci" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture
def checker() -> list[str]:
    """The command of the Nu HTML checker."""
    java = shutil.which("java")
    if java is None or not JAR.exists():
        pytest.skip("The Nu HTML checker is not installed (make checkers) or Java is not (default-jre-headless)")
    # The checker runs for seconds, so it uses the quick compiler. Its code needs a larger stack.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]
    return [java, *quick, "-jar", str(JAR), "--errors-only", "--format", "json", "--stdout"]


def errors(checker: list[str], *arguments: str | Path) -> list[str]:
    """The errors as lines: the file, the line, the message and the extract."""
    done = subprocess.run([*checker, *arguments], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return [
        f"{Path(found['url']).name}:{found.get('lastLine')}: {found['message']}\n    {found.get('extract', '')!r}"
        for found in json.loads(done.stdout)["messages"]
        if not any(unknown in found["message"] for unknown in UNKNOWN)
    ]


def fetch(address: str) -> tuple[int, bytes]:
    try:
        with urlopen(address) as answer:
            return answer.status, answer.read()
    except HTTPError as answer:
        return answer.code, answer.read()


def save_pages(site: Site, folder: Path) -> None:
    """Saves every page of the site and the password page as files."""
    for language in LANGUAGES:
        private = {"password": site.text("border-posts-review", language).url}
        for name, address in (addresses(site, language) | private).items():
            status, html = fetch(site.url + address)
            assert status == (404 if name == "not found" else 200), address
            (folder / f"{slugify(name)}-{language}.html").write_bytes(html)


def test_the_checker_finds_no_error_in_any_page(checker, site, tmp_path):
    save_pages(site, tmp_path)
    assert any("<picture" in file.read_text() for file in tmp_path.iterdir())
    found = errors(checker, tmp_path)
    assert not found, "\n".join(found)


def test_the_checker_finds_no_error_in_a_style_sheet(checker):
    found = errors(checker, "--css", *(ROOT / "static" / "css").glob("*.css"))
    assert not found, "\n".join(found)


def test_checker_reports_errors(checker, tmp_path):
    (tmp_path / "page.html").write_text('<!DOCTYPE html><html lang="en"><title>A</title><img src="a.png"><p><div></p>')
    (tmp_path / "style.css").write_text("a { colour: red }")
    assert errors(checker, tmp_path / "page.html")
    assert errors(checker, "--css", tmp_path / "style.css")
