"""The site, which reads its replica right after a change as well: what it shows then depends on the versions alone.
It asks a replica that has failed again after a second."""

from iom.wsgi import application

# isort: split
from iom.caching import replica, watch

watch.SETTLED_AFTER = 0
replica.PAUSE = 1

__all__ = ["application"]
