"""The calendar of planned, scheduled and published articles, by month, by week, or as a list."""

from datetime import date
from typing import Any, NamedTuple

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_countries import countries
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import HeaderButton

from iom.screens import Crumb, Screen
from iom.translation.desk import listing
from newsroom.kinds import Kind
from newsroom.models import ArticleCountry, NewsArticle
from newsroom.officers import originals
from newsroom.officers.calendar_entries import STATE_ICONS, CalendarEntry, entries_by_day
from newsroom.officers.filters import NewsroomFilterSet
from newsroom.officers.listing import add_article_buttons, may_open
from newsroom.officers.originals import State
from newsroom.officers.periods import Period, Scale, parse_day, weekday_names

# Entries of one day; the day links to the list of articles for the rest.
MAX_ENTRIES_PER_DAY = {Scale.MONTH: 4, Scale.WEEK: 20, Scale.LIST: 8}


class CalendarFilterSet(NewsroomFilterSet):
    """The filters of the list of articles, each with one choice, without date, state, translation and editor."""

    kind = django_filters.ChoiceFilter(label=_("Type"), choices=Kind.choices)
    country = django_filters.ChoiceFilter(label=_("Country"), choices=countries, method="filter_country")
    sort_date = state = translation = editor = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            each.extra["empty_label"] = _("All")

    def filter_country(self, articles: QuerySet[NewsArticle], name: str, value: str) -> QuerySet[NewsArticle]:
        """Tests each article of the period with EXISTS. With a join, SQLite reads all articles of the country."""
        return articles.filter(Exists(ArticleCountry.objects.filter(article=OuterRef("pk"), country=value)))


class CalendarDay(NamedTuple):
    """A day with its entries. `more` is the number of entries left out; `address` is the list of all of them."""

    day: date
    is_today: bool
    is_outside: bool  # it belongs to another month than the one shown
    entries: list[CalendarEntry]
    more: int
    address: str


class CalendarView(Screen, TemplateView):
    template_name = "newsroom/officers/calendar.html"
    page_title = _("Calendar")
    header_icon = "calendar-alt"

    def may_open(self, user: Any) -> bool:
        return may_open(user)

    def parent_crumbs(self) -> list[Crumb]:
        return [{"url": reverse("newsroom_articles"), "label": _("Newsroom")}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return add_article_buttons(self.request.user)

    @cached_property
    def filters(self) -> WagtailFilterSet:
        articles = originals.explorable_by(self.request.user)
        return CalendarFilterSet(self.request.GET, queryset=articles, request=self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, day = (self.request.GET.get(name, "") for name in ("view", "day"))
        period = Period(Scale(name) if name in Scale.values else Scale.MONTH, parse_day(day))
        days = self.get_days(period)
        return super().get_context_data(**kwargs) | {
            "period": period,
            "scales": [(scale, self.url_with(view=scale.value)) for scale in Scale],
            "previous": self.url_with(day=period.previous.isoformat()),
            "next": self.url_with(day=period.next.isoformat()),
            "now": self.url_with(day=""),
            "headings": weekday_names(),
            "weeks": [[days[day] for day in week] for week in period.weeks] if period.scale != Scale.LIST else [],
            "listed": [day for day in days.values() if day.entries] if period.scale == Scale.LIST else [],
            "is_empty": not any(day.entries for day in days.values()),
            "filters": self.filters,
            "legend": [(state.label, STATE_ICONS[state]) for state in State],
        }

    def get_days(self, period: Period) -> dict[date, CalendarDay]:
        found = entries_by_day(self.filters.qs, period.days, MAX_ENTRIES_PER_DAY[period.scale])
        if period.scale != Scale.MONTH:
            articles = [entry.article for entries, _more in found.values() for entry in entries]
            listing.add_translation_lines(articles, self.request.user)
        today = timezone.localdate()
        return {day: self.build_day(day, period, today, *found.get(day, ([], 0))) for day in period.days}

    def build_day(
        self, day: date, period: Period, today: date, entries: list[CalendarEntry], more: int
    ) -> CalendarDay:
        is_outside = period.scale == Scale.MONTH and day.month != period.day.month
        query = self.active_filters()
        query.update({"sort_date_from": day.isoformat(), "sort_date_to": day.isoformat()})
        address = reverse("newsroom_articles", query=query)
        return CalendarDay(day, day == today, is_outside, entries, more, address)

    def active_filters(self) -> QueryDict:
        """Returns the filters that have a value."""
        query = QueryDict(mutable=True)
        names = self.filters.filters.keys() & self.request.GET.keys()
        query.update({name: self.request.GET[name] for name in sorted(names) if self.request.GET[name]})
        return query

    def url_with(self, **changed: str) -> str:
        """Returns the address of the calendar with the same filters, view and day, except for `changed`."""
        query = self.active_filters()
        same = {name: self.request.GET.get(name, "") for name in ("view", "day")}
        query.update({name: value for name, value in (same | changed).items() if value})
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path
