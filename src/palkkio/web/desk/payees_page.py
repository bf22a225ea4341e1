"""The payees of a run: the list, one payee's lines with their why, and the preview as CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.calculation import frozen
from palkkio.core.money import ZERO
from palkkio.core.payslip import PayResult
from palkkio.core.problems import RED
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll.queries import payslip_view, proposal_rows, worked_out
from palkkio.payroll.queries.views import deduction_views, line_views
from palkkio.payroll.values import DeductionView, LineView, ProposalRow
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.run_words import VIEWS, cause_name
from palkkio.web.pay_lines import pay_lines
from palkkio.web.rule_words import line_name, problem_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, PayLine, Row, SumRow, Table, View
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.formats.csv_export import Cell as CsvCell
    from palkkio.payroll.models import Payslip, Proposal, Run


def views_of(run: Run, counts: Mapping[str, int], current: str) -> list[View]:
    """The saved views that show something, and the one that is open."""
    here = reverse("desk:run-payees", args=[run.pk])
    return [
        View(
            str(text),
            here if name == "all" else f"{here}?{urlencode({'view': name})}",
            counts.get(name, 0),
            name == current,
        )
        for name, text in VIEWS.items()
        if name in ("all", current) or counts.get(name)
    ]


def table_of(run: Run, rows: Sequence[ProposalRow], sort: str) -> Table:
    columns = [
        Column(_("Payee"), sort="name", place="title"),
        Column(_("Contract"), sort="contract", place="bare"),
        Column(_("Gross €"), sort="gross", is_number=True),
        Column(_("Change €"), sort="change", is_number=True),
        Column(_("To the account €"), sort="net", is_number=True, place="side"),
        Column(_("To look at"), place="bare"),
    ]
    return Table(_("Payees of the run"), columns, [_row(run, row) for row in rows], sort=sort)


def _row(run: Run, row: ProposalRow) -> Row:
    return Row(
        [
            Cell(row.payee, href=reverse("desk:run-payee", args=[run.pk, row.id])),
            Cell(row.contract_number, note=row.recipient or kind_name(row.contract_kind)),
            Cell(wording.number(row.gross, 2)),
            Cell(wording.signed(row.change, 2) if row.change is not None else ""),
            Cell(wording.number(ZERO if row.is_left_out else row.net, 2), strong=True),
            Cell(chips=chips_of(row)),
        ],
        is_flagged=row.is_blocked,
    )


def chips_of(row: ProposalRow) -> list[Chip]:
    found = []
    if row.is_held:
        found.append(Chip(_("On hold"), "warn", "lock"))
    found += [
        Chip(problem_text(code)[0], "error" if code in RED else "warn")
        for code in row.problems
        if code not in row.set_aside
    ]
    found += [Chip(_("Set aside: %(problem)s") % {"problem": problem_text(code)[0]}) for code in row.set_aside]
    if row.is_left_out:
        found.append(Chip(_("Left out of this run"), "warn"))
    if row.has_correction:
        found.append(Chip(_("includes a correction")))
    if row.gross_before is None and not row.is_left_out:
        found.append(Chip(_("new")))
    return found


# --- One payee -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayeePage:
    """What the run proposes for one contract, each line with its why."""

    row: ProposalRow
    title: str
    subtitle: str
    chips: Sequence[Chip]
    problems: Sequence[tuple[str, str]]  # what, and what is to be done
    lines: Sequence[PayLine]
    is_held_result: bool  # a figure is missing: no sums
    is_explained: bool  # False: how it was worked out cannot be told any more
    changes: Sequence[SumRow]
    changes_caption: str
    previous_href: str
    causes: Sequence[SumRow]
    facts: Sequence[Fact]
    may_hold: bool
    may_release: bool


def payee_page(run: Run, proposal: Proposal, previous: Payslip | None, viewer: Viewer) -> PayeePage:
    row = proposal_rows([proposal])[0]
    worked = worked_out(proposal)
    result = worked.result
    lines = line_views(result.lines, proposal.period)
    deductions = deduction_views(result.deductions)
    changes: list[SumRow] = []
    caption = ""
    if previous is not None:
        before = payslip_view(previous)
        changes = changes_between(before.lines, before.deductions, lines, deductions)
        caption = _("What changed since the payslip of %(day)s") % {"day": wording.day(previous.payday)}
    is_open = run.state == "proposed" and viewer.role is RoleKind.PAYROLL_CLERK
    return PayeePage(
        row=row,
        title=row.payee,
        subtitle=f"{row.contract_number} · {row.recipient or kind_name(row.contract_kind)}",
        chips=chips_of(row),
        problems=[problem_text(code) for code in row.problems if code not in row.set_aside],
        lines=pay_lines(
            lines,
            deductions,
            gross=None if result.is_held else proposal.gross,
            net=None if result.is_held else proposal.net,
            main_period=proposal.period,
        ),
        is_held_result=result.is_held,
        is_explained=worked.is_explained,
        changes=changes,
        changes_caption=caption,
        previous_href=reverse("desk:payslip", args=[previous.pk]) if previous is not None else "",
        causes=[SumRow(cause_name(cause), _signed(cause.amount)) for cause in row.causes],
        facts=_facts(proposal, row),
        may_hold=is_open and not row.is_held,
        may_release=is_open and row.is_held,
    )


def _facts(proposal: Proposal, row: ProposalRow) -> list[Fact]:
    first, last = proposal.period.first, proposal.period.last
    facts = [
        Fact(_("Contract"), row.contract_number, href=reverse("desk:contract", args=[row.contract_id])),
        Fact(_("Payee"), row.payee, href=reverse("desk:person", args=[row.person_id])),
    ]
    if first and last:
        facts.append(Fact(_("Care period"), period_name(proposal.period).capitalize()))
    if row.receivable:
        facts.append(Fact(_("Overpayment found"), wording.euros(row.receivable), note=_("Not taken from this payment")))
    return facts


def changes_between(
    lines_before: Iterable[LineView],
    deductions_before: Iterable[DeductionView],
    lines: Iterable[LineView],
    deductions: Iterable[DeductionView],
) -> list[SumRow]:
    """Lines and deductions whose sum differs, deductions as they change the pay; the whole as the last row."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])  # amount before and now, more units
    for sign, at, of_lines, of_deductions in ((1, 1, lines, deductions), (-1, 0, lines_before, deductions_before)):
        for line in of_lines:
            sums[line.code][at] += line.amount
            sums[line.code][2] += sign * line.quantity
        for deduction in of_deductions:
            sums[deduction.code][at] -= deduction.amount
    rows = [
        SumRow(_named(code, more), _signed(now - before)) for code, (before, now, more) in sums.items() if now != before
    ]
    whole = sum((now - before for before, now, _more in sums.values()), ZERO)
    if rows:
        rows.append(SumRow(_("To the account"), _signed(whole), is_total=True))
    return rows


def _named(code: str, more: Decimal) -> str:
    name = line_name(code)
    if not more:
        return name
    return f"{name} ({wording.signed(more.normalize() if more % 1 else int(more))})"


def _signed(amount: Decimal) -> str:
    return f"{wording.signed(amount, 2)}{wording.HARD_SPACE}€"


# --- CSV -------------------------------------------------------------------------------------------------------------


def csv_of(found: Iterable[Proposal]) -> tuple[list[str], Iterator[list[CsvCell]]]:
    """Header, and a row for each line and deduction of each payee, with the payee's sums on the first of them."""
    header = [
        _("Contract"),
        _("Kind of contract"),
        _("Payee"),
        _("Care recipient"),
        _("Line"),
        _("Period from"),
        _("Quantity"),
        _("Unit"),
        _("Rate €"),
        _("Amount €"),
        _("Gross €"),
        _("To the account €"),
        _("Gross before €"),
        _("To look at"),
    ]
    return header, _csv_rows(found)


def _csv_rows(found: Iterable[Proposal]) -> Iterator[list[Any]]:
    for proposal in found:
        contract = proposal.contract
        result: PayResult = frozen.from_json(proposal.result)
        who = [
            contract.number,
            kind_name(contract.kind),
            proposal.person.name,
            contract.recipient.name if contract.recipient else "",
        ]
        looks = ", ".join(problem_text(code)[0] for code in proposal.problem_codes)
        if proposal.is_left_out:
            looks = ", ".join(each for each in (looks, _("Left out of this run")) if each)
        sums: list[Any] = [proposal.gross, proposal.net, proposal.gross_before, looks]
        lines: list[list[Any]] = [
            [line_name(line.code), line.period.first, line.quantity, line.unit, line.of, line.amount]
            for line in result.lines
        ]
        lines += [[line_name(each.code), None, None, "", None, -each.amount] for each in result.deductions]
        for at, line in enumerate(lines or [["", None, None, "", None, None]]):
            row: list[Any] = [*who, *line]
            yield row + (sums if at == 0 else [None, None, None, ""])
