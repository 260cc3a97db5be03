"""The site, which reads its replica right after a change as well: what it shows then depends on the versions alone."""

from iom.wsgi import application

# isort: split
from iom.caching import watch

watch.SETTLED = 0

__all__ = ["application"]
