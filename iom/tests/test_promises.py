"""docs/operators.md lists the variables of the environment, its URLs work, and it keeps docs/privacy.md."""

import re

import environ
import pytest
from django.conf import settings
from django.core.cache import CacheHandler
from django.core.mail import mailers
from django.db.utils import ConnectionHandler

from iom.settings.base import mailer

OPERATORS = (settings.BASE_DIR / "docs/operators.md").read_text()
COMPOSE = (settings.BASE_DIR / "compose.yaml").read_text()
ROWS = re.findall(r"^\| `([A-Z_]+)` \|(.*)\|$", OPERATORS, re.MULTILINE)
DOCUMENTED = [(name, address) for name, row in ROWS for address in re.findall(r"`(\w[\w+]*://[^`]+)`", row)]
# No server has a name with the ending .invalid.
UNREACHABLE = [
    (name, address.replace("@host", "@host.invalid").replace("//host", "//host.invalid"))
    for name, address in DOCUMENTED
]


def unreachable_urls(name):
    addresses = [address for variable, address in UNREACHABLE if variable == name]
    assert addresses, f"docs/operators.md has no address for {name}"
    return addresses


def test_the_table_names_each_variable_that_the_settings_read_and_no_other():
    files = set((settings.BASE_DIR / "iom/settings").glob("*.py")) - {settings.BASE_DIR / "iom/settings/test.py"}
    code = "".join(path.read_text() for path in files)
    for name in ("iom/core/bind_address.py", "deploy/gunicorn.conf.py"):
        code += (settings.BASE_DIR / name).read_text()
    read = set(re.findall(r"""env(?:iron)?\.\w+\(["']([A-Z_]+)["']""", code))

    assert {name for name, _row in ROWS} == read | {"DJANGO_SETTINGS_MODULE"}


@pytest.mark.parametrize("address", unreachable_urls("DATABASE_URL"))
def test_a_documented_database_url_has_an_installed_driver(address):
    connection = ConnectionHandler({"default": environ.Env.db_url_config(address)})["default"]

    with pytest.raises(connection.Database.OperationalError):
        connection.connect()


@pytest.mark.parametrize("address", unreachable_urls("CACHE_URL"))
def test_a_documented_cache_url_has_an_installed_driver(address):
    """With the driver, the cache fails because there is no server; without it, it fails earlier."""
    cache = CacheHandler({"default": environ.Env.cache_url_config(address)})["default"]

    with pytest.raises(Exception, match=r"(?i)host\.invalid|name or service|name resolution"):
        cache.get("anything")


@pytest.mark.parametrize("address", unreachable_urls("EMAIL_URL"))
def test_a_documented_email_url_has_a_backend_of_django(address, settings):
    url = environ.Env.email_url_config(address)
    settings.MAILERS = {"default": mailer(url)}

    connection = mailers.default

    assert type(connection).__module__ + ".EmailBackend" == url["EMAIL_BACKEND"]
    if "smtp" in address:
        assert (connection.host, connection.port) == (url["EMAIL_HOST"], url["EMAIL_PORT"])
        assert connection.use_tls == ("+tls" in address)


def test_compose_passes_on_each_variable_of_the_table():
    """The image sets the others, and the port is that of the machine."""
    passed = re.findall(r"^    ([A-Z_]+):", COMPOSE, re.MULTILINE)
    of_the_image = {"BIND", "DATA_DIR", "DJANGO_SETTINGS_MODULE", "PORT", "PROMETHEUS_MULTIPROC_DIR", "STATIC_DIR"}
    assert {name for name, _row in ROWS} - set(passed) == of_the_image


def test_the_variables_of_an_object_store_have_one_name_each():
    """boto3 also reads other names, such as AWS_ENDPOINT_URL_S3."""
    names = {"AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_SECRET_ACCESS_KEY"}
    for text in (OPERATORS, COMPOSE):
        assert set(re.findall(r"\bAWS_\w+", text)) == names


def test_a_period_of_logs_refers_to_what_the_operator_has_to_set():
    """Neither the site nor the driver of containers deletes lines after a number of days."""
    lines = (settings.BASE_DIR / "docs/privacy.md").read_text().splitlines()
    periods = [line for line in lines if "in the log" in line]
    assert periods
    assert all("*Monitoring* in operators.md" in line for line in periods)
