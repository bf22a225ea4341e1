"""Payees' comments that wait on the desk, and who has them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.messages.models import Comment
from palkkio.messages.thread_models import Holder


def open_comments(organisation_id: int) -> QuerySet[Comment]:
    """Written by a payee, standing, and not processed."""
    return Comment.objects.filter(
        organisation_id=organisation_id, is_staff=False, deleted_at__isnull=True, processed_at__isnull=True
    )


def drop_holders(organisation_id: int) -> None:
    """Matters of which nothing is open any more have no holder; in the transaction of the processing."""
    waiting = open_comments(organisation_id).filter(about=OuterRef("about"), object_id=OuterRef("object_id"))
    Holder.objects.filter(~Exists(waiting), organisation_id=organisation_id).delete()
