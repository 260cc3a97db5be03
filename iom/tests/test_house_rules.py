"""The rules of the repository: lengths of files and functions, unfinished work, inline styles, loggers, documents."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

LIMIT = 300
FUNCTION_LIMIT = 50
# Paths in documents. They name templates as the code does, without the folder.
PATH = re.compile(r"(?<![\w./-])(?:aboutus|deploy|home|iom|newsroom|search|static|templates|tools)/[\w./-]+\.[a-z]+\b")
OF_A_LANGUAGE_TO_ADD = re.compile(r"/es[/.]")


def files(*suffixes: str):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [settings.BASE_DIR / name for name in listed.stdout.splitlines() if name.endswith(suffixes)]


def test_no_file_has_more_than_300_lines():
    for file in files(".py", ".html", ".css", ".js"):
        if file.exists() and "migrations" not in file.parts:
            assert len(file.read_text().splitlines()) <= LIMIT, file


def test_no_function_has_more_than_50_lines():
    for file in files(".py"):
        if not file.exists() or {"migrations", "tests"} & set(file.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno - node.lineno < FUNCTION_LIMIT, f"{file}:{node.lineno}"


def test_no_file_has_a_mark_of_unfinished_work():
    marks = ["TO" + "DO", "FIX" + "ME", "X" * 3]
    for file in files(".py", ".html", ".css", ".js"):
        if file.exists():
            text = file.read_text()
            assert not [mark for mark in marks if mark in text], file


def test_no_template_has_inline_styles_or_scripts():
    for file in files(".html"):
        if file.exists():
            text = file.read_text()
            assert " style=" not in text, file
            assert "<style" not in text, file
            assert "onclick=" not in text, file


def test_a_logger_has_the_name_of_its_module():
    for file in files(".py"):
        if file.exists() and "tests" not in file.parts:
            assert file.read_text().count("getLogger(") == file.read_text().count("getLogger(__name__)"), file


def test_the_architecture_document_has_at_most_1200_words():
    assert len((settings.BASE_DIR / "docs" / "architecture.md").read_text().split()) <= 1200  # 600 words a page


def test_every_file_that_a_document_names_exists():
    found = set()
    for document in files(".md"):
        if document.exists() and document.name != "CHANGELOG.md":
            named = {name for name in PATH.findall(document.read_text()) if not OF_A_LANGUAGE_TO_ADD.search(name)}
            found |= named
            places = {name: (settings.BASE_DIR / name, settings.BASE_DIR / "templates" / name) for name in named}
            assert not [name for name, where in places.items() if not any(map(Path.exists, where))], document
    assert len(found) > 50
