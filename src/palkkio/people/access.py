"""Which people a viewer may fetch."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from palkkio.core.capabilities import Capability
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.people.models import BankAccount, BankAccountProposal, Person, Representation, Role


def persons(viewer: Viewer) -> QuerySet[Person]:
    """In the portal: themself, or the one person they act for now. Staff: the people of their organisation."""
    people = Person.objects.filter(organisation_id=viewer.organisation_id)
    return people if viewer.is_staff else people.filter(pk__in=viewer.for_person_ids)


def person(viewer: Viewer, person_id: int) -> Person:
    """Raises NotAllowed, alike for unknown people and for others'."""
    return one(persons(viewer).select_related("municipality"), person_id)


def own_person(viewer: Viewer) -> Person:
    """Who looks at the page, whomever they act for."""
    return one(Person.objects.filter(organisation_id=viewer.organisation_id), viewer.person_id)


def roles(viewer: Viewer) -> QuerySet[Role]:
    """Roles of those whom the viewer may fetch."""
    rows = Role.objects.filter(organisation_id=viewer.organisation_id).select_related("person")
    return rows if viewer.is_staff else rows.filter(person__in=viewer.person_ids_to(Capability.SEE))


def bank_accounts(viewer: Viewer) -> QuerySet[BankAccount]:
    """Account numbers of those whom the viewer may fetch, newest first."""
    rows = BankAccount.objects.filter(organisation_id=viewer.organisation_id).select_related("person")
    found = rows if viewer.is_staff else rows.filter(person__in=viewer.person_ids_to(Capability.SEE))
    return found.order_by("person", "-valid")


def bank_account_proposals(viewer: Viewer) -> QuerySet[BankAccountProposal]:
    """Account numbers that wait for a second person; for staff alone."""
    rows = BankAccountProposal.objects.filter(organisation_id=viewer.organisation_id, settled_at__isnull=True)
    return rows.select_related("person", "proposed_by") if viewer.is_staff else rows.none()


def representations(viewer: Viewer) -> QuerySet[Representation]:
    """Who acts for those whom the viewer may fetch, and for whom the viewer acts; staff: the organisation's."""
    rows = Representation.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.is_staff:
        rows = rows.filter(Q(principal__in=viewer.person_ids_to(Capability.SEE)) | Q(agent_id=viewer.person_id))
    return rows.select_related("agent", "principal", "ended_by")
