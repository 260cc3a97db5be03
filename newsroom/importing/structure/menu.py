"""Recognizes a site's menu above a text by repeated labels, lone hyphens, items after a hyphen and known sections."""

import re

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import dateline, vocabulary
from newsroom.importing.structure.vocabulary import key

MAX_LABEL_LENGTH = 60  # characters
MAX_ITEM_LENGTH = 120  # characters
MAX_LINES = 120  # lines of a menu
MAX_DESCRIPTION_LINES = 12  # lines of a wrapped description
MIN_ITEMS = 3  # items that begin a text and suffice as evidence of a menu
_KNOWN_LABELS = vocabulary.keys("menu")
_ITEM = re.compile(r"[-•·*–]\s*(?P<label>\S.*)?$")


def menu_length(passages: list[Passage]) -> int:
    """Returns the number of passages of the menu that begins the text; 0 without a menu."""
    last, evidence, index = -1, 0, 0
    texts = [_line_text(passage) for passage in passages[:MAX_LINES]]
    while index < len(texts):
        kind = _classify(texts, index)
        if not kind:
            following = _classify(texts, index + 1)
            is_wrapped = index > 0 and texts[index][:1].islower() and _is_label(texts[index])
            if is_wrapped and _classify(texts, index - 1) in ("item", "known"):
                last = index
            elif following in ("", "item") or not _is_label(texts[index]):
                break
            kind = "gap"
        evidence += kind in ("repeated", "known", "hyphen")
        if kind != "gap":
            last = index = _last_line_of_description(texts, index)
        index += 1
    # An article has a title and text before its first list.
    begins_with_items = len(texts) > MIN_ITEMS and all(
        _classify(texts, at) in ("item", "known") for at in range(MIN_ITEMS)
    )
    if last < 0 or (evidence < 2 and not begins_with_items):
        return 0
    return _exclude_title(passages, last + 1)


def _last_line_of_description(texts: list[str], index: int) -> int:
    """Returns the last line of a wrapped description that follows a label without a space; else the line itself."""
    is_glued = (
        index > 0 and _is_repeated(texts[index - 1], [texts[index]]) and len(texts[index]) > len(texts[index - 1]) + 20
    )
    if not is_glued or texts[index].endswith("."):
        return index
    further = range(index + 1, min(index + MAX_DESCRIPTION_LINES, len(texts)))
    return next((at for at in further if texts[at].endswith(".") and not _classify(texts, at)), index)


def _line_text(passage: Passage) -> str:
    """Returns the passage as a line of plain text. A list of links counts as a lone hyphen."""
    is_links = passage.kind is Kind.LIST and all(_is_label(item.text) for item in passage.items)
    return "-" if is_links else passage.text


def _classify(texts: list[str], index: int) -> str:
    """Returns the kind of evidence that the line belongs to a menu, or an empty string."""
    if index >= len(texts):
        return ""
    text = texts[index]
    item = _ITEM.match(text)
    if item and not item["label"]:
        return "hyphen"
    if _is_known(text) or (item and _is_known(item["label"])):
        return "known"
    if item and _is_label(item["label"], MAX_ITEM_LENGTH):
        return "item"
    if _is_repeated(text, texts[index + 1 : index + 2]) or (index and _is_repeated(texts[index - 1], [text])):
        return "repeated"
    return ""


def _is_known(label: str) -> bool:
    return len(label) <= MAX_LABEL_LENGTH and key(label) in _KNOWN_LABELS


def _is_repeated(label: str, following: list[str]) -> bool:
    """Returns whether the next line is the same label, or begins with it: « Agir », « AgirEn tant que … »."""
    return _is_label(label) and bool(following) and following[0].casefold().startswith(label.casefold())


def _is_label(text: str, longest: int = MAX_LABEL_LENGTH) -> bool:
    return len(text) <= longest and text[-1:] not in ".,;!" and not dateline.parse(text)


def _exclude_title(passages: list[Passage], count: int) -> int:
    """Returns `count` without a repeated headline right above the text, which is the title and no label."""
    if count < 2 or count >= len(passages):
        return count
    first, second, text = passages[count - 2].text, passages[count - 1].text, passages[count].text
    is_pair = first.casefold() == second.casefold() and not _is_known(first)
    return count - 2 if is_pair and (dateline.parse(text) or len(text) > 160) and len(first) > 25 else count
