"""Databases of a test's own on SQLite and on PostgreSQL, and the demonstration, loaded once and copied into them.

What is copied is kept in `test/` below DATA_DIR, under a key of all that it depends on.
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
KEPT = settings.DATA_DIR / "test"
SERVER = os.environ.get("DATABASE_URL", "")  # of PostgreSQL; SQLite without one
NAME = urlsplit(SERVER).path.strip("/")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# Of the environment of these tests, what a site of its own must not have.
OURS = ("ALLOWED_HOSTS", "BIND", "CACHE_URL", "DATABASE_REPLICA_URL", "DATABASE_URL", "DEMO_PASSWORD", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER", "STATIC_DIR")  # fmt: skip

Environment = dict[str, str]


def is_postgresql() -> bool:
    return SERVER.startswith("postgres")


def address(name: str) -> str:
    """The URL of the database `name` on the server of DATABASE_URL."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def administer(*statements: str, **names: str) -> list[tuple]:
    """Runs statements on PostgreSQL that no transaction may hold; `names` are quoted. Returns the rows of the last."""
    quoted = {key: sql.Identifier(name) for key, name in names.items()}
    with closing(psycopg.connect(address("postgres"), autocommit=True)) as server:
        for statement in statements:
            answer = server.execute(sql.SQL(statement).format(**quoted))
        return answer.fetchall() if answer.description else []


def create(name: str, template: str = "template1") -> None:
    """Makes the PostgreSQL database `name`, in the place of an earlier one."""
    drop = "DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    # Twice as fast as copying by the log, which is the default
    administer(drop, "CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY", name=name, template=template)


def drop(name: str) -> None:
    administer("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def copy(source: str, target: str) -> None:
    """Puts a copy of a database in the place of another: names on PostgreSQL, files on SQLite. Nothing may be connected
    to `source`."""
    if is_postgresql():
        create(target, source)
    else:
        shutil.copyfile(source, target)


def remove(name: str) -> None:
    """Of a database that `copy` made."""
    if is_postgresql():
        drop(name)
    else:
        Path(name).unlink()


def clean_environment(folder: Path) -> Environment:
    """That of a process whose files are in `folder`."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | {"DATA_DIR": str(folder)}


def own_cache() -> Environment:
    """The variables of a site whose cache is on the server of CACHE_URL, emptied; else it is in its files."""
    if not (url := os.environ.get("CACHE_URL")):
        return {}
    own = urlsplit(url)._replace(path=f"/{8 + int(WORKER.strip('gwmain') or 0)}")  # the tests have the numbers below
    with closing(redis.from_url(own._replace(scheme="redis").geturl())) as server:
        server.flushdb()
    return {"CACHE_URL": own.geturl()}


@contextmanager
def database(folder: Path, copied: "Made | None" = None) -> Iterator[Environment]:
    """A site's database and media folder, of its own and removed at the end: empty, or a copy.

    Yields the environment for its processes.
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
    # No longer than PostgreSQL allows, and of this folder alone
    name = f"test_{NAME}_{WORKER}_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    create(name, copied.name if copied else "template1")
    try:
        yield environment | {"DATABASE_URL": address(name)}
    finally:
        drop(name)


def rows(environment: Environment, statement: str, *values: Any) -> list[tuple]:
    """What `statement` (with `%s` for each value) answers in the database of `environment`; it is committed."""
    if url := environment.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            answer = connection.execute(statement, values)
            return answer.fetchall() if answer.description else []
    file = Path(environment["DATA_DIR"]) / "db.sqlite3"
    with closing(sqlite3.connect(file, timeout=20)) as stored, stored:
        return stored.execute(statement.replace("%s", "?"), values).fetchall()


def manage(environment: Environment, *arguments: str) -> str:
    """What the command prints. Fails with all that it has said where it fails."""
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
class Made:
    """A database that is kept to be copied, and its media."""

    folder: Path
    name: str  # on PostgreSQL

    @property
    def file(self) -> Path:
        return self.folder / "db.sqlite3"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def is_there(self) -> bool:
        if not self.folder.is_dir():
            return False
        return not is_postgresql() or self.name in _names()


def _names() -> set[str]:
    return {name for (name,) in administer("SELECT datname FROM pg_database")}


def migrated() -> Made:
    """What the migrations make, with the settings of the tests: a site without content."""
    return _made("migrated", _migrate, None)


def demonstration() -> Made:
    """The demonstration as the settings of the tests make it."""
    return _made("demonstration", _load, migrated)


def demonstration_with_pictures() -> Made:
    """The same, each picture with its renditions."""
    return _made("pictures", _draw, demonstration)


def _migrate(environment: Environment) -> None:
    manage(environment | {"DJANGO_SETTINGS_MODULE": "iom.settings.test"}, "migrate", "--verbosity", "0")
    folder = Path(environment["DATA_DIR"])
    shutil.rmtree(folder / "test", ignore_errors=True)
    (folder / "media").mkdir()


def _load(environment: Environment) -> None:
    """With the thumbnails of the admin's lists: a test that opens one would make them, and the next one again."""
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


def _draw(environment: Environment) -> None:
    code = (
        "from django.core.management import call_command; from iom.media.tests import pictures; "
        "pictures.render_fast(); call_command('pictures')"
    )
    environment |= {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    manage(environment, "shell", "--verbosity", "0", "--command", code)


def static_files() -> Path:
    """The folder of the static files as production serves them, collected by the first process that asks."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept, work = KEPT / f"static-{_key()}", KEPT / "static-in-work"
    with (KEPT / "static-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_dir():
            for old in KEPT.glob("static-*/"):
                shutil.rmtree(old)
            work.mkdir()
            environment = clean_environment(work) | {"DJANGO_SETTINGS_MODULE": "iom.settings.production"}
            environment |= {"SECRET_KEY": "x" * 50, "SITE_URL": "http://127.0.0.1", "STATIC_DIR": str(work / "static")}
            manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
            work.rename(kept)
    return kept / "static"


def _made(kind: str, make: Callable[[Environment], None], base: Callable[[], Made] | None) -> Made:
    """The database of this kind, made of a copy of `base` by the first process that asks. Those of an earlier key are
    removed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    vendor = "postgresql" if is_postgresql() else "sqlite"
    prefix = f"{vendor}-{kind}-"
    made = Made(KEPT / f"{prefix}{_key()}", f"kept_{NAME}_{kind}_{_key()}")
    with (KEPT / f"{prefix}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.is_there():
            return made
        for old in KEPT.glob(f"{prefix}*/"):
            shutil.rmtree(old)
        if is_postgresql():
            for old in _names():
                if old.startswith(f"kept_{NAME}_{kind}_"):
                    administer("ALTER DATABASE {name} IS_TEMPLATE false", name=old)
                    drop(old)
        with database(work := KEPT / f"{prefix}in-work", base() if base else None) as environment:
            make(environment)
            if is_postgresql():
                rows(environment, "ANALYZE")  # as the server does by itself: without statistics some plans never end
                create(made.name, urlsplit(environment["DATABASE_URL"]).path.strip("/"))
                # Nothing may connect to it, else it could not be copied.
                administer("ALTER DATABASE {name} ALLOW_CONNECTIONS false IS_TEMPLATE true", name=made.name)
        work.rename(made.folder)
    return made


@cache
def _key() -> str:
    """Changes with all that what is kept depends on: code, content, static files, packages, and the day."""
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
