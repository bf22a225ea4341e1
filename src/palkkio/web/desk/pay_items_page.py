"""What stands beside the runs: one-off lines, holds, receivables with their lines and cause, tax cards."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.calculation import frozen
from palkkio.contracts.queries import paid_by_entries, tax_card_kind
from palkkio.core.days import DateRange
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll.queries import scheduled_paydays, tax_cards_on
from palkkio.payroll.queries.views import line_views
from palkkio.payroll.values import PaydayRow
from palkkio.web.contract_words import card_name
from palkkio.web.pay_lines import pay_lines
from palkkio.web.recovery_page import state_chip
from palkkio.web.rule_words import changed_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Cell, Chip, Column, Fact, PayLine, Row, Table
from palkkio.web.ui.words import moment, period_name, span

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.payroll.models import Hold, OneOffLine, Receivable, Recovery, TaxCard

MISSING_SHOWN = 50


def days_words(days: DateRange) -> str:
    """As `span`, shorter: "1.5.–31.5.2026"."""
    if days.first is None or days.last is None:
        return span(days)
    if days.first == days.last:
        return wording.day(days.first)
    first = wording.day_short(days.first) if days.first.year == days.last.year else wording.day(days.first)
    return f"{first}–{wording.day(days.last)}"


# --- One-off lines ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneOffRow:
    """A line with what this reader may do to it, and why not."""

    id: int
    payee: str
    contract: str
    contract_href: str
    days: str
    amount: str
    reason: str
    taxes: str
    proposed: str
    chip: Chip
    may_approve: bool
    may_withdraw: bool
    why_not: str


def one_off_row(line: OneOffLine, viewer: Viewer, names: Mapping[int, str], paid: Collection[int]) -> OneOffRow:
    is_clerk = viewer.role is RoleKind.PAYROLL_CLERK
    is_paid, is_over = line.pk in paid, line.withdrawn_at is not None
    waits = line.approved_at is None and not is_over
    is_own = line.proposed_by_id == viewer.account_id
    taxes = [_("taxed") if line.is_taxable else _("tax free")]
    taxes.append(_("earns pension") if line.is_pensionable else _("no pension"))
    return OneOffRow(
        id=line.pk,
        payee=line.contract.carer.name,
        contract=line.contract.number,
        contract_href=reverse("desk:contract", args=[line.contract_id]),
        days=days_words(line.period),
        amount=f"{wording.signed(line.amount, 2)}{wording.HARD_SPACE}€",
        reason=line.reason,
        taxes=", ".join(taxes),
        proposed=_("%(who)s, %(when)s")
        % {"who": names.get(line.proposed_by_id, "–"), "when": moment(line.proposed_at)},
        chip=_one_off_chip(line, is_paid=is_paid, names=names),
        may_approve=waits and is_clerk and not is_own,
        may_withdraw=is_clerk and not is_paid and not is_over,
        why_not=_("You proposed this line. A colleague approves it.") if waits and is_own else "",
    )


def _one_off_chip(line: OneOffLine, *, is_paid: bool, names: Mapping[int, str]) -> Chip:
    if line.withdrawn_at is not None:
        return Chip(_("Withdrawn"))
    if is_paid:
        return Chip(_("Paid"), "ok")
    if line.approved_by_id is not None:
        return Chip(_("Approved by %(name)s") % {"name": names.get(line.approved_by_id, "–")}, "ok")
    return Chip(_("Waits for a second person"), "warn")


# --- Holds -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HoldRow:
    person_id: int
    name: str
    href: str
    reason: str
    held: str
    released: str


def hold_row(hold: Hold, names: Mapping[int, str]) -> HoldRow:
    released = ""
    if hold.released_at is not None:
        released = _("Released by %(who)s, %(when)s") % {
            "who": names.get(hold.released_by_id or 0, "–"),
            "when": moment(hold.released_at),
        }
    return HoldRow(
        person_id=hold.person_id,
        name=hold.person.name,
        href=reverse("desk:person", args=[hold.person_id]),
        reason=hold.reason,
        held=_("%(who)s, %(when)s") % {"who": names.get(hold.held_by_id, "–"), "when": moment(hold.held_at)},
        released=released,
    )


# --- Receivables -----------------------------------------------------------------------------------------------------


def receivables_table(rows: Sequence[Receivable], recoveries: Mapping[int, Recovery], today: date) -> Table:
    """Overpayments with where their recovery stands."""
    columns = [
        Column(_("Payee"), place="title"),
        Column(_("Contract"), place="bare"),
        Column(_("Month")),
        Column(_("Found in the run of")),
        Column(_("Recovery")),
        Column(_("Gross €"), is_number=True, place="side"),
    ]
    made = [
        Row(
            [
                Cell(row.person.name, href=reverse("desk:receivable", args=[row.pk])),
                Cell(row.contract.number),
                Cell(period_name(row.period).capitalize()),
                Cell(wording.day(row.run.payday)),
                _recovery_cell(recoveries.get(row.pk), today),
                Cell(wording.number(row.amount, 2), strong=True),
            ]
        )
        for row in rows
    ]
    return Table(_("Receivables"), columns, made)


def _recovery_cell(recovery: Recovery | None, today: date) -> Cell:
    if recovery is None:
        return Cell("", chips=[Chip(_("Not begun"), "warn")])
    return Cell(recovery.number, href=reverse("desk:recovery", args=[recovery.pk]), chips=[state_chip(recovery, today)])


@dataclass(frozen=True, slots=True)
class ReceivablePage:
    title: str
    subtitle: str
    amount: str
    cause: str
    facts: Sequence[Fact]
    lines: Sequence[PayLine]


def receivable_page(row: Receivable) -> ReceivablePage:
    month = period_name(row.period)
    revision = row.revision
    lines = [frozen.from_json(each) for each in row.lines]
    changed = dict.fromkeys(changed_text(each) for line in lines for each in line.working.causes)
    cause = _("The care period was corrected after it was paid.")
    if changed:
        cause = _("What has changed since it was paid: %(what)s") % {"what": "; ".join(changed)}
    facts = [
        Fact(_("Payee"), row.person.name, href=reverse("desk:person", args=[row.person_id])),
        Fact(_("Contract"), row.contract.number, href=reverse("desk:contract", args=[row.contract_id])),
        Fact(_("Found in the run of"), wording.day(row.run.payday), href=reverse("desk:run", args=[row.run_id])),
    ]
    if revision is not None:
        cause = (
            cause
            if changed
            else _("The care period was corrected after it was paid: review %(n)s, %(when)s.")
            % {
                "n": revision.number,
                "when": moment(revision.reviewed_at),
            }
        )
        period = Fact(_("Care period"), month.capitalize(), href=reverse("desk:period", args=[revision.sheet_id]))
        facts.append(period)
    return ReceivablePage(
        title=row.person.name,
        subtitle=_("Too much was paid for %(month)s") % {"month": month},
        amount=wording.euros(row.amount),
        cause=cause,
        facts=facts,
        lines=pay_lines(line_views(lines, row.period), (), gross=-row.amount, net=None, main_period=row.period),
    )


# --- Tax cards -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MissingCard:
    person_id: int
    name: str
    contract: str
    card: str
    action: Action


def next_payday(organisation_id: int, today: date) -> PaydayRow | None:
    return next((row for row in scheduled_paydays(organisation_id, today) if row.payday >= today), None)


def missing_cards(organisation_id: int, payday: PaydayRow) -> list[MissingCard]:
    """Payees of a payday's care month without the card of their kind of contract, by name."""
    by_kind: dict[str, list[Contract]] = {}
    for period, kinds in payday.periods:
        contracts = paid_by_entries(organisation_id, period).filter(kind__in=kinds)
        for contract in contracts.order_by("carer__sort_key", "number"):
            by_kind.setdefault(contract.kind, []).append(contract)
    found = []
    for kind, of_kind in by_kind.items():
        card = tax_card_kind(kind)
        cards = tax_cards_on({each.carer_id for each in of_kind}, card, payday.payday)
        found += [
            MissingCard(
                each.carer_id,
                each.carer.name,
                each.number,
                card_name(card),
                Action(
                    _("Record the card"),
                    href=reverse("desk:add-tax-card", args=[each.carer_id]),
                    says=_("Record the card") + f": {each.carer.name}",
                ),
            )
            for each in of_kind
            if each.carer_id not in cards
        ]
    return found


def cards_table(rows: Sequence[TaxCard], *, today: date) -> Table:
    columns = [
        Column(_("Person"), place="title"),
        Column(_("Kind of card"), place="bare"),
        Column(_("In force")),
        Column(_("Base rate"), is_number=True, place="side"),
        Column(_("Income ceiling €"), is_number=True),
        Column(_("Additional rate"), is_number=True),
        Column(_("Source"), is_extra=True),
        Column(_("Recorded"), is_extra=True),
    ]
    return Table(_("Tax cards"), columns, [_card(row, today) for row in rows])


def _card(card: TaxCard, today: date) -> Row:
    source = _("keyed in from paper") if card.source == "paper" else _("Tax Administration")
    is_over = card.valid.last is not None and card.valid.last < today
    return Row(
        [
            Cell(card.person.name, href=reverse("desk:person", args=[card.person_id])),
            Cell(card_name(card.kind), chips=[Chip(_("Not in force any more"))] if is_over else []),
            Cell(days_words(card.valid)),
            Cell(wording.percent(card.base_percent.normalize())),
            Cell(wording.number(card.ceiling, 2) if card.ceiling is not None else _("none")),
            Cell(wording.percent(card.additional_percent.normalize())),
            Cell(source),
            Cell(moment(card.fetched_at)),
        ]
    )
