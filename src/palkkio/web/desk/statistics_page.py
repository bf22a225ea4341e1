"""Informal care support in figures, for the board (OHT-8): tables, and the same as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.formats.csv_export import Cell as Value
from palkkio.payroll.queries.statistics import AGES, CareStatistics, Group
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table, View

YEARS = 4
CSV_HEADER = ("group", "name", "care_recipients", "carers", "gross")


@dataclass(frozen=True, slots=True)
class Grouped:
    """One way to group; `name` in the file, `title` on the page."""

    name: str
    title: str
    rows: Sequence[tuple[str, Group]]


def years(current: int, year: int) -> list[View]:
    return [
        View(str(each), reverse("desk:care-statistics", args=[each]), is_current=each == year)
        for each in range(current, current - YEARS, -1)
    ]


def grouped(found: CareStatistics, municipalities: Mapping[int, str]) -> list[Grouped]:
    """Each in its own order: classes and ages upwards, municipalities by name; the whole last."""
    classes = sorted(found.by_class.items())
    ages = [(band, found.by_age[band]) for band in (*AGES, None) if band in found.by_age]
    places = sorted((municipalities.get(pk, ""), group) for pk, group in found.by_municipality.items())
    return [
        Grouped("fee_class", _("By fee class"), [(name or _("no class"), group) for name, group in classes]),
        Grouped("age", _("By age of the care recipient"), [(_age(band), group) for band, group in ages]),
        Grouped("municipality", _("By municipality"), places),
        Grouped("total", _("In all"), [(_("In all"), found.total)]),
    ]


def table_of(of: Grouped) -> Table:
    columns = [
        Column(_("Group"), place="title"),
        Column(_("Care recipients"), is_number=True),
        Column(_("Carers"), is_number=True),
        Column(_("Gross €"), is_number=True, place="side"),
    ]
    return Table(of.title, columns, [_row(name, group) for name, group in of.rows])


def csv_rows(groups: Iterable[Grouped]) -> list[tuple[Value, ...]]:
    return [(of.name, name, group.recipients, group.carers, group.gross) for of in groups for name, group in of.rows]


def _row(name: str, group: Group) -> Row:
    counts = [Cell(wording.number(each)) for each in (group.recipients, group.carers)]
    return Row([Cell(name), *counts, Cell(wording.number(group.gross, 2), strong=True)])


def _age(band: tuple[int, int | None] | None) -> str:
    if band is None:
        return _("day of birth not known")
    least, most = band
    return _("%(age)s or older") % {"age": least} if most is None else f"{least}–{most}"
