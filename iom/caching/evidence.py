"""What proves that a page which was kept before a change would look the same after it: all queries that it was made
from are still answered as they were.

Only the tables of `triggers.COMPARED` may have changed meanwhile. Whatever else pages are made from, such as settings
of the site that Wagtail keeps in memory, makes every page count no longer.
"""

import logging
import pickle
import time
import zlib

from django.db import DatabaseError, InterfaceError

from iom.caching.recording import Query, Recording
from iom.caching.version import Version, number

MOST_ANSWERS = 5000  # whose digests are known for one version

logger = logging.getLogger(__name__)


def evidence_of(recording: Recording) -> bytes:
    """The evidence for a page that has been rendered; empty where there is none."""
    digests = recording.digests()
    return b"" if digests is None else zlib.compress(pickle.dumps(digests), 1)


class Comparison:
    """Of one process, which asks a query that many pages share once for each version."""

    def __init__(self) -> None:
        self._known: tuple[Version | None, dict[bytes, bytes]] = (None, {})

    def holds(self, evidence: bytes, before: Version, version: Version) -> bool:
        """Whether a page that was kept at the version `before` counts at this one."""
        if not evidence or before.number.everywhere != version.number.everywhere or before.until <= time.time():
            return False
        kept: list[tuple[Query, bytes]] = pickle.loads(zlib.decompress(evidence))  # noqa: S301  (our own)
        known = self._known[1] if self._known[0] == version else {}
        fresh: dict[bytes, bytes] = {}
        try:
            for query, digest in kept:
                key = query.key
                if (known.get(key) or fresh.setdefault(key, query.ask_again())) != digest:
                    return False
            if number() != version.number:  # the answers may be of a later version
                return False
        except (DatabaseError, InterfaceError, OSError) as error:
            logger.warning("A page cannot be compared: %s", error)
            return False
        self._known = (version, known | fresh if len(known) < MOST_ANSWERS else fresh)
        return True
