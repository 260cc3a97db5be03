"""The database, copied by its own tool: SQLite's online backup, `pg_dump`. Neither keeps writers waiting.

A copy of PostgreSQL has all rows in a file of SQLite as well, of the same snapshot, which can be restored into SQLite.
Sessions are in no copy: they would let someone sign in.
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
_SESSIONS = ("django_session", "usersessions_usersession")  # each row is a key to somebody's account
_LONGEST_WAIT = 60  # seconds


def back_up(new: NewSet) -> None:
    """Adds the files of the database to a set."""
    with _folder() as folder:
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
            with closing(_file(copied)) as target:
                target.set_autocommit(False)
                rows.make_tables(snapshot, target)
                rows.copy(snapshot, target)
                target.commit()
            _add(new, ROWS, copied)


def restore(engine: str, files: Any) -> None:
    """Into an empty database; `files(name)` opens a file of the set. Raises RecoveryError; then it is empty."""
    same = engine == connection.vendor
    try:
        if same and engine == "postgresql":
            _drop_tables()
            name = connection.get_connection_params()["dbname"]
            with files(DUMP) as file:
                _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
                     "--exit-on-error", f"--dbname={name}", read=file)  # fmt: skip
            return
        with _folder() as folder:
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
            source.backup(connection.connection, progress=_patience())  # in one transaction
        return
    with closing(_file(copied)) as source, transaction.atomic():
        rows.copy(source, connection)


@contextmanager
def _folder() -> Iterator[Path]:
    """Beside the data, which has room for them and may not leave the machine; removed in the end."""
    remove_left()
    with _users().open("a") as users:
        locks.lock(users, locks.LOCK_SH)  # released with the file, also where the process is killed
        with TemporaryDirectory(prefix="recovery-", dir=settings.DATA_DIR) as folder:
            yield Path(folder)


def remove_left() -> None:
    """Removes the folders of processes that were killed, unless another process uses one."""
    if not (left := list(Path(settings.DATA_DIR).glob("recovery-*"))):
        return
    with _users().open("a") as users:
        if locks.lock(users, locks.LOCK_EX | locks.LOCK_NB):
            for folder in left:
                shutil.rmtree(folder, ignore_errors=True)


def _users() -> Path:
    return Path(settings.DATA_DIR) / "recovery.lock"


def _file(path: Path) -> BaseDatabaseWrapper:
    database: Any = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    return ConnectionHandler({"default": database})["default"]


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copied:
        connection.connection.backup(copied, progress=_patience())  # at once: a reader, which sees one moment
        copied.execute("PRAGMA secure_delete = ON")  # nothing of a session stays in the file
        with copied:
            for table in _SESSIONS:
                copied.execute(f"DELETE FROM {table}")  # noqa: S608
        copied.execute("PRAGMA journal_mode = DELETE")  # all in one file


def _patience() -> Callable[[int, int, int], None]:
    """Called after each attempt of SQLite to copy. Raises RecoveryError where others keep it from it for a minute."""
    until = time.monotonic() + _LONGEST_WAIT

    def wait(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise RecoveryError("The database is in use by another process, which does not let go of it.")

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
    """The connection's parameters as PostgreSQL's programs read them: no list of processes shows the password."""
    driver: Any = connection
    variable = {
        one.keyword.decode(): one.envvar.decode() for one in driver.Database.pq.Conninfo.get_defaults() if one.envvar
    }
    given = connection.get_connection_params()
    return {variable[name]: str(value) for name, value in given.items() if name in variable and value is not None}


def _run(program: str, *arguments: str, read: IO[bytes] | None = None, to: IO[bytes] | None = None) -> None:
    """Runs a program of PostgreSQL. Raises RecoveryError with what it says where it fails."""
    if not (path := shutil.which(program)):
        raise RecoveryError(f"{program} is not installed (Debian: postgresql-client).")
    with TemporaryDirectory() as folder, open(Path(folder) / "said", "w+") as said:
        process = subprocess.Popen(  # noqa: S603
            [path, *arguments],
            env=os.environ | _variables(),
            stdin=subprocess.PIPE if read else subprocess.DEVNULL,
            stdout=subprocess.PIPE if to else subprocess.DEVNULL,
            stderr=said,
        )
        try:
            if read and process.stdin:
                with process.stdin as pipe:
                    shutil.copyfileobj(read, pipe)
            if to and process.stdout:
                shutil.copyfileobj(process.stdout, to)
        except BrokenPipeError:
            pass  # it has ended, and says why
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        if process.returncode:
            said.seek(0)
            raise RecoveryError(f"{program} has failed: {said.read().strip()[-2000:]}")
