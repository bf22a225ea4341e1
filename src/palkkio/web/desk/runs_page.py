"""The list of runs (Maksuajot): the coming paydays with what is to be done by when, and the runs that were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.payroll.values import PaydayRow, Totals
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.run_words import state_chip
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Row, Table
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.payroll.models import Run


@dataclass(frozen=True, slots=True)
class ComingPayday:
    """One payday that has not been, with its dates and the run if there is one."""

    row: PaydayRow
    title: str
    pays: str  # the care month and the kinds of contract
    dates: Sequence[Fact]
    chip: Chip | None
    may_propose: bool
    href: str
    waits: str  # why it cannot be proposed yet


def coming(rows: Iterable[PaydayRow], *, today: date, is_clerk: bool, sent: Collection[int] = ()) -> list[ComingPayday]:
    """Paydays from today on, the nearest first."""
    return [_coming(row, today, is_clerk, row.run_id in sent) for row in rows if row.payday >= today]


def _coming(row: PaydayRow, today: date, is_clerk: bool, is_sent: bool) -> ComingPayday:
    language = get_language()
    paid = (
        f"{period_name(period).capitalize()}: {', '.join(kind_name(each).lower() for each in kinds)}"
        for period, kinds in row.periods
    )
    is_over = row.last < today
    waits = ""
    if row.run_id is None and not is_over:
        latest = max((period for period, _kinds in row.periods), key=lambda period: period.edges[1])
        waits = _("%(month)s is not over yet.") % {"month": period_name(latest).capitalize()}
    elif row.run_id is None and not is_clerk:
        waits = _("A payroll clerk proposes the run.")
    return ComingPayday(
        row=row,
        title=wording.weekday_date(row.payday, language),
        pays="; ".join(paid),
        dates=(
            Fact(_("Entries by"), wording.weekday_day(row.deadline, language)),
            Fact(_("Reviewed by"), wording.weekday_day(row.review_by, language)),
            Fact(_("At the bank by"), wording.weekday_day(row.bank_by, language)),
        ),
        chip=state_chip(_state(row.run_state, is_sent, row.payday, today)) if row.run_state else None,
        may_propose=row.run_id is None and is_over and is_clerk,
        href=reverse("desk:run", args=[row.run_id]) if row.run_id else "",
        waits=waits,
    )


def _state(state: str | None, is_sent: bool, payday: date, today: date) -> str:
    if state == "produced" and is_sent:
        return "paid" if payday <= today else "sent"
    return state or ""


def run_title(run: Run) -> str:
    if run.is_extra:
        return _("Extra run %(day)s") % {"day": wording.day(run.payday)}
    return _("Payroll run %(day)s") % {"day": wording.day(run.payday)}


def table_of(runs: Iterable[Run], totals: Mapping[int, Totals], *, sent: Collection[int], today: date) -> Table:
    """Runs, the newest payday first."""
    columns = [
        Column(_("Payday"), place="title"),
        Column(_("Number"), is_number=True, is_extra=True),
        Column(_("State"), place="side"),
        Column(_("Payees"), is_number=True),
        Column(_("Gross €"), is_number=True),
        Column(_("To the accounts €"), is_number=True),
    ]
    rows = [
        Row(
            [
                Cell(
                    wording.weekday_date(run.payday, get_language()),
                    href=reverse("desk:run", args=[run.pk]),
                    note=_("extra run") if run.is_extra else "",
                ),
                Cell(wording.number(run.number)),
                Cell(chips=[state_chip(_state(run.state, run.pk in sent, run.payday, today))]),
                Cell(wording.number(totals[run.pk].payees)),
                Cell(wording.number(totals[run.pk].gross, 2)),
                Cell(wording.number(totals[run.pk].net, 2), strong=True),
            ]
        )
        for run in runs
    ]
    return Table(_("Payroll runs"), columns, rows)
