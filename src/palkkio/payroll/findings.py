"""Proof before the run (BEY-7): what a dry run over all payees must not contain, and what somebody should look at.

Red findings block the approval until they are mended or set aside by a named person with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q

from palkkio.contracts import queries as contracts
from palkkio.contracts.queries import PAID_BY_MONTH
from palkkio.core.money import ZERO
from palkkio.organisations.asking import numbers, rows_of
from palkkio.payroll.candidates import Scope
from palkkio.payroll.figures import Figures, figures_of
from palkkio.payroll.models import Proposal, Run, SetAside
from palkkio.payroll.past import settled_by_others
from palkkio.payroll.proof_rules import FindingKind

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


MOST_FOUND = 200  # of a kind, beside those that are set aside
LONGEST_JOB = timedelta(days=1)  # far above what making payslips takes

ALREADY = """
    SELECT DISTINCT proposal.id
      FROM payroll_proposal proposal
           CROSS JOIN LATERAL jsonb_array_elements_text(proposal.revision_ids) AS revision (id)
      JOIN payroll_paidrevision paid ON paid.revision_id = revision.id::bigint AND NOT paid.is_cancelled
     WHERE proposal.run_id = %(run)s AND NOT proposal.is_left_out AND paid.run_id = ANY(%(others)s::bigint[])
     LIMIT %(most)s
"""

UNSIGNED = """
    SELECT proposal.id
      FROM payroll_proposal proposal
      JOIN contracts_contract contract ON contract.id = proposal.contract_id AND contract.signed_on IS NULL
     WHERE proposal.run_id = %(run)s AND NOT proposal.is_left_out
       AND EXISTS (SELECT FROM jsonb_array_elements(proposal.result -> 'lines') AS line
                    WHERE (line ->> 'amount')::numeric > 0 AND line ->> 'code' NOT IN ('ONE_OFF', 'RECOVERY'))
     ORDER BY proposal.gross DESC LIMIT %(most)s
"""


def findings(run: Run, of_run: Figures | None = None) -> list[Finding]:
    """All findings of a run, red ones first, the largest amount of each kind first.

    At most MOST_FOUND of a kind, beside those that are set aside.
    of_run  its figures, where they are known
    """
    aside = _set_aside(run)
    found = [*_of_proposals(run, figures_of(run) if of_run is None else of_run, aside), *_without_pay(run, aside)]
    order = list(FindingKind)
    return sorted(found, key=lambda each: (not each.is_red, order.index(each.kind), -abs(each.amount), each.payee))


def months_without_pay(run: Run) -> list[Finding]:
    """Contracts paid by the month that a scheduled run has left without pay for its care month, those set aside too."""
    return list(_without_pay(run, _set_aside(run)))


def open_findings(run: Run, of_run: Figures) -> int:
    """How many red findings are neither mended nor set aside."""
    return sum(each.is_red for each in findings(run, of_run))


def _set_aside(run: Run) -> set[tuple[int, str]]:
    return set(SetAside.objects.filter(run=run).values_list("contract_id", "code"))


def _most(kind: str, aside: set[tuple[int, str]]) -> int:
    """How many of a kind are looked at: what is set aside takes no place of what is not."""
    return MOST_FOUND + sum(code == kind for _, code in aside)


def _of_proposals(run: Run, of_run: Figures, aside: set[tuple[int, str]]) -> Iterator[Finding]:
    ids = {
        FindingKind(kind): [each[-1] for each in ranked[: _most(kind, aside)]] for kind, ranked in of_run.found.items()
    }
    ids[FindingKind.PAID_ALREADY] = _paid_already(run)
    outside = ids.get(FindingKind.PAY_WITHOUT_CONTRACT, [])
    most = _most(FindingKind.PAY_WITHOUT_CONTRACT, aside)
    ids[FindingKind.PAY_WITHOUT_CONTRACT] = list(dict.fromkeys((*_unsigned(run, most), *outside)))[:most]
    rows = Proposal.objects.filter(pk__in=[pk for of_kind in ids.values() for pk in of_kind])
    known = rows.select_related("contract", "person").defer("facts", "result").in_bulk()
    for kind, of_kind in ids.items():
        for row in (known[pk] for pk in of_kind if pk in known):  # not what is being written anew
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


def _paid_already(run: Run) -> list[int]:
    """Asked each time: what another run has settled since is not known to the proposal.

    What was settled before is never proposed, so only runs are asked whose payslips may have come since this one was
    proposed: the moment that they tell is when the job began.
    """
    others = Run.objects.filter(organisation_id=run.organisation_id).exclude(pk=run.pk)
    since = others.filter(
        Q(payslips_made_at__isnull=True) | Q(payslips_made_at__gte=run.proposed_at - LONGEST_JOB),
        state__in=(Run.State.APPROVED, Run.State.PRODUCED),
    )
    ids = list(since.values_list("pk", flat=True))
    if not ids:
        return []
    return [pk for (pk,) in rows_of(ALREADY, run=run.pk, others=numbers(ids), most=MOST_FOUND)]


def _unsigned(run: Run, most: int) -> list[int]:
    """Proposals that pay a contract which nobody has signed: asked each time, since it is signed meanwhile."""
    return [pk for (pk,) in rows_of(UNSIGNED, run=run.pk, most=most)]


def _without_pay(run: Run, aside: set[tuple[int, str]]) -> Iterator[Finding]:
    """Contracts paid by the month that a scheduled run pays nothing for its care month, and no other run has."""
    if run.is_extra:
        return
    for month, kinds in Scope.of(run).care_months().items():
        monthly = [kind for kind in kinds if kind in PAID_BY_MONTH]
        if not monthly:
            continue
        missing = contracts.paid_by_month(run.organisation_id, month).filter(kind__in=monthly)
        settled = settled_by_others(run, month)
        # As lists, not row by row: right after a calculation the database does not know how many proposals there are.
        proposed = Proposal.objects.filter(run=run)
        rows = missing.exclude(pk__in=proposed.values("contract_id")).exclude(pk__in=settled.values("contract_id"))
        for contract in rows.order_by("number")[: _most(FindingKind.MONTH_WITHOUT_PAY, aside)]:
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
