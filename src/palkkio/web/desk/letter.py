"""A letter as PDF, in its receiver's language, to the address that stands on papers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import Party
from palkkio.formats.pdf import Letter, letter_pdf
from palkkio.organisations.queries import local_name, payer
from palkkio.documents.typesetting import typesetter
from palkkio.people.contact import contact_on_paper

if TYPE_CHECKING:
    from palkkio.messages.models import Letter as LetterRow


def letter_of(row: LetterRow, *, at: datetime) -> bytes:
    """While a protection order is in force the address is left out: it is written on the envelope by hand."""
    person, organisation = row.notice.person, payer(row.organisation_id)
    letter = Letter(
        kind=row.notice.kind,
        payer=Party(
            local_name(organisation, person.language),
            organisation.business_id,
            tuple(part.strip() for part in organisation.address.splitlines()),
        ),
        to=Party(person.name, address=contact_on_paper(person, at.astimezone(HELSINKI).date()).lines),
        day=row.notice.created_at.astimezone(HELSINKI).date(),
        phone=organisation.payroll_phone,
    )
    return letter_pdf(letter, typesetter=typesetter(), language=person.language, made_at=at)
