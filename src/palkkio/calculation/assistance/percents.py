"""Percentages of supplements and raises, by the figures of the rules or by what the payer has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import LAW
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import DateRange
from palkkio.rules import figure

AGREEMENT = "assistance/agreement/percent"
OWN = {"evening": "evening_percent", "night": "night_percent", "saturday": "saturday_percent"}


@dataclass(frozen=True, slots=True)
class Percent:
    """Per cent of the hourly pay, with its ground. `figure` is the key of the figure, or of the choice."""

    value: Decimal
    figure: str
    law: str
    source: str
    tag: str
    valid: DateRange | None


def percent_of_figure(key: str, day: date) -> Percent:
    """Raises RateNotConfirmed if the figure is unknown on `day`."""
    found = figure(key).on(day)
    return Percent(found.value, found.key, found.law, found.source, found.tag, found.valid)


class Supplements:
    """Percentages of supplements under the agreement: the payer's choice where one is made, else the figure."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._own: dict[str, Percent] = {}
        self._found: dict[str, Percent] = {}
        self._by_day = frozenset(name for name, key in OWN.items() if key in sheet.profile.decided)
        for name in OWN:
            if own := self._own_percent(name):
                self._own[name] = own
        self.evening_and_night_on_holidays = sheet.choice("public_holiday_evening_and_night").value == "yes"
        self.saturday_on_church_holidays = sheet.choice("church_holiday_saturday_supplement").value == "yes"

    def percent(self, name: str, day: date) -> Percent:
        """Raises RateNotConfirmed if the figure is unknown on `day`."""
        own = self._own_percent(name, day) if name in self._by_day else self._own.get(name)
        if own is not None and (own.valid is None or day in own.valid):
            return own
        found = self._found.get(name)
        if found is None or found.valid is None or day not in found.valid:
            found = self._found[name] = percent_of_figure(f"{AGREEMENT}/{name}", day)
        return found

    def _own_percent(self, name: str, day: date | None = None) -> Percent | None:
        choice = self._sheet.choice(OWN[name], day)
        if choice.value is None:
            return None
        return Percent(Decimal(choice.value), OWN[name], LAW, choice.source, choice.tag, choice.valid)
