"""Which events and reported changes each kind of contract has."""

from __future__ import annotations

from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind
from palkkio.entries.models import ChangeReport, EventKind

HANDLERS = (RoleKind.HANDLER,)  # of events and of change reports
LEAVE = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK)  # who writes into the leave ledger

ONE_DAY = frozenset({EventKind.NOTICE, EventKind.TERMINATED, EventKind.RECIPIENT_MOVES_OUT, EventKind.START_UP})
ENDINGS = frozenset({EventKind.NOTICE, EventKind.TERMINATED, EventKind.RECIPIENT_MOVES_OUT})

_CARE = (
    EventKind.CARER_ILL,
    EventKind.RECIPIENT_AWAY,
    EventKind.DAYS_OFF,
    EventKind.NOTICE,
    EventKind.RECIPIENT_MOVES_OUT,
    EventKind.TERMINATED,
)
EVENTS: dict[ContractKind, tuple[EventKind, ...]] = {
    ContractKind.INFORMAL_CARE: _CARE,
    ContractKind.FAMILY_CARE: (*_CARE, EventKind.START_UP),
    ContractKind.SUBSTITUTE_CARE: (),
    ContractKind.OTHER_COMMISSION: (),
    ContractKind.PERSONAL_ASSISTANCE: (
        EventKind.SICK,
        EventKind.CHILD_ILL,
        EventKind.FAMILY_LEAVE,
        EventKind.HETA_MEMBER,
    ),
}
"""Events that staff record; commissions are paid by what is entered."""

Reported = ChangeReport.Kind
_ABSENCES = (Reported.OWN_ILLNESS, Reported.HOSPITAL, Reported.AWAY, Reported.RETURN, Reported.MOVE)
REPORTED: dict[ContractKind, tuple[Reported, ...]] = {
    ContractKind.INFORMAL_CARE: (*_ABSENCES, Reported.SERVICES, Reported.INCOME, Reported.NOTICE),
    ContractKind.FAMILY_CARE: (*_ABSENCES, Reported.NOTICE),
    ContractKind.SUBSTITUTE_CARE: (),
    ContractKind.OTHER_COMMISSION: (),
    ContractKind.PERSONAL_ASSISTANCE: (Reported.OWN_ILLNESS, Reported.CHILD_ILLNESS),
}
"""Changes that a payee reports (CARE-14)."""

# Care that stands in on a day off (OHT-6).
STOOD_IN = ("day_activity", "locum", "interval_care", "short_term_care", "voucher_help", "voucher_interval", "other")
MOVES = ("institution", "home")  # where the care recipient moves: care ends, or it goes on in another home
