"""Writing the segments of a translation. A text with a problem is kept as it was written, with the problem; one that
would replace what someone else has written meanwhile is not written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.utils import get_user_display_name
from wagtail_localize.models import StringTranslation

from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState
from iom.translation.workflow import progress


def write(state: TranslationState, segment: Segment, text: str, user: object) -> str:
    """Writes one segment; what is wrong with it, in the writer's language, or nothing."""
    return write_all(state, {segment: text}, user)[segment.pk]


@atomic
def write_all(state: TranslationState, written: Mapping[Segment, str], user: object) -> dict[int, str]:
    """Writes segments, and counts again once; by segment what is wrong with it, empty where nothing is.

    The texts are as a translator writes them. An empty one deletes the translation: localize would count it as
    translated, and show the original.
    """
    state.lock()
    problems = {}
    for segment, typed in written.items():
        place = segment.place
        text = markup.tidied(typed, place)
        problems[segment.pk] = markup.problem(segment.source, text, place) if text else ""
        row = segments.translation_row(segment, state.locale_id)
        if text:
            is_broken = place.is_rich and problems[segment.pk]
            data = text if is_broken else markup.to_data(text, place)
            segments.save_translation(row, data, user, problems[segment.pk])
        elif row.pk is not None:
            row.delete()
    progress.recount(state)
    return problems


@atomic
def confirm(state: TranslationState, names: Collection[str] | None, user: Any, *, undo: bool = False) -> list[str]:
    """Takes what the memory or a machine has filled in as the user's own words; the keys of these segments.

    `names`: their keys; all of them where it is None. `undo` takes the confirmation back.
    """
    state.lock()
    manual, machine = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
    before, after = (manual, machine) if undo else (machine, manual)
    chosen = {
        (segment.string_id, segment.context_id): segment.key
        for segment in segments.of_translation(state.translation)
        if segment.target and segment.tool and segment.type == before and (names is None or segment.key in names)
    }
    rows = StringTranslation.objects.filter(
        locale=state.locale_id,
        translation_of__in={string for string, _context in chosen},
        context__in={context for _string, context in chosen},
    )
    wanted = [row.pk for row in rows if (row.translation_of_id, row.context_id) in chosen]
    StringTranslation.objects.filter(pk__in=wanted).update(
        translation_type=after, last_translated_by=None if undo else user, updated_at=timezone.now()
    )
    if wanted:
        progress.recount(state)
    return list(chosen.values())


@dataclass
class Outcome:
    """`problems`, `conflicts` and `typed` are by the segment's key. What is in `typed` has not been stored."""

    written: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    # Texts whose passage the original no longer has
    orphaned: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.problems or self.conflicts or self.orphaned)


def save(state: TranslationState, sent: Mapping[str, str], shown: Mapping[str, str], user: Any) -> Outcome:
    """Writes the texts in `sent` that differ from what is stored.

    `shown` says, by the segment's key, what stood in the text field when it was opened (`markup.seen`): a text written
    since is not replaced unasked. A key that is not in `shown` has been shown nothing.
    """
    outcome = Outcome()
    to_write: dict[Segment, str] = {}
    known = set()
    for segment in segments.of_translation(state.translation):
        name = segment.key
        if name not in sent or name in known:
            continue
        known.add(name)
        text, stored = markup.tidied(sent[name], segment.place), markup.stored_text(segment)
        if text == stored or markup.seen(text) == shown.get(name):
            continue
        if shown.get(name, markup.seen("")) != markup.seen(stored):
            outcome.typed[name] = text
            outcome.conflicts[name] = _conflict(segment, stored)
        else:
            to_write[segment] = text
    outcome.orphaned = [
        text
        for name, text in sent.items()
        if name not in known and text.strip() and markup.seen(text) != shown.get(name)
    ]
    if to_write:
        found = write_all(state, to_write, user)
        outcome.written = len(to_write)
        outcome.problems = {segment.key: found[segment.pk] for segment in to_write if found[segment.pk]}
    return outcome


def _conflict(segment: Segment, stored: str) -> str:
    author = get_user_model().objects.filter(pk=segment.by).first() if segment.by else None
    name = get_user_display_name(author) if author else gettext("Another person")
    if not stored:
        return gettext("%(name)s has deleted this translation in the meantime. Save again to use your text.") % {
            "name": name
        }
    message = gettext(
        "%(name)s has changed this translation in the meantime: “%(text)s”. Save again to replace it with your text."
    )
    return message % {"name": name, "text": stored}
