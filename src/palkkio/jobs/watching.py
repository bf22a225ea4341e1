"""What who watches the installation asks of the queue: live workers, jobs by state, and how long the next one waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Greatest
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from palkkio.jobs.heartbeat import DEAD_AFTER

STATES = ("todo", "doing", "failed")


@dataclass(frozen=True, slots=True)
class Queue:
    """`waits`: how long the job that has been due longest waits; zero when none does."""

    workers: int
    jobs: dict[str, int]
    waits: timedelta


def live_workers(now: datetime) -> int:
    """Workers that have written their heartbeat lately."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - DEAD_AFTER).count()


def queue_at(now: datetime) -> Queue:
    """The queue as it stands; three queries."""
    counted = ProcrastinateJob.objects.aggregate(**{each: Count("pk", filter=Q(status=each)) for each in STATES})
    due = ProcrastinateEvent.objects.filter(job__status="todo", type="deferred", at__isnull=False)
    due = due.filter(Q(job__scheduled_at__isnull=True) | Q(job__scheduled_at__lte=now))
    since = due.aggregate(since=Min(Greatest("at", "job__scheduled_at")))["since"] or now
    return Queue(live_workers(now), counted, max(now - since, timedelta(0)))
