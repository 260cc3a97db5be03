"""Which of SQLite's two indexes is read, and that both agree with the documents."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from iom.tests.factories import ArticleFactory
from search.analysis import facet_token, tokens
from search.expressions import In, Token, all_of
from search.fulltext import NEWS, latest_hits
from search.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

INDEXES = ("search_fulltext", "search_fulltext_heads")
WORD = Token(*tokens("quokka", "fr"))
IN_TITLE, IN_NAMES = In("title_tokens", WORD), In("names_tokens", Token(facet_token("section", NEWS, "fr")))


def read(expression):
    """Returns the index that is read, and the pages that match."""
    with CaptureQueriesContext(connection) as captured:
        (hits,) = latest_hits([(expression, 10)])
    (query,) = captured
    return [index for index in INDEXES if f"FROM {index} " in query["sql"]], [hit.page for hit in hits]


def check():
    """Compares each index with its table. Raises DatabaseError if they differ."""
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608


def test_titles_summaries_and_names_are_searched_without_reading_where_words_stand_in_texts():
    named = ArticleFactory(title="Le quokka", summary="Une réunion")
    summed = ArticleFactory(title="Une réunion", summary="Le quokka")
    assert read(IN_TITLE) == ([INDEXES[1]], [named.pk])
    assert read(In("summary_tokens", WORD)) == ([INDEXES[1]], [summed.pk])
    assert read(all_of([IN_TITLE, IN_NAMES])) == ([INDEXES[1]], [named.pk])
    index, pages = read(all_of([WORD, IN_NAMES]))
    assert (index, set(pages)) == ([INDEXES[0]], {named.pk, summed.pk})


def test_both_indexes_follow_what_is_published_changed_and_taken_down():
    check()
    article = ArticleFactory(title="Le quokka")
    check()
    article.title = "Un wombat"
    article.save_revision().publish()
    check()
    assert read(IN_TITLE)[1] == []
    article.unpublish()
    check()
    with connection.cursor() as cursor:  # what if a trigger were missing?
        cursor.execute(f"INSERT INTO {INDEXES[1]}({INDEXES[1]}) VALUES ('delete-all')")  # noqa: S608
    assert Document.objects.exists()
    with pytest.raises(DatabaseError):
        check()
