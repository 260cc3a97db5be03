"""What the editor's screen shows: each segment with all that its translator needs beside it, and what they may do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from iom.navigation.translation_tree import HOME_DEPTH
from iom.translation.content import markup, same_page, segments
from iom.translation.content.comparison import Change
from iom.translation.content.segments import Segment
from iom.translation.editor.forms import AddressForm, KeywordsForm, OwnValuesForm
from iom.translation.editor.terms import Term, marked
from iom.translation.glossary.matching import glossary
from iom.translation.memory import origins
from iom.translation.models import TranslationState
from iom.translation.workflow import comments, log, machine, policy, questions, review
from iom.translation.workflow.progress import obstacles
from iom.translation.workflow.writing import Outcome


def context(
    request: HttpRequest,
    state: TranslationState,
    outcome: Outcome | None = None,
    *,
    forms: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """For the template. `forms` are those of OWN_FORMS that have been sent and are wrong; `errors` those found on
    publishing, by the path of the segment."""
    user: Any = request.user
    outcome, forms = outcome or Outcome(), forms or {}
    own_form = forms.get("own") or OwnValuesForm(state)
    found = rows_of(state, outcome.typed, own_form.pictures)
    _tell(found, outcome, errors or {})
    page: Any = state.page.specific_deferred
    original: Any = state.original.page.specific_deferred
    reason = policy.read_only_reason(user, state)
    address_form = forms.get("slug")
    if address_form is None and state.page.depth > HOME_DEPTH:
        address_form = AddressForm(state)
    return {
        "state": state,
        "page": page,
        "title": page.get_admin_display_title(),
        "original": original,
        "source_language": state.translation.source.locale,
        "target_language": state.translation.target_locale,
        "groups": grouped(found),
        "first_missing": next((row for row in found if row.segment.is_missing), None),
        "orphaned": outcome.orphaned,
        "address_form": address_form,
        "keywords_form": forms.get("keywords") or KeywordsForm(state),
        "own_form": own_form,
        "media": "" if reason else own_form.media,
        "may_write": not reason,
        "read_only_reason": reason,
        "may_publish": policy.may_publish(user, state),
        "may_ask": not reason,
        "may_answer": policy.may_answer(user, state),
        "may_edit_original": original.permissions_for_user(user).can_edit(),
        "instructed": log.last(state.original_id, log.INSTRUCT) if state.instructions else None,
        "may_claim": policy.may_claim(user, state),
        "may_release": policy.may_release(user, state),
        "may_detach": policy.may_detach(user, state),
        "review": review.shown_to(user, state),
        "history_url": reverse("wagtailadmin_pages:history", args=[state.page_id]),
        "obstacles": obstacles(state, user),
        "machine": machine.translator_of(state),
    }


def _tell(rows: list["Row"], outcome: Outcome, errors: Mapping[str, str]) -> None:
    """Writes into the rows what has become of the texts that were sent."""
    for row in rows:
        name = row.segment.key
        row.is_contested = name in outcome.conflicts
        row.error = outcome.conflicts.get(name) or errors.get(row.segment.path) or row.error


def progress(state: TranslationState) -> dict[str, Any]:
    """How far the translation is, for the editor's script."""
    return {
        "done": state.translated,
        "total": state.total,
        "unconfirmed": state.unconfirmed,
        "words_left": state.words_left,
        "step": state.get_step_display(),
    }


@dataclass
class Row:
    """A segment, and what stands in its text field: `stored`, or what was sent and is not stored."""

    segment: Segment
    source: SafeString
    text: str
    stored: str
    error: str = ""
    author: Any = None
    links: list[tuple[str, str]] = field(default_factory=list)
    change: Change | None = None
    terms: list[Term] = field(default_factory=list)
    picture: Any = None
    questions: list[Any] = field(default_factory=list)
    comments: list[Any] = field(default_factory=list)
    is_repeated: bool = False
    is_contested: bool = False  # another person has written since, and what was typed is not stored
    filled: dict[str, str] | None = None  # where it comes from, until it is confirmed

    @property
    def name(self) -> str:
        """Of its text field: the same as long as the original says the same in the same place."""
        return f"text-{self.segment.key}"

    @property
    def is_typed(self) -> bool:
        return self.text != self.stored

    @property
    def seen(self) -> str:
        """What the translator was shown: it tells later whether someone else has written since."""
        return markup.seen(self.stored)

    @property
    def source_text(self) -> str:
        """The original as it would be typed."""
        return markup.to_text(self.segment.source, self.segment.place)

    @property
    def previous_text(self) -> str:
        """The previous translation as it would be typed."""
        return markup.to_text(self.change.target, self.segment.place) if self.change else ""

    @property
    def previous_target(self) -> SafeString:
        return markup.to_html(self.change.target, self.segment.place) if self.change else SafeString("")


def rows_of(state: TranslationState, typed: Mapping[str, str], pictures: Mapping[str, Any]) -> list[Row]:
    """The rows in the order of the author's form.

    `typed` texts, by the segment's key, stand in place of the stored ones; `pictures` are those of the original, by
    the path of the field or block that shows them.
    """
    all_of_them = segments.of_translation(state.translation)
    changed = same_page.offers(state.translation, all_of_them)
    filled = origins.of_filled(state.translation, all_of_them)
    asked = questions.by_segment(state.translation)
    commented = comments.by_segment(state.translation)
    known = glossary()
    languages = state.translation.source.locale.language_code, state.translation.target_locale.language_code
    people = get_user_model().objects.in_bulk({segment.by for segment in all_of_them if segment.by})
    met: set[str] = set()
    found = []
    for segment in all_of_them:
        text = markup.stored_text(segment)
        name = segment.key
        source, terms = marked(markup.to_html(segment.source, segment.place), known, *languages)
        found.append(
            Row(
                segment=segment,
                source=source,
                terms=terms,
                text=typed.get(name, text),
                stored=text,
                error=_error(segment, text),
                author=people.get(segment.by) if segment.by else None,
                links=_links(segment),
                change=changed.get(segment.pk),
                picture=_picture_of(segment, state, pictures),
                questions=asked.get((segment.context_id, segment.string_id), []),
                comments=commented.get((segment.context_id, segment.string_id), []),
                is_repeated=name in met,
                filled=filled.get(segment.pk),
            )
        )
        met.add(name)
    return sorted(found, key=lambda row: (row.segment.places.position(row.segment.field_path), row.segment.order))


def grouped(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of each block or record with its label; those of a field of the page, with none."""

    def block(row: Row) -> tuple[str, str]:
        parts = row.segment.path.split(".")
        return (row.segment.place.group, ".".join(parts[:2]))

    return [(label, list(members)) for (label, _path), members in groupby(rows, key=block)]


def _error(segment: Segment, text: str) -> str:
    """In the language of whoever reads it; what was found on publishing, as it was found."""
    if not segment.has_error:
        return ""
    found = markup.problem(segment.source, text, segment.place)
    return found or segment.field_error or gettext("This text cannot be used. Write it again.")


def _links(segment: Segment) -> list[tuple[str, str]]:
    """The links of the original: their names, and where they lead."""
    attributes: dict[str, Any] = json.loads(segment.attrs or "null") or {}
    links = []
    for name, values in attributes.items():
        kinds = {"page": gettext("a page on this site"), "document": gettext("a document")}
        where = values.get("href") or kinds.get(values.get("linktype"), "")
        if where:
            links.append((name, where))
    return links


def _picture_of(segment: Segment, state: TranslationState, pictures: Mapping[str, Any]) -> Any:
    """The picture that a segment describes."""
    described = getattr(state.page.specific_class, "described_pictures", {})
    for name, fields in described.items():
        if segment.path in fields:
            return pictures.get(name)
    block, _dot, _field = segment.path.rpartition(".")
    return pictures.get(f"{block}.image")
