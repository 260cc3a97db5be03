"""What officers do with the blocks of a text: copy, cut, join, move. Each takes and gives blocks as they are stored."""

import re
from copy import deepcopy
from uuid import uuid4

_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
_FOLLOWING = re.compile(r"<p[^>]*>((?:(?!</p>).)*)</p>\s*<p[^>]*>((?:(?!</p>).)*)</p>", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?…]) (?=[A-ZÀ-ÖØ-Þ])")


def with_new_ids(block):
    """As Wagtail's form copies a block: nothing in it keeps its id."""
    if isinstance(block, dict):
        parts = {name: with_new_ids(part) for name, part in block.items()}
        return parts | {"id": str(uuid4())} if "id" in block and "type" in block else parts
    return [with_new_ids(part) for part in block] if isinstance(block, list) else block


def duplicated(blocks):
    return [copy for block in blocks for copy in (block, with_new_ids(block))]


def made_anew(blocks):
    """Each cut out and put into a block of its own."""
    return [with_new_ids(block) for block in blocks]


def _rewritten(value, rewrite):
    if isinstance(value, dict):
        return {name: _rewritten(part, rewrite) for name, part in value.items()}
    if isinstance(value, list):
        return [_rewritten(part, rewrite) for part in value]
    return rewrite(value) if isinstance(value, str) and "<p" in value else value


def cut_at_sentences(blocks):
    """Each sentence of running text is a paragraph of its own, where no tag is in the way."""

    def rewrite(text):
        def parted(match):
            whole = match[1]
            return match[0] if "<" in whole else "".join(f"<p>{part}</p>" for part in _SENTENCE_END.split(whole))

        return _PARAGRAPH.sub(parted, text)

    return _rewritten(blocks, rewrite)


def cut_in_the_middle(blocks):
    """Each paragraph is two, wherever its middle is."""

    def rewrite(text):
        def parted(match):
            words = match[1].split(" ")
            if "<" in match[1] or len(words) < 8:
                return match[0]
            half = len(words) // 2
            return f"<p>{' '.join(words[:half])}</p><p>{' '.join(words[half:])}</p>"

        return _PARAGRAPH.sub(parted, text)

    return _rewritten(blocks, rewrite)


def _is_long(value):
    return isinstance(value, list) and len(value) > 1


def _halves(value):
    """What is left in a block, and what comes into the new one, of its text or its list."""
    if isinstance(value, str):
        paragraphs = _PARAGRAPH.findall(value)
        if len(paragraphs) == 1:
            paragraphs = _SENTENCE_END.split(paragraphs[0])
        half = (len(paragraphs) + 1) // 2
        return ["".join(f"<p>{text}</p>" for text in part) for part in (paragraphs[:half], paragraphs[half:])]
    half = (len(value) + 1) // 2
    return [value[:half], with_new_ids(value[half:])]


def blocks_in_two(blocks):
    """Each block whose text or list can be parted: its second half in a new block."""
    found = []
    for block in blocks:
        value = block["value"]
        first, second = deepcopy(block), with_new_ids(block)
        lists = [name for name, part in value.items() if _is_long(part)] if isinstance(value, dict) else []
        for name in lists:
            first["value"][name], second["value"][name] = _halves(value[name])
        if _is_long(value) or (isinstance(value, str) and "<p" in value):
            first["value"], second["value"] = _halves(value)
        elif not lists:
            found.append(block)
            continue
        found += [first, second] if second["value"] else [first]
    return found


def neighbours_in_one(blocks):
    """Two blocks of paragraphs that follow each other are one."""
    found = []
    for block in blocks:
        if found and found[-1]["type"] == block["type"] == "paragraph" and not found[-1].get("is_joined"):
            found[-1] = found[-1] | {"value": found[-1]["value"] + block["value"], "is_joined": True}
        else:
            found.append(dict(block))
    return [{name: part for name, part in block.items() if name != "is_joined"} for block in found]


def pairs_of_paragraphs(value):
    """The words of each first and second paragraph of a running text that follow each other."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [pair for part in parts for pair in pairs_of_paragraphs(part)]
    if not (isinstance(value, str) and "<p" in value):
        return []
    return _FOLLOWING.findall(value)


def neighbours_in_one_paragraph(blocks):
    """Two paragraphs that follow each other in a running text are one."""
    return _rewritten(blocks, lambda text: _FOLLOWING.sub(r"<p>\1 \2</p>", text))


def reordered(blocks):
    return list(reversed(blocks))


def last_sentences_moved(blocks):
    """The last sentence of each paragraph comes before the next paragraph."""
    found, carried = [], ""
    for block in blocks:
        block = dict(block)
        if block["type"] == "paragraph":
            paragraphs = _PARAGRAPH.findall(block["value"])
            if paragraphs and not _PARAGRAPH.sub("", block["value"]).strip():
                paragraphs[0] = f"{carried} {paragraphs[0]}".strip()
                carried = ""
                parts = _SENTENCE_END.split(paragraphs[-1])
                if len(parts) > 1 and "<" not in paragraphs[-1]:
                    carried, paragraphs[-1] = parts[-1], " ".join(parts[:-1])
                block["value"] = "".join(f"<p>{text}</p>" for text in paragraphs)
        found.append(block)
    if carried:
        found.append({"type": "paragraph", "id": str(uuid4()), "value": f"<p>{carried}</p>"})
    return found


WAYS = {
    "duplicated": duplicated,
    "made anew": made_anew,
    "cut at sentences": cut_at_sentences,
    "cut in the middle": cut_in_the_middle,
    "blocks in two": blocks_in_two,
    "neighbours in one block": neighbours_in_one,
    "neighbours in one paragraph": neighbours_in_one_paragraph,
    "last sentences moved": last_sentences_moved,
    "reordered": reordered,
}
