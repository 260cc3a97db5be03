"""The last and the next review of a standing page: one row for the page in all its languages."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from iom.caching.version import today
from iom.values import CheckedValues

SOON = datetime.timedelta(days=30)  # before the due day


def a_year_after(day: datetime.date) -> datetime.date:
    """Returns the same day of the next year; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return datetime.date(day.year + 1, 3, 1)


class PageReviewQuerySet(models.QuerySet["PageReview"]):
    def for_page(self, page: Page) -> "PageReviewQuerySet":
        """The review of a page or of its original."""
        return self.filter(page__translation_key=page.translation_key)

    def due(self, today: datetime.date) -> "PageReviewQuerySet":
        """Reviews of live pages that are due within SOON or overdue, the earliest first."""
        return self.filter(page__live=True, due_on__lte=today + SOON).order_by("due_on", "pk")

    def to_remind_of(self, today: datetime.date) -> "PageReviewQuerySet":
        """Due reviews for which the current reminder has not been sent yet."""
        is_overdue = Q(due_on__lt=today)
        waits = Q(reminded=PageReview.Reminded.NEVER) | is_overdue & Q(reminded=PageReview.Reminded.BEFORE)
        return self.due(today).filter(waits)

    def for_user(self, user: Any) -> "PageReviewQuerySet":
        """Reviews of which the user is reminded: as the person responsible, or as the owner where none is active."""
        return self.filter(Q(responsible=user) | Q(page__owner=user) & ~Q(responsible__is_active=True))

    def recipients(self) -> set[int]:
        """Returns the keys of the users who are reminded."""
        reviews = self.order_by().select_related("responsible", "page__owner")
        return {review.recipient.pk for review in reviews if review.recipient}


class PageReview(CheckedValues, models.Model):
    """The review of a standing page. A translation is reviewed with its original, to which the row belongs."""

    class Reminded(models.TextChoices):
        NEVER = "never"
        BEFORE = "before"  # within SOON before the due day
        OVERDUE = "overdue"

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    reviewed_on = models.DateField(
        _("reviewed on"), null=True, blank=True, help_text=_("Readers see it below the text.")
    )
    due_on = models.DateField(_("next review by"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Gets an email 30 days before, and another when the review is overdue. If empty: the page’s owner."
        ),
    )
    reminded = models.CharField(max_length=8, choices=Reminded, default=Reminded.NEVER)

    objects = PageReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("page review")
        verbose_name_plural = _("page reviews")

    def __str__(self) -> str:
        return str(self.page)

    @classmethod
    def for_page(cls, page: Page) -> "PageReview":
        """Returns the review of a page, or a new unsaved one that is due in a year."""
        found = cls.objects.for_page(page).first()
        if found is not None:
            return found
        texts = Page.objects.filter(translation_key=page.translation_key)
        original = texts.aggregate(key=Min("pk"))["key"]
        return cls(page_id=original, due_on=a_year_after(timezone.localdate()))

    def clean(self) -> None:
        super().clean()
        if self.reviewed_on and self.reviewed_on > today():
            raise ValidationError({"reviewed_on": _("Enter a date that is not in the future.")})
        if self.reviewed_on and self.due_on and self.due_on <= self.reviewed_on:
            raise ValidationError({"due_on": _("Enter a date after the last review.")})

    def mark_reviewed(self, day: datetime.date) -> None:
        """Records a review on that day. The next one is due a year later."""
        self.reviewed_on, self.due_on, self.reminded = day, a_year_after(day), self.Reminded.NEVER
        self.save()

    @property
    def recipient(self) -> Any:
        """The user who is reminded: the responsible person, else the page's owner; None where neither is active."""
        return next((person for person in (self.responsible, self.page.owner) if person and person.is_active), None)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < timezone.localdate()

    @property
    def is_due(self) -> bool:
        """Whether the review is due within SOON, or overdue."""
        return self.due_on <= timezone.localdate() + SOON


def review_date_annotations() -> dict[str, Any]:
    """Returns the annotations `known_reviewed_on` and `known_due_on` for a query of pages."""
    reviews = PageReview.objects.filter(page__translation_key=OuterRef("translation_key"))
    return {f"known_{name}": Subquery(reviews.values(name)[:1]) for name in ("reviewed_on", "due_on")}
