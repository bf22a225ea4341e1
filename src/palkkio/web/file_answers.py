"""A file that was sent in, as an answer: shown in the browser where it can do no harm, else saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from palkkio.documents.queries import content

if TYPE_CHECKING:
    from palkkio.documents.models import Document

SHOWN_AS_THEY_ARE = frozenset({"application/pdf", "image/jpeg", "image/png"})


def answer_with(document: Document) -> HttpResponse:
    """Of a row that the viewer was allowed to fetch."""
    kind = document.content_type if document.content_type in SHOWN_AS_THEY_ARE else "application/octet-stream"
    disposition = "inline" if kind in SHOWN_AS_THEY_ARE else "attachment"
    return HttpResponse(content(document), content_type=kind, headers={"Content-Disposition": disposition})
