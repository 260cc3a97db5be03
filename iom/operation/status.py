"""The report "State of the site" for administrators: the state of each part, with advice.

Apps add parts by the hook `site_status`: a function that returns `Part`s.
"""

import logging
import shutil
import ssl
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from socket import create_connection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail import hooks

from iom.operation import health
from iom.operation.recovery.backups import latest_backup
from iom.publishing import database_version, jobs, schedule
from iom.publishing.job_views import may_see_jobs
from iom.publishing.models import Job
from iom.screens import Screen

logger = logging.getLogger(__name__)

FINE, WARNING, PROBLEM = "fine", "warning", "problem"
MIN_FREE_SPACE = 10  # per cent of the disk
MAX_JOB_DELAY = timedelta(minutes=15)
MIN_CERTIFICATE_VALIDITY = timedelta(days=21)
_CERTIFICATE = "certificate-expires"


@dataclass(frozen=True)
class Part:
    """A part of the site. `advice` says what to do where the state is not FINE; `url` is the screen for it."""

    name: str
    state: str
    detail: str
    advice: str = ""
    url: str = ""


class StatusView(Screen, TemplateView):
    template_name = "operation/status.html"
    page_title = gettext_lazy("State of the site")
    header_icon = "tasks"

    def may_open(self, user: Any) -> bool:
        return may_see_jobs(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parts=parts(), **kwargs)


def parts() -> list[Part]:
    """Returns all parts, the worst state first."""
    found = [part for source in hooks.get_hooks("site_status") for part in source()]
    return sorted(found, key=lambda part: (PROBLEM, WARNING, FINE).index(part.state))


@hooks.register("site_status")
def scheduler() -> Iterator[Part]:
    last, name = schedule.last_round(), _("Scheduled publication")
    if last and timezone.now() - last < health.MAX_PAUSE:
        yield Part(name, FINE, _("Last checked %(time)s ago") % {"time": timesince(last)})
    else:
        detail = _("Last checked on %(day)s") % {"day": date_format(last, "DATETIME_FORMAT")} if last else _("Never")
        advice = _("Nothing is published at its time. Ask the operators to start the scheduler (manage.py scheduler).")
        yield Part(name, PROBLEM, detail, advice)


@hooks.register("site_status")
def background_jobs() -> Iterator[Part]:
    """Yields the failed jobs by kind, then the number of those that are late."""
    url, counts = reverse("publishing_jobs"), Counter(Job.objects.failed().values_list("kind", flat=True))
    for kind, number in counts.items():
        label = str(jobs.handlers[kind].label) if kind in jobs.handlers else kind
        detail = ngettext("%(number)d job has failed", "%(number)d jobs have failed", number) % {"number": number}
        advice = _("Read the reason there, and try again once it is gone, such as an outage of the mail server.")
        yield Part(label, PROBLEM, detail, advice, url)
    late = Job.objects.due(timezone.now() - MAX_JOB_DELAY).count()
    detail = ngettext("%(number)d job is late", "%(number)d jobs are late", late) % {"number": late}
    advice = _("Pictures, press archives or emails are waiting. It settles by itself, unless the number grows.")
    detail = detail if late else _("No job is late")
    yield Part(_("Background jobs"), WARNING if late else FINE, detail, advice, url)


@hooks.register("site_status")
def migrations() -> Iterator[Part]:
    if waiting := database_version.pending_migrations():
        advice = _("The database is of an older version. Ask the operators to run manage.py migrate.")
        yield Part(_("Database"), PROBLEM, ", ".join(waiting), advice)
    else:
        yield Part(_("Database"), FINE, _("It is of the present version."))


@hooks.register("site_status")
def services() -> Iterator[Part]:
    names = {"cache": _("Shared cache"), "limits": _("Count of attempts to sign in"), "storage": _("File storage")}
    advice = {
        "cache": _("Pages are still shown, but more slowly. Ask the operators about CACHE_URL."),
        "limits": _("Nobody can sign in. Ask the operators about LIMITS_CACHE_URL or, without it, CACHE_URL."),
        "storage": _("New pictures and documents cannot be kept. Ask the operators about the storage of files."),
        "replica": _("All pages are read from the primary database. Ask the operators about DATABASE_REPLICA_URL."),
    }
    if "replica" in health.CHECKS:
        names["replica"] = _("Replica of the database")
    for key, name in names.items():
        works = health.is_working(key)
        yield Part(name, FINE if works else PROBLEM, _("Works") if works else _("Does not work"), advice[key])


@hooks.register("site_status")
def disk() -> Iterator[Part]:
    space = shutil.disk_usage(settings.DATA_DIR)
    free = 100 * space.free // space.total
    words = {"size": number_format(space.free / 10**9, 1), "percent": free}
    detail = _("%(size)s GB free (%(percent)s per cent)") % words
    advice = _("When the disk is full, nothing can be saved. Ask the operators for more space.")
    yield Part(_("Disk"), FINE if free >= MIN_FREE_SPACE else WARNING, detail, advice)


@hooks.register("site_status")
def backups() -> Iterator[Part]:
    name = _("Backups")
    if not settings.BACKUP_TO:
        advice = _("Ask the operators to set BACKUP_TO, or how they take backups.")
        yield Part(name, WARNING, _("No backup is taken"), advice)
        return
    try:
        last = latest_backup()
    except Exception:  # each storage raises errors of its own
        logger.exception("The last backup could not be read")
        yield Part(name, PROBLEM, _("It could not be read."), _("Ask the operators about the place of the backups."))
        return
    is_recent = last is not None and timezone.now() - last < 2 * timedelta(hours=settings.BACKUP_HOURS)
    day = {"day": date_format(last, "DATETIME_FORMAT")} if last else {}
    detail = _("The last one is of %(day)s") % day if last else _("No backup yet")
    advice = _("The reason is among the background jobs. What is written meanwhile is lost if the database is.")
    yield Part(name, FINE if is_recent else PROBLEM, detail, advice, reverse("publishing_jobs"))


@hooks.register("site_status")
def certificate() -> Iterator[Part]:
    """Reads the certificate that the site sends, at most once an hour."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or not site.hostname:
        return
    name = _("Certificate of the address")
    expires = cache.get_or_set(_CERTIFICATE, lambda: certificate_expiry(site.hostname or "", site.port or 443), 3600)
    advice = _("Browsers will refuse the site. Ask the operators to renew the certificate.")
    if not expires:
        yield Part(name, WARNING, _("It could not be read."), _("Ask the operators whether the address is reachable."))
    else:
        detail = _("Valid until %(day)s") % {"day": date_format(expires, "DATE_FORMAT")}
        yield Part(name, FINE if expires - timezone.now() > MIN_CERTIFICATE_VALIDITY else PROBLEM, detail, advice)


def certificate_expiry(host: str, port: int) -> datetime | None:
    """Returns when the certificate of a server expires, in UTC; None where there is no valid one."""
    try:
        with (
            create_connection((host, port), timeout=3) as connection,
            ssl.create_default_context().wrap_socket(connection, server_hostname=host) as secured,
        ):
            certificate: Any = secured.getpeercert()
    except OSError:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
