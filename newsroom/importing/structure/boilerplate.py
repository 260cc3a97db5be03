"""What a saved page has around its text: related links, buttons to share, and remains of lost markup."""

import re
from dataclasses import replace

from newsroom.importing.readers.passages import Passage
from newsroom.importing.structure import notices, vocabulary
from newsroom.importing.structure.vocabulary import key

_RELATED = vocabulary.keys("related")
_BUTTONS = vocabulary.keys("buttons")
_ATTRIBUTE = r"""[A-Za-z][\w:-]*\s*=\s*(?:"[^"]*"?|'[^']*'?|[\w#%./-]+(?=[\s>/]|$)|$)"""
_STRAY_LINE = re.compile(rf"""[<>/\s"']*(?:(?:{_ATTRIBUTE}|</?[a-z][a-z0-9]*\b|"[^"\s]*[/.][^"\s]*"?)[\s/>"]*)+$""")
_STRAY_END = re.compile(rf"""(?<=[.!?»”"\s])\s*(?:[<\s]*{_ATTRIBUTE}[\s/>]*){{2,}}$""")
_QUOTED_ADDRESS = re.compile(r"""^["'][^"'\s]*[/.][^"'\s]*["']?(?:[\s/>]*[a-z-]+=\S*)*[\s/>]*$""")
_BREADCRUMB = re.compile(r"(?:Home|Accueil|Vous êtes ici|You are here)\s*[>»›:/|]", re.IGNORECASE)
_RIGHTS = re.compile(r"\bcopyright\b|all rights reserved|tous droits réservés", re.IGNORECASE)
_POSTED = re.compile(r"\b(?:Language (?:English|French)\b.*Posted:|Press Release Type:|Region-Country:)")
LONG = 220
LONGEST_LABEL = 40
LONGEST = 2000  # a longer line is text


def is_stray(text: str) -> bool:
    """Whether the line is nothing but attributes of lost markup: `class="…"`, `data-history-node-id=…`."""
    if len(text) > LONGEST:
        return False
    is_attributes = "=" in text and _STRAY_LINE.match(text)
    return bool(is_attributes or _QUOTED_ADDRESS.match(text) or re.fullmatch(r"[<>/]+|</?\w+\s*/?>", text))


def is_button(text: str) -> bool:
    """Whether the line is a button's label, or several: `Print | Share`."""
    labels = [key(label) for label in re.split(r"\s*[|·/]\s*", text[: 2 * LONGEST_LABEL].strip(" :|·"))]
    return len(text) <= 2 * LONGEST_LABEL and all(label in _BUTTONS for label in labels)


def stray_end(text: str) -> int:
    """Where attributes begin that stand at the end of a line of text; its length where there are none."""
    found = _STRAY_END.search(text) if "=" in text and len(text) <= LONGEST and not is_stray(text) else None
    return found.start() if found else len(text)


def split(passages: list[Passage]) -> tuple[list[Passage], list[tuple[Passage, str]]]:
    """The passages without boilerplate, and the boilerplate with what it is."""
    kept: list[Passage] = []
    left: list[tuple[Passage, str]] = []
    below, text_seen, is_mark = "", 0, False
    for passage in passages:
        if is_mark:  # what follows one begins a paragraph
            passage = replace(passage, after_gap=True)
        is_mark = notices.is_end(passage)
        text = passage.text
        if not text:
            kept.append(passage)
        elif is_mark and text_seen:
            left.append((passage, "end"))
        elif is_stray(text):
            left.append((passage, "stray"))
        elif text_seen and (key(text[: 2 * LONGEST_LABEL].strip(" :|·")) in _RELATED or _POSTED.search(text)):
            below = "related"
            left.append((passage, below))
        elif below and len(text) < LONG and not text.endswith((".", "!", "?")):
            left.append((passage, below))
        elif is_button(text) or (len(text) <= LONG and (_BREADCRUMB.match(text) or _RIGHTS.search(text))):
            left.append((passage, "button"))
        else:
            below = ""
            text_seen += len(text) > 30
            kept.append(passage)
    return kept, left
