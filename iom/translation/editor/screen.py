"""The template context of the translators' editor: a row for each segment, the forms, and the user's permissions."""

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
from iom.translation.content import earlier_translations, markup, segments
from iom.translation.content.comparison import Change
from iom.translation.content.segments import Segment
from iom.translation.editor.forms import AddressForm, KeywordsForm, OverridesForm, ShownPicture
from iom.translation.editor.terms import Term, mark_terms
from iom.translation.glossary.matching import glossary
from iom.translation.memory import origins
from iom.translation.models import TranslationState
from iom.translation.workflow import comments, log, machine_translation, policy, questions, review
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
    """Returns the template context. `forms` are the invalid ones of OVERRIDE_FORMS; `errors` are those found at
    publication, by the path of the segment."""
    user: Any = request.user
    outcome, forms = outcome or Outcome(), forms or {}
    own_form = forms.get("own") or OverridesForm(state)
    found = build_rows(state, outcome.typed, own_form.pictures)
    _add_errors(found, outcome, errors or {})
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
        "groups": group_rows(found),
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
        "instructed": log.latest_entry(state.original_id, log.INSTRUCT) if state.instructions else None,
        "may_claim": policy.may_claim(user, state),
        "may_release": policy.may_release(user, state),
        "may_detach": policy.may_detach(user, state),
        "review": review.editor_context(user, state),
        "history_url": reverse("wagtailadmin_pages:history", args=[state.page_id]),
        "obstacles": obstacles(state, user),
        "machine": machine_translation.get_service(state),
    }


def _add_errors(rows: list["Row"], outcome: Outcome, errors: Mapping[str, str]) -> None:
    """Adds conflicts and errors of the submitted texts to the rows."""
    for row in rows:
        name = row.segment.key
        row.is_contested = name in outcome.conflicts
        row.error = outcome.conflicts.get(name) or errors.get(row.segment.path) or row.error


def progress(state: TranslationState) -> dict[str, Any]:
    """Returns the progress of the translation, for the editor's script."""
    return {
        "done": state.translated,
        "total": state.total,
        "unconfirmed": state.unconfirmed,
        "words_left": state.words_left,
        "step": state.get_step_display(),
    }


@dataclass
class Row:
    """A segment and the text of its field: the `stored` one, or a submitted one that could not be stored."""

    segment: Segment
    source: SafeString
    text: str
    stored: str
    error: str = ""
    author: Any = None
    links: list[tuple[str, str]] = field(default_factory=list)
    change: Change | None = None
    terms: list[Term] = field(default_factory=list)
    picture: ShownPicture | None = None
    questions: list[Any] = field(default_factory=list)
    comments: list[Any] = field(default_factory=list)
    is_repeated: bool = False
    is_contested: bool = False  # another person has changed it, and the typed text is not stored
    filled: dict[str, str] | None = None  # the origin of a prefilled text that is not confirmed

    @property
    def name(self) -> str:
        """The name of the text field: stable while the original has the same text in the same place."""
        return f"text-{self.segment.key}"

    @property
    def is_typed(self) -> bool:
        return self.text != self.stored

    @property
    def seen(self) -> str:
        """The fingerprint of the text shown: when saving, it reveals a concurrent change."""
        return markup.text_fingerprint(self.stored)

    @property
    def source_text(self) -> str:
        """The original in the editor's markup."""
        return markup.to_text(self.segment.source, self.segment.place)

    @property
    def previous_text(self) -> str:
        """The previous translation in the editor's markup."""
        return markup.to_text(self.change.target, self.segment.place) if self.change else ""

    @property
    def previous_target(self) -> SafeString:
        return markup.to_html(self.change.target, self.segment.place) if self.change else SafeString("")


def build_rows(state: TranslationState, typed: Mapping[str, str], pictures: Mapping[str, ShownPicture]) -> list[Row]:
    """Returns the rows in the order of the author's form.

    `typed` texts, by the segment's key, replace the stored ones. `pictures` are by the path of the field or block that
    shows them.
    """
    translation_text = segments.load_text(state.translation)
    changed = earlier_translations.find_matches(state.translation, translation_text)
    filled = origins.find_origins(state.translation, translation_text)
    asked_questions = questions.by_segment(state.translation)
    commented = comments.by_segment(state.translation)
    entries = glossary()
    languages = state.translation.source.locale.language_code, state.translation.target_locale.language_code
    people = get_user_model().objects.in_bulk({segment.by for segment in translation_text if segment.by})
    met: set[str] = set()
    found = []
    for segment in translation_text:
        text = markup.stored_text(segment)
        name = segment.key
        source, terms = mark_terms(markup.to_html(segment.source, segment.place), entries, *languages)
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
                questions=asked_questions.get((segment.context_id, segment.string_id), []),
                comments=commented.get((segment.context_id, segment.string_id), []),
                is_repeated=name in met,
                filled=filled.get(segment.pk),
            )
        )
        met.add(name)
    return sorted(found, key=lambda row: (row.segment.places.position(row.segment.field_path), row.segment.order))


def group_rows(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Groups rows by block or record, with its label. Rows of the page's fields have an empty label."""

    def block(row: Row) -> tuple[str, str]:
        parts = row.segment.path.split(".")
        return (row.segment.place.group, ".".join(parts[:2]))

    return [(label, list(members)) for (label, _path), members in groupby(rows, key=block)]


def _error(segment: Segment, text: str) -> str:
    """Returns the segment's problem in the current language. An error of the page's form is returned as stored."""
    if not segment.has_error:
        return ""
    found = markup.find_problem(segment.source, text, segment.place)
    return found or segment.field_error or gettext("This text cannot be used. Write it again.")


def _links(segment: Segment) -> list[tuple[str, str]]:
    """Returns the links of the original: their names and targets."""
    attributes: dict[str, Any] = json.loads(segment.attrs or "null") or {}
    links = []
    for name, values in attributes.items():
        kinds = {"page": gettext("a page on this site"), "document": gettext("a document")}
        where = values.get("href") or kinds.get(values.get("linktype"), "")
        if where:
            links.append((name, where))
    return links


def _picture_of(
    segment: Segment, state: TranslationState, pictures: Mapping[str, ShownPicture]
) -> ShownPicture | None:
    """Returns the picture that a segment describes, or None."""
    described = getattr(state.page.specific_class, "described_pictures", {})
    for name, fields in described.items():
        if segment.path in fields:
            return pictures.get(name)
    block, _dot, _field = segment.path.rpartition(".")
    return pictures.get(f"{block}.image")
