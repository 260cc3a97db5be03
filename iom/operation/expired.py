"""What has expired in the caches of files is deleted once a day: digests of readers and staff, who were counted."""

from django.core.cache import caches
from django.utils.translation import gettext_lazy

from iom.caching.backends import FolderCache
from iom.publishing import jobs

JOB = "expired"


@jobs.daily(JOB, label=gettext_lazy("Delete what has expired in the caches"))
def delete_expired() -> None:
    """A server deletes by itself what has expired."""
    for name in ("limits", "default"):
        if isinstance(cache := caches[name], FolderCache):
            cache.delete_expired()
