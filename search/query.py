"""The query of a search: terms and their variants. `search.parsing` builds it from text."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from search import names
from search.analysis import Word, facet_token, token
from search.expressions import Expression, In, Phrase, Token, all_of, any_of
from search.synonyms import FACET

MAX_PHRASE_WORDS = 3  # a longer phrase takes SQLite as long as the rest of the search, and few pages have it


@dataclass(frozen=True)
class Variant:
    """Tokens that match a term together, and how much the match counts, from 0 to 1."""

    tokens: tuple[str, ...]
    weight: float

    @cached_property
    def expression(self) -> Expression:
        return all_of([Token(one) for one in self.tokens])


def variant_from_stems(stems: Iterable[str], language: str, weight: float) -> Variant:
    """Returns the variant of the words with these stems."""
    return Variant(tuple(token(stem, language) for stem in stems), weight)


@dataclass(frozen=True)
class Term:
    """A word or a name of a query, and its variants. With `phrase`, its words have to follow each other."""

    words: tuple[Word, ...]
    variants: tuple[Variant, ...]
    phrase: tuple[tuple[str, ...], ...] = ()  # with stop words and without
    quoted: str = ""  # the phrase as `analysis.forms_of` returns it, to compare it with texts

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
            # A phrase with one word that is no stop word is found in titles as well by `in_text`
            in_title = [In("title_tokens", Phrase(whole))] if len(short) != 1 else []
            in_text = [Phrase(short)] if short else []
            return any_of([*in_title, *in_text, *(variant.expression for variant in self.variants[1:])])
        return any_of([variant.expression for variant in self.variants])


@dataclass(frozen=True)
class Query:
    """A parsed query. With `only_stop_words` it matches titles only, since the index has no other stop words."""

    language: str
    text: str = ""  # as it was typed
    terms: tuple[Term, ...] = ()
    only_stop_words: bool = False
    typed: tuple[str, ...] = ()  # the tokens of all words outside quotation marks, stop words included

    @cached_property
    def expression(self) -> Expression:
        """Matches documents with all terms."""
        whole = all_of([term.expression for term in self.terms])
        return In("title_tokens", whole) if self.only_stop_words else whole

    @cached_property
    def phrase(self) -> Expression | None:
        """Matches all words in sequence, in titles and, if they are few, in texts. None for a single word."""
        if len(self.typed) < 2:
            return None
        in_title = In("title_tokens", Phrase(self.typed))
        is_long = len(self.content_tokens) > MAX_PHRASE_WORDS
        return in_title if self.only_stop_words or is_long else any_of([in_title, Phrase(self.content_tokens)])

    @cached_property
    def days(self) -> list[Expression]:
        """Expressions for the news of the days that the query names."""
        return [Token(one) for one in facet_tokens(self.terms, self.language, "day")]

    @cached_property
    def content_tokens(self) -> tuple[str, ...]:
        return tuple(token(word.stem, self.language) for term in self.terms if not term.phrase for word in term.words)


def facet_tokens(terms: Iterable[Term], language: str, *facets: str) -> list[str]:
    """Returns the tokens of the values of these facets that the terms name."""
    beginnings = tuple(facet_token(facet, "", language) for facet in facets)
    found = (variant.tokens[0] for term in terms for variant in term.variants if variant.weight >= FACET)
    return [one for one in found if one.startswith(beginnings)]
