"""The calendar: entries of each day, permissions, navigation, number of queries."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from iom.contacts.models import Office
from iom.editorial.tests.test_bounded_listings import measures_that_grow, steps
from iom.tests.addresses import LANGUAGES
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.translation.tests.test_desk import user
from newsroom.models import ArticleCountry, NewsArticle
from newsroom.officers import originals
from newsroom.officers.calendar import CalendarFilterSet
from newsroom.officers.periods import Period, Scale
from newsroom.officers.tests.test_listing import CREATORS, draft, get_queries, published, scheduled

pytestmark = pytest.mark.django_db
BUDGET = 24
DAY = date(2031, 3, 12)  # a Wednesday on which the demonstration has nothing


def address(**query):
    return reverse("newsroom_calendar", query={"day": DAY.isoformat()} | query)


def at(day=DAY, hour=9, minute=30):
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, hour, minute))


def shown(client, language="en", **query):
    """The text of each day that has entries."""
    answer = client.get(address(**query), headers={"accept-language": language})
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser")
    days = {
        cell.time["datetime"]: " ".join(cell.ul.text.split())
        for cell in found.select(".calendar__day")
        if cell.select_one(".calendar-entry")
    }
    lists = {
        one.h3["id"].removeprefix("day-"): " ".join(one.ul.text.split()) for one in found.select(".calendar-list")
    }
    return days | lists


def planned(title="Un zirconium", when=None, **values):
    """A draft whose date was entered after its first save."""
    article = ArticleFactory(title=title, live=False, **values)
    article.date = when or at()
    article.save_revision(user=user("officer"))
    return article


@pytest.mark.parametrize("view", Scale.values)
def test_drafts_scheduled_and_published_texts_of_both_languages_stand_on_their_days(sign_in, view):
    planned("Un brouillon", at(hour=9))
    coming = ArticleFactory(title="Un embargo", live=False, go_live_at=at(hour=14))
    coming.save_revision(user=user("officer")).publish(user=user("officer"))
    published(title="A release", language="en", date=at(DAY + timedelta(days=1)))

    found = shown(sign_in("officer"), view=view)
    assert list(found) == [DAY.isoformat(), (DAY + timedelta(days=1)).isoformat()]
    today, tomorrow = found.values()
    assert today.index("09:30 Un brouillon") < today.index("14:30 Un embargo")
    assert "A release" in tomorrow
    if view != Scale.MONTH:
        assert "Draft" in today
        assert "Scheduled" in today
        assert "English To translate" in today


def test_the_state_is_said_in_words_in_the_month_too(sign_in):
    planned()
    found = BeautifulSoup(sign_in("officer").get(address(), headers={"accept-language": "fr"}).content, "html.parser")
    assert "Brouillon" in str(found.select_one(".calendar-entry"))
    assert found.select_one("table.calendar caption").text == "Mars 2031"


def test_a_draft_stands_at_the_date_of_its_latest_version_and_at_its_embargo_before_that(sign_in):
    article = planned(when=at(DAY - timedelta(days=3)))
    article.date = at(DAY)
    article.save_revision()
    client = sign_in("officer")
    assert list(shown(client)) == [DAY.isoformat()]
    article.go_live_at = at(DAY + timedelta(days=2))
    article.save_revision()
    assert list(shown(client)) == [(DAY + timedelta(days=2)).isoformat()]


def test_the_first_day_of_a_month_has_its_french_ending(sign_in):
    answer = sign_in("officer").get(address(), headers={"accept-language": "fr"})

    assert "samedi 1er mars 2031" in answer.content.decode()


def test_a_day_without_an_hour_shows_none(sign_in):
    planned(when=at(hour=12, minute=0))
    assert "12:00" not in shown(sign_in("officer"))[DAY.isoformat()]


def test_days_are_those_of_the_users_time_zone(sign_in):
    planned(when=at(hour=23, minute=30))
    profile = UserProfile.get_for_user(user("officer"))
    profile.current_time_zone = "Asia/Dhaka"
    profile.save()
    client = sign_in("officer")
    assert list(shown(client)) == [(DAY + timedelta(days=1)).isoformat()]
    assert "Dhaka" in client.get(address()).text


def test_changes_of_a_published_text_stand_at_both_times(sign_in):
    article = published(title="Un zirconium", date=at())
    article.go_live_at = at(DAY + timedelta(days=2))
    article.save_revision(user=user("officer")).publish(user=user("officer"))
    assert list(shown(sign_in("officer"))) == [DAY.isoformat(), (DAY + timedelta(days=2)).isoformat()]


def test_filters_choose_by_office_type_country_and_language_and_stay_on_the_way(sign_in):
    office, client = OfficeFactory(), sign_in("officer")
    here = planned("Un zirconium", kind="speech", office=office)
    ArticleCountry.objects.create(article=here, country="JO")
    here.refresh_from_db()
    here.save_revision()
    planned("A zirconium", language="en")
    for query in ({"office": office.pk}, {"kind": "speech"}, {"country": "JO"}, {"locale": "fr"}):
        found = shown(client, **query)[DAY.isoformat()]
        assert "Un zirconium" in found, query
        assert "A zirconium" not in found, query
        links = BeautifulSoup(client.get(address(**query)).content, "html.parser").select(".calendar-bar a")
        name, value = next(iter(query.items()))
        assert all(f"{name}={value}" in link["href"] for link in links)


@pytest.mark.parametrize(("view", "more"), [("month", "6 more"), ("list", "2 more"), ("week", None)])
def test_entries_without_room_are_counted_and_found_in_the_list(sign_in, view, more):
    for hour in range(10):
        planned(f"Zirconium {hour}", at(hour=hour))
    client = sign_in("officer")
    page = BeautifulSoup(client.get(address(view=view), headers={"accept-language": "en"}).content, "html.parser")
    link = page.find("a", string=re.compile(r"\d more"))
    assert (link and link.text) == more
    if link:
        listed = client.get(link["href"]).context["object_list"]
        assert {f"Zirconium {hour}" for hour in range(10)} == {article.title for article in listed}


@pytest.mark.parametrize(("language", "first"), [("fr", date(2031, 3, 10)), ("en", date(2031, 3, 10))])
def test_a_week_begins_as_the_site_writes_dates(language, first):
    with translation.override(language):
        assert Period(Scale.WEEK, DAY).first == first


@pytest.mark.parametrize(
    ("language", "day", "name"),
    [
        ("fr", date(2027, 2, 3), "1er–7 févr. 2027"),
        ("fr", date(2026, 11, 26), "23–29 nov. 2026"),
        ("fr", date(2027, 8, 31), "30 août – 5 sept. 2027"),
        ("fr", date(2026, 7, 31), "27 juil. – 2 août 2026"),
        ("fr", date(2028, 4, 26), "24–30 avr. 2028"),
        ("fr", date(2027, 8, 1), "26 juil. – 1er août 2027"),
        ("en", date(2027, 2, 3), "1–7 Feb 2027"),
    ],
)
def test_a_week_is_named_by_its_days_as_the_language_writes_them(language, day, name):
    with translation.override(language):
        assert Period(Scale.WEEK, day).name.replace("\u2009", " ") == name


@pytest.mark.parametrize("scale", Scale)
def test_one_period_follows_the_other_without_a_gap(scale):
    period = Period(scale, date(2027, 12, 30))
    for _step in range(30):
        following = Period(scale, period.next)
        assert following.first == period.next
        assert Period(scale, following.previous).first == period.first
        assert len(period.days) % 7 == 0 or scale == Scale.LIST
        assert set(period.days) >= {period.first, period.next - timedelta(days=1)}
        period = following


@pytest.mark.parametrize(
    "query", [{"day": "x"}, {"day": "0001-01-01"}, {"view": "x"}, {"office": "x"}, {"country": "?"}]
)
def test_an_unknown_value_is_no_error(sign_in, query):
    assert sign_in("officer").get(address(**query)).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_translators_have_no_calendar(sign_in, language):
    assert sign_in(f"translator.{language}").get(address()).status_code == 302


def test_the_calendar_keeps_its_budget(sign_in):
    clients = {account: sign_in(account) for account in ("officer", "editor", "admin")}
    screens = [(account, reverse("newsroom_calendar", query={"view": view})) for account in clients for view in Scale]
    write_one_of_each_state("un")
    few = {(account, here): get_queries(clients[account], here) for account, here in screens}
    assert {screen: queries for screen, queries in few.items() if len(queries) > BUDGET} == {}
    for title in ("deux", "trois"):
        write_one_of_each_state(title)
    assert [one for one in screens if len(get_queries(clients[one[0]], one[1])) != len(few[one])] == []


def write_one_of_each_state(title):
    for act in CREATORS.values():
        act(title=title, office=Office.objects.first(), date=timezone.now())


@pytest.mark.sqlite
def test_ten_times_as_many_articles_take_no_more_of_the_database(sign_in):
    """Measured on an empty month, since the entries that are shown have a cost of their own."""
    assert measures_that_grow({"calendar": partial(steps, sign_in("officer"), address())}) == {}


def test_a_draft_is_listed_as_its_latest_version_says_and_readers_pages_are_as_before(sign_in):
    """The row of the page is as old as the first save of the draft."""
    office = OfficeFactory()
    article = draft(title="Un zirconium")
    article.kind, article.office = "speech", office
    article.countries = [ArticleCountry(country="JO"), ArticleCountry(country="TD")]
    article.save_revision()
    client = sign_in("officer")
    listed = reverse("newsroom_articles", query={"kind": "speech", "country": "JO", "office": office.pk})
    assert [one.pk for one in client.get(listed).context["object_list"]] == [article.pk]

    article = NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object()
    article.countries = [row for row in article.countries.all() if row.country.code == "TD"]
    revision = article.save_revision()
    codes = ArticleCountry.objects.filter(article=article).values_list("country", flat=True)
    assert list(codes) == ["TD"]
    revision.publish()
    assert list(codes.all()) == ["TD"]


def test_what_is_published_stays_as_it_is_while_a_draft_says_something_else():
    article = published(title="Un zirconium", kind="news")
    article.kind = "speech"
    article.save_revision()
    assert NewsArticle.objects.get(pk=article.pk).kind == "news"


def test_what_is_scheduled_is_in_the_calendar_of_its_month(sign_in):
    article = scheduled(title="Un zirconium")
    day = timezone.localdate(article.go_live_at)
    assert "Un zirconium" in shown(sign_in("officer"), day=day.isoformat())[day.isoformat()]


@pytest.mark.sqlite
def test_articles_of_a_country_are_read_by_their_date_and_not_all_of_the_country():
    articles = CalendarFilterSet({"country": "CO"}, queryset=originals.explorable_by(user("officer"))).qs
    plan = articles.filter(sort_date__gte=at(), sort_date__lt=at() + timedelta(days=7)).explain()
    assert "SEARCH newsroom_newsarticle USING" in plan
    assert "(sort_date>? AND sort_date<?)" in plan
