"""Lists of words, written as one text."""


def listed(text: str, separator: str | None = None) -> frozenset[str]:
    """The words of a text, or its parts between separators."""
    return frozenset(part.strip() for part in text.split(separator))
