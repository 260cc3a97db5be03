"""Reads the segments of an original together with one translation, and writes localize's translation rows."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, FilteredRelation, Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    post_save_string_translation,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from iom.core.inline_markup import to_editor
from iom.translation.content.places import Place, Places

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w[\w’'-]*")


def extract_strings(page: Page) -> list[StringSegmentValue]:
    """Returns the text segments of a page in their order, without empty ones."""
    return [
        segment
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and not segment.is_empty()
    ]


def fingerprint(path: str, text: str) -> str:
    """Returns 16 hexadecimal digits (of a SHA-256) that identify a segment by its path and text."""
    return hashlib.sha256(f"{path}\0{text}".encode()).hexdigest()[:16]


def digest(fingerprints: Iterable[str]) -> str:
    """Returns the SHA-256, in hexadecimal, of fingerprints in their order."""
    return hashlib.sha256("".join(fingerprints).encode()).hexdigest()


def count_words(text: str) -> int:
    """Returns the number of words, without markup."""
    return len(_WORD.findall(_TAG.sub(" ", to_editor(text))))


class Segment(NamedTuple):
    """A passage of the original with its translation.

    `written` is the translation as stored. `target` is None if there is none or if it has an error (`has_error`).
    """

    pk: int
    path: str
    field_path: str
    context_id: int
    string_id: int
    order: int
    source: str
    attrs: str
    written: str | None
    has_error: bool | None
    field_error: str | None
    by: int | None
    at: datetime | None
    type: str | None
    tool: str | None
    places: Places

    @property
    def place(self) -> Place:
        """The field or block that contains the segment."""
        return self.places.at(self.field_path)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the memory or a machine has filled it in and nobody has confirmed it."""
        return self.type == StringTranslation.TRANSLATION_TYPE_MACHINE and bool(self.target)

    @property
    def is_missing(self) -> bool:
        """Whether it has no usable or no confirmed translation, and so prevents publication."""
        return not self.target or self.is_unconfirmed

    @property
    def target(self) -> str | None:
        return None if self.has_error else self.written

    @property
    def key(self) -> str:
        """The name of its form fields. A new submission can change the primary key, but not this key."""
        return f"{self.context_id}-{self.string_id}"


# The lookups for the fields of Segment, in the same order
_COLUMNS = [
    "pk", "context__path", "context__field_path", "context", "string", "order", "string__data", "attrs",
    "theirs__data", "theirs__has_error", "theirs__field_error", "theirs__last_translated_by", "theirs__updated_at",
    "theirs__translation_type", "theirs__tool_name",
]  # fmt: skip


class Text(tuple[Segment, ...]):
    """All segments of a translation in the order of the original, as read at one moment."""

    def with_pk(self, pk: int) -> Segment | None:
        """Returns the segment, or None if the original has changed and the row no longer exists."""
        return next((segment for segment in self if segment.pk == pk), None)

    @cached_property
    def missing(self) -> tuple[Segment, ...]:
        """The segments whose translation is missing, has an error or is unconfirmed."""
        return tuple(segment for segment in self if segment.is_missing)

    @cached_property
    def unconfirmed(self) -> tuple[Segment, ...]:
        """The segments that the memory or a machine has filled in and nobody has confirmed."""
        return tuple(segment for segment in self if segment.is_unconfirmed)

    @cached_property
    def words_left(self) -> int:
        return sum(count_words(segment.source) for segment in self.missing)

    @cached_property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of the originals and translations of all segments."""
        return digest(fingerprint(f"{segment.path}\0{segment.source}", segment.target or "") for segment in self)

    @cached_property
    def writers(self) -> set[int]:
        """The keys of the users who last wrote the present translations."""
        return {segment.by for segment in self if segment.by}

    def has_changed_since(self, moment: datetime) -> bool:
        """Returns whether any of the present translations was written after `moment`."""
        return any(segment.at and segment.at > moment for segment in self)

    def exclude(self, rows: list[dict[str, Any]]) -> "Text":
        """Returns the segments whose original and translation are not among `rows` (`TranslationVersion.segments`).

        Paths are ignored.
        """
        known = {(row["source"], row["target"]) for row in rows}
        return Text(segment for segment in self if (segment.source, segment.target) not in known)


def load_text(translation: Translation) -> Text:
    """Loads the text of a translation, in one query if its source is loaded. Callers pass it on to avoid another."""
    into = Q(string__translations__context=F("context"), string__translations__locale=translation.target_locale_id)
    rows = StringSegment.objects.filter(source_id=translation.source_id).order_by("order")
    rows = rows.annotate(theirs=FilteredRelation("string__translations", condition=into))
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id)  # Django keeps it in memory
    model: Any = kind.model_class()
    places = Places(model)
    return Text(Segment(*[*row, places]) for row in rows.values_list(*_COLUMNS))


def translation_row(segment: Segment, locale_id: int) -> StringTranslation:
    """Returns localize's row of the translation of a segment, or a new unsaved one."""
    names = {"translation_of_id": segment.string_id, "context_id": segment.context_id, "locale_id": locale_id}
    rows = StringTranslation.objects.select_related("translation_of", "context")
    return rows.filter(**names).first() or StringTranslation(**names)


def save_translation(row: StringTranslation, data: str, user: Any, problem: str = "") -> None:
    """Saves `data`, in localize's form, as a text that `user` has written. `problem` is its error, if it has one."""
    row.data = data
    row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    row.tool_name = ""
    row.last_translated_by_id = getattr(user, "pk", None)
    row.has_error, row.field_error = bool(problem), problem
    row.save()


# localize's receiver would write the segment into `draft_title` as HTML and without a limit of length, which
# PostgreSQL refuses.
post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(post_save, sender=StringTranslation)
def update_draft_title(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Writes the translated title into `draft_title`, which the admin's lists show."""
    if raw or instance.context.path != "title":
        return
    title = StringValue(instance.data).render_text()[: Page._meta.get_field("draft_title").max_length]
    Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id).update(
        draft_title=title
    )
