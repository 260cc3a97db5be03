"""PostgreSQL's full-text indexes: which is asked, and that many documents are put into them together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iom.tests.factories import ArticleFactory
from search import engine
from search.analysis import tokens
from search.expressions import In, Token
from search.fulltext import latest, written_in_bulk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite merges what it adds by itself"),
]


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def pending():
    """The pages of the index whose words are not sorted yet."""
    return asked("SELECT gin_clean_pending_list('search_document_fulltext')")


def sorts_later():
    return "fastupdate=on" in asked("SELECT reloptions FROM pg_class WHERE relname = 'search_document_fulltext'")


def test_documents_written_in_bulk_are_found_meanwhile_and_sorted_at_the_end():
    with written_in_bulk():
        assert sorts_later()
        ArticleFactory(title="Le quokka")
        assert engine.number("fr", "quokka") == 1
        assert pending()
        ArticleFactory(title="Le quokka et l’ornithorynque")

    assert not pending()
    assert not sorts_later()
    assert engine.number("fr", "quokka") == 2


def test_a_failure_leaves_the_index_as_it_was():
    with pytest.raises(KeyError), written_in_bulk():
        raise KeyError

    assert not sorts_later()


@pytest.mark.parametrize(("column", "index"), [("title_tokens", "heads"), ("text_tokens", "fulltext")])
def test_titles_are_searched_without_reading_texts(column, index):
    word = Token(*tokens("quokka", "fr"))
    titled = ArticleFactory(title="Le quokka", body=[])
    with CaptureQueriesContext(connection) as queries:
        (hits,) = latest([(In(column, word), 10)])

    assert f"document.{index} @@" in queries[0]["sql"]
    assert [hit.page for hit in hits] == ([titled.pk] if index == "heads" else [])
