"""Each check of checks/ finds an error and accepts a correct page."""

import pytest

from iom.tests.browser.conftest import DESKTOP
from iom.tests.browser.page_checks import layout_errors, run_check

pytestmark = pytest.mark.browser

LONG = "A paragraph of more than forty characters, so that it counts as running text. "
WRONG = {
    "overflowing": '<p style="width: 2000px">A</p>',
    "overlaps": '<p>One line</p><p style="margin-top: -2.2em">Another line</p>',
    "clipped": '<div style="height: 1em; overflow: hidden"><p>One</p><p>Two</p></div>',
    "columns": f'<main style="display: flex"><p>{LONG}</p><p>{LONG}</p></main>',
    "smallTargets": '<button style="all: unset">x</button> <button style="all: unset">y</button>',
    "animated": '<p style="transition: color 1s">A</p>',
    "faintBorders": '<button class="button" style="border: 0">A</button>',
    "hiddenWords": '<main><p style="visibility: hidden">A</p></main>',
    "cutAltTexts": f'<img alt="{LONG}" style="display: block; width: 20px; height: 20px" src="data:,">',
    "tooTall": '<p><video style="height: 2000px"></video></p>',
}
RIGHT = {
    "overflowing": "<p>A</p>",
    "overlaps": "<h1>One line</h1><p>Another line</p>",
    "clipped": '<div style="overflow: hidden"><p>One</p></div>',
    "columns": f"<main><p>{LONG}</p><p>{LONG}</p></main>",
    "smallTargets": '<p>In a sentence, <a href="#a">a</a> <a href="#b">b</a>.</p><button>Large enough</button>',
    "animated": "<p>A</p>",
    "faintBorders": '<button class="button" style="border: 1px solid black">A</button>',
    "hiddenWords": "<main><p>A</p><p hidden>B</p></main>",
    "cutAltTexts": f'<img alt="{LONG}" style="display: block; width: 400px; height: 300px" src="data:,">',
    "tooTall": '<p><video style="height: 200px"></video></p>',
}


@pytest.fixture
def show(visit):
    page = visit("en", viewport=DESKTOP)

    def draw(html: str):
        page.set_content(f'<!DOCTYPE html><html dir="ltr"><title>A</title><body>{html}')
        return page

    return draw


def test_each_check_tells_wrong_from_right(show):
    for check in WRONG:
        assert run_check(show(WRONG[check]), check), check
        assert not run_check(show(RIGHT[check]), check), check
    for check in ("overflowing", "overlaps", "clipped"):
        assert layout_errors(show(WRONG[check])), check
        assert not layout_errors(show(RIGHT[check])), check
    elided = f'<p style="width: 5em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">{LONG}</p>'
    assert run_check(show(elided), "clipped")
    assert not run_check(show(f"{elided}<p>{LONG}</p>"), "clipped")
    assert run_check(show(f"<main><p>{LONG}</p></main>"), "longLines", 70)
    assert not run_check(show(f'<main><p style="width: 20em">{LONG}</p></main>'), "longLines", 70)


@pytest.mark.parametrize(
    ("style", "wrong"),
    [
        ("outline: none", "shows no focus"),
        ("outline: 3px solid #fefefe", "contrast"),
        ("outline: 3px solid #0a4da6", ""),
        ("outline: 3px solid #0a4da6; position: fixed; inset: 0 auto auto 0", "is covered"),
    ],
)
def test_invisible_focus_is_found(show, style, wrong):
    page = show(
        f'<button style="{style}">A</button><p style="position: fixed; inset: 0 auto auto 0; z-index: 1">Cover</p>'
        if "fixed" in style
        else f'<button style="{style}">A</button>'
    )
    run_check(page, "startWalk", "body")
    page.keyboard.press("Tab")
    found = [line for line in run_check(page, "currentStop")["wrong"] if "looks the same" not in line]
    assert wrong in found[0] if wrong else not found


def test_element_out_of_focus_order_is_found(show):
    page = show('<button style="position: absolute; top: 300px">Second</button><button>First</button>')
    assert run_check(page, "startWalk", "body")["wrong"]
