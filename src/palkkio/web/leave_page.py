"""Annual leave of an assistant as a ledger: each leave year with its season, and the rows it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from palkkio.calculation.assistance.leave import LeaveRule, leave_year, summer_season, winter_season
from palkkio.calculation.assistance.leave_ledger import AdjustmentKind
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange, add_months
from palkkio.core.payslip import ContractKind
from palkkio.entries.queries.leave import adjustments_of, leave_balances
from palkkio.rules import RateNotConfirmed
from palkkio.web.ui import wording

if TYPE_CHECKING:
    from palkkio.calculation.assistance.leave_ledger import YearBalance
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import LeaveAdjustment

YEARS_OFFERED = 4
KINDS: dict[str, Promise] = {
    AdjustmentKind.OPENING: gettext_lazy("Leave from before"),
    AdjustmentKind.CORRECTION: gettext_lazy("Correction"),
    AdjustmentKind.EXPIRED: gettext_lazy("Expired"),
}


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One row of the ledger: what, why, and how many weekdays it adds or takes."""

    title: str
    note: str
    days: str


@dataclass(frozen=True, slots=True)
class LeaveYearRow:
    """One leave year: what is left, when it is taken, and the rows that make it up."""

    title: str
    left: str
    is_below: bool
    seasons: str
    rows: tuple[LeaveRow, ...]


@dataclass(frozen=True, slots=True)
class LeavePage:
    """`years`: the newest first; `is_unknown`: a figure of the law is missing."""

    years: tuple[LeaveYearRow, ...]
    is_unknown: bool = False


def leave_page(contract: Contract, today: date) -> LeavePage | None:
    """The ledger of an assistant's employment; None for other contracts."""
    if contract.kind != ContractKind.PERSONAL_ASSISTANCE:
        return None
    try:
        found = leave_balances(contract, today)
    except RateNotConfirmed:
        return LeavePage((), is_unknown=True)
    written = adjustments_of(contract)
    years = [_year(each, [row for row in written if row.year == each.year.edges[0]]) for each in found]
    return LeavePage(tuple(reversed(years)))


def years_offered(today: date) -> list[tuple[str, str]]:
    """Leave years that staff may write into, the running one first: value and words."""
    now = leave_year(today)
    years = [leave_year(add_months(now.edges[0], -12 * back)) for back in range(YEARS_OFFERED)]
    return [(year.edges[0].isoformat(), days_of(year)) for year in years]


def days_of(days: DateRange) -> str:
    first, last = days.first, days.last
    return f"{wording.day(first)}–{wording.day(last)}" if first and last else ""


def _year(row: YearBalance, written: list[LeaveAdjustment]) -> LeaveYearRow:
    rows = [_earned(row)] if row.earned.days or not row.opening else []
    for each in written:
        is_opening, is_expired = each.kind == AdjustmentKind.OPENING, each.kind == AdjustmentKind.EXPIRED
        note = f"{each.reason} · {wording.day(day_of(each.made_at))}"
        rows.append(LeaveRow(str(KINDS[each.kind]), note, _signed(-each.days if is_expired else each.days)))
        if is_opening and each.taken:
            rows.append(LeaveRow(_("Taken before"), note, _signed(-each.taken)))
    if row.taken:
        rows.append(LeaveRow(_("Taken"), _spans(row.taken), _signed(-len(row.taken))))
    seasons = _("Summer leave %(summer)s, winter leave %(winter)s") % {
        "summer": days_of(summer_season(row.year)),
        "winter": days_of(winter_season(row.year)),
    }
    return LeaveYearRow(days_of(row.year), _weekdays(row.left), row.left < 0, seasons, tuple(rows))


def _earned(row: YearBalance) -> LeaveRow:
    count = row.earned.full_months
    if row.earned.rule is LeaveRule.NONE:
        note = ngettext("%(n)s month of employment", "%(n)s months of employment", count) % {"n": count}
        return LeaveRow(_("Right to time off"), note, _signed(row.earned.days))
    note = ngettext("%(n)s full month of work", "%(n)s full months of work", count) % {"n": count}
    return LeaveRow(_("Earned"), note, _signed(row.earned.days))


def _spans(days: tuple[date, ...]) -> str:
    """Days as people read them: neighbouring ones, Sundays and holidays between them, as one span."""
    spans: list[list[date]] = []
    for day in days:
        if spans and (day - spans[-1][-1]).days <= 2:
            spans[-1].append(day)
        else:
            spans.append([day])
    return ", ".join(
        wording.day(span[0]) if len(span) == 1 else f"{wording.day(span[0])}–{wording.day(span[-1])}" for span in spans
    )


def _signed(days: int) -> str:
    return f"+{days}" if days > 0 else f"{wording.MINUS}{-days}" if days < 0 else "0"


def _weekdays(days: int) -> str:
    shown = f"{wording.MINUS}{-days}" if days < 0 else str(days)
    return ngettext("%(n)s weekday", "%(n)s weekdays", abs(days)) % {"n": shown}
