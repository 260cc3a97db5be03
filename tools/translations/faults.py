"""Faults that are put into correct translations, one at a time: those that readers and editors have found in texts."""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from iom.translation.checks import dates
from iom.translation.checks.names import countries_in
from iom.translation.checks.registry import Pair
from iom.translation.glossary.matching import Glossary

# Of a passage and a source of chance, the words of its translation with the fault; None where it has no place for it.
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


def _replaced(pair: Pair, chance: random.Random, pattern: str, new: Callable[[str], str]) -> str | None:
    """The translation with other words in one of the places that fit the pattern."""
    found = list(re.finditer(pattern, pair.target_data))
    if not found:
        return None
    place = chance.choice(found)
    return pair.target_data[: place.start()] + new(place[0]) + pair.target_data[place.end() :]


def fault_at(name: str, pattern: str, new: Callable[[str], str]) -> None:
    """A fault of one place that fits the pattern."""
    FAULTS[name] = lambda pair, chance: _replaced(pair, chance, pattern, new)


def _another(known: Iterable[str], chance: random.Random) -> Callable[[str], str]:
    """For `_replaced`: another one of these words."""
    return lambda said: chance.choice([one for one in known if one != said])


@fault
def another_digit(pair: Pair, chance: random.Random) -> str | None:
    def changed(number: str) -> str:
        at = chance.choice([at for at, sign in enumerate(number) if sign.isdigit()])
        digit = str((int(number[at]) + chance.randint(1, 8)) % 10)
        if at == 0 and digit == "0":
            digit = "9" if number[0] != "9" else "8"
        return number[:at] + digit + number[at + 1 :]

    return _replaced(pair, chance, _NUMBER, changed)


fault_at("a_digit_too_many", r"(?<![\w,.\u202f])\d+(?![\w,.\u202f])", lambda number: f"{number}0")
fault_at("number_left_out", _NUMBER + r"[ \u00a0]", lambda _number: "")


@fault
def separators_of_the_original(pair: Pair, chance: random.Random) -> str | None:
    """25,000 or 4.5 left in French; 25 000 or 4,5 in English."""
    if pair.target_language == "fr":
        pattern, others = r"\d+\u202f\d{3}|\d+,\d+", str.maketrans("\u202f,", ",.")
    else:
        pattern, others = r"\d+,\d{3}(?!,)|\d+\.\d+", str.maketrans(",.", " ,")
    return _replaced(pair, chance, pattern, lambda number: number.translate(others))


@fault
def another_word_for_a_number(pair: Pair, chance: random.Random) -> str | None:
    known = _WORDS[pair.target_language]
    return _replaced(pair, chance, rf"\b(?:{'|'.join(known)})\b", _another(known, chance))


@fault
def million_for_billion(pair: Pair, chance: random.Random) -> str | None:
    of_million = "milliard" if pair.target_language == "fr" else "billion"
    to = {"million": of_million, "millions": "milliards", "billion": "million"}
    to |= {"milliard": "million", "milliards": "millions"}
    return _replaced(pair, chance, r"\b(?:millions?|billion|milliards?)\b", to.__getitem__)


@fault
def another_day(pair: Pair, chance: random.Random) -> str | None:
    found = [one for one in dates.read(pair.target, pair.target_language)[0] if one.day]
    if not found or (one := chance.choice(found)).text not in pair.target_data:
        return None
    day = str((one.day + chance.randint(1, 27)) % 28 + 1)
    if day == str(one.day):
        return None
    return pair.target_data.replace(one.text, re.sub(r"\d{1,2}(?:er)?", day, one.text, count=1), 1)


@fault
def another_month(pair: Pair, chance: random.Random) -> str | None:
    months = dates.language_of(pair.target_language).table["months"]
    return _replaced(pair, chance, rf"(?<=\d )(?:{'|'.join(months)})\b", _another(months, chance))


@fault
def another_weekday(pair: Pair, chance: random.Random) -> str | None:
    days = dates.language_of(pair.target_language).table["weekdays"]
    return _replaced(pair, chance, rf"\b(?:{'|'.join(days)})\b", _another(days, chance))


@fault
def another_currency(pair: Pair, chance: random.Random) -> str | None:
    pattern = r"dollars(?: des États-Unis)?|\beuros\b|US\$|\bEUR\b|francs CFA|CFA francs|francs suisses|Swiss francs"
    return _replaced(pair, chance, pattern, lambda said: "dollars" if said in ("euros", "EUR") else "euros")


fault_at("per_cent_left_out", r"[ \u00a0](?:%|per cent|pour cent)", lambda _said: "")


@fault
def name_misspelt(pair: Pair, chance: random.Random) -> str | None:
    """A letter of a name that both languages have alike."""
    named = r"(?<=[a-zé,;(] )[A-ZÉ][a-zéèêïüó]{3,}(?:-[A-Z]\w+)?"
    found = [one for one in re.finditer(named, pair.target_data) if one[0] in pair.source_data]
    if not found:
        return None
    place = chance.choice(found)
    name, at = place[0], chance.randrange(1, len(place[0]) - 1)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    misspelt = swapped if swapped != name else f"{name[:at]}x{name[at:]}"
    return pair.target_data[: place.start()] + misspelt + pair.target_data[place.end() :]


@fault
def another_country(pair: Pair, chance: random.Random) -> str | None:
    named = countries_in(pair.target, pair.target_language)
    if not named:
        return None
    name = chance.choice(list(named.values()))
    new = chance.choice([one for one in _NAMES[pair.target_language] if one not in pair.target_data])
    return pair.target_data.replace(name, new) if name in pair.target_data else None


fault_at("another_address", r"(?<=@)[\w.]+|(?<=https://)[\w.]+|(?<=www\.)\w+", lambda said: f"x{said}")
fault_at("bracket_left_out", r"[()]", lambda _bracket: "")
fault_at("quotation_mark_left_out", r"«\u202f|\u202f»|[“”]", lambda _mark: "")


@fault
def source_left(pair: Pair, chance: random.Random) -> str | None:
    return pair.source_data if len(pair.source.split()) > 5 else None


@fault
def half_left_in_source(pair: Pair, chance: random.Random) -> str | None:
    ours, theirs = (re.split(r"(?<=[.;!?]) ", text) for text in (pair.source_data, pair.target_data))
    if len(theirs) < 2 or len(ours) != len(theirs) or len(ours[-1].split()) < 6:
        return None
    return " ".join([*theirs[:-1], ours[-1]])


@fault
def cut_off(pair: Pair, chance: random.Random) -> str | None:
    words = pair.target_data.split(" ")
    return " ".join(words[: len(words) // 3]) if len(words) > 14 and "<" not in pair.target_data else None


@fault
def twice(pair: Pair, chance: random.Random) -> str | None:
    return f"{pair.target_data} {pair.target_data}" if len(pair.target) > 30 else None


@fault
def filler(pair: Pair, chance: random.Random) -> str | None:
    texts = ["Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "xxx", "test test test test", "TBD"]
    return chance.choice(texts) if len(pair.target) > 30 else None


@fault
def typography(pair: Pair, chance: random.Random) -> str | None:
    if pair.target_language != "fr":
        return None
    text = pair.target_data.replace("«\u202f", '"').replace("\u202f»", '"').replace("’", "'")
    return text if text != pair.target_data else None


def glossary_faults(glossary: Glossary) -> dict[str, Fault]:
    """A forbidden variant, and a word that is no term, in the place of a term."""

    def replaced(pair: Pair, chance: random.Random, *, forbidden: bool) -> str | None:
        meant = {one.entry.pk for one in glossary.usable(pair.source_language).matches(pair.source)}
        matches = [
            one
            for one in glossary.usable(pair.target_language).matches(pair.target)
            if one.entry.pk in meant and not one.entry.row.is_kept
        ]
        if not matches or "<" in pair.target_data or "&" in pair.target_data:
            return None
        match = chance.choice(matches)
        words = match.entry.forbidden(pair.target_language) if forbidden else ("chose", "thing")
        if not words or "s" == pair.target[match.end - 1] != match.form[-1]:
            return None
        word = chance.choice(words) if forbidden else words[pair.target_language == "en"]
        return pair.target.replace(pair.target[match.begin : match.end], word)

    return {
        "forbidden_variant": lambda pair, chance: replaced(pair, chance, forbidden=True),
        "term_not_rendered": lambda pair, chance: replaced(pair, chance, forbidden=False),
    }


def seeded(
    articles: list[list[Pair]], number: int, glossary: Glossary, seed: int = 300
) -> list[tuple[str, list[Pair], int]]:
    """So many articles with one fault each: its kind, the passages, and which of them has it. All kinds in turn."""
    chance = random.Random(seed)  # noqa: S311
    kinds = FAULTS | glossary_faults(glossary)
    found: list[tuple[str, list[Pair], int]] = []
    names = list(kinds)
    tries = 0
    while len(found) < number:
        tries += 1
        name = names[len(found) % len(names)] if tries < 400 else chance.choice(names)
        article = chance.choice(articles)
        places = list(range(len(article)))
        chance.shuffle(places)
        for at in places:
            text = kinds[name](article[at], chance)
            if text and text != article[at].target_data:
                faulty = [*article[:at], replace(article[at], target_data=text), *article[at + 1 :]]
                found.append((name, faulty, at))
                tries = 0
                break
    return found
