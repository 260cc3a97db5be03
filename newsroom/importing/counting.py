"""What counts as a word, for those who have to account for all of them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text as they are counted: without case, marks, or the way they are encoded."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
