"""Reads decided rates through time."""

from __future__ import annotations

from copy import copy

from django.db.models import QuerySet

from palkkio.calculation.facts import RateFact
from palkkio.core.days import Dated, DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.organisations.queries import payer
from palkkio.rates import access, editions
from palkkio.rates.models import HOLDS, OfficialFigure, PolicyChoice, Rate
from palkkio.rules import choice_kinds


def timelines(
    organisation_id: int, contract_kind: str, days: DateRange
) -> dict[tuple[str, str], list[Dated[RateFact]]]:
    """Approved rates of a kind of contract by (code, fee class), each in order of days, as far as they touch `days`.

    A rate that is decided, but not for `days`, has an empty list: nobody is then paid by another class's amount.
    """
    rows = (
        Rate.objects.filter(HOLDS, organisation_id=organisation_id, series__contract_kind=str(contract_kind))
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


def profile_of(organisation_id: int) -> str:
    """Name of the payer's choices as they stand now, with those decided by day and the official figures entered.

    `rules.profile` knows it in this process; the name stands for the content for ever. Three queries.
    """
    return editions.name_of(
        payer(organisation_id).profile, editions.content_of(*editions.rows_in_force(organisation_id))
    )


def profile_with(organisation_id: int, row: PolicyChoice | OfficialFigure, days: DateRange) -> str:
    """As `profile_of`, as if a proposal held on all of `days`: for previews."""
    choices, figures = editions.rows_in_force(organisation_id)
    tried = copy(row)
    tried.valid = days
    if isinstance(tried, PolicyChoice):
        choices = [tried, *choices]
    else:
        figures = [tried, *figures]
    return editions.name_of(payer(organisation_id).profile, editions.content_of(choices, figures))


def kinds_asking(row: PolicyChoice | OfficialFigure) -> tuple[str, ...]:
    """Kinds of contract whose pay may ask a choice or figure."""
    return choice_kinds()[row.key].used_by if isinstance(row, PolicyChoice) else tuple(ContractKind)


def profile_known(name: str, organisation_id: int) -> str:
    """The name of choices that facts were computed by, readable in this process. Raises KeyError for an unknown one."""
    return editions.known(name, organisation_id)


def to_approve(viewer: Viewer) -> QuerySet[Rate]:
    """Proposals that wait for a second person; those of the viewer wait for somebody else."""
    return access.rates(viewer).filter(approved_at__isnull=True).exclude(proposed_by_id=viewer.account_id)


def state_of(rate: Rate | PolicyChoice | OfficialFigure) -> str:
    """proposed or approved."""
    return "proposed" if rate.approved_at is None else "approved"
