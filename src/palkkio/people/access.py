"""Which people a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.people.models import BankAccount, Person, Role


def persons(viewer: Viewer) -> QuerySet[Person]:
    """A payee: themself and whom they act for. Staff: the people of their organisation."""
    people = Person.objects.filter(organisation_id=viewer.organisation_id)
    return people if viewer.is_staff else people.filter(pk__in=viewer.for_person_ids)


def person(viewer: Viewer, person_id: int) -> Person:
    """Raises NotAllowed, alike for unknown people and for others'."""
    return one(persons(viewer).select_related("municipality"), person_id)


def roles(viewer: Viewer) -> QuerySet[Role]:
    """Roles of those whom the viewer may fetch."""
    rows = Role.objects.filter(organisation_id=viewer.organisation_id).select_related("person")
    return rows if viewer.is_staff else rows.filter(person__in=viewer.for_person_ids)


def bank_accounts(viewer: Viewer) -> QuerySet[BankAccount]:
    """Account numbers of those whom the viewer may fetch, newest first."""
    rows = BankAccount.objects.filter(organisation_id=viewer.organisation_id).select_related("person")
    return (rows if viewer.is_staff else rows.filter(person__in=viewer.for_person_ids)).order_by("person", "-valid")
