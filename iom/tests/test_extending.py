"""The files and tests that docs/extending.md names exist."""

import re

from django.conf import settings


def test_each_file_and_test_that_a_recipe_names_exists():
    named = re.findall(r"`([\w./<>-]+/[\w.<>-]+(?:::\w+)?)`", (settings.BASE_DIR / "docs/extending.md").read_text())
    paths = [name for name in named if not name.startswith("/")]  # the others are addresses
    assert len(paths) > 30
    for name in paths:
        path, _colons, test = name.partition("::")
        file = settings.BASE_DIR / path
        assert (file.parent if "<" in path else file).exists(), name
        assert not test or f"def {test}(" in file.read_text(), name
