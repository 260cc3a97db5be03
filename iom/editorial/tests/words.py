"""The words of a screen, and those that are not in the screen's language."""

import json
import re
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import NamedTuple
from zoneinfo import available_timezones

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext, trans_real
from django_countries import countries

from iom.translation.exchange.formats import FORMATS

SILENT = {"script", "style", "svg"}
SPOKEN = {"alt", "title", "aria-label", "placeholder", "data-w-progress-active-value"}
CODE = re.compile(r"[\w.:/#@+-]*[\d.:/#@+_-][\w.:/#@+-]*|(Ctrl|Shift|Alt|Esc)\b.*")
# By these a text is known to be English, or French.
MARKS = {
    "en": "the of this that for your you with from and are has have been was will not which when these by cannot ago no",
    "fr": "le la les des du une ce cette pour votre vous avec sur est sont dans par pas aux et qui que un",
}
NEVER = re.compile(r"\b(None|undefined|20\d\d-\d\d-\d\d)\b")
INDEXES = {"search", "wagtailsearch", "listing"}  # have copies of what is elsewhere
# What Wagtail and localize have in English alone, or the same in both languages, and where (docs/upstream.md).
UPSTREAM = {
    "Locale",  # the form of a group, which administrators use: models without a name of their own
    "Translation",
    "Search",  # the hidden button of the search field in a header
}
ALIKE = {
    "OIM · IOM",
    "Europe",
    "Facebook", "Instagram", "LinkedIn", "Mastodon", "YouTube",
    "Atom", "JSON", "RSS",
    "EN", "FR",
    "français",
    *(one.label for one in FORMATS.values()),
}  # fmt: skip


class _Reader(HTMLParser):
    """Collects the texts that are shown or read out, and the strings in data for scripts."""

    def __init__(self):
        super().__init__()
        self.shown: set[str] = set()
        self.given: set[str] = set()
        self._silent = ""
        self._is_json = False
        self._is_hidden = False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in SILENT:
            self._silent = self._silent or tag
            self._is_json = tag == "script" and values.get("type") == "application/json"
        self._is_hidden = "hidden" in values
        names = SPOKEN | {"value"} if tag == "input" and values.get("type") in ("submit", "button") else SPOKEN
        self.shown |= {_plain(value) for name, value in attrs if name in names and value}
        for name, value in attrs:
            if name.startswith("data-") and value and value[0] in "[{":
                self._read_json(value)

    def handle_endtag(self, tag):
        if self._silent == tag:
            self._silent = ""

    def handle_data(self, data):
        if not self._silent and not self._is_hidden:
            self.shown.add(_plain(data))
        elif self._is_json:
            self._read_json(data)

    def _read_json(self, text):
        shown, given = _read_json(text)
        self.shown |= shown
        self.given |= given


def _read(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.shown, reader.given


@lru_cache(maxsize=500)
def _read_json(text):
    """Returns the texts in JSON data, such as that of the menu, which many screens share."""
    shown, given = set(), set()
    for one in _strings(text):
        if "<" in one:
            more, others = _read(one)
            shown |= more
            given |= others
        else:
            given.add(_plain(one))
    return shown, given


def _plain(text):
    return " ".join(text.split())


def _strings(text):
    """Yields the strings in JSON data, and in JSON nested in its strings."""
    try:
        data = json.loads(text)
    except ValueError:
        yield text
        return
    waiting = [data]
    while waiting:
        match waiting.pop():
            case dict() as one:
                waiting += one.values()
            case list() as one:
                waiting += one
            case str() as one if one[:1] in ("{", "["):
                yield from _strings(one)
            case str() as one:
                yield one


class Words(NamedTuple):
    """The texts that are shown or read out, and those in data for scripts, which may be shown."""

    shown: set[str]
    given: set[str]


def words_of(answer) -> Words:
    kind, text = answer.get("Content-Type", ""), answer.content.decode()
    if kind.startswith("application/json"):
        text = f"<script type='application/json'>{text}</script>"
    shown, given = _read(text)
    return Words(_words(shown), _words({one for one in given if " " in one or one[:1].isupper()}))


def _words(texts):
    return {one for one in texts if re.search(r"[^\W\d_]{2}", one) and not CODE.fullmatch(one)}


@cache
def content() -> set[str]:
    """Returns all texts of the database: content, names of groups and of people."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label in INDEXES:
            continue
        kinds = (models.CharField, models.TextField, models.JSONField)
        names = [field.name for field in model._meta.local_concrete_fields if isinstance(field, kinds)]
        for row in model._base_manager.values_list(*names).iterator() if names else ():
            for value in filter(None, row):
                text = value.get_prep_value() if hasattr(value, "get_prep_value") else value
                found |= _texts(text if isinstance(text, str) else json.dumps(text))
    return {one for one in found if len(one) > 1}


def forget() -> None:
    """Clears the kept content, after another test has changed the database."""
    content.cache_clear()
    _rest.cache_clear()


def _texts(text):
    found = set()
    for one in _strings(text) if text[0] in "[{" else [text]:
        found |= {_plain(one), *(_read(one)[0] if "<" in one else ())}
    return found


@cache
def messages() -> dict[str, str]:
    """Returns the messages of all installed packages, with their French translations."""
    with translation.override("fr"):
        catalogues = trans_real.translation("fr")._catalog._catalogs
        keys = {key[0] if isinstance(key, tuple) else key for one in catalogues for key in one}
        return {key: gettext(key) for key in keys if key and "\4" not in key}


@cache
def alike() -> set[str]:
    """Returns words that are spelt alike in both languages, and names, in lower case."""
    names = []
    for language in ("fr", "en"):
        with translation.override(language):
            names.append({str(name) for _code, name in countries})
    spelt = {french for english, french in messages().items() if english.lower() == french.lower()}
    languages = {str(name) for _code, name in settings.LANGUAGES}
    found = ALIKE | UPSTREAM | spelt | languages | available_timezones() | (names[0] & names[1])
    return {one.lower() for one in found}


def _marks(text, language):
    return bool(set(MARKS[language].split()) & set(re.findall(r"[^\W\d_]+", text.lower())))


@cache
def _rest(text):
    """Removes content and words that are alike in both languages."""
    if text.lower() in alike():
        return ""
    for one in sorted((one for one in content() if len(one) > 5 and one in text), key=len, reverse=True):
        text = text.replace(one, " ")
    pieces = re.split(r" - Wagtail$|[»→,:·()]|\d+", text)
    return " ".join(one for one in map(str.strip, pieces) if one not in content() and one.lower() not in alike())


def foreign(words: Words, language: str) -> set[str]:
    """Returns texts in the other language, and texts with raw values such as `None`."""
    other = {"fr": "en", "en": "fr"}[language]
    if language == "fr":
        known = {english for english, french in messages().items() if english != french}
    else:
        known = set(messages().values()) - set(messages())
    return {
        one
        for one in words.shown | words.given
        if (one in known or (_marks(one, other) and not _marks(one, language)) or NEVER.search(one))
        and one not in content()
        and ((rest := _rest(one)) in known or _marks(rest, other) or NEVER.search(rest))
    }


def same(french: Words, english: Words) -> set[str]:
    """Returns texts on both screens that are neither content nor spelt alike in both languages."""
    return {one for one in french.shown & english.shown if re.search(r"[^\W\d_]{2}", _rest(one))}
