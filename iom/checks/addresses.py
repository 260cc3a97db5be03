"""The addresses on other sites to which texts link, and the results of checking them. Only jobs check addresses.

A nightly job checks the links of all published pages. The next round of the scheduler checks addresses that somebody
has just written. Unless the page is missing, a failed address is checked again before it is reported.
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
from iom.checks.page_text import links
from iom.core.models import BasePage
from iom.links import WEB, scheme
from iom.publishing import jobs

MAX_LINKS = 50  # addresses of a text that are checked
MAX_LENGTH = 2000  # characters of an address
BATCH_OF_NEW = 5  # new addresses in one job
NIGHT_HOUR = 2  # at which the nightly check begins, in the site's time zone
NIGHT_LIMIT = timedelta(hours=5)  # for the nightly check; the other addresses wait for the next
RETRY_AFTER = timedelta(hours=1)
RETENTION = timedelta(days=7)  # after the last text with the address
BATCH = 200


def external_addresses(page: Any) -> list[str]:
    """Returns the addresses on other sites to which a text links, without fragments."""
    targets = (link.target.partition("#")[0] for link in links(page))
    site = settings.SITE_URL
    found = [url for url in targets if scheme(url) in WEB and len(url) <= MAX_LENGTH and not _is_below(url, site)]
    return list(dict.fromkeys(found))[:MAX_LINKS]


def _is_below(url: str, site: str) -> bool:
    return url == site or url.startswith(f"{site}/")


def digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def stored_addresses(urls: Iterable[str]) -> dict[str, LinkAddress]:
    rows = LinkAddress.objects.filter(digest__in=map(digest, urls))
    return {row.url: row for row in rows}


def request_checks(urls: list[str]) -> dict[str, LinkAddress]:
    """Returns the stored addresses among these, and has the others checked soon."""
    rows = stored_addresses(urls)
    if new := [url for url in urls if url not in rows]:
        _add(new, due=True)
    return rows


def _add(urls: Iterable[str], *, due: bool) -> None:
    now = timezone.now()
    rows = [LinkAddress(digest=digest(url), url=url, asked_at=now, due_at=now if due else None) for url in urls]
    LinkAddress.objects.bulk_create(rows, ignore_conflicts=True)


def broken_addresses() -> QuerySet[LinkAddress]:
    """Returns the addresses to report: a missing page at once, any other problem after two failures."""
    return LinkAddress.objects.filter(Q(problem=LinkAddress.Problem.GONE) | Q(failures__gt=1)).exclude(problem="")


def broken_links() -> QuerySet[LinkUse]:
    """Returns the broken links of published pages, those that have failed longest first."""
    uses = LinkUse.objects.filter(page__live=True, address__in=broken_addresses())
    return uses.select_related("page", "address").order_by("address__since", "page")


def is_broken(row: LinkAddress) -> bool:
    return bool(row.problem) and (row.problem == LinkAddress.Problem.GONE or row.failures > 1)


def check_address(row: LinkAddress) -> None:
    """Checks an address, and records the result."""
    now = timezone.now()
    problem = fetching.find_problem(row.url)
    row.checked_at, row.problem = now, problem
    row.failures = row.failures + 1 if problem else 0
    row.since = (row.since or now) if problem else None
    row.due_at = now + RETRY_AFTER if row.failures == 1 and not is_broken(row) else None
    row.save(update_fields=["checked_at", "problem", "failures", "since", "due_at"])


def _due() -> QuerySet[LinkAddress]:
    return LinkAddress.objects.filter(due_at__lte=timezone.now()).order_by("due_at")


def missing_checks() -> list[str]:
    return ["due"] if settings.LINK_CHECKS and _due().exists() else []


@jobs.handler("links", label=gettext_lazy("Check new links"), missing=missing_checks)
def check_new(_key: str) -> None:
    """Checks a few due addresses, so that other jobs do not wait. The next round checks the next ones."""
    if settings.LINK_CHECKS:
        for row in _due()[:BATCH_OF_NEW]:
            check_address(row)


def _night() -> date | None:
    """Returns the day of the night that has begun, or None before NIGHT_HOUR."""
    now = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    return now.date() if now.hour >= NIGHT_HOUR else None


def missing_tonight() -> list[str]:
    night = _night()
    is_done = night is None or LinkRound.objects.filter(night=night).exists()
    return [night.isoformat()] if night and settings.LINK_CHECKS and not is_done else []


@jobs.handler("links at night", label=gettext_lazy("Check all links"), missing=missing_tonight, is_long=True)
def check_tonight(night: str) -> None:
    """Reads the links of all published pages, checks each address once, and deletes addresses that no text has."""
    if not settings.LINK_CHECKS or night not in missing_tonight():
        return
    LinkRound.objects.update_or_create(pk=1, defaults={"night": date.fromisoformat(night)})
    began = timezone.now()
    for page in _published():
        write_uses(page)
    LinkUse.objects.exclude(page__live=True).delete()
    until = time.monotonic() + NIGHT_LIMIT.total_seconds()
    used = LinkAddress.objects.filter(uses__isnull=False).exclude(checked_at__gte=began).distinct()
    for row in used.order_by(F("checked_at").asc(nulls_first=True)).iterator(BATCH):
        if time.monotonic() > until:
            break
        check_address(row)
    LinkAddress.objects.filter(uses=None, asked_at__lt=began - RETENTION).delete()


def _published() -> Iterator[Any]:
    for model in get_page_models():
        if issubclass(model, BasePage):
            keys = model.objects.filter(live=True, alias_of=None).order_by("pk").values_list("pk", flat=True)
            for batch in batched(list(keys), BATCH):
                yield from model.objects.filter(pk__in=batch)


def write_uses(page: Page) -> None:
    """Updates the addresses to which a published page links."""
    urls = external_addresses(page)
    stored = dict(LinkUse.objects.filter(page=page.pk).values_list("address__url", "pk"))
    if gone := [key for url, key in stored.items() if url not in urls]:
        LinkUse.objects.filter(pk__in=gone).delete()
    if new := [url for url in urls if url not in stored]:
        _add(new, due=False)
        rows = stored_addresses(new).values()
        LinkUse.objects.bulk_create([LinkUse(page_id=page.pk, address=row) for row in rows], ignore_conflicts=True)
    if urls:
        LinkAddress.objects.filter(digest__in=map(digest, urls)).update(asked_at=timezone.now())
