"""Gives allauth another cache for its counts of attempts, and for the codes and tokens that were used.

allauth uses the default cache, which behaves as if it were empty while its server is down. Every attempt would then be
the first, and a used code would be valid again. The cache of `iom.users.limits` raises instead, so the sign-in fails.
"""

from types import ModuleType

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

CACHE = ConnectionProxy(caches, "limits")


def use_strict_cache(*modules: ModuleType) -> None:
    """Replaces the cache of these modules of allauth with the one that raises while its server is down."""
    for module in modules:
        module.cache = CACHE  # type: ignore[attr-defined]


use_strict_cache(ratelimit, auth)
