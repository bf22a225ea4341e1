"""What later stages ask before they take a run over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet, Sum

from palkkio.core.money import ZERO
from palkkio.payroll.models import Payslip, Run


def locked_run(run_id: int) -> Run:
    """The run, its row locked to the end of the transaction, so that it is not cancelled while files are made of it."""
    return Run.objects.select_for_update().get(pk=run_id)


def lacks_payslips(run_id: int) -> bool:
    """True while payslips of an approved run are still to be made."""
    return Run.objects.filter(pk=run_id, payslips_made_at__isnull=True).exists()


def gone_from_making(run_id: int) -> Run | None:
    """A run of which nothing is made: cancelled, or calculated again since its facts had changed. None: it stands."""
    return Run.objects.filter(pk=run_id).exclude(state__in=(Run.State.APPROVED, Run.State.PRODUCED)).first()


def posting_codes(run_id: int) -> set[tuple[str, str]]:
    """(kind of contract, line or deduction code) of what a run proposes to pay; one query, sums are not read."""
    codes = """
        SELECT DISTINCT contract.kind, part ->> 'code'
        FROM payroll_proposal AS proposal
        JOIN contracts_contract AS contract ON contract.id = proposal.contract_id,
        jsonb_array_elements((proposal.result -> 'lines') || (proposal.result -> 'deductions')) AS part
        WHERE proposal.run_id = %s AND NOT proposal.is_left_out
    """
    with connection.cursor() as cursor:
        cursor.execute(codes, [run_id])
        return {(kind, code) for kind, code in cursor.fetchall()}


def payslips_of_payday(organisation_id: int, payday: date, person_ids: Collection[int]) -> QuerySet[Payslip]:
    """Payslips that stand of some payees on one payday, of any run: what a register report adds up (PAY-12)."""
    found = Payslip.objects.filter(
        organisation_id=organisation_id, payday=payday, person_id__in=person_ids, is_cancelled=False
    )
    return found.select_related("contract", "person").defer("facts").order_by("person_id", "contract__number", "number")


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


@dataclass(frozen=True, slots=True)
class PayslipSums:
    """Sums of the payslips of a run that stand, EUR."""

    gross: Decimal
    withholding: Decimal
    pension: Decimal
    net: Decimal


def run_sums(run_id: int) -> PayslipSums:
    """What the payslips of a run add up to; one query."""
    names = ("gross", "withholding", "pension", "net")
    found = Payslip.objects.filter(run=run_id, is_cancelled=False).aggregate(
        **{name: Sum(name, default=ZERO) for name in names}
    )
    return PayslipSums(**found)
