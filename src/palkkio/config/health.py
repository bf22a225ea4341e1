"""Is the installation well (SYS-2): answers for load balancers and for who watches it, before anything else is asked.

    /health/          200 while the database answers, else 503
    /health/worker/   200 while a worker is alive, else 503
    /metrics/         figures of the queue as Prometheus reads them, for who brings PALKKIO_METRICS_TOKEN; else no page

A probe asks by number and without HTTPS: the host is not looked at and nothing leads on to HTTPS. No answer tells of
people or of an organisation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from palkkio.jobs import watching

OK, AWAY = "ok", "away"
NAMES = {"todo": "palkkio_jobs_waiting", "doing": "palkkio_jobs_under_way", "failed": "palkkio_jobs_failed"}


class HealthMiddleware:
    """Stands before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = {"/health/": _database, "/health/worker/": _worker}.get(request.path_info)
        if asked is not None:
            return _told(asked)
        if request.path_info == "/metrics/" and _may_measure(request):
            return _metrics()
        return self.get_response(request)


def _database() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"database": OK}


def _worker() -> dict[str, str]:
    return {**_database(), "worker": OK if watching.live_workers(datetime.now(UTC)) else AWAY}


def _told(asked: Callable[[], dict[str, str]]) -> HttpResponse:
    try:
        found = asked()
    except DatabaseError:
        found = {"database": AWAY}
    response = JsonResponse(found, status=503 if AWAY in found.values() else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _may_measure(request: HttpRequest) -> bool:
    token = settings.PALKKIO_METRICS_TOKEN
    return bool(token) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")


def _metrics() -> HttpResponse:
    """Gauges in Prometheus' text format; the database that is away is a figure too."""
    figures: dict[str, float] = {"palkkio_database_up": 1}
    try:
        queue = watching.queue_at(datetime.now(UTC))
    except DatabaseError:
        figures = {"palkkio_database_up": 0}
    else:
        figures["palkkio_workers"] = queue.workers
        figures |= {NAMES[state]: count for state, count in queue.jobs.items()}
        figures["palkkio_jobs_longest_wait_seconds"] = round(queue.waits.total_seconds(), 1)
    lines = [line for name, value in figures.items() for line in (f"# TYPE {name} gauge", f"{name} {value}")]
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
