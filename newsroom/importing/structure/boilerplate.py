"""Recognizes the boilerplate of a saved page: related links, share buttons, and remains of lost markup."""

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
# In characters
MAX_BOILERPLATE_LENGTH = 220
MAX_LABEL_LENGTH = 40
MAX_LENGTH = 2000  # a longer line is text


def is_stray_markup(text: str) -> bool:
    """Returns whether the line consists of attributes of lost markup: `class="…"`, `data-history-node-id=…`."""
    if len(text) > MAX_LENGTH:
        return False
    is_attributes = "=" in text and _STRAY_LINE.match(text)
    return bool(is_attributes or _QUOTED_ADDRESS.match(text) or re.fullmatch(r"[<>/]+|</?\w+\s*/?>", text))


def is_button(text: str) -> bool:
    """Returns whether the line consists of labels of buttons: `Print | Share`."""
    labels = [key(label) for label in re.split(r"\s*[|·/]\s*", text[: 2 * MAX_LABEL_LENGTH].strip(" :|·"))]
    return len(text) <= 2 * MAX_LABEL_LENGTH and all(label in _BUTTONS for label in labels)


def find_stray_markup(text: str) -> int:
    """Returns the start of attributes of lost markup at the end of a line, else the line's length."""
    found = _STRAY_END.search(text) if "=" in text and len(text) <= MAX_LENGTH and not is_stray_markup(text) else None
    return found.start() if found else len(text)


def split(passages: list[Passage]) -> tuple[list[Passage], list[tuple[Passage, str]]]:
    """Returns the passages without boilerplate, and the boilerplate with the code of its kind."""
    kept: list[Passage] = []
    left_out: list[tuple[Passage, str]] = []
    below, text_seen, is_mark = "", 0, False
    for passage in passages:
        if is_mark:  # a paragraph begins after an end mark
            passage = replace(passage, after_gap=True)
        is_mark = notices.is_end_mark(passage)
        text = passage.text
        if not text:
            kept.append(passage)
        elif is_mark and text_seen:
            left_out.append((passage, "end"))
        elif is_stray_markup(text):
            left_out.append((passage, "stray"))
        elif text_seen and (key(text[: 2 * MAX_LABEL_LENGTH].strip(" :|·")) in _RELATED or _POSTED.search(text)):
            below = "related"
            left_out.append((passage, below))
        elif below and len(text) < MAX_BOILERPLATE_LENGTH and not text.endswith((".", "!", "?")):
            left_out.append((passage, below))
        elif is_button(text) or (
            len(text) <= MAX_BOILERPLATE_LENGTH and (_BREADCRUMB.match(text) or _RIGHTS.search(text))
        ):
            left_out.append((passage, "button"))
        else:
            below = ""
            text_seen += len(text) > 30
            kept.append(passage)
    return kept, left_out
