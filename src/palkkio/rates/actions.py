"""Writes decided amounts: one person proposes, another approves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Amount, Day, Inputs
from palkkio.rates import access
from palkkio.rates.models import Rate, RateSeries
from palkkio.rates.rights import DECIDED_RATES

# What may be decided, and in what it is counted.
UNITS = {
    "care": "day",
    "training": "day",
    "notice": "day",
    "cancelled": "day",
    "visit": "visit",
    "hour": "hour",
    "kilometre": "km",
}


@transaction.atomic
def propose_rate(
    *,
    by: Viewer,
    at: datetime,
    contract_kind: ContractKind | str,
    code: str,
    first: Day,
    amount: Amount,
    source: str,
    last: Day = None,
    fee_class: str = "",
    unit: str = "",
) -> Rate:
    """A decided amount in EUR per unit with its days and decision. It pays only when a second person has approved it.

    code    care, training, notice, cancelled, visit, hour or kilometre
    source  the decision: who, when and which section
    Raises InvalidInput, NotAllowed.
    """
    by.require(*DECIDED_RATES)
    values: dict[str, Any] = {
        "contract_kind": contract_kind,
        "code": code,
        "fee_class": fee_class,
        "first": first,
        "last": last,
        "amount": amount,
        "source": source,
    }
    inputs = Inputs(values, values)
    kind = inputs.choice("contract_kind", ContractKind, "Choose the kind of contract")
    if code not in UNITS:
        inputs.error("code", "Choose what the amount is paid for")
    text = inputs.text("source", 200, "Enter the decision: who decided, when and which section")
    fee_class = inputs.text("fee_class", 10)
    euros = inputs.decimal("amount", "Enter the amount, for example 97,55", places=4)
    first_day, last_day = inputs.day("first", "Enter the first day"), inputs.day("last")
    if first_day and last_day and last_day < first_day:
        inputs.error("last", "Enter a last day that is not before the first day")
    inputs.check()
    series, _ = RateSeries.objects.get_or_create(
        organisation_id=by.organisation_id,
        contract_kind=kind.value,
        code=code,
        fee_class=fee_class,
        defaults={"unit": unit or UNITS[code]},
    )
    rate = Rate.objects.create(
        organisation_id=by.organisation_id,
        series=series,
        valid=DateRange.of_days(first_day, last_day),
        amount=euros,
        source=text,
        proposed_by_id=by.account_id,
        proposed_at=at,
    )
    audit.record("propose_rate", by=by, at=at, object_kind="rate", object_id=rate.pk)
    return rate


@transaction.atomic
def approve_rate(rate: Rate, *, by: Viewer, at: datetime) -> Rate:
    """The second person's yes. The amount in force before ends the day before this one begins.

    Raises NotAllowed (also for the proposer), WrongState when it is approved already or a later amount begins inside.
    """
    by.require(*DECIDED_RATES)
    # The series is locked first, so that two approvals cannot both shorten the same amount.
    series_id = access.rate(by, rate.pk).series_id
    RateSeries.objects.select_for_update().get(pk=series_id)
    rate = one(Rate.objects.filter(organisation_id=by.organisation_id).select_for_update(), rate.pk)
    if rate.approved_at is not None:
        raise WrongState("This amount is already approved.")
    if rate.proposed_by_id == by.account_id:
        raise NotAllowed("You proposed this amount. A second person approves it.")
    start = rate.valid.start
    approved = Rate.objects.select_for_update().filter(series_id=series_id, approved_at__isnull=False)
    for other in approved.filter(valid__overlap=rate.valid):
        if start is None or (other.valid.start is not None and other.valid.start >= start):
            raise WrongState(
                "Another approved amount begins on %(day)s. Withdraw this one and propose it again with a last day.",
                day=other.valid.start,
            )
        other.valid = DateRange(other.valid.start, start)
        other.save(update_fields=["valid"])
        audit.record(
            "end_rate",
            by=by,
            at=at,
            object_kind="rate",
            object_id=other.pk,
            details={"last": str(start - ONE_DAY)},
        )
    rate.approved_by_id = by.account_id
    rate.approved_at = at
    rate.save(update_fields=["approved_by", "approved_at"])
    audit.record("approve_rate", by=by, at=at, object_kind="rate", object_id=rate.pk)
    return rate


@transaction.atomic
def withdraw_rate(rate: Rate, *, by: Viewer, at: datetime) -> None:
    """Take back a proposed amount that nobody has approved. Raises NotAllowed, WrongState."""
    by.require(*DECIDED_RATES)
    rate = one(Rate.objects.filter(organisation_id=by.organisation_id).select_for_update(), rate.pk)
    if rate.approved_at is not None:
        raise WrongState("An approved amount is not withdrawn. Propose a new one from the day it should change.")
    audit.record("withdraw_rate", by=by, at=at, object_kind="rate", object_id=rate.pk)
    rate.delete()
