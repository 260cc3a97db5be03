"""Addresses of pages: slugs from titles, for each language, and absolute addresses from SITE_URL."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from home.models import HomePage
from iom.core.models import slug_of
from iom.navigation.tests.pairs import at, pair, translate
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’œuvre de l’OIM", "l-oeuvre-de-l-oim"),
        ("L'été, à Genève : 25 000 réfugiés", "l-ete-a-geneve-25-000-refugies"),
        ("Ce qu’il faut savoir ?", "ce-qu-il-faut-savoir"),
        ("« Rien sans nous »", "rien-sans-nous"),
        ("Ça va… Où ?", "ca-va-ou"),
    ],
)
def test_a_slug_is_the_title_in_ascii(title, slug):
    assert slug_of(title) == slug


def test_a_new_page_takes_its_address_from_its_title(db):
    article = ArticleFactory(title="L’œuvre de l’OIM", slug="")

    assert article.url == "/fr/actualites/l-oeuvre-de-l-oim/"


@pytest.mark.parametrize("title", ["؟؟؟", "!!!"])
def test_a_title_without_ascii_letters_still_gives_a_page(db, title):
    first, second = ArticleFactory(title=title, slug=""), ArticleFactory(title=title, slug="")

    assert first.slug
    assert first.slug != second.slug


def test_two_pages_of_the_same_title_have_two_addresses(db):
    slugs = [ArticleFactory(title="Même titre", slug="").slug for _ in range(3)]

    assert slugs == ["meme-titre", "meme-titre-2", "meme-titre-3"]


def test_an_address_taken_by_a_sibling_is_refused(db):
    ArticleFactory(slug="pris")

    with pytest.raises(ValidationError) as refusal:
        ArticleFactory(slug="pris")

    assert set(refusal.value.error_dict) == {"slug"}


def test_an_author_may_choose_the_address(db):
    assert ArticleFactory(title="Un titre", slug="autre-chose").slug == "autre-chose"


def test_a_change_of_title_leaves_the_address_of_an_original_alone(db):
    article = ArticleFactory(title="Avant", slug="")
    article.title = "Après"
    article.save()

    assert article.slug == "avant"


def test_a_translation_takes_its_address_from_its_translated_title(db):
    original = ArticleFactory(title="L’été", slug="")
    draft = translate(original, live=False, title="Summer’s end")

    assert draft.url == "/en/news/summer-s-end/"


@pytest.mark.parametrize("slug", ["", "choisi-par-l-auteur"])
def test_an_untranslated_copy_keeps_the_slug_of_its_original_until_it_is_translated(db, slug):
    """As in the admin: localize makes the copy when a page is submitted, days before a translator writes the title."""
    original = ArticleFactory(title="L’été", slug=slug)
    draft = translate(original, live=False)
    assert draft.slug == original.slug

    draft.title = "Summer"
    draft.save()

    assert draft.slug == "summer"


def test_a_translation_whose_copied_address_was_taken_gets_one_from_its_title_too(db):
    ArticleFactory(language="en", slug="meme")
    original = ArticleFactory(title="Même", slug="meme")

    assert translate(original, live=False, title="The same").slug == "the-same"


def test_the_proposed_address_of_a_translation_is_not_one_that_a_sibling_has(db):
    ArticleFactory(language="en", slug="summer")

    assert translate(ArticleFactory(title="L’été", slug=""), live=False, title="Summer").slug == "summer-2"


def test_an_address_chosen_for_a_translation_before_publication_is_kept(db):
    draft = translate(ArticleFactory(title="L’été", slug=""), live=False, title="Summer")
    draft.slug = "by-hand"
    draft.save()
    draft.save_revision().publish()
    draft.refresh_from_db()

    assert draft.slug == "by-hand"


def test_once_published_the_address_of_a_translation_changes_only_by_hand(db):
    original = ArticleFactory(title="L’été", slug="ete")
    published = translate(original, title="Summer")

    published.title = "Autumn"
    published.save_revision().publish()
    published.refresh_from_db()
    assert (published.title, published.slug) == ("Autumn", "summer")

    published.slug = "ete"  # the original's own: chosen by hand, it stays
    published.save_revision().publish()
    published.refresh_from_db()
    assert published.slug == "ete"


def test_a_change_of_the_originals_address_leaves_the_translations_alone(db):
    original, translation = pair()
    slug = translation.slug
    original.slug = "tout-autre"
    original.save_revision().publish()
    translation.refresh_from_db()

    assert translation.slug == slug


@pytest.mark.parametrize("address", ["/fr/", "/en/", "/fr/actualites/", "/en/who-we-are/structure/"])
def test_the_address_of_a_page_is_its_place_in_the_tree_of_its_language(db, settings, address):
    settings.SITE_URL = "https://elsewhere.example"
    page = at(address)

    assert page.url == page.get_url() == address
    assert page.full_url == page.get_full_url() == f"https://elsewhere.example{address}"


def test_the_address_does_not_depend_on_the_host_of_the_request(db, rf):
    request = rf.get("/", headers={"host": "attacker.example"})

    assert at("/fr/actualites/").get_full_url(request) == "https://www.example.org/fr/actualites/"
    assert at("/fr/actualites/").get_url(request) == "/fr/actualites/"


def test_an_address_costs_no_query(db, django_assert_num_queries):
    page = at("/fr/actualites/")

    with django_assert_num_queries(0):
        assert page.url
        assert page.full_url


def test_the_address_of_a_home_page_is_its_language_whatever_its_title(db):
    home = at("/fr/")
    home.title, home.slug = "Bienvenue", "bienvenue"
    home.save()

    assert home.url == "/fr/"


def test_a_page_written_in_english_first_is_the_original_of_its_french_translation(db):
    original, translation = pair("en", title="Written in English", slug="")

    assert original.slug == "written-in-english"
    assert translation.url == "/fr/actualites/translation-of-written-in-english/"
    assert NewsArticle.objects.filter(translation_key=original.translation_key).count() == 2


def test_wagtails_site_roots_are_the_home_pages(db):
    pages = Page.objects.filter(depth__gt=1).specific()
    roots = {page for page in pages if Page.is_site_root(page)}
    assert roots == {page for page in pages if page.is_site_root()} == set(HomePage.objects.all())
