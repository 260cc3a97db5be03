"""Source text left in place, filler text, and passages that are far too short or too long."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext

from iom.findings import Level
from iom.translation.checks.registry import Found, Pair, certain_check, passage_check
from iom.translation.checks.words import ADDRESS, Language, fold, sentences, words

FEWEST = 4  # words of a sentence that can be said to be of one language
CERTAIN = 5  # words of a sentence that is certainly left in place
_CLAUSE = re.compile(r"[;:](?=\s)|(?<=[»”])\s")
_LOREM = re.compile(r"\b(?:lorem ipsum|dolor sit amet|consectetur adipisc\w+)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\b(?:xxx+|tbd|tbc|todo|blah blah|asdf\w*|qwerty|azerty)\b|\[\.\.\.\]|\?\?\?+", re.IGNORECASE
)


def _left(text: str) -> str:
    return gettext("Not translated: “%(text)s”.") % {"text": text if len(text) <= 60 else f"{text[:60]}…"}


@certain_check
def untranslated(pair: Pair) -> Iterator[Found]:
    """Sentences of the original that stand in the translation, or are in its language. Certain where they are the same
    and as long as no name is."""
    if pair.source_language == pair.target_language:
        return
    ours, theirs = pair.languages
    there = {fold(one) for one in _clauses(pair.source)}
    for sentence in _clauses(pair.target):
        found = [fold(word) for word in words(ADDRESS.sub("", sentence))]
        if len(found) < FEWEST:
            continue
        of_source, of_target = _function_words(found, ours, theirs), _function_words(found, theirs, ours)
        is_same = fold(sentence) in there
        if is_same and (not pair.has_words or (of_source and of_source >= of_target)):
            certain = len(found) >= CERTAIN and of_source > max(of_target, len(found) // 4)
            level = Level.ERROR if certain else Level.WARNING
            yield Found(_left(sentence), sentence, level=level)
        elif pair.has_words and of_source >= 3 and of_source > 2 * of_target:
            yield Found(_left(sentence), sentence)


def _clauses(text: str) -> list[str]:
    return [one.strip(" .;:!?…") for sentence in sentences(text) for one in _CLAUSE.split(sentence) if one]


def _function_words(found: list[str], language: Language, other: Language) -> int:
    """How many are function words of one language and not of the other."""
    parts = [part for word in found for part in word.split("'")]
    own = {fold(word) for word in language.function_words} - {fold(word) for word in other.function_words}
    return sum(part in own for part in parts)


def _filler(text: str) -> str:
    return gettext("Filler text: “%(text)s”.") % {"text": text}


@certain_check
def filler(pair: Pair) -> Iterator[Found]:
    """What stands for a text that is still to be written."""
    if (match := _LOREM.search(pair.target)) and not _LOREM.search(pair.source):
        yield Found(_filler(match[0]), match[0], level=Level.ERROR)
    elif (match := _PLACEHOLDER.search(pair.target)) and not _PLACEHOLDER.search(pair.source):
        yield Found(_filler(match[0]), match[0])
    elif _is_monotonous(pair.target) and not _is_monotonous(pair.source):
        yield Found(_filler(pair.target[:40]), pair.target[:40])


def _is_monotonous(text: str) -> bool:
    """ "test test test test"."""
    found = [fold(word) for word in words(text)]
    return len(found) >= FEWEST and len(set(found)) <= len(found) // 4


def _too(is_short: bool, ours: int, theirs: int) -> str:
    counts = {"original": ours, "translation": theirs}
    if is_short:
        message = gettext("Far shorter than usual: %(translation)d characters for %(original)d of the original.")
    else:
        message = gettext("Far longer than usual: %(translation)d characters for %(original)d of the original.")
    return message % counts


@passage_check
def length(pair: Pair) -> Iterator[Found]:
    """The shorter a passage, the more its length may differ."""
    ours, theirs = len(pair.source.strip()), len(pair.target.strip())
    if ours < 12 and theirs < 40:
        return
    source, target = pair.languages
    rate = (theirs / target.length) / (ours / source.length)
    room = 0.42 + 26 / max(ours, 1)
    if rate < 1 / (1 + room) or rate > 1 + room * 1.15:
        yield Found(_too(rate < 1, ours, theirs), f"{ours} {theirs}")
    elif rate < 0.75 and len(sentences(pair.target)) < len(sentences(pair.source)):
        yield Found(_too(True, ours, theirs), f"{ours} {theirs}")


def _repeated(text: str) -> str:
    return gettext("The same sentence is here more than once: “%(text)s”.") % {"text": text[:60]}


@passage_check
def repetition(pair: Pair) -> Iterator[Found]:
    """A sentence that was put in twice."""
    ours, theirs = (Counter(map(fold, sentences(text))) for text in (pair.source, pair.target))
    for sentence, count in theirs.items():
        if count > 1 and len(sentence.split()) >= FEWEST and count > max(ours.values(), default=1):
            yield Found(_repeated(sentence), sentence)
            return
    if _is_doubled(pair.target) and not _is_doubled(pair.source):
        yield Found(_repeated(pair.target), pair.target)


def _is_doubled(text: str) -> bool:
    found = [fold(word) for word in words(text)]
    half = len(found) // 2
    return half > 2 and found[:half] == found[half:]
