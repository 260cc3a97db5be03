"""The dashboard panels of press officers. The number of queries does not depend on the number of articles."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.models import Page, TaskState

from iom.reads import reading
from iom.screens import Panel
from iom.translation.desk import listing
from iom.translation.desk.explorer import TranslationColumn
from newsroom.models import NewsArticle
from newsroom.officers import originals
from newsroom.officers.listing import StateColumn, add_article_url, last_edited, may_open
from newsroom.officers.problems import get_problems
from newsroom.officers.reads import MostReadPanel
from newsroom.officers.tables import LANGUAGE, TITLE, PersonColumn, TablePanel

MAX_ROWS = 10

Times = dict[int, datetime | None]


class ArticlesPanel(TablePanel):
    """A table of articles with their states. `times` is the result of `originals.scheduled_times`."""

    more = ""  # the query string with which the list of articles shows the same articles
    with_translations = False

    def __init__(self, times: Times) -> None:
        self.times = times

    def articles(self, user: Any) -> list[Any]:
        raise NotImplementedError

    @property
    def links(self) -> list[tuple[str, str]]:
        return [(reverse("newsroom_articles") + self.more, gettext("Open the list of articles"))]

    def columns(self) -> list[Column]:
        translation = TranslationColumn("translation", label=_("Translation"), accessor="translation_lines")
        return [
            TITLE,
            LANGUAGE,
            StateColumn("state", label=_("State"), accessor="status"),
            *([translation] if self.with_translations else []),
            PersonColumn("editor", label=_("Last edited"), accessor=last_edited),
        ]

    def rows(self, user: Any) -> list[Any]:
        articles = self.articles(user)
        originals.add_statuses(articles, self.times)
        if self.with_translations:
            listing.add_translation_lines(articles, user)
        return articles


class DraftsPanel(ArticlesPanel):
    """Articles with unpublished changes that the user owns or saved last, without withdrawn articles."""

    name = "officers-mine"
    heading = _("My drafts")
    order = 110

    def articles(self, user: Any) -> list[Any]:
        theirs = originals.explorable_by(user).filter(Q(owner=user) | Q(latest_revision__user=user))
        unfinished = originals.unfinished(theirs.exclude(pk__in=self.times))
        rows = originals.prefetch_for_listing(unfinished.order_by("-latest_revision"))
        return list(rows.filter(is_withdrawn=False)[:MAX_ROWS])


class ScheduledPanel(ArticlesPanel):
    """Scheduled articles, the next first; at the end those without a time, which wait for their translation."""

    name = "officers-scheduled"
    heading = _("Scheduled")
    order = 130
    more = "?state=scheduled"

    @property
    def links(self) -> list[tuple[str, str]]:
        return [*super().links, (reverse("newsroom_calendar"), gettext("Open the calendar"))]

    def articles(self, user: Any) -> list[Any]:
        known = originals.explorable_by(user).filter(pk__in=self.times).values_list("pk", flat=True)
        last = datetime.max.replace(tzinfo=UTC)
        keys = sorted(known, key=lambda key: (self.times[key] or last, key))[:MAX_ROWS]
        return sorted(
            originals.prefetch_for_listing(NewsArticle.objects.filter(pk__in=keys)), key=lambda one: keys.index(one.pk)
        )


class PublishedTodayPanel(ArticlesPanel):
    """Articles first published today, in the user's time zone. `last_published_at` is compared too, for its index."""

    name = "officers-today"
    heading = _("Published today")
    order = 140
    with_translations = True

    def articles(self, user: Any) -> list[Any]:
        begin = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        today = originals.explorable_by(user).filter(
            live=True, last_published_at__gte=begin, first_published_at__gte=begin
        )
        return list(originals.prefetch_for_listing(today.order_by("-last_published_at", "-pk"))[:MAX_ROWS])


def _submission(page: Any) -> tuple[Any, Any]:
    return page.review.workflow_state.requested_by, page.review.started_at


class ReviewsPanel(TablePanel):
    """Texts that wait for the user's review, the oldest first. Wagtail's own panel has several queries per text."""

    name = "officers-reviews"
    heading = _("Waiting for your review")
    order = 97  # before the panel of the user's own drafts

    def columns(self) -> list[Column]:
        task = Column("task", label=_("Task"), accessor="review.task.name")
        return [TITLE, LANGUAGE, task, PersonColumn("by", label=_("Submitted by"), accessor=_submission)]

    def rows(self, user: Any) -> list[Any]:
        states = TaskState.objects.reviewable_by(user).select_related("task", "workflow_state__requested_by")
        states = states.order_by("started_at", "pk")[:MAX_ROWS]
        reviews = {int(state.workflow_state.object_id): state for state in states}
        pages = Page.objects.select_related("locale").in_bulk(reviews)
        for key, page in pages.items():
            page.review = reviews[key]
        return [pages[key] for key in reviews if key in pages]


def panels_for(user: Any) -> list[Component]:
    """Returns the panels for a user who writes originals, with the button for a new press release on top; no panels
    for others."""
    if not may_open(user):
        return []
    address = add_article_url(user)
    button = [Panel("new-press-release", "newsroom/officers/new.html", 10, address=address)] if address else []
    problems = Panel("officers-problems", "newsroom/officers/problems.html", 95, problems=get_problems(user))
    times = originals.scheduled_times()
    reads = [MostReadPanel()] if reading.is_counted() else []
    articles = DraftsPanel(times), ScheduledPanel(times), PublishedTodayPanel(times)
    return [*button, problems, ReviewsPanel(), *articles, *reads]
