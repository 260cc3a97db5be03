"""What the tests of backups share."""

import pytest

from iom.operation.recovery import encryption


@pytest.fixture
def keys_are_derived_fast(monkeypatch):
    """A key costs 128 MB and a third of a second, so that nobody guesses a weak one."""
    monkeypatch.setattr(encryption, "COSTS", dict.fromkeys(encryption.COSTS, 2))
