"""Imports a release as the translation of another: its text becomes the segments of a wagtail-localize translation."""

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
from newsroom.importing.readers import Refused
from newsroom.importing.remarks import remark
from newsroom.importing.writer import ArticleWriter
from newsroom.models import ImportedText, NewsArticle
from newsroom.release import LeftOut

# Figures and names, which both languages write alike
_SHARED_TOKEN = re.compile(r"\d+|(?<=[\w,;] )[A-ZÀ-Þ]\w{3,}")
_TAG = re.compile(r"<[^>]*>")
_MIN_SIMILARITY = 0.55  # of two blocks, where the texts have different kinds of blocks
_CLEAR_MARGIN = 0.05  # total similarity by which another order must exceed the order of the texts
_MAX_LOG_LENGTH_RATIO = math.log(2.2)  # a translation is at most 2.2 times as long as its original, or as short


def import_translation(
    writing: ArticleWriter, original: Page, user: User | None, record: ImportedText | None
) -> ImportedText:
    """Submits `original` for translation and fills the segments of the blocks that correspond. Returns the record.

    Raises Refused before anything is written.
    """
    if original.locale_id == writing.index.locale_id:
        raise Refused(_("The original is in the same language."))
    source = submission.text_to_translate(original)
    try:
        state = submission.submit(source, writing.index.locale, user)
    except submission.SectionNotTranslated:
        raise Refused(_("The newsroom has not been translated yet.")) from None
    except submission.NotAnOriginal:
        raise Refused(_("The original is itself a translation.")) from None
    if record is None and state.translated:
        raise Refused(_("The article has already been translated on the site."))
    counterpart, unmatched = _build_counterpart(writing, source)
    ours, theirs = prefill_matching(state, source, counterpart, user)
    progress.recount(state)
    unmatched_texts = [*(block_text(block) for block in unmatched), *(segment.render_text() for segment in theirs)]
    writing.left_out += [LeftOut(text, remark("no counterpart")) for text in unmatched_texts]
    if ours:
        writing.notes.append(remark("passages alone", count=len(ours)))
    return writing.save_record(record or ImportedText(), state.page_id)


def publish(record: ImportedText, user: User | None) -> str:
    """Publishes the translation. Returns the reason why it is not live, or an empty string."""
    try:
        is_live = publication.publish(_state(record), user)
    except NotPublished as reason:
        return str(reason)
    return "" if is_live else _("It will be published with its original.")


def is_untouched(record: ImportedText) -> bool:
    """Returns whether nobody has edited a segment, or confirmed a translation memory match, since the import."""
    text = segments.load_text(_state(record).translation)
    confirmed = segments.Text(segment for segment in text if not segment.is_unconfirmed)
    return not confirmed.has_changed_since(record.imported_at)


def _state(record: ImportedText) -> TranslationState:
    return TranslationState.objects.select_related("translation").get(page=record.page_id)


def _build_counterpart(writing: ArticleWriter, original: Page) -> tuple[NewsArticle, list[StoredBlock]]:
    """Returns the translation as an unsaved page, and its blocks that have no counterpart in the original.

    The other blocks get the ids of the original's blocks.
    """
    page = NewsArticle(locale=original.locale)
    writing.fill_translated_fields(page)
    writing.note_differences(original)
    ours, theirs = original.body.get_prep_value(), page.body.get_prep_value()
    positions = {mine: position for position, mine in align_blocks(ours, theirs)}
    page.body = [block | {"id": ours[positions[i]]["id"]} for i, block in enumerate(theirs) if i in positions]
    return page, [block for i, block in enumerate(theirs) if i not in positions]


def align_blocks(original: Sequence[StoredBlock], translation: Sequence[StoredBlock]) -> list[tuple[int, int]]:
    """Returns the positions of corresponding blocks as pairs (original, translation), in order.

    Blocks correspond if they are of one kind and similar in length, figures and names. Other blocks are left out.
    Texts with the same kinds of blocks in the same order are aligned block by block, unless another alignment is
    clearly better, because each text may lack a paragraph of the other.
    """
    similarity = [[_similarity(one, other) for other in translation] for one in original]
    if [_signature(block) for block in original] == [_signature(block) for block in translation]:
        in_order = sum(similarity[position][position] for position in range(len(original)))
        if _find_best_alignment(similarity)[1] - in_order < _CLEAR_MARGIN:
            return [(position, position) for position in range(len(original))]
    return _find_best_alignment([[one if one >= _MIN_SIMILARITY else 0.0 for one in row] for row in similarity])[0]


def _find_best_alignment(similarity: list[list[float]]) -> tuple[list[tuple[int, int]], float]:
    """Returns the monotonic alignment with the highest total similarity, and this total (dynamic programming)."""
    height, width = len(similarity), len(similarity[0]) if similarity else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + similarity[i][j])
    pairs, i, j = [], 0, 0
    while i < height and j < width:
        if similarity[i][j] and best[i][j] == best[i + 1][j + 1] + similarity[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs, best[0][0]


def block_text(block: StoredBlock) -> str:
    """Returns the plain text of a block."""
    return "\n".join(unescape(_TAG.sub(" ", text)).strip() for text in _block_texts(block["value"]) if text)


def _block_texts(value: object) -> list[str]:
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


def _signature(block: StoredBlock) -> tuple[object, ...]:
    """Returns what corresponding blocks must share: the type, and the number of items, cells or titles."""
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


def _similarity(one: StoredBlock, other: StoredBlock) -> float:
    """Returns the similarity of two blocks from 0 to 1, by length, figures and names; 0 if they cannot correspond."""
    mine, theirs = block_text(one), block_text(other)
    if _signature(one) != _signature(other) or not mine or not theirs:
        return 0.0
    ratio = abs(math.log(len(mine) / len(theirs)))
    length = max(0.0, 1 - ratio / _MAX_LOG_LENGTH_RATIO)
    alike = set(_SHARED_TOKEN.findall(mine)), set(_SHARED_TOKEN.findall(theirs))
    if not length or not alike[0] or not alike[1]:
        return 0.7 * length
    common = len(alike[0] & alike[1]) / len(alike[0] | alike[1])
    return 0.4 * length + 0.6 * min(1.0, common * 1.6)
