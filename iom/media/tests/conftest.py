import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _renditions_of_this_test_only():
    """Wagtail's cache of renditions outlives a test's database, and would return those of another test's picture."""
    caches["renditions"].clear()
