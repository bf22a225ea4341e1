"""Which rows of an organisation a viewer may fetch: those of the own organisation."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.organisations.models import ContactPoint, Municipality, Organisation, Schedule, ScheduleSeries, Unit

Row = TypeVar("Row", bound=Model)

NOT_FOUND = _("This does not exist, or it is not yours to see. Go back and choose from the list.")


def one(rows: QuerySet[Row], row_id: int) -> Row:
    """The row `row_id` of those a viewer may fetch. Raises NotAllowed, alike for unknown rows and for others' rows."""
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotAllowed(NOT_FOUND)
    return found


def of(viewer: Viewer) -> Organisation:
    """The viewer's organisation."""
    return one(Organisation.objects.all(), viewer.organisation_id)


def municipalities(viewer: Viewer) -> QuerySet[Municipality]:
    return Municipality.objects.filter(organisation_id=viewer.organisation_id).order_by("name_fi", "pk")


def units(viewer: Viewer) -> QuerySet[Unit]:
    return Unit.objects.filter(organisation_id=viewer.organisation_id).order_by("name_fi", "pk")


def unit(viewer: Viewer, unit_id: int) -> Unit:
    return one(units(viewer), unit_id)


def contact_points(viewer: Viewer) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(organisation_id=viewer.organisation_id).order_by("name_fi", "pk")


def schedules(viewer: Viewer) -> QuerySet[Schedule]:
    """All dated schedules, by kind of contract, newest first."""
    return (
        Schedule.objects.filter(organisation_id=viewer.organisation_id)
        .select_related("series")
        .order_by("series__contract_kind", "-valid")
    )


def schedule_series(viewer: Viewer) -> QuerySet[ScheduleSeries]:
    return ScheduleSeries.objects.filter(organisation_id=viewer.organisation_id).order_by("contract_kind")
