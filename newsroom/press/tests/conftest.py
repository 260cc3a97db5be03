import pytest


@pytest.fixture(autouse=True)
def _files_of_each_test_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
