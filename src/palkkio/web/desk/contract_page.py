"""The values of a contract's page: facts, the timeline of its terms, its periods and payslips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.contracts.queries import is_paid_by_entries, terms_facts, terms_of
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import periods_of
from palkkio.organisations.queries import local_name
from palkkio.payroll import access as payroll
from palkkio.payroll.queries import payslip_rows
from palkkio.rates.codes import CODES
from palkkio.web import state_words
from palkkio.web.contract_words import kind_name, rate_name, rate_unit
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.pay_lines import rate_words
from palkkio.web.portal.contract_page import days_words
from palkkio.web.rule_words import unit_rate
from palkkio.web.states import money_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.payroll.values import PayslipRow

PERIODS_SHOWN = PAYSLIPS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class RateRow:
    """One amount of the terms: what for, how much, where it comes from, and how it differs from the one before."""

    name: str
    amount: str
    source: str
    change: str


@dataclass(frozen=True, slots=True)
class Part:
    """Days on which the terms stay the same."""

    days: str
    is_now: bool
    is_coming: bool
    fee_class: str
    rates: tuple[RateRow, ...]
    source: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    month: str
    days: int
    chip: Chip
    href: str


def facts_of(contract: Contract) -> list[Fact]:
    facts = [
        Fact(_("Carer"), contract.carer.name, href=reverse("desk:person", args=[contract.carer_id])),
        Fact(
            _("Care recipient"),
            contract.recipient.name if contract.recipient else "–",
            href=reverse("desk:person", args=[contract.recipient_id]) if contract.recipient_id else "",
        ),
        Fact(_("Kind"), kind_name(contract.kind)),
        Fact(_("In force"), days_words(contract.valid)),
        Fact(_("Signed"), wording.day(contract.signed_on) if contract.signed_on else _("not signed yet")),
        Fact(_("Unit"), local_name(contract.unit)),
        Fact(_("Municipality"), local_name(contract.municipality)),
        Fact(_("Trips"), _("The county pays for trips") if contract.pays_trips else _("Trips are not paid")),
        Fact(
            _("Pension"),
            _("Self-insured as an entrepreneur (YEL)") if contract.is_self_insured else _("Insured by the county"),
        ),
    ]
    if contract.tasks:
        facts.append(Fact(_("Tasks"), contract.tasks))
    return facts


def timeline(contract: Contract, *, today: date) -> list[Part]:
    """Terms as they pay, agreed and decided amounts together; the newest first, up to the end of this year."""
    first = contract.valid.first or today
    last = contract.valid.last or max(first, date(today.year, 12, 31))
    written = terms_of([contract.pk])[contract.pk]
    parts: list[Part] = []
    before: dict[str, object] = {}
    for piece in terms_facts([contract], DateRange.of_days(first, last))[contract.pk]:
        start = piece.valid.edges[0]
        is_last = piece.valid.end == last + ONE_DAY
        days = DateRange(piece.valid.start, contract.valid.end) if is_last else piece.valid
        own = next((each for each in written if start in each.valid), None)
        rates = []
        for code in (each for each in CODES if each in piece.rates):
            rate = piece.rates[code]
            was = before.get(code)
            change = ""
            if was is not None and was.amount != rate.amount:  # type: ignore[attr-defined]
                difference = wording.signed(rate.amount - was.amount, 2)  # type: ignore[attr-defined]
                change = _("%(change)s from before") % {"change": difference}
            amount = f"{rate_words(rate.amount)} {unit_rate(rate_unit(code))}".strip()
            rates.append(RateRow(rate_name(code), amount, rate.source, change))
        before = dict(piece.rates)
        parts.append(
            Part(
                days=days_words(days),
                is_now=today in days,
                is_coming=start > today,
                fee_class=own.fee_class if own else "",
                rates=tuple(rates),
                source=own.source if own else "",
            )
        )
    return parts[::-1]


def periods(viewer: Viewer, contract: Contract, *, today: date) -> list[PeriodRow]:
    """The latest periods with where their money is; those that have not begun are left out."""
    if not is_paid_by_entries(contract.kind):
        return []
    rows = [row for row in periods_of(viewer, contract.pk) if row.period.edges[0] <= today][-PERIODS_SHOWN:]
    money = money_of(rows, today=today)
    return [
        PeriodRow(
            wording.month_name(row.period.edges[0], get_language()),
            row.days_entered,
            state_words.desk_chip(money[row.id]),
            reverse("desk:period", args=[row.id]),
        )
        for row in reversed(rows)
    ]


def payslips(viewer: Viewer, contract: Contract) -> list[PayslipRow]:
    """The latest payslips; payroll alone sees them."""
    if viewer.role not in PAYROLL:
        return []
    found = payroll.payslips(viewer).filter(contract=contract).order_by("-payday", "-number")
    return payslip_rows(found[:PAYSLIPS_SHOWN])
