"""Choices of the payer and official figures that it has entered, as timelines (SYS-3, BEY-11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.viewer import Viewer
from palkkio.rates.deciding import columns_of, key_of
from palkkio.rules import choice_kinds, profile
from palkkio.rules.figures import figure_of_law
from palkkio.web.choice_words import choice_name, ground_words, value_words
from palkkio.web.desk import rates_page
from palkkio.web.desk.decided_rows import Timeline, decided_row, names_in

if TYPE_CHECKING:
    from palkkio.rates.models import OfficialFigure, PolicyChoice


def choice_lines(rows: Sequence[PolicyChoice], base: str, viewer: Viewer, *, today: date) -> list[Timeline]:
    """Every choice with what holds by default, or by the profile `base`, and what was decided, the latest first."""
    names, made = names_in(rows, viewer), profile(base)
    by_key = {key: list(some) for key, some in groupby(rows, key=lambda row: row.key)}
    found = []
    for key, kind in choice_kinds().items():
        choice = made.choice(key)
        holds = value_words(kind, choice.value)
        found.append(
            Timeline(
                name=choice_name(key),
                rows=[
                    decided_row(row, value_words(kind, row.value), "choice", viewer, names, today)
                    for row in by_key.get(key, ())
                ],
                note=(_("own choice: %(value)s") if key in made.choices else _("default: %(value)s"))
                % {"value": holds},
                url=reverse("desk:propose-choice", args=[key]),
                ground=ground_words(choice.source),
            )
        )
    return found


def figure_lines(rows: Sequence[OfficialFigure], viewer: Viewer, *, today: date) -> list[Timeline]:
    """The official figures entered, by file of the rules, the latest first."""
    names = names_in(rows, viewer)
    return [
        Timeline(
            file_name(file),
            [decided_row(row, values_words(row), "figure", viewer, names, today) for row in some],
        )
        for file, some in groupby(rows, key=lambda row: row.file)
    ]


def values_words(row: OfficialFigure) -> str:
    """The figures of one row with their units; of a table each with its column."""
    return " · ".join(
        f"{column}: {_value(row, column)}" if column else _value(row, column)
        for column in sorted(row.values, key=_order)
    )


def file_name(file: str) -> str:
    """Name of a file of figures, without its column."""
    columns = columns_of(file)
    if not columns:
        return file
    name = rates_page.figure_name(figure_of_law(key_of(file, columns[0])))
    return name.rpartition(": ")[0] if columns[0] else name


def _value(row: OfficialFigure, column: str) -> str:
    return rates_page.value_words(Decimal(row.values[column]), figure_of_law(key_of(row.file, column)).unit)


def _order(column: str) -> tuple[int, str]:
    """Steps of a table in the order of their numbers."""
    return (int(column), "") if column.isdigit() else (0, column)
