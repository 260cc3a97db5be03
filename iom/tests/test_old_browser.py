"""The simulated browser of 2019 ignores newer CSS and markup, and keeps the rest."""

import pytest

from iom.tests.old_browser import old_markup, old_style
from iom.tests.serving import ROOT


@pytest.mark.parametrize(
    "css",
    [
        "@layer base { a { color: red } }",
        "@container (min-width: 30em) { a { color: red } }",
        "@supports selector(:popover-open) { a { color: red } }",
        "@media (width >= 40em) { a { color: red } }",
        "b, a:has(img) { color: red }",
        "a:is(b, i) { color: red }",
        "a:focus-visible { color: red }",
        "a { b { color: red } }",
        "a { & b { color: red } }",
        "a { color: oklch(60% 0.1 250 / 0.5) }",
        "a { color: light-dark(red, blue) }",
        "a { width: min(3px, 10vw); aspect-ratio: 3 / 2; inset: 0; margin-inline: 1px; --red: 1px }",
    ],
)
def test_css_newer_than_2019_is_removed(css):
    left = old_style(css)
    assert "color" not in left.replace("--red", "")
    assert not any(word in left for word in ("min(", "aspect-ratio", "inset", "margin-inline:"))


@pytest.mark.parametrize(
    "css",
    [
        "a { color: red }",
        "@media (min-width: 40em) { a { color: red } }",
        "@media (prefers-color-scheme: dark) { a { color: red } }",
        "@supports (display: grid) { a { color: red } }",
        "a { margin-inline-start: 1rem; color: red }",
        "a::after { content: '&'; color: red }",
        "a { color: var(--red) }",
    ],
)
def test_css_of_2019_is_kept(css):
    assert old_style(css).count("red") == 1


def test_popovers_groups_of_details_and_new_picture_formats_are_removed():
    html = (
        '<nav popover><button popovertarget="menu" popovertargetaction="hide">x</button><details name="menu" data-a>'
    )
    assert old_markup(html) == "<nav><button>x</button><details data-a>"
    assert old_markup('<picture><source srcset="a" type="image/avif"><img src="b.jpg"></picture>') == (
        '<picture><img src="b.jpg"></picture>'
    )


def test_all_style_sheets_of_the_site_are_parsed():
    for file in (ROOT / "static" / "css").glob("*.css"):
        assert old_style(file.read_text()), file
