"""A database of its own, in which everything is really committed: a copy of the one that the other tests leave as it is."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connections

from iom.tests.concurrency import scenes


@pytest.fixture(scope="session")
def _copy(django_db_setup, django_db_blocker, tmp_path_factory):
    """The copied database's settings."""
    with django_db_blocker.unblock():
        original = connections["default"]
        make = {"postgresql": _postgresql, "sqlite": _sqlite}[original.vendor]
        with make(original, tmp_path_factory) as name:
            settings = {**original.settings_dict, "NAME": name}
            with _used(settings):
                scenes.prepare()
            yield settings


@pytest.fixture
def db(_copy, django_db_blocker):
    """In the place of pytest-django's, which undoes at the end what was never committed."""
    with django_db_blocker.unblock(), _used(_copy):
        yield


@contextmanager
def _used(settings):
    original, before = connections["default"], connections.settings["default"]
    connections.settings["default"] = settings
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = before, original


@contextmanager
def _postgresql(original, _tmp_path_factory):
    name = f"{original.settings_dict['NAME']}_races"
    quoted, template = original.ops.quote_name(name), original.ops.quote_name(original.settings_dict["NAME"])
    original.close()  # a template has no other visitors
    with original._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE {template}")
    yield name
    with original._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


@contextmanager
def _sqlite(original, tmp_path_factory):
    name = str(tmp_path_factory.mktemp("races") / "db.sqlite3")
    original.ensure_connection()
    copy = sqlite3.connect(name)
    original.connection.backup(copy)
    copy.close()
    yield name
