"""What must not be served: accounts that anyone can enter."""

from typing import Any

from django.core import checks
from django.db import DatabaseError

from iom.core.checks import BEFORE_SERVING
from iom.demo import accounts


@checks.register(BEFORE_SERVING, deploy=True)
def no_account_has_the_known_password(**kwargs: Any) -> list[checks.CheckMessage]:
    """iom.E011: an account of the demonstration has the password that README.md tells everyone."""
    try:
        names = ", ".join(user.email for user in accounts.with_known_password())
    except DatabaseError:  # no table yet, so no account
        return []
    hint = "Run `manage.py demo` with DEMO_PASSWORD=… (`make serve` does), or delete the accounts."
    return [checks.Error(f"Known password: {names}.", hint=hint, id="iom.E011")] if names else []
