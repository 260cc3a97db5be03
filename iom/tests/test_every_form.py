"""Every type of page through its form, as those who write do it: fill in, preview, save, change, publish, read."""

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models

from home.models import HomePage
from iom.core.tests import bodies
from iom.tests.addresses import LANGUAGES
from iom.tests.page_forms import filled
from iom.users.models import User

TYPES = [model for model in get_page_models() if model is not Page and model is not HomePage]
ROLES = ["officer", "editor"]
PUBLISH = {"action-publish": "action-publish"}


def named(model):
    return model.__name__


def parent_of(model, language):
    """A page of the language below which such a page may stand."""
    for above in model.allowed_parent_page_models():
        for page in above.objects.filter(locale__language_code=language, live=True).order_by("path"):
            if model.can_create_at(page):
                return page
    raise AssertionError(model)


def add(model, parent, name="add"):
    return reverse(f"wagtailadmin_pages:{name}", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def edit(page, name="edit"):
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def done(answer):
    """Wagtail leads on where a form has been accepted, and shows it again, with errors, where it has not."""
    if answer.status_code == 200:
        errors = {**answer.context["form"].errors, **{n: f.errors for n, f in answer.context["form"].formsets.items()}}
        raise AssertionError(errors)
    assert answer.status_code == 302, answer.status_code
    return answer


def seen(client, address, data):
    """The preview of what stands in the form."""
    answer = client.post(address, data)
    assert answer.json() == {"is_valid": True, "is_available": True}
    return client.get(address)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", TYPES, ids=named)
def test_a_page_is_written_previewed_changed_published_and_read(sign_in, visitor, model, role, language):
    client, parent = sign_in(role), parent_of(model, language)
    form = client.get(add(model, parent)).context["form"]
    data = filled(form, language, words="First")

    assert seen(client, add(model, parent, "preview_on_add"), data).status_code == 200
    done(client.post(add(model, parent), data))
    page = model.objects.get(title="First title", locale=parent.locale)
    assert not page.live
    assert page.owner == User.objects.get(email=f"{role}@example.org")

    form = client.get(edit(page)).context["form"]
    assert form["title"].value() == "First title"
    data = filled(form, language, words="Second", slug=page.slug)
    assert "Second title" in seen(client, edit(page, "preview_on_edit"), data).content.decode()
    done(client.post(edit(page), data))
    assert model.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Second title"

    done(client.post(edit(page), data | PUBLISH))
    page = model.objects.get(pk=page.pk)
    assert page.live
    text = visitor.get(page.url).content.decode()
    assert "Second title" in text
    if hasattr(page, "body"):
        assert [words for kind in bodies.KINDS for words in bodies.texts(kind, language) if words not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", TYPES, ids=named)
def test_a_page_is_published_as_soon_as_it_is_written(sign_in, visitor, model, role, language):
    client, parent = sign_in(role), parent_of(model, language)
    data = filled(client.get(add(model, parent)).context["form"], language, slug="")

    done(client.post(add(model, parent), data | PUBLISH))

    page = model.objects.get(title="Words title", locale=parent.locale)
    assert page.slug == "words-title"
    assert "Words title" in visitor.get(page.url).content.decode()


@pytest.mark.parametrize("model", TYPES, ids=named)
def test_what_is_wrong_with_a_form_is_said_and_what_was_typed_stands_in_it(sign_in, model):
    client, parent = sign_in("officer"), parent_of(model, "fr")
    data = filled(client.get(add(model, parent)).context["form"], "fr", words="Typed", title="")

    answer = client.post(add(model, parent), data | PUBLISH)

    assert answer.status_code == 200
    assert "title" in answer.context["form"].errors
    assert "Typed search_description" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_home_page_is_changed_by_those_who_may_and_keeps_its_address(sign_in, visitor, language):
    home = HomePage.objects.get(locale__language_code="fr")
    if language == "en":  # the English one is a translation: after it has been given out of the desk's hands
        home = HomePage.objects.get(locale__language_code="en")
        home.translation_state.translation.__class__.objects.update(enabled=False)
    client = sign_in("editor")
    assert sign_in("officer").get(edit(home)).status_code == 302

    form = client.get(edit(home)).context["form"]
    assert "slug" not in form.fields
    data = filled(form, language, words="Front", slug="elsewhere")
    assert "Front title" in seen(client, edit(home, "preview_on_edit"), data).content.decode()
    done(client.post(edit(home), data | PUBLISH))

    assert "Front title" in visitor.get(f"/{language}/").content.decode()


@pytest.mark.parametrize("role", ["officer", "editor", "admin"])
def test_a_home_page_comes_with_its_language_and_is_not_offered(sign_in, role):
    root, client = Page.objects.get(depth=1), sign_in(role)

    assert client.get(add(HomePage, root)).status_code == 302
    assert HomePage not in Page.creatable_subpage_models()
    assert "home/homepage" not in client.get(edit(root, "add_subpage")).content.decode()
