"""What a proposed rate, choice or figure would do: who gains and loses how much in a known month (BEY-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from palkkio.calculation.effect import Effect, Summary, effects, summary
from palkkio.calculation.facts import MonthFacts, RateFact
from palkkio.contracts import access
from palkkio.contracts.queries import terms_facts
from palkkio.contracts.timelines import Trial
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.entries.queries.facts import facts_of_contracts
from palkkio.rates.queries import kinds_asking, profile_of, profile_with

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.rates.models import OfficialFigure, PolicyChoice, Rate

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
    trial = Trial((rate.series.code, rate.series.fee_class), RateFact(rate.amount, rate.source))
    profile = profile_of(viewer.organisation_id)
    return _effect(viewer, (rate.series.contract_kind,), month, trial, old=profile, new=profile)


def effect_of_decided(viewer: Viewer, row: PolicyChoice | OfficialFigure, month: DateRange) -> RateEffect:
    """The same of a choice or of official figures that are proposed: as if they had held on all days of the month."""
    old = profile_of(viewer.organisation_id)
    return _effect(
        viewer, kinds_asking(row), month, None, old=old, new=profile_with(viewer.organisation_id, row, month)
    )


def _effect(
    viewer: Viewer, kinds: Sequence[str], month: DateRange, trial: Trial | None, *, old: str, new: str
) -> RateEffect:
    rows = access.contracts(viewer).filter(kind__in=kinds, signed_on__isnull=False, valid__overlap=month)
    chosen = {each.pk: each for each in rows.order_by("pk")[:MOST]}
    before = facts_of_contracts(chosen.values(), month)
    after = before if trial is None else _tried(before, chosen, month, trial)
    found = effects(before, after, old=old, new=new)
    of = len(chosen) if len(chosen) < MOST else rows.count()
    return RateEffect(month, found, chosen, summary(found), len(chosen), of)


def _tried(
    before: Mapping[int, MonthFacts], contracts: Mapping[int, Contract], month: DateRange, trial: Trial
) -> dict[int, MonthFacts]:
    """The same months under terms by which the rate holds."""
    terms = terms_facts(contracts.values(), month, trial)
    return {pk: replace(facts, terms=terms[pk]) for pk, facts in before.items()}
