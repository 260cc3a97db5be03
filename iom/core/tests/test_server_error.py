"""Error pages for readers while a part of the site fails."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client


@pytest.mark.parametrize("address", ["/en/-/account/sign-in/", "/en/", "/en/search/?q=water"])
@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("away"), 503), (InterfaceError("closed"), 503), (ValueError(), 500)]
)
def test_an_unavailable_database_gives_503_with_retry_after(db, monkeypatch, address, error, status):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("iom.navigation.middleware.AddressLanguageMiddleware.__call__", fail)
    answer = Client(raise_request_exception=False).get(address)

    assert answer.status_code == status
    assert answer.get("Retry-After") == ("30" if status == 503 else None)
