"""Lists of the admin: what they cost does not grow with the number of pages, and no page is out of reach."""

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import ContentType, Page

from iom.demo.generated import number
from iom.demo.generated.articles import People
from iom.editorial import bounded
from iom.editorial.bounded import BoundedPaginator
from iom.tests.addresses import page
from iom.tests.factories import ArticleFactory

PER_PAGE, MOST = 5, 12


@pytest.fixture
def few_counted(monkeypatch):
    monkeypatch.setattr(bounded, "MOST", MOST)
    monkeypatch.setattr(BoundedPaginator, "most", MOST)


@pytest.fixture
def everything(db, few_counted):
    return BoundedPaginator(Page.objects.order_by("-pk"), PER_PAGE)


def keys():
    return list(Page.objects.order_by("-pk").values_list("pk", flat=True))


def test_page_after_page_all_that_there_is_is_reached(everything):
    found, shown = [], BoundedPaginator(everything.object_list, PER_PAGE).get_page(1)
    while True:
        found += [one.pk for one in shown]
        if not shown.has_next():
            break
        shown = BoundedPaginator(everything.object_list, PER_PAGE).get_page(shown.next_page_number())
    assert found == keys()
    assert len(found) > 5 * MOST


@pytest.mark.parametrize(
    ("asked", "first"), [("3", 10), ("7", 30), ("x", 0), ("10", 45), ("0", None), ("10000", None)]
)
def test_a_page_far_away_is_found_at_once_and_what_is_no_page_is_the_last_or_the_first(everything, asked, first):
    """As Django has it."""
    shown = everything.get_page(asked)
    if asked == "10000":
        assert [one.pk for one in shown] == keys()[-len(shown) :]
        assert not shown.has_next()
    elif first is not None:
        assert [one.pk for one in shown] == keys()[first : first + PER_PAGE]
        assert shown.has_next()


def test_no_more_is_counted_than_is_said_and_the_label_says_so(everything):
    with CaptureQueriesContext(connection) as asked, translation.override("en"):
        assert everything.count == MOST
        assert everything.items_count_label == "more than 12 pages"
    assert len(asked) == 1
    assert f"LIMIT {MOST + 1}" in asked[0]["sql"]
    with translation.override("fr"):
        assert BoundedPaginator(everything.object_list, PER_PAGE).items_count_label == "plus de 12 pages"


def test_a_short_list_is_counted_as_ever(everything):
    three = Page.objects.filter(pk__in=keys()[:3]).order_by("pk")
    other = Page.objects.filter(pk=keys()[5])
    for rows in (
        three,
        three.values("depth"),
        three.order_by().values("pk").union(other.order_by().values("pk")).order_by("pk"),
        Page.objects.order_by("depth").values("depth").annotate(Count("pk")),
        Page.objects.order_by("depth").values("depth").distinct(),
        ContentType.objects.filter(app_label="newsroom").annotate(Count("pages")).order_by("pk"),
        Page.objects.order_by("pk")[:7],
        keys()[:4],
    ):
        counted = BoundedPaginator(rows, PER_PAGE)
        assert counted.count == Paginator(rows, PER_PAGE).count
        assert not counted.is_capped
        assert counted.items_count_label.startswith(str(counted.count))


SCREENS = {
    "explorer": lambda: ("officer", reverse("wagtailadmin_explore", args=[page("index", "fr").pk])),
    "chooser": lambda: ("officer", reverse("wagtailadmin_choose_page_child", args=[page("index", "fr").pk])),
    "translator's explorer": lambda: ("translator.en", reverse("wagtailadmin_explore", args=[page("index", "en").pk])),
    "translator's chooser": lambda: (
        "translator.en",
        reverse("wagtailadmin_choose_page_child", args=[page("index", "en").pk]),
    ),
    "translator's history": lambda: ("translator.en", reverse("wagtailadmin_reports:site_history")),
    "history": lambda: ("editor", reverse("wagtailadmin_reports:site_history")),
    "locked pages": lambda: ("editor", reverse("wagtailadmin_reports:locked_pages")),
    "aging pages": lambda: ("editor", reverse("wagtailadmin_reports:aging_pages")),
}


def steps(client, address):
    """How much SQLite does for a request: instructions of its machine, a few for each row that it reads."""
    count = 0

    def step():
        nonlocal count
        count += 1

    client.get(address)
    connection.connection.set_progress_handler(step, 100)
    try:
        assert client.get(address).status_code == 200
    finally:
        connection.connection.set_progress_handler(None, 0)
    return count * 100


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL does not say how many rows it has read")
@pytest.mark.parametrize("name", SCREENS)
def test_ten_times_as_many_articles_take_no_more_of_the_database(few_counted, sign_in, name):
    account, address = SCREENS[name]()
    number.adjust(60, People())
    client = sign_in(account)
    before = steps(client, address)
    number.adjust(600, People())
    assert steps(client, address) < 1.5 * before + 5_000


def test_a_locked_page_is_in_the_report(sign_in):
    article = ArticleFactory(title="Verrouillée")
    report = reverse("wagtailadmin_reports:locked_pages")
    client = sign_in("editor")
    assert article.title not in client.get(report).text
    client.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
    assert article.title in client.get(report).text
