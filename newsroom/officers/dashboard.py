"""The panels of press officers on the dashboard. The number of queries does not depend on the number of articles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
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


def _mine(user: Any, times: Times) -> list[Any]:
    """What is not published yet, or not as it was last saved, and was begun or last saved by the user; not what is
    withdrawn."""
    theirs = originals.known_to(user).filter(Q(owner=user) | Q(latest_revision__user=user)).exclude(pk__in=times)
    rows = originals.for_rows(originals.unfinished(theirs).order_by("-latest_revision"))
    return list(rows.filter(is_withdrawn=False)[:SHOWN])


def _scheduled(user: Any, times: Times) -> list[Any]:
    """The next first; at the end what waits for its translation without a time."""
    known = set(originals.known_to(user).filter(pk__in=times).values_list("pk", flat=True))
    last = datetime.max.replace(tzinfo=UTC)
    keys = sorted(known, key=lambda key: (times[key] or last, key))[:SHOWN]
    return sorted(originals.for_rows(NewsArticle.objects.filter(pk__in=keys)), key=lambda one: keys.index(one.pk))


def _published_today(user: Any, times: Times) -> list[Any]:
    """For the first time, on this day in the user's time zone. The index has the dates of the last publications."""
    begin = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = originals.known_to(user).filter(live=True, last_published_at__gte=begin, first_published_at__gte=begin)
    return list(originals.for_rows(today.order_by("-last_published_at", "-pk"))[:SHOWN])


@dataclass(frozen=True)
class Section:
    """A panel of articles: what it is called, its part of the list of articles, and which they are."""

    name: str
    heading: Promise
    more: str
    order: int
    articles: Callable[[Any, Times], list[Any]]
    with_translations: bool = False
    with_calendar: bool = False


SECTIONS = [
    Section("officers-mine", _("My drafts"), "", 110, _mine),
    Section("officers-scheduled", _("Scheduled"), "state=scheduled", 130, _scheduled, with_calendar=True),
    Section("officers-today", _("Published today"), "", 140, _published_today, with_translations=True),
]


class ArticlesPanel(TablePanel):
    def __init__(self, section: Section, times: Times) -> None:
        self.section, self.name, self.heading = section, section.name, section.heading
        self.order, self.times = section.order, times

    @property
    def links(self) -> list[tuple[str, str]]:
        query = f"?{self.section.more}" if self.section.more else ""
        calendar = [(reverse("newsroom_calendar"), gettext("Open the calendar"))] if self.section.with_calendar else []
        return [(reverse("newsroom_articles") + query, gettext("Open the list of articles")), *calendar]

    def columns(self) -> list[Column]:
        translation = TranslationColumn("translation", label=_("Translation"), accessor="translation_lines")
        return [
            TITLE,
            LANGUAGE,
            StateColumn("state", label=_("State"), accessor="stand"),
            *([translation] if self.section.with_translations else []),
            PersonColumn("editor", label=_("Last edited"), accessor=last_edited),
        ]

    def rows(self, user: Any) -> list[Any]:
        articles = self.section.articles(user, self.times)
        originals.add_states(articles, self.times)
        if self.section.with_translations:
            listing.add_translation_lines(articles, user)
        return articles


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
    return [*button, problems, ReviewsPanel(), *(ArticlesPanel(section, times) for section in SECTIONS), *reads]
