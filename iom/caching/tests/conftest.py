import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application

from iom.caching.pages import PageCache
from iom.caching.tests.readers import Reader, WatchOfTheTest


@pytest.fixture
def watch():
    return WatchOfTheTest()


@pytest.fixture(autouse=True)
def _no_page_is_kept():
    """Of another test, whose changes were undone and whose version is the same."""
    caches["pages"].clear()


@pytest.fixture
def site(watch):
    return Reader(PageCache(get_wsgi_application(), watch))


@pytest.fixture
def another_process(watch):
    """That shares the cache."""
    return Reader(PageCache(get_wsgi_application(), watch))
