"""Proof before the run (BEY-7): why the gross changed, what is odd, who has no pay."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.db.models import Count, F, Q
from django.db.models.functions import Abs

from palkkio.contracts import queries as contracts
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import access as entries
from palkkio.payroll.candidates import Scope
from palkkio.payroll.models import PaidRevision, Payslip, Proposal, Run
from palkkio.payroll.queries.proposals import GREW, SHRANK, cause_values, proposal_rows
from palkkio.payroll.values import Cause, CauseKind, Oddity, OddityKind, WithoutPay, WithoutPayKind

ODDITIES_OF_A_KIND = 5
WITHOUT_PAY_SHOWN = 200


def causes_of(run: Run, previous: Run | None) -> tuple[Cause, ...]:
    """Steps from the gross of the scheduled run before to that of this one; they add up to the difference."""
    if previous is None:
        return ()
    sums: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    for causes in Proposal.objects.filter(run=run).exclude(causes={}).values_list("causes", flat=True):
        for kind, amount in causes.items():
            sums[kind].append((Decimal(amount), 1))
    here = Proposal.objects.filter(run=run).values("contract_id")
    gone = Payslip.objects.filter(run=previous).exclude(contract_id__in=here)
    scope = Scope.of(run)
    for kind, days, gross in gone.values_list("contract__kind", "contract__valid", "gross"):
        month = scope.care_month(kind) if kind in scope.until_by_kind else None
        has_ended = month is not None and days.overlap(month) is None
        sums[CauseKind.ENDED if has_ended else CauseKind.NO_ENTRIES].append((-gross, 1))
    return cause_values({kind: (sum((amount for amount, _ in each), ZERO), len(each)) for kind, each in sums.items()})


def oddities(run: Run) -> tuple[Oddity, ...]:
    """What is unusual, a few of each kind: the largest change, correction or receivable first."""
    rows = Proposal.objects.filter(run=run).select_related("person", "contract__recipient")
    paid = rows.filter(is_left_out=False)
    change = F("gross") - F("gross_before")
    scope = Scope.of(run)
    every_day = Q()
    for kind in scope.until_by_kind:
        every_day |= Q(contract__kind=kind, days__gte=scope.care_month(kind).days)
    shared = paid.exclude(iban="").values("iban").annotate(people=Count("person", distinct=True)).filter(people__gt=1)
    found = [
        (OddityKind.GREW, paid.filter(GREW).annotate(odd=change).order_by("-odd")),
        (OddityKind.SHRANK, paid.filter(SHRANK).annotate(odd=change).order_by("odd")),
        (
            OddityKind.LARGE_CORRECTION,
            paid.annotate(odd=F("correction"), size=Abs("correction"))
            .exclude(correction=0)
            .filter(size__gt=F("gross") / 4)
            .order_by("-size"),
        ),
        (OddityKind.OVERPAYMENT, paid.filter(receivable__gt=0).annotate(odd=F("receivable")).order_by("-odd")),
        (
            OddityKind.TWO_PAYEES_ONE_ACCOUNT,
            paid.filter(iban__in=shared.values("iban")).annotate(odd=F("net")).order_by("iban", "-net"),
        ),
        (OddityKind.EVERY_DAY, paid.filter(every_day).annotate(odd=F("gross")).order_by("-odd")),
    ]
    made: list[Oddity] = []
    for kind, odd in found:
        some = list(odd[:ODDITIES_OF_A_KIND])
        made += [
            Oddity(kind, row, each.odd, each.days, each.days_before)
            for each, row in zip(some, proposal_rows(some), strict=True)
        ]
    return tuple(made)


def without_pay(run: Run) -> tuple[tuple[WithoutPay, ...], int]:
    """Valid contracts paid by entries that this run pays nothing for its care month: the first of them, and how many.

    Asked of scheduled runs only; a contract whose month another run has settled is not among them.
    """
    if run.is_extra:
        return (), 0
    scope = Scope.of(run)
    found: list[WithoutPay] = []
    count = 0
    by_month: dict[DateRange, list[str]] = defaultdict(list)
    for kind in scope.until_by_kind:
        by_month[scope.care_month(kind)].append(kind)
    for month, kinds in by_month.items():
        settled = PaidRevision.objects.filter(
            organisation_id=run.organisation_id, is_cancelled=False, revision__period=month
        ).exclude(run=run)
        pays = Proposal.objects.filter(run=run).exclude(Q(gross=0, receivable=0, problems=[]))
        missing = (
            contracts.paid_by_entries(run.organisation_id, month)
            .filter(kind__in=kinds)
            .exclude(pk__in=pays.values("contract_id"))
            .exclude(pk__in=settled.values("contract_id"))
            .select_related("carer")
            .order_by("carer__sort_key", "number")
        )
        count += missing.count()
        shown = list(missing[: WITHOUT_PAY_SHOWN - len(found)])
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
