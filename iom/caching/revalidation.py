"""Revalidates cached pages after a change, by the results of the queries that each page was made from.

A page is unchanged if all its queries still have the same results. This holds only if no table but
`triggers.REVALIDATED_TABLES` has changed: pages also depend on data without queries, such as the site settings that
Wagtail caches in memory, and a change of any other table makes every page outdated.
"""

import logging
import pickle
import time
import zlib

from django.db import DatabaseError, InterfaceError

from iom.caching.recording import Query, Recording
from iom.caching.version import Version, read_number

MAX_DIGESTS = 5000  # query results that a process remembers for one version

logger = logging.getLogger(__name__)


def pack_digests(recording: Recording) -> bytes:
    """Returns the compressed query digests of a page that has been rendered; empty if they cannot prove anything."""
    digests = recording.digests()
    return b"" if digests is None else zlib.compress(pickle.dumps(digests), 1)


class Revalidator:
    """Compares query results. A process repeats a query that many pages share only once for each version."""

    def __init__(self) -> None:
        self._known: tuple[Version | None, dict[bytes, bytes]] = (None, {})

    def is_unchanged(self, packed: bytes, before: Version, version: Version) -> bool:
        """Whether a page that was cached at the version `before` is the same at `version`. `packed`: its digests."""
        if not packed or before.number.everywhere != version.number.everywhere or before.until <= time.time():
            return False
        stored: list[tuple[Query, bytes]] = pickle.loads(zlib.decompress(packed))  # noqa: S301  (our own)
        known = self._known[1] if self._known[0] == version else {}
        fresh: dict[bytes, bytes] = {}
        try:
            for query, digest in stored:
                key = query.key
                if (known.get(key) or fresh.setdefault(key, query.current_digest())) != digest:
                    return False
            if read_number() != version.number:  # the results may belong to a later version
                return False
        except (DatabaseError, InterfaceError, OSError) as error:
            logger.warning("A cached page could not be revalidated: %s", error)
            return False
        self._known = (version, known | fresh if len(known) < MAX_DIGESTS else fresh)
        return True
