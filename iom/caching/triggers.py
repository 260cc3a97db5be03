"""Database triggers that raise the content version in the transaction of each change, whatever program writes.

Every table but IGNORED_TABLES has them, and so does any table that is added later.
"""

import hashlib
import secrets
from collections.abc import Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from iom.caching.models import ContentChange

_TABLE = ContentChange._meta.db_table
_PREFIX = "content_changed_"

# Prefixes of the names of tables on which no cached page depends: the data of editors, translators and jobs, drafts,
# and the full text of search, whose pages are not cached.
IGNORED_TABLES = (
    _TABLE,
    "account_",
    "auth_",
    "checks_",
    "contacts_officestaff",
    "core_draftlimit",
    "django_migrations",
    "django_session",
    "mfa_",
    "newsroom_importedtext",
    "newsroom_officereviewtask",
    "newsroom_reference",
    "newsroom_reviewrule",
    "operation_",
    "publishing_",
    "reads_",
    "search_draft",
    "search_fulltext",
    "socialaccount_",
    "sqlite_",  # SQLite's own tables, such as the statistics that the scheduler gathers
    "translation_comment",
    "translation_concept",
    "translation_figures",
    "translation_instructions",
    "translation_intended",
    "translation_jointpublication",
    "translation_memory",
    "translation_message",
    "translation_question",
    "translation_term",
    "users_",
    "usersessions_",
    "withdrawal_withdrawalrequest",
    "wagtail_localize_localesynchronization",
    "wagtail_localize_overridablesegment",
    "wagtail_localize_relatedobjectsegment",
    "wagtail_localize_segmentoverride",
    "wagtail_localize_string",
    "wagtail_localize_template",
    "wagtail_localize_translationcontext",
    "wagtail_localize_translationlog",
    "wagtail_localize_translationsource",
    "wagtailadmin_",
    "wagtailcore_apitoken",
    "wagtailcore_comment",
    "wagtailcore_group",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_task",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflow",
    "wagtailsearch_",
    "wagtailsearchpromotions_query",
    "wagtailusers_",
)
# Columns that change with drafts.
IGNORED_COLUMNS = {
    "aboutus_pagereview": {"reminded", "responsible_id"},
    "wagtailcore_page": {
        "draft_title", "go_live_at", "has_unpublished_changes", "latest_revision_created_at", "latest_revision_id",
        "live_revision_id", "locked", "locked_at", "locked_by_id", "owner_id",
    },
    "newsroom_pressarchive": {"checked_at"},
    "translation_translationstate": {"memory_digest"},
}  # fmt: skip

# The tables that publication writes. Pages read them only by queries, so that a cached page can be revalidated
# (`revalidation`). A change of any other table may affect every page.
REVALIDATED_TABLES = {
    "listing_entry", "listing_entryfacet", "listing_facetbitmap", "media_rendition", "media_siteimage",
    "newsroom_articlecontact", "newsroom_articlecountry", "newsroom_articletopic", "newsroom_correction",
    "newsroom_newsarticle", "newsroom_pressarchive", "newsroom_relatedarticle", "search_document", "search_word",
    "translation_original", "translation_translationstate", "translation_translationversion",
    "wagtail_localize_translatableobject", "wagtail_localize_translation", "wagtailcore_page",
    "wagtailredirects_redirect",
}  # fmt: skip

# A step is random, so that a number that was rolled back is never used again.
_SQLITE_RAISE = (
    "INSERT INTO caching_contentchange (id, number, everywhere) VALUES (1, 1 + (random() & 4294967295), {step}) "
    "ON CONFLICT (id) DO UPDATE SET number = number + excluded.number, everywhere = everywhere + excluded.everywhere"
)
_SQLITE_STEPS = {"compared": "0", "everywhere": "1 + (random() & 4294967295)"}
# Raises the version once for each statement of a client: more changes of the same statement add nothing. A row that
# another transaction has locked is skipped, so that neither waits.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known text := 'content.changed_' || TG_ARGV[0];
    statement text := statement_timestamp()::text;
    step bigint := 1 + floor(random() * 4294967296)::bigint;
    everywhere_step bigint := CASE TG_ARGV[0] WHEN 'everywhere' THEN step ELSE 0 END;
BEGIN
    IF current_setting(known, true) IS DISTINCT FROM statement THEN
        UPDATE caching_contentchange SET number = number + step, everywhere = everywhere + everywhere_step
            WHERE id = (SELECT id FROM caching_contentchange ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF NOT FOUND THEN
            INSERT INTO caching_contentchange (number, everywhere) VALUES (step, everywhere_step);
        END IF;
        PERFORM set_config(known, statement, true);
    END IF;
    RETURN NULL;
END $$
"""


def is_ignored(table: str) -> bool:
    return table.startswith(IGNORED_TABLES)


def install(database: BaseDatabaseWrapper) -> None:
    """Creates the missing triggers and drops the obsolete ones. Creates the version if there is none."""
    tables = database.introspection.table_names()
    if _TABLE not in tables:  # its migration has been reversed, or has not run yet
        return
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        wanted = _wanted_triggers(database, cursor, tables)
        present = _existing_triggers(database, cursor)
        _drop_triggers(database, cursor, {name: table for name, table in present.items() if name not in wanted})
        for name in wanted.keys() - present.keys():
            cursor.execute(wanted[name])
        if not ContentChange.objects.using(database.alias).exists():
            ContentChange.objects.using(database.alias).create(number=secrets.randbelow(2**32))


def remove(database: BaseDatabaseWrapper) -> None:
    """Removes all triggers. Without a content version nothing is cached."""
    if _TABLE not in database.introspection.table_names():
        return
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        _drop_triggers(database, cursor, _existing_triggers(database, cursor))
        ContentChange.objects.using(database.alias).all().delete()


def _wanted_triggers(database: BaseDatabaseWrapper, cursor: CursorWrapper, tables: list[str]) -> dict[str, str]:
    """Returns the statements by trigger name. A name contains a digest of its statement."""
    statements: list[str] = []
    for table in sorted(tables):
        if not is_ignored(table):
            columns = [column.name for column in database.introspection.get_table_description(cursor, table)]
            watched = [column for column in columns if column not in IGNORED_COLUMNS.get(table, ())]
            make = _sqlite_triggers if database.vendor == "sqlite" else _postgresql_triggers
            statements += make(table, watched)
    named = {_PREFIX + hashlib.sha256(one.encode()).hexdigest()[:16]: one for one in statements}
    return {name: statement.replace("TRIGGER ?", f"TRIGGER {name}") for name, statement in named.items()}


def _sqlite_triggers(table: str, columns: list[str]) -> Iterator[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    for event, condition in (("INSERT", ""), ("DELETE", ""), ("UPDATE", f"WHEN {changed} ")):
        raised = _SQLITE_RAISE.format(step=_SQLITE_STEPS[_trigger_scope(table)])
        yield f'CREATE TRIGGER ? AFTER {event} ON "{table}" {condition}BEGIN {raised}; END'


def _postgresql_triggers(table: str, columns: list[str]) -> Iterator[str]:
    old, new = (", ".join(f'{row}."{column}"' for column in columns) for row in ("OLD", "NEW"))
    changed = f"WHEN (({old}) IS DISTINCT FROM ({new})) "
    for event, each, condition in (
        ("INSERT OR DELETE", "ROW", ""),
        ("UPDATE", "ROW", changed),
        ("TRUNCATE", "STATEMENT", ""),
    ):
        yield (
            f'CREATE TRIGGER ? AFTER {event} ON "{table}" FOR EACH {each} {condition}'
            f"EXECUTE FUNCTION content_changed('{_trigger_scope(table)}')"
        )


def _trigger_scope(table: str) -> str:
    return "compared" if table in REVALIDATED_TABLES else "everywhere"


def _existing_triggers(database: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[str, str]:
    """Returns the table of each trigger by the trigger's name."""
    if database.vendor == "sqlite":
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
            "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        )
    return {name: table for name, table in cursor.fetchall() if name.startswith(_PREFIX)}


def _drop_triggers(database: BaseDatabaseWrapper, cursor: CursorWrapper, triggers: dict[str, str]) -> None:
    for name, table in triggers.items():
        cursor.execute(f"DROP TRIGGER {name}" + (f' ON "{table}"' if database.vendor == "postgresql" else ""))
