"""Emails about requests for withdrawal: to editors about a new request, to the requester about the decision.

For a withdrawal for protection they contain neither the title nor the reason.
"""

from typing import Any

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, override

from iom.publishing import jobs
from iom.users import emails
from iom.users.policy import editors
from iom.withdrawal.models import Kind, WithdrawalRequest
from iom.withdrawal.reading import protected_texts
from iom.withdrawal.withdrawing import MAIL


@jobs.handler(MAIL, label=gettext_lazy("Send a request for withdrawal"), model=WithdrawalRequest)
def send(key: str) -> None:
    """Sends the email to one user. `key` is `request:user`; the key `request` enqueues a job for each recipient.

    With one job per recipient, a refused address does not stop the others. Sends nothing if the request or the
    requester has been deleted.
    """
    number, _, user_id = key.partition(":")
    request = WithdrawalRequest.objects.filter(pk=number).select_related("page", "requested_by", "decided_by").first()
    if request is None:
        return
    asked_by = request.requested_by
    recipients = [asked_by] if request.decision else editors()
    users = [user for user in recipients if user is not None and user.is_active and user.email]
    if not user_id:
        jobs.enqueue(MAIL, *(f"{number}:{user.pk}" for user in users))
    emails.send(*(_message(request, user) for user in users if str(user.pk) == user_id))


def _message(request: WithdrawalRequest, user: Any) -> EmailMessage:
    with override(emails.language_of(user)):
        is_named = request.kind != Kind.PROTECTION and request.page.translation_key not in protected_texts()
        title = " ".join(request.page.title.split()) if is_named else ""
        if request.decision:
            subject, address = gettext("Your request for withdrawal has been decided"), reverse("wagtailadmin_home")
        else:
            subject = gettext("Request for withdrawal")
            address = reverse("withdrawal_withdraw", args=[request.page_id])
        context = {
            "request": request,
            "title": title,
            "reason": request.reason if is_named else "",
            "address": emails.absolute_url(address),
        }
        subject = gettext("%(kind)s: “%(title)s”") % {"kind": subject, "title": title} if title else subject
        return emails.build_message(user, subject, "withdrawal/email.txt", context)
