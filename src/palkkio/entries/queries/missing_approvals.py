"""Half months of assistants that have hours and wait for the employer's approval (EMP-2, EMP-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.models import Channel, Sheet
from palkkio.entries.queries.lists import hours_worked, timetables_of
from palkkio.entries.queries.reminders import HAS_ENTRIES
from palkkio.organisations.queries import Timetable


@dataclass(frozen=True, slots=True)
class MissingApproval:
    """One half month: whose, how many hours, until when it would reach its own payday."""

    sheet_id: int
    period: DateRange
    assistant_id: int
    assistant_name: str
    employer_id: int | None
    employer_name: str
    hours: timedelta
    timetable: Timetable | None

    def is_late(self, today: date) -> bool:
        return self.timetable is not None and today > self.timetable.deadline


def missing_approvals(viewer: Viewer, today: date) -> list[MissingApproval]:
    """Of the viewer's organisation, the oldest first: half months that have ended. Two queries."""
    rows = not_approved(viewer, today).annotate(hours=Coalesce(hours_worked(), Value(timedelta())))
    sheets = list(rows.select_related("contract__carer", "contract__employer"))
    times = timetables_of(viewer.organisation_id, ContractKind.PERSONAL_ASSISTANCE, {each.period for each in sheets})
    return [
        MissingApproval(
            sheet_id=each.pk,
            period=each.period,
            assistant_id=each.contract.carer_id,
            assistant_name=each.contract.carer.name_family_first,
            employer_id=each.contract.employer_id,
            employer_name=each.contract.employer.name if each.contract.employer else "",
            hours=each.hours,
            timetable=times.get(each.period),
        )
        for each in sheets
    ]


def not_approved(viewer: Viewer, today: date) -> QuerySet[Sheet]:
    """Sheets of assistants with something on them whose half month is over, and that nobody has approved.

    Those on paper are reviewed by staff: they stand in the queue.
    """
    return (
        access.sheets(viewer)
        .filter(HAS_ENTRIES, contract__kind=ContractKind.PERSONAL_ASSISTANCE, period__endswith__lte=today)
        .exclude(state=Sheet.State.REVIEWED)
        .exclude(channel=Channel.PAPER)
        .order_by("period", "contract__carer__sort_key", "pk")
    )
