"""Where allauth counts attempts, and remembers the codes and tokens that were used.

Its own place, the default cache, answers as if it were empty while its server is away: then every attempt would be the
first, and a used code would count again. The cache of `iom.users.limits` fails instead, and so does the sign-in.
"""

from types import ModuleType

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

CACHE = ConnectionProxy(caches, "limits")


def count_strictly(*modules: ModuleType) -> None:
    """Gives these modules of allauth the cache that fails while its server is away."""
    for module in modules:
        module.cache = CACHE  # type: ignore[attr-defined]


count_strictly(ratelimit, auth)
