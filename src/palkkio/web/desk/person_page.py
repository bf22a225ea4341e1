"""The values of a person's page: details, roles, contracts, account number, tax cards, payslips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from palkkio.contracts.papers import papers_of_person
from palkkio.contracts.queries import of_person
from palkkio.core.identifiers import spaced_iban
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.queries import local_name
from palkkio.payroll import access as payroll
from palkkio.payroll.queries import payslip_rows
from palkkio.payroll.queries.cards import card_view
from palkkio.people import access
from palkkio.people.contact import contact_of, is_protected
from palkkio.people.mandates import queries as mandates
from palkkio.people.rights import REPRESENTATION, ROLES, SECOND_FOR_BANK_ACCOUNTS
from palkkio.web.contract_words import card_name, kind_name, state_chip
from palkkio.web.desk import letters_page
from palkkio.web.desk.employment_papers_page import table_of
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact, Table
from palkkio.web.ui.words import role_name, span

if TYPE_CHECKING:
    from palkkio.payroll.values import CardView, PayslipRow
    from palkkio.people.models import BankAccount, Person

PAYSLIPS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with its days; `end_href` where the reader may end it."""

    id: int
    name: str
    days: str
    is_now: bool
    end_href: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    number: str
    kind: str
    other: str
    days: str
    chip: Chip
    href: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account number, masked or whole."""

    number: str
    days: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class CardRow:
    name: str
    days: str
    card: CardView


def masked(iban: str) -> str:
    """ "FI•• •••• •••• ••12 34": country and the last four digits tell two accounts apart, and no more."""
    return f"{iban[:2]} •••• {iban[-4:]}"


def facts_of(viewer: Viewer, person: Person, today: date) -> list[Fact]:
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    contact = contact_of(person, viewer, today)
    unknown = _("hidden: protection order") if contact.is_hidden else "–"
    facts = [
        Fact(_("Identity code"), person.identity_code or _("not known")),
        Fact(_("Day of birth"), wording.day(person.born) if person.born else "–"),
        Fact(_("Address"), ", ".join(contact.lines) or unknown),
        Fact(_("Municipality"), local_name(contact.municipality) if contact.municipality else unknown),
        Fact(_("Phone"), contact.phone or unknown),
        Fact(_("E-mail"), contact.email or (unknown if contact.is_hidden else _("not known"))),
        Fact(_("Language"), languages.get(person.language, person.language)),
        Fact(_("Services"), _("on paper") if person.uses_paper else _("electronic")),
        Fact(_("Payslips and letters"), letters_page.choice_words(person)),
    ]
    if person.business_id:
        facts.append(Fact(_("Business ID"), person.business_id))
    if person.in_prepayment_register:
        facts.append(Fact(_("In the prepayment register"), span(person.in_prepayment_register)))
    if is_protected(person, today):
        facts.append(Fact(_("Protection order"), span(person.protection)))
    if person.died_on:
        facts.append(Fact(_("Died on"), wording.day(person.died_on)))
    return facts


def roles_of(viewer: Viewer, person: Person, *, today: date, is_own: bool) -> list[RoleRow]:
    """Roles, the latest first."""
    rows = []
    for role in access.roles(viewer).filter(person=person).order_by("-valid", "pk"):
        last = role.valid.last
        may_end = not is_own and viewer.role in ROLES[RoleKind(role.kind)] and (last is None or last >= today)
        rows.append(
            RoleRow(
                role.pk,
                capfirst(role_name(role.kind)),
                span(role.valid),
                today in role.valid,
                reverse("desk:end-role", args=[role.pk]) if may_end else "",
            )
        )
    return rows


def kinds_to_give(viewer: Viewer) -> list[tuple[str, str]]:
    """Roles that the reader may give."""
    return [(kind.value, capfirst(role_name(kind))) for kind, givers in ROLES.items() if viewer.role in givers]


def contracts_of(viewer: Viewer, person: Person, *, today: date) -> list[ContractRow]:
    """Contracts in which the person is carer or care recipient, the latest first."""
    rows = []
    for contract in of_person(viewer.organisation_id, person.pk):
        state = contract.state_on(today)
        if contract.carer_id == person.pk:
            other = contract.recipient.name if contract.recipient else ""
        else:
            other = _("carer %(name)s") % {"name": contract.carer.name}
        rows.append(
            ContractRow(
                contract.number,
                kind_name(contract.kind),
                other,
                span(contract.valid),
                state_chip(state),
                reverse("desk:contract", args=[contract.pk]),
            )
        )
    return rows


def papers_of(viewer: Viewer, person: Person, *, today: date) -> Table | None:
    """Papers of the person's employments, as assistant and as employer; None where there are none."""
    found = papers_of_person(viewer, person.pk)
    return table_of(found, today=today, whose=True) if found else None


def bank_accounts_of(viewer: Viewer, person: Person, *, today: date, is_shown: bool) -> list[AccountRow]:
    """Account numbers, the latest first; whole ones only when they were asked for."""
    rows: Sequence[BankAccount] = list(access.bank_accounts(viewer).filter(person=person))
    return [
        AccountRow(spaced_iban(row.iban) if is_shown else masked(row.iban), span(row.valid), today in row.valid)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """An account number that waits for a second person, whole: who approves it compares it with the paper."""

    id: int
    number: str
    first: date
    by: str
    may_approve: bool


def account_proposals_of(viewer: Viewer, person: Person) -> list[ProposalRow]:
    """Account numbers of the person that wait; payroll alone sees them."""
    if viewer.role not in SECOND_FOR_BANK_ACCOUNTS or person.pk in viewer.for_person_ids:
        return []
    return [
        ProposalRow(
            row.pk, spaced_iban(row.iban), row.first, row.proposed_by.name, row.proposed_by_id != viewer.person_id
        )
        for row in access.bank_account_proposals(viewer).filter(person=person)
    ]


@dataclass(frozen=True, slots=True)
class ActingRow:
    """Who acts for the person, or for whom they act."""

    id: int
    words: str
    scope: str
    days: str
    may_end: bool


def acting_of(viewer: Viewer, person: Person, *, today: date) -> list[ActingRow]:
    """Mandates, guardians and substitute employers in force, both ways."""
    may_end = viewer.role in REPRESENTATION and person.pk not in viewer.for_person_ids
    rows = []
    for row in mandates.agents_of(person.pk, today):
        words = _("%(name)s acts for the person") % {"name": row.agent.name}
        rows.append(ActingRow(row.pk, words, row.scope, span(row.valid), may_end))
    for row in mandates.principals_of([person.pk], today):
        words = _("Acts for %(name)s") % {"name": row.principal.name}
        rows.append(ActingRow(row.pk, words, row.scope, span(row.valid), False))
    return rows


def cards_of(viewer: Viewer, person: Person) -> list[CardRow]:
    """Tax cards, the latest first; payroll alone sees them."""
    if viewer.role not in PAYROLL:
        return []
    found = payroll.tax_cards(viewer).filter(person=person).order_by("-valid", "kind", "pk")
    return [CardRow(capfirst(card_name(card.kind)), span(card.valid), card_view(card)) for card in found]


def payslips_of(viewer: Viewer, person: Person) -> list[PayslipRow]:
    """The latest payslips; payroll alone sees them."""
    if viewer.role not in PAYROLL:
        return []
    found = payroll.payslips(viewer).filter(person=person).order_by("-payday", "-number")
    return payslip_rows(found[:PAYSLIPS_SHOWN])
