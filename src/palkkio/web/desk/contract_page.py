"""The values of a contract's page: facts, the timeline of its terms, its periods and payslips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.contracts.queries import terms_facts, terms_of
from palkkio.contracts.signing.queries import of_contract
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import access as entries
from palkkio.entries.event_rules import EVENTS, REPORTED
from palkkio.entries.queries import periods_of
from palkkio.entries.queries.days_off import days_off_of_year
from palkkio.entries.queries.endings import ending_by
from palkkio.organisations.queries import local_name
from palkkio.payroll import access as payroll
from palkkio.payroll.queries import payslip_rows
from palkkio.people.contact import hides_any
from palkkio.rates.codes import CODES
from palkkio.web import state_words
from palkkio.web.change_words import DESK_KINDS, STOOD_IN, days, ending_words, event_title
from palkkio.web.change_words import EVENTS as EVENT_NAMES
from palkkio.web.contract_fee import fee_now
from palkkio.web.contract_words import kind_name, rate_name, rate_unit
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.pay_lines import rate_words
from palkkio.web.rule_words import unit_rate
from palkkio.web.shift_words import hours_words
from palkkio.web.signature_words import state_chip, title_of
from palkkio.web.states import money_of
from palkkio.web.terms_words import plain, source_words, terms_facts_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact
from palkkio.web.ui.words import period_name, span

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
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    month: str
    entered: str  # days of a carer, hours of an assistant
    chip: Chip
    href: str


def fee_fact(contract: Contract, today: date) -> list[Fact]:
    """The care fee of a whole month now, of contracts that are paid by the month."""
    fee = fee_now(contract, today)
    if fee is None:
        return []
    return [Fact(_("Care fee now"), f"{wording.euros(fee.amount)} {unit_rate('month')}", fee.source)]


def days_off_fact(contract: Contract, today: date) -> list[Fact]:
    """Days off of the year, taken and earned, and what the care recipient is charged for them (OHT-6, OHT-7)."""
    found = days_off_of_year([contract], today.year).get(contract.pk)
    if found is None:
        return []
    if found.earned is None:
        return [Fact(_("Days off this year"), plain(found.taken), _("Not confirmed"))]
    taken = _("%(taken)s of %(earned)s") % {"taken": plain(found.taken), "earned": found.earned}
    charged = sum((each.amount for each in found.charges), Decimal(0))
    note = _("client charge %(sum)s") % {"sum": wording.euros(charged)} if charged else ""
    if found.problems:
        note = _("client charge not confirmed")
    return [Fact(_("Days off this year"), taken, note)]


def facts_of(viewer: Viewer, contract: Contract, today: date) -> list[Fact]:
    is_hidden = hides_any((contract.carer, contract.recipient), viewer, today)
    facts = [
        Fact(_("Carer"), contract.carer.name, href=reverse("desk:person", args=[contract.carer_id])),
        Fact(
            _("Care recipient"),
            contract.recipient.name if contract.recipient else "–",
            href=reverse("desk:person", args=[contract.recipient_id]) if contract.recipient_id else "",
        ),
        Fact(_("Kind"), kind_name(contract.kind)),
        Fact(_("In force"), span(contract.valid)),
        Fact(_("Signed"), wording.day(contract.signed_on) if contract.signed_on else _("not signed yet")),
        Fact(_("Unit"), local_name(contract.unit)),
        Fact(_("Municipality"), _("hidden: protection order") if is_hidden else local_name(contract.municipality)),
        Fact(_("Trips"), _("The county pays for trips") if contract.pays_trips else _("Trips are not paid")),
        Fact(
            _("Pension"),
            _("Self-insured as an entrepreneur (YEL)") if contract.is_self_insured else _("Insured by the county"),
        ),
    ]
    facts += fee_fact(contract, today)
    facts += days_off_fact(contract, today)
    if contract.employer is not None:
        facts.insert(2, Fact(_("Employer"), contract.employer.name))
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
        shown = DateRange(piece.valid.start, contract.valid.end) if is_last else piece.valid
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
            rates.append(RateRow(rate_name(code), amount, source_words(rate.source), change))
        before = dict(piece.rates)
        parts.append(
            Part(
                days=span(shown),
                is_now=today in shown,
                is_coming=start > today,
                fee_class=own.fee_class if own and piece.care is None else "",
                rates=tuple(rates),
                source=source_words(own.source) if own else "",
                facts=terms_facts_of(piece),
            )
        )
    return parts[::-1]


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened; `note` says how it ends the contract, or why it was withdrawn."""

    title: str
    days: str
    note: str
    is_withdrawn: bool
    withdraw_url: str


@dataclass(frozen=True, slots=True)
class ActLink:
    text: str
    href: str


def events(viewer: Viewer, contract: Contract) -> list[EventRow]:
    """What has happened, the newest first, withdrawn ones too."""
    rows = []
    for event in entries.events(viewer).filter(contract=contract).order_by("-valid", "-pk"):
        ending = ending_by(event, contract) if event.withdrawn_at is None else None
        note = ending_words(ending) if ending else event.withdrawn_reason or event.source
        if event.stood_in and not note:
            note = str(STOOD_IN[event.stood_in])
        may = viewer.role == RoleKind.HANDLER and event.withdrawn_at is None and ending is None
        rows.append(
            EventRow(
                title=event_title(event),
                days=days(
                    event.valid.edges[0] if event.valid.end else event.valid.start, event.valid.last, is_open=True
                ),
                note=note,
                is_withdrawn=event.withdrawn_at is not None,
                withdraw_url=reverse("desk:withdraw-event", args=[event.pk]) if may else "",
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One document of the contract."""

    title: str
    note: str
    chip: Chip
    href: str


def versions(viewer: Viewer, contract: Contract) -> list[VersionRow]:
    """Documents made of the contract, the newest first."""
    return [
        VersionRow(
            title_of(each),
            _("in force from %(day)s") % {"day": wording.day(each.first)},
            state_chip(each),
            reverse("desk:signature", args=[each.pk]),
        )
        for each in of_contract(viewer, contract)
    ]


def event_links(viewer: Viewer, contract: Contract) -> list[ActLink]:
    """Events that the reader may record."""
    if viewer.role != RoleKind.HANDLER:
        return []
    kinds = EVENTS[ContractKind(contract.kind)]
    return [
        ActLink(str(EVENT_NAMES[kind]), reverse("desk:record-event", args=[contract.pk, kind.value])) for kind in kinds
    ]


def report_links(viewer: Viewer, contract: Contract) -> list[ActLink]:
    """Changes that the reader may key in for the carer."""
    if viewer.role != RoleKind.HANDLER:
        return []
    kinds = REPORTED[ContractKind(contract.kind)]
    return [
        ActLink(str(DESK_KINDS[kind]), reverse("desk:key-in-change", args=[contract.pk, kind.value])) for kind in kinds
    ]


def periods(viewer: Viewer, contract: Contract, *, today: date) -> list[PeriodRow]:
    """The latest periods with where their money is; those that have not begun are left out."""
    rows = [row for row in periods_of(viewer, contract.pk) if row.period.edges[0] <= today][-PERIODS_SHOWN:]
    money = money_of(rows, today=today)
    return [
        PeriodRow(
            period_name(row.period),
            hours_words(row.hours) if row.is_employment else str(row.days_entered),
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
