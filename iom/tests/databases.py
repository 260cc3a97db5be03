"""Creates databases for tests on SQLite and PostgreSQL, and copies the demonstration, which is loaded once, into them.

The sources of the copies are kept in `test/` below DATA_DIR, under a key that changes with all that they depend on.
"""

import fcntl
import hashlib
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import redis
from django.conf import settings
from django.utils import timezone
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
STORAGE = settings.DATA_DIR / "test"
SERVER = os.environ.get("DATABASE_URL", "")  # the URL of PostgreSQL; without one, tests use SQLite
NAME = urlsplit(SERVER).path.strip("/")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# Variables of the test environment that the site of a test must not inherit
NOT_INHERITED = ("ALLOWED_HOSTS", "BIND", "CACHE_URL", "DATABASE_REPLICA_URL", "DATABASE_URL", "DEMO_PASSWORD", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER", "STATIC_DIR")  # fmt: skip

Environment = dict[str, str]


def is_postgresql() -> bool:
    return SERVER.startswith("postgres")


def database_url(name: str) -> str:
    """Returns the URL of the database `name` on the server of DATABASE_URL."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def administer(*statements: str, **names: str) -> list[tuple]:
    """Runs statements on PostgreSQL outside transactions, with `names` quoted. Returns the rows of the last."""
    quoted = {key: sql.Identifier(name) for key, name in names.items()}
    with closing(psycopg.connect(database_url("postgres"), autocommit=True)) as server:
        for statement in statements:
            answer = server.execute(sql.SQL(statement).format(**quoted))
        return answer.fetchall() if answer.description else []


def create(name: str, template: str = "template1") -> None:
    """Creates the PostgreSQL database `name`, and drops an earlier one."""
    drop = "DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    # Twice as fast as the default strategy, which copies through the write-ahead log
    administer(drop, "CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY", name=name, template=template)


def drop(name: str) -> None:
    administer("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def copy(source: str, target: str) -> None:
    """Replaces the database `target` by a copy of `source`: names on PostgreSQL, files on SQLite. No connection to
    `source` may be open."""
    if is_postgresql():
        create(target, source)
    else:
        shutil.copyfile(source, target)


def remove(name: str) -> None:
    """Removes a database that `copy` created."""
    if is_postgresql():
        drop(name)
    else:
        Path(name).unlink()


def clean_environment(folder: Path) -> Environment:
    """Returns the environment of a process whose files are in `folder`."""
    return {name: value for name, value in os.environ.items() if name not in NOT_INHERITED} | {"DATA_DIR": str(folder)}


def cache_environment() -> Environment:
    """Empties a cache on the server of CACHE_URL, and returns the variables of a site that uses it. Without CACHE_URL
    there are none, and the site keeps its cache in files."""
    if not (url := os.environ.get("CACHE_URL")):
        return {}
    own = urlsplit(url)._replace(path=f"/{8 + int(WORKER.strip('gwmain') or 0)}")  # tests use lower numbers
    with closing(redis.from_url(own._replace(scheme="redis").geturl())) as server:
        server.flushdb()
    return {"CACHE_URL": own.geturl()}


@contextmanager
def database(folder: Path, copied: "StoredDatabase | None" = None) -> Iterator[Environment]:
    """Creates a database and media folder for a site, empty or copied from `copied`; drops the database at the end.

    Yields the environment for the processes of the site.
    """
    folder.mkdir(parents=True, exist_ok=True)
    environment = clean_environment(folder)
    if copied:
        shutil.copytree(copied.media, folder / "media")
    if not is_postgresql():
        if copied:
            shutil.copyfile(copied.file, folder / "db.sqlite3")
        yield environment
        return
    # The name is unique for the folder, and not longer than PostgreSQL allows
    name = f"test_{NAME}_{WORKER}_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    create(name, copied.name if copied else "template1")
    try:
        yield environment | {"DATABASE_URL": database_url(name)}
    finally:
        drop(name)


def rows(environment: Environment, statement: str, *values: Any) -> list[tuple]:
    """Runs and commits `statement` (with `%s` for each value) in the database of `environment`; returns the rows."""
    if url := environment.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            answer = connection.execute(statement, values)
            return answer.fetchall() if answer.description else []
    file = Path(environment["DATA_DIR"]) / "db.sqlite3"
    with closing(sqlite3.connect(file, timeout=20)) as stored, stored:
        return stored.execute(statement.replace("%s", "?"), values).fetchall()


def manage(environment: Environment, *arguments: str) -> str:
    """Runs `manage.py` and returns what it prints. Fails with its output if the command fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {arguments[0]}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class StoredDatabase:
    """A stored database with its media, from which others are copied."""

    folder: Path
    name: str  # on PostgreSQL

    @property
    def file(self) -> Path:
        return self.folder / "db.sqlite3"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def exists(self) -> bool:
        if not self.folder.is_dir():
            return False
        return not is_postgresql() or self.name in _list_databases()


def _list_databases() -> set[str]:
    return {name for (name,) in administer("SELECT datname FROM pg_database")}


def migrated() -> StoredDatabase:
    """Returns a database with all tables and without content, migrated with the settings of the tests."""
    return _find_or_make("migrated", _migrate, None)


def demonstration() -> StoredDatabase:
    """Returns the demonstration, loaded with the settings of the tests."""
    return _find_or_make("demonstration", _load, migrated)


def demonstration_with_pictures() -> StoredDatabase:
    """Returns the demonstration with the renditions of all pictures."""
    return _find_or_make("pictures", _render, demonstration)


def _migrate(environment: Environment) -> None:
    manage(environment | {"DJANGO_SETTINGS_MODULE": "iom.settings.test"}, "migrate", "--verbosity", "0")
    folder = Path(environment["DATA_DIR"])
    shutil.rmtree(folder / "test", ignore_errors=True)
    (folder / "media").mkdir()


def _load(environment: Environment) -> None:
    """Loads the demonstration, and renders the thumbnails of admin lists: else each test that opens a list would."""
    thumbnails = (
        "from iom.media.models import SiteImage; "
        "[image.get_rendition('max-165x165') for image in SiteImage.objects.all()]"
    )
    environment |= {"DJANGO_SETTINGS_MODULE": "iom.settings.test"}
    manage(environment, "demo")
    manage(environment, "shell", "--verbosity", "0", "--command", thumbnails)
    folder = Path(environment["DATA_DIR"])
    (folder / "test" / "main" / "media").rename(folder / "media")
    shutil.rmtree(folder / "test")


def _render(environment: Environment) -> None:
    code = (
        "from django.core.management import call_command; from iom.media.tests import pictures; "
        "pictures.render_fast(); call_command('pictures')"
    )
    environment |= {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    manage(environment, "shell", "--verbosity", "0", "--command", code)


def static_files() -> Path:
    """Returns the folder of the static files of production. The first process that calls it collects them."""
    STORAGE.mkdir(parents=True, exist_ok=True)
    kept, work = STORAGE / f"static-{_key()}", STORAGE / "static-in-work"
    with (STORAGE / "static-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_dir():
            for old in STORAGE.glob("static-*/"):
                shutil.rmtree(old)
            work.mkdir()
            environment = clean_environment(work) | {"DJANGO_SETTINGS_MODULE": "iom.settings.production"}
            environment |= {"SECRET_KEY": "x" * 50, "SITE_URL": "http://127.0.0.1", "STATIC_DIR": str(work / "static")}
            manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
            work.rename(kept)
    return kept / "static"


def _find_or_make(
    kind: str, make: Callable[[Environment], None], base: Callable[[], StoredDatabase] | None
) -> StoredDatabase:
    """Returns the stored database of this kind. The first process that calls it applies `make` to a copy of `base`,
    and removes databases with earlier keys."""
    STORAGE.mkdir(parents=True, exist_ok=True)
    vendor = "postgresql" if is_postgresql() else "sqlite"
    prefix = f"{vendor}-{kind}-"
    made = StoredDatabase(STORAGE / f"{prefix}{_key()}", f"kept_{NAME}_{kind}_{_key()}")
    with (STORAGE / f"{prefix}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.exists():
            return made
        for old in STORAGE.glob(f"{prefix}*/"):
            shutil.rmtree(old)
        if is_postgresql():
            for old in _list_databases():
                if old.startswith(f"kept_{NAME}_{kind}_"):
                    administer("ALTER DATABASE {name} IS_TEMPLATE false", name=old)
                    drop(old)
        with database(work := STORAGE / f"{prefix}in-work", base() if base else None) as environment:
            make(environment)
            if is_postgresql():
                rows(environment, "ANALYZE")  # as autovacuum does; without statistics some queries never end
                create(made.name, urlsplit(environment["DATABASE_URL"]).path.strip("/"))
                # PostgreSQL copies only a database without connections.
                administer("ALTER DATABASE {name} ALLOW_CONNECTIONS false IS_TEMPLATE true", name=made.name)
        work.rename(made.folder)
    return made


@cache
def _key() -> str:
    """Returns a key that changes with what the stored databases depend on: code, content, static files, packages, the
    day."""
    ours = [
        path
        for app in ("iom", "home", "aboutus", "newsroom", "search", "static", "templates")
        for path in (ROOT / app).rglob("*")
    ]
    files = [
        Path(__file__),
        *(path for path in ours if not {"tests", "__pycache__"} & set(path.parts) and path.is_file()),
    ]
    found = hashlib.sha256(f"{platform.python_version()} {timezone.localdate()}".encode())
    for text in sorted(f"{package.name} {package.version}" for package in distributions()):
        found.update(text.encode())
    for file in sorted(files):
        found.update(f"{file.relative_to(ROOT)} {file.stat().st_size}".encode() + file.read_bytes())
    return found.hexdigest()[:16]
