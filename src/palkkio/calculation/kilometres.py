"""The tax-free part of a kilometre allowance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.core.payslip import ContractKind
from palkkio.rules import Profile, RateNotConfirmed, figure
from palkkio.rules.tags import pays

LIMIT = "travel/kilometre/commission_tax_free"
WAGE_EARNER = "travel/kilometre/wage_earner_maximum"
CHOICE = "tax_free_kilometre"


@dataclass(frozen=True, slots=True)
class Limit:
    """EUR per kilometre that is tax free, and what that rests on."""

    value: Decimal
    key: str
    tag: str
    source: str


def limit_for(kind: ContractKind, profile: Profile, day: date) -> Limit:
    """What of a kilometre driven on `day` is tax free: for an employee the wage earner's maximum of the law.

    Raises RateNotConfirmed.
    """
    if kind is not ContractKind.PERSONAL_ASSISTANCE:
        return tax_free_limit(profile, day)
    found = figure(WAGE_EARNER).on(day)
    return Limit(found.value, WAGE_EARNER, found.tag, found.source)


def tax_free_limit(profile: Profile, day: date) -> Limit:
    """What of a kilometre driven on `day` is tax free for a commission carer (verovapaa kilometrikorvaus).

    The law's figure where it is confirmed; else the payer's own choice, which the caller marks with a yellow note.
    Raises RateNotConfirmed where there is neither.
    """
    try:
        found = figure(LIMIT).on(day)
    except RateNotConfirmed:
        chosen = profile.choice(CHOICE, day)
        if chosen.value is None or not pays(chosen.tag) or (chosen.valid is not None and day not in chosen.valid):
            raise
        return Limit(Decimal(chosen.value), LIMIT, chosen.tag, chosen.source)
    return Limit(found.value, LIMIT, found.tag, found.source)
