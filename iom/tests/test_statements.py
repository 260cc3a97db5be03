"""Query sets whose SQL is compiled once."""

import threading

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from iom.listing.models import Entry
from iom.statements import InBulk, Parameter, Statement
from iom.tests.addresses import LANGUAGES

pytestmark = pytest.mark.django_db


def of_language(code):
    return Entry.objects.filter(locale__language_code=code, title__gt="").select_related("picture").order_by("pk")


def facts(entries):
    return [(entry.pk, entry.title, entry.translation_key, entry.date, entry.picture) for entry in entries]


def test_a_statement_answers_as_its_query_set_does_each_time_for_what_is_given():
    statement = Statement(lambda: of_language(Parameter("code", models.CharField())))

    for code in (*LANGUAGES, *LANGUAGES):
        assert facts(statement(code=code)) == facts(of_language(code)) != []
    assert statement(code="xx") == []


def test_a_statement_queries_the_database_each_time():
    statement = Statement(lambda: of_language(Parameter("code", models.CharField())))
    before = facts(statement(code="fr"))
    Entry.objects.filter(pk=before[0][0]).update(title="Autre")

    with CaptureQueriesContext(connection) as captured:
        assert facts(statement(code="fr"))[0][1] == "Autre"
    assert len(captured) == 1


def test_a_statement_loads_related_records(django_assert_num_queries):
    statement = Statement(lambda: of_language(Parameter("code", models.CharField())))

    with django_assert_num_queries(1):
        assert any(entry.picture.credit for entry in statement(code="fr") if entry.picture_id)


def test_each_thread_compiles_its_own_query():
    made = []
    statement = Statement(
        lambda: made.append(threading.get_ident()) or of_language(Parameter("code", models.CharField()))
    )

    def compile_it():
        statement._compile()
        statement._compile()
        connection.close()

    threads = [threading.Thread(target=compile_it) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 3


@pytest.mark.parametrize("number", [0, 1, InBulk.AT_ONCE, 2 * InBulk.AT_ONCE + 1])
def test_in_bulk_fetches_any_number_of_records_by_key(django_assert_num_queries, number):
    first = Entry.objects.order_by("pk").first()
    keys = [first.pk, *range(10**6, 10**6 + number)][:number]

    with django_assert_num_queries(-(-number // InBulk.AT_ONCE)):
        found = InBulk(lambda: Entry.objects.all(), "page__pk").fetch(keys)
    assert found == ({first.pk: first} if number else {})
