"""Races between two people: each acts in a thread, on a connection of its own, and the changes are committed.

The result of a race must be one that the actions give when they run one after the other. Both orders are run first. An
action `with_items` (the scheduler) handles each item in a transaction of its own, so the other action may also run
between two items. Then the race is run `RACES` times (an environment variable), in turn

- with both actions starting at the same moment;
- with the first action paused before one of its writing or locking statements, while the second runs until it has
  finished or waits for a lock; and with the roles exchanged. The statements are spread evenly over the action. One is
  the very first: what the action has read before is then outdated.
"""

import os
import re
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection, connections
from django.http import Http404

from iom.tests import databases
from iom.tests.concurrency.scenarios import observe
from iom.translation.models import JointPublication, Original, TranslationState

TIMES = int(os.environ.get("RACES", "3"))
MAX_STATEMENT = 0.05  # seconds; a longer statement waits for a lock
MAX_SILENCE = 1.0  # seconds; after a longer time without statements, it waits in COMMIT, which checks constraints
MAX_WAIT = 30  # seconds, after which the test fails
# Exceptions that the user sees as a message. Others are faults.
REFUSALS = (PermissionDenied, ValidationError, ObjectDoesNotExist, Http404)
WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)|.*\bFOR (NO KEY )?UPDATE", re.DOTALL)

DESK_TABLES = [model._meta.db_table for model in (Original, TranslationState, JointPublication)]

Action = Callable[[Any], Any]


class Person(threading.Thread):
    """Runs `action(scenario)`, and pauses before the writing or locking statement number `stops_at` until `go_on`."""

    def __init__(self, action: Action, scenario: Any, ready: Callable[[], Any], stops_at: int | None = None) -> None:
        super().__init__(daemon=True)
        self.action, self.scenario, self.ready, self.stops_at = action, scenario, ready, stops_at
        self.stopped, self.go_on, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.count = 0
        self.begins: list[int] = []  # the counts at which its writing transactions began (PostgreSQL)
        self.executes = False  # whether a statement runs since `at`; else the last one ended at `at`
        self.at = float("inf")
        self.outcome: Any = None
        self.reason: Exception | None = None
        self.fault: BaseException | None = None
        self.transactions: list[list[str]] = []

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.ready()
            with connection.execute_wrapper(self._execute):
                self.outcome = self.action(self.scenario)
        except REFUSALS as refusal:
            self.outcome, self.reason = "refused", refusal
        except BaseException as fault:
            self.fault = fault
        finally:
            connections.close_all()
            self.stopped.set()
            self.ended.set()

    def _execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begins = self._record_transaction(context["connection"], sql)
        if WRITE.match(sql) and "django_session" not in sql:
            if begins:
                self.begins.append(self.count)
            if self.count == self.stops_at:
                self.stopped.set()
                self.go_on.wait(MAX_WAIT)
            self.count += 1
        self.executes, self.at = True, time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            self.executes, self.at = False, time.monotonic()

    def _record_transaction(self, used: Any, sql: str) -> bool:
        """Records the statements of each transaction (PostgreSQL) to check the order of locks. Returns whether this
        statement begins a transaction."""
        if used.vendor != "postgresql":
            return False
        begins = not self.transactions or used.connection.info.transaction_status.name == "IDLE"
        if begins:
            self.transactions.append([])
        self.transactions[-1].append(sql)
        return begins

    def has_ended_or_waits(self) -> bool:
        return self.ended.is_set() or time.monotonic() - self.at > (MAX_STATEMENT if self.executes else MAX_SILENCE)

    def join_or_fail(self) -> None:
        self.join(MAX_WAIT)
        assert not self.is_alive(), f"{self.action.__name__} never ended"


def run_in_order(scenario: Any, *actions: Action) -> list[Person]:
    """Runs the actions one after the other."""
    people = [Person(action, scenario, lambda: None) for action in actions]
    for person in people:
        person.start()
        person.join_or_fail()
    return people


def run_at_once(scenario: Any, *actions: Action) -> list[Person]:
    """Starts all actions at the same moment."""
    barrier = threading.Barrier(len(actions))
    people = [Person(action, scenario, lambda: barrier.wait(MAX_WAIT)) for action in actions]
    for person in people:
        person.start()
    for person in people:
        person.join_or_fail()
    return people


def run_interleaved(scenario: Any, outer: Action, inner: Action, stops_at: int) -> list[Person]:
    """Pauses `outer` at its statement number `stops_at` until `inner` has ended or waits for a lock."""
    stopped = Person(outer, scenario, lambda: None, stops_at)
    other = Person(inner, scenario, lambda: stopped.stopped.wait(MAX_WAIT))
    stopped.start()
    other.start()
    stopped.stopped.wait(MAX_WAIT)
    until = time.monotonic() + MAX_WAIT
    while not other.has_ended_or_waits() and time.monotonic() < until:
        time.sleep(0.005)
    stopped.go_on.set()
    stopped.join_or_fail()
    other.join_or_fail()
    return [stopped, other]


def race(make: Callable[[], Any], first: Action, second: Action) -> None:
    """Fails if a run ends in another state of the text, or with other answers, than one action after the other.

    `make()` returns the scenario; each run begins with its initial state.
    """
    with _restorable(make()) as restored_scenario:
        _race(restored_scenario, first, second)


@contextmanager
def _restorable(scenario: Any) -> Iterator[Callable[[], Any]]:
    """Yields a function that restores the current state of the database, and returns the scenario."""
    name = connection.settings_dict["NAME"]
    kept = f"{name}_kept"
    connection.close()
    databases.copy(name, kept)

    def again() -> Any:
        connection.close()
        databases.copy(kept, name)
        return deepcopy(scenario)

    try:
        yield again
    finally:
        databases.remove(kept)


def _race(make: Callable[[], Any], first: Action, second: Action) -> None:
    allowed, lengths = [], [1, 1]
    for order in (1, -1):
        earlier, later = (first, second)[::order]
        scenario = make()
        people = run_in_order(scenario, earlier, later)
        allowed.append(_allowed(people[::order], scenario))
        lengths = [max(length, person.count) for length, person in zip(lengths, people[::order], strict=True)]
        for item in people[0].begins[1:] if getattr(earlier, "with_items", False) else ():
            scenario = make()
            allowed.append(_allowed(run_interleaved(scenario, earlier, later, item)[::order], scenario))
    failures = []
    for number in range(TIMES):
        scenario = make()
        turn, place = number % 3, _spread(number // 3)
        if turn == 0:
            people = run_at_once(scenario, first, second)
        elif turn == 1:
            people = run_interleaved(scenario, first, second, int(place * lengths[0]))
        else:
            people = run_interleaved(scenario, second, first, int(place * lengths[1]))[::-1]
        result = _result(people, scenario)
        if result not in allowed:
            reasons = [f"because: {person.reason!r}" for person in people if person.reason]
            reasons += ["".join(traceback.format_exception(person.fault)[-12:]) for person in people if person.fault]
            failures.append("\n".join([_differences(result, allowed), *reasons]))
    if failures:
        pytest.fail(f"{len(failures)} of {TIMES}. The first:\n{failures[0]}", pytrace=False)


def _allowed(people: list[Person], scenario: Any) -> dict[str, Any]:
    assert not [person.fault for person in people if person.fault], [person.fault for person in people]
    assert not any(map(_writes_before_lock, people)), [_writes_before_lock(person) for person in people]
    return _result(people, scenario)


def _result(people: list[Person], scenario: Any) -> dict[str, Any]:
    said = {
        f"{number} {person.action.__name__}": repr(person.fault) if person.fault else person.outcome
        for number, person in enumerate(people)
    }
    return {
        **said,
        **observe(scenario),
        "written before the pages were locked": [_writes_before_lock(one) for one in people],
    }


def _writes_before_lock(person: Person) -> list[str]:
    """Returns the statements that lock or write rows of the desk before their transaction has locked the pages: two
    transactions that lock in different orders cause a deadlock."""
    found = []
    for statements in person.transactions:
        has_locked = False
        for sql in statements:
            has_locked |= 'FROM "wagtailcore_page"' in sql and "FOR NO KEY UPDATE" in sql
            if (
                not has_locked
                and WRITE.match(sql)
                and any(f'"{table}"' in sql.partition("WHERE")[0] for table in DESK_TABLES)
            ):
                found.append(sql[:200])
    return found


def _differences(result: dict[str, Any], allowed: list[dict[str, Any]]) -> str:
    """Returns the differences from the most similar allowed result."""
    against = [
        [f"{name}: {result.get(name)} instead of {order.get(name)}" for name in {**order, **result} if result.get(name) != order.get(name)]
        for order in allowed
    ]  # fmt: skip
    return "\n".join(min(against, key=len))


def _spread(number: int) -> float:
    """Returns the term `number` of 0, 1/2, 1/4, 3/4, 1/8 …: any number of first terms is spread evenly."""
    place, part = 0.0, 0.5
    while number:
        place, number, part = place + part * (number & 1), number >> 1, part / 2
    return place
