"""The proof before a run: what stops it first, what is odd, and how each payee's pay has changed (BEY-7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from palkkio.payroll.findings import NOT_SET_ASIDE, Finding, findings
from palkkio.payroll.proof_rules import FindingKind
from palkkio.payroll.queries import proposals
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Cell, Column, Problem, Row, Table

if TYPE_CHECKING:
    from palkkio.payroll.models import Run

MOST = 300  # payees in the plot, those with the largest changes
WIDTH, STEP = 640, 12
MIDDLE = WIDTH // 2

TITLES: dict[FindingKind, Promise] = {
    FindingKind.PAID_ALREADY: lazy("Paid in another run already"),
    FindingKind.PAID_TWICE: lazy("Two contracts pay the same care in the same month"),
    FindingKind.PAY_WITHOUT_CONTRACT: lazy("Pay without a contract"),
    FindingKind.ABOVE_BOUND: lazy("More than a payslip of this kind ever is"),
    FindingKind.MONTH_WITHOUT_PAY: lazy("A contract paid by the month has no pay"),
    FindingKind.DOUBLED: lazy("At least twice as much as before"),
    FindingKind.HALVED: lazy("At most half of what it was"),
}
NEXT_STEPS: dict[FindingKind, Promise] = {
    FindingKind.PAID_ALREADY: lazy("Calculate the run again: what another run has paid is then left out."),
    FindingKind.PAID_TWICE: lazy("Check which contract is right, and end the other."),
    FindingKind.PAY_WITHOUT_CONTRACT: lazy("Check the days and the signature of the contract."),
    FindingKind.ABOVE_BOUND: lazy("Check amounts, days and hours: one of them may be mistyped."),
    FindingKind.MONTH_WITHOUT_PAY: lazy("Check the terms and the events of the contract."),
    FindingKind.DOUBLED: lazy("Open the payee and see why."),
    FindingKind.HALVED: lazy("Open the payee and see why."),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One payee in the plot; x and y in the drawing's units."""

    x: int
    y: int
    says: str
    href: str
    tone: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Changes of payees: to the left those that fell, to the right those that grew; the height is how many."""

    dots: Sequence[Dot]
    width: int
    height: int
    middle: int
    sentence: str
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class ProofPage:
    red: Sequence[Problem]
    set_aside: Sequence[Problem]
    odd: Sequence[Problem]
    plot: Plot | None
    table: Table


def proof_page(run: Run, *, may_act: bool) -> ProofPage:
    """Findings of a run with the next step of each, and the plot of changes."""
    found = findings(run)
    changes = _changes(run)
    return ProofPage(
        red=[_problem(run, each, "block", may_act) for each in found if each.is_red],
        set_aside=[_problem(run, each, "ok", False) for each in found if each.set_aside],
        odd=[_problem(run, each, "warn", False) for each in found if not each.is_red and not each.set_aside],
        plot=_plot(run, changes) if changes else None,
        table=_table(run, changes),
    )


def title_of(kind: str) -> str:
    return str(TITLES[FindingKind(kind)])


def _problem(run: Run, finding: Finding, level: str, may_act: bool) -> Problem:
    actions = [Action(_("Open the contract"), href=reverse("desk:contract", args=[finding.contract_id]))]
    href = reverse("desk:contract", args=[finding.contract_id])
    if finding.proposal_id is not None:
        href = reverse("desk:run-payee", args=[run.pk, finding.proposal_id])
        actions.insert(0, Action(_("Open the payee"), href=href))
    if may_act and finding.kind not in NOT_SET_ASIDE:
        aside = reverse("desk:set-finding-aside", args=[run.pk, finding.contract_id, finding.kind.value])
        actions.append(Action(_("It is in order"), href=aside))
    sums = wording.euros(finding.amount)
    if finding.before is not None:
        sums = _("%(now)s, %(before)s before") % {"now": sums, "before": wording.euros(finding.before)}
    return Problem(
        title=str(TITLES[finding.kind]),
        level=level,  # type: ignore[arg-type]
        subject=", ".join([finding.payee, finding.contract_number, *([sums] if finding.amount else [])]),
        note=_("Set aside with a reason.") if finding.set_aside else str(NEXT_STEPS[finding.kind]),
        href=href,
        actions=actions,
    )


# --- Changes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    proposal_id: int
    payee: str
    before: Decimal
    now: Decimal

    @property
    def change(self) -> Decimal:
        return self.now - self.before


def _changes(run: Run) -> list[Change]:
    """The largest changes, the largest first."""
    rows = (
        proposals(run)
        .filter(gross_before__isnull=False, is_left_out=False)
        .exclude(gross=F("gross_before"))
        .annotate(size=Abs(F("gross") - F("gross_before")))
        .order_by("-size", "position")
        .values_list("pk", "person__given_names", "person__family_name", "gross_before", "gross")
    )
    return [
        Change(pk, f"{given} {family}".strip(), before, now)
        for pk, given, family, before, now in rows[:MOST]
        if before is not None
    ]


def _plot(run: Run, changes: Sequence[Change]) -> Plot:
    """Dots in columns; the scale is that of the square root, so that small changes do not lie on one another."""
    largest = max(abs(each.change) for each in changes)
    columns: dict[int, int] = defaultdict(int)
    placed = []
    for each in changes:
        part = float(abs(each.change) / largest) ** 0.5
        column = round(part * (MIDDLE - STEP) / STEP) or 1
        column = column if each.change > 0 else -column
        columns[column] += 1
        placed.append((each, column, columns[column]))
    height = (max(columns.values()) + 1) * STEP
    dots = [
        Dot(
            x=MIDDLE + column * STEP,
            y=height - at * STEP + STEP // 2,
            says=f"{each.payee}: {wording.signed(each.change, 2)}{wording.HARD_SPACE}€",
            href=reverse("desk:run-payee", args=[run.pk, each.proposal_id]),
            tone="grew" if each.change > 0 else "fell",
        )
        for each, column, at in placed
    ]
    grew = sum(each.change > 0 for each in changes)
    fell = len(changes) - grew
    sentence = _("%(grew)s, %(fell)s") % {
        "grew": ngettext("%(n)s payee gets more", "%(n)s payees get more", grew) % {"n": grew},
        "fell": ngettext("%(n)s gets less", "%(n)s get less", fell) % {"n": fell},
    }
    bound = wording.euros(largest)
    return Plot(dots, WIDTH, height + 20, MIDDLE, sentence, f"−{bound}", f"+{bound}")


def _table(run: Run, changes: Sequence[Change]) -> Table:
    columns = [
        Column(_("Payee"), place="title"),
        Column(_("Before €"), is_number=True),
        Column(_("Now €"), is_number=True),
        Column(_("Difference €"), is_number=True, place="side"),
    ]
    rows = [
        Row(
            [
                Cell(each.payee, href=reverse("desk:run-payee", args=[run.pk, each.proposal_id])),
                Cell(wording.number(each.before, 2)),
                Cell(wording.number(each.now, 2)),
                Cell(wording.signed(each.change, 2), strong=True),
            ]
        )
        for each in changes
    ]
    return Table(_("Changes by payee"), columns, rows)
