"""The search backend of the admin."""

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from iom.tests.factories import ArticleFactory


def found(word):
    return [page.title for page in Page.objects.search(word)]


def test_a_saved_page_is_found_at_once(db):
    article = ArticleFactory(title="Quokka")
    assert found("quokka") == ["Quokka"]

    article.title = "Numbat"
    article.save()

    assert (found("quokka"), found("numbat")) == ([], ["Numbat"])


def test_a_save_does_not_read_other_indexed_objects(db):
    article = ArticleFactory(title="Quokka")
    with CaptureQueriesContext(connection) as captured:
        article.save()

    about = [one["sql"] for one in captured.captured_queries if IndexEntry._meta.db_table in one["sql"]]
    assert about
    assert not [sql for sql in about if f"'{article.pk}'" not in sql]


def test_the_index_can_be_rebuilt(db):
    titles = {"Quokka", "A quokka and all the others of its family"}
    for title in sorted(titles):
        ArticleFactory(title=title)
    call_command("update_index", verbosity=0)

    assert set(found("quokka")) == titles
    assert {entry.title_norm for entry in IndexEntry.objects.all()} == {1.0}
