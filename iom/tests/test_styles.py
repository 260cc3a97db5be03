"""The style sheets work for both directions of writing."""

import pytest
import tinycss2

from iom.tests.serving import ROOT

CSS = ROOT / "static" / "css"
SHEETS = sorted(set(CSS.rglob("*.css")) - {CSS / "admin" / "site.css"})
SIDES = {"left", "right"}


def rules(nodes):
    """Yields every rule, also those within at-rules."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content is not None:
            yield from rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))


def one_sided(declarations: dict[str, str]) -> list[str]:
    """Returns declarations that name a side of the screen. Those with equal sides are left out: old browsers need them."""
    found = []
    for name, value in declarations.items():
        side = next((side for side in SIDES if side in name.split("-")), None)
        twin = name.replace(side, (SIDES - {side}).pop()) if side else ""
        widths = value.split() if name in ("margin", "padding", "border-width", "border-radius", "inset") else []
        if (
            (side and declarations.get(twin) != value)
            or SIDES & set(value.split())
            or (len(widths) == 4 and widths[1] != widths[3])
        ):
            found.append(f"{name}: {value}")
    return found


def find_one_sided(css: str) -> list[str]:
    found = []
    for rule in rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        listed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        declarations = {
            one.lower_name: tinycss2.serialize(one.value).strip() for one in listed if one.type == "declaration"
        }
        found += [f"{tinycss2.serialize(rule.prelude).strip()} {{ {line} }}" for line in one_sided(declarations)]
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.relative_to(CSS)))
def test_nothing_depends_on_a_side_of_the_screen(sheet):
    assert not find_one_sided(sheet.read_text())


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left: 1px",
        "padding-right: 1px; padding-left: 2px",
        "left: 0",
        "text-align: left",
        "float: right",
        "border-top-left-radius: 1px",
        "padding: 0 1px 0 2px",
    ],
)
def test_a_declaration_that_depends_on_a_side_is_found(declaration):
    assert find_one_sided(f"a {{ {declaration} }}")
    assert find_one_sided(f"@media (min-width: 1em) {{ a {{ {declaration} }} }}")


@pytest.mark.parametrize("declaration", ["left: 0; right: 0", "margin-inline-start: 1px", "padding: 0 1px 0 1px"])
def test_a_declaration_with_equal_sides_is_allowed(declaration):
    assert not find_one_sided(f"a {{ {declaration} }}")
