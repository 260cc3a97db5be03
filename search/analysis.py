"""Text analysis: turns text into the tokens of the index, which are the same on every database.

A word is stemmed before its accents are removed, so « traité » and « traitée » become one word. The rules of a
language are in `languages/<code>.toml` and in the files whose names begin like it; people review them. A language
without these files has only its Snowball stemmer, if there is one.
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
from search.tokenizer import APOSTROPHES, find_words, raw_words, without_separators

MIN_STEM_LENGTH = 4  # letters
MAX_WORD_LENGTH = 40  # letters; the rest of a word is ignored
_FORM = re.compile(r"[^\W_]+")  # letters and digits
_COMPATIBLE = {"\u00a0": " ", "\u202f": " ", "…": "..."}  # as NFKC does; NFKC is slow on text that has them
_LOWERED = APOSTROPHES | {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}  # and ligatures
_LANGUAGES = Path(__file__).parent / "languages"


@dataclass(frozen=True)
class Rules:
    """The rules of a language, from its files. Words are written as in a text."""

    elisions: frozenset[str] = frozenset()  # before an apostrophe: l’, qu’
    endings: frozenset[str] = frozenset()  # after an apostrophe: ’s
    spellings: tuple[tuple[re.Pattern[str], str], ...] = ()  # pattern of a word, and its replacement
    plural: re.Pattern[str] = re.compile(r"(?!)")  # plural ending that the stemmer leaves
    # A word in capital letters that means something else in small letters, and its replacement
    capitals: dict[str, str] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()  # words that do not narrow a query
    families: tuple[tuple[str, ...], ...] = ()  # related words that the stemmer does not join
    abbreviations: tuple[tuple[str, ...], ...] = ()  # abbreviations and full names of one thing
    organizations: tuple[tuple[str, ...], ...] = ()  # the same of other organizations
    synonyms: tuple[tuple[str, ...], ...] = ()  # words and phrases with one meaning
    everyday: tuple[tuple[str, ...], ...] = ()  # a reader's word, then the words of texts for it
    thesaurus: tuple[tuple[str, ...], ...] = ()  # a reader's word, then related words of texts
    facets: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # facet → value → words for it
    cities: dict[str, list[str]] = field(default_factory=dict)  # by country
    everywhere: tuple[str, ...] = ()  # subjects of every page of the site
    reaching: tuple[str, ...] = ()  # subjects of every country page, such as its contacts
    reported: tuple[str, ...] = ()  # subjects of every article: migrants
    conjunctions: re.Pattern[str] = re.compile(r"[,/&]")  # between the parts of a name
    country_endings: tuple[str, ...] = ()  # of demonyms: Haiti → Haitian

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """All groups of words and phrases that find each other."""
        return (*self.families, *self.synonyms, *self.organizations, *self.abbreviations)


@dataclass(frozen=True)
class Word:
    """A word of a text, and its position there."""

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
        organizations=tuple(map(tuple, data["organizations"])),
        synonyms=tuple(map(tuple, data["synonyms"])),
        everyday=tuple(map(tuple, data["everyday"])),
        thesaurus=tuple(_thesaurus_pairs(data.get("used_for", {}))),
        facets=data["facets"],
        cities=data.get("cities", {}),
        everywhere=tuple(data.get("everywhere", ())),
        reaching=tuple(data.get("reaching", ())),
        reported=tuple(data.get("reported", ())),
        conjunctions=re.compile(rf"[,/&]|\b(?:{'|'.join(data['conjunctions'])})\b"),
        country_endings=tuple(data["country_endings"]),
    )


def _thesaurus_pairs(subjects: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """Pairs of a reader's word and a word of texts. The tables, one a subject, map texts' words to readers' words."""
    return ((typed, written) for table in subjects.values() for written, others in table.items() for typed in others)


def lowered(text: str) -> str:
    """Returns the text in lower case, with straight apostrophes and without ligatures: « Œuvre » is « oeuvre »."""
    text = unicodedata.normalize("NFKC", _replace_each(text, _COMPATIBLE))
    return _replace_each(text.casefold(), _LOWERED)


def _replace_each(text: str, signs: dict[str, str]) -> str:
    """Replaces signs, many times as fast as `str.translate`, which looks up each sign of the text."""
    for sign, other in signs.items():
        text = text.replace(sign, other)
    return text


without_accents = lru_cache(maxsize=50_000)(characters.without_accents)


def folded(text: str) -> str:
    """Returns the text in lower case and without accents."""
    return without_accents(lowered(text))


def forms_of(text: str) -> str:
    """Returns the words of a text in lower case, with a space around each."""
    return f" {' '.join(_FORM.findall(lowered(text)))} "


def has_forms(text: str, forms: str) -> bool:
    """Whether the words of `forms` (a result of `forms_of`) follow each other in the text."""
    return bool(_forms_pattern(forms).search(lowered(text)))


@lru_cache
def _forms_pattern(forms: str) -> re.Pattern[str]:
    # It starts with a literal, for which `re` searches ten times as fast as for a lookbehind
    first, *others = forms.split()
    following = "".join(rf"[\W_]+{word}" for word in others)
    return re.compile(rf"{first}(?<![^\W_]{first}){following}(?![^\W_])")


def words(text: str, language: str, start: int = 0) -> Iterator[Word]:
    """Yields the words of `text` in order. The text has to be in Unicode's composed form (NFC)."""
    for found in find_words(text, start):
        for one in analyse_word(found[0], language):
            yield Word(*one, found.start(), found.end())


def content_forms(written: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """Yields each word that is not a stop word, as it is written, with its form."""
    for one in written:
        for form, _stem, _loose, is_stop_word in analyse_word(one, language):
            if not is_stop_word:
                yield one, form


@lru_cache(maxsize=100_000)
def analyse_word(written: str, language: str) -> tuple[tuple[str, str, str, bool], ...]:
    """Returns (form, stem, loose stem, is stop word) for each word in a token of raw text."""
    written = without_separators(written)
    written = rules(language).capitals.get(written, written)
    parts = _replace_each(written, APOSTROPHES).split("'") if _has_apostrophe(written) else [written]
    kept = _without_elisions([lowered(part) for part in parts], language)
    name = "".join(parts) if len(parts) > 1 and parts[1][:1].isupper() else ""
    return tuple(_word_parts(form, language, folded(name) if form == kept[-1] else "") for form in kept)


def _has_apostrophe(text: str) -> bool:
    return any(sign in text for sign in "'’ʼ")


def _without_elisions(parts: list[str], language: str) -> list[str]:
    rule = rules(language)
    while len(parts) > 1 and parts[0] in rule.elisions:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in rule.endings:
        parts = parts[:-1]
    return parts


def _word_parts(form: str, language: str, name: str) -> tuple[str, str, str, bool]:
    stem, loose, is_stop_word = _analyse_form(form[:MAX_WORD_LENGTH], language)
    return form[:MAX_WORD_LENGTH], stem, _stem(name[:MAX_WORD_LENGTH], language) if name else loose, is_stop_word


@lru_cache(maxsize=100_000)
def _analyse_form(form: str, language: str) -> tuple[str, str, bool]:
    is_stop_word = without_accents(form) in rules(language).stop_words
    for pattern, spelling in rules(language).spellings:
        form = pattern.sub(spelling, form)
    stem = _alphanumeric(without_accents(_stem(form, language)))
    return stem, _alphanumeric(_stem(without_accents(form), language)), is_stop_word


def _alphanumeric(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _stem(word: str, language: str) -> str:
    """Returns the stem, found by stemming until nothing changes: Snowball turns « récits » into « récit », but that
    into « réc ».

    A short word loses only its plural ending, because « vis » might come from « visa » and from « viser ».
    """
    while (stem := stem_of(word, language)) != word:
        if len(stem) < MIN_STEM_LENGTH:
            return word.rstrip("sx") or word
        word = stem
    return rules(language).plural.sub("", word)


# --- Tokens ------------------------------------------------------------------------------------------------------
# A token begins with its language and consists of letters and digits, so SQLite and PostgreSQL both index it as one
# word.


def token(stem: str, language: str) -> str:
    return f"{_prefix(language)}0{stem}"


def loose_token(loose: str, language: str) -> str:
    """Returns the token for readers who type without accents."""
    return f"{_prefix(language)}1{loose}"


def facet_token(facet: str, value: object, language: str) -> str:
    return f"{_prefix(language)}2{facet}0{_alphanumeric(str(value).lower())}"


def boundary_token(language: str) -> str:
    """Returns the token between two texts, so that no phrase matches across them."""
    return f"{_prefix(language)}3"


def is_text_token(one: str, language: str) -> bool:
    """Whether the token is the stem of a word, not a loose or a facet token."""
    return one.startswith(token("", language))


def is_type_token(one: str) -> bool:
    """Whether the token is the type or the day of an article."""
    return "2kind0" in one or "2day0" in one


def is_office_token(one: str) -> bool:
    return "2office0" in one


@cache
def _prefix(language: str) -> str:
    return _alphanumeric(language.lower())


def tokens(text: str, language: str, *, stop_words: bool = False) -> list[str]:
    """Returns the tokens of a text in order, then the loose tokens, for readers who type without accents."""
    written = raw_words(unicodedata.normalize("NFC", text))
    found = [_tokens_of_word(one, language, stop_words) for one in written]
    others = dict.fromkeys(one for _tokens, loose in found for one in loose)
    return [*chain.from_iterable(one for one, _loose in found), *others]


@lru_cache(maxsize=100_000)
def _tokens_of_word(written: str, language: str, stop_words: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the tokens and the loose tokens of a token of raw text."""
    stems = [
        (stem, loose)
        for _form, stem, loose, is_stop in analyse_word(written, language)
        if stem and (stop_words or not is_stop)
    ]
    others = tuple(loose_token(loose, language) for stem, loose in stems if loose and loose != stem)
    return tuple(token(stem, language) for stem, _loose in stems), others


@lru_cache(maxsize=100_000)
def all_tokens_of_word(written: str, language: str) -> frozenset[str]:
    """Returns the tokens and the loose tokens of a token of raw text, also of stop words."""
    found = analyse_word(written, language)
    return frozenset(
        one for _form, stem, loose, _is_stop in found for one in (token(stem, language), loose_token(loose, language))
    )
