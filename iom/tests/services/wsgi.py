"""The site with two changed settings: it reads its replica even right after a change, so that only the content version
keeps pages up to date, and it retries a failed replica after a second."""

from iom.wsgi import application

# isort: split
from iom.caching import replica, watch

watch.SETTLED_AFTER = 0
replica.PAUSE = 1

__all__ = ["application"]
