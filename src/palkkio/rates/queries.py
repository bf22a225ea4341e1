"""Reads decided rates through time."""

from __future__ import annotations

from collections.abc import Collection
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

Timelines = dict[tuple[str, str], list[Dated[RateFact]]]


def timelines(organisation_id: int, contract_kind: str, days: DateRange) -> Timelines:
    """Approved rates of a kind of contract by (code, fee class), each in order of days, as far as they touch `days`.

    A rate that is decided, but not for `days`, has an empty list: nobody is then paid by another class's amount.
    """
    return timelines_of_kinds(organisation_id, [contract_kind], days)[contract_kind]


def timelines_of_kinds(organisation_id: int, contract_kinds: Collection[str], days: DateRange) -> dict[str, Timelines]:
    """As `timelines`, by kind of contract; one query."""
    found: dict[str, Timelines] = {kind: {} for kind in contract_kinds}
    rows = Rate.objects.filter(
        HOLDS, organisation_id=organisation_id, series__contract_kind__in=[str(kind) for kind in contract_kinds]
    ).order_by("valid", "series__code", "series__fee_class", "pk")
    columns = ("series__contract_kind", "series__code", "series__fee_class", "valid", "amount", "source")
    for kind, code, fee_class, valid, amount, source in rows.values_list(*columns):
        timeline = found[kind].setdefault((code, fee_class), [])
        if valid.overlap(days):
            timeline.append(Dated(valid, RateFact(amount=amount, source=source, valid=valid)))
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
