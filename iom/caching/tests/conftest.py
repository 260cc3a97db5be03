import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application

from iom.caching.pages import PageCache
from iom.caching.tests.readers import Reader, WatchOfTheTest


@pytest.fixture
def watch():
    return WatchOfTheTest()


@pytest.fixture
def site(watch):
    caches["pages"].clear()
    return Reader(PageCache(get_wsgi_application(), watch))


@pytest.fixture
def another_process(watch):
    """That shares the cache."""
    return Reader(PageCache(get_wsgi_application(), watch))
