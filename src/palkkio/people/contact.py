"""Where a person lives and how to reach them, as one reader may know it: the one place that a protection order asks.

While a protection order (turvakielto) is in force, address, municipality, phone and e-mail are shown to the person
themself and to the roles of `rights.PROTECTED`, to nobody else: not to those who act for the person either, and on no
paper or file, which anybody may come to hold. Law: Act on the Population Information System (661/2009) 36 §.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palkkio.core.viewer import Viewer
from palkkio.people.models import Person
from palkkio.people.rights import PROTECTED

if TYPE_CHECKING:
    from palkkio.organisations.models import Municipality

# Columns of a person that a protection order hides.
FIELDS = ("street", "postcode", "town", "municipality_id", "phone", "email")


@dataclass(frozen=True, slots=True)
class Contact:
    """What may be shown. `is_hidden`: all is empty because of a protection order."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    municipality: Municipality | None = None
    is_hidden: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as it stands on an envelope."""
        town = f"{self.postcode} {self.town}".strip()
        return tuple(line for line in (self.street, town) if line)


HIDDEN = Contact(is_hidden=True)


def contact_of(person: Person, viewer: Viewer | None, today: date) -> Contact:
    """Contact details of a person whom the viewer was allowed to fetch.

    viewer  None: a paper or a file, which may reach anybody
    """
    if hides_from(person, viewer, today):
        return HIDDEN
    return Contact(person.street, person.postcode, person.town, person.phone, person.email, person.municipality)


def hides_from(person: Person, viewer: Viewer | None, today: date) -> bool:
    """True if a protection order keeps the person's contact details from the viewer."""
    if not is_protected(person, today):
        return False
    return viewer is None or (viewer.person_id != person.pk and viewer.role not in PROTECTED)


def hides_any(people: Iterable[Person | None], viewer: Viewer | None, today: date) -> bool:
    """True if what tells where several people live, as a contract's municipality, is kept from the viewer."""
    return any(hides_from(person, viewer, today) for person in people if person is not None)


def contact_on_paper(person: Person, since: date) -> Contact:
    """What a paper or file may show that is made on `since` and kept: an order of a later day counts too."""
    order = person.protection
    if order is not None and (order.end is None or order.end > since):
        return HIDDEN
    return contact_of(person, None, since)


def is_protected(person: Person, today: date) -> bool:
    """True on the days of a protection order."""
    return person.protection is not None and today in person.protection
