"""The page explorer of a newsroom: contents, order, permissions, number of queries."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from iom.contacts.models import Office
from iom.core import moments
from iom.core.draft_limits import limit_to
from iom.demo.generated.article_count import set_article_count
from iom.demo.generated.articles import People
from iom.tests.addresses import LANGUAGES, page
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.users.models import User
from iom.withdrawal import withdrawing
from newsroom.explorer import child_articles
from newsroom.models import NewsArticle, NewsIndex
from newsroom.officers.tests.test_listing import get_queries

BUDGET = 21  # of them one for the times of what is scheduled


def explorer(**query):
    return reverse("wagtailadmin_explore", args=[page("index", "fr").pk], query=query)


@pytest.mark.parametrize("account", ["officer", "editor", "admin"])
def test_the_explorer_of_the_newsroom_keeps_its_budget(sign_in, account):
    client = sign_in(account)
    few = get_queries(client, explorer())
    assert len(few) <= BUDGET, "\n\n".join(few)
    for number in range(20):
        ArticleFactory(language="fr", title=f"Article {number}")
    assert len(get_queries(client, explorer())) == len(few)


@pytest.mark.parametrize("query", ["?page_type=newsroom.newsarticle", "?user_perms=move_to", "search/?q=article"])
def test_the_page_chooser_asks_for_the_status_of_all_pages_at_once(sign_in, query):
    client, start = sign_in("officer"), reverse("wagtailadmin_choose_page_child", args=[page("index", "fr").pk])
    address = reverse("wagtailadmin_choose_page") + query if query.startswith("search") else start + query
    for number in range(20):
        ArticleFactory(language="fr", title=f"Article {number}")

    statements = get_queries(client, address)

    for table in ("wagtailcore_revision", "wagtailcore_workflowstate"):
        about = [sql for sql in statements if f'FROM "{table}"' in sql and sql.count("FROM") == 1]
        assert len(about) <= 2, "\n\n".join(about)  # one of them for the parent's


def test_what_was_changed_last_stands_first(sign_in):
    article = ArticleFactory(language="fr")
    article.title = "Le dernier"
    article.save_revision()
    client = sign_in("officer")
    assert client.get(explorer()).context["object_list"][0].pk == article.pk
    assert client.get(explorer(ordering="-latest_revision_created_at")).context["object_list"][0].pk == article.pk


def test_an_article_in_review_is_seen_as_such(sign_in):
    article = ArticleFactory(language="fr", live=False)
    article.save_revision()
    article.get_workflow().start(article, article.owner)
    (row,) = [one for one in sign_in("editor").get(explorer()).context["object_list"] if one.pk == article.pk]
    assert row.workflow_in_progress
    assert row.status_string != NewsArticle(live=False).status_string


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_live", [False, True])
def test_what_is_scheduled_has_its_hour_in_each_list_in_the_words_of_the_list_of_articles(sign_in, language, is_live):
    article = scheduled(is_live)
    client = sign_in("officer")
    one = {name: len(get_queries(client, address)) for name, address in lists().items()}
    for _number in range(3):
        scheduled(is_live)
    moment = article.scheduled_revision.approved_go_live_at
    with override(language), timezone.override("Europe/Zurich"):
        words = moments.format_moment(moment)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    for name, address in (lists() | {"newsroom": reverse("newsroom_articles")}).items():
        html = BeautifulSoup(client.get(address, headers={"accept-language": language}).content, "html.parser")
        (row,) = (row for row in html.select("tbody tr") if row.select_one(f"a[href='{edit}']"))
        assert row.select_one("time.w-help-text").text == words, name
    assert {name: len(get_queries(client, address)) for name, address in lists().items()} == one


def scheduled(is_live):
    article = ArticleFactory(language="fr", title="Zirconium", live=is_live)
    article.go_live_at = timezone.now() + timedelta(days=3)
    article.save_revision().publish()
    return article


def lists():
    by_type = reverse("wagtailadmin_pages:type_use", args=["newsroom", "newsarticle"])
    return {
        "explorer": explorer(),
        "type": by_type,
        "search": reverse("wagtailadmin_pages:search", query={"q": "Zirconium"}),
    }


def test_the_articles_of_an_office_are_found(sign_in):
    office = OfficeFactory(fr="Bureau des essais")
    article = ArticleFactory(language="fr", office=office)
    ArticleFactory(language="fr", office=Office.objects.exclude(pk=office.pk).first())
    found = sign_in("officer").get(explorer(office=office.pk))
    assert [row.pk for row in found.context["object_list"]] == [article.pk]


def test_the_number_of_articles_is_shown(sign_in):
    response = sign_in("officer").get(explorer())
    assert response.context["paginator"].count == page("index", "fr").get_children().count()


@pytest.mark.parametrize("how", ["limited", "protected"])
def test_no_row_and_no_number_shows_that_a_hidden_text_is_there(sign_in, how):
    article = ArticleFactory(language="fr", title="Kangourou", live=how == "protected")
    article.save_revision()
    article, editor = NewsArticle.objects.get(pk=article.pk), User.objects.get(email="editor@example.org")
    if how == "limited":
        limit_to(article, [editor])
    else:
        withdrawing.withdraw(article, editor, "protection", {})
    number = page("index", "fr").get_children().count()
    for account, sees in (("officer", False), ("editor", True)):
        every, found = (sign_in(account).get(explorer(**query)).context for query in ({}, {"q": "kangourou"}))
        assert [row.pk for row in found["object_list"]] == [article.pk] * sees
        assert (article.pk in [row.pk for row in every["object_list"]]) == sees
        assert every["paginator"].count == number - (not sees)
        assert len(get_queries(sign_in(account), explorer())) <= BUDGET + 1  # the hidden ones are counted


def test_a_translator_sees_only_explorable_articles(sign_in):
    draft = ArticleFactory(language="en", live=False, title="A secret draft")
    address = reverse("wagtailadmin_explore", args=[page("index", "en").pk])
    response = sign_in("translator.en").get(address)
    assert response.status_code == 200
    assert draft.title not in response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_latest_articles_are_read_from_an_index_and_not_sorted(db, language):
    """On both databases, whatever statistics they have of their tables."""
    set_article_count(600, People())
    newsroom = NewsIndex.objects.get(locale__language_code=language)
    articles = child_articles(newsroom)
    assert set(articles) == set(NewsArticle.objects.child_of(newsroom))
    plan = articles.order_by("-latest_revision")[:50].explain()
    assert "latest_revision" in plan
    assert "sort" not in plan.lower()
    assert "order by" not in plan.lower()
