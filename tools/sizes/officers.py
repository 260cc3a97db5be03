"""The screens of officers and editors, found in the code: their menu, the addresses of the newsroom, views, filters, orders.

Of each filter, the values are measured that show as much in each database: those with a page full of articles (of many
values, the one with the fewest articles and the one with the most), and those with none, for which all could be read.
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
MANY = 15  # values of a filter
FULL = NewsroomView.paginate_by
LIST, CALENDAR = "newsroom_articles", "newsroom_calendar"
SEARCHES = ("migrants", "{rare}", "{rarest}", '"eau potable"')


def screens(known: dict[str, Any]) -> Iterator[Screen]:
    """`known`: the words of SEARCHES, and `most_read`, the key of an article."""
    for account in ACCOUNTS:
        user = _user(account)
        addresses = sorted({*_in_menu(user), *_of_newsroom(known["most_read"])})
        yield from (Screen(f"{account}: {name}", address, account) for name, address in addresses)
        for scale in Scale.values:
            yield _screen(account, CALENDAR, {"view": scale})
        if account == "editor":
            continue  # who knows of the same articles as an officer of headquarters
        for name, query in _queries(user, known):
            yield _screen(account, LIST, query, name)
        for name, query in _filters(CalendarFilterSet, user):
            if not name.endswith(FEWEST):  # of a month, nothing
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
    name = f"{account}: {_said(address)}, {name or urlencode(query)}"
    return Screen(name, f"{address}?{urlencode(query)}", account)


def _said(address: str) -> str:
    """Without what all addresses begin with."""
    return address.removeprefix(reverse("wagtailadmin_home")).strip("/") or "dashboard"


def _in_menu(user: User) -> Iterator[tuple[str, str]]:
    """With the dashboard, without addresses elsewhere."""
    request = RequestFactory().get("/")
    request.user = user
    home = reverse("wagtailadmin_home")
    yield _said(home), home

    def addresses(menu: Any) -> Iterator[str]:
        for item in menu.menu_items_for_request(request):
            yield from addresses(item.menu) if isinstance(item, SubmenuMenuItem) else [item.url]

    yield from ((_said(address), address) for address in addresses(admin_menu) if address.startswith(home))


def _of_newsroom(article: int) -> Iterator[tuple[str, str]]:
    for one in URLS:
        address = reverse(f"{one.name}", args=[article] if one.pattern.converters else [])
        yield _said(address.replace(f"/{article}/", "/…/")), address


def _queries(user: User, known: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of the list of articles: by name, what its address asks for."""
    for search in SEARCHES:
        query = {"q": search.format(**known)}
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
    articles = originals.known_to(user)
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
        yield from ((f"{name}: {said}", {name: value}) for said, value in _chosen(numbers))


def _values(field: Any) -> Iterator[str]:
    for value, label in field.choices:
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        yield from (str(one) for one, _label in inner)


def _chosen(numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Values by what is said of them."""
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
