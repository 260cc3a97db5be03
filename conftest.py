"""What every test may use. The database holds the demonstration from the start; each test's own changes are undone."""

import shutil

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    with django_db_blocker.unblock():
        call_command("demo", verbosity=0)
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nobody_has_tried_a_password():
    caches["limits"].clear()


@pytest.fixture
def visitor(db) -> Client:
    """Someone who reads the site and is signed in nowhere."""
    return Client()


@pytest.fixture
def sign_in(db):
    """A client signed in as one of the demonstration's accounts: `sign_in("officer")`."""
    from iom.users.models import User

    def client_of(account: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(email=f"{account}@example.org"))
        return client

    return client_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: their event loop, once running, keeps Django's database calls out of the process."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
