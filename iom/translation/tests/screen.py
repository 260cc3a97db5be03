"""Helpers for tests of the translators' editor: its form data, and the stored segments."""

from typing import Any

from django.urls import reverse

from iom.translation.content import markup, segments
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState

ENGLISH = {"title": "Title", "summary": "Summary.", "body.0": "One.", "body.1": "Two."}


def address(state: TranslationState) -> str:
    return reverse("wagtailadmin_pages:edit", args=[state.page_id])


def form(state: TranslationState, texts: dict[str, str] | None = None, **other: str | int) -> dict[str, Any]:
    """Returns the editor's form data with `texts` typed, by path, and with no concurrent change."""
    data = {"action": "save", **other}
    for row in segments.load_text(state.translation):
        shown = row.written or ""
        data[f"text-{row.key}"] = (texts or {}).get(row.path, shown)
        data[f"seen-{row.key}"] = markup.text_fingerprint(shown)
    return data


def written(state: TranslationState) -> dict[str, str]:
    return {row.path: row.written for row in segments.load_text(state.translation) if row.written}


def segment(state: TranslationState, path: str) -> Segment:
    return next(row for row in segments.load_text(state.translation) if row.path == path)


def passage(state: TranslationState, source: str) -> Segment:
    """Returns the segment whose source is `source`."""
    return next(row for row in segments.load_text(state.translation) if row.source == source)
