"""The cost of admin listings does not grow with the number of pages, and every page can be reached."""

from functools import partial

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ContentType, Page, PageLogEntry

from iom.demo.generated import article_count
from iom.demo.generated.articles import People
from iom.editorial import bounded_listings
from iom.editorial.bounded_listings import BoundedPaginator, distinct_values
from iom.tests.addresses import page
from iom.tests.factories import ArticleFactory
from iom.users.models import User
from newsroom.models import NewsArticle

PER_PAGE, MOST = 5, 12


@pytest.fixture
def few_counted(monkeypatch):
    monkeypatch.setattr(bounded_listings, "MAX_COUNTED", MOST)
    monkeypatch.setattr(BoundedPaginator, "most", MOST)


@pytest.fixture
def everything(db, few_counted):
    return BoundedPaginator(Page.objects.order_by("-pk"), PER_PAGE)


def keys():
    return list(Page.objects.order_by("-pk").values_list("pk", flat=True))


def test_all_rows_can_be_reached_page_after_page(everything):
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
def test_a_far_page_is_found_at_once_and_an_invalid_one_is_the_last_or_the_first(everything, asked, first):
    """The page numbers that are valid are those of Django's paginator."""
    shown = everything.get_page(asked)
    if asked == "10000":
        assert [one.pk for one in shown] == keys()[-len(shown) :]
        assert not shown.has_next()
    elif first is not None:
        assert [one.pk for one in shown] == keys()[first : first + PER_PAGE]
        assert shown.has_next()


def test_rows_are_counted_up_to_a_limit_and_the_label_says_more_than(everything):
    with CaptureQueriesContext(connection) as asked, translation.override("en"):
        assert everything.count == MOST
        assert everything.items_count_label == "more than 12 pages"
    assert len(asked) == 1
    assert f"LIMIT {MOST + 1}" in asked[0]["sql"]
    with translation.override("fr"):
        assert BoundedPaginator(everything.object_list, PER_PAGE).items_count_label == "plus de 12 pages"


def test_a_short_list_is_counted_completely(everything):
    three = Page.objects.filter(pk__in=keys()[:3]).order_by("pk")
    other = Page.objects.filter(pk=keys()[5])
    for rows in (
        three,
        three.values("depth"),
        three.order_by().values("pk").union(other.order_by().values("pk")).order_by("pk"),
        Page.objects.order_by("depth").values("depth").annotate(Count("pk")),
        Page.objects.order_by("depth").values("depth").distinct(),
        ContentType.objects.filter(app_label="aboutus").annotate(Count("pages")).order_by("pk"),
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
    """Returns the number of SQLite's virtual machine instructions for a request, a few for each row read."""
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


def measures_that_grow(measures):
    """Returns the measures (functions by name) that grow with ten times as many articles, with both values."""
    article_count.set_article_count(60, People())
    few = {name: measure() for name, measure in measures.items()}
    article_count.set_article_count(600, People())
    many = {name: measure() for name, measure in measures.items()}
    return {name: (few[name], many[name]) for name in measures if many[name] >= 1.5 * few[name] + 5_000}


@pytest.mark.sqlite
def test_ten_times_as_many_articles_take_no_more_of_the_database(few_counted, sign_in):
    screens = {name: screen() for name, screen in SCREENS.items()}
    clients = {account: sign_in(account) for account, _address in screens.values()}
    assert (
        measures_that_grow({name: partial(steps, clients[account], here) for name, (account, here) in screens.items()})
        == {}
    )


def test_a_locked_page_is_in_the_report(sign_in):
    article = ArticleFactory(title="Verrouillée")
    report = reverse("wagtailadmin_reports:locked_pages")
    client = sign_in("editor")
    assert article.title not in client.get(report).text
    client.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
    assert article.title in client.get(report).text


@pytest.mark.parametrize("report", ["workflow", "workflow_tasks"])
def test_the_reports_on_reviews_have_the_texts_that_the_user_may_edit(sign_in, report):
    article = ArticleFactory(title="Le zèbre relu", live=False, owner=User.objects.get(email="officer@example.org"))
    article.save_revision()
    article.get_workflow().start(article, article.owner)
    address = reverse(f"wagtailadmin_reports:{report}")

    assert article.title in sign_in("officer").get(address).text
    assert article.title not in sign_in("translator.en").get(address).text


@pytest.fixture
def long_history(db):
    """Creates log entries with three actions of two users, repeatedly."""
    users = list(User.objects.order_by("pk")[:2])
    kind = ContentType.objects.get_for_model(NewsArticle)
    key = page("index", "fr").pk
    actions = "wagtail.lock", "wagtail.unlock", "wagtail.move"
    PageLogEntry.objects.all().delete()

    def write(number):
        rows = range(number)
        PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page_id=key,
                content_type=kind,
                label="",
                action=actions[row % 3],
                user=users[row % 2],
                timestamp=timezone.now(),
                data={},
            )
            for row in rows
        )
        return users, actions

    return write


def test_the_history_offers_the_actions_and_users_that_it_has(sign_in, long_history):
    users, actions = long_history(6)
    form = sign_in("editor").get(reverse("wagtailadmin_reports:site_history")).context["filters"].form
    assert {value for value, _label in form.fields["action"].choices} >= set(actions)
    assert "wagtail.rename" not in {value for value, _label in form.fields["action"].choices}
    assert list(form.fields["user"].queryset) == sorted(users, key=lambda user: user.email)


def test_distinct_values_are_read_with_one_look_up_each(long_history):
    def read():
        return distinct_values(PageLogEntry, "user_id"), distinct_values(PageLogEntry, "action")

    users, actions = long_history(60)
    few = work_of(read)
    long_history(3000)
    assert work_of(read) < 2 * few + 100
    assert read() == ({user.pk for user in users}, set(actions))


def work_of(call):
    """Returns the database's work: steps of SQLite, or pages that PostgreSQL reads."""
    with CaptureQueriesContext(connection) as asked:
        call()
    total = 0
    for one in asked.captured_queries:
        total += database_work(one["sql"])
    return total


def database_work(sql):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
            plan = cursor.fetchone()[0][0]["Plan"]
            return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        count = 0

        def step():
            nonlocal count
            count += 1

        connection.connection.set_progress_handler(step, 10)
        try:
            cursor.execute(sql)
            cursor.fetchall()
        finally:
            connection.connection.set_progress_handler(None, 0)
        return count * 10


def test_the_history_is_read_page_by_page_to_its_end(few_counted, sign_in, long_history):
    """It is complete although each part of the union is read only up to the shown page."""
    long_history(70)
    client, report, found = sign_in("editor"), reverse("wagtailadmin_reports:site_history"), []
    for place in (1, 2):
        found += client.get(report, {"p": place}).context["object_list"]
    keys = PageLogEntry.objects.order_by("-timestamp").values_list("pk", flat=True)
    assert [one.pk for one in found if isinstance(one, PageLogEntry)] == list(keys)


def test_the_numbers_of_pages_by_type_can_be_filtered_by_language(sign_in):
    report = reverse("wagtailadmin_reports:page_types_usage")
    articles = Page.objects.type(NewsArticle)
    for query, pages in (({}, articles), ({"page_locale": "fr"}, articles.filter(locale__language_code="fr"))):
        rows = sign_in("editor").get(report, query).context["object_list"]
        (row,) = [row for row in rows if row.model == "newsarticle"]
        assert row.count == pages.count()
        assert row.last_edited_page.pk in set(pages.values_list("pk", flat=True))
