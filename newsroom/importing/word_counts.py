"""Counts words, to find those of a source that its parsed release does not contain."""

import re
import unicodedata
from collections import Counter

from newsroom.release import Block, Heading, ListBlock, Paragraph, Picture, PressRelease, Quotation, Table

_WORD = re.compile(r"[^\W_]+")
_HYPHENATED = re.compile(r"(?<![^\W_])([^\W_]+)[-\u2010\u2011][^\S\n]*\n\s*([^\W_]+)")

# The mark of a list item in plain text, and the item or its first line
_LIST_ITEM = re.compile(r"^[^\S\n]*\(?(\d{1,2}|[a-z])[.)][^\S\n]+(\S.*)$", re.MULTILINE)


def words(text: str) -> list[str]:
    """Returns the words of a text, case-folded and NFKC-normalized, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


class ReleaseWords:
    """The words of a release, in the article or left out, and the first words of its list items.

    They are counted once and compared with many sources.
    """

    def __init__(self, release: PressRelease) -> None:
        texts = [release.title, release.summary, release.dateline.place, *(left.text for left in release.left_out)]
        for block in (*release.blocks, *filter(None, [release.picture])):
            texts += _block_texts(block)
        self._words = Counter(word for text in texts for word in words(text))
        lists = (block for block in release.blocks if isinstance(block, ListBlock))
        self._items = {tuple(words(item.text)[:3]) for block in lists for item in block.items}

    def missing_words(self, source: str) -> Counter[str]:
        """Returns the words of the source that the release does not contain.

        A word that was hyphenated at a line's end may have been joined. The marks of list items do not count.
        """
        have, wanted = self._words, Counter(words(source))
        missing = Counter({word: count - have[word] for word, count in wanted.items() if count > have[word]})
        if missing:
            printed, used = unicodedata.normalize("NFKC", source).casefold(), Counter[str]()
            for broken in _HYPHENATED.finditer(printed):
                joined = broken[1] + broken[2]
                if have[joined] > wanted[joined] + used[joined]:
                    used[joined] += 1
                    missing.subtract(broken.groups())
            for mark, item in _LIST_ITEM.findall(printed):
                if missing[mark] > 0 and tuple(words(item)[:3]) in self._items:
                    missing[mark] -= 1
        return +missing


def _block_texts(block: Block) -> list[str]:
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
