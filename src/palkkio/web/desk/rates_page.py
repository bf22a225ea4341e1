"""Rates and rules (Taksat ja säännöt): decided amounts through time, figures of the law, the payer's choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.calculation.index import IndexMode
from palkkio.core.viewer import Viewer
from palkkio.rules import keys_of
from palkkio.rules.figures import Series, Value, figure_of_law, files
from palkkio.rules.tags import is_unverified, pays
from palkkio.web.contract_words import kind_name, rate_name
from palkkio.web.desk.decided_rows import DecidedRow, Timeline, decided_row
from palkkio.web.desk.pay_items_page import days_words
from palkkio.web.pay_lines import rate_words
from palkkio.web.rule_words import law_text, unit_rate
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table, View
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.rates.models import Rate, RateSeries
    from palkkio.rates.revising import Revisable

TABS: tuple[tuple[str, Promise], ...] = (
    ("desk:rates", lazy("Decided rates")),
    ("desk:law-figures", lazy("Figures of the law")),
    ("desk:choices", lazy("Choices of the payer")),
    ("desk:index", lazy("Yearly index")),
)
TAGS: dict[str, Promise] = {
    "V": lazy("read in the source"),
    "V2": lazy("read in a source, indirectly"),
    "S": lazy("read in the organisation's own document"),
    "R": lazy("not yet confirmed: pays, with a yellow note"),
    "C": lazy("computed: does not pay"),
    "C+R": lazy("computed from unconfirmed figures: does not pay"),
    "U": lazy("not known: does not pay"),
}
WAYS: dict[IndexMode, Promise] = {
    IndexMode.INDEX: lazy("By the index"),
    IndexMode.LEGAL_MINIMUM: lazy("The minimum of the law"),
    IndexMode.COUNCIL_DECISION: lazy("As decided, the amount below"),
    IndexMode.FROZEN: lazy("Stays as it is"),
}


def tabs(current: str) -> list[View]:
    return [View(str(text), reverse(name), is_current=name == current) for name, text in TABS]


# --- Decided rates ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KindOfContract:
    name: str
    timelines: Sequence[Timeline]


def kinds_of(rates: Sequence[Rate], viewer: Viewer, names: Mapping[int, str], *, today: date) -> list[KindOfContract]:
    """`rates` in the order of `rates.access.rates`: by kind, code, class."""
    found = []
    for kind, of_kind in groupby(rates, key=lambda rate: rate.series.contract_kind):
        timelines = []
        for series, of_series in groupby(of_kind, key=lambda rate: rate.series):
            timelines.append(Timeline(_of_what(series), [rate_row(rate, viewer, names, today) for rate in of_series]))
        found.append(KindOfContract(kind_name(kind), timelines))
    return found


def _of_what(series: RateSeries) -> str:
    name = rate_name(series.code)
    return _("%(rate)s, class %(class)s") % {"rate": name, "class": series.fee_class} if series.fee_class else name


def name_of(rate: Rate) -> str:
    """A rate of any kind of contract: "Omaishoito: hoitopalkkio, luokka I"."""
    return f"{kind_name(rate.series.contract_kind)}: {_of_what(rate.series)}"


def way_words(mode: IndexMode, revisable: Revisable) -> str:
    """A way to revise a rate with the amount that it gives."""
    amount = revisable.ways[mode].amount
    words = str(WAYS[mode])
    return words if amount is None else f"{words}: {rate_words(amount)} {unit_rate(revisable.rate.series.unit)}".strip()


def rate_row(rate: Rate, viewer: Viewer, names: Mapping[int, str], today: date) -> DecidedRow:
    amount = f"{rate_words(rate.amount)} {unit_rate(rate.series.unit)}".strip()
    return decided_row(rate, amount, "rate", viewer, names, today)


# --- Figures of the law ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LawFigure:
    """One figure through time with its sources."""

    name: str
    law: str
    now: str  # the value in force today, "" when there is none that pays
    confirmed: str
    table: Table
    enter_url: str  # "" where the rules have a confirmed figure for the days ahead


def law_figures(*, today: date) -> list[LawFigure]:
    """Each figure; where none that was read in a source holds today or later, the official one may be entered."""
    return [_law_figure(figure_of_law(key), file, today) for file in files() for key in keys_of(file)]


def figure_name(series: Series) -> str:
    language = reading_language()
    return series.name.get(language) or series.name["en"]


def _law_figure(series: Series, file: str, today: date) -> LawFigure:
    name = figure_name(series)
    columns = [
        Column(_("In force"), place="title"),
        Column(_("Value"), is_number=True, place="side"),
        Column(_("Certainty"), place="bare"),
        Column(_("Source"), place="bare"),
        Column(_("Read"), is_extra=True),
    ]
    rows = [_law_row(series, value, today) for value in reversed(series.values)]
    confirmed = _("Looked up to %(day)s. A later day does not pay by this figure.") % {
        "day": wording.day(series.confirmed_until)
    }
    return LawFigure(
        name,
        law_text(series.law),
        _in_force(series, today),
        confirmed,
        Table(name, columns, rows),
        reverse("desk:enter-figures", args=[file]) if _may_be_entered(series, today) else "",
    )


def _may_be_entered(series: Series, today: date) -> bool:
    """True where some days of this year or a later one have no figure that was read in a source."""
    ahead = [
        value for value in series.values if value.valid.end is None or value.valid.end > today.replace(month=1, day=1)
    ]
    sure = all(pays(value.tag) and not is_unverified(value.tag) for value in ahead)
    return not sure or series.confirmed_until < today.replace(year=today.year + 1)


def _in_force(series: Series, today: date) -> str:
    value = next((each for each in series.values if today in each.valid and pays(each.tag)), None)
    if value is None or value.value is None:
        return ""
    return value_words(value.value, series.unit)


def value_words(value: Decimal, unit: str) -> str:
    """A figure with its unit; a figure that says whether something holds is yes or no."""
    if unit == "yes/no":
        return str(_("yes") if value else _("no"))
    return f"{wording.number(value)} {unit_words(unit)}".strip()


def _law_row(series: Series, value: Value, today: date) -> Row:
    tone = "error" if not pays(value.tag) else "warn" if is_unverified(value.tag) else ""
    chips = [Chip(str(TAGS[value.tag.value]), tone)]  # type: ignore[arg-type]
    if today in value.valid:
        chips.insert(0, Chip(_("In force"), "ok"))
    figure_words = "–" if value.value is None else value_words(value.value, series.unit)
    return Row(
        [
            Cell(days_words(value.valid)),
            Cell(figure_words, strong=True),
            Cell(chips=chips),
            Cell(value.source),
            Cell(wording.day(value.read)),
        ]
    )


def unit_words(unit: str) -> str:
    """A figure's unit in words; one without a unit has none."""
    known = {
        "EUR": "€",
        "index": "",
        "EUR/km": _("€ a kilometre"),
        "EUR/month": _("€ a month"),
        "EUR/day": _("€ a day"),
        "EUR/h": _("€ an hour"),
        "years": _("years"),
        "days": _("days"),
        "hours": _("hours"),
        "h": _("hours"),
        "weeks": _("weeks"),
        "months": _("months"),
        "multiplier": "",
        "o'clock": _("o'clock"),
    }
    return str(known.get(unit, unit))
