"""E-mails about requests for withdrawal: to editors when one is made, to whoever has asked when it is decided.

They name neither the text nor the reason of what is withdrawn for protection.
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
    """To one person, `request:user`, so that a refused address keeps the email from nobody else; `request` enqueues
    these. Nothing where the request or whoever has made it is gone."""
    number, _, person = key.partition(":")
    request = WithdrawalRequest.objects.filter(pk=number).select_related("page", "requested_by", "decided_by").first()
    if request is None:
        return
    asked_by = request.requested_by
    told = [asked_by] if request.decision else editors()
    people = [user for user in told if user is not None and user.is_active and user.email]
    if not person:
        jobs.enqueue(MAIL, *(f"{number}:{user.pk}" for user in people))
    emails.send(*(_message(request, user) for user in people if str(user.pk) == person))


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
            "address": emails.absolute(address),
        }
        subject = gettext("%(kind)s: “%(title)s”") % {"kind": subject, "title": title} if title else subject
        return emails.message(user, subject, "withdrawal/email.txt", context)
