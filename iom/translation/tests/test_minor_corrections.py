"""The publish buttons for a minor correction and for a change of meaning."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body, translated
from newsroom.models import NewsArticle

CHILDREN = ("corrections", "related_articles", "comments")


def form_data(article, **changes):
    """Returns the form data of an article with a changed summary, as the browser sends it."""
    return nested_form_data(
        {
            "title": article.title,
            "slug": article.slug,
            "summary": "Un autre résumé.",
            "kind": "news",
            "scope": "global",
            "date": "2026-03-01 12:00",
            "body": streamfield([("paragraph", rich_text("<p>Un.</p>"))]),
            **{name: inline_formset([]) for name in CHILDREN},
        }
        | changes
    )


def address(article):
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


@pytest.fixture
def pair(db):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))
    original.save_revision().publish()
    original = NewsArticle.objects.get(pk=original.pk)
    state, english = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    return original, state, english


def press(client, article, value, callbacks, **changes):
    with callbacks(execute=True):
        answer = client.post(address(article), form_data(article, **{"action-publish": value}, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return NewsArticle.objects.get(pk=article.pk)


@pytest.mark.parametrize(("value", "is_minor", "is_older"), [("minor", True, False), ("meaning", False, True)])
def test_what_the_author_says_decides_whether_readers_of_the_translation_are_told(
    sign_in, pair, django_capture_on_commit_callbacks, value, is_minor, is_older
):
    original, state, _english = pair

    page = press(sign_in("officer"), original, value, django_capture_on_commit_callbacks)

    state.refresh_from_db()
    state.original.refresh_from_db()
    assert (page.summary, page.is_minor_change) == ("Un autre résumé.", is_minor)
    assert state.is_older_than_its_original is is_older
    assert state.step == "out-of-date"


def test_the_kind_of_change_is_asked_each_time(sign_in, pair, django_capture_on_commit_callbacks):
    original, *_ = pair
    client = sign_in("officer")
    press(client, original, "minor", django_capture_on_commit_callbacks)

    page = press(client, original, "meaning", django_capture_on_commit_callbacks, summary="Encore un.")
    assert page.is_minor_change is False

    press(client, original, "minor", django_capture_on_commit_callbacks)
    client.post(address(original), form_data(original, summary="Un brouillon."))
    assert original.get_latest_revision_as_object().is_minor_change is False, "a draft says nothing"


@pytest.mark.parametrize("value", ["minor", "meaning"])
def test_a_schedule_keeps_the_answer(sign_in, pair, django_capture_on_commit_callbacks, value):
    original, *_ = pair
    tomorrow = timezone.localtime() + timedelta(days=1)

    press(
        sign_in("officer"), original, value, django_capture_on_commit_callbacks,
        go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip

    original.refresh_from_db()
    assert original.is_minor_change is False, "nothing is live yet"
    assert original.scheduled_revision.as_object().is_minor_change is (value == "minor")


def buttons(client, page):
    text = client.get(address(page)).content.decode()
    return [value for value in ("action-publish", "minor", "meaning") if f'value="{value}"' in text]


def test_the_kind_of_change_is_asked_only_where_a_translation_is_live(sign_in, pair):
    original, _state, english = pair
    client = sign_in("officer")

    assert buttons(client, original) == ["minor", "meaning"]
    assert buttons(client, ArticleFactory()) == ["action-publish"]
    english.unpublish()
    assert buttons(client, original) == ["action-publish"]


def test_a_new_article_is_not_live_before_it_is_published(sign_in, monkeypatch, django_capture_on_commit_callbacks):
    """Wagtail saves the row as live before it checks the permission to publish."""
    index = at("/fr/actualites/")
    was_live = []
    publish = NewsArticle.publish

    def noted(self, *args, **kwargs):
        was_live.append(NewsArticle.objects.get(pk=self.pk).live)
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(NewsArticle, "publish", noted)
    new = NewsArticle(title="Un titre", slug="un-titre")
    with django_capture_on_commit_callbacks(execute=True):
        sign_in("officer").post(
            reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", index.pk]),
            form_data(new, **{"action-publish": "minor"}),
        )

    page = NewsArticle.objects.get(slug="un-titre", locale=index.locale)
    assert was_live == [False]
    assert (page.live, page.is_minor_change) == (True, False)
