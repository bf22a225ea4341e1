"""Percentages of supplements and raises, by the figures of the rules or the payer's own choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import LAW
from palkkio.core.days import DateRange
from palkkio.rules import Profile, figure

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
    return Percent(found.value, key, found.law, found.source, found.tag, found.valid)


def supplement_percent(name: str, day: date, profile: Profile) -> Percent:
    """The percentage of a supplement under the agreement: the payer's choice where one is made, else the figure."""
    if name in OWN:
        choice = profile.choice(OWN[name])
        if choice.value is not None and (choice.valid is None or day in choice.valid):
            return Percent(Decimal(choice.value), OWN[name], LAW, choice.source, choice.tag, choice.valid)
    return percent_of_figure(f"{AGREEMENT}/{name}", day)
