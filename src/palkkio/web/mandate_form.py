"""The power of attorney on paper, for the reader in the portal or for staff about a person."""

from __future__ import annotations

from datetime import datetime

from palkkio.core.payslip import Party
from palkkio.core.viewer import Viewer
from palkkio.documents.typesetting import typesetter
from palkkio.formats.pdf import MandateForm, mandate_form_pdf
from palkkio.organisations.queries import local_name, payer
from palkkio.people import access


def mandate_form(viewer: Viewer, *, language: str, at: datetime, person_id: int | None = None) -> bytes:
    """The form with the principal's name on it: the reader's own matters, or for staff the person's.

    Raises NotAllowed.
    """
    principal = access.person(viewer, person_id or viewer.subject_person_id)
    organisation = payer(viewer.organisation_id)
    address = ", ".join(part for part in (organisation.address.replace("\n", ", "), organisation.payroll_phone) if part)
    name = local_name(organisation, language)
    form = MandateForm(
        payer=Party(name, organisation.business_id), return_to=f"{name}, {address}", principal=principal.name
    )
    return mandate_form_pdf(form, typesetter=typesetter(), language=language, made_at=at)
