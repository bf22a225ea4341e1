"""The payees of a run: filtered, searched and sorted in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from palkkio.core.money import ZERO
from palkkio.payroll.explaining import Explained, explained
from palkkio.payroll.models import Payslip, Proposal, Run, SetAside
from palkkio.payroll.proof_rules import GREW_ABOVE, SHRANK_BELOW
from palkkio.payroll.values import Cause, CauseKind, ProposalRow
from palkkio.people.queries import matching

GREW = Q(gross_before__gt=0, gross__gt=F("gross_before") * GREW_ABOVE, is_left_out=False)
SHRANK = Q(gross_before__gt=0, gross__lt=F("gross_before") * SHRANK_BELOW, is_left_out=False)
NOT_PAID = Q(gross=0)

VIEWS: dict[str, Q] = {
    "all": Q(),
    "blocked": Q(is_blocked=True),
    "warned": ~Q(problem_codes=[]) & Q(is_blocked=False),
    "left_out": Q(is_left_out=True),
    "held": Q(is_held=True),
    "changed": Q(gross_before__isnull=False) & ~Q(gross=F("gross_before")),
    "new": Q(gross_before__isnull=True, is_left_out=False),
    "corrected": ~Q(correction=0),
    "grew": GREW,
    "shrank": SHRANK,
    "overpaid": Q(receivable__gt=0),
    "nothing": NOT_PAID & Q(receivable=0),
}
ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("position",),
    "contract": ("contract__number",),
    "gross": ("gross", "position"),
    "net": ("net", "position"),
    "change": ("change", "position"),
}


def proposals(
    run: Run, *, words: str = "", view: str = "all", order: str = "name", problem: str = ""
) -> QuerySet[Proposal]:
    """Proposals of a run; an unknown view shows all, an unknown order is by name, "-" before it turns it round.

    words    of the payee's name, or the beginning of a contract number
    problem  only those with this problem code
    """
    found = Proposal.objects.filter(VIEWS.get(view, Q()), run=run)
    if words.strip():
        named = matching(run.organisation_id, words)
        found = found.filter(Q(person__in=named) | Q(contract__number__istartswith=words.strip()))
    if problem:
        found = found.filter(problem_codes__contains=[problem])
    fields = ORDERS.get(order.removeprefix("-"), ORDERS["name"])
    sign = "-" if order.startswith("-") else ""
    found = found.annotate(change=F("gross") - Coalesce(F("gross_before"), ZERO))
    return found.select_related("person", "contract__recipient").order_by(*(sign + field for field in fields))


def view_counts(run: Run) -> dict[str, int]:
    """How many contracts each view of a run shows; one query."""
    counts: dict[str, int] = Proposal.objects.filter(run=run).aggregate(
        **{name: Count("pk", filter=view) if view else Count("pk") for name, view in VIEWS.items()}
    )
    return counts


def worked_out(proposal: Proposal) -> Explained:
    """What a run proposes for one contract, with its working."""
    return explained(proposal.pk, proposal.organisation_id, proposal.facts, proposal.result)


def proposal_rows(found: Iterable[Proposal]) -> list[ProposalRow]:
    """Proposals of one run as list rows; two more queries for any number. Give a page of `proposals`."""
    rows = list(found)
    if not rows:
        return []
    run_id, contract_ids = rows[0].run_id, [row.contract_id for row in rows]
    set_aside: dict[int, list[str]] = defaultdict(list)
    codes = SetAside.objects.filter(run_id=run_id, contract_id__in=contract_ids).order_by("pk")
    for contract_id, code in codes.values_list("contract_id", "code"):
        set_aside[contract_id].append(code)
    slips = dict(Payslip.objects.filter(run_id=run_id, contract_id__in=contract_ids).values_list("contract_id", "pk"))
    return [_row(row, tuple(set_aside[row.contract_id]), slips.get(row.contract_id)) for row in rows]


def _row(proposal: Proposal, set_aside: tuple[str, ...], payslip_id: int | None) -> ProposalRow:
    contract = proposal.contract
    gross = ZERO if proposal.is_left_out else proposal.gross
    return ProposalRow(
        id=proposal.pk,
        contract_id=proposal.contract_id,
        contract_number=contract.number,
        contract_kind=contract.kind,
        person_id=proposal.person_id,
        payee=proposal.person.name,
        recipient="" if contract.recipient is None else contract.recipient.name,
        unit_id=contract.unit_id,
        gross=proposal.gross,
        withholding=proposal.withholding,
        pension=proposal.pension,
        net=proposal.net,
        receivable=proposal.receivable,
        gross_before=proposal.gross_before,
        change=None if proposal.gross_before is None else gross - proposal.gross_before,
        causes=cause_values({kind: (Decimal(amount), 1) for kind, amount in proposal.causes.items()}),
        problems=tuple(proposal.problem_codes),
        set_aside=set_aside,
        is_blocked=proposal.is_blocked,
        is_left_out=proposal.is_left_out,
        is_held=proposal.is_held,
        has_correction=proposal.correction != 0,
        sheet_ids=tuple(map(int, proposal.sheets)),
        payslip_id=payslip_id,
    )


def cause_values(sums: dict[str, tuple[Decimal, int]]) -> tuple[Cause, ...]:
    """Causes in the order of a waterfall; sums of zero are left out."""
    return tuple(Cause(kind, *sums[kind]) for kind in CauseKind if kind in sums and sums[kind][0])
