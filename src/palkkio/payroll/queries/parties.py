"""Payer and payee as papers name them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from palkkio.core.payslip import Party
from palkkio.organisations import queries as organisations
from palkkio.people.contact import contact_on_paper

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation
    from palkkio.people.models import Person


def payer_on_paper(payer: Organisation, language: str) -> Party:
    address = tuple(line.strip() for line in payer.address.splitlines() if line.strip())
    return Party(organisations.local_name(payer, language), payer.business_id, address)


def payee_on_paper(person: Person, name: str, since: date) -> Party:
    """A protection order that is in force on `since`, or begins later, hides the address."""
    return Party(name, person.identity_code or person.business_id, contact_on_paper(person, since).lines)
