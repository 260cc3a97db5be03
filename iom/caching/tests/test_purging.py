"""The HTTP cache is purged after each change, even if the last purge failed."""

import socket
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import OperationalError

from iom.caching import purging


@contextmanager
def http_cache(*answers):
    """A server with one of `answers` to each PURGE: a status, closing the connection, or no response (None).

    Yields its address and the list of requests.
    """
    asked, kept = [], []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            for answer in answers:
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                asked.append(connection.recv(10_000).decode())
                kept.append(connection)
                if answer is not None:
                    if answer:
                        connection.sendall(f"HTTP/1.1 {answer} Told\r\nContent-Length: 0\r\n\r\n".encode())
                    connection.close()

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        for connection in kept:
            connection.close()


@pytest.mark.parametrize("first", [0, None, 503], ids=["drops", "is silent", "fails"])
def test_a_purge_that_fails_is_tried_again_and_so_are_those_after_it(settings, monkeypatch, caplog, first):
    stop, version = Event(), [1]
    monkeypatch.setattr(purging, "TIMEOUT", 0.2)
    monkeypatch.setattr(purging, "RETRY", 0.01)
    monkeypatch.setattr(purging, "PAUSE", 0.01)
    monkeypatch.setattr(purging, "MAX_AGE", 1000)
    monkeypatch.setattr(purging.version, "read_number", lambda: version[0])
    monkeypatch.setattr(purging.version, "version_for", lambda number: number)
    with http_cache(first, first, 200, 200) as (settings.HTTP_CACHE_URL, asked):
        thread = Thread(target=purging.run, args=(stop,), daemon=True)
        thread.start()
        try:
            assert _until(lambda: len(asked) == 3), asked
            version[0] = 2
            assert _until(lambda: len(asked) == 4), asked
            assert thread.is_alive()
        finally:
            stop.set()
            thread.join(5)
    assert all(one.startswith("PURGE /* HTTP/1.1\r\n") and "Host: www.example.org\r\n" in one for one in asked)
    assert len([one for one in caplog.records if "could not be purged" in one.message]) == 1


def test_a_page_that_was_given_for_the_version_before_is_purged_a_moment_later(settings, monkeypatch):
    """A process serves it until it has seen the change, and Varnish may have stored it after the first purge.

    While the database is down, nothing changes.
    """
    stop = Event()
    monkeypatch.setattr(purging, "PAUSE", 0.01)
    monkeypatch.setattr(purging, "MAX_AGE", 0.1)
    numbers = iter([OperationalError(), OperationalError()])
    monkeypatch.setattr(purging.version, "read_number", lambda: _raised(next(numbers, 1)))
    monkeypatch.setattr(purging.version, "version_for", lambda number: number)
    with http_cache(200, 200, 200) as (settings.HTTP_CACHE_URL, asked):
        thread = Thread(target=purging.run, args=(stop,), daemon=True)
        thread.start()
        try:
            assert _until(lambda: len(asked) == 2), asked
            assert not stop.wait(0.5)
            assert len(asked) == 2, "nothing has changed since"
        finally:
            stop.set()
            thread.join(5)


def _raised(answer):
    if isinstance(answer, Exception):
        raise answer
    return answer


def _until(holds):
    waiting = Event()
    return any(holds() or waiting.wait(0.02) for _ in range(300)) and holds()
