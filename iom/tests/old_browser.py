"""Removes from pages and style sheets what browsers of the end of 2019 ignore: Chrome 79, Firefox 71, Safari 13."""

import re

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

UNKNOWN_AT_RULES = {"layer", "container", "property", "scope", "starting-style", "view-transition", "position-try"}
# Parts of an @supports or @media condition that make it false or invalid
UNKNOWN_CONDITION = re.compile(r"selector\(|font-(tech|format)\(|[<>]|forced-colors|prefers-contrast|dynamic-range")
UNKNOWN_SELECTOR = re.compile(
    r":(is|where|has|focus-visible|popover-open|modal|open|user-(in)?valid|dir|state|autofill)\b"
    r"|::(details-content|backdrop|marker|file-selector-button|part|view-transition)|&"
)
UNKNOWN_PROPERTY = re.compile(
    r"aspect-ratio|inset(-.*)?|(margin|padding)-(inline|block)|border-(inline|block)(-(width|style|color))?"
    r"|border-(start|end)-(start|end)-radius|(block|inline)-size|(min|max)-(block|inline)-size|contain(er)?(-.*)?"
    r"|content-visibility|text-wrap(-.*)?|text-underline-offset|text-decoration-thickness|accent-color|color-scheme"
    r"|overscroll-behavior(-.*)?|translate|rotate|scale|forced-color-adjust|scrollbar-.*|field-sizing|hyphenate-.*"
    r"|interpolate-size|view-transition-.*|animation-(timeline|composition)|anchor-.*|position-.*"
)
UNKNOWN_VALUE = re.compile(
    r"\b(min|max|clamp|color-mix|color|oklch|oklab|lch|lab|hwb|light-dark|round|sin|cos|anchor|image-set)\("
    r"|\d[dsl]v[hwib]|\b(anywhere|clip|revert|subgrid|fit-content|text-wrap)\b|\d(cq[whib]|lh|cap|ic)\b"
)
POPOVER = re.compile(r"""\s(popover(target(action)?)?(=("[^"]*"|[^\s>]+))?|name="(menu|filters)")(?=[\s/>])""")
NEW_PICTURES = re.compile(r"<source\b[^>]*image/(avif|webp)[^>]*>")
# Removes `gap` from flex boxes. In grids and columns, browsers of 2019 know it.
NO_GAPS = """for (const box of document.querySelectorAll("*")) {
    if (getComputedStyle(box).display.includes("flex")) box.style.gap = "0";
}"""


def old_style(css: str) -> str:
    """Returns the style sheet without the rules, conditions and declarations that such a browser ignores."""
    return _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def old_markup(html: str) -> str:
    """Returns the page without popovers, groups of details and new picture formats."""
    return NEW_PICTURES.sub("", POPOVER.sub("", html))


def _rules(nodes: list[Node]) -> str:
    return "\n".join(_at_rule(node) if isinstance(node, AtRule) else _rule(node) for node in nodes)


def _at_rule(rule: AtRule) -> str:
    prelude = tinycss2.serialize(rule.prelude)
    if rule.lower_at_keyword in UNKNOWN_AT_RULES:
        return ""
    if rule.lower_at_keyword in ("media", "supports") and UNKNOWN_CONDITION.search(prelude):
        return ""
    if rule.content is None:
        return rule.serialize()
    inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
    return f"@{rule.at_keyword}{prelude}{{{inner}}}"


def _rule(rule: Node) -> str:
    """Returns the rule without unknown declarations and nested rules; nothing if one of its selectors is unknown."""
    if not isinstance(rule, QualifiedRule) or UNKNOWN_SELECTOR.search(tinycss2.serialize(rule.prelude)):
        return ""
    known = [
        found.serialize()
        for found in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        if isinstance(found, Declaration) and _is_known(found)
    ]
    return f"{tinycss2.serialize(rule.prelude)}{{{';'.join(known)}}}"


def _is_known(declaration: Declaration) -> bool:
    if UNKNOWN_PROPERTY.fullmatch(declaration.lower_name):
        return False
    if declaration.lower_name.startswith("--"):
        return True  # a custom property may have any value
    return not UNKNOWN_VALUE.search(tinycss2.serialize(declaration.value))
