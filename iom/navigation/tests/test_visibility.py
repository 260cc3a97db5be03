"""Which pages a visitor may know of: the rule behind every list, menu, switch, feed and search."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from iom.navigation.tests.pairs import at, pair, restrict, translate
from iom.navigation.visibility import visible
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle


def seen(page):
    return visible(Page.objects.filter(pk=page.pk)).exists()


@pytest.fixture
def section(db):
    """Two pages of the tree, one below the other, in both languages."""
    return at("/fr/notre-travail/"), at("/fr/notre-travail/partenariats/")


def test_a_published_page_and_its_translation_are_seen(db):
    original, translation = pair()

    assert seen(original)
    assert seen(translation)


def test_a_draft_is_not_seen(db):
    assert not seen(ArticleFactory(live=False))


def test_a_published_page_with_a_new_draft_is_seen(db):
    article = ArticleFactory()
    article.title = "Nouveau titre"
    article.save_revision()

    assert seen(article)


def test_a_scheduled_page_is_not_seen(db):
    article = ArticleFactory(live=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()

    assert not seen(article)


def test_a_page_past_its_expiry_is_not_seen_even_before_it_is_taken_down(db):
    assert not seen(ArticleFactory(expire_at=timezone.now() - timedelta(seconds=1)))
    assert seen(ArticleFactory(expire_at=timezone.now() + timedelta(hours=1)))


def test_a_translation_of_a_draft_is_seen_for_itself(db):
    original, translation = pair()
    original.unpublish()

    assert not seen(original)
    assert seen(translation)


def test_an_alias_that_shows_another_language_is_not_seen(db):
    original = ArticleFactory(live=False)
    alias = original.copy_for_translation(at("/en/").locale, alias=True)
    Page.objects.filter(pk__in=[original.pk, alias.pk]).update(live=True)

    assert not seen(alias)
    assert seen(original)


@pytest.mark.parametrize("which", [0, 1])
def test_a_page_is_as_private_as_its_translation(db, which):
    both = pair()
    restrict(both[which])

    assert not seen(both[0])
    assert not seen(both[1])


@pytest.mark.parametrize("address", ["/fr/notre-travail/", "/en/our-work/", "/fr/", "/en/"])
def test_a_page_is_as_private_as_any_above_it_or_above_its_translation(section, address):
    restrict(at(address))

    for address in ("/fr/notre-travail/partenariats/", "/en/our-work/partnerships/"):
        assert not seen(at(address))


def test_a_page_that_exists_in_one_language_is_as_private_as_the_section_it_stands_in(db):
    """The French section is private because its English translation is: so is everything below it."""
    only_french = ArticleFactory()
    restrict(at("/en/news/"))

    assert not seen(at("/fr/actualites/"))
    assert not seen(only_french)
    assert only_french.get_view_restrictions().exists()


def test_a_page_is_as_private_as_the_section_that_its_translation_was_moved_to(section):
    page = section[1]
    at("/fr/notre-travail/partenariats/").move(at("/fr/agir/"), pos="last-child")
    assert seen(page)

    restrict(at("/en/take-action/"))

    page = type(page).objects.get(pk=page.pk)
    assert not seen(page)
    assert page.get_view_restrictions().exists()


def test_a_private_page_hides_neither_those_above_nor_those_beside_it(section):
    above, below = section
    beside = at("/fr/notre-travail/ce-que-nous-faisons/")
    restrict(below)

    assert seen(above)
    assert seen(beside)


def test_a_page_is_seen_again_when_its_restriction_is_lifted(db):
    original, translation = pair()
    restriction = restrict(original)
    assert not seen(translation)

    restriction.delete()

    assert seen(original)
    assert seen(translation)


def test_what_a_visitor_is_asked_for_is_what_hides_the_page(section):
    """The page view uses `get_view_restrictions()` and lists use `visible()`. They must agree."""
    original, translation = pair()
    elsewhere = ArticleFactory()
    restrict(translation)
    restrict(at("/en/our-work/"))

    pages = [original, translation, elsewhere, *section, at("/fr/agir/"), at("/en/our-work/partnerships/")]
    for page in pages:
        fresh = Page.objects.get(pk=page.pk).specific
        assert fresh.get_view_restrictions().exists() is not seen(page), page.url


def test_a_page_not_yet_in_the_tree_has_no_restriction(db):
    assert not NewsArticle(title="Nouveau").get_view_restrictions().exists()


def test_however_many_pages_are_private_a_list_costs_one_query(db, django_assert_num_queries):
    for _ in range(3):
        restrict(pair()[0])
    shown, translated_only = ArticleFactory(), translate(ArticleFactory(live=False))

    with django_assert_num_queries(1):
        found = set(visible(NewsArticle.objects.all()))

    assert {shown, translated_only} <= found
