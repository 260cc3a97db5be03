"""Reads the listing, for tests."""

from iom.listing.reading import Selection
from newsroom.models import NewsArticle


def articles(locale, **chosen):
    """Returns the articles of a language as the newsroom lists them. `chosen`: values by facet."""
    return Selection(locale, {"type": ["newsarticle"]} | chosen)


def keys(entries):
    return [entry.pk for entry in entries]


def as_articles(entries):
    """Returns the articles of these entries, in this order."""
    found = NewsArticle.objects.in_bulk(keys(entries))
    return [found[key] for key in keys(entries)]
