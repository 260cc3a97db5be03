"""Two people at the same moment: each acts in a thread, on a connection of its own, and what they do is committed.

What comes of a race has to be what one of the two orders gives: those are tried first. An action `with_items` (the
scheduler) does each of its items in a transaction of its own, and the other person may come between two of them as well.
Then it is run `RACES` times (an environment variable), in turn

- with both starting at the same moment;
- with the first stopped before one of its writing or locking statements, while the second goes on until it has finished or
  waits for a lock; and the other way about. The statements are taken evenly from the whole of the action. One is its
  very first: what has been read before it is old when it is written.
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
from iom.tests.concurrency.scenes import seen
from iom.translation.models import JointPublication, Original, TranslationState

TIMES = int(os.environ.get("RACES", "3"))
STUCK = 0.05  # seconds within one statement: it waits for a lock
SILENT = 1.0  # seconds without a statement: it waits in COMMIT, where the deferred constraints are checked
LONGEST = 30  # seconds, after which nobody comes back
# What a person is told in words. Anything else is a fault.
REFUSALS = (PermissionDenied, ValidationError, ObjectDoesNotExist, Http404)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)|.*\bFOR (NO KEY )?UPDATE", re.DOTALL)

GUARDED = [model._meta.db_table for model in (Original, TranslationState, JointPublication)]

Action = Callable[[Any], Any]


class Person(threading.Thread):
    """Does `action(scene)`, and stops before writing or locking for the `stops_at`-th time until `go_on` is set."""

    def __init__(self, action: Action, scene: Any, ready: Callable[[], Any], stops_at: int | None = None) -> None:
        super().__init__(daemon=True)
        self.action, self.scene, self.ready, self.stops_at = action, scene, ready, stops_at
        self.stopped, self.go_on, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.count = 0
        self.begins: list[int] = []  # the counts at which its writing transactions began (PostgreSQL)
        self.executes = False  # a statement, since `at`; else the last one ended then
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
                self.outcome = self.action(self.scene)
        except REFUSALS as refusal:
            self.outcome, self.reason = "refused", refusal
        except BaseException as fault:
            self.fault = fault
        finally:
            connections.close_all()
            self.stopped.set()
            self.ended.set()

    def _execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begins = self._note(context["connection"], sql)
        if WRITES.match(sql) and "django_session" not in sql:
            if begins:
                self.begins.append(self.count)
            if self.count == self.stops_at:
                self.stopped.set()
                self.go_on.wait(LONGEST)
            self.count += 1
        self.executes, self.at = True, time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            self.executes, self.at = False, time.monotonic()

    def _note(self, used: Any, sql: str) -> bool:
        """Keeps the statements by transaction (PostgreSQL), so that the order of locks can be read. Returns whether this
        one begins a transaction."""
        if used.vendor != "postgresql":
            return False
        begins = not self.transactions or used.connection.info.transaction_status.name == "IDLE"
        if begins:
            self.transactions.append([])
        self.transactions[-1].append(sql)
        return begins

    def has_ended_or_waits(self) -> bool:
        return self.ended.is_set() or time.monotonic() - self.at > (STUCK if self.executes else SILENT)

    def must_end(self) -> None:
        self.join(LONGEST)
        assert not self.is_alive(), f"{self.action.__name__} never ended"


def one_after_the_other(scene: Any, *actions: Action) -> list[Person]:
    """Each after the one before has ended; in the order of `actions`."""
    people = [Person(action, scene, lambda: None) for action in actions]
    for person in people:
        person.start()
        person.must_end()
    return people


def at_once(scene: Any, *actions: Action) -> list[Person]:
    """All start at the same moment."""
    barrier = threading.Barrier(len(actions))
    people = [Person(action, scene, lambda: barrier.wait(LONGEST)) for action in actions]
    for person in people:
        person.start()
    for person in people:
        person.must_end()
    return people


def one_within_the_other(scene: Any, outer: Action, inner: Action, stops_at: int) -> list[Person]:
    """`outer` is stopped at that statement until `inner` has ended or waits."""
    stopped = Person(outer, scene, lambda: None, stops_at)
    other = Person(inner, scene, lambda: stopped.stopped.wait(LONGEST))
    stopped.start()
    other.start()
    stopped.stopped.wait(LONGEST)
    until = time.monotonic() + LONGEST
    while not other.has_ended_or_waits() and time.monotonic() < until:
        time.sleep(0.005)
    stopped.go_on.set()
    stopped.must_end()
    other.must_end()
    return [stopped, other]


def race(make: Callable[[], Any], first: Action, second: Action) -> None:
    """Fails where something else comes of it than one of the two orders gives: what is to be seen of the text, and
    what each of the two was answered. `make()` gives the scene; each run begins with it as it was made."""
    with _kept(make()) as scene_again:
        _race(scene_again, first, second)


@contextmanager
def _kept(scene: Any) -> Iterator[Callable[[], Any]]:
    """Yields a function that puts the database back as it is now, and returns the scene."""
    name = connection.settings_dict["NAME"]
    kept = f"{name}_kept"
    connection.close()
    databases.copy(name, kept)

    def again() -> Any:
        connection.close()
        databases.copy(kept, name)
        return deepcopy(scene)

    try:
        yield again
    finally:
        databases.remove(kept)


def _race(make: Callable[[], Any], first: Action, second: Action) -> None:
    allowed, lengths = [], [1, 1]
    for order in (1, -1):
        earlier, later = (first, second)[::order]
        scene = make()
        people = one_after_the_other(scene, earlier, later)
        allowed.append(_allowed(people[::order], scene))
        lengths = [max(length, person.count) for length, person in zip(lengths, people[::order], strict=True)]
        for item in people[0].begins[1:] if getattr(earlier, "with_items", False) else ():
            scene = make()
            allowed.append(_allowed(one_within_the_other(scene, earlier, later, item)[::order], scene))
    failures = []
    for number in range(TIMES):
        scene = make()
        turn, place = number % 3, _evenly(number // 3)
        if turn == 0:
            people = at_once(scene, first, second)
        elif turn == 1:
            people = one_within_the_other(scene, first, second, int(place * lengths[0]))
        else:
            people = one_within_the_other(scene, second, first, int(place * lengths[1]))[::-1]
        result = _result(people, scene)
        if result not in allowed:
            reasons = [f"because: {person.reason!r}" for person in people if person.reason]
            reasons += ["".join(traceback.format_exception(person.fault)[-12:]) for person in people if person.fault]
            failures.append("\n".join([_differences(result, allowed), *reasons]))
    if failures:
        pytest.fail(f"{len(failures)} of {TIMES}. The first:\n{failures[0]}", pytrace=False)


def _allowed(people: list[Person], scene: Any) -> dict[str, Any]:
    assert not [person.fault for person in people if person.fault], [person.fault for person in people]
    assert not any(map(_out_of_order, people)), [_out_of_order(person) for person in people]
    return _result(people, scene)


def _result(people: list[Person], scene: Any) -> dict[str, Any]:
    said = {
        f"{number} {person.action.__name__}": repr(person.fault) if person.fault else person.outcome
        for number, person in enumerate(people)
    }
    return {**said, **seen(scene), "written before the pages were locked": [_out_of_order(one) for one in people]}


def _out_of_order(person: Person) -> list[str]:
    """What the desk's rows were locked or written with, where the transaction had not locked the pages of their text:
    two who lock in different orders wait for each other."""
    found = []
    for statements in person.transactions:
        has_locked = False
        for sql in statements:
            has_locked |= 'FROM "wagtailcore_page"' in sql and "FOR NO KEY UPDATE" in sql
            if (
                not has_locked
                and WRITES.match(sql)
                and any(f'"{table}"' in sql.partition("WHERE")[0] for table in GUARDED)
            ):
                found.append(sql[:200])
    return found


def _differences(result: dict[str, Any], allowed: list[dict[str, Any]]) -> str:
    """Against the order that it is nearest to."""
    against = [
        [f"{name}: {result.get(name)} instead of {order.get(name)}" for name in {**order, **result} if result.get(name) != order.get(name)]
        for order in allowed
    ]  # fmt: skip
    return "\n".join(min(against, key=len))


def _evenly(number: int) -> float:
    """0, 1/2, 1/4, 3/4, 1/8 …: however many are taken, they are spread over the whole."""
    place, part = 0.0, 0.5
    while number:
        place, number, part = place + part * (number & 1), number >> 1, part / 2
    return place
