"""Counts words, so that an import accounts for every word of a text."""

import re
import unicodedata
from collections import Counter

from newsroom.release import Block, Heading, ListBlock, Paragraph, Picture, PressRelease, Quotation, Table

_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile(r"([^\W_]+)[-\u2010\u2011][^\S\n]*\n\s*([^\W_]+)")

# What stands before an item of a list in plain text, and the item, or its first line
_MARKED = re.compile(r"^[^\S\n]*\(?(\d{1,2}|[a-z])[.)][^\S\n]+(\S.*)$", re.MULTILINE)


def words(text: str) -> list[str]:
    """The words of a text without case, diacritics' encoding or punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


class Held:
    """The words that a release holds, in the article or among what was left out, and how the items of its lists begin:
    counted once for many sources."""

    def __init__(self, release: PressRelease) -> None:
        texts = [release.title, release.summary, release.dateline.place, *(left.text for left in release.left_out)]
        for block in (*release.blocks, *filter(None, [release.picture])):
            texts += _texts(block)
        self._words = Counter(word for text in texts for word in words(text))
        lists = (block for block in release.blocks if isinstance(block, ListBlock))
        self._items = {tuple(words(item.text)[:3]) for block in lists for item in block.items}

    def missing_of(self, source: str) -> Counter[str]:
        """The words of the source that the release does not hold.

        A word broken at a line's end may have been joined; the numbers of a list are those of its items.
        """
        have, wanted = self._words, Counter(words(source))
        missing = Counter({word: count - have[word] for word, count in wanted.items() if count > have[word]})
        if missing:
            printed, used = unicodedata.normalize("NFKC", source).casefold(), Counter[str]()
            for broken in _BROKEN.finditer(printed):
                joined = broken[1] + broken[2]
                if have[joined] > wanted[joined] + used[joined]:
                    used[joined] += 1
                    missing.subtract(broken.groups())
            for mark, item in _MARKED.findall(printed):
                if missing[mark] > 0 and tuple(words(item)[:3]) in self._items:
                    missing[mark] -= 1
        return +missing


def lost(source: str, release: PressRelease) -> list[str]:
    """The words of the source that the release does not hold."""
    return sorted(Held(release).missing_of(source).elements())


def _texts(block: Block) -> list[str]:
    match block:
        case Paragraph() | Heading():
            return [block.text]
        case Quotation():
            return list(block.paragraphs)
        case ListBlock():
            return [item.text for item in block.items]
        case Table():
            return [cell for row in block.rows for cell in row]
        case Picture():
            return [block.caption, block.credit, block.file.alt if block.file else ""]
