import pytest

from iom.withdrawal.tests.texts import public_text


@pytest.fixture
def texts():
    return public_text()
