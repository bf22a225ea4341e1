"""Proof before the run (BEY-7): why the gross changed, what is odd, who has no pay."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q

from palkkio.contracts import queries as contracts
from palkkio.core.money import ZERO
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import access as entries
from palkkio.payroll.candidates import Scope
from palkkio.payroll.figures import MOST_SHOWN, Figures, euros
from palkkio.payroll.models import Payslip, Proposal, Run
from palkkio.payroll.past import settled_by_others
from palkkio.payroll.queries.proposals import cause_values, proposal_rows
from palkkio.payroll.values import Cause, CauseKind, Oddity, OddityKind, WithoutPay, WithoutPayKind

_RANKED = (
    OddityKind.GREW,
    OddityKind.SHRANK,
    OddityKind.LARGE_CORRECTION,
    OddityKind.OVERPAYMENT,
    OddityKind.TWO_PAYEES_ONE_ACCOUNT,
    OddityKind.EVERY_DAY,
)
WITHOUT_PAY_SHOWN = 200


def causes_of(run: Run, previous: Run | None, of_run: Figures) -> tuple[Cause, ...]:
    """Steps from the gross of the scheduled run before to that of this one; they add up to the difference."""
    if previous is None:
        return ()
    sums = {kind: (euros(cents), contracts) for kind, (cents, contracts) in of_run.causes.items()}
    here = Proposal.objects.filter(run=run, contract=OuterRef("contract"))
    gone = Payslip.objects.filter(~Exists(here), run=previous)
    scope = Scope.of(run)
    for kind, days, gross in gone.values_list("contract__kind", "contract__valid", "gross"):
        month = scope.care_month(kind) if kind in scope.until_by_kind else None
        has_ended = month is not None and days.overlap(month) is None
        cause = CauseKind.ENDED if has_ended else CauseKind.NO_ENTRIES
        amount, contracts_of_cause = sums.get(cause, (ZERO, 0))
        sums[cause] = amount - gross, contracts_of_cause + 1
    return cause_values(sums)


def oddities(run: Run, of_run: Figures) -> tuple[Oddity, ...]:
    """What is unusual, a few of each kind: the largest change, correction or receivable first."""
    ranked = {OddityKind(kind): [(each[-1], euros(each[-2])) for each in found] for kind, found in of_run.odd.items()}
    ranked[OddityKind.TWO_PAYEES_ONE_ACCOUNT] = _sharing_an_account(run)
    shown = {pk for found in ranked.values() for pk, _amount in found}
    odd = Proposal.objects.filter(pk__in=shown).select_related("person", "contract__recipient").defer("facts", "result")
    rows = list(odd)
    known = {each.pk: (each, row) for each, row in zip(rows, proposal_rows(rows), strict=True)}
    return tuple(
        Oddity(kind, known[pk][1], amount, known[pk][0].days, known[pk][0].days_before)
        for kind in _RANKED
        for pk, amount in ranked.get(kind, ())
        if pk in known
    )


def _sharing_an_account(run: Run) -> list[tuple[int, Decimal]]:
    """Proposals of different people to one account; those people may be in parts of their own."""
    paid = Proposal.objects.filter(run=run, is_left_out=False)
    shared = paid.exclude(iban="").values("iban").annotate(people=Count("person", distinct=True)).filter(people__gt=1)
    return list(
        paid.filter(iban__in=shared.values("iban")).order_by("iban", "-net").values_list("pk", "net")[:MOST_SHOWN]
    )


def without_pay(run: Run) -> tuple[tuple[WithoutPay, ...], int]:
    """Valid contracts paid by entries that this run pays nothing for its care month: the first of them, and how many.

    Asked of scheduled runs only; a contract whose month another run has settled is not among them.
    """
    if run.is_extra:
        return (), 0
    scope = Scope.of(run)
    found: list[WithoutPay] = []
    count = 0
    for month, kinds in scope.care_months().items():
        pays = Proposal.objects.filter(~Q(gross=0, receivable=0, problems=[]), run=run)
        missing = (
            contracts.paid_by_entries(run.organisation_id, month)
            .filter(
                ~Exists(pays.filter(contract=OuterRef("pk"))),
                ~Exists(settled_by_others(run, month).filter(contract=OuterRef("pk"))),
                kind__in=kinds,
            )
            .select_related("carer")
            .order_by("carer__sort_key", "number")
        )
        room = WITHOUT_PAY_SHOWN - len(found)
        shown = list(missing[:room])
        count += len(shown) if len(shown) < room else missing.count()
        sheets = {
            sheet.contract_id: sheet
            for sheet in entries.sheets(_payroll_of(run)).filter(contract__in=shown, period=month)
        }
        for contract in shown:
            sheet = sheets.get(contract.pk)
            found.append(
                WithoutPay(
                    contract_id=contract.pk,
                    contract_number=contract.number,
                    person_id=contract.carer_id,
                    payee=contract.carer.name,
                    sheet_id=None if sheet is None else sheet.pk,
                    why=_WHY[None if sheet is None else str(sheet.state)],
                )
            )
    return tuple(found), count


_WHY = {
    None: WithoutPayKind.NO_SHEET,
    "open": WithoutPayKind.NOT_CONFIRMED,
    "confirmed": WithoutPayKind.NOT_REVIEWED,
    "reviewed": WithoutPayKind.NO_ENTRIES,
}


def _payroll_of(run: Run) -> Viewer:
    """The payroll of the run's organisation as a viewer: what a run says depends on nobody's rights."""
    return Viewer(0, 0, run.organisation_id, RoleKind.PAYROLL_CLERK, frozenset())
