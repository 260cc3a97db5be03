"""Corrections that are refused: they would end a schedule, a review or a lock, or their date is in the future."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from iom.editorial.tests.offices import user
from iom.tests.factories import ArticleFactory
from newsroom import dates
from newsroom.corrections.tests.test_corrections import correct, now
from newsroom.models import Correction, NewsArticle

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    one = ArticleFactory(title="Titre")
    one.save_revision().publish()
    return now(one)


@pytest.fixture
def in_review(article):
    """The article with a draft that waits for an editor."""
    article.title = "Un autre titre"
    article.save_revision(user=user("officer"))
    article.get_workflow().start(now(article), user("officer"))
    return now(article)


@pytest.fixture
def client_of(sign_in):
    def client_of(account):
        client = sign_in(account)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return client_of


def refusal(answer):
    return str(answer.context["form"].errors)


def test_a_scheduled_update_is_not_replaced_and_the_form_says_so(client_of, article):
    article.go_live_at = timezone.now() + datetime.timedelta(days=1)
    article.save_revision().publish()
    assert "scheduled" in refusal(correct(client_of("officer"), article))
    assert not now(article).corrections.exists()
    assert now(article).scheduled_revision is not None


def test_the_review_of_a_draft_is_not_cancelled_and_the_form_says_so(client_of, in_review):
    assert "in review" in refusal(correct(client_of("editor"), in_review))
    assert now(in_review).current_workflow_state is not None
    assert not now(in_review).corrections.exists()


@pytest.mark.parametrize(("account", "may"), [("officer", False), ("editor", True)])
def test_changes_in_review_are_published_by_a_reviewer_alone(client_of, in_review, account, may):
    correct(client_of(account), in_review, with_changes="on")
    assert now(in_review).title == ("Un autre titre" if may else "Titre")
    assert now(in_review).corrections.exists() == may


def test_an_article_that_another_person_has_locked_is_not_corrected(client_of, article):
    editor = user("editor")
    NewsArticle.objects.filter(pk=article.pk).update(locked=True, locked_by=editor, locked_at=timezone.now())
    assert f"locked by {editor.get_full_name()}" in refusal(correct(client_of("officer"), article))
    assert not now(article).corrections.exists()
    correct(client_of("editor"), article)
    assert now(article).corrections.exists()


def opened(client, article):
    """The values of the hidden fields."""
    form = client.get(reverse("newsroom_correct", args=[article.pk])).context["form"]
    return {field.name: str(field.value()) for field in form.hidden_fields()}


def test_a_form_that_is_sent_twice_is_one_correction(client_of, article):
    client = client_of("officer")
    form = opened(client, article)
    for _time in range(2):
        assert correct(client, article, **form).status_code == 302
    assert now(article).corrections.count() == 1
    correct(client, article, **opened(client, article))
    assert now(article).corrections.count() == 2


@pytest.mark.parametrize("with_changes", [True, False])
def test_what_another_has_saved_since_the_form_was_opened_goes_live_with_no_correction(
    client_of, article, with_changes
):
    article.title = "Vu"
    article.save_revision(user=user("officer"))
    client = client_of("officer")
    form = opened(client, article)
    page = now(article).get_latest_revision_as_object()
    page.title = "Pas vu"
    page.save_revision(user=user("editor"))
    answer = correct(client, article, **form, **({"with_changes": "on"} if with_changes else {}))
    assert now(article).title == "Titre"
    assert now(article).corrections.exists() != with_changes
    if with_changes:
        assert f"{user('editor').get_full_name()} has changed the draft" in refusal(answer)
    correct(client, article, **opened(client, article), with_changes="on")
    assert now(article).title == "Pas vu"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_date_of_a_correction_is_not_after_the_day_of_the_organization(client_of, article, zone):
    profile = UserProfile.get_for_user(user("officer"))
    profile.current_time_zone = zone  # where it is another day for half of the time
    profile.save()
    client, today = client_of("officer"), dates.day_of(timezone.now())
    form = client.get(reverse("newsroom_correct", args=[article.pk])).context["form"]
    assert form["date"].value() == today
    tomorrow = today + datetime.timedelta(days=1)
    assert correct(client, article, date=str(tomorrow)).context["form"].has_error("date")
    assert not now(article).corrections.exists()
    with pytest.raises(ValidationError, match="date"):
        Correction(article=article, locale=article.locale, date=tomorrow, text="x").full_clean()
