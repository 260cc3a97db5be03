"""Views and panels for reviews: the side panel of the editor, the report, the panel of the dashboard."""

from typing import Any

from django import forms
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from aboutus.models import PageReview
from aboutus.models.section import SectionPage
from iom.caching.version import today
from iom.core.admin_visibility import correlated_keys
from iom.core.translation_role import Role, role_of
from iom.screens import Screen, edit_address
from iom.translation.desk.queue import LanguageColumn
from iom.users import WRITES_ORIGINALS
from newsroom.officers.tables import TablePanel

ACTION = "aboutus.review"  # in the log of a page
MAX_SHOWN = 10


def may_open(user: Any) -> bool:
    """Whether the user may open the list of reviews."""
    return user.has_perm(WRITES_ORIGINALS)


def may_review(user: Any, page: Any) -> bool:
    """Whether the user may review a page: a standing page that they may edit, and not a translation."""
    if not isinstance(page, SectionPage) or role_of(page) in (Role.ALIAS, Role.TRANSLATION):
        return False
    return user.has_perm(WRITES_ORIGINALS) and (not page.pk or page.permissions_for_user(user).can_edit())


class ReviewForm(forms.ModelForm):
    prefix = "review"

    class Meta:
        model = PageReview
        fields = ["reviewed_on", "due_on", "responsible"]
        day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        widgets = {"reviewed_on": day, "due_on": day}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = ModelBackend().with_perm(WRITES_ORIGINALS)
        field: Any = self.fields["responsible"]
        field.queryset = people.order_by("last_name", "first_name", "email")
        field.label_from_instance = get_user_display_name

    def save(self, commit: bool = True) -> PageReview:
        if "due_on" in self.changed_data:
            self.instance.reminded = PageReview.Reminded.NEVER
        review: PageReview = super().save(commit)
        return review


@require_POST
def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Records the review of a page: today's, by one button, or with the dates of the form."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_review(request.user, page):
        raise PermissionDenied
    record = PageReview.for_page(page)
    if "today" in request.POST:
        record.mark_reviewed(today())
    else:
        form = ReviewForm(request.POST, instance=record)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return redirect("wagtailadmin_pages:edit", page.pk)
        form.save()
    log(
        page,
        ACTION,
        user=request.user,
        data={"reviewed_on": str(record.reviewed_on or ""), "due_on": str(record.due_on)},
    )
    messages.success(request, gettext("The review has been saved."))
    return redirect("wagtailadmin_pages:edit", page.pk)


class ReviewSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show or hide the review of the page")
        icon_name = "calendar-check"
        has_counter = False

    name = "review"
    title = _("Review")
    template_name = "aboutus/reviews/side_panel.html"
    order = 160  # after the translations

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        if self.object.pk:
            record = PageReview.for_page(self.object)
            context |= {"review": record, "form": ReviewForm(instance=record), "csrf_token": get_token(self.request)}
        return context


def due_reviews_for(user: Any) -> list[PageReview]:
    """Returns the first due reviews: for editors of all pages, for others of those for which they are responsible."""
    if not may_open(user):
        return []
    due = PageReview.objects.due(timezone.localdate()).select_related("page__locale")
    return list((due if user.has_perm("users.retire_page") else due.for_user(user))[:MAX_SHOWN])


PAGE = TitleColumn(
    "page",
    label=_("Page"),
    accessor=lambda review: review.page.get_admin_display_title(),
    get_url=lambda review: edit_address(review.page_id),
)


def due_in_words(review: PageReview) -> str:
    day = date_format(review.due_on, "SHORT_DATE_FORMAT")
    return format_html("{} <strong>{}</strong>", day, gettext("Overdue")) if review.is_overdue else day


class DueReviewsPanel(TablePanel):
    """The panel of due reviews on the dashboard."""

    name = "page-reviews"
    heading = _("Pages to review")
    order = 140

    def __init__(self, reviews: list[PageReview]) -> None:
        self.reviews = reviews

    @property
    def links(self) -> list[tuple[str, str]]:
        return [(reverse("page_reviews"), gettext("Open the list of reviews"))]

    def columns(self) -> list[Column]:
        language = LanguageColumn("language", label=_("Language"), accessor="page.locale.get_display_name")
        return [PAGE, language, Column("due_on", label=_("Next review by"), accessor=due_in_words)]

    def rows(self, user: Any) -> list[PageReview]:
        return self.reviews


class ReviewsView(Screen, ReportView):
    """The report on the live standing pages that the user may edit, the earliest due date first."""

    page_title = _("Page reviews")
    header_icon = "calendar-check"
    index_url_name = "page_reviews"
    index_results_url_name = "page_reviews_results"
    no_results_message = _("There are no pages to review.")
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["change"]
    columns = [
        PAGE,
        Column("language", label=_("Language"), accessor=lambda review: review.page.locale.get_display_name()),
        Column("reviewed_on", label=_("Reviewed on"), accessor="reviewed_on", classname="w-whitespace-nowrap"),
        Column("due_on", label=_("Next review by"), accessor="due_on", classname="w-whitespace-nowrap"),
        Column(
            "state", label=_("State"), accessor=lambda review: review_state(review), classname="w-whitespace-nowrap"
        ),
        Column("responsible", label=_("Person responsible"), accessor=lambda review: recipient_name(review)),
    ]

    def may_open(self, user: Any) -> bool:
        return may_open(user)

    def get_base_queryset(self) -> QuerySet[PageReview]:
        theirs = policy_registry.get_by_type(Page).instances_user_has_permission_for(self.request.user, "change")
        reviews = PageReview.objects.filter(page__live=True, page__in=correlated_keys(theirs, "page"))
        return reviews.select_related("page__locale", "page__owner", "responsible").order_by("due_on", "pk")


def review_state(review: PageReview) -> str:
    """Returns a label that says whether the review is due."""
    if review.is_overdue:
        return gettext("Overdue")
    return gettext("Due soon") if review.is_due else gettext("Up to date")


def recipient_name(review: PageReview) -> str:
    """Returns the name of the user who is reminded."""
    return get_user_display_name(review.recipient) if review.recipient else gettext("Nobody")
