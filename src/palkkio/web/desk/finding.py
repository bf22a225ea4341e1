"""Finding the people of a contract by words: one is taken, of several the reader chooses, none is an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from palkkio.core.viewer import Viewer
from palkkio.people import access
from palkkio.people.queries import search
from palkkio.web.numbers import whole
from palkkio.web.ui import wording

if TYPE_CHECKING:
    from palkkio.people.models import Person
    from palkkio.web.desk.contract_forms import ContractForm

MOST = 10  # people to choose from


@dataclass(frozen=True, slots=True)
class Parties:
    """Who was found. `is_whole`: nobody is left to choose."""

    carer_id: int | None
    recipient_id: int | None
    is_whole: bool
    employer_id: int | None = None


def find_parties(viewer: Viewer, form: ContractForm) -> Parties:
    """Resolves the fields of words; notes errors on the form, which must be bound."""
    offered: dict[str, list[Person]] = {}
    for who in ("carer", "recipient", "employer") if form.has_employer else ("carer", "recipient"):
        offered[who] = _candidates(viewer, form.data.get(f"{who}_words", ""), whole(form.data.get(f"{who}_id")))
        form.offer(who, [(str(person.pk), name_and_birth(person)) for person in offered[who][:MOST]])
    form.full_clean()
    carer, carer_done = _chosen(form, "carer", offered["carer"], _("Enter the carer's name or identity code"))
    recipient, recipient_done = _chosen(form, "recipient", offered["recipient"], "")
    if not form.has_employer:
        return Parties(carer, recipient, carer_done and recipient_done)
    employer, employer_done = _chosen(form, "employer", offered["employer"], "")
    return Parties(carer, recipient, carer_done and recipient_done and employer_done, employer)


def name_and_birth(person: Person) -> str:
    """Name with day of birth: two people of one name can be told apart."""
    return f"{person.name}, {wording.day(person.born)}" if person.born else person.name


def _candidates(viewer: Viewer, typed: str, chosen: int | None) -> list[Person]:
    """People that the words find; without words the one who was chosen before."""
    if typed.strip():
        return list(search(viewer, typed)[: MOST + 1])
    return list(access.persons(viewer).filter(pk=chosen)) if chosen is not None else []


def _chosen(form: ContractForm, who: str, people: list[Person], missing: str) -> tuple[int | None, bool]:
    field = f"{who}_words"
    chosen = whole(form.data.get(f"{who}_id"))
    if not people:
        if form.data.get(field, "").strip():
            form.add_error(field, _("Nobody is found by these words. Check them, or add the person first."))
            return None, False
        if missing:
            form.add_error(field, missing)
            return None, False
        return None, True
    if len(people) > MOST:
        form.add_error(field, _("Many people are found. Enter the whole name or the identity code."))
        return None, False
    if len(people) == 1:
        return people[0].pk, True
    if chosen in {person.pk for person in people}:
        return chosen, True
    form.add_error(f"{who}_id", _("Choose which of these people is meant"))
    return None, False
