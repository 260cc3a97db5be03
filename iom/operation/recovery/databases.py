"""Copies and restores the database with its own tools: SQLite's online backup, `pg_dump` and `pg_restore`.

Neither copy blocks writers. A backup of PostgreSQL also has an SQLite file with all rows of the same snapshot, which
can be restored into SQLite. No copy contains sessions: they would let someone sign in.
"""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.files import locks
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from iom.operation.recovery import RecoveryError, rows
from iom.operation.recovery.sets import NewSet

SQLITE, ROWS, DUMP = "database.sqlite3", "rows.sqlite3", "database.pgdump"
_SESSIONS = ("django_session", "usersessions_usersession")  # each row gives access to an account
_MAX_WAIT = 60  # seconds


def back_up(new: NewSet) -> None:
    """Adds the files of the database to a backup set."""
    with _temporary_folder() as folder:
        copied = folder / SQLITE
        if connection.vendor == "sqlite":
            _copy_sqlite(copied)
            _add(new, SQLITE, copied)
            return
        with closing(connections.create_connection("default")) as snapshot:
            snapshot.set_autocommit(False)
            with snapshot.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                (name,) = cursor.fetchone()
            with new.file(DUMP) as file:
                _run(
                    "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}",
                    *(f"--exclude-table-data={table}" for table in _SESSIONS), to=file,
                )  # fmt: skip
            with closing(_open_sqlite(copied)) as target:
                target.set_autocommit(False)
                rows.create_tables(snapshot, target)
                rows.copy(snapshot, target)
                target.commit()
            _add(new, ROWS, copied)


def restore(engine: str, files: Any) -> None:
    """Restores the database; `files(name)` opens a file of the set.

    The database has to be empty. Raises RecoveryError where it fails, and leaves the database empty.
    """
    same = engine == connection.vendor
    try:
        if same and engine == "postgresql":
            _drop_tables()
            name = connection.get_connection_params()["dbname"]
            with files(DUMP) as file:
                _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
                     "--exit-on-error", f"--dbname={name}", read=file)  # fmt: skip
            return
        with _temporary_folder() as folder:
            copied = folder / SQLITE
            with files(SQLITE if engine == "sqlite" else ROWS) as file, copied.open("wb") as target:
                shutil.copyfileobj(file, target)
            _restore_file(copied, same)
    except (OSError, sqlite3.Error) as error:
        raise RecoveryError(f"The database could not be restored, and is empty: {error}") from error


def _restore_file(copied: Path, same: bool) -> None:
    if same:
        connection.ensure_connection()
        with closing(sqlite3.connect(copied)) as source:
            source.backup(connection.connection, progress=_limit_wait())  # in one transaction
        return
    with closing(_open_sqlite(copied)) as source, transaction.atomic():
        rows.copy(source, connection)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A folder in DATA_DIR, which has enough space and is on this machine. It is removed at the end."""
    remove_leftover_folders()
    with _lock_file().open("a") as lock:
        locks.lock(lock, locks.LOCK_SH)  # released with the file, also where the process is killed
        with TemporaryDirectory(prefix="recovery-", dir=settings.DATA_DIR) as folder:
            yield Path(folder)


def remove_leftover_folders() -> None:
    """Removes the temporary folders of killed processes, unless a process is using one."""
    if not (folders := list(Path(settings.DATA_DIR).glob("recovery-*"))):
        return
    with _lock_file().open("a") as lock:
        if locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)


def _lock_file() -> Path:
    return Path(settings.DATA_DIR) / "recovery.lock"


def _open_sqlite(path: Path) -> BaseDatabaseWrapper:
    database: Any = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    return ConnectionHandler({"default": database})["default"]


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copied:
        connection.connection.backup(copied, progress=_limit_wait())  # in one step: a consistent snapshot
        copied.execute("PRAGMA secure_delete = ON")  # overwrites the deleted sessions in the file
        with copied:
            for table in _SESSIONS:
                copied.execute(f"DELETE FROM {table}")  # noqa: S608
        copied.execute("PRAGMA journal_mode = DELETE")  # no second file for the WAL


def _limit_wait() -> Callable[[int, int, int], None]:
    """Returns a progress callback for SQLite's backup. It raises RecoveryError after a minute of locks by others."""
    until = time.monotonic() + _MAX_WAIT

    def wait(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise RecoveryError("Another process has kept the database locked for a minute.")

    return wait


def _add(new: NewSet, name: str, path: Path) -> None:
    with path.open("rb") as source, new.file(name) as target:
        shutil.copyfileobj(source, target)


def _drop_tables() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if tables := connection.introspection.table_names(cursor):
            names = ", ".join(map(connection.ops.quote_name, tables))
            cursor.execute(f"DROP TABLE {names} CASCADE")


def _variables() -> dict[str, str]:
    """Returns the connection's parameters as environment variables of libpq: arguments would show the password."""
    driver: Any = connection
    variable = {
        option.keyword.decode(): option.envvar.decode()
        for option in driver.Database.pq.Conninfo.get_defaults()
        if option.envvar
    }
    params = connection.get_connection_params()
    return {variable[name]: str(value) for name, value in params.items() if name in variable and value is not None}


def _run(program: str, *arguments: str, read: IO[bytes] | None = None, to: IO[bytes] | None = None) -> None:
    """Runs a program of PostgreSQL. Raises RecoveryError with its error output where it fails."""
    if not (path := shutil.which(program)):
        raise RecoveryError(f"{program} is not installed (Debian: postgresql-client).")
    with TemporaryDirectory() as folder, open(Path(folder) / "stderr", "w+") as stderr:
        process = subprocess.Popen(  # noqa: S603
            [path, *arguments],
            env=os.environ | _variables(),
            stdin=subprocess.PIPE if read else subprocess.DEVNULL,
            stdout=subprocess.PIPE if to else subprocess.DEVNULL,
            stderr=stderr,
        )
        try:
            if read and process.stdin:
                with process.stdin as pipe:
                    shutil.copyfileobj(read, pipe)
            if to and process.stdout:
                shutil.copyfileobj(process.stdout, to)
        except BrokenPipeError:
            pass  # the program has ended; its return code and error output are read below
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        if process.returncode:
            stderr.seek(0)
            raise RecoveryError(f"{program} has failed: {stderr.read().strip()[-2000:]}")
