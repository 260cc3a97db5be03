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
DEADLINE = float(os.environ.get("CI_UNTIL", math.inf))
SKIPPED = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    skipped = [item for item in items if _runs_only_on_other_database(item)]
    if skipped:
        config.hook.pytest_deselected(items=skipped)
        items[:] = [item for item in items if not _runs_only_on_other_database(item)]
    if databases.is_postgresql():
        items.sort(key=_rank)


def _runs_only_on_other_database(item: pytest.Item) -> bool:
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
    if time.time() < DEADLINE:
        return None
    item.config.stash[SKIPPED] = item.config.stash.get(SKIPPED, 0) + 1
    return True  # pytest then counts the test as run


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Sends the number of skipped tests from a worker of pytest-xdist to the process that reports."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["skipped"] = session.config.stash.get(SKIPPED, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    skipped = getattr(node, "workeroutput", {}).get("skipped", 0)
    node.config.stash[SKIPPED] = node.config.stash.get(SKIPPED, 0) + skipped


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if skipped := config.stash.get(SKIPPED, 0):
        database = "PostgreSQL" if databases.is_postgresql() else "SQLite"
        terminalreporter.write_line(
            f"{skipped} tests NOT RUN on {database}: this machine is too slow for the time of CI."
        )
