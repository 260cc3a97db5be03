"""The site, for whose page cache a minute without a change is a fifth of a second: so it reads its replica all the time."""

from iom.wsgi import application

# isort: split
from iom.caching import watch

watch.SETTLED = 0.2

__all__ = ["application"]
