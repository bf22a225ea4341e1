"""Proof before the run (BEY-7): what a dry run over all payees must not contain, and what somebody should look at.

Red findings block the approval until they are mended or set aside by a named person with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db import connection
from django.db.models import F, Q

from palkkio.contracts import queries as contracts
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind
from palkkio.payroll.candidates import Scope
from palkkio.payroll.models import PaidRevision, Proposal, Run, SetAside

SHOWN = 200


class FindingKind(StrEnum):
    """What is wrong or odd, the gravest first."""

    PAID_ALREADY = "PAID_ALREADY"  # what the proposal would settle is settled by another run
    PAID_TWICE = "PAID_TWICE"  # two contracts of the same people for the same care and month
    PAY_WITHOUT_CONTRACT = "PAY_WITHOUT_CONTRACT"  # a line outside the contract's days, or a contract not signed
    ABOVE_BOUND = "ABOVE_BOUND"  # more than a payslip of the kind ever is
    MONTH_WITHOUT_PAY = "MONTH_WITHOUT_PAY"  # a contract paid by the month has no pay
    DOUBLED = "DOUBLED"  # gross at least twice that of the run before
    HALVED = "HALVED"  # gross at most half


RED = frozenset(
    {
        FindingKind.PAID_ALREADY,
        FindingKind.PAID_TWICE,
        FindingKind.PAY_WITHOUT_CONTRACT,
        FindingKind.ABOVE_BOUND,
        FindingKind.MONTH_WITHOUT_PAY,
    }
)
# Never a reason: the same cannot be paid twice whatever anybody says.
NOT_SET_ASIDE = frozenset({FindingKind.PAID_ALREADY})

# EUR of one payslip that no correct one has reached: above it a figure or a number of days is mistyped.
BOUNDS: dict[ContractKind, Decimal] = {
    ContractKind.INFORMAL_CARE: Decimal(6000),
    ContractKind.FAMILY_CARE: Decimal(15000),
    ContractKind.SUBSTITUTE_CARE: Decimal(10000),
    ContractKind.OTHER_COMMISSION: Decimal(10000),
    ContractKind.PERSONAL_ASSISTANCE: Decimal(10000),
}
LEAST_ODD = Decimal(50)  # EUR: smaller changes are not odd


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found of one contract. `proposal_id`: None where the run pays it nothing."""

    kind: FindingKind
    contract_id: int
    contract_number: str
    person_id: int
    payee: str
    amount: Decimal
    before: Decimal | None
    proposal_id: int | None
    set_aside: bool

    @property
    def is_red(self) -> bool:
        return self.kind in RED and not self.set_aside


OUTSIDE = """
    SELECT DISTINCT proposal.id
      FROM payroll_proposal proposal
      JOIN contracts_contract contract ON contract.id = proposal.contract_id
           CROSS JOIN LATERAL jsonb_array_elements(proposal.sums -> 'lines') AS line (part)
     WHERE proposal.run_id = %s AND NOT proposal.is_left_out
       AND line.part ->> 0 NOT IN ('ONE_OFF', 'RECOVERY') AND (line.part ->> 3)::numeric > 0
       AND (contract.signed_on IS NULL
            OR NOT contract.valid && daterange((line.part ->> 1)::date, (line.part ->> 2)::date, '[]'))
"""

ALREADY = """
    SELECT DISTINCT proposal.id
      FROM payroll_proposal proposal
           CROSS JOIN LATERAL jsonb_array_elements_text(proposal.revision_ids) AS revision (id)
      JOIN payroll_paidrevision paid ON paid.revision_id = revision.id::bigint AND NOT paid.is_cancelled
     WHERE proposal.run_id = %s AND NOT proposal.is_left_out AND paid.run_id <> proposal.run_id
"""

TWICE = """
    SELECT proposal.id
      FROM (SELECT proposal.id, count(*) OVER (PARTITION BY proposal.person_id, contract.recipient_id, contract.kind,
                                                            proposal.period) AS times
              FROM payroll_proposal proposal
              JOIN contracts_contract contract ON contract.id = proposal.contract_id
             WHERE proposal.run_id = %s AND NOT proposal.is_left_out AND proposal.gross > 0
               AND contract.recipient_id IS NOT NULL AND contract.kind IN ('informal_care', 'family_care')) proposal
     WHERE proposal.times > 1
"""


def findings(run: Run) -> list[Finding]:
    """All findings of a run, red ones first, the largest amount of each kind first; at most SHOWN of a kind."""
    aside = set(SetAside.objects.filter(run=run).values_list("contract_id", "code"))
    found = [each for kind, rows in _by_kind(run) for each in _made(kind, rows[:SHOWN], aside)]
    found += list(_without_pay(run, aside))
    order = list(FindingKind)
    return sorted(found, key=lambda each: (not each.is_red, order.index(each.kind), -abs(each.amount), each.payee))


def months_without_pay(run: Run) -> list[Finding]:
    """Contracts paid by the month that a scheduled run has left without pay for its care month, those set aside too."""
    return list(_without_pay(run, set(SetAside.objects.filter(run=run).values_list("contract_id", "code"))))


def open_findings(run: Run) -> int:
    """How many red findings are neither mended nor set aside."""
    return sum(each.is_red for each in findings(run))


def _by_kind(run: Run) -> Iterator[tuple[FindingKind, Sequence[Proposal]]]:
    rows = Proposal.objects.filter(run=run).select_related("contract", "person").defer("facts", "result")
    paid = rows.filter(is_left_out=False, gross__gt=0)
    yield FindingKind.PAID_ALREADY, list(rows.filter(pk__in=_ids(ALREADY, run)))
    yield FindingKind.PAID_TWICE, list(rows.filter(pk__in=_ids(TWICE, run)).order_by("-gross"))
    yield FindingKind.PAY_WITHOUT_CONTRACT, list(rows.filter(pk__in=_ids(OUTSIDE, run)).order_by("-gross"))
    above = Q(pk__in=[])
    for kind, bound in BOUNDS.items():
        above |= Q(contract__kind=kind.value, gross__gt=bound)
    yield FindingKind.ABOVE_BOUND, list(paid.filter(above).order_by("-gross"))
    compared = paid.filter(gross_before__gt=0)
    doubled = compared.filter(gross__gte=2 * F("gross_before")).filter(gross__gte=F("gross_before") + LEAST_ODD)
    yield FindingKind.DOUBLED, list(doubled.order_by("-gross")[:SHOWN])
    halved = compared.filter(gross__lte=F("gross_before") / 2).filter(gross__lte=F("gross_before") - LEAST_ODD)
    yield FindingKind.HALVED, list(halved.order_by("-gross_before")[:SHOWN])


def _ids(statement: str, run: Run) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [run.pk])
        return [pk for (pk,) in cursor.fetchall()]


def _made(kind: FindingKind, rows: Sequence[Proposal], aside: set[tuple[int, str]]) -> Iterator[Finding]:
    for row in rows:
        yield Finding(
            kind=kind,
            contract_id=row.contract_id,
            contract_number=row.contract.number,
            person_id=row.person_id,
            payee=row.person.name,
            amount=row.gross,
            before=row.gross_before,
            proposal_id=row.pk,
            set_aside=(row.contract_id, kind.value) in aside,
        )


def _without_pay(run: Run, aside: set[tuple[int, str]]) -> Iterator[Finding]:
    """Contracts paid by the month that a scheduled run pays nothing for its care month, and no other run has."""
    if run.is_extra:
        return
    scope = Scope.of(run)
    for kind in scope.until_by_kind:
        month = scope.care_month(kind)
        missing = contracts.paid_by_month(run.organisation_id, month).filter(kind=kind)
        here = Proposal.objects.filter(run=run)
        settled = PaidRevision.objects.filter(
            organisation_id=run.organisation_id, is_cancelled=False, revision__period=month
        ).exclude(run=run)
        rows = missing.exclude(pk__in=here.values("contract_id")).exclude(pk__in=settled.values("contract_id"))
        for contract in rows.order_by("number")[:SHOWN]:
            yield Finding(
                kind=FindingKind.MONTH_WITHOUT_PAY,
                contract_id=contract.pk,
                contract_number=contract.number,
                person_id=contract.carer_id,
                payee=contract.carer.name,
                amount=ZERO,
                before=None,
                proposal_id=None,
                set_aside=(contract.pk, FindingKind.MONTH_WITHOUT_PAY.value) in aside,
            )
