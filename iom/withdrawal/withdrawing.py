"""Withdraws a text in all its languages at once, and restores it as it was.

The pages are no longer live and so disappear from lists, feeds, sitemaps and search. The withdrawal keeps the public
content, because a draft may be saved meanwhile.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from iom.publishing import events, failures, gate, jobs, locking, schedule
from iom.withdrawal.models import Kind, Withdrawal, WithdrawalRequest, WithdrawnText

MAIL = "withdrawal-request"  # the kind of the job, a stored value
Decision = WithdrawalRequest.Decision
WITHDRAW, RESTORE = "withdrawal.withdraw", "withdrawal.restore"  # log actions, stored values
ASK, DECLINE = "withdrawal.ask", "withdrawal.decline"


def public_texts(page: Page) -> list[Any]:
    """Returns the page and its translations that are public, the original first."""
    texts = Page.objects.filter(translation_key=page.translation_key, live=True, alias_of=None)
    return list(texts.select_related("locale").order_by("pk").specific())


@locking.atomic
def withdraw(page: Page, user: Any, kind: str, reasons: Mapping[str, str], note: str = "") -> Withdrawal:
    """Withdraws the text. `reasons`: shown to readers, by language. Raises gate.Refused if it is no longer public."""
    locking.lock_translations(page.translation_key)
    texts = public_texts(page)
    if not texts:
        raise gate.Refused(_("The text is not public any more."))
    everywhere = Page.objects.filter(translation_key=page.translation_key).values_list("pk", flat=True)
    revisions = Revision.page_revisions.filter(object_id__in=[str(key) for key in everywhere])
    schedule.cancel(revisions.exclude(approved_go_live_at=None), user)
    is_for_protection = kind == Kind.PROTECTION
    withdrawal = Withdrawal(translation_key=page.translation_key, kind=kind, withdrawn_by=user)
    withdrawal.note = note if is_for_protection else ""
    withdrawal.save()
    for text in texts:
        reason = "" if is_for_protection else reasons.get(text.locale.language_code, "")
        _build_withdrawn_text(withdrawal, text, reason).save()
        data = {"kind": kind} | ({"reason": reason} if reason else {})
        log(text, WITHDRAW, user=user, data=data, uuid=uuid4())
    keys = [text.pk for text in texts]
    Page.objects.filter(pk__in=keys).update(live=False, has_unpublished_changes=True, live_revision=None)
    for text in texts:
        text.live, text.live_revision = False, None
        failures.delete_for_page(text.pk)
        events.withdrawn.send(type(text), page=text, pages=[text.pk])
    _record_decision(WithdrawalRequest.objects.filter(page__in=everywhere, decision=""), Decision.DONE, user)
    return withdrawal


def _build_withdrawn_text(withdrawal: Withdrawal, page: Any, reason: str) -> WithdrawnText:
    """Builds the record of a text. The hook `withdrawn_addresses(page)` adds further addresses of the page."""
    more = [address for hook in hooks.get_hooks("withdrawn_addresses") for address in hook(page)]
    return WithdrawnText(
        withdrawal=withdrawal,
        page_id=page.pk,
        title=page.title,
        reason=reason,
        addresses=[page.url_path, *more],
        content=page.serializable_data(),
        live_revision_id=page.live_revision_id,
        latest_revision=page.latest_revision_id,
        had_unpublished_changes=page.has_unpublished_changes,
    )


@locking.atomic
def restore(withdrawal: Withdrawal, user: Any) -> None:
    """Makes the texts public again as they were. Drafts that were saved meanwhile remain drafts.

    Raises Withdrawal.DoesNotExist if another user has just restored them, and ValidationError if a text is no longer
    valid, for instance because another page has its address.
    """
    locking.lock_tree()
    locking.lock_translations(withdrawal.translation_key)
    withdrawal = Withdrawal.objects.select_for_update(no_key=True).get(pk=withdrawal.pk)
    kept = list(withdrawal.texts.select_related("page__locale").order_by("page"))
    withdrawal.delete()
    texts = [_restore_page(text) for text in kept]
    for page in texts:
        log(page, RESTORE, user=user, uuid=uuid4())
        events.reinstated.send(type(page), page=page, pages=[page.pk])


def _restore_page(text: WithdrawnText) -> Any:
    page = text.page.specific
    restored = page.with_content_json(text.content)
    restored.live, restored.expired = True, False
    restored.live_revision_id, restored.last_published_at = text.live_revision_id, page.last_published_at
    is_written_since = page.latest_revision_id != text.latest_revision
    restored.has_unpublished_changes = text.had_unpublished_changes or is_written_since
    with gate.opened_for(page):
        restored.save()
    return restored


@locking.atomic
def request_withdrawal(page: Page, user: Any, kind: str, reason: str) -> WithdrawalRequest:
    """Asks editors to withdraw the text. Updates the kind and reason of a request of the user that still waits."""
    locking.lock_translations(page.translation_key)
    row = WithdrawalRequest.objects.filter(page=page.pk, requested_by=user, decision="").first()
    row = row or WithdrawalRequest(page_id=page.pk, requested_by=user)
    row.kind, row.reason = kind, reason
    row.save()
    log(page, ASK, user=user, uuid=uuid4())
    jobs.enqueue(MAIL, row.pk)
    return row


@locking.atomic
def decline(request: WithdrawalRequest, user: Any) -> None:
    """Declines a request. Does nothing if it has been decided already."""
    waiting = WithdrawalRequest.objects.select_for_update(no_key=True).filter(pk=request.pk, decision="")
    if _record_decision(waiting, Decision.DECLINED, user):
        log(request.page.specific, DECLINE, user=user, uuid=uuid4())


def _record_decision(waiting: Any, decision: str, user: Any) -> list[int]:
    """Stores the decision and notifies the requesters by email. Returns the keys of the requests."""
    keys = [row.pk for row in waiting]
    WithdrawalRequest.objects.filter(pk__in=keys).update(decision=decision, decided_by=user)
    jobs.enqueue(MAIL, *keys)
    return keys
