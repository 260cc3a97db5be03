"""Checks for untranslated text, filler text, repeated sentences, and passages that are far too short or too long."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext

from iom.findings import Level
from iom.translation.checks.language_data import ADDRESS, Language, fold, sentences, words
from iom.translation.checks.registry import Pair, PairFinding, certain_check, passage_check

MIN_WORDS = 4  # of a sentence whose language can be recognized
MIN_WORDS_CERTAIN = 5  # of a sentence that is certainly untranslated
_CLAUSE = re.compile(r"[;:](?=\s)|(?<=[»”])\s")
_LOREM = re.compile(r"\b(?:lorem ipsum|dolor sit amet|consectetur adipisc\w+)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\b(?:xxx+|tbd|tbc|todo|blah blah|asdf\w*|qwerty|azerty)\b|\[\.\.\.\]|\?\?\?+", re.IGNORECASE
)


def _untranslated_message(text: str) -> str:
    return gettext("Not translated: “%(text)s”.") % {"text": text if len(text) <= 60 else f"{text[:60]}…"}


@certain_check
def untranslated(pair: Pair) -> Iterator[PairFinding]:
    """Finds sentences of the translation that are copied from the original or are in its language.

    The level is ERROR for a copied sentence that is too long to be a name.
    """
    if pair.source_language == pair.target_language:
        return
    ours, theirs = pair.languages
    source_clauses = {fold(one) for one in _clauses(pair.source)}
    for sentence in _clauses(pair.target):
        found = [fold(word) for word in words(ADDRESS.sub("", sentence))]
        if len(found) < MIN_WORDS:
            continue
        of_source, of_target = _count_function_words(found, ours, theirs), _count_function_words(found, theirs, ours)
        is_same = fold(sentence) in source_clauses
        if is_same and (not pair.has_language_data or (of_source and of_source >= of_target)):
            certain = len(found) >= MIN_WORDS_CERTAIN and of_source > max(of_target, len(found) // 4)
            level = Level.ERROR if certain else Level.WARNING
            yield PairFinding(_untranslated_message(sentence), sentence, level=level)
        elif pair.has_language_data and of_source >= 3 and of_source > 2 * of_target:
            yield PairFinding(_untranslated_message(sentence), sentence)


def _clauses(text: str) -> list[str]:
    return [one.strip(" .;:!?…") for sentence in sentences(text) for one in _CLAUSE.split(sentence) if one]


def _count_function_words(found: list[str], language: Language, other: Language) -> int:
    """Returns the number of function words of `language` that are not function words of `other`."""
    parts = [part for word in found for part in word.split("'")]
    own = {fold(word) for word in language.function_words} - {fold(word) for word in other.function_words}
    return sum(part in own for part in parts)


def _filler_message(text: str) -> str:
    return gettext("Filler text: “%(text)s”.") % {"text": text}


@certain_check
def filler(pair: Pair) -> Iterator[PairFinding]:
    """Finds placeholders for text that is still to be written."""
    if (match := _LOREM.search(pair.target)) and not _LOREM.search(pair.source):
        yield PairFinding(_filler_message(match[0]), match[0], level=Level.ERROR)
    elif (match := _PLACEHOLDER.search(pair.target)) and not _PLACEHOLDER.search(pair.source):
        yield PairFinding(_filler_message(match[0]), match[0])
    elif _is_monotonous(pair.target) and not _is_monotonous(pair.source):
        yield PairFinding(_filler_message(pair.target[:40]), pair.target[:40])


def _is_monotonous(text: str) -> bool:
    """Returns whether a text repeats few words, as in "test test test test"."""
    found = [fold(word) for word in words(text)]
    return len(found) >= MIN_WORDS and len(set(found)) <= len(found) // 4


def _length_message(is_short: bool, ours: int, theirs: int) -> str:
    counts = {"original": ours, "translation": theirs}
    if is_short:
        message = gettext("Far shorter than usual: %(translation)d characters for %(original)d of the original.")
    else:
        message = gettext("Far longer than usual: %(translation)d characters for %(original)d of the original.")
    return message % counts


@passage_check
def length(pair: Pair) -> Iterator[PairFinding]:
    """Finds translations that are far too short or too long. The shorter a passage, the larger the tolerance."""
    ours, theirs = len(pair.source.strip()), len(pair.target.strip())
    if ours < 12 and theirs < 40:
        return
    source, target = pair.languages
    rate = (theirs / target.length) / (ours / source.length)
    tolerance = 0.42 + 26 / max(ours, 1)
    if rate < 1 / (1 + tolerance) or rate > 1 + tolerance * 1.15:
        yield PairFinding(_length_message(rate < 1, ours, theirs), f"{ours} {theirs}")
    elif rate < 0.75 and len(sentences(pair.target)) < len(sentences(pair.source)):
        yield PairFinding(_length_message(True, ours, theirs), f"{ours} {theirs}")


def _repetition_message(text: str) -> str:
    return gettext("The same sentence is here more than once: “%(text)s”.") % {"text": text[:60]}


@passage_check
def repetition(pair: Pair) -> Iterator[PairFinding]:
    """Finds a sentence that was pasted twice."""
    ours, theirs = (Counter(map(fold, sentences(text))) for text in (pair.source, pair.target))
    for sentence, count in theirs.items():
        if count > 1 and len(sentence.split()) >= MIN_WORDS and count > max(ours.values(), default=1):
            yield PairFinding(_repetition_message(sentence), sentence)
            return
    if _is_doubled(pair.target) and not _is_doubled(pair.source):
        yield PairFinding(_repetition_message(pair.target), pair.target)


def _is_doubled(text: str) -> bool:
    found = [fold(word) for word in words(text)]
    half = len(found) // 2
    return half > 2 and found[:half] == found[half:]
