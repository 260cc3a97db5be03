import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _renditions_of_this_test_only():
    """Wagtail's cache of renditions outlives the database of a test, which would find those of another's picture."""
    caches["renditions"].clear()
