"""System checks of the rules for every page type, language and catalogue."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core import checks
from django.db import DatabaseError, connections, models
from django.utils.translation import to_locale
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, get_page_models

from iom.core.models import BasePage
from iom.locale import compile as catalogues
from iom.navigation.translation_tree import HOME_DEPTH
from iom.publishing import database_version
from iom.users.models import User

# Checks with this tag, registered with `deploy=True`, run before production serves. They may query the database.
BEFORE_SERVING = "before_serving"

# Wagtail's own fields, which localize does not synchronize: the tree, the state of publication, the owner.
_WAGTAIL_FIELDS = {
    "path", "depth", "numchild", "translation_key", "locale", "content_type", "owner", "go_live_at", "expire_at",
    "first_published_at", "latest_revision", "live_revision", "alias_of", "page_ptr", "id", "draft_title", "url_path",
    "live", "has_unpublished_changes", "expired", "last_published_at", "latest_revision_created_at", "locked",
    "locked_at", "locked_by",
}  # fmt: skip


def get_undeclared_fields(model: type[Page]) -> list[str]:
    """Returns the fields and child relations of `model` that `override_translatable_fields` does not name."""
    fields = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and not isinstance(field, GenericRelation)
        and not field.auto_created
        and field.name not in _WAGTAIL_FIELDS
    }
    children = {relation.name for relation in get_all_child_relations(model)} - {COMMENTS_RELATION_NAME}
    declared = {declaration.field_name for declaration in getattr(model, "override_translatable_fields", [])}
    return sorted((fields | children) - declared)


@checks.register(checks.Tags.models)
def check_fields_have_language_rule(**kwargs: Any) -> list[checks.CheckMessage]:
    """iom.E001: a page type lacks a field in `override_translatable_fields`; iom.E002: it is no BasePage."""
    errors: list[checks.CheckMessage] = []
    for model in get_page_models():
        if model is Page:
            continue
        if not issubclass(model, BasePage):
            errors.append(checks.Error(f"{model.__name__} is not a subclass of BasePage.", obj=model, id="iom.E002"))
            continue
        errors.extend(
            checks.Error(
                f"{model.__name__}.{name} is not in override_translatable_fields.",
                hint="Add it with one of the four functions of iom.core.fields.",
                obj=model,
                id="iom.E001",
            )
            for name in get_undeclared_fields(model)
        )
    return errors


@checks.register(checks.Tags.database)
def check_languages_have_home(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """iom.W012: a language has no home page. `migrate` and `check --database default` run this check."""
    connection = connections["default"]
    if "default" not in (databases or ()) or Page._meta.db_table not in connection.introspection.table_names():
        return []
    homes = set(Page.objects.filter(depth=HOME_DEPTH).values_list("slug", flat=True))
    return [
        checks.Warning(f"{name} has no home page.", hint=f"Run: manage.py add_language {code}", id="iom.W012")
        for code, name in settings.LANGUAGES
        if homes and code not in homes
    ]


@checks.register(checks.Tags.translation)
def check_languages_have_messages(**kwargs: Any) -> list[checks.CheckMessage]:
    """iom.W013: the catalogue of a language lacks messages. Django falls back to the default language."""
    return [
        checks.Warning(
            f"{name}: {missing} untranslated messages of the interface are shown in {settings.LANGUAGE_CODE}.",
            hint="docs/operators.md says how to add them to its catalogue.",
            id="iom.W013",
        )
        for code, name in settings.LANGUAGES
        if (missing := len(get_missing_messages(code)))
    ]


def get_missing_messages(code: str) -> set[str]:
    """Returns the messages that the catalogue of a language lacks; none for English, in which they are written."""
    if code.startswith("en"):
        return set()
    found = catalogues.messages(Path(settings.LOCALE_PATHS[0]))
    return set().union(*found.values()) - found.get(to_locale(code), set())


@checks.register(BEFORE_SERVING, deploy=True)
def check_no_known_password(**kwargs: Any) -> list[checks.CheckMessage]:
    """iom.E011: an account of the demonstration has the password that README.md publishes."""
    try:
        names = ", ".join(sorted(user.email for user in User.objects.with_known_password()))
    except DatabaseError:  # no table yet, so no accounts
        return []
    hint = "Run `manage.py demo` with DEMO_PASSWORD=…, or delete the accounts."
    return [checks.Error(f"README.md publishes the password of: {names}.", hint=hint, id="iom.E011")] if names else []


@checks.register(BEFORE_SERVING, checks.Tags.database, deploy=True)
def check_database_version(**kwargs: Any) -> list[checks.CheckMessage]:
    """iom.W014: the database is of another version, or does not answer.

    `start` and `check --deploy --database default` run this check. The site is served nevertheless: readers get what
    is stored.
    """
    try:
        earlier, later = database_version.pending_migrations(), database_version.later_migrations()
    except DatabaseError as error:
        return [checks.Warning(f"The database does not answer: {error}", hint="See DATABASE_URL.", id="iom.W014")]
    problems = []
    if earlier:
        problem = f"an earlier version: migrations are missing, the last is {earlier[-1]}"
        problems.append((problem, "Run: manage.py migrate"))
    if later:
        hint = "Install that version, or restore a backup of this one (docs/operators.md)."
        problems.append((f"a later version: this code does not know its migration {later[-1]}", hint))
    return [checks.Warning(f"The database has {problem}.", hint=hint, id="iom.W014") for problem, hint in problems]


@checks.register(checks.Tags.translation)
def check_catalogues_are_compiled(**kwargs: Any) -> list[checks.CheckMessage]:
    """iom.E010: a catalogue is not compiled, or has changed since. Pages would be partly in English."""
    return [
        checks.Error(
            f"{source} is not compiled, or has changed since.",
            hint=f"Run: python {catalogues.__file__}",
            id="iom.E010",
        )
        for folder in settings.LOCALE_PATHS
        for source in catalogues.sources(Path(folder))
        if not catalogues.is_compiled(source)
    ]
