"""Which versions of contracts a viewer may fetch."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.contracts.signing.models import Signatory, Version
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one


def versions(viewer: Viewer) -> QuerySet[Version]:
    """Staff: their organisation's. Others: those that they sign, or whom they act for; an own signature is enough, so
    that an employer sees the employments and an assistant the own one.
    """
    rows = Version.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.is_staff:
        own = Signatory.objects.filter(version=OuterRef("pk"), person__in=viewer.person_ids_to(Capability.SEE))
        rows = rows.filter(Exists(own))
    rows = rows.select_related(
        "contract__carer",
        "contract__recipient",
        "contract__employer",
        "contract__unit",
        "document",
        "sealed",
        "plan",
        "decision",
    )
    return rows.prefetch_related("signatories__person", "signatories__signed_by")


def version(viewer: Viewer, version_id: int) -> Version:
    """Raises NotAllowed, alike for unknown versions and for others'."""
    return one(versions(viewer), version_id)
