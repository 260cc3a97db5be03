"""Text as the words that are searched, the same on every database.

A word is stemmed before its accents are removed: « traité » and « traitée » are one word. What differs by language
is in `languages/<code>.toml` and in the files that begin with its name, which people review; without them there is the
Snowball stemmer, if there is one.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from iom import characters
from iom.languages import stem_of
from search.written import APOSTROPHES, plain, spans, written_words

SHORTEST_STEM = 4  # letters
LONGEST = 40  # letters of a word that is searched
_FORM = re.compile(r"[^\W_]+")  # letters and digits
_COMPATIBLE = {"\u00a0": " ", "\u202f": " ", "…": "..."}  # as NFKC, which is slow where it finds one
_LOWERED = APOSTROPHES | {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}  # and ligatures
_LANGUAGES = Path(__file__).parent / "languages"


@dataclass(frozen=True)
class Rules:
    """What a language file says. Its words are written as in a text."""

    elisions: frozenset[str] = frozenset()  # before an apostrophe: l’, qu’
    endings: frozenset[str] = frozenset()  # after an apostrophe: ’s
    spellings: tuple[tuple[re.Pattern[str], str], ...] = ()  # a pattern of words, and what each is read as
    plural: re.Pattern[str] = re.compile(r"(?!)")  # the ending of a plural that the stemmer leaves
    # A word in capital letters that is another one in small ones
    capitals: dict[str, str] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()  # words that say nothing of what is searched for
    families: tuple[tuple[str, ...], ...] = ()  # words that the stemmer parts
    abbreviations: tuple[tuple[str, ...], ...] = ()  # names of one thing
    synonyms: tuple[tuple[str, ...], ...] = ()  # words and phrases that mean the same
    everyday: tuple[tuple[str, ...], ...] = ()  # what readers type, then what texts say for it
    thesaurus: tuple[tuple[str, ...], ...] = ()  # what readers type, then what texts say that has to do with it
    facets: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # facet → value → words for it
    cities: dict[str, list[str]] = field(default_factory=dict)  # by country
    everywhere: tuple[str, ...] = ()  # what every page of the site is about
    reaching: tuple[str, ...] = ()  # what the page of each country tells
    conjunctions: re.Pattern[str] = re.compile(r"[,/&]")  # between the parts of a name
    country_endings: tuple[str, ...] = ()  # of what comes from a country: Haiti → Haitian


@dataclass(frozen=True)
class Word:
    """A word of a text, and where it stands there."""

    form: str  # in lower case, with its accents
    stem: str  # without accents
    loose: str  # the stem of the word without accents; that of a name without its apostrophe
    is_stop_word: bool = False
    start: int = 0
    end: int = 0

    @property
    def has_accents(self) -> bool:
        return self.form != without_accents(self.form)


@cache
def rules(language: str) -> Rules:
    file = _LANGUAGES / f"{language}.toml"
    if not file.exists():
        return Rules()
    data: dict[str, Any] = {}
    for one in sorted(_LANGUAGES.glob(f"{language}.*toml")):
        data |= tomllib.loads(one.read_text("utf-8"))
    return Rules(
        elisions=frozenset(data["elisions"]),
        endings=frozenset(data["endings"]),
        spellings=tuple((re.compile(pattern), spelling) for pattern, spelling in data.get("spellings", [])),
        plural=re.compile(data.get("plural", r"(?!)")),
        capitals=data.get("capitals", {}),
        stop_words=frozenset(map(folded, data["stop_words"])),
        fillers=frozenset(map(folded, data.get("fillers", []))),
        families=tuple(map(tuple, data["families"])),
        abbreviations=tuple(map(tuple, data["abbreviations"])),
        synonyms=tuple(map(tuple, data["synonyms"])),
        everyday=tuple(map(tuple, data["everyday"])),
        thesaurus=tuple(_turned(data.get("used_for", {}))),
        facets=data["facets"],
        cities=data.get("cities", {}),
        everywhere=tuple(data.get("everywhere", ())),
        reaching=tuple(data.get("reaching", ())),
        conjunctions=re.compile(rf"[,/&]|\b(?:{'|'.join(data['conjunctions'])})\b"),
        country_endings=tuple(data["country_endings"]),
    )


def _turned(subjects: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """What readers type and what texts say, from tables by subject: what texts say → what readers type for it."""
    return ((typed, said) for table in subjects.values() for said, others in table.items() for typed in others)


def lowered(text: str) -> str:
    """In lower case, with straight apostrophes; « Œuvre » is « oeuvre »."""
    text = unicodedata.normalize("NFKC", _replaced(text, _COMPATIBLE))
    return _replaced(text.casefold(), _LOWERED)


def _replaced(text: str, signs: dict[str, str]) -> str:
    """Many times as fast as `str.translate`, which looks for each sign of the text."""
    for sign, other in signs.items():
        text = text.replace(sign, other)
    return text


without_accents = lru_cache(maxsize=50_000)(characters.without_accents)


def folded(text: str) -> str:
    """In lower case and without accents."""
    return without_accents(lowered(text))


def forms_of(text: str) -> str:
    """The text in lower case, with spaces around each word."""
    return f" {' '.join(_FORM.findall(lowered(text)))} "


def has_forms(text: str, forms: str) -> bool:
    """Whether `forms`, which `forms_of` has made, are in what it would make of the text."""
    return bool(_following(forms).search(lowered(text)))


@lru_cache
def _following(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){r'[\W_]+'.join(forms.split())}(?![^\W_])")


def words(text: str, language: str, start: int = 0) -> Iterator[Word]:
    """The words of `text`, which is in Unicode's composed form (NFC), in their order."""
    for found in spans(text, start):
        for one in read(found[0], language):
            yield Word(*one, found.start(), found.end())


def vocabulary(written: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Of written words what is no stop word: as it is written, and its form."""
    for one in written:
        for form, _stem, _loose, is_stop_word in read(one, language):
            if not is_stop_word:
                yield one, form


@lru_cache(maxsize=100_000)
def read(written: str, language: str) -> tuple[tuple[str, str, str, bool], ...]:
    """Form, stem, loose stem, and whether it is a stop word, of each word in what stands between spaces."""
    written = plain(written)
    written = rules(language).capitals.get(written, written)
    parts = _replaced(written, APOSTROPHES).split("'") if _apostrophe(written) else [written]
    kept = _without_elisions([lowered(part) for part in parts], language)
    name = "".join(parts) if len(parts) > 1 and parts[1][:1].isupper() else ""
    return tuple(_word(form, language, folded(name) if form == kept[-1] else "") for form in kept)


def _apostrophe(text: str) -> bool:
    return any(sign in text for sign in "'’ʼ")


def _without_elisions(parts: list[str], language: str) -> list[str]:
    rule = rules(language)
    while len(parts) > 1 and parts[0] in rule.elisions:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in rule.endings:
        parts = parts[:-1]
    return parts


def _word(form: str, language: str, name: str) -> tuple[str, str, str, bool]:
    stem, loose, is_stop_word = _analysed(form[:LONGEST], language)
    return form[:LONGEST], stem, _stem(name[:LONGEST], language) if name else loose, is_stop_word


@lru_cache(maxsize=100_000)
def _analysed(form: str, language: str) -> tuple[str, str, bool]:
    is_stop_word = without_accents(form) in rules(language).stop_words
    for pattern, spelling in rules(language).spellings:
        form = pattern.sub(spelling, form)
    stem = _alphanumeric(without_accents(_stem(form, language)))
    return stem, _alphanumeric(_stem(without_accents(form), language)), is_stop_word


def _alphanumeric(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _stem(word: str, language: str) -> str:
    """Stemmed until there is no ending: Snowball makes « réc » of « récit », but « récit » of « récits ».

    A short word loses the ending of its plural alone: « vis » might be made of « visa », and of « viser ».
    """
    while (stem := stem_of(word, language)) != word:
        if len(stem) < SHORTEST_STEM:
            return word.rstrip("sx") or word
        word = stem
    return rules(language).plural.sub("", word)


# --- Tokens: what the index has of a word ------------------------------------------------------------------------
# They begin with the language, consist of letters and digits, and so are one word to SQLite as to PostgreSQL.


def token(stem: str, language: str) -> str:
    return f"{_prefix(language)}0{stem}"


def loose_token(loose: str, language: str) -> str:
    """For those who write without accents."""
    return f"{_prefix(language)}1{loose}"


def facet_token(facet: str, value: object, language: str) -> str:
    return f"{_prefix(language)}2{facet}0{_alphanumeric(str(value).lower())}"


def boundary(language: str) -> str:
    """Stands between texts, so that no phrase begins in one and ends in the next."""
    return f"{_prefix(language)}3"


def is_of_text(one: str, language: str) -> bool:
    """Whether the token is a word as it stands in the text."""
    return one.startswith(token("", language))


def is_type(one: str) -> bool:
    """Whether it is the type of an article, or its day."""
    return "2kind0" in one or "2day0" in one


def is_office(one: str) -> bool:
    return "2office0" in one


@cache
def _prefix(language: str) -> str:
    return _alphanumeric(language.lower())


def tokens(text: str, language: str, *, stop_words: bool = False) -> list[str]:
    """The tokens of a text in its order, then those for readers who write without accents."""
    written = written_words(unicodedata.normalize("NFC", text))
    found = [_tokens_of_word(one, language, stop_words) for one in written]
    others = dict.fromkeys(one for _tokens, loose in found for one in loose)
    return [*chain.from_iterable(one for one, _loose in found), *others]


@lru_cache(maxsize=100_000)
def _tokens_of_word(written: str, language: str, stop_words: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of what stands between spaces: its tokens, and those for readers who write without accents."""
    stems = [
        (stem, loose)
        for _form, stem, loose, is_stop in read(written, language)
        if stem and (stop_words or not is_stop)
    ]
    others = tuple(loose_token(loose, language) for stem, loose in stems if loose and loose != stem)
    return tuple(token(stem, language) for stem, _loose in stems), others
