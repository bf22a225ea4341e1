"""Which rows of payroll a viewer may fetch. A payee sees own payslips and cards; staff see their organisation's."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from palkkio.core.capabilities import Capability
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.payroll.models import (
    DistraintOrder,
    DuesAuthorisation,
    Hold,
    LateMonth,
    OneOffLine,
    Payslip,
    Receivable,
    Recovery,
    Run,
    TaxCard,
)

# Who sees runs, cards and sums of others: a handler reviews days, not pay.
PAYROLL = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)

Row = TypeVar("Row", TaxCard, Receivable, Recovery)


def runs(viewer: Viewer) -> QuerySet[Run]:
    """Runs of the organisation, for payroll clerks and administrators."""
    if viewer.role not in PAYROLL:
        return Run.objects.none()
    return Run.objects.filter(organisation_id=viewer.organisation_id)


def run(viewer: Viewer, run_id: int) -> Run:
    """One run. Raises NotAllowed, alike for unknown ones and for others'."""
    return one(runs(viewer), run_id)


def payslips(viewer: Viewer) -> QuerySet[Payslip]:
    """Payslips: a payee's own and of those acted for, cancelled ones excepted; payroll sees the organisation's."""
    found = Payslip.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_payee:
        return found.filter(
            person_id__in=viewer.person_ids_to(Capability.SEE), is_cancelled=False, run__produced_at__isnull=False
        )
    return found if viewer.role in PAYROLL else found.none()


def payslip(viewer: Viewer, payslip_id: int) -> Payslip:
    """One payslip with its people, contract and card. Raises NotAllowed."""
    related = ("contract", "person", "tax_card", "run", "organisation")
    return one(payslips(viewer).select_related(*related), payslip_id)


def tax_cards(viewer: Viewer) -> QuerySet[TaxCard]:
    """Tax cards: a payee's own and of those acted for; payroll sees the organisation's."""
    return _own_or_all(viewer, TaxCard.objects.filter(organisation_id=viewer.organisation_id))


def receivables(viewer: Viewer) -> QuerySet[Receivable]:
    """Overpayments: a payee's own and of those acted for; payroll sees the organisation's."""
    found = Receivable.objects.filter(organisation_id=viewer.organisation_id, is_cancelled=False)
    return _own_or_all(viewer, found)


def holds(viewer: Viewer) -> QuerySet[Hold]:
    """Holds on people, for payroll alone."""
    found = Hold.objects.filter(organisation_id=viewer.organisation_id)
    return found if viewer.role in PAYROLL else found.none()


def one_offs(viewer: Viewer) -> QuerySet[OneOffLine]:
    """Lines outside the rules, for payroll alone until they are on a payslip."""
    found = OneOffLine.objects.filter(organisation_id=viewer.organisation_id)
    return found if viewer.role in PAYROLL else found.none()


def distraint_orders(viewer: Viewer) -> QuerySet[DistraintOrder]:
    """Payment prohibitions: a payee's own alone, since nobody acts in this for another; payroll sees them all."""
    found = DistraintOrder.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_payee:
        return found.filter(person_id=viewer.person_id)
    return found if viewer.role is RoleKind.PAYROLL_CLERK else found.none()


def dues_authorisations(viewer: Viewer) -> QuerySet[DuesAuthorisation]:
    """Powers of attorney for dues: a payee's own alone, for they tell of a union; payroll clerks see them all."""
    found = DuesAuthorisation.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_payee:
        return found.filter(person_id=viewer.person_id)
    return found if viewer.role is RoleKind.PAYROLL_CLERK else found.none()


def late_months(viewer: Viewer) -> QuerySet[LateMonth]:
    """Paid months whose facts have changed, for payroll."""
    found = LateMonth.objects.filter(organisation_id=viewer.organisation_id)
    return found if viewer.role in PAYROLL else found.none()


def recoveries(viewer: Viewer) -> QuerySet[Recovery]:
    """Recoveries of overpayments: a payee's own and of those acted for; payroll sees the organisation's."""
    return _own_or_all(viewer, Recovery.objects.filter(organisation_id=viewer.organisation_id))


def _own_or_all(viewer: Viewer, rows: QuerySet[Row]) -> QuerySet[Row]:
    if viewer.is_payee:
        return rows.filter(person_id__in=viewer.person_ids_to(Capability.SEE))
    return rows if viewer.role in PAYROLL else rows.none()
