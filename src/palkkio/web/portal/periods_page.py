"""The list of care periods, parted into what is at hand, what is coming and what is past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.entries.values import SheetRow
from palkkio.web import state_words
from palkkio.web.shift_words import hours_words
from palkkio.web.states import Money, Stage, money_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip
from palkkio.web.ui.words import period_name

NOW = (Stage.OPEN, Stage.RETURNED)


@dataclass(frozen=True, slots=True)
class ListedPeriod:
    """One row: month, what is recorded, state, the next date."""

    title: str
    recipient: str
    recorded: str
    chip: Chip
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, in the order of time; the past by year, which is folded but for the latest."""

    title: str
    rows: Sequence[ListedPeriod]
    is_folded: bool = False


def listed(rows: Sequence[SheetRow], *, today: date, shows_recipient: bool) -> list[Group]:
    """What waits for the carer first, then what the county has, coming months, and the past by year."""
    money = money_of(rows, today=today)
    waiting = [row for row in rows if money[row.id].stage in NOW]
    coming = [row for row in rows if money[row.id].stage is Stage.COMING]
    under_way = [row for row in rows if money[row.id].stage not in (*NOW, Stage.COMING) and not money[row.id].is_over]
    past = [row for row in rows if money[row.id].is_over]

    def drawn(some: Sequence[SheetRow]) -> list[ListedPeriod]:
        return [_row(row, money[row.id], shows_recipient=shows_recipient) for row in some]

    groups = [
        Group(_("To record") if _only_shifts(waiting) else _("To record and confirm"), drawn(waiting)),
        Group(_("On their way to be paid"), drawn(under_way)),
        Group(_("Coming"), drawn(coming)),
    ]
    years = sorted({row.period.edges[0].year for row in past}, reverse=True)
    for at, year in enumerate(years):
        of_year = [row for row in reversed(past) if row.period.edges[0].year == year]
        title = _("Past periods %(year)s") % {"year": year}
        groups.append(Group(title, drawn(of_year), is_folded=at > 0))
    return [group for group in groups if group.rows]


def _only_shifts(rows: Sequence[SheetRow]) -> bool:
    return bool(rows) and all(row.is_employment for row in rows)


def _row(row: SheetRow, money: Money, *, shows_recipient: bool) -> ListedPeriod:
    recorded = _recorded(row)
    if row.trips:
        recorded += ", " + ngettext("%(n)s trip", "%(n)s trips", row.trips) % {"n": row.trips}
    return ListedPeriod(
        title=period_name(row.period),
        recipient=row.recipient_name if shows_recipient else "",
        recorded=recorded,
        chip=state_words.chip(money),
        note=_note(money),
        href=reverse("portal:period", args=[row.id]),
    )


def _recorded(row: SheetRow) -> str:
    if row.shifts:
        shifts = ngettext("%(n)s shift", "%(n)s shifts", row.shifts) % {"n": row.shifts}
        return f"{hours_words(row.hours)}, {shifts}"
    if row.is_employment and row.days_entered:
        return ngettext("%(n)s leave day", "%(n)s leave days", row.days_entered) % {"n": row.days_entered}
    if not row.days_entered:
        return _("Nothing recorded")
    return ngettext("%(n)s day recorded", "%(n)s days recorded", row.days_entered) % {"n": row.days_entered}


def _note(money: Money) -> str:
    """The next date."""
    language = get_language()
    if money.is_employment and money.is_with_carer and money.deadline:
        return _("the employer approves at the latest %(day)s") % {"day": wording.deadline(money.deadline, language)}
    if money.is_with_carer and money.deadline:
        text = _("the deadline was %(day)s") if money.is_late else _("confirm at the latest %(day)s")
        return text % {"day": wording.deadline(money.deadline, language)}
    if money.payday and money.stage is Stage.PAID:
        return _("paid %(day)s") % {"day": wording.weekday_date(money.payday, language)}
    if money.payday and not money.is_over and money.stage is not Stage.COMING:
        return _("on the account %(day)s") % {"day": wording.weekday_date(money.payday, language)}
    return ""
