"""Which accounts a viewer may fetch: their own; an administrator also those of the organisation's people."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from palkkio.accounts.models import Account
from palkkio.core.viewer import RoleKind, Viewer


def accounts(viewer: Viewer) -> QuerySet[Account]:
    own = Q(pk=viewer.account_id)
    if viewer.role is RoleKind.ADMINISTRATOR:
        own |= Q(people__person__organisation_id=viewer.organisation_id)
    return Account.objects.filter(own).distinct()
