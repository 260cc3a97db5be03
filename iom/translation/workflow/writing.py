"""Writes the segments of a translation. A text with a problem is stored as typed, with the problem. A text that would
replace another person's concurrent change is not stored."""

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
    """Writes one segment, and returns its problem in the current language; empty where there is none."""
    return write_all(state, {segment: text}, user)[segment.pk]


@atomic
def write_all(state: TranslationState, written: Mapping[Segment, str], user: object) -> dict[int, str]:
    """Writes segments and recounts once. Returns the problem of each, empty where there is none, by `segment.pk`.

    The texts are as a translator types them. An empty text deletes the translation: localize would count it as
    translated, and show the original.
    """
    state.lock()
    problems = {}
    for segment, typed in written.items():
        place = segment.place
        text = markup.normalize(typed, place)
        problems[segment.pk] = markup.find_problem(segment.source, text, place) if text else ""
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
def confirm(state: TranslationState, keys: Collection[str], user: Any, *, undo: bool = False) -> list[str]:
    """Confirms translations that the memory or a machine has filled in, as the user's own; returns the segments' keys.

    `keys` are those of the segments to confirm. `undo` revokes the confirmation.
    """
    state.lock()
    manual, machine = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE
    before, after = (manual, machine) if undo else (machine, manual)
    chosen = {
        (segment.string_id, segment.context_id): segment.key
        for segment in segments.load_text(state.translation)
        if segment.target and segment.tool and segment.type == before and segment.key in keys
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
    """The result of `save`; its dictionaries are by the segment's key. Texts in `typed` have not been stored."""

    written: int = 0
    problems: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    # Texts of passages that the original no longer has
    orphaned: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.problems or self.conflicts or self.orphaned)


def save(state: TranslationState, sent: Mapping[str, str], shown: Mapping[str, str], user: Any) -> Outcome:
    """Writes the texts in `sent` that differ from what is stored.

    `shown` has, by the segment's key, the fingerprint (`markup.text_fingerprint`) of the text in the field when it was
    opened: a text that was written since is not replaced. For a key that is not in `shown`, the field counts as empty.
    """
    outcome = Outcome()
    to_write: dict[Segment, str] = {}
    known = set()
    for segment in segments.load_text(state.translation):
        name = segment.key
        if name not in sent or name in known:
            continue
        known.add(name)
        text, stored = markup.normalize(sent[name], segment.place), markup.stored_text(segment)
        if text == stored or markup.text_fingerprint(text) == shown.get(name):
            continue
        if shown.get(name, markup.text_fingerprint("")) != markup.text_fingerprint(stored):
            outcome.typed[name] = text
            outcome.conflicts[name] = _conflict(segment, stored)
        else:
            to_write[segment] = text
    outcome.orphaned = [
        text
        for name, text in sent.items()
        if name not in known and text.strip() and markup.text_fingerprint(text) != shown.get(name)
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
