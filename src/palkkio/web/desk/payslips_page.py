"""Payslips as staff see them: the list, and one with the why of each line: the same lines as the payee's (BEY-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.payments.queries import PaymentState
from palkkio.payroll.values import PayslipRow, PayslipView
from palkkio.people.queries import matching
from palkkio.web import state_words
from palkkio.web.contract_words import card_name, kind_name
from palkkio.web.pay_lines import card_words, pay_lines
from palkkio.web.payslip_parts import change_rows, changes_caption, money_of, year_caption, year_rows
from palkkio.web.states import Stage, bank_stage
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Flow, Link, PayLine, Row, SumRow, Table
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.payroll.models import Payslip

ORDERS = {
    "payday": ("payday", "number"),
    "payee": ("person__sort_key", "payday"),
    "number": ("number",),
    "gross": ("gross", "number"),
    "net": ("net", "number"),
}


def found_by(payslips: QuerySet[Payslip], organisation_id: int, words: str, year: str) -> QuerySet[Payslip]:
    """Payslips by the payee's name, the number of the payslip or of the contract, and the year of the payday."""
    if words.strip():
        typed = words.strip()
        payslips = payslips.filter(
            Q(person__in=matching(organisation_id, typed))
            | Q(number__istartswith=typed)
            | Q(contract__number__istartswith=typed)
        )
    if year.isascii() and year.isdigit() and len(year) == 4:
        payslips = payslips.filter(payday__year=int(year))
    return payslips


def ordered(payslips: QuerySet[Payslip], sort: str) -> QuerySet[Payslip]:
    fields = ORDERS.get(sort.removeprefix("-"))
    if fields is None:
        return payslips.order_by("-payday", "-number")
    sign = "-" if sort.startswith("-") else ""
    return payslips.order_by(*(sign + field for field in fields), "pk")


def table_of(rows: Sequence[PayslipRow], states: Mapping[int, PaymentState], *, today: date, sort: str) -> Table:
    columns = [
        Column(_("Payee"), sort="payee", place="title"),
        Column(_("Number"), sort="number", is_extra=True),
        Column(_("Contract"), place="bare"),
        Column(_("Payday"), sort="payday"),
        Column(_("Gross €"), sort="gross", is_number=True),
        Column(_("To the account €"), sort="net", is_number=True, place="side"),
        Column(_("State"), place="bare"),
    ]
    return Table(_("Payslips"), columns, [_row(row, states, today) for row in rows], sort=sort)


def _row(row: PayslipRow, states: Mapping[int, PaymentState], today: date) -> Row:
    chips = [Chip(_("includes a correction"))] if row.has_correction else []
    chips.insert(0, _chip(row.is_cancelled, bank_stage(states.get(row.id), row.payday, today)))
    return Row(
        [
            Cell(row.payee, href=reverse("desk:payslip", args=[row.id])),
            Cell(row.number),
            Cell(row.contract_number, note=row.recipient or kind_name(row.contract_kind)),
            Cell(wording.weekday_date(row.payday, get_language())),
            Cell(wording.number(row.gross, 2)),
            Cell(wording.number(row.net, 2), strong=True),
            Cell(chips=chips),
        ]
    )


def _chip(is_cancelled: bool, stage: Stage) -> Chip:
    if is_cancelled:
        return Chip(_("Cancelled"))
    return {
        Stage.PAID: lambda: Chip(_("On the account"), "ok"),
        Stage.AT_BANK: lambda: Chip(_("At the bank"), "ok"),
        Stage.BANK_RETURNED: lambda: Chip(_("Returned by the bank"), "error"),
    }.get(stage, lambda: Chip(_("Waits for the bank"), "warn"))()


# --- One payslip -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayslipPage:
    view: PayslipView
    title: str
    subtitle: str
    flow: Flow | None
    lines: Sequence[PayLine]
    year: Sequence[SumRow]
    year_caption: str
    parties: Sequence[Fact]
    changes: Sequence[SumRow]
    changes_caption: str
    previous_href: str
    sheets: Sequence[Link]


def payslip_of(view: PayslipView, *, today: date) -> PayslipPage:
    month = period_name(view.period)
    who = view.recipient or kind_name(view.contract_kind)
    return PayslipPage(
        view=view,
        title=view.payee.name,
        subtitle=_("Payslip %(number)s") % {"number": view.number} + f" · {month} · {who}",
        flow=None if view.is_cancelled else state_words.desk_flow(money_of(view, today)),
        lines=pay_lines(
            view.lines,
            view.deductions,
            gross=view.gross,
            net=view.net,
            main_period=view.period,
            calendars={
                each.period: Link(_("Open the calendar"), reverse("desk:period", args=[each.sheet_id]))
                for each in view.sheets
            },
        ),
        year=year_rows(view),
        year_caption=year_caption(view),
        parties=_parties(view),
        changes=change_rows(view),
        changes_caption=changes_caption(view),
        previous_href=reverse("desk:payslip", args=[view.previous_id]) if view.previous_id else "",
        sheets=[
            Link(
                _("%(month)s, review %(n)s")
                % {
                    "month": period_name(each.period).capitalize(),
                    "n": each.revision,
                },
                reverse("desk:period", args=[each.sheet_id]),
                "calendar",
            )
            for each in view.sheets
        ],
    )


def _parties(view: PayslipView) -> list[Fact]:
    facts = [
        Fact(_("Payee"), view.payee.name, href=reverse("desk:person", args=[view.person_id])),
        Fact(_("Contract"), view.contract_number, href=reverse("desk:contract", args=[view.contract_id])),
        Fact(_("Account"), view.masked_iban),
        Fact(_("Payday"), wording.weekday_date(view.payday, get_language())),
        Fact(_("Run"), _("Open the run"), href=reverse("desk:run", args=[view.run_id])),
    ]
    if view.card:
        facts.append(Fact(_("Tax card"), f"{card_words(view.card)}, {card_name(view.card.kind)}"))
    else:
        facts.append(Fact(_("Tax card"), _("None on the payday")))
    return facts
