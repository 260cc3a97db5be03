"""Migrations turn columns of names into rows and back without loss."""

import pytest

from iom.tests import databases
from iom.tests.databases import manage, rows

COLUMNS = {
    "office": "SELECT id, name_fr, name_en, city_fr, city_en FROM contacts_office ORDER BY id",
    "topic": "SELECT id, name_fr, name_en, slug_fr, slug_en FROM newsroom_topic ORDER BY id",
}
ROWS = {
    "office": "SELECT office_id, language, name, city FROM contacts_officename ORDER BY office_id, language",
    "topic": "SELECT topic_id, language, name, slug FROM newsroom_topicname ORDER BY topic_id, language",
}
BEFORE = [("contacts", "0004_time_zone_of_the_country"), ("newsroom", "0011_body_field")]
AFTER = [("contacts", "0005_names_in_rows"), ("newsroom", "0012_topic_names_in_rows")]


@pytest.fixture
def site(tmp_path):
    with databases.database(tmp_path / "site", databases.demonstration()) as environment:
        yield environment | {"DJANGO_SETTINGS_MODULE": "iom.settings.test"}


def migrate(site, states):
    for app, name in states:
        manage(site, "migrate", app, name, "--verbosity", "0", "--skip-checks")


def test_names_become_columns_and_rows_again(site):
    stored = {record: rows(site, statement) for record, statement in ROWS.items()}
    assert all(stored.values())
    rows(site, "INSERT INTO contacts_office (kind, country, address, email, phone, timezone, head_name, head_gender,"
               " head_is_acting) VALUES ('country', 'PE', '', '', '', 'America/Lima', '', '', %s)", False)  # fmt: skip
    ((lima,),) = rows(site, "SELECT id FROM contacts_office WHERE country = 'PE'")
    for language, name in (("fr", "Bureau de Lima"), ("es", "Oficina de Lima")):
        rows(site, "INSERT INTO contacts_officename (office_id, language, name, city) VALUES (%s, %s, %s, 'Lima')",
             lima, language, name)  # fmt: skip

    migrate(site, BEFORE)

    columns = {record: rows(site, statement) for record, statement in COLUMNS.items()}
    assert columns["office"].pop() == (lima, "Bureau de Lima", "Bureau de Lima", "Lima", "Lima")
    for record, found in columns.items():
        again = [(pk, code, name, more) for pk, *values in found for code, name, more in by_language(values) if name]
        assert again == stored[record]

    migrate(site, AFTER)

    for record, statement in ROWS.items():
        assert [row for row in rows(site, statement) if row[0] != lima] == [
            row for row in stored[record] if row[0] != lima
        ]
    assert {row[1:] for row in rows(site, ROWS["office"]) if row[0] == lima} == {
        (code, "Bureau de Lima", "Lima") for code in ("fr", "en")
    }


def by_language(values):
    """Returns the columns of a record as rows, in the order of the language codes."""
    name_fr, name_en, more_fr, more_en = values
    return [("en", name_en, more_en), ("fr", name_fr, more_fr)]
