"""Decided amounts at the turn of a year: what each way makes of them, and the chosen ones proposed (X4, B3)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from palkkio.calculation.index import IndexMode, Revision, by_index
from palkkio.core.days import ONE_DAY
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.organisations.inputs import Amount, Inputs
from palkkio.rates import access
from palkkio.rates.actions import MOST, propose_rate
from palkkio.rates.models import HOLDS, Rate
from palkkio.rates.queries import profile_of
from palkkio.rates.rights import RATES
from palkkio.rules import Profile, RateNotConfirmed, figure, under

# What the Acts revise each year, with the law's minimum. Of other amounts the organisation decides alone (B3); what a
# client pays and what a kilometre gives follow figures of their own.
FEES: Mapping[tuple[str, str], str | None] = {
    (ContractKind.INFORMAL_CARE, "class_I"): "informal_care/minimum_fee",
    (ContractKind.INFORMAL_CARE, "class_II"): "informal_care/minimum_fee",
    (ContractKind.INFORMAL_CARE, "class_III"): "informal_care/transition_phase_minimum",
    (ContractKind.FAMILY_CARE, "monthly_fee"): "family_care/minimum_fee",
    (ContractKind.FAMILY_CARE, "daily_fee"): None,
}
ALLOWANCES: Mapping[tuple[str, str], str | None] = {
    (ContractKind.FAMILY_CARE, "expense_allowance"): "family_care/minimum_expense_allowance",
    (ContractKind.FAMILY_CARE, "expense_allowance_day"): None,
}
_OF_THEIR_OWN = ("client_charge", "kilometre")


class Revised(NamedTuple):
    """What one way makes of a rate.

    amount  EUR; None: the organisation decides it
    source  the figures that it comes from
    """

    amount: Decimal | None
    source: str = ""


class Way(NamedTuple):
    """How one rate is revised; `amount` is what the organisation has decided, EUR."""

    mode: IndexMode
    amount: Amount = None


@dataclass(frozen=True, slots=True)
class Revisable:
    """A rate that goes on over the turn of the year, and what each way would make of it.

    ways         those that can be had
    lacks_index  an Act revises it, by a figure that is not confirmed
    """

    rate: Rate
    ways: Mapping[IndexMode, Revised]
    lacks_index: bool

    @property
    def usual(self) -> IndexMode:
        """As an Act says; where none does, it stays as it is."""
        return IndexMode.INDEX if IndexMode.INDEX in self.ways else IndexMode.FROZEN


def revisable(viewer: Viewer, year: int) -> list[Revisable]:
    """Rates in force on the last day of the year before and on 1 January, for which nothing else is proposed."""
    first = date(year, 1, 1)
    rows = access.rates(viewer).exclude(series__code__in=_OF_THEIR_OWN)
    proposed = rows.filter(approved_at__isnull=True, valid__contains=first).order_by().values("series")
    going_on = rows.filter(HOLDS, valid__contains=first).filter(valid__contains=first - ONE_DAY)
    with under(profile_of(viewer.organisation_id)) as chosen:
        return [_revisable(rate, year, chosen) for rate in going_on.exclude(series__in=proposed)]


def _revisable(rate: Rate, year: int, chosen: Profile) -> Revisable:
    ways = {IndexMode.FROZEN: Revised(rate.amount), IndexMode.COUNCIL_DECISION: Revised(None)}
    of = (rate.series.contract_kind, rate.series.code)
    minimum = FEES.get(of) or ALLOWANCES.get(of)
    follows_index = of in FEES or of in ALLOWANCES
    if follows_index:
        with suppress(RateNotConfirmed):
            ways[IndexMode.INDEX] = _indexed(rate, year, chosen, minimum, is_allowance=of in ALLOWANCES)
    if minimum is not None:
        with suppress(RateNotConfirmed):
            ways[IndexMode.LEGAL_MINIMUM] = _least(minimum, year)
    return Revisable(rate, ways, lacks_index=follows_index and IndexMode.INDEX not in ways)


def _indexed(rate: Rate, year: int, chosen: Profile, minimum: str | None, *, is_allowance: bool) -> Revised:
    """By the index, at least the law's minimum where that is known. Raises RateNotConfirmed."""
    made = by_index(rate.amount, year, chosen, minimum=minimum, is_allowance=is_allowance)
    return _least(minimum, year) if made.lifted and minimum is not None else Revised(made.after, _coefficient(made))


def _least(minimum: str, year: int) -> Revised:
    """The law's minimum. Raises RateNotConfirmed."""
    least = figure(minimum).on(date(year, 1, 1))
    return Revised(least.value, f"{least.law}: {least.source}")


def _coefficient(made: Revision) -> str:
    if made.coefficient is None:
        return ""
    now, before = made.coefficient
    return f"{now.law}: {now.value} / {before.value}"


@transaction.atomic
def propose_revision(*, by: Viewer, at: datetime, year: int, ways: Mapping[int, Way], decision: str = "") -> list[Rate]:
    """Propose what the chosen ways make of rates on 1 January; what does not change needs no proposal.

    ways      by rate
    decision  the decision that decided amounts come from
    Each pays once a second person approves it. Raises InvalidInput on `mode_<rate>`, `amount_<rate>` and `decision`,
    NotAllowed.
    """
    by.require(*RATES)
    found = {each.rate.pk: each for each in revisable(by, year)}
    decided = {f"amount_{pk}": way.amount for pk, way in ways.items() if way.mode is IndexMode.COUNCIL_DECISION}
    inputs = Inputs({**decided, "decision": decision}, (*decided, "decision"))
    amounts = {
        field: inputs.decimal(field, "Enter the amount in euros, for example 97,55", places=4, most=MOST)
        for field in decided
    }
    ground = inputs.text("decision", 200, "Enter the decision that the amount comes from" if decided else "")
    for pk, way in ways.items():
        if pk not in found or way.mode not in found[pk].ways:
            inputs.error(f"mode_{pk}", "This has changed meanwhile. Look at it again.")
    inputs.check()
    made = []
    for pk, way in ways.items():
        rate, after = found[pk].rate, found[pk].ways[way.mode]
        amount = amounts[f"amount_{pk}"] if after.amount is None else after.amount
        if amount != rate.amount:
            made.append(_proposed(rate, year, amount, after.source or ground, by, at))
    return made


def _proposed(rate: Rate, year: int, amount: Decimal, source: str, by: Viewer, at: datetime) -> Rate:
    return propose_rate(
        by=by,
        at=at,
        contract_kind=rate.series.contract_kind,
        code=rate.series.code,
        fee_class=rate.series.fee_class,
        first=date(year, 1, 1),
        last=rate.valid.last,
        amount=amount,
        source=source[:200],
    )
