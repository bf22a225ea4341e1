"""Decisions in words: what is granted, used and left; for the employer and for staff, never for an assistant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.calculation.assistance.granted import Balance, Granted, Per, Worked, balance_on
from palkkio.core.days import DateRange
from palkkio.decisions.queries import days_of, timeline, version_on
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip

if TYPE_CHECKING:
    from palkkio.decisions.models import Decision, DecisionVersion

GROUPS: dict[int, Promise] = {
    1: pgettext_lazy("decision", "Basic decision"),
    2: pgettext_lazy("decision", "Work or study"),
    3: pgettext_lazy("decision", "Trip or other"),
}
PERS: dict[str, Promise] = {
    Per.WEEK: lazy("A week"),
    Per.MONTH: lazy("A month"),
    Per.PERIOD: lazy("A period of weeks"),
    Per.TOTAL: lazy("In all, for the whole decision"),
}
_MONDAY = date(2026, 6, 8)


@dataclass(frozen=True, slots=True)
class Use:
    """Granted, used and left as words, and as a bar. `over`: hours above what is granted, else empty."""

    days: str
    granted: str
    used: str
    left: str
    over: str
    value: str
    most: str


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """One decision as it stands on a day; `use` is None where it is not in force or not limited."""

    id: int
    identifier: str
    name: str
    group: str
    days: str
    granted: str
    times: str
    two_at_once: bool
    state: Chip
    use: Use | None


def card(decision: Decision, grants: Sequence[Granted], worked: Iterable[Worked], today: date) -> DecisionCard:
    """The decision on `today`, or on its first day if it has not begun, or on its last."""
    versions = list(decision.versions.all())
    days = days_of(versions)
    shown = version_on(versions, today) or timeline(versions)[-1].value
    balance = balance_on(grants, decision.identifier, worked, today)
    return DecisionCard(
        decision.pk,
        decision.identifier,
        decision.name,
        str(GROUPS[decision.group]),
        span(days),
        granted_words(shown),
        times_words(shown),
        shown.two_at_once,
        state_chip(versions, today),
        None if balance is None else _use(balance),
    )


def state_chip(versions: Iterable[DecisionVersion], today: date) -> Chip:
    versions = list(versions)
    if version_on(versions, today) is not None:
        return Chip(_("In force"), "ok")
    if all(each.first > today for each in versions):
        return Chip(_("Coming"), "you")
    return Chip(_("Ended"))


def granted_words(version: DecisionVersion) -> str:
    """30 h a month."""
    if version.hours is None:
        return _("Hours are not limited")
    values = {"hours": hours(version.hours), "weeks": version.period_weeks}
    if version.per == Per.WEEK:
        return _("%(hours)s h a week") % values
    if version.per == Per.MONTH:
        return _("%(hours)s h a month") % values
    if version.per == Per.PERIOD:
        return _("%(hours)s h in %(weeks)s weeks") % values
    return _("%(hours)s h in all") % values


def times_words(version: DecisionVersion) -> str:
    """ma, ti, klo 8.00-20.00; days and clock times, empty: all of them."""
    names = ", ".join(weekday_name(number) for number in version.weekdays)
    clocks = version.clock_times.replace(":", ".").replace("-", "\u2013")
    if clocks:
        clocks = _("between %(times)s") % {"times": clocks}
    return ", ".join(each for each in (names, clocks) if each) or _("On any day, at any time")


def weekday_name(number: int) -> str:
    """1 Monday ... 7 Sunday, short."""
    return wording.weekday_short(_MONDAY + timedelta(days=number - 1), get_language())


def span(days: DateRange | None) -> str:
    """1.1.2026–31.12.2026, or from its first day for the time being."""
    if days is None or days.first is None:
        return ""
    if days.last is None:
        return _("from %(day)s for the time being") % {"day": wording.day(days.first)}
    return f"{wording.day(days.first)}\u2013{wording.day(days.last)}"


def hours(value: Decimal) -> str:
    """37,25 or 30: as many decimals as there are, two at most."""
    rounded = round(value, 2)
    places = 0 if rounded == rounded.to_integral_value() else 2
    return wording.number(rounded, places)


def _use(balance: Balance) -> Use | None:
    if balance.granted is None or balance.left is None:
        return None
    over = -balance.left if balance.left < 0 else Decimal(0)
    return Use(
        _("the whole decision") if balance.days.first is None else span(balance.days),
        hours(balance.granted),
        hours(balance.used),
        hours(max(balance.left, Decimal(0))),
        hours(over) if over else "",
        str(min(balance.used, balance.granted)),
        str(balance.granted),
    )
