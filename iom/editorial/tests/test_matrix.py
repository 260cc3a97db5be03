"""Every address of the admin and every act, by every role: exactly what the table says."""

import pytest

from iom.editorial.tests import admin_urls, attempts, matrix, matrix_elsewhere, matrix_free

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def texts():
    """A French original with its English translation, and the reverse."""
    return {language: admin_urls.text(language) for language in ("fr", "en")}


@pytest.fixture
def clients():
    return admin_urls.clients()


def columns_of_pages(texts):
    """Returns the pages of the columns (French and English original, then translation), each with its state."""
    fr, en = texts["fr"], texts["en"]
    return [
        (fr.original, fr.state),
        (en.original, en.state),
        (en.translation, en.state),
        (fr.translation, fr.state),
    ]


def columns_of_translations(texts):
    """Returns the translations into French and into English, each with its state."""
    return [(texts[language].translation, texts[language].state) for language in ("en", "fr")]


def measure_access(table, columns, clients):
    """Returns the table of access as measured."""
    arguments = [admin_urls.url_arguments(page, state) for page, state in columns]
    parameters = dict(admin_urls.addresses())
    found = {}
    with admin_urls.without_templates():
        for name in table:
            urls = [admin_urls.address(name, parameters[name], some) for some in arguments]
            found[name] = tuple(
                "".join(sorted(letter for letter, client in clients.items() if admin_urls.has_access(client, url)))
                for url in urls
            )
    return found


def differences(found, table):
    return {name: (cells, "instead of", table[name]) for name, cells in found.items() if cells != table[name]}


def test_every_address_of_the_admin_is_in_a_table_or_said_to_be_free():
    names = {name for name, _parameters in admin_urls.addresses()}
    known = {*matrix.PAGES, *matrix.TRANSLATIONS, *matrix_elsewhere.OTHERS, *matrix_free.BY_ACTS}
    free = matrix_free.FREE_IN_THE_ADMIN | matrix_free.FREE_TO_ALL
    guards = {name for name in names if name.startswith("localize/")}  # before localize's, which have names

    assert names - known - free - guards == set()
    assert (known | free) - names == set()


def test_who_has_access_to_the_addresses_of_a_page(texts, clients):
    assert differences(measure_access(matrix.PAGES, columns_of_pages(texts), clients), matrix.PAGES) == {}


def test_who_has_access_to_the_addresses_of_a_translation(texts, clients):
    found = measure_access(matrix.TRANSLATIONS, columns_of_translations(texts), clients)
    assert differences(found, matrix.TRANSLATIONS) == {}


def test_who_has_access_to_all_other_addresses(texts, clients):
    found = measure_access(matrix_elsewhere.OTHERS, columns_of_pages(texts)[:1], clients)
    assert differences(found, matrix_elsewhere.OTHERS) == {}


def test_the_tables_let_an_anonymous_visitor_in_nowhere():
    tables = [
        value
        for value in (*vars(matrix).values(), *vars(matrix_elsewhere).values())
        if isinstance(value, dict) and value is not matrix.ROLES
    ]
    cells = [(name, cells) for table in tables for name, cells in table.items() if isinstance(cells, tuple)]

    assert len(cells) > 200
    assert not [name for name, letters in cells if "a" in "".join(letters)]


def measure_acts(table, columns, clients):
    """Returns the table of acts as measured: which role succeeds, by the state of the objects."""
    found = {}
    with admin_urls.without_templates():
        for name in table:
            act, cells = getattr(attempts, name), []
            for column in columns:
                letters = []
                for letter, client in clients.items():
                    with admin_urls.rolled_back():
                        if act(client, *column):
                            letters.append(letter)
                cells.append("".join(sorted(letters)))
            found[name] = tuple(cells)
    return found


def test_who_does_what_with_a_page(texts, clients):
    assert (
        differences(measure_acts(matrix.ACTS_ON_PAGES, columns_of_pages(texts), clients), matrix.ACTS_ON_PAGES) == {}
    )


def test_who_does_what_with_a_translation(texts, clients):
    found = measure_acts(matrix.ACTS_ON_TRANSLATIONS, columns_of_translations(texts), clients)
    assert differences(found, matrix.ACTS_ON_TRANSLATIONS) == {}


def test_who_does_what_elsewhere(clients):
    assert differences(measure_acts(matrix.ACTS_ELSEWHERE, [()], clients), matrix.ACTS_ELSEWHERE) == {}
