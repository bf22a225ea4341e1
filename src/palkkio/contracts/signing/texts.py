"""What a version of a contract says: its terms on a day, put into the document of its kind (CON-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import MonthFacts
from palkkio.contracts.queries import terms_facts, terms_of, terms_on
from palkkio.contracts.signing.models import Part
from palkkio.contracts.signing.queries import template_of
from palkkio.core.days import DateRange
from palkkio.core.finland import DayRule
from palkkio.core.payslip import ContractKind, LineCode, Party
from palkkio.core.problems import WrongState
from palkkio.formats.pdf import AgreedAmount, ContractText, EmploymentText
from palkkio.organisations.queries import local_name, schedule_for
from palkkio.rates.codes import CODES, UNITS
from palkkio.rates.queries import profile_of
from palkkio.rules import profile

if TYPE_CHECKING:
    from palkkio.calculation.facts import Terms
    from palkkio.contracts.models import Contract

NOT_IN_CONTRACTS = ("client_charge",)  # the care recipient's, not the carer's


@dataclass(frozen=True, slots=True)
class Typed:
    """What staff write for one version beside the terms, in its language."""

    language: str
    days_off_plan: str = ""
    fixed_reason: str = ""
    working_times: str = ""
    notice: str = ""
    other_terms: str = ""
    decision_number: str = ""
    decided_on: date | None = None
    applied_on: date | None = None


def parts_of(kind: ContractKind) -> tuple[Part, ...]:
    """Who signs, in their order: of an employment the two whose contract it is."""
    if kind is ContractKind.PERSONAL_ASSISTANCE:
        return (Part.ASSISTANT, Part.EMPLOYER)
    return (Part.CARER, Part.OFFICE_HOLDER)


def text_of(
    contract: Contract,
    *,
    number: int,
    matter: str,
    first: date,
    typed: Typed,
    annexes: tuple[tuple[str, str], ...] = (),
    is_to_be_signed: bool = True,
) -> ContractText | None:
    """None: the contract has no terms on `first`."""
    terms = terms_on(contract, first)
    if terms is None:
        return None
    kind = ContractKind(contract.kind)
    piece = next((each for each in terms_of([contract.pk])[contract.pk] if first in each.valid), None)
    own_clauses = getattr(template_of(contract.organisation_id, contract.kind), f"clauses_{typed.language}")
    organisation = contract.organisation
    away = terms.absence_other
    return ContractText(
        payer=Party(local_name(organisation, typed.language), organisation.business_id),
        number=contract.number,
        version=number,
        matter=matter,
        kind=kind,
        carer=contract.carer.name,
        recipient=contract.recipient.name if contract.recipient else "",
        employer=contract.employer.name if contract.employer else "",
        valid=contract.valid,
        first=first,
        amounts=_care_fee(contract, terms, first) if terms.care else _amounts(contract, terms),
        signers=tuple(part.value for part in parts_of(kind)) if is_to_be_signed else (),
        fee_class=terms.care.fee_class if terms.care else "",
        is_binding=piece is not None and piece.is_binding,
        absence_other="" if away is None else _away(away.paid_days),
        absence_days=None if away is None else away.paid_days,
        illness_days=_illness_days(contract, kind, first),
        clients=terms.clients,
        notice_months=terms.notice_months,
        caps=_caps(terms),
        employment=_employment(terms),
        tasks=contract.tasks,
        days_off_plan=typed.days_off_plan,
        fixed_reason=typed.fixed_reason,
        working_times=typed.working_times,
        notice=typed.notice,
        other_terms=typed.other_terms,
        own_clauses=tuple(line.strip() for line in own_clauses.splitlines() if line.strip()),
        annexes=annexes,
        paydays=_paydays(contract, first),
        decision=(typed.decision_number, typed.decided_on) if typed.decided_on else None,
    )


def _paydays(contract: Contract, first: date) -> tuple[DayRule, ...]:
    """When the contract is paid from a day on: once a month, or each half of it; nothing where it is not set."""
    month = DateRange.month_of(first)
    try:
        schedule = schedule_for(contract.organisation_id, contract.kind, month)
    except WrongState:
        return ()
    return schedule.paydays(month)


def _care_fee(contract: Contract, terms: Terms, first: date) -> tuple[AgreedAmount, ...]:
    """The fee of a whole month as the calculation has it: agreed, the county's, or the law's minimum; then the rest."""
    month = DateRange.month_of(first)
    facts = MonthFacts(
        kind=ContractKind(contract.kind),
        contract=contract.valid,
        month=month,
        terms=terms_facts([contract], month)[contract.pk],
        entries=(),
        trips=(),
    )
    lines, _problems = earning_lines(facts, profile_of(contract.organisation_id))
    fees = [line for line in lines if line.code == LineCode.CARE_FEE and line.of is not None]
    rest = tuple(each for each in _amounts(contract, terms) if not each.code.startswith("class_"))
    if not fees or fees[-1].of is None:
        return ()
    fee_class = terms.care.fee_class if terms.care else ""
    code = "lower_fee" if "lower_fee" in terms.rates else f"class_{fee_class}"
    working = fees[-1].working
    is_minimum = f"class_{fee_class}" not in terms.rates and code not in terms.rates
    fee = AgreedAmount(code, fees[-1].of, "month", working.law if is_minimum else working.source)
    return (fee, *(each for each in rest if each.code != code))


def _amounts(contract: Contract, terms: Terms) -> tuple[AgreedAmount, ...]:
    """Amounts of the terms that are the payee's, agreed or decided."""
    found = []
    for code in CODES:
        if code not in terms.rates or code in NOT_IN_CONTRACTS:
            continue
        rate = terms.rates[code]
        source = "" if rate.source == contract.number else rate.source
        found.append(AgreedAmount(code, rate.amount, UNITS[code], source))
    return tuple(found)


def _away(paid_days: int | None) -> str:
    if paid_days is None:
        return "paid"
    return "days" if paid_days else "stops"


def _illness_days(contract: Contract, kind: ContractKind, on: date) -> int | None:
    if kind is not ContractKind.INFORMAL_CARE:
        return None
    return int(profile(profile_of(contract.organisation_id)).choice("carer_illness_paid_days", on).value or 0)


def _caps(terms: Terms) -> tuple[tuple[str, Decimal], ...]:
    caps = terms.caps
    if caps is None:
        return ()
    named = (("visits", caps.visits), ("hours", caps.hours), ("euros", caps.euros))
    return tuple((name, most) for name, most in named if most is not None)


def _employment(terms: Terms) -> EmploymentText | None:
    found = terms.assistant
    if found is None:
        return None
    return EmploymentText(
        pay_group=found.pay_group,
        area=found.area,
        agreement=found.agreement,
        weekly_hours=found.weekly_hours,
        leave_rule=found.leave_rule,
        employed_since=found.employed_since,
        longest_day=found.longest_day,
    )
