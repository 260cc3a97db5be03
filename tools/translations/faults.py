"""Faults that are put into correct translations, one at a time: those that readers and editors have found in texts."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from iom.translation.checks import dates
from iom.translation.checks.names import countries_in
from iom.translation.checks.registry import Pair
from iom.translation.glossary.matching import Glossary

# Of a passage and a source of chance, the words of its translation with the fault; None where it has no place for it.
Fault = Callable[[Pair, random.Random], str | None]
FAULTS: dict[str, Fault] = {}
_NUMBER = re.compile(r"(?<![\w,.])\d+(?:[.,\u202f\u00a0 ]\d+)*(?![\w])")
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


def _swapped(text: str, match: re.Match[str] | None, new: str) -> str | None:
    return None if match is None or match[0] == new else text[: match.start()] + new + text[match.end() :]


def _one(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


@fault
def another_digit(pair: Pair, chance: random.Random) -> str | None:
    match = _one(_NUMBER, pair.target_data, chance)
    if match is None:
        return None
    places = [at for at, sign in enumerate(match[0]) if sign.isdigit()]
    at = chance.choice(places)
    digit = str((int(match[0][at]) + chance.randint(1, 8)) % 10)
    if at == 0 and digit == "0":
        digit = "9" if match[0][0] != "9" else "8"
    return _swapped(pair.target_data, match, match[0][:at] + digit + match[0][at + 1 :])


@fault
def a_digit_too_many(pair: Pair, chance: random.Random) -> str | None:
    match = _one(re.compile(r"(?<![\w,.\u202f])\d+(?![\w,.\u202f])"), pair.target_data, chance)
    return match and _swapped(pair.target_data, match, f"{match[0]}0")


@fault
def number_left_out(pair: Pair, chance: random.Random) -> str | None:
    match = _one(re.compile(_NUMBER.pattern + r"[ \u00a0]"), pair.target_data, chance)
    return _swapped(pair.target_data, match, "")


@fault
def separators_of_the_original(pair: Pair, chance: random.Random) -> str | None:
    """25,000 or 4.5 left in French; 25 000 or 4,5 in English."""
    if pair.target_language == "fr":
        match = _one(re.compile(r"\d+\u202f\d{3}|\d+,\d+"), pair.target_data, chance)
        return match and _swapped(
            pair.target_data, match, re.sub(r"[\u202f,]", lambda s: "," if s[0] == "\u202f" else ".", match[0])
        )
    match = _one(re.compile(r"\d+,\d{3}(?!,)|\d+\.\d+"), pair.target_data, chance)
    return match and _swapped(
        pair.target_data, match, re.sub(r"[,.]", lambda s: " " if s[0] == "," else ",", match[0])
    )


@fault
def another_word_for_a_number(pair: Pair, chance: random.Random) -> str | None:
    known = _WORDS[pair.target_language]
    match = _one(re.compile(rf"\b(?:{'|'.join(known)})\b"), pair.target_data, chance)
    return match and _swapped(pair.target_data, match, chance.choice([one for one in known if one != match[0]]))


@fault
def million_for_billion(pair: Pair, chance: random.Random) -> str | None:
    of_million = "milliard" if pair.target_language == "fr" else "billion"
    to = {"million": of_million, "millions": "milliards", "billion": "million"}
    to |= {"milliard": "million", "milliards": "millions"}
    match = _one(re.compile(r"\b(?:millions?|billion|milliards?)\b"), pair.target_data, chance)
    return match and _swapped(pair.target_data, match, to[match[0]])


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
    match = _one(re.compile(rf"(?<=\d )(?:{'|'.join(months)})\b"), pair.target_data, chance)
    return match and _swapped(pair.target_data, match, chance.choice([one for one in months if one != match[0]]))


@fault
def another_weekday(pair: Pair, chance: random.Random) -> str | None:
    days = dates.language_of(pair.target_language).table["weekdays"]
    match = _one(re.compile(rf"\b(?:{'|'.join(days)})\b"), pair.target_data, chance)
    return match and _swapped(pair.target_data, match, chance.choice([one for one in days if one != match[0]]))


@fault
def another_currency(pair: Pair, chance: random.Random) -> str | None:
    pattern = r"dollars(?: des États-Unis)?|\beuros\b|US\$|\bEUR\b|francs CFA|CFA francs|francs suisses|Swiss francs"
    match = _one(re.compile(pattern), pair.target_data, chance)
    is_in_euros = match and match[0] in ("euros", "EUR")
    return _swapped(pair.target_data, match, "dollars" if is_in_euros else "euros")


@fault
def per_cent_left_out(pair: Pair, chance: random.Random) -> str | None:
    match = _one(re.compile(r"[ \u00a0](?:%|per cent|pour cent)"), pair.target_data, chance)
    return _swapped(pair.target_data, match, "")


@fault
def name_misspelt(pair: Pair, chance: random.Random) -> str | None:
    """A letter of a name that both languages have alike."""
    found = [
        m
        for m in re.finditer(r"(?<=[a-zé,;(] )[A-ZÉ][a-zéèêïüó]{3,}(?:-[A-Z]\w+)?", pair.target_data)
        if m[0] in pair.source_data
    ]
    if not found:
        return None
    match = chance.choice(found)
    at = chance.randrange(1, len(match[0]) - 1)
    new = match[0][:at] + match[0][at + 1] + match[0][at] + match[0][at + 2 :]
    return _swapped(pair.target_data, match, new if new != match[0] else f"{match[0][:at]}x{match[0][at:]}")


@fault
def another_country(pair: Pair, chance: random.Random) -> str | None:
    named = countries_in(pair.target, pair.target_language)
    if not named:
        return None
    name = chance.choice(list(named.values()))
    new = chance.choice([one for one in _NAMES[pair.target_language] if one not in pair.target_data])
    return pair.target_data.replace(name, new) if name in pair.target_data else None


@fault
def another_address(pair: Pair, chance: random.Random) -> str | None:
    match = _one(re.compile(r"(?<=@)[\w.]+|(?<=https://)[\w.]+|(?<=www\.)\w+"), pair.target_data, chance)
    return match and _swapped(pair.target_data, match, f"x{match[0]}")


@fault
def bracket_left_out(pair: Pair, chance: random.Random) -> str | None:
    return _swapped(pair.target_data, _one(re.compile(r"[()]"), pair.target_data, chance), "")


@fault
def quotation_mark_left_out(pair: Pair, chance: random.Random) -> str | None:
    return _swapped(pair.target_data, _one(re.compile(r"«\u202f|\u202f»|[“”]"), pair.target_data, chance), "")


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
