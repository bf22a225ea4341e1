"""Which facts of a month are not what they were when it was paid: the causes of a difference (BEY-2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from palkkio.calculation.events import Event
from palkkio.calculation.facts import MonthFacts, Terms
from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ChangedFact, ChangedKind, DayType, Line, LineCode

# Where a change of a kind of day or rate shows: other lines of the month have other causes.
_LINES: dict[str, frozenset[str]] = {
    DayType.CARE: frozenset({LineCode.CARE_DAY, "EXPENSE_ALLOWANCE"}),
    DayType.TRAINING: frozenset({LineCode.TRAINING_DAY}),
    DayType.NOTICE: frozenset({LineCode.NOTICE_DAY}),
    DayType.CANCELLED: frozenset({LineCode.CANCELLED_DAY}),
    DayType.VISIT: frozenset({LineCode.VISIT}),
    DayType.HOURS: frozenset({LineCode.HOUR}),
    DayType.LOCUM: frozenset({LineCode.LOCUM_DAY}),
    "hour": frozenset({LineCode.HOUR}),
    "trip": frozenset({LineCode.KILOMETRES, LineCode.KILOMETRES_TAXABLE, LineCode.TRIP_EXPENSE}),
    "kilometre": frozenset({LineCode.KILOMETRES, LineCode.KILOMETRES_TAXABLE}),
    "expense_allowance": frozenset({LineCode.EXPENSE_ALLOWANCE}),
    "expense_per_day": frozenset({LineCode.EXPENSE_ALLOWANCE}),
    "start_up": frozenset({LineCode.START_UP_ALLOWANCE}),
}


def changed_facts(before: MonthFacts, now: MonthFacts) -> tuple[ChangedFact, ...]:
    """The facts of one month that have changed, each with its days, in the order of kinds and days.

    What does not change pay (the words of a source, the purpose of a trip) is no change.
    """
    found = [
        *_of_contract(before, now),
        *_of_terms(before, now),
        *_of_events(before, now),
        *_of_entries(before, now),
        *_of_shifts(before, now),
        *_of_trips(before, now),
        *_of_the_rest(before, now),
    ]
    order = list(ChangedKind)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (order.index(each.kind), _first(each), each.what)))


def with_causes(
    lines: Sequence[Line],
    before: Mapping[DateRange, MonthFacts],
    now: Mapping[DateRange, MonthFacts],
    *,
    is_other_profile: bool = False,
) -> tuple[Line, ...]:
    """Differences with the cause that each has; lines of a period whose facts of then are not known have none.

    A period whose facts are the same has another reason: the payer's choices, or an official figure.
    """
    causes = {period: changed_facts(before[period], now[period]) for period in before if period in now}
    return tuple(_with_cause(line, causes.get(line.period), is_other_profile) for line in lines)


def _with_cause(line: Line, causes: tuple[ChangedFact, ...] | None, is_other_profile: bool) -> Line:
    if causes is None:
        return line
    if not causes:
        kind = ChangedKind.CHOICE if is_other_profile else ChangedKind.FIGURE
        causes = (ChangedFact(kind, what=line.code),)
    own = tuple(each for each in causes if line.code in _LINES.get(each.what, (line.code,)))
    return replace(line, working=replace(line.working, causes=own or causes))


# --- Parts of the facts -----------------------------------------------------------------------------------------------


def _of_contract(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    if before.contract == now.contract:
        return
    month = _days(now.month)
    turned = [day for day in month if (day in before.contract) != (day in now.contract)]
    for days in _stretches(turned):
        is_in = days.edges[0] in now.contract
        yield ChangedFact(ChangedKind.CONTRACT, "", days, *_was_is(was=not is_in, is_now=is_in))


def _of_terms(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    """Day by day, so that it does not matter where a piece of terms begins and ends."""
    by_change: dict[tuple[ChangedKind, str, str, str], list[date]] = {}
    known: dict[tuple[int, int], list[tuple[ChangedKind, str, str, str]]] = {}
    for day in _days(now.month):
        was, is_now = _on(before.terms, day), _on(now.terms, day)
        pair = (id(was), id(is_now))
        if pair not in known:
            known[pair] = list(_between(was, is_now))
        for change in known[pair]:
            by_change.setdefault(change, []).append(day)
    for (kind, what, was_so, is_so), changed in by_change.items():
        for days in _stretches(changed):
            yield ChangedFact(kind, what, days, was_so, is_so)


def _between(was: Terms | None, now: Terms | None) -> Iterator[tuple[ChangedKind, str, str, str]]:
    if was is None or now is None:
        if was is not now:
            yield ChangedKind.TERMS, "", *_was_is(was=was is not None, is_now=now is not None)
        return
    for key in sorted({*was.rates, *now.rates}):
        old, new = was.rates.get(key), now.rates.get(key)
        amounts = tuple("" if each is None else _number(each.amount) for each in (old, new))
        if amounts[0] != amounts[1]:
            yield ChangedKind.RATE, key, amounts[0], amounts[1]
        elif old is not None and new is not None and old.tag != new.tag:
            yield ChangedKind.RATE, key, f"{amounts[0]} {old.tag}", f"{amounts[1]} {new.tag}"
    for each in fields(Terms):
        if each.name in {"valid", "rates"}:
            continue
        yield from _of_term(each.name, getattr(was, each.name), getattr(now, each.name))


def _of_term(name: str, was: Any, now: Any) -> Iterator[tuple[ChangedKind, str, str, str]]:
    if was == now:
        return
    if was is not None and now is not None and type(was) is type(now) and hasattr(was, "__dataclass_fields__"):
        for each in fields(was):
            yield from _of_term(each.name, getattr(was, each.name), getattr(now, each.name))
        return
    amounts = (getattr(was, "amount", was), getattr(now, "amount", now))
    yield ChangedKind.TERMS, name, _text(amounts[0]), _text(amounts[1])


def _of_events(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    for event in [*now.events, *before.events]:
        was, is_now = event in before.events, event in now.events
        if was != is_now:
            yield ChangedFact(
                ChangedKind.EVENT, _name(event), _days_of(event, now.month), *_was_is(was=was, is_now=is_now)
            )


def _of_entries(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    was = {(each.type.value, each.day): each.count for each in before.entries}
    is_now = {(each.type.value, each.day): each.count for each in now.entries}
    yield from _counted(ChangedKind.ENTRY, was, is_now)


def _of_trips(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    was, is_now = (Counter((each.day, each.kilometres, each.expense) for each in of.trips) for of in (before, now))
    changed = sorted({day for day, *_ in (was - is_now) + (is_now - was)})
    for days in _stretches(changed):
        yield ChangedFact(ChangedKind.TRIP, "trip", days, _kilometres(before, days), _kilometres(now, days))


def _of_shifts(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    was, is_now = set(before.shifts), set(now.shifts)
    changed = sorted({day_of(each.start) for each in was ^ is_now})
    for days in _stretches(changed):
        yield ChangedFact(ChangedKind.SHIFT, "shift", days, _hours(before, days), _hours(now, days))


def _of_the_rest(before: MonthFacts, now: MonthFacts) -> Iterator[ChangedFact]:
    """What later kinds of facts bring, so that no change is without a name."""
    known = {"kind", "contract", "month", "terms", "entries", "trips", "events", "shifts"}
    for each in fields(MonthFacts):
        if each.name not in known and getattr(before, each.name) != getattr(now, each.name):
            yield ChangedFact(ChangedKind.TERMS, each.name)


# --- Days and words ---------------------------------------------------------------------------------------------------


def _counted(
    kind: ChangedKind, was: Mapping[tuple[str, date], Decimal], now: Mapping[tuple[str, date], Decimal]
) -> Iterator[ChangedFact]:
    """Stretches of days on which one thing changed in the same way."""
    by_change: dict[tuple[str, str, str], list[date]] = {}
    for what, day in sorted({*was, *now}):
        old, new = was.get((what, day)), now.get((what, day))
        if old != new:
            change = (what, "" if old is None else _number(old), "" if new is None else _number(new))
            by_change.setdefault(change, []).append(day)
    for (what, old_text, new_text), days in by_change.items():
        for stretch in _stretches(sorted(days)):
            yield ChangedFact(kind, what, stretch, old_text, new_text)


def _stretches(days: Sequence[date]) -> Iterator[DateRange]:
    """Sorted days as ranges without gaps."""
    begun: date | None = None
    for at, day in enumerate(days):
        begun = begun or day
        if at + 1 == len(days) or days[at + 1] != day + ONE_DAY:
            yield DateRange(begun, day + ONE_DAY)
            begun = None


def _days(month: DateRange) -> list[date]:
    start, end = month.edges
    return [start + at * ONE_DAY for at in range((end - start).days)]


def _on(terms: Sequence[Terms], day: date) -> Terms | None:
    return next((each for each in terms if day in each.valid), None)


def _days_of(event: Event, month: DateRange) -> DateRange | None:
    days = getattr(event, "days", None)
    if isinstance(days, DateRange):
        return days.overlap(month) or days
    on = getattr(event, "on", None) or getattr(event, "given_on", None)
    return DateRange(on, on + ONE_DAY) if isinstance(on, date) else None


def _name(event: Event) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()


def _was_is(*, was: bool, is_now: bool) -> tuple[str, str]:
    return "yes" if was else "", "yes" if is_now else ""


def _sum(of: Iterable[Decimal]) -> str:
    total = sum(of, Decimal(0))
    return _number(total) if total else ""


def _kilometres(month: MonthFacts, days: DateRange) -> str:
    return _sum(each.kilometres for each in month.trips if each.day in days)


def _hours(month: MonthFacts, days: DateRange) -> str:
    inside: Callable[[Any], bool] = lambda shift: day_of(shift.start) in days  # noqa: E731
    seconds = sum((shift.end - shift.start).total_seconds() for shift in month.shifts if inside(shift))
    return _number((Decimal(int(seconds)) / 3600).quantize(Decimal("0.01"))) if seconds else ""


def _number(amount: Decimal) -> str:
    """Without needless zeros, but with cents where there are any: 97.55, 3, 7.5."""
    return f"{amount.normalize():f}"


def _text(value: Hashable) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return str(value)


def _first(of: ChangedFact) -> date:
    return (of.days.start if of.days else None) or date.min
