"""The dialog that schedules a page: it shows its errors and keeps the chosen time."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext, override

from iom.core.models import BasePage
from iom.tests.factories import ArticleFactory
from iom.translation.tests.test_minor_corrections import form_data
from newsroom.models import NewsArticle

MESSAGE = "Expiry date/time must be in the future."


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("button", [{}, {"action-publish": "action-publish"}])
def test_an_expiry_in_the_past_is_named_above_the_page(db, sign_in, language, button):
    page, client = ArticleFactory(), sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language

    answer = client.post(edit(page), form_data(page) | {"expire_at": "2020-01-01T10:00"} | button)

    with override(language):
        (message,) = [str(one) for one in answer.context["messages"]]
        assert escape(gettext(MESSAGE)) in message
        assert gettext("Correct the dates of the publishing schedule.") in message


def test_the_moment_chosen_in_the_browser_is_kept_and_shown_again(db, sign_in):
    page, client = ArticleFactory(), sign_in("officer")

    client.post(edit(page), form_data(page) | {"go_live_at": "2031-07-01T09:00", "expire_at": "2031-12-01T09:00"})

    draft = NewsArticle.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.go_live_at == datetime(2031, 7, 1, 7, 0, tzinfo=UTC)
    assert draft.expire_at == datetime(2031, 12, 1, 8, 0, tzinfo=UTC)
    html = client.get(edit(page)).content.decode()
    assert 'value="2031-07-01T09:00"' in html
    assert 'value="2031-12-01T09:00"' in html


def page_types():
    return [one for one in BasePage.__subclasses__() if not one._meta.abstract]


@pytest.mark.parametrize("model", page_types(), ids=lambda model: model.__name__)
def test_no_type_of_page_has_a_calendar_that_lies_over_the_button(db, model):
    form = model.get_edit_handler().get_form_class()()

    for name in ("go_live_at", "expire_at"):
        assert form.fields[name].widget.input_type == "datetime-local"
