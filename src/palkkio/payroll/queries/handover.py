"""What later stages ask before they take a run over."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateField, F, Func, Max, Min, QuerySet, Sum

from palkkio.calculation import frozen
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import PaidSums
from palkkio.organisations.asking import days_of, numbers, rows_of
from palkkio.payroll.models import Payslip, Proposal, Run


def locked_run(run_id: int, *, beside_others: bool = False) -> Run:
    """The run, its row locked to the end of the transaction, so that it is not cancelled while files are made of it.

    beside_others  do not wait for those who hold it by `held_run`
    """
    return Run.objects.select_for_update(no_key=beside_others).get(pk=run_id)


def run_of(run_id: int) -> Run:
    """The run as it stands, not locked."""
    return Run.objects.get(pk=run_id)


def runs_of_payday(organisation_id: int, payday: date) -> list[int]:
    """Runs of one payday, also those taken back."""
    return list(Run.objects.filter(organisation_id=organisation_id, payday=payday).values_list("pk", flat=True))


def held_run(run_id: int) -> Run:
    """The run, which stays as it is to the end of the transaction: who would cancel it waits, who makes other files of
    it does not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM payroll_run WHERE id = %s FOR KEY SHARE", [run_id])
    return run_of(run_id)


def lacks_payslips(run_id: int) -> bool:
    """True while payslips of an approved run are still to be made."""
    return Run.objects.filter(pk=run_id, payslips_made_at__isnull=True).exists()


def gone_from_making(run_id: int) -> Run | None:
    """A run of which nothing is made: cancelled, or calculated again since its facts had changed. None: it stands."""
    return Run.objects.filter(pk=run_id).exclude(state__in=(Run.State.APPROVED, Run.State.PRODUCED)).first()


def payable_of_run(run_id: int) -> QuerySet[Payslip, tuple[str, str, str, Decimal]]:
    """Number, payee, account and net of the payslips of a run that pay something, in the order of their numbers."""
    rows = Payslip.objects.filter(run=run_id, is_cancelled=False, net__gt=0).order_by("number")
    return rows.values_list("number", "payee_name", "iban", "net")


class Earned(NamedTuple):
    """One payslip as it is reported: whose it is, and its sums without their working."""

    person_id: int
    employer_id: int | None  # the household that employs; None: the organisation itself
    contract_id: int
    contract_kind: str
    contract_days: DateRange
    period: DateRange
    result: PaidSums


_EARNED = """
    SELECT slip.person_id, contract.employer_id, slip.contract_id, contract.kind, contract.valid::text,
           slip.period::text, proposal.result::text
      FROM payroll_payslip slip
      JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id
      JOIN contracts_contract contract ON contract.id = slip.contract_id
     WHERE slip.organisation_id = %(organisation)s AND slip.payday = %(payday)s AND NOT slip.is_cancelled
"""
_OF_PAYEES = f"""
    {_EARNED} AND slip.person_id = ANY(%(ids)s::bigint[]) AND contract.employer_id IS NULL
     ORDER BY slip.person_id, contract.number, slip.number
"""
_OF_HOUSEHOLDS = f"""
    {_EARNED} AND contract.employer_id = ANY(%(ids)s::bigint[])
     ORDER BY contract.employer_id, slip.person_id, contract.number, slip.number
"""


def earned_on_payday(organisation_id: int, payday: date, person_ids: Collection[int]) -> Iterator[Earned]:
    """Payslips of some payees on one payday, of any run: what a register report adds up (PAY-12).

    Those that stand, and that the organisation pays as itself, not for a household.
    """
    return _earned(rows_of(_OF_PAYEES, organisation=organisation_id, payday=payday, ids=numbers(person_ids)))


def earned_from_households(organisation_id: int, payday: date, employer_ids: Collection[int]) -> Iterator[Earned]:
    """Likewise, what some households pay their assistants, one household after the other."""
    return _earned(rows_of(_OF_HOUSEHOLDS, organisation=organisation_id, payday=payday, ids=numbers(employer_ids)))


def _earned(rows: Iterable[tuple[Any, ...]]) -> Iterator[Earned]:
    for person_id, employer_id, contract_id, kind, contract_days, period, result in rows:
        sums = frozen.sums_from_json(json.loads(result))
        yield Earned(person_id, employer_id, contract_id, kind, days_of(contract_days), days_of(period), sums)


@dataclass(frozen=True, slots=True)
class Posted:
    """What the payslips of a run add up to for one kind of contract, cost centre and municipality, EUR."""

    contract_kind: str
    cost_centre: str
    municipality: str
    earnings: Mapping[str, Decimal]  # by line code
    deductions: Mapping[str, Decimal]  # by deduction code


_PLACE = "contract.kind, unit.cost_centre, municipality.code"
_OF_RUN = """
      FROM payroll_payslip slip
      JOIN contracts_contract contract ON contract.id = slip.contract_id
      JOIN organisations_unit unit ON unit.id = contract.unit_id
      JOIN organisations_municipality municipality ON municipality.id = contract.municipality_id
"""
_STANDS = "WHERE slip.run_id = %(run)s AND NOT slip.is_cancelled"
# What is in columns is not read out of results; those hold more only where something else is deducted.
_EARNINGS = f"""
    SELECT {_PLACE}, line.code, sum(line.amount) {_OF_RUN} JOIN payroll_payslipline line ON line.payslip_id = slip.id
    {_STANDS} GROUP BY 1, 2, 3, 4
"""
_HELD = f"SELECT {_PLACE}, sum(slip.withholding), sum(slip.pension) {_OF_RUN} {_STANDS} GROUP BY 1, 2, 3"
_OTHER_DEDUCTIONS = f"""
    SELECT {_PLACE}, part ->> 'code', sum((part ->> 'amount')::numeric)
    {_OF_RUN} JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id
    CROSS JOIN LATERAL jsonb_array_elements(proposal.result -> 'deductions') AS part
    {_STANDS} AND slip.other_deductions <> 0 AND part ->> 'code' NOT IN ('WITHHOLDING', 'PENSION')
    GROUP BY 1, 2, 3, 4
"""


def posted_of_run(run_id: int) -> list[Posted]:
    """The payslips of a run that stand, added up as the ledger wants them; three queries for any number."""
    earnings: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    deductions: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    for *place, code, amount in rows_of(_EARNINGS, run=run_id):
        earnings[tuple(place)][code] = amount
    for *place, withholding, pension in rows_of(_HELD, run=run_id):
        deductions[tuple(place)] = {"WITHHOLDING": withholding, "PENSION": pension}
    for *place, code, amount in rows_of(_OTHER_DEDUCTIONS, run=run_id):
        deductions[tuple(place)][code] = amount
    return [Posted(*place, earnings[place], deductions[place]) for place in sorted({*earnings, *deductions})]


def reported_of_run(run_id: int) -> tuple[list[int], list[int]]:
    """Payees whom the organisation pays as itself, and households that pay theirs, of the payslips that stand.

    Each once, in the order of the payslips' numbers.
    """
    slips = Payslip.objects.filter(run=run_id, is_cancelled=False).order_by("number")
    payees = slips.filter(contract__employer__isnull=True).values_list("person_id", flat=True)
    households = slips.filter(contract__employer__isnull=False).values_list("contract__employer_id", flat=True)
    return list(dict.fromkeys(payees)), list(dict.fromkeys(households))


def households_proposed(run_id: int) -> set[int]:
    """Households that a run proposes to pay an assistant for."""
    rows = Proposal.objects.filter(run=run_id, is_left_out=False, contract__employer__isnull=False)
    return set(rows.values_list("contract__employer_id", flat=True))


def period_of_run(run_id: int) -> DateRange | None:
    """From the first to the last day of the main periods of what the organisation pays as itself, if it does."""
    slips = Payslip.objects.filter(run=run_id, is_cancelled=False, contract__employer__isnull=True)
    found = slips.aggregate(
        start=Min(Func(F("period"), function="lower", output_field=DateField())),
        end=Max(Func(F("period"), function="upper", output_field=DateField())),
    )
    return None if found["start"] is None else DateRange(found["start"], found["end"])


@dataclass(frozen=True, slots=True)
class PayeeOfRun:
    """Whose payslip it is."""

    organisation_id: int
    person_id: int
    payslip_id: int


def payees_of_run(run_id: int) -> list[PayeeOfRun]:
    """Payslips of a produced run with their payees; none before it is whole, or after it is cancelled."""
    slips = Payslip.objects.filter(run=run_id, run__state=Run.State.PRODUCED, is_cancelled=False).order_by("number")
    return [PayeeOfRun(*row) for row in slips.values_list("organisation_id", "person_id", "pk")]


def taken_back(payslip_ids: Collection[int]) -> set[int]:
    """Of some payslips those whose run was cancelled."""
    return set(Payslip.objects.filter(pk__in=set(payslip_ids), is_cancelled=True).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class PayslipSums:
    """Sums of the payslips of a run that stand, EUR."""

    gross: Decimal
    withholding: Decimal
    pension: Decimal
    net: Decimal


def produced_runs(organisation_id: int, days: DateRange) -> QuerySet[Run]:
    """Runs whose payday is among the days and that are made whole, the earliest first."""
    rows = Run.objects.filter(organisation_id=organisation_id, state=Run.State.PRODUCED)
    return rows.filter(payday__gte=days.start, payday__lt=days.end).order_by("payday", "number")


def payslips_of_days(organisation_id: int, days: DateRange) -> QuerySet[Payslip]:
    """Payslips that stand, of produced runs whose payday is among the days."""
    rows = Payslip.objects.filter(organisation_id=organisation_id, is_cancelled=False, run__state=Run.State.PRODUCED)
    return rows.filter(payday__gte=days.start, payday__lt=days.end)


def run_sums(run_id: int) -> PayslipSums:
    """What the payslips of a run add up to; one query."""
    names = ("gross", "withholding", "pension", "net")
    found = Payslip.objects.filter(run=run_id, is_cancelled=False).aggregate(
        **{name: Sum(name, default=ZERO) for name in names}
    )
    return PayslipSums(**found)
