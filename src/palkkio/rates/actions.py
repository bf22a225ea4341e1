"""Proposes and approves rates: two people, and only approved rates pay."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Amount, Day, Inputs
from palkkio.rates import access
from palkkio.rates.codes import CODES, unit_of
from palkkio.rates.deciding import make_room
from palkkio.rates.models import HOLDS, Rate, RateSeries
from palkkio.rates.rights import RATES

FIELDS = ("contract_kind", "code", "fee_class", "unit", "first", "last", "amount", "source")
MOST = Decimal(100_000)


@transaction.atomic
def propose_rate(
    *,
    by: Viewer,
    at: datetime,
    contract_kind: str,
    code: str,
    fee_class: str = "",
    unit: str = "",
    first: Day,
    last: Day = None,
    amount: Amount,
    source: str,
) -> Rate:
    """An amount in EUR that the organisation has decided; it pays once a second person approves it.

    unit    day, visit, hour or km; empty: as the code says
    source  the decision: body, day, section
    Raises InvalidInput, NotAllowed.
    """
    by.require(*RATES)
    typed = (contract_kind, code, fee_class, unit, first, last, amount, source)
    inputs = Inputs(dict(zip(FIELDS, typed, strict=True)), FIELDS)
    kind = inputs.choice("contract_kind", ContractKind, "Choose the kind of contract")
    if code not in CODES:
        inputs.error("code", "Choose what the rate is for")
    elif unit and unit != unit_of(code):
        inputs.error("unit", "Choose the unit %(unit)s for this rate", unit=unit_of(code))
    chosen_class = inputs.text("fee_class", 10)
    if not re.fullmatch(r"[\w-]*", chosen_class):
        inputs.error("fee_class", "Enter the class with letters and digits only")
    euros = inputs.decimal("amount", "Enter the amount in euros, for example 97,55", places=4, most=MOST)
    start, end = inputs.day("first", "Enter the first day of the rate"), inputs.day("last")
    if start is not None and end is not None and end < start:
        inputs.error("last", "Enter a last day that is not before the first day")
    decision = inputs.text("source", 200, "Enter the decision that the amount comes from")
    inputs.check()
    series, _ = RateSeries.objects.get_or_create(
        organisation_id=by.organisation_id,
        contract_kind=kind.value,
        code=code,
        fee_class=chosen_class,
        defaults={"unit": unit_of(code)},
    )
    rate = Rate.objects.create(
        organisation_id=by.organisation_id,
        series=series,
        valid=DateRange.of_days(start, end),
        amount=euros,
        source=decision,
        proposed_by_id=by.account_id,
        proposed_at=at,
    )
    audit.record(
        "propose_rate", by=by, at=at, object_kind="rate", object_id=rate.pk, details={"amount": str(rate.amount)}
    )
    return rate


@transaction.atomic
def approve_rate(rate: Rate, *, by: Viewer, at: datetime) -> Rate:
    """A second person's yes: the rate pays from its first day, the one before ends the day before.

    An approved rate with the same first day is replaced and stays in the history. Days that were paid already lead to
    differences in the next run. Raises NotAllowed for who proposed it; WrongState when it is approved already, or when
    a later approved rate stands in its days.
    """
    by.require(*RATES)
    rate = _locked(rate, by)
    if rate.approved_at is not None:
        raise WrongState("This rate is approved already.")
    if rate.proposed_by_id == by.account_id:
        raise NotAllowed("You proposed this rate. A second person approves it.")
    replaced = make_room(Rate.objects.filter(HOLDS, series_id=rate.series_id), rate.valid)
    rate.approved_by_id = by.account_id
    rate.approved_at = at
    rate.save(update_fields=["approved_by", "approved_at"])
    audit.record("approve_rate", by=by, at=at, object_kind="rate", object_id=rate.pk, details={"replaced": replaced})
    return rate


@transaction.atomic
def withdraw_rate(rate: Rate, *, by: Viewer, at: datetime) -> None:
    """Take a proposal back. Raises WrongState when it is approved: then a new rate replaces it."""
    by.require(*RATES)
    rate = _locked(rate, by)
    if rate.approved_at is not None:
        raise WrongState("This rate is approved. Propose a new one that replaces it.")
    audit.record(
        "withdraw_rate", by=by, at=at, object_kind="rate", object_id=rate.pk, details={"amount": str(rate.amount)}
    )
    rate.delete()


def _locked(rate: Rate, by: Viewer) -> Rate:
    """The rate, with its series locked: approvals of one series go one after the other."""
    found = one(access.rates(by), rate.pk)
    RateSeries.objects.select_for_update().get(pk=found.series_id)
    return one(access.rates(by).select_for_update(of=("self",)), rate.pk)
