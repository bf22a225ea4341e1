"""Numbers beside the items of the side menu: what waits for the reader's role. A few short queries a page."""

from __future__ import annotations

from django.conf import settings

from palkkio.contracts.papers import WAITING as WAITING_PAPERS
from palkkio.contracts.papers import papers
from palkkio.contracts.signing.queries import to_sign
from palkkio.core.days import DateRange, add_months
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents.handling import to_handle
from palkkio.entries import access as entries
from palkkio.entries.queries.missing_approvals import not_approved
from palkkio.entries.queries.queue import WAITING
from palkkio.messages import access as messages
from palkkio.messages.queries import to_process
from palkkio.payments import access as payments
from palkkio.reporting import access as reporting
from palkkio.reporting.queries import missed
from palkkio.web.desk.letters_page import FOR_THE_DESK
from palkkio.web.desk.roles import PAYROLL, REVIEW


def counts(viewer: Viewer) -> dict[str, int]:
    """Sheets of the month that is reviewed now, comments to process, people who wait for a call; for payroll payments
    that came back, and beside "Reports" what the night has found and the deliveries whose last day is over.
    """
    found = {"callbacks": messages.callbacks(viewer).filter(handled_at__isnull=True).count()}
    if viewer.role == RoleKind.HANDLER:
        found["changes"] = entries.change_reports(viewer).filter(state="sent").count()
    found["approvals"] = not_approved(viewer, settings.PALKKIO_CLOCK.today()).count()
    if viewer.role in REVIEW:
        found["documents"] = to_handle(viewer).count()
        found["signatures"] = to_sign(viewer)
        found["papers"] = papers(viewer).filter(WAITING_PAPERS).count()
        month = DateRange.month_of(add_months(settings.PALKKIO_CLOCK.today().replace(day=1), -1))
        found["to_review"] = entries.sheets(viewer).filter(WAITING, period__overlap=month).count()
        found["comments"] = to_process(viewer).count()
    if viewer.role in PAYROLL:
        found["letters"] = messages.letters(viewer).filter(FOR_THE_DESK).count()
        found["returned"] = payments.came_back(viewer).count()
        late = missed(reporting.deliveries(viewer), settings.PALKKIO_CLOCK.today())
        found["findings"] = reporting.findings(viewer).count() + late.count()
    return found
