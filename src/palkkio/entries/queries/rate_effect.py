"""What a proposed rate would do: who gains and who loses how much in a month that is known (BEY-11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from palkkio.calculation.effect import Effect, Summary, effects, summary
from palkkio.calculation.facts import RateFact
from palkkio.contracts import access as contracts
from palkkio.contracts.timelines import Trial
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.entries.queries.facts import facts_of_contracts
from palkkio.organisations.queries import payer

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.rates.models import Rate

MOST = 5000  # contracts of one preview


@dataclass(frozen=True, slots=True)
class RateEffect:
    """The effect of a rate on one care month, the largest first.

    counted, of  how many contracts were computed, and how many there are
    """

    month: DateRange
    effects: tuple[Effect[int], ...]
    contracts: dict[int, Contract]
    total: Summary
    counted: int
    of: int


def effect_of_rate(viewer: Viewer, rate: Rate, month: DateRange) -> RateEffect:
    """The month as it stands, and as it would be if the rate had held on all its days. Writes nothing.

    Contracts that agree on the amount themselves do not change; nor do those whose days ask for another one.
    """
    rows = contracts.contracts(viewer).filter(
        kind=rate.series.contract_kind, signed_on__isnull=False, valid__overlap=month
    )
    chosen = {each.pk: each for each in rows.order_by("pk")[:MOST]}
    trial = Trial((rate.series.code, rate.series.fee_class), RateFact(rate.amount, rate.source))
    profile = payer(viewer.organisation_id).profile
    before = facts_of_contracts(chosen.values(), month)
    after = facts_of_contracts(chosen.values(), month, trial)
    found = effects(before, after, old=profile, new=profile)
    of = len(chosen) if len(chosen) < MOST else rows.count()
    return RateEffect(month, found, chosen, summary(found), len(chosen), of)
