"""System checks: every field of a page declares its behaviour across languages, every catalogue is compiled."""

import os
import shutil

import polib
import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Page, get_page_models

from iom.core import checks
from iom.locale import compile as compiling
from iom.publishing import database_version
from iom.tests.catalogues import catalogue
from newsroom.models import NewsArticle


def found(identifier):
    return [error for error in checks.check_fields_have_language_rule() if error.id == identifier]


def without(model, name):
    return [declaration for declaration in model.override_translatable_fields if declaration.field_name != name]


def test_every_field_of_every_page_declares_its_behaviour():
    assert not found("iom.E001")
    assert not found("iom.E002")


@pytest.mark.parametrize(
    "name", ["title", "slug", "show_in_menus", "summary", "office", "body", "countries", "corrections"]
)
def test_an_undeclared_field_is_reported(monkeypatch, name):
    monkeypatch.setattr(NewsArticle, "override_translatable_fields", without(NewsArticle, name))

    assert checks.get_undeclared_fields(NewsArticle) == [name]
    assert [error.obj for error in found("iom.E001")] == [NewsArticle]
    assert name in found("iom.E001")[0].msg


def test_django_runs_the_check_at_every_start(db, monkeypatch):
    monkeypatch.setattr(NewsArticle, "override_translatable_fields", without(NewsArticle, "summary"))

    assert "iom.E001" in {error.id for error in run_checks()}


def test_a_page_type_that_is_no_base_page_is_reported(monkeypatch):
    stray = type("StrayPage", (), {})
    monkeypatch.setattr(checks, "get_page_models", lambda: [Page, stray])

    (error,) = found("iom.E002")
    assert "StrayPage" in error.msg


def test_fields_of_wagtails_publication_state_are_not_declared():
    """Dates of publication, tree and locks belong to Wagtail. If a page declared them, localize would copy them."""
    declared = {
        declaration.field_name
        for model in get_page_models()
        for declaration in getattr(model, "override_translatable_fields", [])
    }

    assert not declared & {"live", "go_live_at", "expire_at", "path", "url_path", "locked", "owner", "alias_of"}


SPANISH = [*django_settings.LANGUAGES, ("es", "Español")]


def warned(identifier):
    return [warning.msg for warning in run_checks(databases=["default"]) if warning.id == identifier]


def test_the_languages_of_the_site_have_all_they_need(db):
    assert not warned("iom.W012")
    assert not warned("iom.W013")


def test_a_language_without_a_home_page_is_named_by_migrate(db, settings):
    settings.LANGUAGES = SPANISH
    assert warned("iom.W012") == ["Español has no home page."]


def test_a_language_without_messages_is_named_at_every_start(db, settings):
    settings.LANGUAGES = SPANISH
    (said,) = warned("iom.W013")
    assert said == f"Español: {len(catalogue('fr'))} untranslated messages of the interface are shown in fr."


def test_a_plural_with_fewer_forms_than_its_language_has_is_missing(settings, tmp_path):
    file = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=3; plural=(n > 2 ? 2 : n);"}
    for msgid, forms in (("%d day", 2), ("%d hour", 3)):
        po.append(polib.POEntry(msgid=msgid, msgid_plural=f"{msgid}s", msgstr_plural=dict.fromkeys(range(forms), "x")))
    po.append(polib.POEntry(msgid="Home", msgstr="x"))
    po.save(str(file))
    compiling.compile_catalogue(file)

    assert compiling.messages(tmp_path)["ar"] == {"None\4%d hour", "None\4Home"}


@pytest.fixture
def catalogues_of_a_clone(settings, tmp_path):
    """The sources of the catalogues as in the repository, without compiled files."""
    for source in compiling.sources(settings.BASE_DIR / "iom" / "locale"):
        copy = tmp_path / source.relative_to(settings.BASE_DIR / "iom" / "locale")
        copy.parent.mkdir(parents=True)
        shutil.copy(source, copy)
    settings.LOCALE_PATHS = [tmp_path]
    return compiling.sources(tmp_path)


def reported():
    return [error for error in run_checks(tags=["translation"], databases=[]) if error.id == "iom.E010"]


def test_a_clone_without_compiled_catalogues_is_refused(catalogues_of_a_clone):
    assert len(reported()) == len(catalogues_of_a_clone) >= 1
    assert all("compile.py" in error.hint for error in reported())


def test_compiled_catalogues_pass(catalogues_of_a_clone):
    for source in catalogues_of_a_clone:
        compiling.compile_catalogue(source)

    assert not reported()


@pytest.mark.parametrize("spoil", ["change", "older", "half", "made_elsewhere"])
def test_a_catalogue_compiled_of_something_else_is_refused(catalogues_of_a_clone, spoil):
    """The dates of the files do not count, because a checkout or a copy changes them."""
    for source in catalogues_of_a_clone:
        compiling.compile_catalogue(source)
    source = max(catalogues_of_a_clone, key=lambda source: source.with_suffix(".mo").stat().st_size)
    compiled = source.with_suffix(".mo")
    if spoil in ("change", "older"):
        source.write_text(source.read_text() + '\nmsgid "Anew"\nmsgstr "À neuf"\n')
        os.utime(source, (0, 0) if spoil == "older" else None)
    elif spoil == "half":
        compiled.write_bytes(compiled.read_bytes()[: compiled.stat().st_size // 2])
    else:
        polib.pofile(str(source)).save_as_mofile(str(compiled))

    assert [str(source) in error.msg for error in reported()] == [True]


@pytest.fixture
def schema_warning(db):
    def message():
        database_version._all_migrated.cache_clear()
        found = run_checks(tags=[checks.BEFORE_SERVING], include_deployment_checks=True)
        return " ".join(f"{warning.msg} {warning.hint}" for warning in found if warning.id == "iom.W014")

    yield message
    database_version._all_migrated.cache_clear()


def test_a_database_of_another_version_is_reported_before_the_site_serves(schema_warning):
    assert not schema_warning()
    recorder = MigrationRecorder(connection)
    recorder.record_applied("search", "9999_of_a_later_version")
    assert "a later version: this code does not know its migration search.9999_of_a_later_version" in schema_warning()

    recorder.record_unapplied("search", "9999_of_a_later_version")
    recorder.record_unapplied("reads", "0001_reads")
    assert "migrations are missing, the last is reads.0001_reads. Run: manage.py migrate" in schema_warning()


def test_a_database_that_does_not_answer_is_reported_before_the_site_serves(schema_warning, monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr(database_version, "pending_migrations", away)
    assert "does not answer: connection refused See DATABASE_URL." in schema_warning()
