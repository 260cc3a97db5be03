"""The words of a screen, and which of them are of another language than the screen."""

import json
import re
from functools import cache
from html.parser import HTMLParser

from django.apps import apps
from django.db import models
from django.utils import translation
from django.utils.translation import gettext, trans_real

SILENT = {"script", "style", "svg", "template"}
SPOKEN = {"alt", "title", "aria-label", "placeholder", "data-w-progress-active-value"}
# Where the time zones, the names of icons and other identifiers are.
CODE = re.compile(r"[\w.:/#@+-]*|[a-z_.-]+( [a-z_.-]*[_.-][a-z_.-]*)+")
MARKS = {
    "en": "the of this that for your you with from and are has have been was will not which when these to by cannot ago",
    "fr": "le la les des du une ce cette pour votre vous avec sur est sont dans par pas aux et qui que",
}
NEVER = re.compile(r"\bNone\b|\bundefined\b|%\(\w+\)|\{\w+\}|\b20\d\d-\d\d-\d\d\b")


class _Reader(HTMLParser):
    """Collects what is shown or read out, and the strings that scripts are given."""

    def __init__(self):
        super().__init__()
        self.found: set[str] = set()
        self.given: set[str] = set()
        self._silent: list[str] = []
        self._is_json = False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in SILENT:
            self._silent.append(tag)
            self._is_json = tag == "script" and values.get("type") == "application/json"
        if values.get("lang"):
            return
        shown = {name for name in SPOKEN if values.get(name)}
        if tag == "input" and values.get("type") in ("submit", "button", "reset"):
            shown.add("value")
        self.found |= {_plain(values[name]) for name in shown if values.get(name)}
        for name, value in attrs:
            if name.startswith("data-") and value and value[0] in "[{":
                self._read_json(value)

    def handle_endtag(self, tag):
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
            self._is_json = False

    def handle_data(self, data):
        if not self._silent:
            self.found.add(_plain(data))
        elif self._is_json:
            self._read_json(data)

    def _read_json(self, text):
        try:
            told = json.loads(text)
        except ValueError:
            return
        for one in _strings(told):
            if "<" in one:
                found, given = _read(one)
                self.found |= found
                self.given |= given
            else:
                self.given.add(_plain(one))


def _read(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found, reader.given


def _plain(text):
    return " ".join(text.split())


def _strings(told):
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from _strings(one)


def of(answer) -> set[str]:
    """The words of an answer: text, alternatives and labels, and what scripts are given to show."""
    kind = answer.get("Content-Type", "")
    if kind.startswith("text/html"):
        found, given = _read(answer.content.decode())
    elif kind.startswith("application/json"):
        found, given = _read(f"<script type='application/json'>{answer.content.decode()}</script>")
    else:
        return set()
    given = {one for one in given if " " in one or one[:1].isupper()}
    return {one for one in found | given if re.search(r"[^\W\d_]{2}", one) and not CODE.fullmatch(one)} | {
        one for one in found if re.fullmatch(r"[^\W\d_]{3,}", one)
    }
