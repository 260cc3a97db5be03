"""Collects all texts that people read from the files of the repository, each with its place and its language.

No file is listed by name, so a new page, guide or file is included at once. Markup, addresses, code and placeholders
are removed: rules apply to words and punctuation only.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from markdown_it import MarkdownIt
from polib import POEntry

from iom.tests.catalogues import LOCALE_FOLDER, read_messages

BASE = settings.BASE_DIR
DEMONSTRATION = BASE / "iom" / "demo"

# The part that a text belongs to. Users of the admin read the interface and the guides, visitors the demonstration,
# operators and developers the documents.
INTERFACE, GUIDE, DEMO, DOCUMENT = "interface", "guide", "demonstration", "document"
ROLE = "role"  # names of groups, in the migrations that create them

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%s")
_BLOCK_TAG = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|br|table|tr|td|th)\b[^>]*>")
_EXAMPLE = re.compile(r"<(\w+)[^<>]*>…</\1>")
_TAG = re.compile(r"</?[a-z][^<>]*>")
_ADDRESS = re.compile(r"https?://\S+|[\w.]+@[\w.]+|--\w+|\b\w+_\w+\b|\+\d[\d \u00a0\u202f]+\d")
# Keys of TOML files whose values are not prose: addresses, codes, keys, and search terms
_NO_PROSE = {"slug", "key", "keywords", "language", "url", "source_url", "image", "file", "original", "state", "kind"}
# Files in which the site repeats English messages of Wagtail; entries of the Wagtail catalogue name no file.
_UPSTREAM = re.compile(r"_words(?:\.py$|/)")
_ARABIC = re.compile("[\u0600-\u06ff]")


class Text(NamedTuple):
    place: str
    language: str
    part: str
    text: str


@cache
def texts(language: str, *parts: str) -> list[Text]:
    """Returns the texts of a language, of the given parts or of all."""
    return [text for text in _all() if text.language == language and (not parts or text.part in parts)]


@cache
def _all() -> list[Text]:
    found = [*_catalogues(), *_roles(), *_guides(), *_documents(), *_demonstration()]
    return [text for text in found if text.text and not _ARABIC.search(text.text)]


def without_code(text: str) -> str:
    """Replaces placeholders and addresses by one word each, tags of blocks by a new line, and removes other tags."""
    text = _PLACEHOLDER.sub("x", text)
    text = _EXAMPLE.sub("x", text.replace("<x>", "x"))
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    return _ADDRESS.sub("x", text).strip(" \n")


def is_upstream(entry: POEntry) -> bool:
    """Returns whether the English text of the message is Wagtail's."""
    return all(_UPSTREAM.search(file) for file, _line in entry.occurrences)


def _catalogues() -> Iterator[Text]:
    for language in ("en", *(file.parts[-3] for file in LOCALE_FOLDER.glob("*/LC_MESSAGES/django.po"))):
        for entry, forms in read_messages(language):
            if language == "en" and is_upstream(entry) and forms[0] == entry.msgid:
                continue
            for form in forms:
                yield Text(f"{LOCALE_FOLDER.name}: {entry.msgid}", language, INTERFACE, without_code(form))


def _roles() -> Iterator[Text]:
    """Yields the names of groups, workflows and tasks that migrations create."""
    for file in sorted(BASE.glob("*/editorial/migrations/*.py")):
        for name in re.findall(r"""["']([A-Z][a-z]+(?: [\w·()]+)*)["']""", file.read_text()):
            yield Text(str(file.relative_to(BASE)), "en", ROLE, name)


def _guides() -> Iterator[Text]:
    for file in sorted((BASE / "docs").glob("*.??.md")):
        yield from _markdown(file, file.suffixes[0].strip("."), GUIDE)


def _documents() -> Iterator[Text]:
    for file in sorted([*BASE.glob("*.md"), *(BASE / "docs").glob("*.md")]):
        if len(file.suffixes) == 1:
            yield from _markdown(file, "en", DOCUMENT)


def _markdown(file: Path, language: str, part: str) -> Iterator[Text]:
    """Yields a text for each heading, paragraph, list item, cell and picture description."""
    line = 1
    for token in MarkdownIt("commonmark").enable("table").parse(file.read_text()):
        line = token.map[0] + 1 if token.map else line
        if token.type == "inline":
            plain = "".join(_plain(child) for child in token.children or [])
            yield Text(f"{file.relative_to(BASE)}:{line}", language, part, _ADDRESS.sub("x", plain))


def _plain(token: Any) -> str:
    if token.type == "code_inline":
        return "x"
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content if token.type in ("text", "image") else ""


def _demonstration() -> Iterator[Text]:
    for file in sorted(DEMONSTRATION.rglob("*.toml")):
        table = tomllib.loads(file.read_text())
        for language in ("en", "fr"):
            for place, text in _in_language(table, language, file.name):
                yield Text(place, language, DEMO, without_code(text))
        for name, rows in table.items():  # pictures and documents have a title in the language of their file
            for row in rows if isinstance(rows, list) else []:
                if isinstance(row, dict) and isinstance(title := row.get("title"), str):
                    yield Text(f"{file.name}.{name}", row.get("language", "fr"), DEMO, title)


def _in_language(value: Any, language: str, place: str) -> Iterator[tuple[str, str]]:
    """Yields the texts below the key of the language."""
    for name, below in _below(value):
        here = f"{place}.{name}"
        yield from _strings(below, here) if name == language else _in_language(below, language, here)


def _strings(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    for name, below in _below(value):
        if name not in _NO_PROSE:
            yield from _strings(below, f"{place}.{name}")


def _below(value: Any) -> Iterator[tuple[str | int, Any]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()


def term_pattern(term: str) -> str:
    """Returns a pattern that finds a term in a text, with any kind of space, apostrophe and case.

    A * at the end of a word matches any ending; with a = at the beginning, the term must be the whole text.
    """
    pattern = re.escape(term.removeprefix("=")).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    pattern = re.sub("['’]", "['’]", pattern)
    return rf"(?i:^{pattern}\.?$)" if term.startswith("=") else rf"(?i:(?<![\w-]){pattern}(?![\w-]))"


def find_matches(pattern: str, found_in: list[Text], flags: re.RegexFlag = re.NOFLAG) -> list[str]:
    """Returns the matches of the pattern, each with its place and the text around it."""
    compiled = re.compile(pattern, flags)
    return [
        f"{text.place}: …{text.text[max(0, match.start() - 30) : match.end() + 20]}…".replace("\n", " ")
        for text in found_in
        for match in compiled.finditer(text.text)
    ]
