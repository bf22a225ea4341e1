"""Which households a viewer may fetch: the employer's own, or of the employer they act for; staff: all."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.capabilities import Capability
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.people.households.models import Household


def households(viewer: Viewer) -> QuerySet[Household]:
    rows = Household.objects.filter(organisation_id=viewer.organisation_id).select_related("employer", "signed_by")
    return rows if viewer.is_staff else rows.filter(employer__in=viewer.person_ids_to(Capability.SEE))


def household(viewer: Viewer, household_id: int) -> Household:
    """Raises NotAllowed, alike for unknown ones and others'."""
    return one(households(viewer), household_id)
