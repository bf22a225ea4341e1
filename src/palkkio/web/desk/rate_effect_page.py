"""The values of the preview of a rate: who gains, who loses, how much, in a care month that is known (BEY-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.calculation.effect import Effect
from palkkio.core.money import ZERO
from palkkio.entries.queries.rate_effect import RateEffect
from palkkio.web.contract_words import contracts_words, kind_name, rate_name
from palkkio.web.pay_lines import rate_words
from palkkio.web.rule_words import problem_text, unit_rate
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Change, Column, Fact, Row, Table, Waterfall

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.rates.models import Rate

SHOWN = 100


@dataclass(frozen=True, slots=True)
class EffectPage:
    """`chart` is None where nothing changes.

    listed    contracts of the table
    left_out  contracts beyond those that one preview computes
    """

    title: str
    lead: str
    counts: list[Fact]
    chart: Waterfall | None
    table: Table
    listed: Sequence[Contract]
    shown: int
    changed: int
    left_out: int


def effect_page(rate: Rate, found: RateEffect) -> EffectPage:
    name = rate_name(rate.series.code)
    if rate.series.fee_class:
        name = _("%(rate)s, class %(class)s") % {"rate": name, "class": rate.series.fee_class}
    amount = f"{rate_words(rate.amount)} {unit_rate(rate.series.unit)}".strip()
    return page_of(found, _("Effect of a rate"), f"{kind_name(rate.series.contract_kind)}: {name}, {amount}.")


def page_of(found: RateEffect, title: str, change: str) -> EffectPage:
    """change: what is tried out, as a sentence."""
    month = wording.month_name(found.month.edges[0], get_language())
    changed = [each for each in found.effects if each.change]
    total = found.total
    counts = [
        Fact(_("Gain"), contracts_words(total.gain), wording.signed(total.gained, 2) if total.gain else ""),
        Fact(_("Lose"), contracts_words(total.lose), wording.signed(-total.lost, 2) if total.lose else ""),
        Fact(_("No change"), contracts_words(total.unchanged)),
    ]
    if total.held:
        counts.append(Fact(_("Cannot be paid"), contracts_words(total.held), _("something else is missing")))
    return EffectPage(
        title=title,
        lead=f"{change} "
        + _("Computed on the entries of %(month)s, as if it had been in force then.") % {"month": month},
        counts=counts,
        chart=_chart(found, month) if changed else None,
        table=_table(found, changed[:SHOWN]),
        listed=[found.contracts[each.contract] for each in changed[:SHOWN]],
        shown=min(SHOWN, len(changed)),
        changed=len(changed),
        left_out=found.of - found.counted,
    )


def _chart(found: RateEffect, month: str) -> Waterfall:
    start = sum((each.before or ZERO for each in found.effects), ZERO)
    end = sum((each.after or ZERO for each in found.effects), ZERO)
    gained = sum((each.change for each in found.effects if each.change > 0), ZERO)
    lost = sum((each.change for each in found.effects if each.change < 0), ZERO)
    difference = wording.signed(end - start, 2)
    return Waterfall(
        start=Change(_("Now"), start),
        changes=[Change(name, amount) for name, amount in ((_("Gain"), gained), (_("Lose"), lost)) if amount],
        end=Change(_("After"), end),
        sentence=_("The month %(month)s would cost %(difference)s €, before tax and employer's costs.")
        % {"month": month, "difference": difference},
        caption=_("What the month costs, now and after"),
    )


def _table(found: RateEffect, changed: Sequence[Effect[int]]) -> Table:
    columns = [
        Column(_("Contract"), place="title"),
        Column(_("Carer")),
        Column(_("Now €"), is_number=True),
        Column(_("After €"), is_number=True),
        Column(_("Difference €"), is_number=True, place="side"),
    ]
    rows = []
    for each in changed:
        contract = found.contracts[each.contract]
        note = " ".join(problem_text(problem)[0] for problem in each.problems)
        rows.append(
            Row(
                [
                    Cell(contract.number, reverse("desk:contract", args=[contract.pk])),
                    Cell(contract.carer.name_family_first, note=note),
                    Cell(_euros(each.before)),
                    Cell(_euros(each.after)),
                    Cell(wording.signed(each.change, 2)),
                ]
            )
        )
    return Table(_("Contracts that change"), columns, rows)


def _euros(amount: Decimal | None) -> str:
    return "–" if amount is None else wording.number(amount, 2)
