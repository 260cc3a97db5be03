"""Metrics for Prometheus at `/-/metrics`, where METRICS_TOKEN is set. Requests have to send this token.

Each process counts requests in a file of PROMETHEUS_MULTIPROC_DIR, which all processes of the machine share.
All other metrics are read from the database at the time of the request.
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

from iom.caching.page_cache import Application, Environ, StartResponse
from iom.caching.replica import REPLICA
from iom.operation import health
from iom.publishing import schedule
from iom.publishing.models import Job

PAGE_TYPE = "X-Page-Type"  # header from the middleware to `CountedApplication`, which removes it
REQUESTS = Counter("iom_requests", "Answers by kind of page, status and page cache", ["type", "status", "cache"])
SECONDS = Histogram(
    "iom_request_seconds",
    "Time until an answer begins",
    ["cache"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class PageTypeMiddleware(MiddlewareMixin):
    """Writes the type of the page into a response header: the class of the page, else the name of the view."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        route = getattr(request, "_wagtail_route_for_request", None)
        name = type(route.page).__name__ if route else (match.view_name or match.route) if match else ""
        response.headers[PAGE_TYPE] = name or "other"
        return response


class CountedApplication:
    """A WSGI application that wraps another one, and counts and times its responses."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            named = dict(headers)
            cache = named.get("X-Page-Cache", "none")
            REQUESTS.labels(named.get(PAGE_TYPE, "other"), status[:3], cache).inc()
            SECONDS.labels(cache).observe(time.perf_counter() - began)
            rest = [(name, value) for name, value in headers if name != PAGE_TYPE]
            return start_response(status, rest, exc_info) if exc_info else start_response(status, rest)

        return self._application(environ, start)


class DatabaseCollector(Collector):
    """Collects the state of jobs, of the scheduler and of the replica from the database."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = timezone.now()
        jobs = GaugeMetricFamily("iom_jobs", "Background jobs", labels=["kind", "state"])
        oldest = GaugeMetricFamily("iom_oldest_job_seconds", "Age of the oldest job that is due", labels=["kind"])
        due = Q(claimed_until=None, at__lte=now) | Q(claimed_until__lte=now)  # or claimed by a killed process
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
    """Returns the metrics. Raises Http404 without the right token. Answers 403 where it was sent without TLS.

    A redirect to HTTPS would hide that the token has been sent in clear.
    """
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return HttpResponseForbidden("Ask by HTTPS, with another token.", content_type="text/plain; charset=utf-8")
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(DatabaseCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
