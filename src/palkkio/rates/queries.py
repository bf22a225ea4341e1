"""Reads of decided amounts."""

from __future__ import annotations

from typing import TypeAlias

from palkkio.calculation.facts import RateFact
from palkkio.core.days import Dated, DateRange
from palkkio.rates.models import Rate

Timelines: TypeAlias = dict[tuple[str, str], list[Dated[RateFact]]]


def timelines(organisation_id: int, contract_kind: str, days: DateRange) -> Timelines:
    """Approved amounts of a kind of contract that are in force on any of `days`, by code and fee class.

    The pieces of a timeline are in the order of their days and do not overlap. One query.
    """
    found: Timelines = {}
    rows = Rate.objects.filter(
        organisation_id=organisation_id,
        series__contract_kind=str(contract_kind),
        approved_at__isnull=False,
        valid__overlap=days,
    )
    for code, fee_class, valid, amount, source in rows.order_by("valid").values_list(
        "series__code", "series__fee_class", "valid", "amount", "source"
    ):
        piece = Dated(valid, RateFact(amount=amount, source=source, valid=valid))
        found.setdefault((code, fee_class), []).append(piece)
    return found
