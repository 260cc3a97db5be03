"""No page of the site scans a whole table that grows with the number of articles, according to the plans of SQLite.

A query that begins to scan a table changes no query count, and the demonstration is too small to be slow. Only the query
plan shows it.
"""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from wagtail.models import Page

from iom.contacts.models import Office
from iom.listing.models import Entry, EntryFacet
from iom.tests.addresses import LANGUAGES, NAMES, NEWS, other_addresses, page
from newsroom.models import NewsArticle
from search.models import Document, Draft

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

LARGE = {model._meta.db_table for model in (Page, NewsArticle, Entry, EntryFacet, Document, Draft)}
ADDRESSES = {
    **{name: lambda language, name=name: page(name, language).url for name in NAMES},
    **{name: lambda language, name=name: other_addresses(language)[name] for name in other_addresses("fr")},
    "newsroom, page 2": lambda language: f"{NEWS[language]}?page=2",
    "feed": lambda language: f"{NEWS[language]}rss/",
    "sitemap": lambda language: "/sitemap.xml",
    "news sitemap": lambda language: "/news-sitemap.xml",
    "suggestions": lambda language: f"{other_addresses(language)['search']}suggestions?q=mig",
}


def full_scans(sql, params):
    """Returns the steps of SQLite's plan that scan a whole table of LARGE."""
    aliases = {alias: table for table, alias in re.findall(r'(?:FROM|JOIN) "(\w+)" "?([A-Z]\d+)"?', sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [words for row in cursor.fetchall() if len(words := row[-1].split()) > 1]
        cursor.execute("SELECT name, tbl_name, COALESCE(sql, '') FROM sqlite_master WHERE type = 'index'")
        indexes = {name: (table, sql) for name, table, sql in cursor.fetchall()}
    found = []
    for step in (step for step in steps if step[0] == "SCAN"):
        table, index = indexes.get(step[-1], (aliases.get(step[1], step[1]), ""))
        is_partial = " WHERE " in index  # for example, it has only the rows of a menu
        if table in LARGE and not is_partial:
            found.append(" ".join(step))
    return found


def full_scans_of_page(client, address):
    """Returns the full scans of all queries of the page, in the first request after a change."""
    client.get(address)
    Office.objects.update(phone="+41 22 717 91 12")
    cache.clear()
    return full_scans_of(lambda: client.get(address))


def full_scans_of(action):
    """Returns the full scans of all queries that `action` makes."""
    statements = []

    def record(execute, sql, params, many, context):
        if sql.startswith("SELECT") and not many:
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        action()
    assert statements
    return [(step, sql) for sql, params in statements for step in full_scans(sql, params)]


TIMES = 1000


@pytest.fixture
def many_articles(db):
    """Changes SQLite's statistics to those of TIMES as many pages: an unselective index has more rows for each value.

    A selective index stays selective with any number of rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1")
        for table, index, stat in cursor.fetchall():
            rows, *alike = map(int, stat.split())
            more = [number * TIMES if number > rows / 30 else number for number in alike]
            if table in LARGE:
                changed = " ".join(map(str, (rows * TIMES, *more)))
                cursor.execute(
                    "UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx IS %s", [changed, table, index]
                )
        cursor.execute("ANALYZE sqlite_schema")  # reads them again
        yield
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_page_reads_a_whole_table(visitor, name, language):
    found = full_scans_of_page(visitor, ADDRESSES[name](language))
    assert not found, "\n\n".join(f"{step}\n{sql}" for step, sql in found)


@pytest.mark.parametrize("address", ["/admin/", "/admin/translation/desk/", "/admin/reports/site-history/"])
def test_no_screen_of_translators_reads_a_whole_table(sign_in, address):
    """The query for pages that translators may not see is limited to the rows shown."""
    found = full_scans_of_page(sign_in("translator.en"), address)
    assert not found, "\n\n".join(f"{step}\n{sql}" for step, sql in found)


@pytest.mark.parametrize("report", ["workflow", "workflow_tasks"])
def test_no_report_on_reviews_reads_a_whole_table(sign_in, report):
    found = full_scans_of_page(sign_in("officer"), f"/admin/reports/{report}/")
    assert not found, "\n\n".join(f"{step}\n{sql}" for step, sql in found)


def test_the_root_and_the_home_pages_are_found_by_indexes_of_their_own():
    """The explorer begins at the top of the tree."""
    assert "listing_page_root" in Page.objects.filter(depth=1).explain()
    assert "listing_page_home" in Page.objects.filter(path__startswith="0001", depth=2).explain()


def test_what_is_below_a_page_is_found_by_an_index():
    below = Page.objects.filter(path__startswith="00010002")
    assert "listing_page_tree" in below.explain()
    assert full_scans(*Page.objects.filter(title="x").query.sql_with_params())


def test_a_publication_reads_no_whole_table(many_articles):
    article = page("article", "fr").specific
    article.summary += "."
    found = full_scans_of(lambda: article.save_revision().publish())
    assert not found, "\n\n".join(f"{step}\n{sql}" for step, sql in found)
