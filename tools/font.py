"""Makes the hosted serif and the wordmarks (`make font`).

The letters are those of Source Serif 4 (Adobe, SIL Open Font License 1.1), from the npm package of `.ci/node`. The
licence reserves the name "Source", so the subset has another name.
"""

import os
import typing
from collections import defaultdict
from io import BytesIO
from itertools import product
from math import ceil
from pathlib import Path

import django
import uharfbuzz
from django.conf import settings
from django.utils.translation import gettext, override
from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / ".ci" / "node" / "node_modules" / "@fontsource-variable" / "source-serif-4"
SOURCE = PACKAGE / "files" / "source-serif-4-latin-opsz-normal.woff2"
FONTS = ROOT / "static" / "fonts"
WORDMARKS = ROOT / "static" / "img" / "wordmarks"
NAME = "Newsroom Serif"
WEIGHTS = (400, 700)
OPTICAL_SIZE = 32  # between the headline of an article and the titles of lists
LIMIT = 12_500  # bytes that arrive in the first two round trips beside the style sheet, on a slow phone
UNITS = 250  # an em; a unit is at most a fifth of a pixel
KERNING_STEP = 6  # units; corrections below half of it are invisible and cost a quarter of the file
LETTERS = (
    "".join(map(chr, range(0x20, 0x5B)))
    + "[]"
    + "".join(map(chr, range(0x61, 0x7B)))
    + "ÀÁÂÇÈÉÊËÍÎÏÑÓÔÖŒÙÚÛÜßàáâãäåæçèéêëíîïñóôõöøœùúûüÿ"
    + "\u00a0\u2009«»“”‘’–—…·°€×−"
)


def load_font() -> TTFont:
    """Returns the font at one optical size, variable between the two weights."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    font.flavor = None
    font = instantiateVariableFont(font, {"wght": WEIGHTS, "opsz": OPTICAL_SIZE})
    return TTFont(BytesIO(to_bytes(font)), recalcTimestamp=False)


def to_bytes(font: TTFont) -> bytes:
    """Returns the font as the bytes of a file."""
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def add_narrow_space(font: TTFont) -> None:
    """Adds U+202F, which French sets before signs and in numbers. Else browsers take it from another font."""
    thin = font.getBestCmap()[0x2009]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x202F] = thin


def kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Returns the kerning of each pair of glyphs, in units, as a multiple of KERNING_STEP. Pairs without it are left
    out."""
    shaped = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(to_bytes(font))))
    shaped.scale = (UNITS * 100, UNITS * 100)

    def width(text: str, kern: bool) -> int:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaped, buffer, {"kern": kern, "liga": False})
        return buffer.glyph_positions[0].x_advance

    glyphs = font.getBestCmap()
    letters = [letter for letter in LETTERS if not letter.isspace()]
    found = {}
    for first, second in product(letters, repeat=2):
        adjustment = (width(first + second, True) - width(first + second, False)) / 100
        if steps := round(adjustment / KERNING_STEP):
            found[glyphs[ord(first)], glyphs[ord(second)]] = steps * KERNING_STEP
    return found


def kerning_rules(pairs: dict[tuple[str, str], int]) -> str:
    """Returns the kerning as a feature file. Glyphs with the same kerning share a class."""
    before: dict[str, dict[str, int]] = defaultdict(dict)
    for (first, second), value in pairs.items():
        before[second][first] = value
    classes: dict[tuple, list[str]] = defaultdict(list)
    for second, values in before.items():
        classes[tuple(sorted(values.items()))].append(second)
    after: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, values in enumerate(classes):
        for first, value in values:
            after[first].append((number, value))
    firsts: dict[tuple, list[str]] = defaultdict(list)
    for first, rules in after.items():
        firsts[tuple(rules)].append(first)
    named = "".join(f"@second{number} = [{' '.join(glyphs)}];\n" for number, glyphs in enumerate(classes.values()))
    lines = (
        f"pos [{' '.join(glyphs)}] @second{number} {value};\n"
        for rules, glyphs in firsts.items()
        for number, value in rules
    )
    return f"{named}feature kern {{\n{''.join(lines)}}} kern;\n"


def round_variation(font: TTFont) -> None:
    """Drops variation deltas that differ by at most one unit from those that the neighbouring points imply."""
    variations = font["gvar"].variations
    for glyph, found in variations.items():
        points, outline = font["glyf"]._getCoordinatesAndControls(glyph, font["hmtx"].metrics)
        for one in found:
            one.calcInferredDeltas(points, outline.endPts)
            one.coordinates = [(round(x), round(y)) for x, y in one.coordinates]
            one.optimize(points, outline.endPts, tolerance=1, isComposite=outline.numberOfContours == -1)


def save_subset(font: TTFont, to: Path) -> None:
    """Writes the letters of the site's languages as a compressed font. Raises SystemExit if it exceeds LIMIT."""
    rules = kerning_rules(kerning(font))
    scale_upem(font, UNITS)
    options = subset.Options(
        flavor="woff2", layout_features=[], hinting=False, desubroutinize=True, name_IDs=[1, 2, 13, 14]
    )
    options.drop_tables += ["STAT", "BASE", "GDEF", "GPOS", "GSUB", "gasp", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(font)
    addOpenTypeFeaturesFromString(font, rules)
    round_variation(font)
    add_narrow_space(font)
    font["name"].setName(NAME, 1, 3, 1, 0x409)
    subset.save_font(font, to, options)
    if to.stat().st_size > LIMIT:
        raise SystemExit(f"{to.name} has {to.stat().st_size} bytes, of at most {LIMIT}.")


# --- Wordmarks ----------------------------------------------------------------------------------------------------------

WORDMARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 48" width="{width}" height="48">
<title>{title}</title>
<style>
.a{{fill:#062f6b}}.n{{fill:#14202b}}
@media (prefers-color-scheme:dark){{.a{{fill:#c9dfff}}.n{{fill:#e9eef3}}}}
@media (forced-colors:active){{.a,.n{{fill:CanvasText}}}}
</style>
<defs>{letters}</defs>
<path class="a" d="M{rule} 3h1v42h-1z"/>{lines}
</svg>
"""


class Outline(BasePen):
    """Draws an outline as SVG path commands, in whole units and relative, which takes a fifth less space."""

    def __init__(self) -> None:
        super().__init__(None)
        self.commands = ""
        self.start = self.at = (0, 0)

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        ends = [(round(x), round(y)) for x, y in points]
        steps = [str(end - at) for point in ends for end, at in zip(point, self.at, strict=True)]
        self.commands += command + " ".join(steps).replace(" -", "-")
        self.at = ends[-1]

    @typing.override
    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)
        self.start = self.at

    @typing.override
    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    @typing.override
    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        self._add("q", pt1, pt2)

    @typing.override
    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self._add("c", pt1, pt2, pt3)

    @typing.override
    def _closePath(self) -> None:
        self.commands += "z"
        self.at = self.start


class Pen:
    """Sets words as outlines. Each letter of a size and weight is drawn once and placed by `<use>`."""

    def __init__(self) -> None:
        font = TTFont(SOURCE, recalcTimestamp=False)
        font.flavor = None
        self.font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(to_bytes(font))))
        self.font.scale = (UNITS, UNITS)
        self.letters: dict[tuple[int, int, int], tuple[str, str]] = {}  # by glyph, size and weight: name and outline

    def line(self, text: str, x: float, y: float, size: int, weight: int, color: str) -> tuple[str, float]:
        """Returns the SVG of a text with its baseline at (x, y), and its right end.

        `color` is a class of the style sheet in WORDMARK.
        """
        self.font.set_variations({"wght": weight, "opsz": size})
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer, {"liga": False})
        scale, at, placed = size / UNITS, 0, []
        for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if letter := self.letter(glyph.codepoint, size, weight):
                placed.append(f'<use href="#{letter}" x="{at}"/>')
            at += position.x_advance
        place = f"matrix({scale:g} 0 0 {-scale:g} {x:g} {y:g})"
        return f'<g class="{color}" transform="{place}">{"".join(placed)}</g>', x + at * scale

    def letter(self, glyph: int, size: int, weight: int) -> str:
        """Returns the id of the letter's outline, or "" for a space."""
        key = (glyph, size, weight)
        if key not in self.letters:
            pen = Outline()
            self.font.draw_glyph_with_pen(glyph, pen)
            self.letters[key] = (f"l{len(self.letters)}" if pen.commands else "", pen.commands)
        return self.letters[key][0]


def split_in_two(name: str) -> tuple[str, str]:
    """Splits the name into two lines of nearly the same length."""
    words = name.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(splits, key=lambda pair: max(map(len, pair)))


def wordmark(acronym: str, name: str) -> str:
    """Returns the wordmark of a language as SVG, 48 units high."""
    pen = Pen()
    first, end = pen.line(acronym, 0, 37, 44, 700, "a")
    rule = round(end + 11)
    rows = [pen.line(line, rule + 12, y, 19, 500, "n") for line, y in zip(split_in_two(name), (19, 42), strict=True)]
    return WORDMARK.format(
        width=ceil(max(end for _line, end in rows)),
        title=f"{acronym} – {name}",
        letters="".join(f'<path id="{letter}" d="{path}"/>' for letter, path in pen.letters.values() if letter),
        rule=rule,
        lines=first + "".join(line for line, _end in rows),
    )


def main() -> None:
    save_subset(load_font(), FONTS / "serif.woff2")
    for language, _name in settings.LANGUAGES:
        with override(language):
            mark = wordmark(gettext("IOM"), gettext("International Organization for Migration"))
        (WORDMARKS / f"{language}.svg").write_text(mark, "utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.test")
    django.setup()
    main()
