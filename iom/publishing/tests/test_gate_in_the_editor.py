"""The hook `before_publication` is called for each way of publishing from the editor."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail import hooks

from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import PUBLISH, TYPES, add_url, edit_url, find_parent, model_name


def refuse(error):
    def hook(page, revision, user):
        raise error("Not today.")

    return hook


ANSWERS = {
    "held back": lambda page, revision, user: True,
    "refused": refuse(PermissionDenied),
    "not valid": refuse(ValidationError),
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_what_is_not_let_through_stays_a_draft_with_all_that_was_written(sign_in, model, answer):
    client, parent = sign_in("editor"), find_parent(model, "fr")
    data = fill_form(client.get(add_url(model, parent)).context["form"], "fr", words="Held")
    with hooks.register_temporarily("before_publication", ANSWERS[answer]):
        response = client.post(add_url(model, parent), data | PUBLISH)
        page = model.objects.get(title="Held title")
        assert response.url == edit_url(page)
        assert not page.live

        data = fill_form(client.get(edit_url(page)).context["form"], "fr", words="Again", slug=page.slug)
        assert client.post(edit_url(page), data | PUBLISH).url == edit_url(page)

    page = model.objects.get(pk=page.pk)
    assert not page.live
    assert page.get_latest_revision_as_object().title == "Again title"


@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_live_page_keeps_what_readers_have(sign_in, model):
    client, page = sign_in("editor"), model.objects.filter(live=True, locale__language_code="fr").first()
    data = fill_form(client.get(edit_url(page)).context["form"], "fr", words="Again", slug=page.slug)

    with hooks.register_temporarily("before_publication", refuse(PermissionDenied)):
        answer = client.post(edit_url(page), data | PUBLISH, follow=True)

    assert "Not today." in answer.content.decode()
    assert model.objects.get(pk=page.pk).title == page.title
    assert model.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Again title"


@pytest.mark.parametrize("action", [{}, {"action-submit": "action-submit"}], ids=["saved", "submitted"])
@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_a_draft_that_is_saved_while_its_page_is_published_does_not_take_it_down(sign_in, model, action):
    """The editor saves by itself, also in the second in which its button publishes."""
    client, parent = sign_in("officer"), find_parent(model, "fr")
    client.post(
        add_url(model, parent), fill_form(client.get(add_url(model, parent)).context["form"], "fr", words="First")
    )
    page = model.objects.get(title="First title")
    data = fill_form(client.get(edit_url(page)).context["form"], "fr", words="Second", slug=page.slug)

    def publish(request, page):
        if request.method == "POST":
            model.objects.get(pk=page.pk).get_latest_revision().publish()

    with hooks.register_temporarily("before_edit_page", publish):
        client.post(edit_url(page), data | action)

    page = model.objects.get(pk=page.pk)
    assert (page.live, page.title) == (True, "First title")
    assert page.get_latest_revision_as_object().title == "Second title"
