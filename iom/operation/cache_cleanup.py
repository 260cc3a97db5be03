"""The daily job that deletes expired entries of file-based caches. They hold digests of readers and staff."""

from django.core.cache import caches
from django.utils.translation import gettext_lazy

from iom.caching.backends import FolderCache
from iom.publishing import jobs

JOB = "expired"


@jobs.daily(JOB, label=gettext_lazy("Delete what has expired in the caches"))
def delete_expired() -> None:
    """Deletes expired entries of the caches in folders. A cache server does so by itself."""
    for name in ("limits", "default"):
        if isinstance(cache := caches[name], FolderCache):
            cache.delete_expired()
