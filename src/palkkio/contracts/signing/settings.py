"""How an organisation has its contracts signed, and what it adds to them: written by its administrators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.contracts.signing.models import Choices, Template
from palkkio.contracts.signing.queries import choices_of, template_of
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.inputs import Inputs

CHOICES = ("days_to_sign", "remind_after_days", "amendments_are_signed", "index_is_signed")
TEXTS = ("clauses_fi", "clauses_sv", "clauses_en", "notice_fi", "notice_sv", "notice_en")
LONGEST = 8000


@transaction.atomic
def save_choices(*, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Choices:
    """CHOICES, from now on: versions that wait keep their day. Raises InvalidInput, NotAllowed."""
    by.require(RoleKind.ADMINISTRATOR)
    inputs = Inputs(values, CHOICES)
    row = choices_of(by.organisation_id)
    row.days_to_sign = inputs.whole("days_to_sign", 1, 365)
    row.remind_after_days = inputs.whole("remind_after_days", 1, 365)
    row.amendments_are_signed = inputs.flag("amendments_are_signed")
    row.index_is_signed = inputs.flag("index_is_signed")
    inputs.check()
    row.save()
    audit.record("choose_signing", by=by, at=at, object_kind="signing_choices", object_id=row.pk)
    return row


@transaction.atomic
def save_template(kind: str, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Template:
    """The organisation's own clauses for a kind, one paragraph a line; versions that are made stay as they are.

    Raises InvalidInput, NotAllowed, ValueError for an unknown kind.
    """
    by.require(RoleKind.ADMINISTRATOR)
    inputs = Inputs(values, TEXTS)
    row = template_of(by.organisation_id, ContractKind(kind).value)
    for name in TEXTS:
        setattr(row, name, inputs.text(name, LONGEST))
    inputs.check()
    row.save()
    audit.record(
        "save_contract_template",
        by=by,
        at=at,
        object_kind="contract_template",
        object_id=row.pk,
        details={"kind": row.kind},
    )
    return row
