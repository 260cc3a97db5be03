"""What someone has typed, as what it means: terms, each with several ways to say it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from search import dates, names
from search.analysis import Word, facet_token, folded, forms_of, loose_token, rules, token, words
from search.expressions import Expression, In, Phrase, Token, all_of, any_of
from search.fulltext import COUNTRY, PAGE
from search.meanings import (
    ABBREVIATION,
    FACET,
    LOOSE,
    SAME,
    SYNONYM,
    USED_FOR,
    Meanings,
    everywhere,
    keys_with_accents,
    other_names,
    phrases_of,
    phrases_with_accents,
    reaching,
    singular,
)
from search.written import QUOTED

MOST_WORDS = 12  # the rest is ignored
MOST_WAYS = 12  # to say a term
MOST_SPELT = 2  # terms of a search in which abbreviations are read word by word
LONGEST_PHRASE = 3  # words; for more, SQLite takes as long as for all else, and few pages have all of them
MOST_VALUES = 4  # of facets that have the same name
_YEAR = re.compile(r"(?:19|20)\d\d")

Known = Mapping[names.Key, list[names.Facet]]


@dataclass(frozen=True)
class Way:
    """Tokens that all have to be there."""

    tokens: tuple[str, ...]
    weight: float

    @cached_property
    def expression(self) -> Expression:
        return all_of([Token(one) for one in self.tokens])


@dataclass(frozen=True)
class Term:
    """A word or a name, as it was typed, and what may stand for it. `phrase`: its words have to follow each other."""

    words: tuple[Word, ...]
    ways: tuple[Way, ...]
    phrase: tuple[tuple[str, ...], ...] = ()  # with stop words and without
    quoted: str = ""  # the phrase as it is compared with texts

    @property
    def typed(self) -> str:
        return " ".join(word.form for word in self.words)

    @property
    def key(self) -> names.Key:
        return tuple(word.stem for word in self.words)

    @cached_property
    def expression(self) -> Expression:
        if self.phrase:
            whole, short = self.phrase
            if len(short) == 1:  # the title has it as well
                return Token(*short)
            in_title = In("title_tokens", Phrase(whole))
            return any_of([in_title, Phrase(short)]) if short else in_title
        return any_of([way.expression for way in self.ways])


@dataclass(frozen=True)
class Query:
    """What is searched for. `is_title`: only stop words, which titles alone have in the index."""

    language: str
    text: str = ""  # as it was typed
    terms: tuple[Term, ...] = ()
    is_title: bool = False
    typed: tuple[str, ...] = ()  # the tokens of all words outside quotation marks, stop words included

    @cached_property
    def words(self) -> list[Word]:
        return [word for term in self.terms for word in term.words]

    @cached_property
    def expression(self) -> Expression:
        """All of it."""
        whole = all_of([term.expression for term in self.terms])
        return In("title_tokens", whole) if self.is_title else whole

    @cached_property
    def phrase(self) -> Expression | None:
        """All words as they follow each other, where there are several: in a title; few of them, also in a text."""
        if len(self.typed) < 2:
            return None
        in_title = In("title_tokens", Phrase(self.typed))
        is_long = len(self.important) > LONGEST_PHRASE
        return in_title if self.is_title or is_long else any_of([in_title, Phrase(self.important)])

    @cached_property
    def days(self) -> list[Expression]:
        """The news of the days that are named."""
        return [Token(one) for one in _named(self.terms, self.language, "day")]

    @cached_property
    def important(self) -> tuple[str, ...]:
        return tuple(token(word.stem, self.language) for term in self.terms if not term.phrase for word in term.words)


def parse(text: str, language: str, known: Sequence[names.Name] | None = None) -> Query:
    """What is meant. `known`: the names of records, if not all."""
    text = unicodedata.normalize("NFC", text)
    quoted = [phrase for phrase in QUOTED.findall(text) if any(word.stem for word in words(phrase, language))]
    found, days = dates.printed(words(QUOTED.sub(" ", text), language), language)
    typed = _first(found, MOST_WORDS)
    important = [word for word in typed if not word.is_stop_word]
    phrases = [_phrase(phrase, language) for phrase in quoted[:3]]
    stems = tuple(token(word.stem, language) for word in typed)
    if not important and not phrases:
        terms = [Term((word,), (Way((stem,), SAME),)) for word, stem in zip(typed, stems, strict=True)]
        return Query(language, text, tuple(terms), is_title=True, typed=stems)
    by_key = names.known(language) if known is None else names.by_key(language, known)
    return Query(language, text, (*phrases, *_terms(important, {**by_key, **days}, language)), typed=stems)


def _without_fillers(terms: list[Term], language: str) -> list[Term]:
    """The terms without words that say nothing of what is searched for, unless there is nothing else."""
    fillers = rules(language).fillers
    return [term for term in terms if len(term.words) > 1 or folded(term.typed) not in fillers] or terms


def _first(found: Iterable[Word], most: int) -> list[Word]:
    """The first words with letters or digits that can be searched; each once."""
    return list({word.stem: word for word in found if word.stem}.values())[:most]


def _phrase(phrase: str, language: str) -> Term:
    found = [word for word in words(phrase, language) if word.stem][:MOST_WORDS]
    whole = tuple(token(word.stem, language) for word in found)
    short = tuple(token(word.stem, language) for word in found if not word.is_stop_word)
    return Term(tuple(found), (Way(short or whole, SAME),), phrase=(whole, short), quoted=forms_of(phrase))


def _terms(found: list[Word], known: Known, language: str) -> list[Term]:
    """Names of several words are one term: the longest that begins at each word."""
    meanings = other_names(language)
    longest = max(map(len, [*known, *meanings]), default=1)
    terms = []
    start = 0
    while start < len(found):
        for length in range(min(longest, len(found) - start), 0, -1):
            part = found[start : start + length]
            key = tuple(word.stem for word in part)
            if key not in known and key not in meanings:
                key = phrases_with_accents(language).get(key, key)
            if length == 1 or key in known or key in meanings:
                terms.append(_term(part, key, known, meanings, language))
                start += length
                break
    terms = _with_phrases(_apart(terms), language)
    kept = _without_fillers(terms, language)
    return _with_pages(_with_phrases(kept, language) if len(kept) < len(terms) else kept, language)


def _with_pages(terms: list[Term], language: str) -> list[Term]:
    """Pages of the site are about the organization, and of no year unless news of a year are wanted.

    Where a place is named, its page says how to reach the office there, and what is done there.
    """
    if len(terms) < 2:
        return terms
    of_site, of_country = (facet_token("section", section, language) for section in (PAGE, COUNTRY))
    ways: dict[names.Key, list[Way]] = {key: [Way((of_site,), FACET)] for key in everywhere(language)}
    if not _named(terms, language, "kind"):
        ways |= {term.key: [Way((of_site,), USED_FOR)] for term in terms if _YEAR.fullmatch(term.typed)}
    places = _named(terms, language, "country", "office")
    for key in (everywhere(language) | reaching(language)) if places else ():
        ways[key] = [*ways.get(key, []), *(Way((of_country, place), FACET) for place in places)]
    return [_also(term, ways.get(term.key, ())) for term in terms]


def _named(terms: Iterable[Term], language: str, *facets: str) -> list[str]:
    """The tokens of the values of the facets that are named."""
    beginnings = tuple(facet_token(facet, "", language) for facet in facets)
    found = (way.tokens[0] for term in terms for way in term.ways if way.weight >= FACET)
    return [one for one in found if one.startswith(beginnings)]


def _with_phrases(terms: list[Term], language: str) -> list[Term]:
    """What words mean together is one more way to say each of them."""
    phrases = phrases_of(language)
    longest = max(map(len, phrases), default=0)
    stems = [term.words[0].stem if len(term.words) == 1 else "" for term in terms]
    for start in range(len(terms)):
        for end in range(start + 2, min(start + longest, len(terms)) + 1):
            key = tuple(stems[start:end])
            key = key if key in phrases else phrases_with_accents(language).get(key, key)
            ways = [
                Way(tuple(token(stem, language) for stem in other), weight) for other, weight in phrases.get(key, ())
            ]
            terms[start:end] = [_also(term, ways) for term in terms[start:end]]
    return terms


def _also(term: Term, ways: Sequence[Way]) -> Term:
    """The term with more ways to say it."""
    return replace(term, ways=_best((*term.ways, *ways))) if ways else term


def _apart(terms: list[Term]) -> list[Term]:
    """Without the ways to say a term that are words of another: each has to be said."""
    own = [set(term.ways[0].tokens) for term in terms]
    return [
        replace(term, ways=tuple(way for way in term.ways if way.weight > SYNONYM or not _is_said(way, own, number)))
        for number, term in enumerate(terms)
    ]


def _is_said(way: Way, own: list[set[str]], number: int) -> bool:
    return any(place != number and others.issuperset(way.tokens) for place, others in enumerate(own))


def _best(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Each way once, those that count most first."""
    best = {way.tokens: way for way in sorted(ways, key=lambda way: way.weight)}
    return tuple(sorted(best.values(), key=lambda way: -way.weight)[:MOST_WAYS])


def _term(found: Sequence[Word], key: names.Key, known: Known, meanings: Meanings, language: str) -> Term:
    ways = [Way(tuple(token(word.stem, language) for word in found), SAME)]
    if len(found) == 1:
        ways += _ways_of_word(found[0], language)
    meant = [(key, FACET), *meanings.get(key, ()), *phrases_of(language).get(key, ())]
    if len(found) == 1 and not found[0].has_accents:
        for other in keys_with_accents(language).get(singular(found[0].form), ()):
            meant += [(other, LOOSE), *meanings.get(other, ())] if other != key else []
    if len(found) == 1 and found[0].has_accents and (found[0].loose,) in known:  # « Bogotá » is in French Bogota
        meant.append(((found[0].loose,), LOOSE))
    for other, weight in meant:
        ways += [Way((facet_token(*facet, language),), weight) for facet in known.get(other, [])[:MOST_VALUES]]
        ways += [Way(tuple(token(stem, language) for stem in other), weight)]
    return Term(tuple(found), _best(ways))


def _ways_of_word(word: Word, language: str) -> Iterator[Way]:
    if _YEAR.fullmatch(word.form):
        yield Way((facet_token("year", word.form, language),), FACET)
    if not word.has_accents:
        yield Way((loose_token(word.loose, language),), LOOSE)
    code, name = names.country_of(word.form, language)
    if code:
        yield Way((facet_token("country", code, language),), FACET)
        yield Way(tuple(token(stem, language) for stem in names.key_of(name, language)), FACET)


def word_by_word(query: Query) -> Query:
    """The query with a term for each word of a name, for pages that have some of them, or what else it is called.

    The name of a country remains: a page that says “côte” is none about Côte d’Ivoire.
    """
    meanings, language = other_names(query.language), query.language
    country = facet_token("country", "", language)
    found: list[Term] = []
    for term in query.terms:
        is_country = any(way.weight == FACET and way.tokens[0].startswith(country) for way in term.ways)
        apart = () if term.phrase or len(term.words) == 1 or is_country else term.words
        words = [_term([word], (word.stem,), {}, meanings, language) for word in apart]
        if len(query.terms) <= MOST_SPELT and not (is_country or term.phrase or term.key in everywhere(language)):
            words = words or _spelt_out(term, meanings, language)
        found += [_also(one, term.ways[1:]) for one in words] or [term]
    return replace(query, terms=tuple(found))


def _spelt_out(term: Term, meanings: Meanings, language: str) -> list[Term]:
    """A term for each word that the letters of an abbreviation stand for; none of another term."""
    others = (other for other, weight in meanings.get(term.key, ()) if weight == ABBREVIATION and len(other) > 1)
    stems = max(others, key=len, default=())
    said = [[((stem,), SAME), *meanings.get((stem,), ())] for stem in stems]
    return [
        Term(term.words, tuple(Way(tuple(token(one, language) for one in other), weight) for other, weight in ways))
        for ways in said
    ]


def with_ways(query: Query, ways: dict[Term, Sequence[Way]]) -> Query:
    """The query with more ways to say some of its terms."""
    terms = (replace(term, ways=(*term.ways, *ways.get(term, ()))) for term in query.terms)
    return replace(query, terms=tuple(terms))
