"""Emergency releases: written in all languages on one light form, and published in all of them together."""
