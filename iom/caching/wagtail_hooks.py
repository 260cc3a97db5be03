from collections.abc import Callable
from threading import Event

from django.conf import settings
from wagtail import hooks

from iom.caching import purging


@hooks.register("run_beside_scheduler")
def purge_http_cache() -> Callable[[Event], None] | None:
    return purging.run if settings.HTTP_CACHE_URL else None
