"""Which decisions a viewer may fetch, with the hours that they grant: never an assistant (EMP-4).

An assistant gets `queries.valid_on_days`: identifier and name, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet

from palkkio.core.capabilities import Capability
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.decisions.models import Decision, DecisionVersion, PayGroupDecision
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.people import access as people

if TYPE_CHECKING:
    from palkkio.people.models import Person

Row = TypeVar("Row", bound=Model)


def decisions(viewer: Viewer) -> QuerySet[Decision]:
    """The employer, or who acts for them: their own. Staff: their organisation's. All others: none."""
    return _of(Decision.objects.all(), viewer).select_related("employer")


def decision(viewer: Viewer, decision_id: int) -> Decision:
    """Raises NotAllowed, alike for unknown decisions and for others'."""
    return one(decisions(viewer), decision_id)


def versions(viewer: Viewer) -> QuerySet[DecisionVersion]:
    return DecisionVersion.objects.filter(decision__in=decisions(viewer)).select_related("recorded_by")


def pay_groups(viewer: Viewer) -> QuerySet[PayGroupDecision]:
    """As decisions: an assistant reads the own pay group on the payslip, not here."""
    return _of(PayGroupDecision.objects.all(), viewer).select_related("employer")


def pay_group(viewer: Viewer, decision_id: int) -> PayGroupDecision:
    return one(pay_groups(viewer), decision_id)


def employer(viewer: Viewer, employer_id: int) -> Person:
    """An employer whose decisions the viewer may see. Raises NotAllowed."""
    if viewer.is_staff:
        return people.person(viewer, employer_id)
    if viewer.role is not RoleKind.EMPLOYER or employer_id not in viewer.person_ids_to(Capability.SEE):
        raise NotAllowed(NOT_FOUND)
    return people.person(viewer, employer_id)


def _of(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    rows = rows.filter(organisation_id=viewer.organisation_id)
    if viewer.is_staff:
        return rows
    if viewer.role is not RoleKind.EMPLOYER:
        return rows.none()
    return rows.filter(employer__in=viewer.person_ids_to(Capability.SEE))
