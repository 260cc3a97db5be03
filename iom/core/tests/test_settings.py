"""Settings that depend on environment variables (iom/tests/test_settings.py has the rest)."""

import os
import subprocess
import sys

import pytest

from iom.users import KNOWN_PASSWORD

WHOLE = {"SECRET_KEY": "s" * 50, "SITE_URL": "https://www.example.org"}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def read(module, expression, **environment):
    """Returns the value of `expression` in the settings, read in a separate process."""
    code = f"from iom.settings import {module} as settings; print({expression})"
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "DATA_DIR")}
    return subprocess.run([sys.executable, "-c", code], env=kept | environment, capture_output=True, text=True)


@pytest.mark.parametrize(("environment", "is_installed"), [({}, False), ({"DEMO_PASSWORD": "of this site"}, True)])
def test_production_has_the_demonstration_only_where_it_has_a_password(environment, is_installed):
    result = read("production", "'iom.demo' in settings.INSTALLED_APPS", **WHOLE, **environment)

    assert result.stdout.strip() == str(is_installed)


def test_production_shows_no_errors_and_has_no_password_for_the_demonstration():
    result = read("production", "settings.DEBUG, settings.DEMO_PASSWORD, settings.ALLOWED_HOSTS", **WHOLE)

    assert result.stdout.strip() == "False  ['www.example.org']"


def test_further_hosts_are_added_to_that_of_the_site():
    result = read("production", "settings.ALLOWED_HOSTS", **WHOLE, ALLOWED_HOSTS="example.org, intranet.example.org")

    assert result.stdout.strip() == "['www.example.org', 'example.org', 'intranet.example.org']"


def test_production_refuses_the_password_that_everyone_knows():
    result = read("production", "settings.DEMO_PASSWORD", **WHOLE, DEMO_PASSWORD=KNOWN_PASSWORD)

    assert result.returncode
    assert "DEMO_PASSWORD" in result.stderr


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_the_rules_of_https_follow_the_address_of_the_site(scheme, secure):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    expression = f"[bool(getattr(settings, name, False)) for name in {names}]"

    assert read("production", expression, **WHOLE | {"SITE_URL": f"{scheme}://localhost"}).stdout.strip() == str(
        [secure] * 4
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", "changeme"),
        ("SITE_URL", "http://www.example.org"),
        ("ALLOWED_HOSTS", "*"),
        ("SSO_URL", "http://127.0.0.1"),
        ("METRICS_TOKEN", "secret"),
        ("BACKUP_KEY", "secret"),
        ("SESSION_HOURS", "0"),
        ("SESSION_IDLE_HOURS", "-1"),
        ("REQUIRE_SECOND_FACTOR", "none"),
        ("DEMO_PASSWORD", KNOWN_PASSWORD),
    ],
)
def test_production_does_not_start_with_what_is_unsafe_and_says_which(variable, value):
    kept = {"SSO_CLIENT_ID": "site", "SSO_CLIENT_SECRET": "secret"}
    result = read("production", "'started'", **WHOLE | kept | {variable: value})

    assert result.returncode
    assert f"{variable}" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(("scheme", "prefix"), [("https", "__Host-"), ("http", "")])
def test_over_https_no_other_host_sets_a_cookie_of_the_site(scheme, prefix):
    """All cookies, by the code that sets them."""
    code = (
        "import django; django.setup();"
        "from django.conf import settings as s; from iom.users.limits import COOKIE;"
        "from django.contrib.messages.storage.cookie import CookieStorage as m;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, COOKIE, m.cookie_name)"
    )
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "DATA_DIR")}
    kept |= WHOLE | {"SITE_URL": f"{scheme}://localhost", "DJANGO_SETTINGS_MODULE": "iom.settings.production"}
    result = subprocess.run([sys.executable, "-c", code], env=kept, capture_output=True, text=True)
    names = ("sessionid", "csrftoken", "known_browser", "messages")
    assert result.stdout.split() == [prefix + name for name in names], result.stderr


def test_a_replica_is_read_only_where_it_is_named_and_has_a_primary():
    middleware = "'iom.caching.replica.ReplicaMiddleware' in settings.MIDDLEWARE"
    expression = f"sorted(settings.DATABASES), {middleware}"
    primary = {"DATABASE_URL": "postgres://one/site"}
    both = primary | {"DATABASE_REPLICA_URL": "postgres://two/site"}

    assert read("production", expression, **WHOLE, **primary).stdout.strip() == "['default'] False"
    assert read("production", expression, **WHOLE, **both).stdout.strip() == "['default', 'replica'] True"
    result = read("production", expression, **WHOLE, DATABASE_REPLICA_URL=both["DATABASE_REPLICA_URL"])
    assert result.returncode
    assert "DATABASE_REPLICA_URL" in result.stderr


def test_development_needs_nothing():
    assert read("development", "settings.DEBUG").stdout.strip() == "True"
