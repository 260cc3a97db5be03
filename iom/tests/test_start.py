"""`manage.py start` and `make` report an error in one sentence, before they change anything."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from iom.core import bind_address
from iom.tests import databases
from iom.tests.serving import ROOT, end, free_port
from iom.tests.test_promises import ROWS

pytestmark = pytest.mark.one_database
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "iom.settings.production",
    "SECRET_KEY": "s" * 60,
    "SITE_URL": "http://127.0.0.1",
}


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return kept | {"DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port())}


@pytest.fixture
def migrated(environment):
    """Returns the environment of a site whose database has all tables and no content."""
    with databases.database(Path(environment["DATA_DIR"]), databases.migrated()) as own:
        yield environment | {name: own[name] for name in ("DATA_DIR", "DATABASE_URL") if name in own}


@pytest.fixture
def occupied():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=400, check=False, **options)


def manage(*arguments, **environment):
    return run(sys.executable, str(ROOT / "manage.py"), *arguments, env=environment, cwd="/")


def error_message(result):
    """Returns the error message of a failed command: at most two lines, and no traceback."""
    assert result.returncode
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) <= 2, result.stderr
    return result.stderr


@pytest.mark.parametrize(("settings", "way"), [("development", signal.SIGTERM), ("production", signal.SIGHUP)])
def test_the_site_starts_from_any_folder_and_ends_with_both_processes(migrated, tmp_path, settings, way):
    url = f"http://127.0.0.1:{migrated['PORT']}/-/live"
    environment = (
        migrated | PRODUCTION | {"DJANGO_SETTINGS_MODULE": f"iom.settings.{settings}", "STATIC_DIR": str(tmp_path)}
    )
    command = [sys.executable, str(ROOT / "manage.py"), "start"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=log, stderr=log)
    try:
        assert wait_for_answer(server, url) == b"ok", (tmp_path / "log").read_text()
        server.send_signal(way)
        assert server.wait(60) == 0
        assert wait_for_answer(server, url) is None
    finally:
        end(server)


def wait_for_answer(server, url):
    for _ in range(1500):
        try:
            with urlopen(url, timeout=5) as response:
                return response.read()
        except (URLError, OSError):
            if server.poll() is not None:
                return None
            time.sleep(0.1)
    return None


def test_start_reports_a_port_in_use_before_it_writes_files(environment, occupied):
    environment |= PRODUCTION | {"PORT": occupied}

    assert f"127.0.0.1:{occupied}" in error_message(manage("start", **environment))
    assert not (Path(environment["DATA_DIR"]) / "static").exists()


@pytest.mark.parametrize("target", ["run", "serve"])
def test_make_reports_a_port_in_use_before_it_sets_up(environment, occupied, target, tmp_path):
    result = run("make", target, f"VENV={tmp_path}/venv", cwd=ROOT, env=environment | {"PORT": occupied})

    assert result.returncode
    assert f"Cannot listen at 127.0.0.1:{occupied}" in result.stderr
    assert "PORT=" in result.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_start_reports_an_invalid_port_or_address(environment, port):
    assert "PORT" in error_message(manage("start", **environment | {"PORT": port, "DJANGO_SETTINGS_MODULE": ""}))
    assert "BIND" in error_message(manage("start", **environment | {"BIND": "nonsense."}))


def test_empty_variables_count_as_unset(migrated, tmp_path):
    """This includes gunicorn and the static files."""
    environment = {name: "" for name, _row in ROWS} | migrated | PRODUCTION
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, str(ROOT / "manage.py"), "start"]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        page = wait_for_answer(server, f"http://127.0.0.1:{environment['PORT']}/fr/")
        log_text = (tmp_path / "log").read_text()
        assert page, log_text
        assert f"at: http://127.0.0.1:{environment['PORT']}" in log_text
    finally:
        end(server)


def test_an_empty_address_and_port_give_the_defaults(monkeypatch):
    monkeypatch.setenv("BIND", "")
    monkeypatch.setenv("PORT", "")
    assert bind_address.get_bind_address() == "127.0.0.1:8000"
    result = run("make", "--dry-run", "serve", cwd=ROOT, env=os.environ | {"DATA_DIR": ""})
    assert "SITE_URL=http://127.0.0.1:8000 " in result.stdout
    assert " var/secret_key" in result.stdout


@pytest.fixture
def unwritable(tmp_path):
    """Returns a path at which not even root can create a folder."""
    (tmp_path / "file").touch()
    return str(tmp_path / "file" / "data")


def test_an_unwritable_data_folder_is_reported_without_a_traceback(environment, unwritable):
    message = error_message(manage("migrate", **environment | {"DATA_DIR": unwritable}))
    assert unwritable in message
    assert "DATA_DIR" in message


def test_make_reports_an_unwritable_data_folder_before_it_sets_up(environment, unwritable, tmp_path):
    result = run("make", "run", f"VENV={tmp_path}/venv", cwd=ROOT, env=environment | {"DATA_DIR": unwritable})

    assert result.returncode
    assert unwritable in result.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("address", ["postgres://site:secret@127.0.0.1:{port}/site", "sqlite:////no/such/folder/db"])
def test_an_unreachable_database_is_reported_without_a_traceback(environment, address):
    address = address.format(port=free_port())
    message = error_message(manage("migrate", **environment | {"DATABASE_URL": address}))
    assert "The database of DATABASE_URL does not answer" in message
    assert "secret" not in message


def test_another_error_of_the_database_keeps_its_traceback(environment):
    result = manage("listing", "--check", **environment)
    assert "Traceback" in result.stderr
    assert "no such table" in result.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL"])
def test_a_missing_variable_is_reported_without_a_traceback(environment, missing):
    environment |= {name: value for name, value in PRODUCTION.items() if name != missing}

    assert missing in error_message(manage("start", **environment))


def test_production_does_not_start_with_an_account_that_anyone_can_enter(migrated):
    """The data come from `make run`, and production serves them."""
    code = (
        "from iom.users import KNOWN_PASSWORD; from iom.users.models import User; "
        "User.objects.create_user('admin@example.org', KNOWN_PASSWORD)"
    )
    assert manage("shell", "-v0", "-c", code, **migrated).returncode == 0

    result = manage("start", **migrated | PRODUCTION)

    assert result.returncode
    assert "admin@example.org" in result.stderr
    assert "DEMO_PASSWORD" in result.stderr
    assert "Serving" not in result.stdout


def test_a_machine_without_a_supported_python_gets_an_error_message(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.11.7\nexit 1\n')
    old.chmod(0o755)

    result = run(".ci/python", cwd=ROOT, env={"PATH": os.environ["PATH"], "PYTHON": str(old)})

    assert "needs Python 3.12, 3.13 or 3.14" in error_message(result)
    assert "3.11.7" in result.stderr


def test_an_older_python3_that_is_first_in_the_path_is_skipped(tmp_path):
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)

    found = run(".ci/python", cwd=ROOT, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})

    assert found.returncode == 0, found.stderr
    assert found.stdout.strip().endswith(("python3.12", "python3.13", "python3.14", "/usr/bin/python3"))


@pytest.fixture
def project(tmp_path):
    """Returns a folder with the Makefile and data to keep."""
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (tmp_path / "iom" / "locale" / "fr").mkdir(parents=True)
    (tmp_path / "iom" / "locale" / "fr" / "django.mo").touch()
    for name in ("var/db.sqlite3", "var/media/picture.jpg", "var/secret_key", "var/mine.txt", ".venv/bin/python"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def make(project, *arguments):
    """Runs `make` without DATA_DIR, which may name a real data folder."""
    kept = {name: value for name, value in os.environ.items() if name != "DATA_DIR"}
    return run("make", *arguments, cwd=project, env=kept)


def data(project):
    return sorted(str(path.relative_to(project / "var")) for path in (project / "var").rglob("*") if path.is_file())


ALL_DATA = ["db.sqlite3", "media/picture.jpg", "mine.txt", "secret_key"]


def test_make_clean_keeps_the_data(project):
    assert make(project, "clean").returncode == 0

    assert data(project) == ALL_DATA
    assert not (project / ".venv").exists()
    assert not list(project.rglob("*.mo"))


@pytest.mark.parametrize("answer", ["", "CONFIRM=", "CONFIRM=no"])
def test_make_clean_data_needs_a_confirmation(project, answer):
    result = make(project, "clean-data", *filter(None, [answer]))

    assert result.returncode
    assert "CONFIRM=yes" in result.stderr
    assert data(project) == ALL_DATA


def test_confirmed_make_clean_data_removes_only_the_data_of_the_site(project):
    make(project, "clean-data", "CONFIRM=yes")

    assert data(project) == ["mine.txt"]


@pytest.mark.parametrize(("target", "tools"), [("run", False), ("serve", False), ("demo", False), ("test", True)])
def test_only_tests_install_the_development_packages(target, tools):
    planned = run("make", "--dry-run", "--always-make", target, cwd=ROOT).stdout

    assert "requirements.txt" in planned
    assert ("requirements-dev.txt" in planned) is tools


def test_wsgi_reads_the_language_files_before_the_first_request(environment):
    searches = "[parsing.parse('two words', language, record_names=()) for language in ('fr', 'en')]"
    read = "rules.cache_info().misses"
    code = (
        f"import iom.wsgi; from search import parsing; from search.analysis import rules; before = {read}; {searches}"
    )
    result = run(sys.executable, "-c", f"{code}; print({read} - before)", env=environment | PRODUCTION, cwd=ROOT)
    assert result.stdout.strip() == "0", result.stderr
