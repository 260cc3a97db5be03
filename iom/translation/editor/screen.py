"""What the editor's screen shows: a translation's state, its rows, and what its reader may do there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from iom.navigation.family import HOME_DEPTH
from iom.translation.desk import rows as desk
from iom.translation.editor import rows
from iom.translation.editor.address import AddressForm
from iom.translation.editor.own import OwnValuesForm
from iom.translation.editor.saving import Outcome
from iom.translation.models import TranslationState
from iom.translation.workflow import policy, publication, review

User = Any


def read_only_reason(user: User, state: TranslationState) -> str:
    """Why nobody, or not this person, may write now; empty where they may."""
    if policy.may_translate(user, state):
        return ""
    page = state.page.specific_deferred
    if page.current_workflow_state is not None:
        return gettext("The page is in a workflow: its translation cannot be changed until that has ended.")
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        return gettext("The page is locked: its translation cannot be changed until someone unlocks it.")
    return gettext("You may read this translation, and not change it.")


def context(
    request: HttpRequest,
    state: TranslationState,
    outcome: Outcome | None = None,
    *,
    address_form: AddressForm | None = None,
    own_form: OwnValuesForm | None = None,
    errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """For the template. `errors` are those found on publishing, by the path of the segment."""
    user: Any = request.user
    outcome = outcome or Outcome()
    own_form = own_form or OwnValuesForm(state)
    found = rows.of(state, outcome.typed, own_form.pictures)
    for row in found:
        name = row.segment.key
        row.replaced = outcome.replaced.get(name, "")
        row.error = outcome.conflicts.get(name) or (errors or {}).get(row.segment.path) or row.error
    page: Any = state.page.specific_deferred
    original: Any = state.original.page.specific_deferred
    reason = read_only_reason(user, state)
    may_write = not reason
    if address_form is None and state.page.depth > HOME_DEPTH:
        address_form = AddressForm(state)
    return {
        "state": state,
        "page": page,
        "title": page.get_admin_display_title(),
        "original": original,
        "source_language": state.translation.source.locale,
        "target_language": state.translation.target_locale,
        "groups": rows.grouped(found),
        "first_missing": next((row for row in found if row.is_missing), None),
        "has_links": any(row.links for row in found),
        "homeless": outcome.homeless,
        "address_form": address_form,
        "own_form": own_form,
        "media": own_form.media if may_write else "",
        "may_write": may_write,
        "read_only_reason": reason,
        "may_publish": policy.may_publish(user, state),
        "may_ask": may_write,
        "may_answer": policy.may_answer_about(user, state),
        "may_edit_original": original.permissions_for_user(user).can_edit(),
        "may_claim": desk.may_claim(user, state),
        "may_release": policy.may_release(user, state),
        "review": review.shown_to(user, state),
        "history_url": reverse("wagtailadmin_pages:history", args=[state.page_id]),
        "obstacles": publication.obstacles(state, user),
    }
