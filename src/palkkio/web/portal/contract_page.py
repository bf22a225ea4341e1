"""The values of a contract's page: what it is, terms as a timeline, changes to pay with their payslips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.calculation.facts import RateFact
from palkkio.calculation.facts import Terms as TermsFact
from palkkio.contracts.queries import PAID_BY_MONTH, by_entries, terms_facts, terms_of
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.viewer import Viewer
from palkkio.organisations.queries import local_name
from palkkio.payroll.queries import payslips_of
from palkkio.payroll.values import PayslipRow
from palkkio.people.contact import hides_any
from palkkio.rates.codes import CODES
from palkkio.web.contract_fee import fee_now
from palkkio.web.contract_words import kind_name, rate_name, rate_unit, state_chip
from palkkio.web.pay_lines import rate_words
from palkkio.web.rule_words import unit_rate
from palkkio.web.terms_words import source_words, terms_facts_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact
from palkkio.web.ui.words import span

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

ORDER = CODES
ALWAYS = DateRange(None, None)


@dataclass(frozen=True, slots=True)
class ContractCard:
    """One contract in a list."""

    title: str
    kind: str
    number: str
    days: str
    chip: Chip
    href: str
    periods_href: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """One amount in force: what for, how much, where it comes from, and how it differs from the one before."""

    name: str
    amount: str
    source: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class TermsPart:
    """Terms over days in which nothing changes; `payslips` are those that pay these days."""

    days: str
    is_now: bool
    is_coming: bool
    rates: Sequence[RateLine]
    facts: Sequence[Fact]
    source: str
    payslips: Sequence[PayslipRow]


@dataclass(frozen=True, slots=True)
class ContractPage:
    card: ContractCard
    facts: Sequence[Fact]
    terms: Sequence[TermsPart]
    unit_name: str
    unit_phone: str
    unit_email: str
    id: int
    runs_by_month: bool


def group_of(contracts: Iterable[Contract], today: date) -> list[ContractCard]:
    listed = list(contracts)
    entered = by_entries((each.pk for each in listed), ALWAYS)
    return [card_of(each, today, is_by_entries=each.pk in entered) for each in listed]


def card_of(contract: Contract, today: date, *, is_by_entries: bool) -> ContractCard:
    state = contract.state_on(today)
    return ContractCard(
        title=contract.recipient.name if contract.recipient else kind_name(contract.kind),
        kind=kind_name(contract.kind),
        number=contract.number,
        days=span(contract.valid),
        chip=state_chip(state),
        href=reverse("portal:contract", args=[contract.pk]),
        periods_href=reverse("portal:periods") + f"?contract={contract.pk}"
        if is_by_entries and contract.signed_on
        else "",
    )


def contract_of(viewer: Viewer, contract: Contract, *, today: date) -> ContractPage:
    """A contract's page; amounts are those that pay on each day, agreed in the contract or decided by the county."""
    unit = contract.unit
    is_by_entries = bool(by_entries([contract.pk], ALWAYS))
    is_hidden = hides_any((contract.carer, contract.recipient), viewer, today)
    facts = [
        Fact(_("Contract"), contract.number),
        Fact(_("Kind"), kind_name(contract.kind)),
        Fact(_("Care recipient"), contract.recipient.name if contract.recipient else "–"),
        Fact(_("In force"), span(contract.valid)),
        Fact(_("Signed"), wording.day(contract.signed_on) if contract.signed_on else _("not signed yet")),
        Fact(_("Municipality"), _("hidden: protection order") if is_hidden else local_name(contract.municipality)),
        Fact(_("Trips"), _("are paid") if contract.pays_trips else _("are not paid")),
    ]
    if fee := fee_now(contract, today):
        amount = f"{wording.euros(fee.amount)} {unit_rate('month')}"
        facts.insert(3, Fact(_("Care fee now"), amount, _("before tax")))
    if contract.tasks:
        facts.append(Fact(_("Tasks"), contract.tasks))
    return ContractPage(
        card=card_of(contract, today, is_by_entries=is_by_entries),
        facts=facts,
        terms=_timeline(viewer, contract, today),
        unit_name=local_name(unit),
        unit_phone=unit.phone,
        unit_email=unit.email,
        id=contract.pk,
        runs_by_month=contract.kind in PAID_BY_MONTH and not is_by_entries,
    )


def _timeline(viewer: Viewer, contract: Contract, today: date) -> list[TermsPart]:
    """Terms, the newest first, each with what changed from the one before."""
    first = contract.valid.first or today
    last = max(contract.valid.last or _year_end(today), first)
    pieces = terms_facts([contract], DateRange.of_days(first, last)).get(contract.pk, ())
    sources = terms_of([contract.pk]).get(contract.pk, [])
    payslips = [row for row in payslips_of(viewer) if row.contract_id == contract.pk and not row.is_cancelled]
    parts: list[TermsPart] = []
    before: TermsFact | None = None
    for piece in pieces:
        shown = _open_ended(piece.valid, last, contract.valid)
        start, _end = piece.valid.edges
        source = next((each.source for each in sources if start in each.valid), "")
        parts.append(
            TermsPart(
                days=span(shown),
                is_now=today in shown,
                is_coming=start > today,
                rates=[
                    _rate(contract, code, piece.rates[code], before.rates.get(code) if before else None)
                    for code in sorted(piece.rates, key=_place)
                ],
                facts=terms_facts_of(piece),
                source=source_words(source),
                payslips=[row for row in payslips if row.period.overlap(piece.valid)],
            )
        )
        before = piece
    parts.reverse()
    return parts


def _year_end(today: date) -> date:
    return date(today.year, 12, 31)


def _open_ended(days: DateRange, last: date, contract: DateRange) -> DateRange:
    """Where the look ahead was cut at the year's end, the terms go on as long as the contract."""
    return DateRange(days.start, contract.end) if days.end == last + ONE_DAY else days


def _place(code: str) -> tuple[int, str]:
    return (ORDER.index(code) if code in ORDER else len(ORDER), code)


def _rate(contract: Contract, code: str, fact: RateFact, before: RateFact | None) -> RateLine:
    change = ""
    if before is not None and before.amount != fact.amount:
        difference: Decimal = fact.amount - before.amount
        change = _("%(change)s from before") % {"change": wording.signed(difference, 2)}
    unit = unit_rate(rate_unit(code))
    agreed = _("agreed in this contract")
    source = agreed if fact.source == contract.number else source_words(fact.source)
    return RateLine(rate_name(code), f"{rate_words(fact.amount)} {unit}".strip(), source, change)
