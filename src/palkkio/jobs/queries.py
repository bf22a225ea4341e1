"""Reads of jobs for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from palkkio.core.viewer import Viewer
from palkkio.jobs import access
from palkkio.jobs.models import JobTrouble


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job. `about` the name and number of what it is about; `trouble` why it failed, when it is known."""

    id: int
    task: str
    state: str  # failed, doing, todo
    attempts: int
    since: datetime | None
    about: tuple[str, int] | None
    trouble: str


def in_order(viewer: Viewer) -> QuerySet[ProcrastinateJob]:
    """Failed ones first, then the latest."""
    last = ProcrastinateEvent.objects.filter(job=OuterRef("pk")).order_by("-pk").values("at")[:1]
    return access.jobs(viewer).annotate(last_at=Subquery(last)).order_by("-status", "-pk")


def rows_of(jobs: list[ProcrastinateJob]) -> list[JobRow]:
    troubles = dict(JobTrouble.objects.filter(pk__in=[each.pk for each in jobs]).values_list("pk", "text"))
    return [
        JobRow(
            each.pk,
            each.task_name,
            each.status,
            each.attempts,
            getattr(each, "last_at", None),
            next(((name, each.args[name]) for name in access.ABOUT if name in each.args), None),
            troubles.get(each.pk, ""),
        )
        for each in jobs
    ]


def failed(viewer: Viewer) -> int:
    return access.jobs(viewer).filter(status="failed").count()
