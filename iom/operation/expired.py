"""What has expired in the caches of files is deleted once a day: digests of readers and staff, who were counted."""

from datetime import timedelta

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext_lazy

from iom.caching.backends import FolderCache
from iom.publishing import jobs

JOB = "expired"
EVERY = timedelta(days=1)


@jobs.handler(JOB, label=gettext_lazy("Delete what has expired in the caches"), missing=lambda: ["all"])
def delete_expired(key: str = "all") -> None:
    """Enqueues itself for the next day. A server deletes by itself what has expired."""
    for name in ("limits", "default"):
        if isinstance(cache := caches[name], FolderCache):
            cache.delete_expired()
    jobs.enqueue(JOB, key, at=timezone.now() + EVERY)
