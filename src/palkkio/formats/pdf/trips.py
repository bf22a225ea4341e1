"""Kilometre allowances and trips of a year, for the carer's own tax return (PAY-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Party
from palkkio.formats import figures
from palkkio.formats.pdf.tables import Data, fact, frame, section, table
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import Words, words


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip; sums in EUR, kilometres as driven. `paid_on` is None while it is not paid."""

    day: date
    origin: str
    destination: str
    purpose: str
    kilometres: Decimal
    tax_free: Decimal
    taxable: Decimal
    expense: Decimal  # by receipt
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class TripReport:
    """Trips whose day is in `year`, in any order."""

    year: int
    payer: Party
    payee: Party
    trips: tuple[Trip, ...]


def trip_report_pdf(report: TripReport, *, typesetter: Typesetter, language: str, made_at: datetime) -> bytes:
    """The report as tagged PDF/UA-1. Raises ValueError for a trip of another year or an unknown language."""
    return typesetter.pdf("report", trip_report_data(report, language=language, made_at=made_at), made_at=made_at)


def trip_report_data(report: TripReport, *, language: str, made_at: datetime) -> Data:
    w = words(language)
    if any(trip.day.year != report.year for trip in report.trips):
        raise ValueError("A report of trips holds those of one year")
    trips = sorted(report.trips, key=lambda trip: (trip.day, trip.origin, trip.destination))
    sections = [
        section(w("trips.year"), _by_month(w, report.year, trips)),
        section(w("trips.trips"), _each(w, trips)),
    ]
    return {
        **frame(
            w,
            title=w("trips.title", year=str(report.year)),
            subtitle=(report.payee.name,),
            payer=report.payer,
            made_at=made_at,
        ),
        "intro": [w("trips.intro")] if trips else [w("trips.none")],
        "facts": [fact(w("parties.payer"), report.payer.name), fact(w("parties.payee"), report.payee.name)],
        "sections": sections if trips else [],
        "outro": [],
    }


def _sums(trips: Sequence[Trip]) -> tuple[str, str, str, str]:
    return (
        figures.number(sum((trip.kilometres for trip in trips), Decimal(0))),
        figures.amount(sum((trip.tax_free for trip in trips), ZERO)),
        figures.amount(sum((trip.taxable for trip in trips), ZERO)),
        figures.amount(sum((trip.expense for trip in trips), ZERO)),
    )


def _sum_columns(w: Words) -> list[tuple[str, str]]:
    return [(w(f"trips.{name}"), "number") for name in ("kilometres", "tax_free", "taxable", "expense")]


def _by_month(w: Words, year: int, trips: Sequence[Trip]) -> Data:
    rows = [
        (w.month(DateRange.of_month(year, month)), *_sums([trip for trip in trips if trip.day.month == month]))
        for month in sorted({trip.day.month for trip in trips})
    ]
    return table(
        [(w("trips.month"), "wide"), *_sum_columns(w)], [*rows, (w("trips.all"), *_sums(trips))] if rows else [], sums=1
    )


def _each(w: Words, trips: Sequence[Trip]) -> Data:
    rows = [
        (
            figures.day(trip.day),
            " – ".join(place for place in (trip.origin, trip.destination) if place),
            trip.purpose,
            *_sums([trip]),
            figures.day(trip.paid_on) if trip.paid_on else w("trips.not_paid"),
        )
        for trip in trips
    ]
    columns = [(w("trips.day"), "text"), (w("trips.route"), "wide"), (w("trips.purpose"), "wide")]
    return table([*columns, *_sum_columns(w), (w("trips.paid"), "text")], rows)
