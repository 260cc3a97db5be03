"""Reminders by email to the owners of standing pages: one when a review is due in 30 days, and one when it is overdue.

One email to a user contains all pages of which they are to be reminded. `PageReview.reminded` records which of the two
reminders has been sent.
"""

from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from wagtail.models import Page

from aboutus.models import PageReview
from aboutus.models.section import SectionPage
from iom.publishing import events, jobs
from iom.users import emails
from iom.users.emails import absolute_url
from iom.users.models import User

JOB = "review"  # the kind of job that reminds a user; stored in the database


@receiver(events.published)
def on_published(page: Page, **kwargs: Any) -> None:
    """Creates the review of a standing page, due a year after its first publication."""
    if isinstance(page, SectionPage):
        review = PageReview.for_page(page)
        if review._state.adding:
            review.save()


def recipients() -> Iterable[int]:
    """Returns the keys of the users to remind now."""
    return PageReview.objects.to_remind_of(timezone.localdate()).recipients()


@jobs.handler(JOB, label=gettext_lazy("Remind people of pages to be reviewed"), model=User, missing=recipients)
def remind(key: str) -> None:
    """Sends a user one email about all pages of which they are to be reminded now.

    An email that cannot be sent is tried again. If the process is killed while it sends, the email is not sent again.
    """
    user = User.objects.filter(pk=int(key), is_active=True).first()
    if user is None:
        return
    if not user.has_perm("wagtailadmin.access_admin"):
        raise jobs.GiveUp(gettext_noop("The person responsible for the page cannot sign in to the admin."))
    reviews = _claim(user)
    if not reviews:
        return
    try:
        with translation.override(emails.language_of(user)):
            emails.send(_compose(user, reviews))
    except Exception:
        PageReview.objects.bulk_update(reviews, ["reminded"])  # restores the former values
        raise


def _claim(user: User) -> list[PageReview]:
    """Marks the reviews as reminded, before the email is sent. Returns them with the former values."""
    today = timezone.localdate()
    with transaction.atomic():
        waiting = PageReview.objects.select_for_update(of=("self",), no_key=True).to_remind_of(today)
        rows = list(waiting.for_user(user).select_related("page"))
        overdue = [row.pk for row in rows if row.is_overdue]
        claimed = PageReview.objects.filter(pk__in=[row.pk for row in rows])
        claimed.update(reminded=PageReview.Reminded.BEFORE)
        claimed.filter(pk__in=overdue).update(reminded=PageReview.Reminded.OVERDUE)
    return rows


def _compose(user: User, reviews: list[PageReview]) -> EmailMessage:
    def line(review: PageReview) -> dict[str, Any]:
        address = absolute_url(reverse("wagtailadmin_pages:edit", args=[review.page_id]))
        return {"title": review.page.title, "due_on": review.due_on, "address": address}

    subject = ngettext("Page to review: “%(title)s”", "%(count)d pages to review", len(reviews))
    context = {
        "user": user,
        "overdue": [line(review) for review in reviews if review.is_overdue],
        "due": [line(review) for review in reviews if not review.is_overdue],
        "report": absolute_url(reverse("page_reviews")),
    }
    subject %= {"count": len(reviews), "title": reviews[0].page.title}
    return emails.build_message(user, subject, "aboutus/reviews/email.txt", context)
