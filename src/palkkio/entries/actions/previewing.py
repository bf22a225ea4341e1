"""What a reported change would do to the fee, before anybody accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from palkkio.calculation.effect import Effect, effects
from palkkio.contracts import access as contracts
from palkkio.core.days import DateRange, add_months, months_between
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.actions.changes import accept_change
from palkkio.entries.queries.facts import facts_of_months
from palkkio.organisations.access import one
from palkkio.rates.queries import profile_of

MOST_MONTHS = 14


def preview_change(
    report_id: int, *, by: Viewer, at: datetime, today: date, values: Mapping[str, Any] | None = None
) -> tuple[Effect[DateRange], ...]:
    """The months that a change touches, each before and after it, in order; EUR before deductions.

    The change is accepted and taken back in one transaction, so that the preview is what accepting does. Months go from
    the first day of the change to the month after today. Raises as `accept_change` does.
    """
    report = one(access.change_reports(by), report_id)
    contract = one(contracts.contracts(by), report.contract_id)
    profile = profile_of(contract.organisation_id)
    first = min(report.first, today)
    months = list(months_between(first, add_months(max(today, report.first, report.last or report.first), 1)))
    months = months[:MOST_MONTHS]
    with transaction.atomic():
        before = facts_of_months(contract, months)
        accept_change(report_id, by=by, at=at, values=values)
        after = facts_of_months(one(contracts.contracts(by), contract.pk), months)
        transaction.set_rollback(True)
    found = effects(before, after, old=profile, new=profile)
    return tuple(sorted(found, key=lambda each: each.contract.edges))
