"""An invalid value of a variable is refused with the name of the variable, for each variable of docs/operators.md."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from iom.tests.test_promises import ROWS

pytestmark = pytest.mark.one_database
WRONG = ["nonsense", "-1", "1.5", "http://host:port", "valkey://host:6379/0", "s3:///folder", "gs://host/x", "S3://b"]
# DATA_DIR may be any folder, and would be created (test_start.py)
NAMES = sorted({name for name, _row in ROWS} - {"DATA_DIR", "DJANGO_SETTINGS_MODULE"})
VALID = {
    "SECRET_KEY": "s" * 50,
    "SITE_URL": "https://www.example.org",
    "SSO_CLIENT_ID": "site",
    "SSO_CLIENT_SECRET": "secret",
}
# Invalid values of each variable
REFUSED = {
    "ALLOWED_HOSTS": ["https://www.example.org", "example.org:8000", "*", "a b"],
    "BACKUP_DAYS": ["a"],
    "BACKUP_HOURS": ["0", "99999999999"],
    "BACKUP_KEEP": ["a"],
    "BACKUP_KEY": ["short"],
    "BACKUP_TO": ["gs://host/x"],
    "CACHE_URL": ["nonsense"],
    "COUNT_READS": ["oui"],
    "DATABASE_REPLICA_URL": ["nonsense"],
    "DATABASE_URL": ["nonsense"],
    "DEFAULT_FROM_EMAIL": ["nonsense", "IOM <nonsense>", "a@example.org, b@example.org"],
    "DEMO_PASSWORD": ["demonstration"],
    "EMAIL_URL": ["nonsense"],
    "HTTP_CACHE_URL": ["nonsense"],
    "LANGUAGES": ["en", "nonsense", "fr en", "fr;en", "fr_FR"],
    "LIBRETRANSLATE_URL": ["nonsense", "http://"],
    "LIMITS_CACHE_URL": ["nonsense"],
    "LINK_CHECKS": ["oui", "2"],
    "LOG_LEVEL": ["all"],
    "MEDIA_URL": ["gs://host/x"],
    "METRICS_TOKEN": ["short"],
    "PORT": ["0", "65536", "http"],
    "PREVIEWS_PER_MINUTE": ["a"],
    "REQUIRE_SECOND_FACTOR": ["oui"],
    "REVISION_DAYS": ["a"],
    "SEARCHES_PER_MINUTE": ["a"],
    "SECRET_KEY": ["short"],
    "SECRET_KEY_FALLBACKS": ["short", "s" * 50 + ",short"],
    "SECURITY_CONTACT": ["security@example.org", "nonsense", "mailto:", "https://"],
    "SENTRY_DSN": ["nonsense"],
    "SESSION_HOURS": ["0"],
    "SESSION_IDLE_HOURS": ["0"],
    "SITE_URL": [
        "https://www.example.org:abc",
        "https://www.example.org/site/",
        "https://www.example.org?site",
        "https://user@www.example.org",
        "www.example.org",
        "https://",
    ],
    "SSO_URL": ["nonsense", "https://", "http://www.example.org"],
    "TRUSTED_PROXIES": ["a"],
    "WEB_CONCURRENCY": ["0"],
}
# Variables that may have any text or folder as value; test_start.py tests BIND.
ANY = {"ACCESS_LOG", "BIND", "DEEPL_KEY", "ENVIRONMENT_NAME", "LIBRETRANSLATE_KEY", "PROMETHEUS_MULTIPROC_DIR"}
ANY |= {"SSO_ACR", "SSO_CLIENT_ID", "SSO_CLIENT_SECRET", "SSO_NAME", "STATIC_DIR"}
# Imports the settings again for each variable with an invalid value, in one process.
READ = """
import json, os, sys
from django.core.exceptions import ImproperlyConfigured
kept, results = dict(os.environ), []
for name, value, expression in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(kept | {name: value})
    for module in [module for module in sys.modules if module.startswith("iom.settings")]:
        del sys.modules[module]
    try:
        from iom.settings import production
        result = ["read", repr(eval(expression, vars(production)))]
    except ImproperlyConfigured as error:
        result = ["refused", str(error)]
    except Exception as error:
        result = ["failed", repr(error)]
    results.append([name, value, *result])
print(json.dumps(results))
"""


def read(*asked: tuple[str, str, str], **environment: str) -> list[list[str]]:
    """Returns for each (name, value, expression) whether the value was read, refused or failed, and the value of the
    expression or the reason."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "DATA_DIR")}
    result = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(asked),
        env=kept | VALID | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def numbers() -> set[str]:
    code = "".join(path.read_text() for path in (settings.BASE_DIR / "iom/settings").glob("*.py"))
    assert "env.int(" not in code
    return set(re.findall(r'env\.number\("([A-Z_]+)"', code))


def test_a_wrong_value_is_read_or_refused_by_its_name(tmp_path):
    results = read(*((name, value, "0") for name in NAMES for value in WRONG), DATA_DIR=str(tmp_path))
    assert len(results) == len(NAMES) * len(WRONG)
    for name, value, how, message in results:
        assert how == "read" or (how == "refused" and name in message), (name, value, how, message)
        if name in numbers():
            assert how == "refused", (name, value)
    refused = {(name, value) for name, value, how, _told in results if how == "refused"}
    kinds = ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "HTTP_CACHE_URL", "MEDIA_URL", "SENTRY_DSN", "LOG_LEVEL")
    assert {(name, value) for name in kinds for value in WRONG} <= refused
    assert {("BACKUP_TO", value) for value in WRONG if "://" in value} <= refused


def test_each_variable_has_a_value_that_is_refused_by_its_name(tmp_path):
    assert set(NAMES) == REFUSED.keys() | ANY
    asked = [(name, value, "0") for name, values in REFUSED.items() for value in values]
    for name, value, how, message in read(*asked, DATA_DIR=str(tmp_path)):
        assert how == "refused", (name, value, how, message)
        assert message.startswith(name), (name, value, message)


def test_an_empty_value_counts_as_unset(tmp_path):
    """A file of variables may contain `NAME=`."""
    optional = [name for name in NAMES if name not in ("SECRET_KEY", "SITE_URL")]
    values = "SECURITY_CONTACT, REVISION_DAYS, ALLOWED_HOSTS, DEFAULT_FROM_EMAIL, MAILERS, COUNT_READS, STATIC_ROOT"
    first, *others = read(("UNKNOWN", "", values), *((name, "", values) for name in optional), DATA_DIR=str(tmp_path))
    assert "mailto:security@www.example.org" in first[3]
    for name, _value, *result in others:
        assert result == first[2:], name
    metrics = ("PROMETHEUS_MULTIPROC_DIR", "", "os.environ['PROMETHEUS_MULTIPROC_DIR']")
    (counted,) = read(metrics, DATA_DIR=str(tmp_path), METRICS_TOKEN="t" * 20)
    assert counted[3] == repr(str(tmp_path / "metrics"))


@pytest.mark.parametrize(
    ("name", "value", "expression", "expected"),
    [
        ("LOG_LEVEL", "debug", "LOG_LEVEL", "DEBUG"),
        ("LINK_CHECKS", "No", "LINK_CHECKS", False),
        ("LINK_CHECKS", "1", "LINK_CHECKS", True),
        ("LANGUAGES", "fr, EN,zh-Hans", "[code for code, _name in LANGUAGES]", ["fr", "en", "zh-hans"]),
        ("SITE_URL", "https://[::1]:8000/", "SITE_URL", "https://[::1]:8000"),
        (
            "ALLOWED_HOSTS",
            ".example.org, 127.0.0.1, [::1]",
            "ALLOWED_HOSTS[1:]",
            [".example.org", "127.0.0.1", "[::1]"],
        ),
        ("DEFAULT_FROM_EMAIL", "IOM, Press <news@intranet>", "DEFAULT_FROM_EMAIL", "IOM, Press <news@intranet>"),
        ("SECURITY_CONTACT", "https://example.org/report", "SECURITY_CONTACT", "https://example.org/report"),
        ("SECRET_KEY_FALLBACKS", f"{'a' * 50}, {'b' * 50}", "SECRET_KEY_FALLBACKS", ["a" * 50, "b" * 50]),
        ("EMAIL_URL", "smtp+tls://user:p%23w@host:587", "MAILERS['default']['OPTIONS']['password']", "p#w"),
        ("DATABASE_URL", "postgres://user:p#w@host/name", "DATABASES['default']['PASSWORD']", "p#w"),
        ("DATABASE_URL", "postgres://user@one:1,two:2/name", "DATABASES['default']['HOST']", "one,two"),
        (
            "DATABASE_URL",
            "postgres:////var/run/postgresql/name",
            "DATABASES['default']['HOST']",
            "/var/run/postgresql",
        ),
        ("MEDIA_URL", "s3://bucket/folder", "FILES['OPTIONS']['bucket_name']", "bucket"),
        ("HTTP_CACHE_URL", "http://127.0.0.1:6081", "HTTP_CACHE_URL", "http://127.0.0.1:6081"),
        ("CACHE_URL", "rediss://host:1/0?ssl_ca_certs=/ca", "CACHES['pages']['OPTIONS']['ssl_ca_certs']", "/ca"),
        ("CACHE_URL", "rediss://host:1/0?ssl_ca_certs=/ca", "CACHES['limits']['OPTIONS']['ssl_ca_certs']", "/ca"),
        ("CACHE_URL", "rediscache://host:1/0", "CACHES['pages']['OPTIONS']['socket_timeout']", 0.5),
        ("CACHE_URL", "rediscache://host:1/0", "CACHES['limits']['OPTIONS']['socket_timeout']", 1),
    ],
)
def test_a_valid_value_is_read(tmp_path, name, value, expression, expected):
    (result,) = read((name, value, expression), DATA_DIR=str(tmp_path))
    assert result[2:] == ["read", repr(expected)]
