"""Handing the charges of days off to invoicing, with the run that pays their months (OHT-6, OHT-7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.organisations.locks import Lock, one_at_a_time
from palkkio.payroll.charges import due_of_run
from palkkio.payroll.models import ClientCharge, Run


@transaction.atomic
def make_client_charges(run_id: int, *, at: datetime) -> int:
    """Rows for what should be charged and is not, and corrections of what late facts have changed.

    Days up to the last care month that the run pays to informal carers; the carer's fee is not touched. A second call
    finds nothing to do. A recipient who has died keeps the row: invoicing decides about the estate.
    Law: 734/1992 6 b §, 937/2005 4 §. Returns the number of rows made.
    """
    run = Run.objects.select_for_update().get(pk=run_id)
    one_at_a_time(Lock.CHARGES, run.organisation_id)
    made = ClientCharge.objects.bulk_create(
        ClientCharge(
            organisation_id=run.organisation_id,
            run=run,
            contract=each.contract,
            recipient_id=each.contract.recipient_id,
            on=each.on,
            amount=each.amount,
            is_correction=each.is_correction,
            law=each.law,
            source=each.source,
            made_at=at,
        )
        for each in due_of_run(run)
        if each.contract.recipient_id is not None
    )
    if made:
        audit.record(
            "make_client_charges",
            by=None,
            at=at,
            organisation_id=run.organisation_id,
            object_kind="run",
            object_id=run.pk,
            details={"rows": len(made)},
        )
    return len(made)
