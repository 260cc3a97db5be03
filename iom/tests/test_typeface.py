"""The hosted serif and the wordmarks (tools/font.py) are complete for every language of the site."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from fontTools.ttLib import TTFont

from iom.core.templatetags.wordmark import find_drawing, wordmark
from iom.demo import content
from iom.tests.addresses import LANGUAGES
from tools import font

SERIF = settings.BASE_DIR / "static" / "fonts" / "serif.woff2"
OTHER_WORDS = "ğıİŠđČćŽłśřż"  # for names in other languages, browsers use fonts of the system


def test_the_serif_is_small_and_has_two_weights_and_its_own_name():
    file = TTFont(SERIF)

    assert SERIF.stat().st_size <= font.LIMIT
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in file["fvar"].axes] == [("wght", *font.WEIGHTS)]
    assert "Source" not in str(file["name"].getName(1, 3, 1)), "a reserved name"


def test_the_serif_has_the_letters_of_all_titles_and_summaries():
    letters = set(TTFont(SERIF).getBestCmap())
    texts = "".join(file.read_text("utf-8") for file in Path(content.__file__).parent.rglob("*.toml"))
    missing = {letter for letter in texts if letter.isalpha() and ord(letter) < 0x180 and ord(letter) not in letters}

    assert missing <= set(OTHER_WORDS)
    assert {0x202F, 0xA0, ord("’"), ord("«"), ord("»"), ord("–")} <= letters


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wordmark_says_the_name_in_its_language(language):
    with override(language):
        name = gettext("International Organization for Migration")
        html = wordmark()
    picture = (settings.BASE_DIR / "static" / find_drawing(language)[0]).read_text("utf-8")

    assert f"{name}</title>" in picture
    assert f'{name}" width="{find_drawing(language)[1]}" height="48">' in html
    assert "prefers-color-scheme:dark" in picture
    assert "forced-colors:active" in picture


def test_a_language_without_a_drawing_shows_the_name_as_text():
    with override("de"):
        html, name = str(wordmark()), gettext("International Organization for Migration")
    assert "<img" not in html
    assert html.endswith(name)
