"""The notice that a payslip is ready, when a run is whole."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from palkkio.messages.actions.letters import ask_where_wanted
from palkkio.messages.actions.notices import defer_emails
from palkkio.messages.models import Notice
from palkkio.payroll.queries import payees_of_run


@transaction.atomic
def tell_payslips_are_ready(run_id: int, *, at: datetime) -> int:
    """A notice to each payee of a produced run, once for each payslip; may run twice. Returns how many are new."""
    rows = [
        Notice(
            organisation_id=payee.organisation_id,
            person_id=payee.person_id,
            kind=Notice.Kind.PAYSLIP_READY,
            object_id=payee.payslip_id,
            key=f"payslip-{payee.payslip_id}",
            created_at=at,
        )
        for payee in payees_of_run(run_id)
    ]
    known = set(
        Notice.objects.filter(
            kind=Notice.Kind.PAYSLIP_READY, object_id__in=[each.object_id for each in rows]
        ).values_list("object_id", flat=True)
    )
    new = [each for each in rows if each.object_id not in known]
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    ask_where_wanted(new, at=at)
    if new:
        defer_emails(new[0].organisation_id)
    return len(new)
