"""The calendar of articles: planned, scheduled and published, by month, by week, or as a list."""

from datetime import date
from typing import Any, NamedTuple

import django_filters
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import HeaderButton

from iom.screens import Crumb, Screen
from iom.translation.desk import listing
from newsroom.kinds import Kind
from newsroom.officers import originals, planned
from newsroom.officers.filters import NewsroomFilterSet
from newsroom.officers.listing import buttons_of_new, may_open
from newsroom.officers.originals import State
from newsroom.officers.periods import Period, Scale, day_named, names_of_days

SHOWN = {Scale.MONTH: 4, Scale.WEEK: 20, Scale.LIST: 8}  # of each day; the list of articles has the rest


class CalendarFilterSet(NewsroomFilterSet):
    """Those of the list of articles that concern what an article is, each a choice of one."""

    kind = django_filters.ChoiceFilter(label=_("Type"), choices=Kind.choices)
    sort_date = state = translation = editor = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            one.extra["empty_label"] = _("All")


class ShownDay(NamedTuple):
    """`more`: how many articles have no room here, and `address`, where all are."""

    day: date
    is_today: bool
    is_outside: bool  # of another month
    entries: list[planned.Entry]
    more: int
    address: str


class CalendarView(Screen, TemplateView):
    template_name = "newsroom/officers/calendar.html"
    page_title = _("Calendar")
    header_icon = "calendar-alt"

    def may_open(self, user: Any) -> bool:
        return may_open(user)

    def above(self) -> list[Crumb]:
        return [{"url": reverse("newsroom_articles"), "label": _("Newsroom")}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return buttons_of_new(self.request.user)

    @cached_property
    def filters(self) -> WagtailFilterSet:
        articles = originals.known_to(self.request.user)
        return CalendarFilterSet(self.request.GET, queryset=articles, request=self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, day = (self.request.GET.get(name, "") for name in ("view", "day"))
        period = Period(Scale(name) if name in Scale.values else Scale.MONTH, day_named(day))
        days = self.shown_days(period)
        return super().get_context_data(**kwargs) | {
            "period": period,
            "scales": [(scale, self.address(view=scale.value)) for scale in Scale],
            "previous": self.address(day=period.previous.isoformat()),
            "next": self.address(day=period.next.isoformat()),
            "now": self.address(day=""),
            "today": timezone.localdate(),
            "headings": names_of_days(),
            "weeks": [[days[day] for day in week] for week in period.weeks] if period.scale != Scale.LIST else [],
            "listed": [day for day in days.values() if day.entries] if period.scale == Scale.LIST else [],
            "is_empty": not any(day.entries for day in days.values()),
            "filters": self.filters,
            "legend": [(state.label, planned.ICONS[state]) for state in State],
        }

    def shown_days(self, period: Period) -> dict[date, ShownDay]:
        found = planned.by_day(self.filters.qs, period.days, SHOWN[period.scale])
        if period.scale != Scale.MONTH:
            articles = [entry.article for entries, _more in found.values() for entry in entries]
            listing.add_translation_lines(articles, self.request.user)
        today = timezone.localdate()
        return {day: self.shown_day(day, period, today, *found.get(day, ([], 0))) for day in period.days}

    def shown_day(self, day: date, period: Period, today: date, entries: list[planned.Entry], more: int) -> ShownDay:
        is_outside = period.scale == Scale.MONTH and day.month != period.day.month
        chosen = self.chosen()
        chosen.update({"sort_date_from": day.isoformat(), "sort_date_to": day.isoformat()})
        address = f"{reverse('newsroom_articles')}?{chosen.urlencode()}"
        return ShownDay(day, day == today, is_outside, entries, more, address)

    def chosen(self) -> QueryDict:
        """The filters that are set."""
        chosen = QueryDict(mutable=True)
        names = self.filters.filters.keys() & self.request.GET.keys()
        chosen.update({name: self.request.GET[name] for name in sorted(names) if self.request.GET[name]})
        return chosen

    def address(self, **changed: str) -> str:
        """Of the calendar with the same filters, view and day, but for what is changed."""
        query = self.chosen()
        same = {name: self.request.GET.get(name, "") for name in ("view", "day")}
        query.update({name: value for name, value in (same | changed).items() if value})
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path
