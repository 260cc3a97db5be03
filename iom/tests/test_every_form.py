"""A page of each type with every field filled in is created through its form, previewed, published and translated."""

import itertools
import re
from collections import Counter

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.models import HomePage
from iom.core.blocks import BodyField
from iom.core.tests import bodies
from iom.tests.addresses import LANGUAGES, PAGES
from iom.tests.page_forms import fill_form
from iom.translation.content import segments
from iom.translation.tests import desk
from iom.translation.workflow.writing import write_all
from iom.users.models import User
from search import engine

pytestmark = pytest.mark.one_language
TYPES = [model for model in get_page_models() if model is not Page and model is not HomePage]
ROLE_AND_LANGUAGE = [("officer", "fr"), ("editor", "en")]  # each role and each language once
UNSEEN = {"Mots title_masculine"}  # the title that agrees with the other gender
PUBLISH = {"action-publish": "action-publish"}


def model_name(model):
    return model.__name__


def find_parent(model, language):
    """Returns a page of the language that may be the parent of such a page. Deletes the existing pages if a parent may
    have only one."""
    if model.max_count_per_parent:
        for page in model.objects.all():
            page.delete()
    for above in model.allowed_parent_page_models():
        for page in above.objects.filter(locale__language_code=language, live=True).order_by("path"):
            if model.can_create_at(page):
                return page
    raise AssertionError(model)


def add_url(model, parent, name="add"):
    return reverse(f"wagtailadmin_pages:{name}", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def edit_url(page, name="edit"):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def assert_accepted(answer):
    """Fails with the errors of a form that Wagtail shows again. Wagtail redirects after an accepted form."""
    if answer.status_code == 200:
        errors = {**answer.context["form"].errors, **{n: f.errors for n, f in answer.context["form"].formsets.items()}}
        raise AssertionError(errors)
    assert answer.status_code == 302, answer.status_code
    return answer


def publish_filled_page(client, model, language):
    """Publishes a page of that type, or the home page, with every field filled in, and returns it."""
    if model is HomePage:
        page = HomePage.objects.get(locale__language_code=language)
        assert_accepted(
            client.post(edit_url(page), fill_form(client.get(edit_url(page)).context["form"], language) | PUBLISH)
        )
    else:
        parent = find_parent(model, language)
        assert_accepted(
            client.post(
                add_url(model, parent),
                fill_form(client.get(add_url(model, parent)).context["form"], language) | PUBLISH,
            )
        )
    return model.objects.get(title="Words title", locale__language_code=language)


def declared_fields(page, kind):
    return [one.field_name for one in page.override_translatable_fields if isinstance(one, kind)]


def translatable_texts(page, language):
    """Yields the texts of the page that are translated according to the declarations of its fields."""
    for name in declared_fields(page, TranslatableField):
        field = page._meta.get_field(name)
        if isinstance(field, BodyField):
            yield from (text for kind in bodies.KINDS for text in bodies.texts(kind, language))
        elif field.one_to_many:
            yield from (
                getattr(row, text)
                for row in getattr(page, name).all()
                for text in declared_fields(row, TranslatableField)
            )
        else:
            yield getattr(page, name)


def shared_values(page):
    """Returns the values that all languages share, without the keys of child rows."""
    own = {"pk", "locale", "translation_key", page._meta.model_name, "article", "page"}

    def value(stored):
        if isinstance(stored, list):
            return [value(one) for one in stored]
        return {name: one for name, one in stored.items() if name not in own} if isinstance(stored, dict) else stored

    fixed = [one for one in page.override_translatable_fields if isinstance(one, SynchronizedField)]
    return {one.field_name: value(page.serializable_data()[one.field_name]) for one in fixed}


def preview(client, address, data):
    """Returns the preview of the form data."""
    answer = client.post(address, data)
    assert answer.json() == {"is_valid": True, "is_available": True}
    return client.get(address)


@pytest.mark.parametrize(("role", "language"), ROLE_AND_LANGUAGE)
@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_page_is_written_previewed_changed_published_and_read(sign_in, visitor, model, role, language):
    client, parent = sign_in(role), find_parent(model, language)
    form = client.get(add_url(model, parent)).context["form"]
    data = fill_form(form, language, words="First")

    assert preview(client, add_url(model, parent, "preview_on_add"), data).status_code == 200
    assert_accepted(client.post(add_url(model, parent), data))
    page = model.objects.get(title="First title", locale=parent.locale)
    assert not page.live
    assert page.owner == User.objects.get(email=f"{role}@example.org")

    form = client.get(edit_url(page)).context["form"]
    assert form["title"].value() == "First title"
    data = fill_form(form, language, words="Second", slug=page.slug)
    assert "Second title" in preview(client, edit_url(page, "preview_on_edit"), data).content.decode()
    assert_accepted(client.post(edit_url(page), data))
    assert model.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Second title"

    assert_accepted(client.post(edit_url(page), data | PUBLISH))
    page = model.objects.get(pk=page.pk)
    assert page.live
    text = visitor.get(page.url).content.decode()
    assert "Second title" in text
    if hasattr(page, "body"):
        assert [words for kind in bodies.KINDS for words in bodies.texts(kind, language) if words not in text] == []


@pytest.mark.parametrize(("role", "language"), ROLE_AND_LANGUAGE)
@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_page_is_published_as_soon_as_it_is_written(sign_in, visitor, model, role, language):
    client, parent = sign_in(role), find_parent(model, language)
    data = fill_form(client.get(add_url(model, parent)).context["form"], language, slug="")

    assert_accepted(client.post(add_url(model, parent), data | PUBLISH))

    page = model.objects.get(title="Words title", locale=parent.locale)
    assert page.slug == "words-title"
    assert "Words title" in visitor.get(page.url).content.decode()


def test_every_type_of_page_is_among_those_that_the_suites_visit():
    assert {model for _name, model, _key in PAGES} == {*TYPES, HomePage}


@pytest.mark.parametrize(
    ("model", "language"),
    [*itertools.product(TYPES, LANGUAGES), (HomePage, "fr")],  # the English home page is a translation
    ids=lambda value: value if isinstance(value, str) else model_name(value),
)
def test_all_its_words_are_translated_and_all_else_is_shared(sign_in, visitor, model, language):
    other = next(code for code in LANGUAGES if code != language)
    original = publish_filled_page(sign_in("editor"), model, language)
    state = desk.submit(original, other)
    texts = {one: one.source for one in segments.load_text(state.translation)}

    def translated(text):
        return text.replace("Words", "Mots").replace(f" in {language}", f" in {other}")

    assert all(translatable_texts(original, language)), "a field that no form has"
    said = Counter(re.sub("<[^>]+>", "", " ".join(texts.values())).split())
    assert said == Counter(" ".join(translatable_texts(original, language)).split())

    write_all(state, {one: translated(text) for one, text in texts.items()}, User.objects.first())
    state.refresh_from_db()
    page = desk.publish(state)

    assert list(translatable_texts(page, other)) == [
        translated(text) for text in translatable_texts(original, language)
    ]
    assert shared_values(page) == shared_values(original)
    html = visitor.get(page.url).content.decode()
    assert f" in {language}" not in html
    assert {text for text in translatable_texts(page, other) if text not in html} <= UNSEEN
    assert f"Words keywords in {language}" not in visitor.get(original.url).content.decode()
    assert original.pk in {hit.page for hit in engine.search(language, "keywords").hits}


@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_refused_form_shows_its_errors_and_keeps_its_input(sign_in, model):
    client, parent = sign_in("officer"), find_parent(model, "fr")
    data = fill_form(client.get(add_url(model, parent)).context["form"], "fr", words="Typed", title="")

    answer = client.post(add_url(model, parent), data | PUBLISH)

    assert answer.status_code == 200
    assert "title" in answer.context["form"].errors
    assert "Typed search_description" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_changes_a_home_page_but_not_its_address(sign_in, visitor, language):
    home = HomePage.objects.get(locale__language_code="fr")
    if language == "en":  # the English one is a translation, and editable only after it is detached from the desk
        home = HomePage.objects.get(locale__language_code="en")
        home.translation_state.translation.__class__.objects.update(enabled=False)
    client = sign_in("editor")
    assert sign_in("officer").get(edit_url(home)).status_code == 302

    form = client.get(edit_url(home)).context["form"]
    assert "slug" not in form.fields
    data = fill_form(form, language, words="Front", slug="elsewhere")
    assert "Front title" in preview(client, edit_url(home, "preview_on_edit"), data).content.decode()
    assert_accepted(client.post(edit_url(home), data | PUBLISH))

    assert "Front title" in visitor.get(f"/{language}/").content.decode()


@pytest.mark.parametrize("role", ["officer", "editor", "admin"])
def test_nobody_can_create_a_home_page(sign_in, role):
    root, client = Page.objects.get(depth=1), sign_in(role)

    assert client.get(add_url(HomePage, root)).status_code == 302
    assert HomePage not in Page.creatable_subpage_models()
    assert "home/homepage" not in client.get(edit_url(root, "add_subpage")).content.decode()
