"""Year end: what payslips and register say of a year, and what the law's figures still lack for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.core.money import ZERO
from palkkio.payroll.queries.years import PayeeYear, payee_years
from palkkio.reporting.models import Report
from palkkio.reporting.queries import Compared
from palkkio.rules import RateNotConfirmed, figure, keys


@dataclass(frozen=True, slots=True)
class Year:
    """A year by payday; `rows` compare payslips with reports that stand and with those the register has accepted."""

    year: int
    payees: Sequence[PayeeYear]
    rows: Sequence[Compared]
    missing_figures: Sequence[str]  # keys of figures without a confirmed value on 1 January of the next year

    @property
    def agrees(self) -> bool:
        return all(row.agrees for row in self.rows)


def year_end(organisation_id: int, year: int) -> Year:
    """What is closed at the end of a year; a few queries for any number of payees."""
    payees = payee_years(organisation_id, year)
    reported, accepted = _reported(organisation_id, year)
    rows = [
        Compared(
            name,
            sum((getattr(each, field) for each in payees), ZERO),
            reports=reported.get(code, ZERO) if reported else None,
            register=accepted.get(code, ZERO) if accepted else None,
        )
        for name, field, code in (("Withholding", "withholding", "402"), ("Pension contributions", "pension", "413"))
    ]
    return Year(year, payees, rows, missing_figures(date(year + 1, 1, 1)))


def _reported(organisation_id: int, year: int) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Sums by income type of the latest version of each report, and of the latest one that was accepted."""
    rows = Report.objects.filter(
        organisation_id=organisation_id,
        person__isnull=False,
        delivery__payday__year=year,
        delivery__is_cancelled=False,
    ).order_by("version")
    latest: dict[str, dict[str, str]] = {}
    accepted: dict[str, dict[str, str]] = {}
    for report_id, action, state, totals in rows.values_list("report_id", "action", "state", "totals").iterator():
        kept = {} if action == Report.Action.INVALIDATION else totals
        latest[report_id] = kept
        if state == Report.State.ACCEPTED:
            accepted[report_id] = kept
    return _added(latest), _added(accepted)


def _added(reports: dict[str, dict[str, str]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for totals in reports.values():
        for code, amount in totals.items():
            sums[code] = sums.get(code, ZERO) + Decimal(amount)
    return sums


def missing_figures(day: date) -> list[str]:
    """Keys of the law's figures that nobody has confirmed for a day though they are for the day before its year."""
    missing = []
    for key in keys():
        try:
            figure(key).on(date(day.year - 1, 12, 31))
        except RateNotConfirmed:
            continue  # not in force any more, or never was
        try:
            figure(key).on(day)
        except RateNotConfirmed:
            missing.append(key)
    return missing
