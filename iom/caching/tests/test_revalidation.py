"""A page that was cached before a change is served after it if, and only if, it would look the same.

`ROW_CHANGES=300` tries more changes of each table (5 by default).
"""

import os
import time
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, Page

from iom.caching import revalidation, triggers, version
from iom.caching.recording import _current, record_queries
from iom.caching.tests.readers import kept_addresses
from iom.caching.version import cached_per_version
from iom.contacts.models import Office
from iom.listing.models import Entry
from iom.navigation.tests.pairs import translate
from iom.publishing import jobs
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import ArticleFactory, SiteImageFactory, TopicFactory

pytestmark = pytest.mark.django_db

ROW_CHANGES = int(os.environ.get("ROW_CHANGES", "5"))
ADDRESSES = 10  # that are read for each table
SEED = 20261127
HOST = {"host": "www.example.org"}


@pytest.fixture
def old_article():
    return article("canada-25000-syrian-refugees", "fr")


def test_after_a_publication_elsewhere_an_article_is_not_rendered_again(site, another_process, old_article):
    site.get(old_article.url)
    site.get("/fr/")
    ArticleFactory(title="Ailleurs")
    again = site.get(old_article.url)
    assert (again.source, site.get(old_article.url).source) == ("revalidated", "hit")
    assert another_process.get(old_article.url).source == "hit"
    assert site.get("/fr/").source == "miss"
    assert "Ailleurs" in site.get("/fr/").text


def test_a_query_that_pages_share_is_repeated_once_for_each_version(site):
    addresses = [article(name, "fr").url for name in ("every-block", "canada-25000-syrian-refugees")]
    for address in addresses:
        site.get(address)
    ArticleFactory()
    asked = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert site.get(address).source == "revalidated"
        asked.append(len(queries))
    assert asked[1] <= 10 < asked[0]


def test_an_article_that_is_related_to_a_new_one_is_rendered_again(site):
    topic = TopicFactory()
    first = ArticleFactory(title="Première")
    first.topics = [first.topics.model(topic=topic)]
    first.save()
    site.get(first.url)
    second = ArticleFactory(title="Seconde")
    second.topics = [second.topics.model(topic=topic)]
    second.save()
    again = site.get(first.url)
    assert again.source == "miss"
    assert "Seconde" in again.text


def test_a_publication_changes_only_revalidated_tables():
    before = version.read_number()
    picture = SiteImageFactory(collection=Collection.get_first_root_node())
    text = ArticleFactory(lead_picture=picture, picture_alt="Une gare.", live=False)
    text.title = "Une gare"
    text.save_revision().publish()
    translate(text)
    jobs.run()
    after = version.read_number()
    assert after.changes != before.changes
    assert after.everywhere == before.everywhere


def test_a_change_that_may_show_everywhere_leaves_no_page(site, old_article):
    site.get(old_article.url)
    Office.objects.update(phone="+41 22 717 91 11")
    assert site.get(old_article.url).source == "miss"


@pytest.mark.parametrize("what", ["its moment has passed", "another change", "the database is away"])
def test_a_page_is_not_revalidated_where_its_digests_prove_nothing(site, old_article, monkeypatch, what):
    def fail(query):
        raise DatabaseError

    site.get(old_article.url)
    page = site.application._memory.get(old_article.url)
    if what == "its moment has passed":
        site.application._store(old_article.url, page.with_version(page.version._replace(until=time.time() - 1)))
    elif what == "another change":
        monkeypatch.setattr(revalidation, "read_number", lambda: None)
    else:
        monkeypatch.setattr(revalidation.Query, "current_digest", fail)
    ArticleFactory()
    assert site.get(old_article.url).source == "miss"


def test_a_text_whose_expiry_is_moved_into_the_past_is_not_shown(site):
    """A parameter of the page's query is the time of the query."""
    shown = Entry.objects.filter(locale__language_code="fr").exclude(kind="").latest("date")
    assert shown.title in site.get("/fr/actualites/").text
    time.sleep(0.1)
    Page.objects.filter(pk=shown.pk).update(expire_at=timezone.now() - timedelta(seconds=0.05))
    assert shown.title not in site.get("/fr/actualites/").text


def test_a_block_that_writes_cannot_be_revalidated():
    with record_queries() as around:
        with record_queries() as inner:
            Office.objects.filter(pk=0).update(phone="")
        assert inner.digests() is None
    assert around.digests() is None


def test_a_query_with_two_different_results_cannot_be_revalidated():
    """A page that was rendered while the database changed."""
    phones = Office.objects.order_by("pk").values_list("phone", flat=True)
    with record_queries() as recording:
        list(phones.all())
        list(phones.all())
        assert len(recording.digests()) == 1
        token = _current.set(None)  # as another process
        Office.objects.update(phone="+41 22 717 91 11")
        _current.reset(token)
        list(phones.all())
        assert recording.digests() is None


@pytest.mark.parametrize("visits", ["none", "one"])
def test_a_relation_that_a_cached_object_loads_later_is_recorded(visits):
    """The recording of a later block, which finds the relation loaded, has the query as well."""
    entries = cached_per_version(lambda: list(Entry.objects.exclude(picture=None).order_by("pk")[:1]))

    def shown():
        with record_queries() as recording:
            str(entries()[0].picture.title)
        return " ".join(query.sql for query, _digest in recording.digests())

    token = version._request_version.set(version._RequestVersion(None))
    try:
        if visits == "one":
            shown()
        assert 'FROM "media_siteimage"' in shown()
    finally:
        version._request_version.reset(token)


def changed(value, random):
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return random.choice([value + 1, max(0, value - 1)])
        case datetime():
            return value + random.choice([timedelta(days=-400), timedelta(days=400)])
        case str() if value[:2] in ("20", "19") and ":" in value:  # a moment, on SQLite
            return value.replace(value[:4], str(int(value[:4]) + random.choice([-2, 2])), 1)
        case str():
            return f"{value[: len(value) // 2]}X{value[len(value) // 2 + 1 :]}" if value else "X"
        case None:
            return random.choice([1, datetime(2020, 1, 1, tzinfo=UTC)])
    return None


def change_one(table, random):
    """Returns a statement that changes a value in a row of the table, with its parameters; None for an empty table."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        key = connection.introspection.get_primary_key_column(cursor, table)
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')  # noqa: S608
        rows = cursor.fetchall()
    if not rows:
        return None
    row = dict(zip(columns, random.choice(rows), strict=True))
    column = random.choice([name for name in columns if name != key])
    statement = f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s'  # noqa: S608
    return statement, [changed(row[column], random), row[key]]


@pytest.mark.one_language
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", sorted(triggers.REVALIDATED_TABLES))
def test_after_any_change_of_a_row_each_page_is_as_if_rendered_now(site, table, language):
    client = Client(raise_request_exception=False)
    random = Random(f"{SEED} {table} {language}")  # noqa: S311
    addresses = random.sample([*dict.fromkeys(kept_addresses(language))], ADDRESSES)
    for address in addresses:
        site.get(address)
    for _ in range(ROW_CHANGES):
        change = change_one(table, random)
        if change is None:
            return
        with transaction.atomic():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(*change)
            except DatabaseError:  # a constraint of the database does not allow it
                continue
            for address in random.sample(addresses, ADDRESSES // 2):
                # The first page makes the results that pages share.
                given = site.get(address) if random.choice([True, False]) else None
                rendered = client.get(address, headers=HOST)
                if rendered.status_code == 200:
                    given = given or site.get(address)
                    assert given.text == rendered.content.decode(), (address, change)
            transaction.set_rollback(True)
