"""Tests of races have another copy of the demonstration, in which changes are committed.

`RACES=n` runs every race n times. Without it, only the first case of each test runs, `races.TIMES` times.
"""

import os
from contextlib import contextmanager

import pytest
from django.db import connections

from iom.tests import databases
from iom.tests.concurrency import scenarios


@pytest.fixture(scope="session")
def _prepared(django_db_setup, django_db_blocker, demonstration, tmp_path_factory):
    """Creates the database with the objects of all races, and yields its settings."""
    if databases.is_postgresql():
        name, source = f"test_{databases.NAME}_{databases.WORKER}_races", demonstration.name
    else:
        name, source = str(tmp_path_factory.mktemp("races") / "db.sqlite3"), str(demonstration.file)
    databases.copy(source, name)
    settings = {**connections.settings["default"], "NAME": name}
    with django_db_blocker.unblock(), _used(settings):
        scenarios.prepare()
    yield settings
    databases.remove(name)


@pytest.fixture
def db(_prepared, django_db_blocker):
    """Copies the database for each test. It replaces pytest-django's fixture, which rolls changes back."""
    name = f"{_prepared['NAME']}_test"
    databases.copy(_prepared["NAME"], name)
    with django_db_blocker.unblock(), _used({**_prepared, "NAME": name}):
        yield
    databases.remove(name)


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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    here = os.path.dirname(__file__)
    known, left_out = set(), []
    for item in items:
        if not str(item.path).startswith(here) or "RACES" in os.environ:
            continue
        if item.originalname in known:
            left_out.append(item)
        known.add(item.originalname)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
