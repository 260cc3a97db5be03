"""PostgreSQL's full-text index: its results, how few pages are read for them, and bulk writing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iom.tests.factories import ArticleFactory
from search import engine, fulltext
from search.analysis import tokens
from search.expressions import In, Phrase, Token, all_of, any_of
from search.fulltext import bulk_writing, latest_hits
from search.index import place

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
INDEX = "search_document_lexemes"
MANY = 12_000
PAGES = 3000  # of 8 kB; a list of 60 reads eight for each of them, and a thousand keys are read for the time
QUOKKA, WOMBAT, RARE, NEVER = (Token(one) for one in ("fr0quokka", "fr0wombat", "fr0rare", "fr0never"))


def fetch_value(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def pending():
    """Sorts the pending entries, and returns the number of index pages that had them."""
    return fetch_value(f"SELECT gin_clean_pending_list('{INDEX}')")


def sorts_later():
    return "fastupdate=on" in fetch_value(f"SELECT reloptions FROM pg_class WHERE relname = '{INDEX}'")  # noqa: S608


def test_documents_written_in_bulk_are_found_meanwhile_and_sorted_at_the_end():
    with bulk_writing():
        assert sorts_later()
        ArticleFactory(title="Le quokka")
        assert engine.count_matches("fr", "quokka") == 1
        assert pending()
        ArticleFactory(title="Le quokka et l’ornithorynque")

    assert not pending()
    assert not sorts_later()
    assert engine.count_matches("fr", "quokka") == 2


def test_a_failure_leaves_the_index_as_it_was():
    with pytest.raises(KeyError), bulk_writing():
        raise KeyError

    assert not sorts_later()


def test_words_are_found_in_their_column_and_phrases_where_their_words_follow_each_other():
    titled = ArticleFactory(title="Le quokka bleu", summary="Une réunion", body=[])
    summed = ArticleFactory(title="Réunion", summary="Quokka", body=[("heading", "bleu")])
    word = Token(*tokens("quokka", "fr"))
    phrase = Phrase(tuple(tokens("quokka bleu", "fr")))

    assert [hit.page for hit in found(word)] == [summed.pk, titled.pk]
    assert [hit.page for hit in found(In("title_tokens", word))] == [titled.pk]
    assert [hit.page for hit in found(In("summary_tokens", word))] == [summed.pk]
    assert [hit.page for hit in found(phrase)] == [titled.pk]
    assert found(In("summary_tokens", phrase)) == []


def found(expression, most=10):
    return latest_hits([(expression, most)])[0]


@pytest.fixture
def many():
    """Their keys, the latest first: documents of one article, twelve hours apart. Two words of each do not follow each other."""
    article = ArticleFactory(title="Réunion", body=[])
    end = datetime(2020, 1, 1, tzinfo=UTC)
    keys = [place(end - timedelta(hours=12 * number), article.pk) for number in range(MANY)]
    with bulk_writing(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_document (id, page_id, locale_id, date, is_article, route, country, title, summary, text,"
            " title_tokens, summary_tokens, names_tokens, text_tokens) SELECT key, %s, %s, now(), true, '', '', '', '', '',"
            " CASE WHEN number %% 3000 = 2999 THEN 'fr0quokka fr0rare' ELSE 'fr0title' END, 'fr0quokka fr0summary', '',"
            " 'fr0quokka fr0of fr0wombat' || CASE WHEN number %% 4000 = 3999 THEN ' fr0quokka fr0wombat' ELSE '' END || repeat(' fr0word', 300)"
            " FROM unnest(%s::bigint[]) WITH ORDINALITY AS one(key, number)",
            [article.pk, article.locale_id, keys],
        )
    return keys


def pages_read(expression, most):
    """Returns the number of database pages that are read for the latest hits."""
    with CaptureQueriesContext(connection) as queries:
        latest_hits([(expression, most)])
    plan = fetch_value(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {queries[0]['sql']}")[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


QUESTIONS = {
    "a common word": (QUOKKA, range(60)),
    "two common words": (all_of([QUOKKA, WOMBAT]), range(60)),
    "a word that is rare in titles, and common elsewhere": (In("title_tokens", QUOKKA), range(2998, MANY, 3000)),
    "a common word beside a rare one": (all_of([QUOKKA, RARE]), range(2998, MANY, 3000)),
    "common words that seldom follow each other": (Phrase(("fr0quokka", "fr0wombat")), range(3998, MANY, 4000)),
    "a phrase or a word": (any_of([Phrase(("fr0wombat", "fr0quokka")), RARE]), [2998, 3998, 5998, 7998, 8998, 11998]),
    "a word that no document has": (all_of([QUOKKA, NEVER]), []),
}


def test_the_latest_matches_are_found_without_reading_the_others(many):
    for name, (expression, those) in QUESTIONS.items():
        hits = [hit.document for hit in found(expression, 60)]
        assert hits == [many[number] for number in those], name
        assert pages_read(expression, 60) < PAGES, name


def test_one_page_after_the_other_is_the_list(many):
    """This holds across the limits of periods of time."""
    assert [hit.document for hit in found(QUOKKA, MANY)] == many
    assert [hit.document for hit in found(QUOKKA, 3000)] == many[:3000]
    assert fulltext.latest_hits([(QUOKKA, 2), (WOMBAT, 3)])[1] == found(WOMBAT, 3)
