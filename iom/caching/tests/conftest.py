import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application

from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import FakeWatch, Reader


@pytest.fixture
def watch():
    return FakeWatch()


@pytest.fixture(autouse=True)
def _no_page_is_kept():
    """Pages of another test would have the same version, since its changes were rolled back."""
    caches["pages"].clear()


@pytest.fixture
def site(watch):
    return Reader(PageCache(get_wsgi_application(), watch))


@pytest.fixture
def another_process(watch):
    """A second process that shares the cache."""
    return Reader(PageCache(get_wsgi_application(), watch))
