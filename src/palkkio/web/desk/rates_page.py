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
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.core.viewer import Viewer
from palkkio.rules import choice_kinds, figure, keys, profile
from palkkio.rules.figures import Series, Value
from palkkio.rules.tags import is_unverified, pays
from palkkio.web.contract_words import kind_name, rate_name
from palkkio.web.desk.pay_items_page import days_words
from palkkio.web.desk.run_words import moment
from palkkio.web.pay_lines import rate_words
from palkkio.web.rule_words import law_text, unit_rate
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table, View

if TYPE_CHECKING:
    from palkkio.rates.models import Rate

TABS: tuple[tuple[str, Promise], ...] = (
    ("desk:rates", lazy("Decided rates")),
    ("desk:law-figures", lazy("Figures of the law")),
    ("desk:choices", lazy("Choices of the payer")),
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


def tabs(current: str) -> list[View]:
    return [View(str(text), reverse(name), is_current=name == current) for name, text in TABS]


# --- Decided rates ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RateRow:
    """One value of a timeline with what this reader may do to it, and why not."""

    id: int
    amount: str
    days: str
    source: str
    by: str
    chip: Chip
    is_waiting: bool
    may_approve: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """One amount through time, the latest first."""

    name: str
    rows: Sequence[RateRow]


@dataclass(frozen=True, slots=True)
class KindOfContract:
    name: str
    timelines: Sequence[Timeline]


def kinds_of(rates: Sequence[Rate], viewer: Viewer, names: Mapping[int, str], *, today: date) -> list[KindOfContract]:
    """`rates` in the order of `rates.access.rates`: by kind, code, class."""
    found = []
    for kind, of_kind in groupby(rates, key=lambda rate: rate.series.contract_kind):
        timelines = []
        for (code, fee_class), of_series in groupby(
            of_kind, key=lambda rate: (rate.series.code, rate.series.fee_class)
        ):
            name = rate_name(code)
            if fee_class:
                name = _("%(rate)s, class %(class)s") % {"rate": name, "class": fee_class}
            timelines.append(Timeline(name, [rate_row(rate, viewer, names, today) for rate in of_series]))
        found.append(KindOfContract(kind_name(kind), timelines))
    return found


def rate_row(rate: Rate, viewer: Viewer, names: Mapping[int, str], today: date) -> RateRow:
    waits = rate.approved_at is None
    is_own = rate.proposed_by_id == viewer.account_id
    proposed = _("Proposed by %(who)s, %(when)s") % {
        "who": names.get(rate.proposed_by_id, "–"),
        "when": moment(rate.proposed_at),
    }
    if rate.approved_at is not None:
        proposed += ". " + _("Approved by %(who)s, %(when)s") % {
            "who": names.get(rate.approved_by_id or 0, "–"),
            "when": moment(rate.approved_at),
        }
    return RateRow(
        id=rate.pk,
        amount=f"{rate_words(rate.amount)} {unit_rate(rate.series.unit)}".strip(),
        days=days_words(rate.valid),
        source=rate.source,
        by=proposed,
        chip=_rate_chip(rate, today),
        is_waiting=waits,
        may_approve=waits and not is_own,
        why_not=_("You proposed this rate. A colleague approves it.") if waits and is_own else "",
    )


def _rate_chip(rate: Rate, today: date) -> Chip:
    if rate.approved_at is None:
        return Chip(_("Waits for a second person"), "warn")
    if today in rate.valid:
        return Chip(_("In force"), "ok")
    return Chip(_("Begins later"), "you") if rate.valid.first and rate.valid.first > today else Chip(_("Ended"))


# --- Figures of the law ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LawFigure:
    """One figure through time with its sources."""

    name: str
    law: str
    now: str  # the value in force today, "" when there is none that pays
    confirmed: str
    table: Table


def law_figures(*, today: date) -> list[LawFigure]:
    return [_law_figure(figure(key), today) for key in keys()]


def _law_figure(series: Series, today: date) -> LawFigure:
    language = (get_language() or "fi")[:2]
    name = series.name.get(language) or series.name["en"]
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
    return LawFigure(name, law_text(series.law), _in_force(series, today), confirmed, Table(name, columns, rows))


def _in_force(series: Series, today: date) -> str:
    value = next((each for each in series.values if today in each.valid and pays(each.tag)), None)
    if value is None or value.value is None:
        return ""
    return _value_words(value.value, series.unit)


def _value_words(value: Decimal, unit: str) -> str:
    """A figure with its unit; a figure that says whether something holds is yes or no."""
    if unit == "yes/no":
        return str(_("yes") if value else _("no"))
    return f"{wording.number(value)} {_unit(unit)}".strip()


def _law_row(series: Series, value: Value, today: date) -> Row:
    tone = "error" if not pays(value.tag) else "warn" if is_unverified(value.tag) else ""
    chips = [Chip(str(TAGS[value.tag.value]), tone)]  # type: ignore[arg-type]
    if today in value.valid:
        chips.insert(0, Chip(_("In force"), "ok"))
    figure_words = "–" if value.value is None else _value_words(value.value, series.unit)
    return Row(
        [
            Cell(days_words(value.valid)),
            Cell(figure_words, strong=True),
            Cell(chips=chips),
            Cell(value.source),
            Cell(wording.day(value.read)),
        ]
    )


def _unit(unit: str) -> str:
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
        "o'clock": _("o'clock"),
    }
    return str(known.get(unit, unit))


# --- Choices ---------------------------------------------------------------------------------------------------------


def choices_table(profile_name: str) -> Table:
    """What the payer has chosen where the law leaves a choice; the rest holds by default."""
    made = profile(profile_name)
    columns = [
        Column(_("Choice"), place="title"),
        Column(_("What holds")),
        Column(_("Certainty"), place="bare"),
        Column(_("Source"), place="bare"),
    ]
    rows = []
    for key, kind in choice_kinds().items():
        choice = made.choice(key)
        is_own = key in made.choices
        value = choice.value if choice.value is not None else _("not chosen")
        rows.append(
            Row(
                [
                    Cell(kind.name, note=", ".join(kind_name(each).lower() for each in kind.used_by)),
                    Cell(f"{value} {_unit(kind.unit)}".strip(), strong=is_own),
                    Cell(
                        chips=[
                            Chip(_("own choice"), "you") if is_own else Chip(_("default")),
                            Chip(str(TAGS.get(choice.tag, choice.tag))),
                        ]
                    ),
                    Cell(choice.source),
                ]
            )
        )
    return Table(_("Choices of the payer"), columns, rows)
