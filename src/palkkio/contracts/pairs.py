"""One carer's care of one person has one contract at a time: paid by the month, it would be paid twice (I8)."""

from __future__ import annotations

from palkkio.contracts.kinds import PAID_BY_MONTH
from palkkio.contracts.models import Contract
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.organisations.locks import Lock, one_at_a_time


def signed_beside(kind: ContractKind, carer_id: int, recipient_id: int | None, days: DateRange) -> Contract | None:
    """A signed contract of the kind between the same two on some of `days`; None: there is none, or may be several.

    One that was never signed is not paid, and stands in nobody's way. To the end of the transaction no other contract
    of the carer is asked about, so that two that are signed at once do not pass.
    """
    if kind not in PAID_BY_MONTH:
        return None
    one_at_a_time(Lock.SIGNINGS, carer_id)
    same = Contract.objects.filter(kind=kind.value, carer_id=carer_id, recipient_id=recipient_id)
    return same.filter(valid__overlap=days, signed_on__isnull=False).order_by("valid").first()
