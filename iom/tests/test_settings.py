"""The settings for production and development."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.formats import date_format
from django.utils.translation import override

pytestmark = pytest.mark.one_database
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "iom.settings.production",
    "SECRET_KEY": "".join(map(chr, range(33, 127))),
    "SITE_URL": "https://www.example.org",
}


def manage(*arguments: str, tmp_path, **environment: str) -> subprocess.CompletedProcess:
    others = ("DJANGO_", "SITE_", "SECRET_", "DATABASE_URL", "CACHE_URL")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:iom", "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=clean | {"DATA_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_passes_the_deployment_checks(tmp_path):
    result = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_an_error_in_production_leaves_its_traceback(tmp_path):
    code = "from django.test import Client; Client(raise_request_exception=False, headers={'host': 'www.example.org'})"
    result = manage("shell", "-v0", "-c", f"{code}.get('/fr/', secure=True)", tmp_path=tmp_path, **PRODUCTION)
    assert "Traceback" in result.stderr  # there is no table yet
    assert "no such table" in result.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL"])
def test_production_says_which_variable_is_missing_and_stops(tmp_path, missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    result = manage("check", tmp_path=tmp_path, **environment)
    assert result.returncode != 0
    assert missing in result.stderr


def test_no_migration_is_missing(db, capsys):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def test_every_setting_of_the_site_is_used():
    """A setting is used by Django, Wagtail, another package or the code of the site."""
    import django.conf.global_settings as defaults

    used = "".join(path.read_text() for path in settings.BASE_DIR.glob("iom/**/*.py") if "settings/" not in str(path))
    used += "".join(path.read_text() for path in (settings.BASE_DIR / "iom/settings").glob("*.py"))
    of_allauth = "".join(path.read_text() for path in Path(allauth.__file__).parent.glob("**/app_settings.py"))
    for name in re.findall(r"^([A-Z_]+)\b", (settings.BASE_DIR / "iom/settings/base.py").read_text(), re.MULTILINE):
        if not hasattr(defaults, name):
            known = name.startswith(("ROOT_URLCONF", "WAGTAIL", "COUNTRIES_", "MAILERS", "SECURE_CSP", "WHITENOISE_"))
            in_allauth = f'"{name.partition("_")[2]}"' in of_allauth
            assert known or used.count(name) > 1 or in_allauth, name


def test_public_pages_have_the_strict_policy_and_the_admin_its_own(visitor):
    public = visitor.get("/fr/")["Content-Security-Policy"]
    assert "default-src 'none'" in public
    assert "unsafe-inline" not in public
    assert "unsafe-inline" in visitor.get("/admin/login/")["Content-Security-Policy"]


def test_the_site_record_follows_the_address_of_the_site(db):
    from wagtail.models import Site

    site = Site.objects.get()
    assert (site.hostname, site.port) == ("www.example.org", 443)


@pytest.mark.parametrize(
    ("language", "day", "text"),
    [
        ("fr", 24, "24 nov. 2026, 9\u00a0h\u00a005"),
        ("fr", 1, "1er nov. 2026, 9\u00a0h\u00a005"),
        ("fr", 21, "21 nov. 2026, 9\u00a0h\u00a005"),
        ("en", 1, "1 Nov 2026, 09:05"),
    ],
)
def test_the_admin_has_one_format_for_dates_with_times(language, day, text):
    moment = datetime(2026, 11, day, 9, 5, tzinfo=UTC)
    with override(language):
        assert date_format(moment, "DATETIME_FORMAT") == date_format(moment, "SHORT_DATETIME_FORMAT") == text


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["start"], {"PORT": "8080"}, "http://127.0.0.1:8080"),  # make run
        (["runserver", "127.0.0.1:8123"], {}, "http://127.0.0.1:8123"),
        (["runserver", "--noreload", "8123"], {"PORT": "8080"}, "http://127.0.0.1:8123"),
        (["runserver", "8123"], {"SITE_URL": "http://localhost:9000"}, "http://localhost:9000"),
    ],
)
def test_addresses_in_development_contain_the_served_port(tmp_path, arguments, environment, expected):
    code = (
        f"import sys; sys.argv = {['manage.py', *arguments]}; from django.conf import settings;"
        "print(settings.SITE_URL, settings.WAGTAILADMIN_BASE_URL)"
    )
    clean = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "PORT")}
    clean |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "iom.settings.development"} | environment
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=clean, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == [expected, expected]
