"""When a contract ends by an event, and why: the engine's rules of notice and end, with each date explained (CON-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palkkio.calculation.assistance.agreement import agreement_on
from palkkio.calculation.assistance.notice import EmploymentEnd, NoticeOf, employment_end
from palkkio.calculation.care_days import last_day, notice_months
from palkkio.calculation.events import Notice, NoticeBy
from palkkio.calculation.facts import MonthFacts
from palkkio.contracts.queries import terms_facts
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.entries.models import CareEvent, EventKind
from palkkio.entries.queries.events import FIELDS, Columns, event_of
from palkkio.entries.queries.facts import facts_of_months

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

LAWS = {ContractKind.INFORMAL_CARE: "937/2005 9 §", ContractKind.FAMILY_CARE: "263/2015 12 §"}


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a contract by one event.

    rule    notice, month_end (care became unnecessary) or at_once
    months  of the notice period; 0: none
    by      county or carer, of a notice
    """

    last: date
    rule: str
    on: date
    law: str
    months: int = 0
    by: str = ""


def ending_by(event: CareEvent, contract: Contract) -> Ending | None:
    """How an event ends the contract; None: it does not."""
    kind = ContractKind(contract.kind)
    value = event_of(Columns(*(getattr(event, name) for name in FIELDS)))
    on = event.valid.begins
    month = DateRange.month_of(on)
    facts = MonthFacts(
        kind=kind,
        contract=contract.valid,
        month=month,
        terms=terms_facts([contract], month)[contract.pk],
        entries=(),
        trips=(),
        events=(value,),
    )
    last = last_day(value, facts)
    if last is None:
        return None
    law = LAWS.get(kind, "")
    if isinstance(value, Notice):
        months = notice_months(value.by, value.given_on, facts)
        return Ending(last, "notice", on, law, months, value.by.value)
    return Ending(last, "at_once" if event.kind == EventKind.TERMINATED else "month_end", on, law)


def notice_ending(contract: Contract, by: NoticeBy, given_on: date) -> Ending | None:
    """How a notice on a day would end the contract."""
    return ending_on(contract, EventKind.NOTICE, given_on, given_by=by.value)


def ending_on(contract: Contract, kind: str, on: date, *, given_by: str = "") -> Ending | None:
    """How an event on a day would end the contract, before it is recorded; None: it does not."""
    return ending_by(CareEvent(kind=kind, given_by=given_by, valid=DateRange.of_days(on, on)), contract)


def employment_ending(contract: Contract, by: NoticeOf, given_on: date) -> EmploymentEnd | None:
    """The last day of an employment after a notice on a day of it; None: it has no terms on that day.

    Raises RateNotConfirmed where it is not known whether the agreement binds the employer on that day.
    """
    day = DateRange.of_days(given_on, given_on)  # an assistant's sheets are half months: the one that holds the day
    facts = next(iter(facts_of_months(contract, [day]).values()), None)
    piece = next((each for each in facts.terms if given_on in each.valid), None) if facts else None
    if facts is None or piece is None or piece.assistant is None:
        return None
    since = piece.assistant.since(contract.valid)
    if given_on < since:
        return None
    agreement = agreement_on(given_on, piece.assistant, facts.events)
    return employment_end(by, given_on, agreement=agreement, employed_since=since)


def last_day_by(event: CareEvent, contract: Contract) -> date:
    """The last day of the contract by an event that ends it. Raises ValueError for another event."""
    found = ending_by(event, contract)
    if found is None:
        raise ValueError(f"{event.kind} does not end a contract")
    return found.last
