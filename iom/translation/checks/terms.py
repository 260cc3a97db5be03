"""Checks against the glossary: missing terms, forbidden variants, and inconsistent translations within a text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from iom.translation.checks.language_data import fold
from iom.translation.checks.registry import Pair, PairFinding, passage_check, text_check
from iom.translation.glossary.matching import Entry, Match


def _approved_matches(pair: Pair) -> Iterator[Match]:
    """Yields the matches of approved terms in the original that have a term in the other language."""
    for match in pair.glossary.term_matcher(pair.source_language).matches(pair.source):
        entry = match.entry
        if entry.is_approved and not entry.is_country and entry.terms(pair.target_language):
            yield match


@passage_check
def terms(pair: Pair) -> Iterator[PairFinding]:
    rendered: set[int] | None = None
    for match in _approved_matches(pair):
        if rendered is None:
            rendered = {one.entry.pk for one in pair.glossary.term_matcher(pair.target_language).matches(pair.target)}
        if match.entry.pk in rendered or _contains_term(match.entry, pair):
            continue
        rendered.add(match.entry.pk)
        term = pair.source[match.begin : match.end]
        expected = match.entry.terms(pair.target_language)[0]
        message = gettext("“%(term)s”: the glossary has “%(expected)s”.") % {"term": term, "expected": expected}
        yield PairFinding(message, f"{match.entry.pk} {term}")


def _contains_term(entry: Entry, pair: Pair) -> bool:
    """Returns whether the translation contains a term as a string, for example within a longer term."""
    forms = entry.terms(pair.target_language)
    return any(
        re.search(rf"(?<!\w){re.escape(form)}", pair.target, re.IGNORECASE * (not form.isupper())) for form in forms
    )


@passage_check
def forbidden_variants(pair: Pair) -> Iterator[PairFinding]:
    """Finds forbidden terms. Offers a correction if the translation contains exactly the forbidden form."""
    glossary = pair.glossary
    allowed = [(one.begin, one.end) for one in glossary.term_matcher(pair.target_language).matches(pair.target)]
    for match in glossary.forbidden_matcher(pair.target_language).matches(pair.target):
        entry, text = match.entry, pair.target[match.begin : match.end]
        is_part = any(begin <= match.begin and match.end <= end for begin, end in allowed)
        right = any(text == form for form in entry.terms(pair.target_language))
        if not entry.is_approved or right or (is_part and text != match.form):
            continue
        expected = entry.terms(pair.target_language)[0]
        fix = ((text, expected),) if text == match.form else ()
        message = gettext("“%(text)s” is not to be used: the glossary has “%(expected)s”.")
        yield PairFinding(message % {"text": text, "expected": expected}, f"{entry.pk} {text}", fix)


@text_check
def rendered_two_ways(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, PairFinding]]:
    """Finds a term or a whole passage that is translated in several ways.

    Terms with capitals are ignored, because names are shortened when they are repeated.
    """
    ways: dict[tuple[str, str], dict[str, Pair]] = defaultdict(dict)
    for pair in pairs:
        if len(pair.source) > 2:
            ways["", fold(pair.source)].setdefault(fold(pair.target), pair)
        for match in _approved_matches(pair):
            if match.form == match.form.lower():
                form = next(_forms_used(match.entry, pair), None)
                if form:
                    ways[str(match.entry.pk), match.form].setdefault(form, pair)
    for (entry, source), rendered in ways.items():
        if len(rendered) > 1:
            pair = list(rendered.values())[-1]
            texts = [one.target[:60] for one in rendered.values()] if not entry else list(rendered)
            words = {"term": pair.source[:60] if not entry else source, "ways": " / ".join(texts)}
            message = gettext("“%(term)s” is rendered in several ways in this text: %(ways)s.")
            yield pair, PairFinding(message % words, repr(sorted(rendered)))


def _forms_used(entry: Entry, pair: Pair) -> Iterator[str]:
    """Yields the terms of an entry that the translation uses."""
    for match in pair.glossary.term_matcher(pair.target_language).matches(pair.target):
        if match.entry.pk == entry.pk:
            yield match.form


@text_check
def same_for_different(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, PairFinding]]:
    """Finds the same translation of different passages, for example one that was entered in the wrong place."""
    first: dict[str, Pair] = {}
    for pair in pairs:
        earlier = first.setdefault(fold(pair.target), pair)
        if fold(earlier.source) != fold(pair.source) and len(pair.target.split()) > 3:
            message = gettext("Different passages of the original have the same translation: “%(text)s”.")
            yield pair, PairFinding(message % {"text": pair.target[:60]}, pair.target)
