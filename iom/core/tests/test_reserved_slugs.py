"""No page gets an address that the site itself uses, however it is created, moved or copied."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver, resolve, reverse
from django.utils import translation
from wagtail.models import Locale, Page, get_page_models

from aboutus.models import AboutPage, WorkPage
from iom.core.reserved_slugs import PAGE_URL_NAME, is_reserved
from iom.navigation.tests.pairs import at
from iom.tests.addresses import LANGUAGES
from iom.tests.factories import ArticleFactory
from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import add_url, edit_url
from iom.translation.editor.forms import AddressForm
from iom.translation.tests import desk
from iom.translation.workflow.follow_original import MoveRefused
from newsroom.models import NewsArticle, NewsIndex

DIRECTORY = {"fr": "/fr/ou-travaillons-nous/", "en": "/en/where-we-work/"}


def taken_by_views():
    """Returns the first segments of all addresses below a language that belong to other views, from the URLconf."""
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            (below,) = [one for one in get_resolver().url_patterns if str(one.pattern) == f"{language}/"]
            found |= {str(one.pattern) for one in below.url_patterns if getattr(one, "name", "") != PAGE_URL_NAME}
    routes = (route.strip("/") for route in found if route.endswith("/"))
    return sorted(route for route in routes if "/" not in route)  # no slug has one


def examples():
    """Yields the address of a parent, a slug that is reserved below it, and a page type to try."""
    rows = [("/fr/", slug, AboutPage) for slug in taken_by_views()]
    rows += [("/en/", slug, AboutPage) for slug in taken_by_views()]
    rows += [("/fr/actualites/", slug, NewsArticle) for slug in ("rss", "atom", "json")]
    return [*rows, (DIRECTORY["fr"], "japon", WorkPage), (DIRECTORY["en"], "japon", WorkPage)]


EXAMPLES = pytest.mark.parametrize(("address", "slug", "model"), examples())


def test_the_search_is_among_those_of_the_url_configuration():
    assert {"recherche", "search"} <= set(taken_by_views())


def test_every_address_that_a_type_of_page_serves_itself_is_reserved_below_it(db):
    """`BasePage.route` uses `own_routes`. A type with other routes would not be covered."""
    for model in get_page_models():
        if model is not Page:
            assert "route" not in vars(model), model
            for page in model.objects.all()[:20]:
                for slug in page.own_routes():
                    assert is_reserved(slug, page), (page, slug)
    assert NewsIndex.objects.first().own_routes()
    assert ArticleFactory().own_routes()
    assert at(DIRECTORY["fr"]).own_routes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_the_url_configuration_is_never_a_pages(db, language):
    with translation.override(language):
        for slug in taken_by_views():
            page = Page(slug=slug)
            assert is_reserved(page.slug, at(f"/{language}/"))
        assert resolve(reverse("search")).url_name == "search"
    assert not is_reserved("une-page", at(f"/{language}/"))


@EXAMPLES
def test_a_form_refuses_it_and_keeps_what_was_typed(sign_in, address, slug, model):
    client, parent = sign_in("officer"), at(address)
    data = fill_form(client.get(add_url(model, parent)).context["form"], "fr", slug=slug, words="Typed")

    answer = client.post(add_url(model, parent), data | {"action-publish": "action-publish"})

    assert answer.status_code == 200
    assert slug in " ".join(answer.context["form"].errors["slug"])
    assert "Typed title" in answer.content.decode()
    assert not Page.objects.filter(slug=slug).exists()


@EXAMPLES
def test_validation_refuses_it(db, address, slug, model):
    parent = at(address)
    with pytest.raises(ValidationError) as refusal:
        parent.add_child(instance=model(title="Page", slug=slug, locale=parent.locale))
    assert slug in " ".join(refusal.value.message_dict["slug"])


@EXAMPLES
def test_a_title_that_gives_a_reserved_slug_gets_another_slug(db, address, slug, model):
    parent = at(address)
    page = parent.add_child(instance=model(title=slug.capitalize(), locale=parent.locale))
    assert page.slug == f"{slug}-2"


def test_a_page_is_not_given_it_later(sign_in):
    article, client = ArticleFactory(), sign_in("officer")
    data = fill_form(client.get(edit_url(article)).context["form"], "fr", slug="rss")
    assert client.post(edit_url(article), data).context["form"].errors["slug"]


def elsewhere(slug):
    """Returns a page with that slug at a place where it is not reserved."""
    section = at("/fr/qui-sommes-nous/")
    return section.add_child(instance=AboutPage(title="Page", slug=slug, locale=section.locale))


def test_a_page_does_not_move_there(sign_in):
    page, home = elsewhere("recherche"), at("/fr/")
    client = sign_in("admin")

    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]))
    client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={page.pk}", {"chooser": home.pk}
    )
    with pytest.raises(MoveRefused, match="recherche"):
        page.move(home, pos="last-child")

    assert Page.objects.get(pk=page.pk).url_path == "/fr/qui-sommes-nous/recherche/"


def test_a_page_is_not_copied_there(sign_in):
    page, home = elsewhere("une-page"), at("/fr/")
    data = {"new_title": "Copy", "new_slug": "recherche", "new_parent_page": home.pk}

    answer = sign_in("officer").post(edit_url(page, "copy"), data)

    assert "recherche" in " ".join(answer.context["form"].errors["new_slug"])
    assert not Page.objects.filter(url_path="/fr/recherche/").exists()


@pytest.mark.parametrize("slug", ["search", "recherche"])
def test_an_original_has_no_address_that_its_translation_could_not_begin_with(db, slug):
    with pytest.raises(ValidationError):
        at("/fr/").add_child(instance=AboutPage(title="Page", slug=slug, locale=Locale.get_default()))


def test_a_translation_is_not_given_it_by_its_translator(db):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    state, _page = desk.translated(original, NewsArticle(title="Title", summary="Summary.", body=desk.body("One.")))

    form = AddressForm(state, {"slug": "rss"})

    assert not form.is_valid()
    assert form.errors["slug"]


def test_a_page_does_not_begin_to_list_countries_above_a_page_that_has_the_address_of_one(db):
    WorkPage.objects.update(lists_countries=False)
    directory = at(DIRECTORY["fr"])
    directory.add_child(instance=WorkPage(title="Japon", slug="japon", locale=directory.locale))

    directory.lists_countries = True
    with pytest.raises(ValidationError, match="japon"):
        directory.full_clean()
