"""Which jobs a viewer may see: those about their organisation's matters, and those of the timetable, of all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payments import access as payments
from palkkio.payroll import access as payroll
from palkkio.people import access as people
from palkkio.reporting import access as reporting

SEEING = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
# What a job is about by the name of its argument; a job with another one, as an e-mail address, is shown to nobody.
ABOUT: Mapping[str, Callable[[Viewer], QuerySet[Any]]] = {
    "run_id": payroll.runs,
    "batch_id": payments.batches,
    "delivery_id": reporting.deliveries,
    "person_id": people.persons,
}
NOT_DONE = Q(status__in=["failed", "doing"]) | Q(status="todo", attempts__gt=0)


def jobs(viewer: Viewer) -> QuerySet[ProcrastinateJob]:
    """Jobs that run, are tried again, or have failed."""
    found = ProcrastinateJob.objects.filter(NOT_DONE)
    if viewer.role not in SEEING:
        return found.none()
    mine = Q(args__organisation_id=viewer.organisation_id) | Q(args__has_key="timestamp")
    for name, rows in ABOUT.items():
        asked = set(found.filter(args__has_key=name).values_list(f"args__{name}", flat=True))
        mine |= Q(**{f"args__{name}__in": list(rows(viewer).filter(pk__in=asked).values_list("pk", flat=True))})
    return found.filter(mine)
