"""The values of the list of payslips and of one payslip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from palkkio.core.viewer import Viewer
from palkkio.messages.actions import mark_read
from palkkio.messages.queries import notices_of
from palkkio.payments.queries import PaymentState
from palkkio.payroll.values import PayslipRow, PayslipView
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
    "month": ("period", "number"),
    "recipient": ("recipient_name", "-payday"),
    "gross": ("gross", "-payday"),
    "net": ("net", "-payday"),
}


class PayslipFilter(forms.Form):
    """Year, care recipient (by contract, so that no name stands in the address), number of the payslip."""

    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    contract = forms.ChoiceField(label=gettext_lazy("Care recipient"), required=False)
    q = forms.CharField(label=gettext_lazy("Number of the payslip"), required=False, max_length=20)

    def __init__(self, *args: Any, years: Sequence[int], contracts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All years")), *((str(year), str(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
        if len(contracts) < 2:
            del self.fields["contract"]
        else:
            names = [("", _("All care recipients")), *((str(pk), name) for pk, name in contracts)]
            self.fields["contract"].choices = names  # type: ignore[attr-defined]


def years_of(payslips: QuerySet[Payslip]) -> list[int]:
    return [day.year for day in payslips.dates("payday", "year", order="DESC")]


def contracts_of(payslips: QuerySet[Payslip]) -> list[tuple[int, str]]:
    """Contracts that the payslips belong to, by care recipient and number."""
    rows = payslips.order_by("recipient_name", "contract__number").values_list(
        "contract_id", "recipient_name", "contract__number"
    )
    return [(pk, f"{name}, {number}" if name else number) for pk, name, number in dict.fromkeys(rows)]


def narrowed(payslips: QuerySet[Payslip], typed: Mapping[str, str]) -> QuerySet[Payslip]:
    if words := (typed.get("q") or "").strip():
        payslips = payslips.filter(number__icontains=words)
    if contract := typed.get("contract"):
        payslips = payslips.filter(contract_id=int(contract))
    if year := typed.get("year"):
        payslips = payslips.filter(payday__year=int(year))
    return payslips


def ordered(payslips: QuerySet[Payslip], sort: str) -> QuerySet[Payslip]:
    """By a key of ORDERS, "-" before it for backwards; otherwise the newest payday first."""
    fields = ORDERS.get(sort.removeprefix("-"))
    if fields is None:
        return payslips.order_by("-payday", "-number")
    if not sort.startswith("-"):
        return payslips.order_by(*fields, "pk")
    return payslips.order_by(*(each.removeprefix("-") if each[0] == "-" else f"-{each}" for each in fields), "-pk")


def total_of(payslips: QuerySet[Payslip], today: date) -> Decimal:
    """What has been paid to the account by the payslips listed, in EUR."""
    total: Decimal | None = payslips.filter(payday__lte=today).aggregate(total=Sum("net"))["total"]
    return total or Decimal(0)


def table_of(rows: Sequence[PayslipRow], states: Mapping[int, PaymentState], *, today: date, sort: str) -> Table:
    """Month, recipient, gross, to the account, when."""
    columns = [
        Column(_("Month"), sort="month", place="title"),
        Column(_("Care recipient"), sort="recipient"),
        Column(_("Payday"), sort="payday"),
        Column(_("Before deductions"), sort="gross", is_number=True, is_extra=True),
        Column(_("To the account"), sort="net", is_number=True, place="side"),
    ]
    return Table(_("Payslips"), columns, [Row(_cells(row, states, today)) for row in rows], sort=sort)


def _cells(row: PayslipRow, states: Mapping[int, PaymentState], today: date) -> list[Cell]:
    language = get_language()
    chips = [Chip(_("includes a correction"))] if row.has_correction else []
    stage = bank_stage(states.get(row.id), row.payday, today)
    return [
        Cell(
            capfirst(period_name(row.period)),
            href=reverse("portal:payslip", args=[row.id]),
            note=row.number,
            chips=chips,
        ),
        Cell(row.recipient or kind_name(row.contract_kind)),
        Cell(wording.weekday_date(row.payday, language), note=_stage_words(stage)),
        Cell(wording.euros(row.gross)),
        Cell(wording.euros(row.net), strong=True),
    ]


def _stage_words(stage: Stage) -> str:
    return {
        Stage.PAID: _("paid"),
        Stage.AT_BANK: _("at the bank"),
        Stage.BANK_RETURNED: _("returned by the bank"),
    }.get(stage, _("waits to be sent to the bank"))


# --- One payslip -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayslipPage:
    """One payslip in words."""

    view: PayslipView
    month: str
    subtitle: str
    flow: Flow
    lines: Sequence[PayLine]
    year: Sequence[SumRow]
    year_caption: str
    parties: Sequence[Fact]
    changes: Sequence[SumRow]
    changes_caption: str
    previous_href: str
    comment_href: str
    contract_href: str


def payslip_of(view: PayslipView, *, today: date) -> PayslipPage:
    month = period_name(view.period)
    who = _("Care recipient %(name)s") % {"name": view.recipient} if view.recipient else kind_name(view.contract_kind)
    own_sheet = next((each for each in view.sheets if each.period == view.period), None)
    return PayslipPage(
        view=view,
        month=month,
        subtitle=_("Payslip %(number)s") % {"number": view.number} + f" · {who}",
        flow=state_words.flow(money_of(view, today)),
        lines=pay_lines(
            view.lines,
            view.deductions,
            gross=view.gross,
            net=view.net,
            main_period=view.period,
            calendars={
                each.period: Link(_("Open the calendar"), reverse("portal:period", args=[each.sheet_id]))
                for each in view.sheets
            },
        ),
        year=year_rows(view),
        year_caption=year_caption(view),
        parties=_parties(view),
        changes=change_rows(view),
        changes_caption=changes_caption(view),
        previous_href=reverse("portal:payslip", args=[view.previous_id]) if view.previous_id else "",
        comment_href=reverse("portal:period", args=[own_sheet.sheet_id]) + "#comments"
        if own_sheet
        else reverse("portal:comments"),
        contract_href=reverse("portal:contract", args=[view.contract_id]),
    )


def _parties(view: PayslipView) -> list[Fact]:
    payer = _("%(name)s, Business ID %(id)s") % {"name": view.payer.name, "id": unbroken(view.payer.identifier)}
    facts = [
        Fact(_("Payer"), payer),
        Fact(_("Payee"), view.payee.name),
        Fact(_("Account"), view.masked_iban),
        Fact(_("Contract"), view.contract_number, href=reverse("portal:contract", args=[view.contract_id])),
    ]
    if view.card:
        facts.append(Fact(_("Tax card"), f"{card_words(view.card)}, {card_name(view.card.kind)}"))
    return facts


def unbroken(code: str) -> str:
    """A code whose hyphen does not end a line."""
    return code.replace("-", "\u2011")


def mark_seen(viewer: Viewer, payslip_id: int, *, at: datetime) -> None:
    """The notice that this payslip is ready has done its work."""
    ready = [
        each.id
        for each in notices_of(viewer, only_unread=True)
        if each.kind == "payslip_ready" and each.object_id == payslip_id
    ]
    if ready:
        mark_read(ready, by=viewer, at=at)
