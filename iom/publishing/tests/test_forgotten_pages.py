"""A text that is deleted for good leaves no trace in any table, as the guides say."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from iom.publishing import deleted_pages, jobs
from iom.publishing.models import DeletedPage
from iom.publishing.tests.test_deleted_pages import pair
from iom.tests.factories import ArticleFactory
from iom.translation.memory import entries
from iom.translation.tests.desk import body, translated
from newsroom.models import NewsArticle


def tables_with(word):
    """The tables of the database that have a word in any of their columns."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if any(word in str(row) for row in cursor.fetchall()):
                found.append(table)
    return found


def named_pair():
    """A text that names a person in both languages, as readers and the memory have it."""
    page = ArticleFactory(title="Titre", summary="Zanzibarquux témoigne.", body=body("Un."))
    _state, translation = translated(
        page, NewsArticle(title="Title", summary="Zanzibarquux speaks.", body=body("One."))
    )
    jobs.run(kinds=[entries.STORE_TRANSLATION])
    return NewsArticle.objects.get(pk=page.pk), translation


@pytest.mark.parametrize("way", ["view", "30 days"])
def test_nothing_is_left_of_what_is_deleted_for_good(sign_in, db, way):
    page, _translation = named_pair()
    assert "translation_memoryentry" in tables_with("Zanzibarquux")
    page.delete()
    kept = DeletedPage.objects.get()
    assert "wagtail_localize_stringtranslation" in tables_with("Zanzibarquux"), "it can be restored"

    if way == "view":
        sign_in("editor").post(reverse("publishing_deleted_forget", args=[kept.pk]))
    else:
        DeletedPage.objects.update(deleted_at=timezone.now() - timedelta(days=31))
        deleted_pages.forget(str(kept.pk))
    jobs.enqueue("search.words", "all")
    jobs.run(kinds=["search.words"])

    assert tables_with("Zanzibarquux") == []


def test_a_text_that_is_still_there_or_restorable_in_a_language_keeps_its_translation(sign_in, db):
    page, translation = named_pair()
    translation.delete()
    DeletedPage.objects.get().delete()
    assert "wagtail_localize_stringtranslation" in tables_with("Zanzibarquux speaks")

    page, translation = pair()
    translation.delete()
    first = DeletedPage.objects.get()
    page.delete()
    first.delete()
    deleted_pages.restore(DeletedPage.objects.get())
    assert StringTranslation.objects.filter(context__object=page.translation_key).exists()
