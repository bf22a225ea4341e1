"""Files as answers: one that was sent in is shown in the browser where it can do no harm, else saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from palkkio.core.problems import NotAllowed
from palkkio.documents.queries import content
from palkkio.organisations.access import NOT_FOUND

if TYPE_CHECKING:
    from django.db.models import Model

    from palkkio.documents.models import Document

SHOWN_AS_THEY_ARE = frozenset({"application/pdf", "image/jpeg", "image/png"})


def answer_with(document: Document) -> HttpResponse:
    """Of a row that the viewer was allowed to fetch."""
    kind = document.content_type if document.content_type in SHOWN_AS_THEY_ARE else "application/octet-stream"
    disposition = "inline" if kind in SHOWN_AS_THEY_ARE else "attachment"
    return HttpResponse(content(document), content_type=kind, headers={"Content-Disposition": disposition})


def answer_part(row: Model, name: str | None) -> HttpResponse:
    """One of the files of a row, by the name of its field. Raises NotAllowed where there is none."""
    document = getattr(row, name) if name else None
    if document is None:
        raise NotAllowed(NOT_FOUND)
    return answer_with(document)


def download(body: bytes, content_type: str, name: str) -> HttpResponse:
    """A file made here, to save."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)


def shown_pdf(body: bytes, name: str = "") -> HttpResponse:
    """A PDF made here, shown in the browser; `name` is what it is saved as."""
    disposition = f'inline; filename="{name}"' if name else "inline"
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": disposition})
