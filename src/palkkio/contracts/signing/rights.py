"""Who signs as what, and for whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from palkkio.contracts.rights import CONTRACTS
from palkkio.contracts.signing.models import Part
from palkkio.core.capabilities import OF_MINORS, Capability
from palkkio.core.days import add_months
from palkkio.core.viewer import Viewer
from palkkio.people.mandates.queries import is_minor

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.contracts.signing.models import Signatory
    from palkkio.people.models import Person

WORKS_AT = 15  # who is 15 makes an own contract of employment (998/1993 3 §)


def needs_guardian(person: Person, part: str, day: date) -> bool:
    """Whether another signs for a minor: an assistant from 15 on signs alone, an employer or carer from 18 on."""
    if part != Part.ASSISTANT:
        return is_minor(person, day)
    return person.born is not None and day < add_months(person.born, 12 * WORKS_AT)


def is_own_turn(viewer: Viewer, contract: Contract, signatory: Signatory, day: date) -> bool:
    """Whether this viewer gives this signature: the party themself, who signs for a minor, or an office holder."""
    if signatory.part == Part.OFFICE_HOLDER:
        parties = {contract.carer_id, contract.recipient_id, contract.employer_id}
        return viewer.role in CONTRACTS and not parties & viewer.for_person_ids
    if viewer.is_staff or signatory.person_id not in viewer.person_ids_to(Capability.SIGN):
        return False
    if signatory.person is not None and needs_guardian(signatory.person, signatory.part, day):
        return viewer.acting_for is not None and viewer.scope in OF_MINORS
    return True
