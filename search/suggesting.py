"""Suggestions while someone types: topics, then pages with the words in their titles."""

from typing import NamedTuple

from wagtail.models import Locale

from iom.listing.reading import Selection
from search import engine, names, spelling
from search.analysis import folded, token, words
from search.expressions import All, Expression, In, Token, all_of, any_of
from search.fulltext import shown_hits

MAX_SUGGESTIONS = 8
MAX_TOPICS = 3
MIN_LENGTH = 2  # letters
MAX_WORDS = 6


class Suggestion(NamedTuple):
    title: str
    url: str


def suggestions(locale: Locale, text: str) -> list[Suggestion]:
    """Returns at most MAX_SUGGESTIONS, pages of the site before news. The last word may be unfinished."""
    language = locale.language_code
    typed = [word for word in words(text, language) if word.stem][:MAX_WORDS]
    if not typed or len(folded(text)) < MIN_LENGTH:
        return []
    begun = [one for one in names.names(language) if one.url and _has_word_with_prefix(one.name, text)]
    listed = Selection(locale, {}).counts("topic") if begun else {}
    topics = [one for one in begun if one.facet[1] in listed]
    last = typed[-1]
    parts: list[Expression] = [Token(token(word.stem, language)) for word in typed[:-1]]
    if len(last.form) >= MIN_LENGTH or not parts:  # thousands of words begin with one letter
        stems = {last.stem, *spelling.stems_with_prefixes([folded(last.form)], language)[0]}
        parts.append(any_of([Token(token(stem, language)) for stem in sorted(stems)]))
    titled = In("title_tokens", all_of(parts))
    non_news, news = shown_hits(
        [(All((titled, engine.non_news(language))), MAX_SUGGESTIONS), (titled, MAX_SUGGESTIONS)]
    )
    found = engine.results_from_hits(list(dict.fromkeys([*non_news, *news]))[:MAX_SUGGESTIONS], locale)
    pages = [Suggestion(result.title, result.url) for result in found.read()]
    return ([Suggestion(one.name, one.url) for one in topics][:MAX_TOPICS] + pages)[:MAX_SUGGESTIONS]


def _has_word_with_prefix(name: str, text: str) -> bool:
    """Whether one of the words of the name begins like the text."""
    return f" {folded(text)}" in f" {folded(name)}"
