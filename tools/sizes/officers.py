"""The screens of officers and editors, collected from the code: menu, newsroom addresses, views, filters, orders.

Of each filter, values are measured that show as much in each database: values with at least a page of articles (of many
values, those with the fewest and the most articles), and values with none, for which a view could read all articles.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_filters.fields import DateRangeField
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import SubmenuMenuItem, admin_menu

from iom.contacts.models import Office, OfficeStaff
from iom.users.models import User
from newsroom.officers import originals
from newsroom.officers.calendar import CalendarFilterSet
from newsroom.officers.filters import NewsroomFilterSet
from newsroom.officers.hooks import URLS
from newsroom.officers.listing import COLUMNS, NewsroomView
from newsroom.officers.periods import Scale
from tools.sizes.screens import Screen

OF_ONE_OFFICE = "officer.of.one.office"  # beside the accounts of the demonstration
ACCOUNTS = ("officer", "editor", OF_ONE_OFFICE)
FEWEST = "the fewest"
MANY = 15  # values of a filter; of more, only three are measured
FULL = NewsroomView.paginate_by
LIST, CALENDAR = "newsroom_articles", "newsroom_calendar"
SEARCHES = ("migrants", "{rare}", "{rarest}", '"eau potable"')


def screens(placeholders: dict[str, Any]) -> Iterator[Screen]:
    """`placeholders`: the words of SEARCHES, and `most_read`, the key of an article."""
    for account in ACCOUNTS:
        user = _user(account)
        addresses = sorted({*_menu_addresses(user), *_newsroom_addresses(placeholders["most_read"])})
        yield from (Screen(f"{account}: {name}", address, account) for name, address in addresses)
        for scale in Scale.values:
            yield _screen(account, CALENDAR, {"view": scale})
        if account == "editor":
            continue  # sees the same articles as an officer of headquarters
        for name, query in _queries(user, placeholders):
            yield _screen(account, LIST, query, name)
        for name, query in _filters(CalendarFilterSet, user):
            if not name.endswith(FEWEST):  # the calendar shows a month, in which it has nothing
                yield _screen(account, CALENDAR, query, name)


def _user(account: str) -> User:
    email = f"{account}@example.org"
    if account != OF_ONE_OFFICE:
        return User.objects.get(email=email)
    user, is_new = User.objects.get_or_create(email=email)
    if is_new:
        user.groups.set(User.objects.get(email="officer@example.org").groups.all())
        OfficeStaff.objects.create(user=user, office=Office.objects.exclude(parent=None).order_by("pk")[0])
    return user


def _screen(account: str, view: str, query: dict[str, Any], name: str = "") -> Screen:
    address = reverse(view)
    name = f"{account}: {_label(address)}, {name or urlencode(query)}"
    return Screen(name, f"{address}?{urlencode(query)}", account)


def _label(address: str) -> str:
    """Returns the address without the prefix of the admin."""
    return address.removeprefix(reverse("wagtailadmin_home")).strip("/") or "dashboard"


def _menu_addresses(user: User) -> Iterator[tuple[str, str]]:
    """Yields label and address of the dashboard and of the menu items within the admin."""
    request = RequestFactory().get("/")
    request.user = user
    home = reverse("wagtailadmin_home")
    yield _label(home), home

    def addresses(menu: Any) -> Iterator[str]:
        for item in menu.menu_items_for_request(request):
            yield from addresses(item.menu) if isinstance(item, SubmenuMenuItem) else [item.url]

    yield from ((_label(address), address) for address in addresses(admin_menu) if address.startswith(home))


def _newsroom_addresses(article: int) -> Iterator[tuple[str, str]]:
    for one in URLS:
        address = reverse(f"{one.name}", args=[article] if one.pattern.converters else [])
        yield _label(address.replace(f"/{article}/", "/…/")), address


def _queries(user: User, placeholders: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields label and query parameters of the list of articles: searches, orders, a page, filters."""
    for search in SEARCHES:
        query = {"q": search.format(**placeholders)}
        yield f"search: {search}", query
        yield f"search: {search}, published", {**query, "state": originals.State.PUBLISHED.value}
    for column in COLUMNS:
        if column.sort_key:
            yield f"by {column.sort_key}", {"ordering": column.sort_key}
            yield f"by {column.sort_key}, the last first", {"ordering": f"-{column.sort_key}"}
    yield "page 30", {"p": 30}
    yield from _filters(NewsroomFilterSet, user)


def _filters(filters: type[WagtailFilterSet], user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    request = RequestFactory().get("/")
    request.user = user
    articles = originals.explorable_by(user)
    for name, field in filters({}, queryset=articles, request=request).form.fields.items():
        if isinstance(field, DateRangeField):
            end = timezone.now() - timedelta(days=2 * 365)
            latest = articles.filter(**{f"{name}__lt": end}).order_by(f"-{name}").values_list(name, flat=True)[:FULL]
            first, last = (timezone.localdate(moment) for moment in (list(latest)[-1], latest[0]))
            yield f"{name}: two years ago", {f"{name}_from": first, f"{name}_to": last}
            continue
        numbers = {}
        for value in filter(None, _values(field)):
            found = filters({name: value}, queryset=articles, request=request).qs
            numbers[value] = found.order_by().values("pk").count()
        yield from ((f"{name}: {label}", {name: value}) for label, value in _choose_values(numbers))


def _values(field: Any) -> Iterator[str]:
    for value, label in field.choices:
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        yield from (str(one) for one, _label in inner)


def _choose_values(numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Yields the label and the value of each filter value to measure."""
    full = [value for value, number in numbers.items() if number >= FULL]
    empty = [value for value, number in numbers.items() if not number]
    if len(numbers) <= MANY:
        yield from ((value, value) for value in full)
        yield from ((f"{value}, none", value) for value in empty)
        return
    if full:
        yield FEWEST, min(full, key=lambda value: numbers[value])
        yield "the most", max(full, key=lambda value: numbers[value])
    if empty:
        yield "none", empty[0]
