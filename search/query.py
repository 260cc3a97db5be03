"""A query: what someone searches for, as terms with their variants. `search.parsing` makes it of what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from search import names
from search.analysis import Word, facet_token, token
from search.expressions import Expression, In, Phrase, Token, all_of, any_of
from search.meanings import FACET

LONGEST_PHRASE = 3  # words; for more, SQLite takes as long as for all else, and few pages have all of them


@dataclass(frozen=True)
class Variant:
    """What may stand for a term: tokens that all have to be there."""

    tokens: tuple[str, ...]
    weight: float

    @cached_property
    def expression(self) -> Expression:
        return all_of([Token(one) for one in self.tokens])


def variant_of(stems: Iterable[str], language: str, weight: float) -> Variant:
    """The words with these stems."""
    return Variant(tuple(token(stem, language) for stem in stems), weight)


@dataclass(frozen=True)
class Term:
    """A word or a name, as it was typed, and what may stand for it. `phrase`: its words have to follow each other."""

    words: tuple[Word, ...]
    variants: tuple[Variant, ...]
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
        return any_of([variant.expression for variant in self.variants])


@dataclass(frozen=True)
class Query:
    """What is searched for. `is_title`: only stop words, which titles alone have in the index."""

    language: str
    text: str = ""  # as it was typed
    terms: tuple[Term, ...] = ()
    is_title: bool = False
    typed: tuple[str, ...] = ()  # the tokens of all words outside quotation marks, stop words included

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
        is_long = len(self.content_tokens) > LONGEST_PHRASE
        return in_title if self.is_title or is_long else any_of([in_title, Phrase(self.content_tokens)])

    @cached_property
    def days(self) -> list[Expression]:
        """The news of the days that are named."""
        return [Token(one) for one in facet_values(self.terms, self.language, "day")]

    @cached_property
    def content_tokens(self) -> tuple[str, ...]:
        return tuple(token(word.stem, self.language) for term in self.terms if not term.phrase for word in term.words)


def facet_values(terms: Iterable[Term], language: str, *facets: str) -> list[str]:
    """The tokens of the values of the facets that are named."""
    beginnings = tuple(facet_token(facet, "", language) for facet in facets)
    found = (variant.tokens[0] for term in terms for variant in term.variants if variant.weight >= FACET)
    return [one for one in found if one.startswith(beginnings)]
