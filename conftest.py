"""What every test may use. The database holds the demonstration from the start; each test's own changes are undone."""

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

gc.disable()  # until the tests are collected: nothing of what is imported goes away


@pytest.fixture(scope="session")
def demonstration() -> databases.Made:
    return databases.demonstration()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, demonstration) -> Iterator[None]:
    """What pytest-django then makes is a copy of the demonstration."""
    if databases.is_postgresql():
        connection.settings_dict["TEST"]["TEMPLATE"] = demonstration.name
        yield
        return
    memory = connection.creation._get_test_db_name()  # as Django makes it; it is there as long as someone has it open
    with closing(sqlite3.connect(memory, uri=True)) as copy:
        with closing(sqlite3.connect(demonstration.file)) as original:
            original.backup(copy)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, demonstration) -> Iterator[None]:
    """With the media of the demonstration, and nothing that another run has cached."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.copytree(demonstration.media, settings.MEDIA_ROOT)
    for cache in caches.all(initialized_only=False):
        cache.clear()
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _stored() -> Iterator[list[str]]:
    """The paths of the files that have been stored."""
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
    """By a test: others read all that is stored."""
    yield
    while _stored:
        with suppress(FileNotFoundError):
            os.unlink(_stored.pop())


@pytest.fixture(scope="session", autouse=True)
def _pictures_are_rendered_fast() -> None:
    """A preview makes the renditions that it shows, a third of its time. Larger files take a tenth."""
    from iom.media.tests import pictures

    pictures.render_fast()


@pytest.fixture(scope="session", autouse=True)
def _contexts_are_kept_of_whole_pages(django_test_environment) -> None:
    """Not of each of the thousand templates within a page of the admin: copies that no test reads."""

    def render(template, context):
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render


@pytest.fixture(scope="session", autouse=True)
def _searches_are_not_written() -> None:
    """By a request that happens to end when a minute is over."""
    from search import counting

    counting.INTERVAL = float("inf")


@pytest.fixture(autouse=True)
def _nobody_has_tried_a_password():
    caches["limits"].clear()


@pytest.fixture
def visiting(db) -> Callable[[], AbstractContextManager[None]]:
    """A block in which what is kept of content is kept, as in a visitor's request."""
    from iom.caching import version

    @contextmanager
    def visiting() -> Iterator[None]:
        token = version._request.set(version._Asked(None))
        try:
            yield
        finally:
            version._request.reset(token)

    return visiting


@pytest.fixture
def visitor(db) -> Client:
    """Someone who reads the site and is signed in nowhere."""
    return Client()


@pytest.fixture
def sign_in(db):
    """A client signed in as one of the demonstration's accounts, who has just confirmed it: `sign_in("officer")`."""
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
    """Continuous integration leaves nothing out: there, a test that is skipped fails."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
    return report


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if databases.is_postgresql() else 'SQLite'}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the other database are left out.

    Browser tests come last: their event loop, once running, keeps Django's database calls out of the process. Of them
    those that share what takes long to make come first, so that the processes end at about the same time.
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
    """The collector of cycles leaves the code itself alone, and comes less often: a tenth of the time of all tests."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
