"""Documents that belong to an entry: scans of paper sheets, receipts, attachments of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palkkio.core.problems import NotAllowed

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document


def require_of(document: Document, contract: Contract, message: str) -> None:
    """Raises NotAllowed for a document of another organisation, or about somebody else than the carer."""
    if document.organisation_id != contract.organisation_id or document.person_id not in (None, contract.carer_id):
        raise NotAllowed(message)
