"""Alerts on shifts in words, each with what can be done about it (EMP-5, BEY-5): for employer, assistant and staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from palkkio.calculation.assistance.alert import Alert, AlertKind, Repair, RepairKind, Span
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.entries.values import ShiftRow
from palkkio.web.history_words import days_words
from palkkio.web.shift_words import hours_words, times_words
from palkkio.web.ui import wording

MOST_OFFERS = 6
TITLES: dict[AlertKind, Promise] = {
    AlertKind.OVER_TOTAL: gettext_lazy("More hours than granted"),
    AlertKind.OUTSIDE_TIMES: gettext_lazy("Outside the granted times"),
    AlertKind.NOT_GRANTED: gettext_lazy("The decision is not in force"),
    AlertKind.TWO_ASSISTANTS: gettext_lazy("Two assistants at the same time"),
    AlertKind.OWN_OVERLAP: gettext_lazy("Two shifts at the same time"),
    AlertKind.OVERTIME: gettext_lazy("Overtime"),
    AlertKind.DAILY_REST: gettext_lazy("Short rest between shifts"),
    AlertKind.WEEKLY_REST: gettext_lazy("Short rest in the week"),
    AlertKind.YEAR_OF_OVERTIME: gettext_lazy("Overtime of the year"),
    AlertKind.FOUR_MONTHS: gettext_lazy("Working time of four months"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to do about an alert; `kind`, `decision` and `at` are posted, `asked` stands for them in an address."""

    kind: str
    text: str
    shift_id: int
    sheet_id: int
    decision: str = ""
    at: str = ""

    @property
    def asked(self) -> str:
        return f"{self.shift_id}.{self.kind}.{self.decision or self.at}"


@dataclass(frozen=True, slots=True)
class AlertWords:
    """One alert as it is read."""

    title: str
    days: str
    text: str
    offers: tuple[Offer, ...]


def words_of(
    alerts: Iterable[Alert],
    days: DateRange,
    *,
    names: Mapping[int, str],
    shifts: Mapping[int, tuple[int, ShiftRow]],
) -> list[AlertWords]:
    """In the order of their days.

    days    of the page: others are not named
    names   of assistants; empty on an assistant's own page
    shifts  those on the page, by id, with their sheet: repairs are offered for them alone
    """
    return [_words(each, days, names, shifts) for each in alerts]


def _words(
    alert: Alert, days: DateRange, names: Mapping[int, str], shifts: Mapping[int, tuple[int, ShiftRow]]
) -> AlertWords:
    offers = {(each.kind, each.text): each for repair in alert.repairs for each in _offers(repair, shifts)}
    return AlertWords(
        str(TITLES[alert.kind]),
        days_words([day for day in alert.days if day in days]),
        ", ".join(part for part in (_names(alert, names), _TEXTS[alert.kind](alert)) if part),
        tuple(offers.values())[:MOST_OFFERS],
    )


def _names(alert: Alert, names: Mapping[int, str]) -> str:
    return ", ".join(names[each] for each in alert.assistants if each in names)


def _over(alert: Alert) -> str:
    values = {"identifier": alert.decision, "length": _length(alert)}
    return _("decision %(identifier)s: %(length)s more than granted") % values


def _outside(alert: Alert) -> str:
    return _("decision %(identifier)s: %(times)s") % {"identifier": alert.decision, "times": _spans(alert.parts)}


def _overtime(alert: Alert) -> str:
    return _("%(length)s. What was worked is paid.") % {"length": _length(alert)}


def _year(alert: Alert) -> str:
    text = _("%(length)s more overtime than the agreement allows in a year. What was worked is paid.")
    return text % {"length": _length(alert)}


def _four_months(alert: Alert) -> str:
    text = _("%(length)s more than 48 hours a week on average, with the three months before. What was worked is paid.")
    return text % {"length": _length(alert)}


def _rest(alert: Alert) -> str:
    return _("the longest rest was %(length)s, the law asks for more") % {"length": _length(alert)}


def _length(alert: Alert) -> str:
    """As shifts tell theirs: "9 h 50 min", not 9,83 h."""
    return hours_words(timedelta(minutes=round((alert.hours or ZERO) * 60)))


_TEXTS: dict[AlertKind, Callable[[Alert], str]] = {
    AlertKind.OVER_TOTAL: _over,
    AlertKind.OUTSIDE_TIMES: _outside,
    AlertKind.NOT_GRANTED: _outside,
    AlertKind.TWO_ASSISTANTS: lambda alert: _spans(alert.parts),
    AlertKind.OWN_OVERLAP: lambda alert: _spans(alert.parts),
    AlertKind.OVERTIME: _overtime,
    AlertKind.DAILY_REST: _rest,
    AlertKind.WEEKLY_REST: _rest,
    AlertKind.YEAR_OF_OVERTIME: _year,
    AlertKind.FOUR_MONTHS: _four_months,
}


def _offers(repair: Repair, shifts: Mapping[int, tuple[int, ShiftRow]]) -> Iterable[Offer]:
    if repair.shift not in shifts or repair.kind is RepairKind.KNOW:
        return ()
    sheet_id, row = shifts[repair.shift]
    at = repair.at.isoformat() if repair.at else ""
    text = repair_words(repair.kind.value, row, decision=repair.decision, at=repair.at)
    return (Offer(repair.kind.value, text, repair.shift, sheet_id, repair.decision, at),)


def repair_words(kind: str, row: ShiftRow, *, decision: str = "", at: datetime | None = None) -> str:
    """ "ma 4.5. 8.00–12.00: siirrä päätökselle 2.1"."""
    values = {"shift": f"{wording.weekday_day(row.day, get_language())} {times_words(row)}", "decision": decision}
    if kind == RepairKind.MOVE:
        return _("%(shift)s: move to the decision %(decision)s") % values
    if kind == RepairKind.SPLIT and at is not None:
        return _("%(shift)s: cut the shift at %(time)s") % {**values, "time": _clock(at)}
    if kind == RepairKind.ASK_REOPEN:
        return _("%(shift)s: ask the county to reopen the hours") % values
    return _("%(shift)s: check the times") % values


def _spans(spans: Iterable[Span]) -> str:
    return ", ".join(f"{_clock(each.start)}–{_clock(each.end)}" for each in spans)


def _clock(moment: datetime) -> str:
    local = moment.astimezone(HELSINKI)
    return f"{local.hour}.{local:%M}"
