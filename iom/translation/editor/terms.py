"""Marks the glossary's terms in a passage of the original, and lists their translations."""

from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString
from django.utils.safestring import SafeString, mark_safe

from iom.translation.glossary.matching import Glossary, Match


@dataclass(frozen=True)
class Term:
    """A term as `written` in the original, and as `rendered` by the preferred term of the other language."""

    written: str
    rendered: str
    also: str
    note: str
    is_kept: bool
    is_approved: bool


def mark_terms(html: SafeString, glossary: Glossary, source: str, target: str) -> tuple[SafeString, list[Term]]:
    """Returns the passage with numbered `<mark>` elements for its terms, and the terms, each once, in their order."""
    matcher = glossary.term_matcher(source)
    if not any(True for _match in matcher.matches(html)):
        return html, []
    soup = BeautifulSoup(html, "html.parser")
    found: list[Term] = []
    numbers: dict[int, int] = {}
    for node in list(soup.find_all(string=True)):
        matches = [match for match in matcher.matches(node) if match.entry.terms(target)]
        if matches and node.find_parent(class_="translation-link-name") is None:
            for match in matches:
                if match.entry.pk not in numbers:
                    numbers[match.entry.pk] = len(found)
                    found.append(_term(match, node[match.begin : match.end], target))
            node.replace_with(*_pieces(soup, node, matches, numbers))
    return mark_safe(str(soup)), found  # noqa: S308  (localize's stored HTML, parsed and serialized)


def _term(match: Match, written: str, target: str) -> Term:
    entry, row = match.entry, match.entry.row
    rendered, *also = [written] if row.is_kept else entry.terms(target)
    return Term(written, rendered, ", ".join(also), row.note, row.is_kept, entry.is_approved)


def _pieces(soup: BeautifulSoup, text: str, matches: list[Match], numbers: dict[int, int]) -> list[NavigableString]:
    pieces: list[NavigableString] = []
    at = 0
    for match in matches:
        mark = soup.new_tag("mark", attrs={"class": "translation-term", "data-term": str(numbers[match.entry.pk])})
        mark.string = text[match.begin : match.end]
        pieces += [NavigableString(text[at : match.begin]), mark]  # type: ignore[list-item]
        at = match.end
    return [*pieces, NavigableString(text[at:])]
