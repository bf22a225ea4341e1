"""Which invitations a viewer may fetch: a principal the mandates they offered; staff those of their organisation."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.accounts.invitations.models import Invitation
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import Viewer


def invitations(viewer: Viewer) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(organisation_id=viewer.organisation_id)
    if not viewer.is_staff:
        rows = rows.filter(principal__in=viewer.person_ids_to(Capability.GIVE_MANDATES))
    return rows.select_related("person", "principal").order_by("-made_at", "-pk")
