"""Percentages of supplements and raises, by the figures of the rules or by what the payer has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import LAW
from palkkio.core.days import DateRange
from palkkio.rules import Figure, Profile, figure

AGREEMENT = "assistance/agreement/percent"
OWN = {"evening": "evening_percent", "night": "night_percent", "saturday": "saturday_percent"}


@dataclass(frozen=True, slots=True)
class OwnPercent:
    """Per cent of the hourly pay that a payer has chosen, with its ground. `key` is that of the choice."""

    value: Decimal
    key: str
    law: str
    source: str
    tag: str
    valid: DateRange | None


Percent = Figure | OwnPercent


def percent_of_supplement(name: str, day: date, profile: Profile) -> Percent:
    """Percentage of a supplement under the agreement: the payer's choice where one is made, else the figure.

    Raises RateNotConfirmed if the figure is unknown on `day`.
    """
    if name in OWN:
        choice = profile.choice(OWN[name], day)
        if choice.value is not None and (choice.valid is None or day in choice.valid):
            return OwnPercent(Decimal(choice.value), OWN[name], LAW, choice.source, choice.tag, choice.valid)
    return figure(f"{AGREEMENT}/{name}").on(day)
