"""Which addresses texts lead to, and what is known of each. They are asked by jobs alone, never in a request.

What is published is read and asked each night. An address that somebody has just written is asked by the next round of
the scheduler. One that fails for another reason than that the page is gone is asked again before anybody is told.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import batched
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import Page, get_page_models

from iom.checks import fetching
from iom.checks.models import LinkAddress, LinkRound, LinkUse
from iom.checks.reading import links
from iom.core.models import BasePage
from iom.links import WEB, scheme
from iom.publishing import jobs

MOST = 50  # addresses of a text
LONGEST = 2000  # characters
AT_ONCE = 5  # addresses for one job of those that were just written
HOUR = 2  # of the night, in the site's time zone
LIMIT = timedelta(hours=5)  # for which a night's check goes on; the rest waits for the next
AGAIN = timedelta(hours=1)
KEPT = timedelta(days=7)  # after the last text that has it
BATCH = 200


def of_page(page: Any) -> list[str]:
    """The addresses on other sites to which a text leads, without fragments."""
    found = (one.target.partition("#")[0] for one in links(page))
    ours = settings.SITE_URL
    there = [url for url in found if scheme(url) in WEB and len(url) <= LONGEST and not _is_below(url, ours)]
    return list(dict.fromkeys(there))[:MOST]


def _is_below(url: str, site: str) -> bool:
    return url == site or url.startswith(f"{site}/")


def digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def known(urls: Iterable[str]) -> dict[str, LinkAddress]:
    rows = LinkAddress.objects.filter(digest__in=map(digest, urls))
    return {row.url: row for row in rows}


def ask_for(urls: list[str]) -> dict[str, LinkAddress]:
    """What is known of these; the others will be asked soon."""
    rows = known(urls)
    if new := [url for url in urls if url not in rows]:
        _add(new, due=True)
    return rows


def _add(urls: Iterable[str], *, due: bool) -> None:
    now = timezone.now()
    rows = [LinkAddress(digest=digest(url), url=url, asked_at=now, due_at=now if due else None) for url in urls]
    LinkAddress.objects.bulk_create(rows, ignore_conflicts=True)


def broken() -> QuerySet[LinkAddress]:
    """What is told: a page that is gone, at once; any other failure, when it has happened twice."""
    return LinkAddress.objects.filter(Q(problem=LinkAddress.Problem.GONE) | Q(failures__gt=1)).exclude(problem="")


def broken_links() -> QuerySet[LinkUse]:
    """The links of published pages that do not answer, those that have failed longest first."""
    uses = LinkUse.objects.filter(page__live=True, address__in=broken())
    return uses.select_related("page", "address").order_by("address__since", "page")


def is_broken(row: LinkAddress) -> bool:
    return bool(row.problem) and (row.problem == LinkAddress.Problem.GONE or row.failures > 1)


def check(row: LinkAddress) -> None:
    """Asks the address, and writes down what it answers."""
    now = timezone.now()
    problem = fetching.problem_of(row.url)
    row.checked_at, row.problem = now, problem
    row.failures = row.failures + 1 if problem else 0
    row.since = (row.since or now) if problem else None
    row.due_at = now + AGAIN if row.failures == 1 and not is_broken(row) else None
    row.save(update_fields=["checked_at", "problem", "failures", "since", "due_at"])


def _due() -> QuerySet[LinkAddress]:
    return LinkAddress.objects.filter(due_at__lte=timezone.now()).order_by("due_at")


def missing_soon() -> list[str]:
    return ["due"] if settings.LINK_CHECKS and _due().exists() else []


@jobs.handler("links", label=gettext_lazy("Check new links"), missing=missing_soon)
def check_soon(_key: str) -> None:
    """A few at a time, so that other jobs do not wait. The next round has the next."""
    if settings.LINK_CHECKS:
        for row in _due()[:AT_ONCE]:
            check(row)


def _night() -> date | None:
    """The night that has begun; None before its hour."""
    now = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    return now.date() if now.hour >= HOUR else None


def missing_tonight() -> list[str]:
    night = _night()
    is_done = night is None or LinkRound.objects.filter(night=night).exists()
    return [night.isoformat()] if night and settings.LINK_CHECKS and not is_done else []


@jobs.handler("links at night", label=gettext_lazy("Check all links"), missing=missing_tonight, is_long=True)
def check_tonight(night: str) -> None:
    """Reads the links of all that is published, asks each address once, and forgets those that no text has."""
    if not settings.LINK_CHECKS or night not in missing_tonight():
        return
    LinkRound.objects.update_or_create(pk=1, defaults={"night": date.fromisoformat(night)})
    began = timezone.now()
    for page in _published():
        write_uses(page)
    LinkUse.objects.exclude(page__live=True).delete()
    until = time.monotonic() + LIMIT.total_seconds()
    used = LinkAddress.objects.filter(uses__isnull=False).exclude(checked_at__gte=began).distinct()
    for row in used.order_by(F("checked_at").asc(nulls_first=True)).iterator(BATCH):
        if time.monotonic() > until:
            break
        check(row)
    LinkAddress.objects.filter(uses=None, asked_at__lt=began - KEPT).delete()


def _published() -> Iterator[Any]:
    for model in get_page_models():
        if issubclass(model, BasePage):
            keys = model.objects.filter(live=True, alias_of=None).order_by("pk").values_list("pk", flat=True)
            for batch in batched(list(keys), BATCH):
                yield from model.objects.filter(pk__in=batch)


def write_uses(page: Page) -> None:
    """Which addresses the published page leads to."""
    urls = of_page(page)
    stored = dict(LinkUse.objects.filter(page=page.pk).values_list("address__url", "pk"))
    if gone := [key for url, key in stored.items() if url not in urls]:
        LinkUse.objects.filter(pk__in=gone).delete()
    if new := [url for url in urls if url not in stored]:
        _add(new, due=False)
        rows = known(new).values()
        LinkUse.objects.bulk_create([LinkUse(page_id=page.pk, address=row) for row in rows], ignore_conflicts=True)
    if urls:
        LinkAddress.objects.filter(digest__in=map(digest, urls)).update(asked_at=timezone.now())
