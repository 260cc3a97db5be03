"""What is listed, for tests."""

from iom.listing.reading import Selection


def articles(locale, **chosen):
    """The articles of a language as the newsroom lists them; `chosen`: values by facet."""
    return Selection(locale, {"type": ["newsarticle"]} | chosen)


def keys(entries):
    return [entry.pk for entry in entries]
