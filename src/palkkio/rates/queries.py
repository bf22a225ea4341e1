"""Reads decided rates through time."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.calculation.facts import RateFact
from palkkio.core.days import Dated, DateRange
from palkkio.core.viewer import Viewer
from palkkio.rates import access
from palkkio.rates.models import Rate


def timelines(
    organisation_id: int, contract_kind: str, days: DateRange
) -> dict[tuple[str, str], list[Dated[RateFact]]]:
    """Approved rates of a kind of contract by (code, fee class), each in order of days, as far as they touch `days`.

    A rate that is decided, but not for `days`, has an empty list: nobody is then paid by another class's amount.
    """
    rows = (
        Rate.objects.filter(
            organisation_id=organisation_id, series__contract_kind=str(contract_kind), approved_at__isnull=False
        )
        .select_related("series")
        .order_by("valid", "series__code", "series__fee_class", "pk")
    )
    found: dict[tuple[str, str], list[Dated[RateFact]]] = {}
    for rate in rows:
        timeline = found.setdefault((rate.series.code, rate.series.fee_class), [])
        valid: DateRange = rate.valid
        if valid.overlap(days):
            timeline.append(Dated(valid, RateFact(amount=rate.amount, source=rate.source, valid=valid)))
    return found


def to_approve(viewer: Viewer) -> QuerySet[Rate]:
    """Proposals that wait for a second person; those of the viewer wait for somebody else."""
    return access.rates(viewer).filter(approved_at__isnull=True).exclude(proposed_by_id=viewer.account_id)


def state_of(rate: Rate) -> str:
    """proposed or approved."""
    return "proposed" if rate.approved_at is None else "approved"
