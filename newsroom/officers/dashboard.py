"""The panels of press officers on the dashboard. The number of queries does not depend on the number of articles."""

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
from newsroom.officers.listing import StateColumn, address_of_new, last_edited, may_open
from newsroom.officers.problems import problems_of
from newsroom.officers.reads import MostReadPanel
from newsroom.officers.tables import LANGUAGE, TITLE, PersonColumn, TablePanel

SHOWN = 10


Times = dict[int, datetime | None]


class ArticlesPanel(TablePanel):
    """Articles with their states. `times`: those of `originals.scheduled`."""

    more = ""  # their part of the list of articles
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
            StateColumn("state", label=_("State"), accessor="stand"),
            *([translation] if self.with_translations else []),
            PersonColumn("editor", label=_("Last edited"), accessor=last_edited),
        ]

    def rows(self, user: Any) -> list[Any]:
        articles = self.articles(user)
        originals.add_states(articles, self.times)
        if self.with_translations:
            listing.add_translation_lines(articles, user)
        return articles


class DraftsPanel(ArticlesPanel):
    """What is not published yet, or not as it was last saved, and was begun or last saved by the user; not what is
    withdrawn."""

    name = "officers-mine"
    heading = _("My drafts")
    order = 110

    def articles(self, user: Any) -> list[Any]:
        theirs = originals.known_to(user).filter(Q(owner=user) | Q(latest_revision__user=user))
        unfinished = originals.unfinished(theirs.exclude(pk__in=self.times))
        rows = originals.for_rows(unfinished.order_by("-latest_revision"))
        return list(rows.filter(is_withdrawn=False)[:SHOWN])


class ScheduledPanel(ArticlesPanel):
    """The next first; at the end what waits for its translation without a time."""

    name = "officers-scheduled"
    heading = _("Scheduled")
    order = 130
    more = "?state=scheduled"

    @property
    def links(self) -> list[tuple[str, str]]:
        return [*super().links, (reverse("newsroom_calendar"), gettext("Open the calendar"))]

    def articles(self, user: Any) -> list[Any]:
        known = originals.known_to(user).filter(pk__in=self.times).values_list("pk", flat=True)
        last = datetime.max.replace(tzinfo=UTC)
        keys = sorted(known, key=lambda key: (self.times[key] or last, key))[:SHOWN]
        return sorted(originals.for_rows(NewsArticle.objects.filter(pk__in=keys)), key=lambda one: keys.index(one.pk))


class PublishedTodayPanel(ArticlesPanel):
    """For the first time, on this day in the user's time zone. The index has the dates of the last publications."""

    name = "officers-today"
    heading = _("Published today")
    order = 140
    with_translations = True

    def articles(self, user: Any) -> list[Any]:
        begin = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        today = originals.known_to(user).filter(live=True, last_published_at__gte=begin, first_published_at__gte=begin)
        return list(originals.for_rows(today.order_by("-last_published_at", "-pk"))[:SHOWN])


def _submitted(page: Any) -> tuple[Any, Any]:
    return page.review.workflow_state.requested_by, page.review.started_at


class ReviewsPanel(TablePanel):
    """What waits for the user's review, the longest first; Wagtail's own panel asks several queries for each text."""

    name = "officers-reviews"
    heading = _("Waiting for your review")
    order = 97  # what waits for the user comes before what is theirs

    def columns(self) -> list[Column]:
        task = Column("task", label=_("Task"), accessor="review.task.name")
        return [TITLE, LANGUAGE, task, PersonColumn("by", label=_("Submitted by"), accessor=_submitted)]

    def rows(self, user: Any) -> list[Any]:
        states = TaskState.objects.reviewable_by(user).select_related("task", "workflow_state__requested_by")
        reviews = {int(one.workflow_state.object_id): one for one in states.order_by("started_at", "pk")[:SHOWN]}
        pages = Page.objects.select_related("locale").in_bulk(reviews)
        for key, page in pages.items():
            page.review = reviews[key]
        return [pages[key] for key in reviews if key in pages]


def panels_for(user: Any) -> list[Component]:
    """Those of whoever writes originals; none for others. Above all is the button for a new press release."""
    if not may_open(user):
        return []
    address = address_of_new(user)
    button = [Panel("new-press-release", "newsroom/officers/new.html", 10, address=address)] if address else []
    problems = Panel("officers-problems", "newsroom/officers/problems.html", 95, problems=problems_of(user))
    times = originals.scheduled()
    reads = [MostReadPanel()] if reading.is_counted() else []
    articles = DraftsPanel(times), ScheduledPanel(times), PublishedTodayPanel(times)
    return [*button, problems, ReviewsPanel(), *articles, *reads]
