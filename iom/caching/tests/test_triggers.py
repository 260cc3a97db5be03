"""Every write changes the content version, except in tables that visitors never see."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from iom.caching import triggers, version
from iom.caching.models import ContentChange
from iom.contacts.models import Office
from iom.tests.addresses import LANGUAGES, NAMES, page
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db


def loud_tables() -> list[str]:
    return [table for table in connection.introspection.table_names() if not triggers.is_ignored(table)]


@pytest.mark.parametrize(
    "table", sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
)
def test_each_table_has_triggers_or_is_ignored(table):
    with connection.cursor() as cursor:
        found = list(triggers._existing_triggers(connection, cursor).values()).count(table)
    assert found == (0 if triggers.is_ignored(table) else 3)


def test_a_change_by_sql_raises_the_version():
    before = version.read_number()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_office SET phone = '+41 22 717 91 11'")
    assert version.read_number() != before


def test_insertion_and_deletion_raise_the_version():
    numbers = [version.read_number()]
    article = ArticleFactory()
    numbers.append(version.read_number())
    NewsArticle.objects.filter(pk=article.pk).delete()
    numbers.append(version.read_number())
    assert len(set(numbers)) == 3


def test_bulk_updates_raise_the_version():
    before = version.read_number()
    NewsArticle.objects.update(place="Nairobi")
    assert version.read_number() != before


def test_a_statement_that_changes_nothing_does_not_raise_it():
    Office.objects.update(phone="+41 22 717 91 11")
    before = version.read_number()
    Office.objects.update(phone="+41 22 717 91 11")
    Office.objects.filter(pk=0).delete()
    assert version.read_number() == before


def test_a_number_that_was_rolled_back_is_not_given_again():
    before = version.read_number()
    seen = set()
    for _ in range(5):
        with transaction.atomic():
            Office.objects.update(phone="+1")
            seen.add(version.read_number())
            transaction.set_rollback(True)
    assert version.read_number() == before
    assert len(seen) == 5


def test_a_draft_does_not_raise_the_version(sign_in):
    """Editors save drafts every few seconds."""
    article = page("article", "fr")
    article.title = "Un autre titre"
    before = version.read_number()
    article.save_revision(user=None)
    assert version.read_number() == before
    sign_in("officer").get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    assert version.read_number() == before


def test_publication_raises_the_version():
    article = page("article", "fr")
    article.title = "Un autre titre"
    revision = article.save_revision()
    before = version.read_number()
    revision.publish()
    assert version.read_number() != before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_public_pages_read_no_ignored_table(visitor, name, language):
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(page(name, language).url).status_code == 200
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    quiet = [table for table in connection.introspection.table_names() if triggers.is_ignored(table)]
    read = {table for table in quiet if f'"{table}"' in statements}
    assert read <= {ContentChange._meta.db_table}


def test_installing_again_makes_no_trigger_again():
    triggers.install(connection)
    with CaptureQueriesContext(connection) as captured:
        triggers.install(connection)
    assert not [
        query for query in captured.captured_queries if "TRIGGER" in query["sql"].split("AFTER")[0].upper()[:15]
    ]


def test_triggers_are_installed_where_the_database_has_gathered_statistics():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    triggers.remove(connection)
    triggers.install(connection)
    assert version.read_number() is not None


def test_without_triggers_there_is_no_version_until_they_are_back():
    """A migration must not fail because of a trigger. If it fails, nothing is cached."""
    before = version.read_number()
    triggers.remove(connection)
    assert version.read_number() is None
    Page.objects.filter(depth=1).update(title="Root")  # works without them
    triggers.install(connection)
    assert version.read_number() not in (None, before)
    with connection.cursor() as cursor:
        assert set(triggers._existing_triggers(connection, cursor).values()) == set(loud_tables())
