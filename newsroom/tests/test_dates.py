"""The date follows the first publication unless someone has set it; within a day, lists follow publication."""

import datetime
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from iom.listing.tests.listed_articles import articles as listed
from iom.listing.tests.listed_articles import keys
from iom.tests.addresses import NEWS
from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body
from iom.translation.tests.joint import Clock, ask_to_publish, english, marked_article, translate
from iom.users.models import User
from newsroom import dates
from newsroom.importing import writer
from newsroom.models import NewsArticle, NewsIndex
from newsroom.release import PressRelease
from newsroom.tests.test_article_form import written

ZURICH = ZoneInfo("Europe/Zurich")
TODAY = datetime.datetime(2031, 6, 4, 14, 30, tzinfo=ZURICH)


@pytest.fixture
def clock(monkeypatch, db):
    clock = Clock(monkeypatch)
    clock.now = TODAY
    return clock


def draft(**fields):
    article = ArticleFactory(**{"live": False, "date": None} | fields)
    article.save_revision(user=User.objects.get(email="officer@example.org"))
    return NewsArticle.objects.get(pk=article.pk)


def publish(article):
    NewsArticle.objects.get(pk=article.pk).get_latest_revision().publish()
    return date_of(article)


def date_of(article):
    return NewsArticle.objects.get(pk=article.pk).date


fields_of_form = partial(written, date="")


# Every way to go live


def test_a_scheduled_article_has_the_moment_of_its_publication(clock):
    article = draft()
    article.go_live_at = due = TODAY + timedelta(hours=18, minutes=30)  # tomorrow at nine
    article.save_revision().publish()
    assert date_of(article) is None
    clock.now = due + timedelta(seconds=2)

    call_command("publish_scheduled", verbosity=0)

    assert date_of(article) == clock.now


@pytest.mark.parametrize(
    ("written", "expected"), [("", TODAY), ("2031-01-15 09:00", datetime.datetime(2031, 1, 15, 9, tzinfo=ZURICH))]
)
def test_published_in_the_editor(clock, sign_in, written, expected):
    index = NewsIndex.objects.get(locale__language_code="fr")
    address = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", index.pk])
    client = sign_in("officer")
    client.post(address, fields_of_form(date=written))
    article = NewsArticle.objects.get(slug="un-titre")
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    client.post(edit, fields_of_form(date=written) | {"action-publish": "action-publish"})

    assert NewsArticle.objects.get(pk=article.pk).live
    assert date_of(article) == expected


def test_a_draft_does_not_wait_for_a_date(clock, sign_in):
    index = NewsIndex.objects.get(locale__language_code="fr")
    address = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", index.pk])
    sign_in("officer").post(address, fields_of_form())
    form = sign_in("officer").get(
        reverse("wagtailadmin_pages:edit", args=[NewsArticle.objects.get(slug="un-titre").pk])
    )

    assert form.context["form"]["date"].value() is None


def test_published_in_bulk(clock, sign_in):
    articles = [draft(), draft()]
    clock(hours=2)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sign_in("editor").post(
        f"{address}?{'&'.join(f'id={article.pk}' for article in articles)}", {"include_descendants": ""}
    )

    assert [date_of(article) for article in articles] == [clock.now, clock.now]


def test_published_by_a_workflow(clock, sign_in):
    article = draft()
    article.get_workflow().start(article, User.objects.get(email="officer@example.org"))
    task = TaskState.objects.get(workflow_state__object_id=str(article.pk), status="in_progress")
    clock(days=1)
    sign_in("editor").post(
        reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk]), {"comment": ""}
    )

    assert date_of(article) == clock.now


def test_published_in_both_languages_together(clock):
    article = marked_article()
    NewsArticle.objects.filter(pk=article.pk).update(date=None)
    ask_to_publish(NewsArticle.objects.get(pk=article.pk))
    clock(days=1)
    translate(article)

    assert Page.objects.get(pk=article.pk).live
    assert date_of(article) == clock.now == date_of(english(article).page)


def test_a_translation_has_the_date_of_its_original(clock):
    article = draft(title="Zibeline", body=body("Un."))
    publish(article)
    clock(days=3)
    translate(article)

    assert english(article).page.live
    assert date_of(article) == TODAY == date_of(english(article).page)


def test_put_live_by_a_script(clock):
    index = NewsIndex.objects.get(locale__language_code="fr")
    article = index.add_child(instance=NewsArticle(title="D’un script", locale=index.locale))

    assert date_of(article) == TODAY


# What was set stays


def test_a_date_that_someone_has_set_stays(clock):
    moment = TODAY - timedelta(days=30, hours=3)

    assert publish(draft(date=moment)) == moment


def test_an_article_that_is_published_again_keeps_its_date_and_shows_it_in_the_editor(clock, sign_in):
    article = draft()
    publish(article)
    clock(days=5)
    update = NewsArticle.objects.get(pk=article.pk)
    update.title, update.date = "Nouveau titre", None  # a draft begun before the first publication
    update.save_revision()
    form = sign_in("officer").get(reverse("wagtailadmin_pages:edit", args=[article.pk])).context["form"]

    assert form.instance.date == TODAY
    assert publish(article) == TODAY


def test_unpublished_and_published_again_it_keeps_its_date(clock):
    article = draft()
    publish(article)
    NewsArticle.objects.get(pk=article.pk).unpublish()
    clock(days=5)

    assert publish(article) == TODAY


def test_a_copy_is_another_text(clock):
    article = ArticleFactory(date=TODAY - timedelta(days=300))
    copy = article.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False)

    assert date_of(copy) is None
    assert publish(copy) == TODAY


# Only the day is known


def order(*articles):
    """The titles of these articles in the order of the list."""
    locale = articles[0].locale
    asked = keys(articles)
    return [entry.title for entry in listed(locale) if entry.pk in asked]


def noon(days=0):
    return dates.noon(TODAY.date() - timedelta(days=days))


def test_an_import_of_the_day_stands_above_what_went_out_before(clock):
    before = draft(title="Avant")
    publish(before)
    imported = draft(title="Importé", date=noon())
    clock(hours=2)

    assert publish(imported) == clock.now
    clock(hours=1)
    after = draft(title="Après")
    publish(after)
    assert order(before, imported, after) == ["Après", "Importé", "Avant"]


def test_texts_of_an_earlier_day_stand_in_the_order_of_their_publication(clock):
    afternoon = draft(title="15 h", date=noon(days=10) + timedelta(hours=3))
    evening = draft(title="23 h", date=noon(days=10) + timedelta(hours=11))
    first, second, next_day = (
        draft(title="Premier", date=noon(days=10)),
        draft(title="Second", date=noon(days=10)),
        draft(title="Lendemain", date=noon(days=9) - timedelta(hours=12)),
    )
    for article in (second, next_day, evening, first, afternoon):
        publish(article)
        clock(minutes=5)

    assert date_of(first) == noon(days=10), "readers are told the day, and no hour that nobody knows"
    assert order(first, second, afternoon, evening, next_day) == ["Lendemain", "Premier", "Second", "23 h", "15 h"]


def test_a_century_of_texts_stays_within_its_day():
    day = datetime.date(1951, 12, 5)
    end = dates.noon(day) + timedelta(hours=12)
    for published in (end, end + timedelta(days=365 * 150), end - timedelta(hours=1), end - timedelta(days=3)):
        place = dates.place_in_lists(dates.noon(day), published)
        assert dates.day_of(place) == day
    assert dates.place_in_lists(dates.noon(day), end) < dates.place_in_lists(
        dates.noon(day), end + timedelta(minutes=1)
    )


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"])
def test_the_day_of_an_import_is_that_of_its_text_wherever_the_importer_is(clock, zone):
    index = NewsIndex.objects.get(locale__language_code="fr")
    release = PressRelease(title="Un titre", locale="fr", date=datetime.date(2001, 5, 4))
    with timezone.override(zone):
        article = writer.write_draft(release, index, User.objects.get(email="officer@example.org"))

    assert date_of(article) == datetime.datetime(2001, 5, 4, 12, tzinfo=ZURICH)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_feeds_and_lists_say_the_moment_of_publication(clock, visitor, language):
    index = NewsIndex.objects.get(locale__language_code=language)
    article = draft(language=language, locale=index.locale, title="Zibeline")
    clock(days=1)
    publish(article)

    feed = visitor.get(f"{NEWS[language]}json/").json()
    assert feed["items"][0]["title"] == "Zibeline"
    assert datetime.datetime.fromisoformat(feed["items"][0]["date_published"]) == clock.now
    assert visitor.get(NEWS[language]).context["articles"][0].pk == article.pk
    assert "Zibeline" in visitor.get("/news-sitemap.xml").content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_draft_without_a_date_is_previewed_in_both_languages(clock, language):
    index = NewsIndex.objects.get(locale__language_code=language)
    article = draft(language=language, locale=index.locale, title="Zibeline")

    shown = article.make_preview_request().content.decode()

    assert "Zibeline" in shown
    assert "datePublished" not in shown


def test_a_preview_shows_the_organizations_day_wherever_its_reader_is(clock):
    article = draft(date=dates.noon(datetime.date(2016, 3, 1)))
    with timezone.override("Pacific/Kiritimati"):
        answer = article.make_preview_request()

    assert 'datetime="2016-03-01"' in answer.content.decode()
