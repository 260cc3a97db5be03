"""Scheduling an update does not unpublish a page, however the page was created."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision, get_page_models

from iom.core.models import BasePage
from iom.core.translation_role import Role, role_of
from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body, translated
from newsroom.models import NewsArticle, NewsIndex

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def schedule_update(page, title="Mis à jour"):
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title, draft.go_live_at = title, timezone.now() + timedelta(days=1)
    revision = draft.save_revision()
    revision.publish()
    return revision


def as_before(page):
    now = type(page).objects.get(pk=page.pk)
    return (now.live, now.title, now.expired) == (True, page.title, False)


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_live_page_without_a_live_revision_stays_live(db, model):
    page = model.objects.filter(live=True).first()
    Page.objects.filter(pk=page.pk).update(live_revision=None, latest_revision=None, last_published_at=None)
    page.revisions.all().delete()
    page = model.objects.get(pk=page.pk)

    revision = schedule_update(page)

    assert as_before(page)
    page = model.objects.get(pk=page.pk)
    assert page.latest_revision_id == revision.pk
    assert page.live_revision.as_object().title == page.title
    assert page.get_latest_revision_as_object().title == "Mis à jour"
    assert page.revisions.count() == 2


def test_each_page_of_the_demonstration_stays_live(db):
    """Whether it was made by a migration, a form, an import, or as a translation."""
    for page in Page.objects.filter(live=True, depth__gt=1, alias_of=None).specific():
        if role_of(page) != Role.TRANSLATION:  # a translation has no schedule of its own
            schedule_update(page)
            assert as_before(page), page


def test_an_article_put_live_by_a_script_stays_live(db):
    index = NewsIndex.objects.get(locale__language_code="fr")
    article = index.add_child(instance=NewsArticle(title="D’un script", locale=index.locale, body=body("Un.")))
    schedule_update(article)

    assert as_before(article)


def test_a_draft_written_while_the_page_was_offline_takes_nothing_down(db):
    """The draft keeps in its JSON which revision was live when it was written."""
    article = ArticleFactory(title="Titre")
    article.save_revision().publish()
    article = NewsArticle.objects.get(pk=article.pk)
    article.unpublish()
    draft = NewsArticle.objects.get(pk=article.pk)
    old = draft.latest_revision
    draft.title, draft.go_live_at = "Plus tard", timezone.now() + timedelta(days=1)
    later = draft.save_revision()
    old.publish()
    assert Page.objects.get(pk=article.pk).live

    Revision.objects.get(pk=later.pk).publish()

    assert as_before(article)


def test_an_unpublished_page_that_is_scheduled_stays_unpublished(db):
    article = ArticleFactory(live=False)
    schedule_update(article)

    assert not Page.objects.get(pk=article.pk).live


def test_translators_get_an_update_that_is_scheduled_and_readers_nothing(db):
    """Wagtail tells nobody that an update of a live page has been scheduled."""
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))
    state, page = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    assert state.missing == 0

    schedule_update(original)

    state.refresh_from_db()
    assert (state.missing, state.original.due_at is None) == (1, False)
    assert as_before(original)
    assert as_before(page)
