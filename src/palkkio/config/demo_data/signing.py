"""A document that waits for its signature: the informal carer's plan and terms change with the next month."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from palkkio.config.demo_data.forms_of_care import OILI
from palkkio.config.demo_data.organisations import viewer_of_email
from palkkio.contracts import actions as contracts
from palkkio.contracts import queries
from palkkio.contracts.signing.actions import make_version
from palkkio.core.days import add_months
from palkkio.core.viewer import RoleKind

if TYPE_CHECKING:
    from palkkio.config.demo_data.organisations import Staff

PLAN = """
#set page(paper: "a4", margin: 20mm)
#set text(size: 11pt)
= Hoito- ja palvelusuunnitelma
Esittelytieto: keksitty suunnitelma

Hoidettava on jaksohoidossa seitsemän päivää kuukaudessa. Hoitaja pitää silloin kolme vapaapäivää.
"""
DAYS_OFF = "Kolme vapaapäivää kuukaudessa jaksohoidon aikana. Jaksohoito sovitaan kuukaudeksi kerrallaan."


def wait_for_signature(staff: Staff, *, today: date, at: datetime) -> None:
    """The changed contract of the informal carer is made and waits for her."""
    carer = viewer_of_email(OILI, RoleKind.CARER, today)
    contract = queries.lists(carer, today).valid[0]
    first = add_months(today.replace(day=1), 1)
    plan, source = bytes(typst.compile(PLAN.encode())), f"Suunnitelma {today.day}.{today.month}.{today.year}"
    contracts.amend_terms(
        contract, by=staff.handler, at=at, first=first, values={"interval_care_days": "7"}, source=source
    )
    make_version(
        contract.pk,
        by=staff.handler,
        at=at,
        values={"language": "fi", "first": first, "days_off_plan": DAYS_OFF},
        plan=SimpleUploadedFile("suunnitelma.pdf", plan, "application/pdf"),
    )
