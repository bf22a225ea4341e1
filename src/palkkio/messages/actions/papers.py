"""Notices about papers of employments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from palkkio.messages.actions.notices import notify
from palkkio.messages.models import Notice

if TYPE_CHECKING:
    from palkkio.contracts.paper_models import Paper
    from palkkio.documents.models import Document


def tell_paper_returned(paper: Paper, *, at: datetime) -> Notice | None:
    """Who sent it, assistant or employer, finds why in Palkkio; one that staff scanned is told to whose paper it is."""
    person_id = {"employer": paper.employer_id, "assistant": paper.person_id}.get(paper.sent_as, paper.person_id)
    return notify(person_id, Notice.Kind.PAPER_RETURNED, paper.pk, f"paper-{paper.pk}", at=at)


def tell_document_returned(document: Document, *, at: datetime) -> Notice | None:
    """The person finds why in Palkkio; one that only staff see is told to nobody."""
    if document.person_id is None or document.is_for_staff:
        return None
    return notify(document.person_id, Notice.Kind.PAPER_RETURNED, document.pk, f"document-{document.pk}", at=at)
