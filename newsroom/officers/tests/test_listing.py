"""The list of articles: rows, permissions, filters, number of queries."""

from datetime import timedelta
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from iom.editorial.tests.test_bounded_listings import few_counted, measures_that_grow, steps  # noqa: F401  (a fixture)
from iom.tests.addresses import LANGUAGES, page
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.translation.models import JointPublication, TranslationState
from iom.translation.tests.desk import body, republish
from iom.translation.tests.test_desk import user
from iom.translation.workflow import detach
from iom.withdrawal import withdrawing
from newsroom.models import ArticleCountry, NewsArticle
from newsroom.officers import originals
from newsroom.officers.filters import NewsroomFilterSet
from newsroom.officers.originals import State

pytestmark = pytest.mark.django_db
BUDGET = 32  # the keys of the shown rows are read first, so that only these rows are read completely
SOON = timedelta(days=3)


def address(**query):
    return reverse("newsroom_articles", query=query)


def found(client, **query):
    answer = client.get(address(**query))
    assert answer.status_code == 200
    return [article.pk for article in answer.context["object_list"]]


def row(client, article, language="en"):
    """The cells of an article, by their headings."""
    answer = client.get(address(q=article.draft_title), headers={"accept-language": language})
    table = BeautifulSoup(answer.content, "html.parser").select_one("table.listing")
    headings = [" ".join(one.text.split()) for one in table.select("thead th")]
    return dict(zip(headings, (" ".join(one.text.split()) for one in table.select("tbody tr td")), strict=True))


def draft(**values):
    article = ArticleFactory(live=False, **values)
    article.save_revision(user=user("officer"))
    return article


def published(**values):
    return republish(ArticleFactory(body=body("Un."), **values))


def in_review(**values):
    article = draft(**values)
    article.get_workflow().start(article, user("officer"))
    return article


def scheduled(**values):
    article = ArticleFactory(live=False, go_live_at=timezone.now() + SOON, **values)
    article.save_revision(user=user("officer")).publish(user=user("officer"))
    return article


def changed(**values):
    article = published(**values)
    article.save_revision()
    return article


def unpublished(**values):
    article = published(**values)
    article.unpublish()
    return article


def withdrawn(**values):
    article = published(**values)
    withdrawing.withdraw(article, None, "public", {"fr": "Faux."})
    return article


CREATORS = {
    State.DRAFT: draft,
    State.IN_REVIEW: in_review,
    State.SCHEDULED: scheduled,
    State.PUBLISHED: published,
    State.CHANGED: changed,
    State.UNPUBLISHED: unpublished,
    State.WITHDRAWN: withdrawn,
}
WORDS = {
    State.DRAFT: ("Draft", "Brouillon"),
    State.IN_REVIEW: ("In review", "En relecture"),
    State.SCHEDULED: ("Scheduled", "Programmé"),
    State.PUBLISHED: ("Published", "Publié"),
    State.CHANGED: ("Published, with changes", "Publié, avec des modifications"),
    State.UNPUBLISHED: ("Unpublished", "Dépublié"),
    State.WITHDRAWN: ("Withdrawn", "Retiré"),
}


@pytest.mark.parametrize("state", State)
def test_each_state_has_its_name_and_its_filter(sign_in, state):
    article = CREATORS[state](title="Un zirconium")
    client = sign_in("officer")

    english, french = WORDS[state]
    assert row(client, article)["State"].startswith(english)
    assert row(client, article, "fr")["État"].startswith(french)
    assert [one for one in State if article.pk in found(client, q="zirconium", state=one.value)] == [state]


def test_what_is_scheduled_has_its_hour_and_the_zone(sign_in):
    article = scheduled(title="Un zirconium")
    at = timezone.localtime(article.go_live_at)
    shown = row(sign_in("officer"), article)["State"]
    assert f"{at:%H:%M}" in shown
    assert "(Geneva)" in shown


def test_what_waits_for_its_translation_is_scheduled_too(sign_in):
    article = draft(title="Un zirconium")
    due = timezone.localtime() + SOON
    JointPublication.objects.create(page=article, revision=article.latest_revision, due_at=due)
    assert f"{due:%H:%M}" in row(sign_in("officer"), article)["State"]


def test_the_row_of_an_article_has_all_columns(sign_in):
    article = ArticleFactory(
        title="Un zirconium", kind="press-release", office=OfficeFactory(fr="Bureau des essais", en="Office of tests")
    )
    ArticleCountry.objects.create(article=article, country="JO")
    article = NewsArticle.objects.get(pk=article.pk)
    article.save_revision(user=user("officer")).publish()

    shown = row(sign_in("editor"), article)
    assert shown["Type"] == "Press release"
    assert shown["Country"] == "Jordan"
    assert shown["Issuing office"] == "Office of tests"
    assert shown["Last edited"].startswith("Camille Officer")
    assert "English To translate" in shown["Translation"]
    french = row(sign_in("editor"), article, "fr")
    assert french["Bureau émetteur"] == "Bureau des essais"
    assert french["Pays"] == "Jordanie"
    assert "À traduire" in french["Traduction"]


def test_originals_of_both_languages_are_in_it_once_and_translations_are_not(sign_in):
    french, english = published(title="Un zirconium"), published(title="A zirconium", language="en")
    translation = TranslationState.objects.get(original=french.pk).page_id
    keys = found(sign_in("officer"), q="zirconium")
    assert set(keys) == {french.pk, english.pk}
    assert translation not in keys


def test_each_column_has_a_filter(sign_in):
    office, client = OfficeFactory(), sign_in("officer")
    old = timezone.now() - timedelta(days=730)
    here = draft(title="Un zirconium", kind="speech", office=office, date=old)
    ArticleCountry.objects.create(article=here, country="JO")
    other = draft(title="A zirconium", language="en", date=timezone.now())
    other.save_revision(user=user("editor"))
    submitted = published(title="Le zirconium")

    day = timezone.localtime(old).date()
    within = {"sort_date_from": day - timedelta(days=9), "sort_date_to": day + timedelta(days=9)}
    for query in (
        within, {"kind": "speech"}, {"country": "JO"}, {"office": office.pk}, {"state": "draft", "locale": "fr"},
        {"translation": "en:none"},
    ):  # fmt: skip
        assert found(client, q="zirconium", **query) == [here.pk], query
    assert found(client, q="zirconium", editor=user("editor").pk) == [other.pk]
    assert found(client, q="zirconium", translation="en:to-translate") == [submitted.pk]
    TranslationState.objects.filter(original=submitted.pk).update(step="translated")
    assert found(client, q="zirconium", translation="en:translated") == [submitted.pk]
    assert found(client, q="zirconium", translation="en:to-translate") == []


@pytest.mark.parametrize("most", [originals.MAX_COUNTED, 0])
def test_what_is_not_submitted_is_found_whether_it_is_published_or_not(sign_in, monkeypatch, most):
    """Also what the desk has never seen, and texts whose translation is detached."""
    monkeypatch.setattr(originals, "MAX_COUNTED", most)
    client, query = sign_in("officer"), {"q": "zirconium", "translation": "en:none"}
    new, unseen, submitted = (act(title="Un zirconium") for act in (draft, ArticleFactory, published))
    assert set(found(client, **query)) == {new.pk, unseen.pk}
    detach.detach(TranslationState.objects.get(original=submitted.pk))
    republish(unseen)
    assert set(found(client, **query)) == {new.pk, submitted.pk}


@pytest.mark.parametrize("query", [{"state": "x"}, {"translation": "en"}, {"country": "?"}, {"sort_date_from": "x"}])
def test_an_unknown_value_is_no_error(sign_in, query):
    assert sign_in("officer").get(address(**query)).status_code == 200


def test_an_article_of_two_years_ago_is_found_in_three_steps(sign_in):
    """The menu, words of its text in the search, and its title."""
    old = ArticleFactory(title="Autre", summary="Un zirconium.", date=timezone.now() - timedelta(days=730))
    client = sign_in("officer")
    assert address() in client.get("/admin/").text
    answer = client.get(address(q="zirconiums"))
    assert reverse("wagtailadmin_pages:edit", args=[old.pk]) in answer.text


def test_twenty_rows_a_screen_the_latest_change_first_and_a_period_by_date(sign_in):
    client, now = sign_in("officer"), timezone.now()
    for day in (3, 1, 2):
        draft(title=f"Zirconium {day}", date=now - timedelta(days=day))
    titles = [article.title for article in client.get(address()).context["object_list"]]
    assert len(titles) == 20
    assert titles[:3] == ["Zirconium 2", "Zirconium 1", "Zirconium 3"]
    answer = client.get(address(sort_date_from=timezone.localdate() - timedelta(days=4), state="draft"))
    assert [article.title for article in answer.context["object_list"]][:3] == [
        f"Zirconium {day}" for day in (1, 2, 3)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_translators_have_no_list_and_no_entry_in_the_menu(sign_in, language):
    client = sign_in(f"translator.{language}")
    assert client.get(address()).status_code == 302
    assert f'"{address()}"' not in client.get("/admin/").text


def test_who_writes_in_one_language_knows_no_draft_of_the_other(sign_in):
    english, french = draft(title="A zirconium", language="en"), draft(title="Un zirconium")
    only_french = page("home", "fr")
    for permission in GroupPagePermission.objects.filter(group__user=user("officer")):
        permission.delete()
    group = user("officer").groups.first()
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=only_french, permission=permission)
    client = sign_in("officer")
    assert found(client, q="zirconium") == [french.pk]
    assert english.title not in client.get(address()).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_opens_the_form_in_the_newsroom_of_the_users_language(sign_in, language):
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", page("index", language).pk])
    client = sign_in("officer")
    for screen in ("/admin/", address()):
        assert f'href="{add}"' in client.get(screen, headers={"accept-language": language}).text
    assert client.get(add).status_code == 200


def get_queries(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_the_list_keeps_its_budget(sign_in):
    clients = {account: sign_in(account) for account in ("officer", "editor", "admin")}
    few = {account: get_queries(client, address()) for account, client in clients.items()}
    assert {account: queries for account, queries in few.items() if len(queries) > BUDGET} == {}
    for state in CREATORS:
        for title in "abc":
            article = CREATORS[state](title=title, office=OfficeFactory())
            ArticleCountry.objects.create(article=article, country="JO")
    many = {account: get_queries(client, address()) for account, client in clients.items()}
    # With the texts of these states, of which there was none
    assert [account for account in clients if len(many[account]) > len(few[account]) + 1] == []


QUERIES = [
    {}, {"p": 2}, {"ordering": "-sort_date"}, {"translation": "en:to-translate"},
    *({"state": state} for state in ("draft", "in-review", "scheduled", "unpublished", "changed")),
]  # fmt: skip


@pytest.mark.sqlite
def test_ten_times_as_many_articles_take_no_more_of_the_database(few_counted, sign_in):  # noqa: F811
    client = sign_in("officer")
    assert measures_that_grow({str(query): partial(steps, client, address(**query)) for query in QUERIES}) == {}


@pytest.mark.sqlite
def test_the_latest_of_a_type_are_read_from_an_index_and_not_sorted(db):
    articles = NewsroomFilterSet({"kind": ["speech"]}, queryset=originals.explorable_by(user("officer"))).qs
    plan = articles.order_by("-latest_revision")[:20].explain()
    assert "latest_revision" in plan
    assert "ORDER BY" not in plan
