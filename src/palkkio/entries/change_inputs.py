"""What a reported change may say, by its kind and the kind of contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _

from palkkio.calculation.events import NoticeBy
from palkkio.contracts import access as contracts
from palkkio.contracts.terms_inputs import INCOMES
from palkkio.core.capabilities import Capability
from palkkio.core.clock import day_of
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries.content import figure
from palkkio.entries.event_rules import MOVES, REPORTED
from palkkio.entries.models import ChangeReport
from palkkio.entries.queries.endings import notice_ending
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

Kind, State = ChangeReport.Kind, ChangeReport.State
VALUES = ("interval_care_days", "other_services_hours", "carer_income", "moves_to", "has_certificate")
FIELDS = ("kind", "first", "last", "text", *VALUES)
# What was told of one day and the time after it; the last day of a notice is computed.
OF_A_DAY = frozenset({Kind.RETURN, Kind.MOVE, Kind.SERVICES, Kind.INCOME, Kind.NOTICE})


def checked(contract: Contract, inputs: Inputs, kind: str | None) -> dict[str, Any]:
    """Columns of the report; errors are noted on `inputs`. `kind`: of a report that stands; its kind stays."""
    chosen = str(inputs.raw("kind") or "") if kind is None else kind
    if chosen not in REPORTED[ContractKind(contract.kind)]:
        raise InvalidInput(FieldError("kind", _("Choose what has changed")))
    first = inputs.day("first", _("Enter the day, for example 8.6.2026"))
    last = None if chosen in OF_A_DAY else inputs.day("last")
    if first is not None and last is not None and last < first:
        inputs.error("last", _("Enter a last day that is not before the first day"))
    if first is not None and first not in contract.valid:
        inputs.error("first", _("Choose a day on which the contract is in force"))
    values: dict[str, Any] = {}
    if chosen == Kind.SERVICES:
        days = inputs.decimal("interval_care_days", places=1, most=Decimal(31))
        hours = inputs.decimal("other_services_hours", places=1, most=Decimal(744))
        values = {"interval_care_days": figure(days), "other_services_hours": figure(hours)}
    elif chosen == Kind.INCOME:
        incomes = list(inputs.raw("carer_income") or [])
        if any(each not in INCOMES for each in incomes):
            inputs.error("carer_income", _("Choose kinds of income of the list"))
        values = {"carer_income": incomes}
    elif chosen == Kind.MOVE:
        values = {"moves_to": inputs.one_of("moves_to", MOVES, _("Choose where the care recipient moves"))}
    elif chosen == Kind.OWN_ILLNESS and contract.kind == ContractKind.PERSONAL_ASSISTANCE:
        values = {"has_certificate": inputs.flag("has_certificate")}
    elif chosen == Kind.NOTICE and first is not None and first in contract.valid:
        ending = notice_ending(contract, NoticeBy.CARER, first)
        last = ending.last if ending else None
        if contract.valid.last is not None and last is not None and contract.valid.last <= last:
            inputs.error("first", _("The contract ends without this notice, on the last day that stands in it."))
    return {"kind": chosen, "first": first, "last": last, "values": values}


def check_notice(contract: Contract, columns: Mapping[str, Any], inputs: Inputs, *, by: Viewer, at: datetime) -> None:
    """Whether notice can be given now; errors are noted on `inputs`. Raises NotAllowed, WrongState."""
    if not by.is_staff:
        by.require_may(Capability.SIGN)
        if columns["first"] != day_of(at):
            inputs.error("first", _("Notice is given on the day on which you send it. Open the page again."))
    one(contracts.contracts(by).select_for_update(of=("self",)), contract.pk)  # one notice at a time
    if ChangeReport.objects.filter(contract=contract, kind=Kind.NOTICE, state=State.SENT).exists():
        raise WrongState(_("Notice has been given of this contract already, and waits for the county."))
