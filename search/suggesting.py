"""What is proposed while someone types: topics, then pages with the words in their titles."""

from typing import NamedTuple

from wagtail.models import Locale

from iom.listing.reading import Selection
from search import corrections, engine, names
from search.analysis import folded, token, words
from search.expressions import All, Expression, In, Token, all_of, any_of
from search.fulltext import latest

MOST = 8
MOST_TOPICS = 3
SHORTEST = 2  # letters
MOST_WORDS = 6


class Suggestion(NamedTuple):
    title: str
    url: str


def suggestions(locale: Locale, text: str) -> list[Suggestion]:
    """At most eight, pages of the site before news; the last word may be unfinished."""
    language = locale.language_code
    typed = [word for word in words(text, language) if word.stem][:MOST_WORDS]
    if not typed or len(folded(text)) < SHORTEST:
        return []
    begun = [one for one in names.names(language) if one.url and _begins(one.name, text)]
    listed = Selection(locale, {}).counts("topic") if begun else {}
    topics = [one for one in begun if one.facet[1] in listed]
    last = typed[-1]
    asked: list[Expression] = [Token(token(word.stem, language)) for word in typed[:-1]]
    if len(last.form) >= SHORTEST or not asked:  # thousands of words begin with one letter
        stems = {last.stem, *corrections.stems_beginning_with(folded(last.form), language)}
        asked.append(any_of([Token(token(stem, language)) for stem in sorted(stems)]))
    titled = In("title_tokens", all_of(asked))
    standing, news = latest([(All((titled, engine.standing(language))), MOST), (titled, MOST)])
    found = engine.results_of(list(dict.fromkeys([*standing, *news]))[:MOST], locale)
    pages = [Suggestion(result.title, result.url) for result in found.read()]
    return ([Suggestion(one.name, one.url) for one in topics][:MOST_TOPICS] + pages)[:MOST]


def _begins(name: str, text: str) -> bool:
    """Whether one of the words of the name begins so."""
    return f" {folded(text)}" in f" {folded(name)}"
