"""Migrations that write data keep existing data. They run on a separate database, as an operator runs them."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from iom.tests import databases

pytestmark = [pytest.mark.xdist_group("migrations"), pytest.mark.one_database]

# All in one process: to start one takes longer than most migrations.
MIGRATE = """
import sys
from django.core.management import execute_from_command_line
for target in sys.argv[1:]:
    execute_from_command_line(["manage.py", "migrate", *target.split(), "--verbosity", "0"])
"""
SECTION = """
from django.core.management import call_command
call_command("migrate", verbosity=0)  # as the settings of development write the site
from home.models import HomePage
from aboutus.models import AboutPage
home = HomePage.objects.get(slug="fr")
home.add_child(instance=AboutPage(title="Qui sommes-nous", locale=home.locale))
"""
# What they write is written again when they run again, and nothing is lost by it.
MAY_BE_RUN_AGAIN = {
    ("aboutus", "0006_footer"),
    ("aboutus", "0009_page_reviews"),
    ("editorial", "0004_administrators_see_jobs"),
    ("editorial", "0005_editors_recommend_results"),
    ("editorial", "0006_editors_show_the_banner"),
    ("editorial", "0007_offices"),
    ("editorial", "0008_review_rules"),
    ("editorial", "0009_texts_about_countries"),
    ("editorial", "0010_glossary"),
    ("newsroom", "0008_sort_dates"),
    ("newsroom", "0015_listed_corrections"),
    ("newsroom", "0018_reference"),
    ("search", "0002_fulltext"),
    ("search", "0003_drafts"),
    ("translation", "0002_translations_have_no_owner"),
    ("translation", "0003_versions_of_originals"),
    ("translation", "0008_memory"),
}
# What these write is taken back (iom/tests/test_names_migrations.py).
ARE_TAKEN_BACK = {
    ("listing", "0002_indexes_of_reports"),
    ("listing", "0003_page_tree_indexes"),
    ("listing", "0004_page_search_index"),
    ("listing", "0005_unfinished_pages"),
    ("listing", "0008_longer_values"),
    ("listing", "0009_home_pages"),
    ("listing", "0010_shown_pages"),
    ("search", "0004_heads"),
    ("search", "0005_heads_on_postgresql"),
    ("search", "0006_lexemes_on_postgresql"),
    ("search", "0007_found_on_sqlite"),
    ("search", "0008_most_periods_on_postgresql"),
    ("search", "0009_phrases_on_postgresql"),
    ("search", "0010_lookups_together_on_postgresql"),
    ("contacts", "0005_names_in_rows"),
    ("newsroom", "0012_topic_names_in_rows"),
}


class Database:
    def __init__(self, environment):
        self.environment = environment | {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}

    def migrate(self, *targets):
        """The exit code and what was said: to one target after the other, until one fails."""
        done = subprocess.run(
            [sys.executable, "-c", MIGRATE, *targets],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def sql(self, statement, *values):
        return databases.rows(self.environment, statement, *values)

    def contents(self):
        tables = ("wagtailcore_page", "wagtailcore_site", "wagtailcore_locale", "auth_group", "auth_group_permissions", "wagtailcore_grouppagepermission", "translation_languagerule", "wagtailcore_groupapprovaltask_groups")  # fmt: skip
        return {table: sorted(self.sql(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608

    def forget(self, app):
        """As if the app's migrations had never run."""
        self.sql("DELETE FROM django_migrations WHERE app = %s", app)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A migrated database with a section below a home page."""
    with databases.database(tmp_path_factory.mktemp("migrations") / "site", databases.migrated()) as environment:
        database = Database(environment)
        databases.manage(database.environment, "shell", "--verbosity", "0", "--command", SECTION)
        yield database


def test_migrations_without_a_reverse_are_not_reversed(database):
    before = database.contents()
    for target in ("editorial zero", "home 0001"):
        code, said = database.migrate(target)
        assert code != 0
        assert "IrreversibleError" in said

    assert database.contents() == before


def test_home_pages_are_not_made_in_a_tree_with_content(database):
    before = database.contents()
    code, said = database.migrate("home 0002", "home 0001 --fake")
    assert code == 0, said

    code, said = database.migrate("home 0002")

    assert code != 0
    assert "CommandError: home.0002_homes makes the home pages of an empty site" in said
    assert "Traceback" not in said
    assert database.contents() == before
    code, said = database.migrate("home 0002 --fake", "")  # as the error says
    assert code == 0, said
    assert database.contents() == before


def test_roles_are_given_again_without_harm(database):
    before = database.contents()
    database.forget("editorial")

    code, said = database.migrate("")

    assert code == 0, said
    assert database.contents() == before


def test_a_renamed_group_is_named_and_stops_nothing(database):
    database.sql("UPDATE auth_group SET name = 'Chiefs' WHERE name = 'Administrators'")
    database.sql("DELETE FROM django_migrations WHERE app = 'editorial' AND name > '0002'")

    code, said = database.migrate("")

    assert code == 0, said
    assert "The group “Administrators” is not there by this name" in said
    database.sql("UPDATE auth_group SET name = 'Administrators' WHERE name = 'Chiefs'")


def test_no_migration_pretends_to_be_taken_back(db):
    """All migrations are found in the code. A reverse that does nothing is allowed only where no data is lost."""
    loader = MigrationLoader(None)
    pretending = {
        key
        for key, migration in loader.disk_migrations.items()
        if migration.__module__.split(".")[0] in ("iom", "home", "aboutus", "newsroom", "search")
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and operation.reversible
    }

    assert pretending == MAY_BE_RUN_AGAIN | ARE_TAKEN_BACK
