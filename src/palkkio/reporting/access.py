"""Which reports and vouchers a viewer may fetch: payroll clerks and administrators, their organisation's."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.reporting.models import AccountMapping, Delivery, NightlyFinding, NightlyProof, Report, Voucher

PAYROLL = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)


def deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """Deliveries to the incomes register with their run and file, the newest first."""
    if viewer.role not in PAYROLL:
        return Delivery.objects.none()
    rows = Delivery.objects.filter(organisation_id=viewer.organisation_id).select_related(
        "run", "file", "sent_by", "employer"
    )
    return rows.order_by("-payday", "-pk")


def delivery(viewer: Viewer, delivery_id: int) -> Delivery:
    """One delivery. Raises NotAllowed, alike for unknown ones and for others'."""
    return one(deliveries(viewer), delivery_id)


def reports(viewer: Viewer) -> QuerySet[Report]:
    """Single reports with their delivery and payee."""
    if viewer.role not in PAYROLL:
        return Report.objects.none()
    rows = Report.objects.filter(organisation_id=viewer.organisation_id)
    return rows.select_related("delivery", "person", "employer").order_by("pk")


def vouchers(viewer: Viewer) -> QuerySet[Voucher]:
    """Vouchers with their run and file, the newest first."""
    if viewer.role not in PAYROLL:
        return Voucher.objects.none()
    rows = Voucher.objects.filter(organisation_id=viewer.organisation_id).select_related("run", "file")
    return rows.order_by("-posted_on", "-pk")


def voucher(viewer: Viewer, voucher_id: int) -> Voucher:
    """One voucher. Raises NotAllowed, alike for unknown ones and for others'."""
    return one(vouchers(viewer), voucher_id)


def account_mappings(viewer: Viewer) -> QuerySet[AccountMapping]:
    """Ledger accounts by kind of contract and code, the newest first."""
    if viewer.role not in PAYROLL:
        return AccountMapping.objects.none()
    rows = AccountMapping.objects.filter(organisation_id=viewer.organisation_id).select_related("series")
    return rows.order_by("series__contract_kind", "series__code", "-valid")


def findings(viewer: Viewer) -> QuerySet[NightlyFinding]:
    """What the nightly proof has found and nobody has mended, the oldest payday first."""
    if viewer.role not in PAYROLL:
        return NightlyFinding.objects.none()
    rows = NightlyFinding.objects.filter(organisation_id=viewer.organisation_id, gone_on__isnull=True)
    return rows.select_related("run", "person", "contract", "batch").order_by("payday", "kind", "pk")


def proof(viewer: Viewer) -> NightlyProof | None:
    """How the last nightly proof went; None before the first."""
    if viewer.role not in PAYROLL:
        return None
    return NightlyProof.objects.filter(organisation_id=viewer.organisation_id).first()
