"""The feeds of a newsroom: the part of the address → name, media type."""

FORMATS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON", "application/feed+json"),
}
