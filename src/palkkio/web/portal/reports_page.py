"""Trips of a year with what was paid for them (PAY-3), for the carer's own tax return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import LineCode, Party
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import trips_of_year
from palkkio.entries.values import TripRow
from palkkio.formats.csv_export import Cell as CsvCell
from palkkio.formats.pdf import Trip, TripReport
from palkkio.organisations.queries import local_name, payer
from palkkio.payroll import access
from palkkio.payroll.queries import payslip_view, runs_of_sheets
from palkkio.people import access as people
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table, Total

YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class PaidTrip:
    """A trip with what was paid for it, in EUR; `paid_on` is None while it is not paid."""

    row: TripRow
    tax_free: Decimal
    taxable: Decimal
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class YearPage:
    has_trips: bool
    has_payslips: bool
    totals: Sequence[Total]
    table: Table


def years_of(viewer: Viewer, today: date) -> list[int]:
    """This year, and those before it in which something was paid; the newest first."""
    paid = {day.year for day in access.payslips(viewer).dates("payday", "year")}
    return sorted({today.year, *paid}, reverse=True)[:YEARS_BACK]


def year_of(viewer: Viewer, year: int) -> YearPage:
    trips = paid_trips(viewer, year)
    return YearPage(
        has_trips=bool(trips),
        has_payslips=access.payslips(viewer).filter(payday__year=year).exists(),
        totals=[
            Total(_("Kilometres"), wording.number(sum((each.row.kilometres for each in trips), Decimal(0)))),
            Total(_("Tax-free allowance"), wording.euros(sum((each.tax_free for each in trips), ZERO))),
            Total(_("Taxable allowance"), wording.euros(sum((each.taxable for each in trips), ZERO))),
            Total(_("By receipt"), wording.euros(sum((each.row.expense for each in trips), ZERO))),
        ],
        table=_table(trips),
    )


def paid_trips(viewer: Viewer, year: int) -> list[PaidTrip]:
    """Trips of a year by day, each with the rate by which its payslip paid it, rounded for the trip alone."""
    rows = trips_of_year(viewer, year)
    runs = runs_of_sheets({row.sheet_id for row in rows})
    rates = {
        sheet_id: (_rates(viewer, pay.payslip_id), pay.payday)
        for sheet_id, pay in runs.items()
        if pay.payslip_id is not None and pay.is_settled
    }
    trips = []
    for row in rows:
        by_day, payday = rates.get(row.sheet_id, ({}, None))
        free = by_day.get((LineCode.KILOMETRES, row.day), ZERO)
        taxed = by_day.get((LineCode.KILOMETRES_TAXABLE, row.day), ZERO)
        is_paid = payday is not None and (bool(free or taxed) or not row.kilometres)
        trips.append(
            PaidTrip(
                row, to_cents(row.kilometres * free), to_cents(row.kilometres * taxed), payday if is_paid else None
            )
        )
    return trips


def _rates(viewer: Viewer, payslip_id: int) -> dict[tuple[str, date], Decimal]:
    """EUR per kilometre by kind of line and day, as a payslip paid them."""
    view = payslip_view(access.payslip(viewer, payslip_id))
    return {
        (line.code, day): line.of for line in view.lines if line.unit == "km" and line.quantity > 0 for day in line.days
    }


def _table(trips: Sequence[PaidTrip]) -> Table:
    columns = [
        Column(_("Day"), place="title"),
        Column(_("Trip")),
        Column(_("Kilometres"), is_number=True, place="side"),
        Column(_("Allowance"), is_number=True),
        Column(_("Paid")),
    ]
    return Table(_("Trips"), columns, [Row(_cells(each)) for each in trips])


def _cells(trip: PaidTrip) -> list[Cell]:
    row = trip.row
    about = [row.purpose, row.recipient_name]
    return [
        Cell(wording.day(row.day), href=reverse("portal:period", args=[row.sheet_id]) + "#trips"),
        Cell(route(row) or row.purpose, note=" · ".join(each for each in about if each)),
        Cell(f"{wording.number(row.kilometres)} km" if row.kilometres else ""),
        _allowance(trip),
        Cell(wording.day(trip.paid_on) if trip.paid_on else _("not paid yet")),
    ]


def _allowance(trip: PaidTrip) -> Cell:
    """The sum, and what of it is taxed."""
    total = trip.tax_free + trip.taxable + trip.row.expense
    if not total:
        return Cell("")
    parts = [
        (trip.tax_free, _("tax free %(sum)s")),
        (trip.taxable, _("taxable %(sum)s")),
        (trip.row.expense, _("by receipt %(sum)s")),
    ]
    told = [words % {"sum": wording.number(amount, 2)} for amount, words in parts if amount]
    return Cell(wording.euros(total), note=", ".join(told))


def route(row: TripRow) -> str:
    return "–".join(place for place in (row.origin, row.destination) if place)


def trip_report(viewer: Viewer, year: int, *, language: str) -> TripReport:
    """The same trips as the PDF takes them."""
    organisation, person = payer(viewer.organisation_id), people.person(viewer, viewer.subject_person_id)
    return TripReport(
        year=year,
        payer=Party(local_name(organisation, language), organisation.business_id),
        payee=Party(person.name),
        trips=tuple(
            Trip(
                day=each.row.day,
                origin=each.row.origin,
                destination=each.row.destination,
                purpose=each.row.purpose,
                kilometres=each.row.kilometres,
                tax_free=each.tax_free,
                taxable=each.taxable,
                expense=each.row.expense,
                paid_on=each.paid_on,
            )
            for each in paid_trips(viewer, year)
        ),
    )


def csv_of(viewer: Viewer, year: int) -> tuple[list[str], list[list[CsvCell]]]:
    """Header and rows of the table for a spreadsheet."""
    header = [
        _("Day"),
        _("From"),
        _("To"),
        _("Purpose"),
        _("Care recipient"),
        _("Kilometres"),
        _("Tax free"),
        _("Taxable"),
        _("By receipt"),
        _("Paid"),
    ]
    rows: list[list[CsvCell]] = [
        [
            each.row.day,
            each.row.origin,
            each.row.destination,
            each.row.purpose,
            each.row.recipient_name,
            each.row.kilometres,
            each.tax_free,
            each.taxable,
            each.row.expense,
            each.paid_on,
        ]
        for each in paid_trips(viewer, year)
    ]
    return header, rows
