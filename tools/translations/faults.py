"""Faults for correct translations, seeded one at a time. They are faults that readers and editors have found."""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from iom.translation.checks import date_parser
from iom.translation.checks.names import countries_in
from iom.translation.checks.registry import Pair
from iom.translation.glossary.matching import Glossary

# Returns the target text of a passage with the fault, or None if the fault does not apply to the passage.
Fault = Callable[[Pair, random.Random], str | None]
FAULTS: dict[str, Fault] = {}
_NUMBER = r"(?<![\w,.])\d+(?:[.,\u202f\u00a0 ]\d+)*(?![\w])"
_WORDS = {
    "fr": ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "dix", "douze", "vingt"],
    "en": ["two", "three", "four", "five", "six", "seven", "eight", "ten", "twelve", "twenty"],
}
_NAMES = {
    "fr": ["Colombie", "Ghana", "Pérou", "Népal", "Kenya"],
    "en": ["Colombia", "Ghana", "Peru", "Nepal", "Kenya"],
}


def fault(make: Fault) -> Fault:
    FAULTS[make.__name__] = make
    return make


def _replace_match(pair: Pair, rng: random.Random, pattern: str, new: Callable[[str], str]) -> str | None:
    """Returns the target text with one random match of the pattern replaced, or None without a match."""
    found = list(re.finditer(pattern, pair.target_data))
    if not found:
        return None
    place = rng.choice(found)
    return pair.target_data[: place.start()] + new(place[0]) + pair.target_data[place.end() :]


def register_pattern_fault(name: str, pattern: str, new: Callable[[str], str]) -> None:
    """Registers a fault that replaces one match of a pattern."""
    FAULTS[name] = lambda pair, rng: _replace_match(pair, rng, pattern, new)


def _other_word(words: Iterable[str], rng: random.Random) -> Callable[[str], str]:
    """Returns a function for `_replace_match` that chooses another one of these words."""
    return lambda text: rng.choice([one for one in words if one != text])


@fault
def another_digit(pair: Pair, rng: random.Random) -> str | None:
    def changed(number: str) -> str:
        at = rng.choice([at for at, sign in enumerate(number) if sign.isdigit()])
        digit = str((int(number[at]) + rng.randint(1, 8)) % 10)
        if at == 0 and digit == "0":
            digit = "9" if number[0] != "9" else "8"
        return number[:at] + digit + number[at + 1 :]

    return _replace_match(pair, rng, _NUMBER, changed)


register_pattern_fault("a_digit_too_many", r"(?<![\w,.\u202f])\d+(?![\w,.\u202f])", lambda number: f"{number}0")
register_pattern_fault("number_left_out", _NUMBER + r"[ \u00a0]", lambda _number: "")


@fault
def separators_of_the_original(pair: Pair, rng: random.Random) -> str | None:
    """Leaves 25,000 or 4.5 in French, 25 000 or 4,5 in English."""
    if pair.target_language == "fr":
        pattern, others = r"\d+\u202f\d{3}|\d+,\d+", str.maketrans("\u202f,", ",.")
    else:
        pattern, others = r"\d+,\d{3}(?!,)|\d+\.\d+", str.maketrans(",.", " ,")
    return _replace_match(pair, rng, pattern, lambda number: number.translate(others))


@fault
def another_word_for_a_number(pair: Pair, rng: random.Random) -> str | None:
    words = _WORDS[pair.target_language]
    return _replace_match(pair, rng, rf"\b(?:{'|'.join(words)})\b", _other_word(words, rng))


@fault
def million_for_billion(pair: Pair, rng: random.Random) -> str | None:
    of_million = "milliard" if pair.target_language == "fr" else "billion"
    to = {"million": of_million, "millions": "milliards", "billion": "million"}
    to |= {"milliard": "million", "milliards": "millions"}
    return _replace_match(pair, rng, r"\b(?:millions?|billion|milliards?)\b", to.__getitem__)


@fault
def another_day(pair: Pair, rng: random.Random) -> str | None:
    found = [one for one in date_parser.parse_dates(pair.target, pair.target_language)[0] if one.day]
    if not found or (one := rng.choice(found)).text not in pair.target_data:
        return None
    day = str((one.day + rng.randint(1, 27)) % 28 + 1)
    if day == str(one.day):
        return None
    return pair.target_data.replace(one.text, re.sub(r"\d{1,2}(?:er)?", day, one.text, count=1), 1)


@fault
def another_month(pair: Pair, rng: random.Random) -> str | None:
    months = date_parser.language_of(pair.target_language).table["months"]
    return _replace_match(pair, rng, rf"(?<=\d )(?:{'|'.join(months)})\b", _other_word(months, rng))


@fault
def another_weekday(pair: Pair, rng: random.Random) -> str | None:
    days = date_parser.language_of(pair.target_language).table["weekdays"]
    return _replace_match(pair, rng, rf"\b(?:{'|'.join(days)})\b", _other_word(days, rng))


@fault
def another_currency(pair: Pair, rng: random.Random) -> str | None:
    pattern = r"dollars(?: des États-Unis)?|\beuros\b|US\$|\bEUR\b|francs CFA|CFA francs|francs suisses|Swiss francs"
    return _replace_match(pair, rng, pattern, lambda text: "dollars" if text in ("euros", "EUR") else "euros")


register_pattern_fault("per_cent_left_out", r"[ \u00a0](?:%|per cent|pour cent)", lambda _text: "")


@fault
def name_misspelt(pair: Pair, rng: random.Random) -> str | None:
    """Misspells a name that is the same in both languages."""
    named = r"(?<=[a-zé,;(] )[A-ZÉ][a-zéèêïüó]{3,}(?:-[A-Z]\w+)?"
    found = [one for one in re.finditer(named, pair.target_data) if one[0] in pair.source_data]
    if not found:
        return None
    place = rng.choice(found)
    name, at = place[0], rng.randrange(1, len(place[0]) - 1)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    misspelt = swapped if swapped != name else f"{name[:at]}x{name[at:]}"
    return pair.target_data[: place.start()] + misspelt + pair.target_data[place.end() :]


@fault
def another_country(pair: Pair, rng: random.Random) -> str | None:
    named = countries_in(pair.target, pair.target_language)
    if not named:
        return None
    name = rng.choice(list(named.values()))
    new = rng.choice([one for one in _NAMES[pair.target_language] if one not in pair.target_data])
    return pair.target_data.replace(name, new) if name in pair.target_data else None


register_pattern_fault("another_address", r"(?<=@)[\w.]+|(?<=https://)[\w.]+|(?<=www\.)\w+", lambda text: f"x{text}")
register_pattern_fault("bracket_left_out", r"[()]", lambda _bracket: "")
register_pattern_fault("quotation_mark_left_out", r"«\u202f|\u202f»|[“”]", lambda _mark: "")


@fault
def source_left(pair: Pair, rng: random.Random) -> str | None:
    return pair.source_data if len(pair.source.split()) > 5 else None


@fault
def half_left_in_source(pair: Pair, rng: random.Random) -> str | None:
    ours, theirs = (re.split(r"(?<=[.;!?]) ", text) for text in (pair.source_data, pair.target_data))
    if len(theirs) < 2 or len(ours) != len(theirs) or len(ours[-1].split()) < 6:
        return None
    return " ".join([*theirs[:-1], ours[-1]])


@fault
def cut_off(pair: Pair, rng: random.Random) -> str | None:
    words = pair.target_data.split(" ")
    return " ".join(words[: len(words) // 3]) if len(words) > 14 and "<" not in pair.target_data else None


@fault
def twice(pair: Pair, rng: random.Random) -> str | None:
    return f"{pair.target_data} {pair.target_data}" if len(pair.target) > 30 else None


@fault
def filler(pair: Pair, rng: random.Random) -> str | None:
    texts = ["Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "xxx", "test test test test", "TBD"]
    return rng.choice(texts) if len(pair.target) > 30 else None


@fault
def typography(pair: Pair, rng: random.Random) -> str | None:
    if pair.target_language != "fr":
        return None
    text = pair.target_data.replace("«\u202f", '"').replace("\u202f»", '"').replace("’", "'")
    return text if text != pair.target_data else None


def glossary_faults(glossary: Glossary) -> dict[str, Fault]:
    """Returns two faults: a forbidden variant, and a word that is not a term, in place of a term."""

    def replaced(pair: Pair, rng: random.Random, *, forbidden: bool) -> str | None:
        source_terms = {one.entry.pk for one in glossary.term_matcher(pair.source_language).matches(pair.source)}
        matches = [
            one
            for one in glossary.term_matcher(pair.target_language).matches(pair.target)
            if one.entry.pk in source_terms and not one.entry.row.is_kept
        ]
        if not matches or "<" in pair.target_data or "&" in pair.target_data:
            return None
        match = rng.choice(matches)
        words = match.entry.forbidden(pair.target_language) if forbidden else ("chose", "thing")
        if not words or "s" == pair.target[match.end - 1] != match.form[-1]:
            return None
        word = rng.choice(words) if forbidden else words[pair.target_language == "en"]
        return pair.target.replace(pair.target[match.begin : match.end], word)

    return {
        "forbidden_variant": lambda pair, rng: replaced(pair, rng, forbidden=True),
        "term_not_rendered": lambda pair, rng: replaced(pair, rng, forbidden=False),
    }


def seed_faults(
    articles: list[list[Pair]], number: int, glossary: Glossary, seed: int = 300
) -> list[tuple[str, list[Pair], int]]:
    """Returns `number` articles with one fault each: the kind, the passages, and the index of the faulty one.

    All kinds are used in turn.
    """
    rng = random.Random(seed)  # noqa: S311
    kinds = FAULTS | glossary_faults(glossary)
    found: list[tuple[str, list[Pair], int]] = []
    names = list(kinds)
    tries = 0
    while len(found) < number:
        tries += 1
        name = names[len(found) % len(names)] if tries < 400 else rng.choice(names)
        article = rng.choice(articles)
        places = list(range(len(article)))
        rng.shuffle(places)
        for at in places:
            text = kinds[name](article[at], rng)
            if text and text != article[at].target_data:
                faulty = [*article[:at], replace(article[at], target_data=text), *article[at + 1 :]]
                found.append((name, faulty, at))
                tries = 0
                break
    return found
