"""A release that is the translation of another: its words go into the segments of a real translation."""

import math
import re
from collections.abc import Sequence
from html import unescape

from django.utils.translation import gettext as _
from wagtail.models import Page

from iom.translation.content import segments
from iom.translation.content.prefill import prefill_matching
from iom.translation.models import TranslationState
from iom.translation.workflow import progress, publication, submission
from iom.translation.workflow.publication import NotPublished
from iom.users.models import User
from newsroom.importing.body import StoredBlock
from newsroom.importing.metadata import Metadata
from newsroom.importing.people import People
from newsroom.importing.readers import Refused
from newsroom.importing.remarks import remark
from newsroom.importing.writer import Writing
from newsroom.models import ImportedText, NewsArticle, NewsIndex
from newsroom.release import LeftOut, PressRelease

# What both languages write alike: figures and names.
_ALIKE = re.compile(r"\d+|(?<=[\w,;] )[A-ZÀ-Þ]\w{3,}")
_TAG = re.compile(r"<[^>]*>")
_LEAST = 0.55  # how alike two blocks must be where the texts have different blocks
_CLEARLY = 0.05  # better in all, of texts that are built alike
_LENGTHS = math.log(2.2)  # no translation is longer than its original by more


def translate(
    release: PressRelease,
    original: Page,
    index: NewsIndex,
    user: User | None,
    *,
    metadata: Metadata,
    people: People,
    record: ImportedText | None = None,
) -> ImportedText:
    """The record of the translation of `original`, its segments filled where the blocks of both texts correspond.

    `index`: the newsroom of the translation's language. Raises Refused before anything is written.
    """
    if original.locale_id == index.locale_id:
        raise Refused(_("The original is in the same language."))
    source = submission.text_to_translate(original)
    try:
        state = submission.submit(source, index.locale, user)
    except submission.SectionNotTranslated:
        raise Refused(_("The newsroom has not been translated yet.")) from None
    except submission.NotAnOriginal:
        raise Refused(_("The original is itself a translation.")) from None
    if record is None and state.translated:
        raise Refused(_("The article has already been translated on the site."))
    writing = Writing(release, index, metadata, people)
    counterpart, alone = _counterpart(writing, source)
    ours, theirs = prefill_matching(state, source, counterpart, user)
    progress.recount(state)
    alone_here = [*(words(block) for block in alone), *(segment.render_text() for segment in theirs)]
    writing.left += [LeftOut(text, remark("no counterpart")) for text in alone_here]
    if ours:
        writing.notes.append(remark("passages alone", count=len(ours)))
    return writing.keep(record or ImportedText(), state.page_id)


def publish(record: ImportedText, user: User | None) -> str:
    """Publishes the translation; returns why it is not live, or nothing."""
    try:
        is_live = publication.publish(_state(record), user)
    except NotPublished as reason:
        return str(reason)
    return "" if is_live else _("It will be published with its original.")


def is_untouched(record: ImportedText) -> bool:
    """Whether nobody has written into the translation since, nor confirmed what the memory has filled in."""
    text = segments.of_translation(_state(record).translation)
    by_people = segments.Text(segment for segment in text if not segment.is_unconfirmed)
    return not by_people.has_changed_since(record.imported_at)


def _state(record: ImportedText) -> TranslationState:
    return TranslationState.objects.select_related("translation").get(page=record.page_id)


def _counterpart(writing: Writing, original: Page) -> tuple[NewsArticle, list[StoredBlock]]:
    """The translation as a page that is not saved, and the blocks that correspond to none of the original's.

    The others have the ids of the original's blocks.
    """
    page = NewsArticle(locale=original.locale)
    writing.fill_words(page)
    writing.note_what_differs(original)
    ours, theirs = original.body.get_prep_value(), page.body.get_prep_value()
    places = {mine: place for place, mine in aligned(ours, theirs)}
    page.body = [block | {"id": ours[places[i]]["id"]} for i, block in enumerate(theirs) if i in places]
    return page, [block for i, block in enumerate(theirs) if i not in places]


def aligned(original: Sequence[StoredBlock], translation: Sequence[StoredBlock]) -> list[tuple[int, int]]:
    """The places of the blocks that correspond, in both texts, in their order.

    Blocks correspond that are of one kind, of a like length, and have figures and names in common. Others have no
    counterpart. Texts of the same kinds of blocks in the same order correspond block by block, unless another order is
    clearly better: each text may lack a paragraph of the other.
    """
    likeness = [[_likeness(one, other) for other in translation] for one in original]
    if [_kind(block) for block in original] == [_kind(block) for block in translation]:
        in_order = sum(likeness[place][place] for place in range(len(original)))
        if _best(likeness)[1] - in_order < _CLEARLY:
            return [(place, place) for place in range(len(original))]
    return _best([[one if one >= _LEAST else 0.0 for one in row] for row in likeness])[0]


def _best(likeness: list[list[float]]) -> tuple[list[tuple[int, int]], float]:
    """The pairs in their order that are the most alike in all, and how much."""
    height, width = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness[i][j])
    pairs, i, j = [], 0, 0
    while i < height and j < width:
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs, best[0][0]


def words(block: StoredBlock) -> str:
    """All that a block says, as plain text."""
    return "\n".join(unescape(_TAG.sub(" ", text)).strip() for text in _texts(block["value"]) if text)


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case {"text": text, "speaker": speaker, "role": role}:
            return [text, speaker, role]
        case {"columns": columns, "rows": rows}:
            return [*(column["heading"] for column in columns), *(cell for row in rows for cell in row["values"])]
        case {"alt": alt, "caption": caption}:
            return [alt, caption]
    return []


def _kind(block: StoredBlock) -> tuple[object, ...]:
    """What must be the same in both texts; of a list and a table, how many passages they have."""
    value = block["value"]
    match block["type"]:
        case "paragraph":
            return "paragraph", value.count("<p>"), value.count("<li>")
        case "quote":
            return "quote", bool(value["role"])
        case "table":
            return "table", *([bool(cell) for cell in row["values"]] for row in value["rows"])
        case kind:
            return (kind,)


def _likeness(one: StoredBlock, other: StoredBlock) -> float:
    """From 0 to 1; 0 where they cannot be the same."""
    mine, theirs = words(one), words(other)
    if _kind(one) != _kind(other) or not mine or not theirs:
        return 0.0
    ratio = abs(math.log(len(mine) / len(theirs)))
    length = max(0.0, 1 - ratio / _LENGTHS)
    alike = set(_ALIKE.findall(mine)), set(_ALIKE.findall(theirs))
    if not length or not alike[0] or not alike[1]:
        return 0.7 * length
    common = len(alike[0] & alike[1]) / len(alike[0] | alike[1])
    return 0.4 * length + 0.6 * min(1.0, common * 1.6)
