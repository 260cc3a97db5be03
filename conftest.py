"""Fixtures for all tests. The database contains the demonstration; the changes of each test are rolled back."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.test.signals import template_rendered

from iom.tests import databases

if os.environ.get("CI") == "true":
    pytest_plugins = ["iom.tests.continuous_integration"]

gc.disable()  # until the tests are collected: imported objects never become garbage


@pytest.fixture(scope="session")
def demonstration() -> databases.StoredDatabase:
    return databases.demonstration()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, demonstration) -> Iterator[None]:
    """Makes pytest-django create its database as a copy of the demonstration."""
    if databases.is_postgresql():
        connection.settings_dict["TEST"]["TEMPLATE"] = demonstration.name
        yield
        return
    memory = connection.creation._get_test_db_name()  # Django's name; the database exists while it is open
    with closing(sqlite3.connect(memory, uri=True)) as copy:
        with closing(sqlite3.connect(demonstration.file)) as original:
            original.backup(copy)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, demonstration) -> Iterator[None]:
    """Copies the media of the demonstration, and clears the caches of earlier runs."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.copytree(demonstration.media, settings.MEDIA_ROOT)
    for cache in caches.all(initialized_only=False):
        cache.clear()
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _stored() -> Iterator[list[str]]:
    """Records the paths of the files that tests store."""
    found: list[str] = []
    save = FileSystemStorage._save

    def save_and_tell(storage, name, content):
        name = save(storage, name, content)
        found.append(storage.path(name))
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", save_and_tell)
        yield found


@pytest.fixture(autouse=True)
def _no_file_is_left(_stored) -> Iterator[None]:
    """Deletes the files that a test has stored, because other tests read the whole storage."""
    yield
    while _stored:
        with suppress(FileNotFoundError):
            os.unlink(_stored.pop())


@pytest.fixture(scope="session", autouse=True)
def _pictures_are_rendered_fast() -> None:
    """Encodes pictures as larger files. Renditions then take a tenth of the time of a preview, instead of a third."""
    from iom.media.tests import pictures

    pictures.render_fast()


@pytest.fixture(scope="session", autouse=True)
def _contexts_are_kept_of_whole_pages(django_test_environment) -> None:
    """Keeps the contexts of whole pages only, not copies for each of the thousand templates of an admin page."""

    def render(template, context):
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render


@pytest.fixture(scope="session", autouse=True)
def _searches_are_not_written() -> None:
    """Prevents a request that ends after a minute from writing the counts of searches."""
    from search import counting

    counting.INTERVAL = float("inf")


@pytest.fixture(autouse=True)
def _nobody_has_tried_a_password():
    caches["limits"].clear()


@pytest.fixture
def visiting(db) -> Callable[[], AbstractContextManager[None]]:
    """A context manager in which results are cached by content version, as in a visitor's request."""
    from iom.caching import version

    @contextmanager
    def visiting() -> Iterator[None]:
        token = version._request_version.set(version._RequestVersion(None))
        try:
            yield
        finally:
            version._request_version.reset(token)

    return visiting


@pytest.fixture
def visitor(db) -> Client:
    """A client of an anonymous visitor."""
    return Client()


@pytest.fixture
def sign_in(db):
    """A function such as `sign_in("officer")` that returns a client signed in to an account of the demonstration.

    The account has just confirmed its identity.
    """
    from iom.users.models import User
    from iom.users.tests import people

    def client_of(account: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(email=f"{account}@example.org"))
        people.has_confirmed(client)
        return client

    return client_of


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In continuous integration, a skipped test counts as failed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
    return report


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if databases.is_postgresql() else 'SQLite'}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects the tests of the other database, and sorts the others.

    Browser tests come last: their event loop, once running, prevents Django's database calls in the process. Among
    them, those that share slow fixtures come first, so that the processes end at about the same time.
    """
    other = "sqlite" if databases.is_postgresql() else "postgresql"
    if left_out := [item for item in items if item.get_closest_marker(other)]:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(other)]
    items.sort(
        key=lambda item: (
            item.get_closest_marker("browser") is not None,
            item.get_closest_marker("xdist_group") is None,
        )
    )


def pytest_collection_finish() -> None:
    """Freezes the imported objects, and makes garbage collection rarer. It took a tenth of the time of all tests."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
