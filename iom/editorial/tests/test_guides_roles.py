"""The guides say in words what the table of roles and the browser's day at the desk say in code.

A comment in a row or an item of a guide names the acts, or the function, that it describes.
"""

import ast
import re

import pytest
from django.conf import settings

from iom.editorial import guides
from iom.editorial.tests import matrix

LANGUAGES = ("fr", "en")
# A column of the guides' tables: the letters of those who must all be allowed.
COLUMNS = ("o", "e", "fn", "d")
YES, NO = "✓", "–"


def lines(language, beginning):
    """Yields the lines of all guides that start with `beginning` and have a comment: text, names in the comment, rest."""
    for name in guides.GUIDES:
        text = (settings.BASE_DIR / "docs" / f"{name}.{language}.md").read_text()
        yield from re.findall(rf"^{beginning}(.*?) ?<!-- ([\w ]+) -->(.*)$", text, re.MULTILINE)


def allowed():
    """Yields each act, and for each column of the guides' tables whether its roles may do it."""
    for table in (matrix.ACTS_ON_PAGES, matrix.ACTS_ON_TRANSLATIONS, matrix.ACTS_ELSEWHERE):
        for act, cells in table.items():
            letters = "".join(cells[:2])
            if letters:  # the others are refused to everyone: addresses that no screen leads to
                yield act, [YES if set(column) & set(letters) else NO for column in COLUMNS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_tell_each_role_what_it_may_do(language):
    documented = {
        act: [cell.strip() for cell in cells.strip("| ").split("|")]
        for _words, acts, cells in lines(language, r"\| ")
        for act in acts.split()
    }

    assert documented == dict(allowed())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guides_have_the_steps_of_the_browser_test_of_the_desk(language):
    documented = [function for _words, function, _rest in lines(language, r"\d+\. ")]
    module = ast.parse((settings.BASE_DIR / "iom/tests/browser/test_desk.py").read_text())
    day = next(node for node in module.body if getattr(node, "name", "") == "test_a_day_at_the_desk")
    steps = [
        node.value.func.id for node in day.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]

    assert documented == steps
