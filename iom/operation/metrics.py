"""Figures for Prometheus at `/-/metrics`, where METRICS_TOKEN is set; whoever asks has to send it.

Requests are counted by each process in a file of PROMETHEUS_MULTIPROC_DIR, which all processes of the machine share.
The rest is read from the database when it is asked for.
"""

import hmac
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from iom.caching.pages import Application, Environ, StartResponse
from iom.caching.replica import REPLICA
from iom.operation import health
from iom.publishing import schedule
from iom.publishing.models import Job

PAGE_TYPE = "X-Page-Type"  # between the middleware and `Counted`; visitors do not get it
REQUESTS = Counter("iom_requests", "Answers by kind of page, status and page cache", ["type", "status", "cache"])
SECONDS = Histogram(
    "iom_request_seconds",
    "Time until an answer begins",
    ["cache"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class PageTypeMiddleware(MiddlewareMixin):
    """Says in a header what kind of page an answer shows: the class of the page, else the name of the view."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        route = getattr(request, "_wagtail_route_for_request", None)
        name = type(route.page).__name__ if route else (match.view_name or match.route) if match else ""
        response.headers[PAGE_TYPE] = name or "other"
        return response


class Counted:
    """A WSGI application that counts what another one answers."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            given = dict(headers)
            cache = given.get("X-Page-Cache", "none")
            REQUESTS.labels(given.get(PAGE_TYPE, "other"), status[:3], cache).inc()
            SECONDS.labels(cache).observe(time.perf_counter() - began)
            rest = [(name, value) for name, value in headers if name != PAGE_TYPE]
            return start_response(status, rest, exc_info) if exc_info else start_response(status, rest)

        return self._application(environ, start)


class Work(Collector):
    """What waits and what has failed, as the database has it now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        jobs = GaugeMetricFamily("iom_jobs", "Background jobs", labels=["kind", "state"])
        oldest = GaugeMetricFamily("iom_oldest_job_seconds", "Age of the oldest job that is due", labels=["kind"])
        due = Q(claimed_until=None, at__lte=now) | Q(claimed_until__lte=now)  # or of a process that was killed
        figures = Job.objects.values("kind").annotate(
            waiting=Count("pk", filter=due),
            failed=Count("pk", filter=Q(claimed_until=None, at=None)),
            running=Count("pk", filter=Q(claimed_until__gt=now)),
            oldest=Min("at", filter=due),
        )
        for row in figures:
            for state in ("waiting", "running", "failed"):
                jobs.add_metric([row["kind"], state], row[state])
            oldest.add_metric([row["kind"]], _age(row["oldest"], now))
        yield jobs
        yield oldest
        late = "How long the earliest publication that is due has waited"
        yield GaugeMetricFamily("iom_publication_delay_seconds", late, _age(schedule.due_since(now), now))
        last = "Time since the last round of the scheduler; minus one where there was none"
        age = _age(schedule.last_round(), now, missing=-1)
        yield GaugeMetricFamily("iom_scheduler_round_age_seconds", last, age)
        if REPLICA in settings.DATABASES:
            behind = "How far the replica of the database is behind; minus one where it does not answer"
            try:
                delay = health.replica_delay().total_seconds()
            except (DatabaseError, InterfaceError):
                delay = -1
            yield GaugeMetricFamily("iom_replica_delay_seconds", behind, delay)


def _age(moment: Any, now: Any, missing: float = 0) -> float:
    return (now - moment).total_seconds() if moment else missing


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures. Raises Http404 for whoever does not send the token; 403 where it was sent without TLS.

    A redirect to HTTPS would hide that the token has been seen on the way.
    """
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return HttpResponseForbidden("Ask by HTTPS, with another token.", content_type="text/plain; charset=utf-8")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Work())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
