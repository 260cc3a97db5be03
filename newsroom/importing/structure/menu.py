"""The site's menu above a text: labels said twice, lone hyphens, items behind a hyphen, known sections."""

import re

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import dateline, vocabulary
from newsroom.importing.structure.vocabulary import key

LONGEST_LABEL = 60
LONGEST_ITEM = 120
WITHIN = 120
LINES_OF_DESCRIPTION = 12
ITEMS = 3  # at the very beginning, that are a menu
_KNOWN = vocabulary.keys("menu")
_ITEM = re.compile(r"[-•·*–]\s*(?P<label>\S.*)?$")


def end(passages: list[Passage]) -> int:
    """How many passages from the first belong to a menu; 0 where there is none."""
    last, proofs, index = -1, 0, 0
    texts = [_line(passage) for passage in passages[:WITHIN]]
    while index < len(texts):
        kind = _proof(texts, index)
        if not kind:
            following = _proof(texts, index + 1)
            is_wrapped = index > 0 and texts[index][:1].islower() and _is_label(texts[index])
            if is_wrapped and _proof(texts, index - 1) in ("item", "known"):
                last = index
            elif following in ("", "item") or not _is_label(texts[index]):
                break
            kind = "gap"
        proofs += kind in ("said twice", "known", "hyphen")
        if kind != "gap":
            last = index = _wrapped_to(texts, index)
        index += 1
    # An article has a title and words before its first list.
    begins_with_items = len(texts) > ITEMS and all(_proof(texts, at) in ("item", "known") for at in range(ITEMS))
    if last < 0 or (proofs < 2 and not begins_with_items):
        return 0
    return _without_title(passages, last + 1)


def _wrapped_to(texts: list[str], index: int) -> int:
    """The last line of a description that a label is glued to and that was wrapped; else the line itself."""
    is_glued = (
        index > 0 and _twice(texts[index - 1], [texts[index]]) and len(texts[index]) > len(texts[index - 1]) + 20
    )
    if not is_glued or texts[index].endswith("."):
        return index
    further = range(index + 1, min(index + LINES_OF_DESCRIPTION, len(texts)))
    return next((at for at in further if texts[at].endswith(".") and not _proof(texts, at)), index)


def _line(passage: Passage) -> str:
    """The passage as a line of a capture: a list of links above the text is a hyphen."""
    is_links = passage.kind is Kind.LIST and all(_is_label(item.text) for item in passage.items)
    return "-" if is_links else passage.text


def _proof(texts: list[str], index: int) -> str:
    """What shows that this line is of a menu; empty where nothing does."""
    if index >= len(texts):
        return ""
    text = texts[index]
    item = _ITEM.match(text)
    if item and not item["label"]:
        return "hyphen"
    if _is_known(text) or (item and _is_known(item["label"])):
        return "known"
    if item and _is_label(item["label"], LONGEST_ITEM):
        return "item"
    if _twice(text, texts[index + 1 : index + 2]) or (index and _twice(texts[index - 1], [text])):
        return "said twice"
    return ""


def _is_known(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and key(label) in _KNOWN


def _twice(label: str, following: list[str]) -> bool:
    """Whether the next line is the same label, or begins with it: « Agir », « AgirEn tant que … »."""
    return _is_label(label) and bool(following) and following[0].casefold().startswith(label.casefold())


def _is_label(text: str, longest: int = LONGEST_LABEL) -> bool:
    return len(text) <= longest and text[-1:] not in ".,;!" and not dateline.parse(text)


def _without_title(passages: list[Passage], count: int) -> int:
    """A headline said twice right above the text is no label: it is the title."""
    if count < 2 or count >= len(passages):
        return count
    first, second, text = passages[count - 2].text, passages[count - 1].text, passages[count].text
    is_pair = first.casefold() == second.casefold() and not _is_known(first)
    return count - 2 if is_pair and (dateline.parse(text) or len(text) > 160) and len(first) > 25 else count
