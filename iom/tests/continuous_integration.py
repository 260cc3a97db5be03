"""Selects the tests that continuous integration runs on each database: on SQLite every test, on PostgreSQL those that
depend on the database. Of the slowest tests it runs the French ones on SQLite and the English ones on PostgreSQL.

After the time `CI_UNTIL` (in seconds since 1970) it skips the remaining tests, and reports how many.
"""

import math
import os
import time
from typing import Any

import pytest

from iom.tests import databases

# Tests of our SQL, locks, transactions, migrations, column limits and query counts; the most important come first.
ON_POSTGRESQL = (
    "iom/operation/", "iom/publishing/", "iom/caching/", "iom/listing/", "search/", "iom/tests/concurrency/", "iom/tests/test_bad_input.py",
    "iom/tests/test_names_migrations.py", "iom/tests/test_queries.py", "iom/tests/test_unusable_values.py", "home/",
    "iom/demo/", "newsroom/tests/", "iom/tests/", "iom/editorial/tests/test_admin_screens.py",
)  # fmt: skip
UNTIL = float(os.environ.get("CI_UNTIL", math.inf))
LEFT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left = [item for item in items if _is_of_the_other_database(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not _is_of_the_other_database(item)]
    if databases.is_postgresql():
        items.sort(key=_rank)


def _is_of_the_other_database(item: pytest.Item) -> bool:
    on_both = _rank(item) < len(ON_POSTGRESQL) and not any(map(item.get_closest_marker, ("one_database", "browser")))
    other = "fr" if databases.is_postgresql() else "en"
    parameters = item.callspec.id.split("-") if hasattr(item, "callspec") else []
    is_in_other_language = item.get_closest_marker("one_language") is not None and other in parameters
    return (databases.is_postgresql() and not on_both) or (on_both and is_in_other_language)


def _rank(item: pytest.Item) -> int:
    """Returns the index of the first entry of ON_POSTGRESQL that contains the test, else the number of entries."""
    ranks = (number for number, part in enumerate(ON_POSTGRESQL) if item.nodeid.startswith(part))
    return next(ranks, len(ON_POSTGRESQL))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    if time.time() < UNTIL:
        return None
    item.config.stash[LEFT] = item.config.stash.get(LEFT, 0) + 1
    return True  # pytest then counts the test as run


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Sends the number of skipped tests from a worker of pytest-xdist to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left"] = session.config.stash.get(LEFT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    left = getattr(node, "workeroutput", {}).get("left", 0)
    node.config.stash[LEFT] = node.config.stash.get(LEFT, 0) + left


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if left := config.stash.get(LEFT, 0):
        database = "PostgreSQL" if databases.is_postgresql() else "SQLite"
        terminalreporter.write_line(
            f"{left} tests NOT RUN on {database}: this machine is too slow for the time of CI."
        )
