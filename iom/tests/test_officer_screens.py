"""The screens of officers, which the code lists, need the same queries for any number of articles.

`make bench SIZES=…` measures the time. This test checks what few articles can show: the number of queries, and SQLite's
plans for many articles.
"""

import re
from collections import Counter

import pytest
from django.db import connection

from iom.demo.generated import article_count, workload
from iom.demo.tests.rows import people
from iom.editorial.bounded_listings import KeysFirstPaginator
from iom.reads.reading import most_read
from iom.tests.test_plans import full_scans, many_articles  # noqa: F401  (a fixture)
from newsroom.models import NewsArticle
from newsroom.officers.listing import NewsroomView
from newsroom.review import policy
from tools.sizes import officers

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ROWS = 4  # on a page of a list
COUNTED = 2 * ROWS + 1
FEW, MANY = 24, 300  # enough of each type
OWN = re.compile(r"officer: (dashboard|news)\b(?!/(import|emergency))")
LISTS = re.compile(r"officer: news(, (?!page )|$)")  # few articles do not fill later pages
# The query whether a user may see all pages reads only an index, in a few milliseconds
HOME_PAGES_QUERY = (
    'SELECT "wagtailcore_page"."path" AS "path" FROM "wagtailcore_page" WHERE "wagtailcore_page"."depth" = %s'
)
LIST_OF_VALUES = re.compile(r"IN \([(), %s]+\)")


@pytest.fixture
def short_lists(monkeypatch):
    """Makes the pages of lists short, so that few articles fill them."""
    monkeypatch.setattr(NewsroomView, "paginate_by", ROWS)
    monkeypatch.setattr(KeysFirstPaginator, "most", COUNTED)
    monkeypatch.setattr(officers, "FULL", ROWS)
    monkeypatch.setattr(officers, "ACCOUNTS", ("officer",))
    monkeypatch.setattr(workload, "MIN_PER_STATE", ROWS + 1)
    monkeypatch.setattr(workload, "PACE", 1)
    policy.get_review_workflow()


def queries_by_screen(client, articles):
    """Returns the queries of each screen with that number of articles. Filters of a calendar without articles are left
    out, because they depend on the day."""
    article_count.set_article_count(articles, people())
    for query in ("q=migrants", "translation=en:none", "translation=fr:none"):
        client.get(f"/admin/news/?{query}")  # fills the caches of the process
    client.get("/admin/")
    read = NewsArticle.objects.filter(translation_key=next(iter(most_read()))).order_by("pk")[0]
    known = {"rare": "migrations", "rarest": "zirconium", "most_read": read.pk}
    found = {}

    def record(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    for screen in officers.screens(known):
        if OWN.match(screen.name):
            statements = found[screen.name] = []
            with connection.execute_wrapper(record):
                answer = client.get(screen.address)
            assert answer.status_code == 200, screen.name
            if answer.context.get("is_empty"):
                del found[screen.name]
    return found


def ends_early(sql, params):
    """Returns whether the query finds as many rows as its limit, and then stops reading."""
    limit = re.search(r"LIMIT (\d+)\)? ?(subquery)?$", sql)
    with connection.cursor() as cursor:
        rows = cursor.execute(sql, params).fetchall()
    found = rows[0][0] if sql.startswith("SELECT COUNT") else len(rows)
    return limit is not None and found == int(limit[1])


def test_screens_of_officers_need_the_same_queries_for_any_number_of_articles(sign_in, short_lists, request):
    client = sign_in("officer")
    few, many = queries_by_screen(client, FEW), queries_by_screen(client, MANY)
    both = few.keys() & many.keys()
    assert {"officer: dashboard", "officer: news", "officer: news/calendar"} < both
    assert len(both) > 40
    more = []
    for name in sorted(both):
        then, now = (Counter(LIST_OF_VALUES.sub("IN …", sql) for sql, _params in one[name]) for one in (few, many))
        if then.total() != now.total():
            more += [f"{name}: {sql}" for sql in ((then - now) | (now - then))]
    assert not more, "\n\n".join(more)

    request.getfixturevalue("many_articles")
    read = {
        (step, sql): name
        for name in filter(LISTS.match, both)
        for sql, params in many[name]
        if sql.startswith("SELECT") and sql != HOME_PAGES_QUERY
        for step in full_scans(sql, params)
        if not ends_early(sql, params)
    }
    assert not read, "\n\n".join(f"{name}\n{step}\n{sql}" for (step, sql), name in read.items())
