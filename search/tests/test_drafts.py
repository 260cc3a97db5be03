"""The search of the admin finds published texts, and drafts for the users who work on them."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from iom.navigation.tests.pairs import restrict
from iom.tests.addresses import page
from iom.tests.factories import ArticleFactory
from iom.users.models import User
from newsroom.models import NewsArticle
from search.models import Draft

pytestmark = pytest.mark.django_db

LISTINGS = {
    "page search": lambda: reverse("wagtailadmin_pages:search"),
    "results of page search": lambda: reverse("wagtailadmin_pages:search_results"),
    "explorer": lambda: reverse("wagtailadmin_explore", args=[page("index", "fr").pk]),
    "explorer of the site": lambda: reverse("wagtailadmin_explore", args=[page("home", "fr").pk]),
    "type": lambda: reverse("wagtailadmin_pages:type_use", args=["newsroom", "newsarticle"]),
}


def found(client, text, listing="page search", **parameters):
    answer = client.get(LISTINGS[listing](), {"q": text, **parameters})
    assert answer.status_code == 200
    return [one.pk for one in answer.context["object_list"]]


def draft(article, **changes):
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision()
    return article


@pytest.fixture
def article():
    return ArticleFactory(language="fr", title="Un titre", summary="Un résumé.", body=[])


@pytest.mark.parametrize("listing", LISTINGS)
def test_an_officer_finds_published_pages_and_drafts(sign_in, article, listing):
    client = sign_in("officer")
    published = ArticleFactory(language="fr", title="Autre", summary="À Bankass, les réfugiés sont accueillis.")
    draft(article, summary="Les caravansérails ont rouvert.")

    assert found(client, "bankass", listing) == [published.pk]
    assert found(client, "réfugié bankass", listing) == [published.pk]  # other forms of the words
    assert found(client, "caravanserail", listing) == [article.pk]


@pytest.mark.parametrize("listing", LISTINGS)
def test_titles_are_found_by_the_beginnings_of_their_words_and_stand_first(sign_in, article, listing):
    client = sign_in("officer")
    by_title = ArticleFactory(language="fr", title="Caravansérails d’Asie")
    draft(article, summary="Les caravansérails ont rouvert.")

    assert found(client, "caravanserails", listing)[-1:] == [article.pk]
    assert found(client, "caravansér", listing) == [by_title.pk]
    assert set(found(client, "caravansérails", listing, ordering="title")) == {article.pk, by_title.pk}


def test_a_chosen_order_is_kept(sign_in, article):
    client = sign_in("officer")
    last = ArticleFactory(language="fr", title="Zibeline", summary="Caravansérail.")
    first = ArticleFactory(language="fr", title="Abricot", summary="Caravansérail.")

    assert found(client, "caravansérail", "explorer", ordering="title") == [first.pk, last.pk]
    assert found(client, "caravansérail", ordering="-title") == [last.pk, first.pk]


def test_only_the_latest_draft_counts(sign_in, article):
    client = sign_in("officer")
    draft(article, summary="Les caravansérails ont rouvert.")
    draft(article, summary="Les marchés ont rouvert.")
    assert found(client, "caravansérail") == []

    draft(article, summary="Les caravansérails ont rouvert.")
    NewsArticle.objects.filter(pk=article.pk).update(latest_revision=None)  # without a signal
    assert found(client, "caravansérail") == []


def test_drafts_are_found_only_by_users_who_may_see_them(sign_in, article):
    draft(article, summary="Les caravansérails ont rouvert.")
    secret = ArticleFactory(language="fr", live=False, title="Secret", summary="Le zirconium.")
    draft(secret)

    client = sign_in("translator.en")
    for listing in ("page search", "results of page search", "type"):
        assert found(client, "caravansérail", listing) == []
        assert found(client, "zirconium", listing) == []
    chooser = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "caravansérail"})
    assert article.title not in chooser.content.decode()
    chooser = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "Secret"})
    assert reverse("wagtailadmin_pages:edit", args=[secret.pk]) not in chooser.content.decode()
    assert secret.pk not in [one.pk for one in chooser.context["pages"]]


def test_an_older_draft_is_found_although_newer_drafts_of_others_match(article, monkeypatch):
    from search import drafts

    monkeypatch.setattr(drafts, "MAX_PAGES", 2)
    group = Group.objects.create(name="Authors of one text")
    user = User.objects.create_user("author@example.org", "author@example.org")
    user.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="write_original"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=article, permission=change)
    draft(article, summary="Le zirconium.")
    for _number in range(3):
        draft(ArticleFactory(language="fr", title="Un titre", summary="Un résumé.", body=[]), summary="Le zirconium.")

    assert [one.pk for one in drafts.search(Page.objects.all(), "zirconium", user)] == [article.pk]


def test_a_standing_page_is_found_although_newer_articles_match(sign_in, monkeypatch):
    from search import drafts

    monkeypatch.setattr(drafts, "MAX_PAGES", 2)
    section = page("section", "fr")
    standing = section.get_children().live().first().specific
    standing.search_description = "Le zirconium."
    standing.save()
    for _number in range(3):
        ArticleFactory(language="fr", summary="Le zirconium.")
    explorer = reverse("wagtailadmin_explore", args=[section.pk])

    answer = sign_in("officer").get(explorer, {"q": "zirconium"})
    assert [one.pk for one in answer.context["object_list"]] == [standing.pk]


def test_a_user_without_a_permission_on_a_page_finds_its_published_text_alone(article):
    """The permission may be any, on the page or on an ancestor."""
    from search import drafts

    draft(article, summary="Les caravansérails ont rouvert.")
    published = ArticleFactory(language="fr", title="Autre", summary="Un caravansérail.")

    anyone = drafts.search(Page.objects.all(), "caravansérail", AnonymousUser())
    assert [one.pk for one in anyone] == [published.pk]


def test_the_numbers_by_type_and_the_filters_of_wagtail_remain(sign_in, article):
    client = sign_in("officer")
    draft(article, summary="Les caravansérails ont rouvert.")
    hidden = draft(ArticleFactory(language="fr", live=False, title="Secret", summary="Un caravansérail."))

    answer = client.get(LISTINGS["page search"](), {"q": "caravansérail"})
    assert [(one.model_class(), number) for one, number in answer.context["content_types"]] == [(NewsArticle, 2)]
    assert found(client, "caravansérail live:no") == [hidden.pk]
    assert found(client, "caravansérail", content_type="newsroom.newsarticle") == [hidden.pk, article.pk]
    assert found(client, "caravansérail", content_type="home.homepage") == []


@pytest.mark.parametrize(
    "text", ["…", "'", '"', "the", "de la", "live:no", "a" * 300, "mot " * 900, "%", "\\", "x:y -z*"]
)
@pytest.mark.parametrize("listing", LISTINGS)
def test_any_text_can_be_searched(sign_in, listing, text):
    found(sign_in("officer"), text, listing)


def test_pages_saved_without_a_signal_are_reported_and_indexed(sign_in, article):
    draft(article, summary="Les caravansérails ont rouvert.")
    private = ArticleFactory(language="fr")
    private.save_revision().publish()
    restrict(private)
    call_command("search", check=True)
    Draft.objects.all().delete()

    with pytest.raises(CommandError, match="difference"):
        call_command("search", check=True)
    call_command("search", rebuild=True)
    call_command("search", check=True)
    assert set(Draft.objects.values_list("page", flat=True)) >= {article.pk, private.pk}
    assert found(sign_in("officer"), "caravansérail") == [article.pk]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_drafts_are_indexed_again_by_a_rebuild(sign_in, language):
    hidden = draft(ArticleFactory(language=language, live=False, title="Rien"), summary="61 300.")
    Draft.objects.filter(page=hidden.pk).update(summary_tokens="fr061 fr0300")

    call_command("search", rebuild=True)
    assert found(sign_in("officer"), "61300") == [hidden.pk]


def test_the_search_costs_the_same_however_many_are_found(sign_in, article):
    client = sign_in("officer")

    def query_count():
        found(client, "caravansérail")
        with CaptureQueriesContext(connection) as captured:
            found(client, "caravansérail")
        return len(captured)

    for number in range(3):
        draft(ArticleFactory(language="fr", title=f"Caravansérail {number}"), summary="Le caravansérail.")
    few = query_count()
    for number in range(30):
        draft(ArticleFactory(language="fr", title=f"Caravansérail {number}"), summary="Le caravansérail.")
    assert query_count() == few
