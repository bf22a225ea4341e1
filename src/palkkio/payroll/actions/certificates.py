"""Pay certificate and yearly summary as documents (PAY-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.viewer import PAYEE_ROLES, RoleKind, Viewer
from palkkio.documents import actions as documents
from palkkio.documents.typesetting import typesetter
from palkkio.formats.pdf import pay_certificate_pdf, yearly_summary_pdf
from palkkio.payroll.queries.certificates import pay_certificate, yearly_summary

if TYPE_CHECKING:
    from palkkio.documents.models import Document

WHO = (*PAYEE_ROLES, RoleKind.PAYROLL_CLERK)


@transaction.atomic
def issue_pay_certificate(
    person_id: int, *, by: Viewer, at: datetime, first: date, last: date, language: str, purpose: str = ""
) -> Document:
    """A certificate of what was paid from `first` to `last`, for a payee or payroll. Raises NotAllowed."""
    by.require(*WHO)
    value = pay_certificate(by, person_id, first=first, last=last, language=language, purpose=purpose)
    content = pay_certificate_pdf(value, typesetter=typesetter(), language=language, made_at=at)
    return _issue(content, "palkkatodistus", person_id, by, at)


@transaction.atomic
def issue_yearly_summary(person_id: int, *, by: Viewer, at: datetime, year: int, language: str) -> Document:
    """A summary of what was paid and withheld in a year, for a payee or payroll. Raises NotAllowed."""
    by.require(*WHO)
    value = yearly_summary(by, person_id, year=year, language=language)
    content = yearly_summary_pdf(value, typesetter=typesetter(), language=language, made_at=at)
    return _issue(content, f"vuosiyhteenveto-{year}", person_id, by, at)


def _issue(content: bytes, name: str, person_id: int, by: Viewer, at: datetime) -> Document:
    document: Document = documents.issue(
        content,
        organisation_id=by.organisation_id,
        kind="other",
        file_name=f"{name}.pdf",
        content_type="application/pdf",
        person_id=person_id,
        at=at,
    )
    audit.record(
        "issue_document",
        by=by,
        at=at,
        object_kind="document",
        object_id=document.pk,
        subject_person_id=person_id,
        details={"document": name},
    )
    return document
