"""Writes contracts and their dated terms. History is never overwritten: a change of terms is a new row (CON-5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.contracts import access
from palkkio.contracts.models import AgreedRate, Contract, Terms
from palkkio.contracts.rights import CONTRACTS
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations import access as organisations
from palkkio.organisations.actions import next_number
from palkkio.organisations.inputs import Amount, Day, Inputs
from palkkio.people import access as people
from palkkio.rates.actions import UNITS

CONTRACT_FIELDS = (
    "kind",
    "carer_id",
    "recipient_id",
    "unit_id",
    "municipality_id",
    "first",
    "last",
    "signed_on",
    "pays_trips",
    "is_self_insured",
    "tasks",
    "fee_class",
    "source",
    "agreed_rates",
)


@transaction.atomic
def add_contract(*, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Contract:
    """A contract with its first terms; it waits for signature until `signed_on` is known.

    agreed_rates  EUR per unit by code, for what the contract agrees itself; the rest goes by decided amounts
    Raises InvalidInput, NotAllowed (own matters, others' people).
    """
    by.require(*CONTRACTS)
    inputs = Inputs(values, CONTRACT_FIELDS)
    kind = inputs.choice("kind", ContractKind, "Choose the kind of contract")
    carer_id = inputs.number_of("carer_id", "Choose the carer")
    recipient_id = inputs.number_of("recipient_id")
    unit_id = inputs.number_of("unit_id", "Choose the unit")
    municipality_id = inputs.number_of("municipality_id", "Choose the municipality that pays")
    first, last = inputs.day("first", "Enter the first day"), inputs.day("last")
    signed_on = inputs.day("signed_on")
    if first and last and last < first:
        inputs.error("last", "Enter a last day that is not before the first day")
    if carer_id is not None and carer_id == recipient_id:
        inputs.error("recipient_id", "Choose another person: nobody cares for themself")
    if kind == ContractKind.SUBSTITUTE_CARE and recipient_id is None:
        inputs.error("recipient_id", "Choose the care recipient")
    tasks, fee_class, source = inputs.text("tasks", 4000), inputs.text("fee_class", 10), inputs.text("source", 200)
    agreed = _agreed_rates(inputs)
    inputs.check()
    by.require_not_own(carer_id, recipient_id)
    for person_id in (carer_id, recipient_id):
        if person_id is not None:
            people.person(by, person_id)
    contract = Contract.objects.create(
        organisation_id=by.organisation_id,
        number=_number(by.organisation_id, at.year),
        kind=kind.value,
        carer_id=carer_id or 0,  # `check` has refused None
        recipient_id=recipient_id,
        unit=organisations.unit(by, unit_id or 0),
        municipality=organisations.one(organisations.municipalities(by), municipality_id or 0),
        valid=DateRange.of_days(first, last),
        signed_on=signed_on,
        pays_trips=inputs.flag("pays_trips"),
        is_self_insured=inputs.flag("is_self_insured"),
        tasks=tasks,
    )
    _write_terms(contract, contract.valid, fee_class, source or f"Contract {contract.number}", agreed)
    audit.record(
        "add_contract",
        by=by,
        at=at,
        object_kind="contract",
        object_id=contract.pk,
        subject_person_id=carer_id,
    )
    return contract


@transaction.atomic
def change_terms(
    contract: Contract,
    *,
    by: Viewer,
    at: datetime,
    first: Day,
    fee_class: str = "",
    agreed_rates: Mapping[str, Amount] | None = None,
    source: str = "",
) -> Terms:
    """New terms from `first` on, to the contract's end. The terms in force before end the day before.

    Months already paid are not touched: their difference comes when their sheets are reviewed again.
    Raises InvalidInput, NotAllowed, WrongState when later terms are already written.
    """
    contract = _locked(contract, by)
    inputs = Inputs(
        {"first": first, "fee_class": fee_class, "agreed_rates": agreed_rates or {}, "source": source},
        ("first", "fee_class", "agreed_rates", "source"),
    )
    start = inputs.day("first", "Enter the first day of the new terms")
    agreed = _agreed_rates(inputs)
    text = inputs.text("source", 200, "Enter the decision or amendment that the new terms come from")
    fee_class = inputs.text("fee_class", 10)
    if start is not None and start not in contract.valid:
        inputs.error("first", "Enter a day inside the contract")
    inputs.check()
    assert start is not None  # noqa: S101 - `check` has refused None
    for terms in contract.terms.select_for_update().filter(valid__endswith__gt=start) | contract.terms.filter(
        valid__endswith__isnull=True
    ):
        if terms.valid.start is not None and terms.valid.start >= start:
            raise WrongState("Other terms begin on %(day)s. Choose a later first day.", day=terms.valid.start)
        terms.valid = DateRange(terms.valid.start, start)
        terms.save(update_fields=["valid"])
    made = _write_terms(contract, DateRange(start, contract.valid.end), fee_class, text, agreed)
    _record("change_terms", contract, by=by, at=at, details={"first": str(start)})
    return made


@transaction.atomic
def end_contract(contract: Contract, *, by: Viewer, at: datetime, last: Day, reason: str) -> Contract:
    """The contract's last day becomes `last`; terms after it end with it. Raises InvalidInput, NotAllowed."""
    contract = _locked(contract, by)
    inputs = Inputs({"last": last, "reason": reason}, ("last", "reason"))
    day = inputs.day("last", "Enter the last day of the contract")
    text = inputs.text("reason", 1000, "Enter why the contract ends")
    if day is not None and day not in contract.valid:
        inputs.error("last", "Enter a day inside the contract")
    inputs.check()
    assert day is not None  # noqa: S101 - `check` has refused None
    contract.terms.filter(valid__startswith__gt=day).delete()
    for terms in contract.terms.filter(valid__contains=day):
        terms.valid = DateRange.of_days(terms.valid.start, day)
        terms.save(update_fields=["valid"])
    contract.valid = DateRange.of_days(contract.valid.start, day)
    contract.save(update_fields=["valid"])
    _record("end_contract", contract, by=by, at=at, reason=text, details={"last": str(day)})
    return contract


@transaction.atomic
def mark_signed(contract: Contract, *, by: Viewer, at: datetime, on: Day) -> Contract:
    """Both parties have signed, on paper. Raises InvalidInput, NotAllowed, WrongState."""
    contract = _locked(contract, by)
    inputs = Inputs({"signed_on": on}, ("signed_on",))
    day = inputs.day("signed_on", "Enter the day it was signed")
    if day is not None and day > at.date():
        inputs.error("signed_on", "Enter a day that is not in the future")
    inputs.check()
    if contract.signed_on is not None:
        raise WrongState("The contract is already signed.")
    contract.signed_on = day
    contract.save(update_fields=["signed_on"])
    _record("mark_signed", contract, by=by, at=at)
    return contract


def _locked(contract: Contract, by: Viewer) -> Contract:
    by.require(*CONTRACTS)
    visible = access.contract(by, contract.pk)
    by.require_not_own(visible.carer_id, visible.recipient_id)
    return Contract.objects.select_for_update().get(pk=visible.pk)


def _write_terms(
    contract: Contract, valid: DateRange, fee_class: str, source: str, agreed: Mapping[str, Decimal]
) -> Terms:
    terms = Terms.objects.create(
        organisation_id=contract.organisation_id, contract=contract, valid=valid, fee_class=fee_class, source=source
    )
    for code, amount in agreed.items():
        AgreedRate.objects.create(organisation_id=contract.organisation_id, terms=terms, code=code, amount=amount)
    return terms


def _agreed_rates(inputs: Inputs) -> dict[str, Decimal]:
    """Amounts by code; what is left empty is not agreed."""
    typed: Mapping[str, Amount] = inputs.raw("agreed_rates") or {}
    fields = {f"agreed_{code}": amount for code, amount in typed.items() if amount not in (None, "")}
    if unknown := set(typed) - set(UNITS):
        raise ValueError(f"Unknown rates: {', '.join(sorted(unknown))}")
    own = Inputs(fields, fields)
    found = {name.removeprefix("agreed_"): own.decimal(name, places=4) for name in fields}
    for error in own.errors:
        inputs.error(error.field, error.message, **error.params)
    return found


def _number(organisation_id: int, year: int) -> str:
    return f"{year}-{next_number(organisation_id, f'contract-{year}'):03d}"


def _record(
    action: str,
    contract: Contract,
    *,
    by: Viewer,
    at: datetime,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="contract",
        object_id=contract.pk,
        subject_person_id=contract.carer_id,
        reason=reason,
        details=details,
    )
