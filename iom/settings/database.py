"""Database settings: SQLite in DATA_DIR, or a PostgreSQL server with an optional replica."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .variables import DATABASE_KINDS, env

BASE_DIR = Path(__file__).resolve().parents[2]

DATA_DIR = BASE_DIR / env.str("DATA_DIR", "var")  # or an absolute path

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.server("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}", env.db_url_config, DATABASE_KINDS)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    with suppress(OSError):
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not os.access(DATA_DIR, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"DATA_DIR: the folder {DATA_DIR} is not writable.")
    DATABASES["default"]["OPTIONS"] = {
        # Writers wait up to 20 s at their first statement instead of failing when they write.
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # WAL: readers never wait for a writer.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
else:  # short timeouts, so that readers do not wait for a server that does not answer
    DATABASES["default"].setdefault("OPTIONS", {}).update(connect_timeout=5, tcp_user_timeout=5000)  # s, ms
if env.str("DATABASE_REPLICA_URL", ""):
    if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URL needs DATABASE_URL, the address of its primary on PostgreSQL."
        )
    from psycopg import IsolationLevel

    DATABASES["replica"] = env.server("DATABASE_REPLICA_URL", "", env.db_url_config, DATABASE_KINDS[:-1])
    # A page reads all its data from one snapshot. If the replica does not answer, the primary is used.
    DATABASES["replica"].setdefault("OPTIONS", {}).update(
        isolation_level=IsolationLevel.REPEATABLE_READ, connect_timeout=2, tcp_user_timeout=2000
    )
