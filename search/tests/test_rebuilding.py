"""Listing and index are rebuilt while people publish, without overwriting their changes."""

import pytest
from wagtail.models import Page

from iom.listing import writing
from iom.listing.models import Entry
from iom.publishing import locking
from iom.tests.factories import ArticleFactory
from search import drafts, index
from search.models import Document, Draft, Word

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticleFactory(title="Un titre", summary="Un résumé.")


@pytest.fixture
def meanwhile(monkeypatch):
    """Makes a change in another transaction that ends just before the page is locked."""

    def change(action):
        lock = locking._lock

        def lock_later(*args, **kwargs):
            monkeypatch.setattr(locking, "_lock", lock)
            action()
            lock(*args, **kwargs)

        monkeypatch.setattr(locking, "_lock", lock_later)

    return change


def test_the_listing_has_the_title_that_was_published_meanwhile(article, meanwhile):
    meanwhile(lambda: Page.objects.filter(pk=article.pk).update(title="Un autre titre"))
    writing.rebuild()
    assert Entry.objects.get(pk=article.pk).title == "Un autre titre"


def test_search_has_the_title_that_was_published_meanwhile(article, meanwhile):
    meanwhile(lambda: Page.objects.filter(pk=article.pk).update(title="Un autre titre"))
    index.rebuild()
    assert Document.objects.get(page=article.pk).title == "Un autre titre"


def test_the_search_of_the_admin_has_the_draft_that_was_saved_meanwhile(article, meanwhile):
    article.title = "Un brouillon"
    article.save_revision()
    Draft.objects.all().delete()

    def save():
        article.title = "Une autre version"
        article.save_revision()

    meanwhile(save)
    drafts.rebuild()
    written = Draft.objects.get(page=article.pk)
    assert written.revision == article.latest_revision_id
    assert "fr0version" in written.title_tokens


def test_pages_that_are_no_longer_listed_are_removed_by_a_rebuild(article):
    """This happens after a restore, or after raw SQL."""
    ArticleFactory(language="fr", title="Le zirconium").unpublish()
    Entry.objects.filter(pk=article.pk).delete()
    assert list(index.differences()) == [f"Page {article.pk} is searched, and is not listed."]
    index.rebuild()
    assert not Document.objects.filter(page=article.pk).exists()
    assert not Word.objects.filter(form="zirconium").exists()
    assert list(index.differences()) == []
