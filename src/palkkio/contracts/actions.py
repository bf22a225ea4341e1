"""Writes contracts. Terms change by dated versions: the history is never overwritten (CON-5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from palkkio.audit import actions as audit
from palkkio.contracts import access
from palkkio.contracts.kinds import KINDS
from palkkio.contracts.models import AgreedRate, Contract, EmploymentTerms, Terms
from palkkio.contracts.pairs import signed_beside
from palkkio.contracts.rights import CONTRACTS
from palkkio.contracts.terms_inputs import ALL_FIELDS, TermsValues, read_terms, values_of
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import Viewer
from palkkio.formats import figures
from palkkio.organisations import access as organisations
from palkkio.organisations.actions import next_number
from palkkio.organisations.inputs import Amount, Day, Inputs
from palkkio.organisations.queries import contract_kinds
from palkkio.people import queries as people

DETAILS = ("unit_id", "municipality_id", "pays_trips", "is_self_insured", "tasks")
TERMS = ("first", "agreed_rates", "source", *ALL_FIELDS)
CONTRACT_FIELDS = ("kind", "carer_id", "recipient_id", "employer_id", "last", "signed_on", *DETAILS, *TERMS)


@transaction.atomic
def add_contract(*, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Contract:
    """A contract with its first terms, numbered by year: 2026-014.

    values  CONTRACT_FIELDS; `agreed_rates` by code in EUR, what is left out is paid by the decided rate;
            without `signed_on` the contract waits for signature
    Raises InvalidInput (an agreed amount on the field `agreed_care` ...), NotAllowed.
    """
    by.require(*CONTRACTS)
    today = day_of(at)
    inputs = Inputs(values, CONTRACT_FIELDS)
    kind = inputs.choice("kind", ContractKind, "Choose the kind of contract")
    if kind not in contract_kinds(by.organisation_id):
        inputs.error("kind", "Choose a kind of contract that your organisation pays")
    carer_id = inputs.number_of("carer_id", "Choose the carer")
    recipient_id = inputs.number_of("recipient_id", "Choose the care recipient" if KINDS[kind].needs_recipient else "")
    employer_id = inputs.number_of("employer_id")
    if employer_id is not None and kind is not ContractKind.PERSONAL_ASSISTANCE:
        inputs.error("employer_id", "Leave this empty: only a personal assistant has an employer")
    by.require_not_own(carer_id, recipient_id, employer_id)
    _check_people(inputs, by, carer_id, recipient_id, employer_id)
    details = _details(inputs, by)
    first, last = inputs.first_and_last("Enter the first day of the contract")
    signed_on = inputs.day("signed_on")
    if signed_on is not None and signed_on > today:
        inputs.error("signed_on", "Enter a day of signature that is not in the future")
    if inputs.has_error("kind"):
        inputs.check()  # the terms are those of the kind
    terms = read_terms(inputs, kind)
    inputs.check()
    year, days = today.year, DateRange.of_days(first, last)
    parties: dict[str, Any] = {"carer_id": carer_id, "recipient_id": recipient_id, "employer_id": employer_id}
    number = next_number(by.organisation_id, f"contract-{year}")  # one at a time from here on
    _check_no_other(inputs, kind, carer_id, recipient_id, days)
    contract = Contract.objects.create(
        organisation_id=by.organisation_id,
        number=f"{year}-{number:03d}",
        kind=kind.value,
        **parties,
        valid=days,
        signed_on=signed_on,
        **details,
    )
    _write_terms(contract, contract.valid, terms)
    _record("add_contract", contract, by=by, at=at)
    return contract


@transaction.atomic
def change_contract(contract: Contract, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Contract:
    """New details (DETAILS) that are no terms; what is not among `values` stays. Raises InvalidInput, NotAllowed."""
    contract = _locked(contract, by)
    inputs = Inputs(values, DETAILS)
    details = _details(inputs, by, values)
    inputs.check()
    for field, value in details.items():
        setattr(contract, field, value)
    contract.save()
    _record("change_contract", contract, by=by, at=at, details={"fields": sorted(details)})
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
    source: str,
    values: Mapping[str, Any] | None = None,
) -> Terms:
    """New terms from `first` on; those in force end the day before. Terms that begin later stay as they are.

    values  the other terms of the kind of contract (`terms_inputs.fields_of`); what is left out is not agreed
    Days that were paid already lead to differences in the next run. Raises InvalidInput, NotAllowed.
    """
    contract = _locked(contract, by)
    given = {"fee_class": fee_class, **(values or {})}
    inputs = Inputs({**given, "first": first, "agreed_rates": agreed_rates, "source": source}, TERMS)
    day = inputs.day("first", "Enter the first day of the new terms")
    chosen = read_terms(inputs, ContractKind(contract.kind))
    if not chosen.source:
        inputs.error("source", "Enter the decision or amendment that the change comes from")
    before = None
    if day is not None:
        before = Terms.objects.filter(contract=contract, valid__contains=day).first()
        if before is None:
            inputs.error("first", "Choose a day of the contract: %(days)s", days=figures.days(contract.valid))
        elif before.valid.start == day:
            inputs.error("first", "Terms change on this day already. Choose another day.")
    inputs.check()
    if before is None:
        raise AssertionError("inputs.check() refuses a day without terms")
    days = DateRange(day, before.valid.end)
    before.valid = DateRange(before.valid.start, day)
    before.save(update_fields=["valid"])
    terms = _write_terms(contract, days, chosen)
    _record("change_terms", contract, by=by, at=at, details={"terms": terms.pk, "first": str(day)})
    return terms


@transaction.atomic
def amend_terms(
    contract: Contract, *, by: Viewer, at: datetime, first: Day, values: Mapping[str, Any], source: str
) -> Terms:
    """Some terms change from `first` on, in all terms from that day; the others stay as they were.

    values  terms of the kind of contract (`terms_inputs.fields_of`)
    Terms in force are cut the day before; terms that begin on the day or later take the new values in their place, and
    the history keeps what they were. Raises InvalidInput, NotAllowed.
    """
    contract = _locked(contract, by)
    day = Inputs({"first": first}, ("first",))
    start = day.day("first", "Enter the first day of the new terms")
    day.check()
    if start is None:
        raise AssertionError("the check refuses a change without a day")
    touched = list(Terms.objects.filter(contract=contract, valid__endswith__isnull=True))
    touched += Terms.objects.filter(contract=contract, valid__endswith__gt=start)
    touched.sort(key=lambda each: each.valid.start or date.min)
    if start not in contract.valid or not touched:
        raise InvalidInput(
            FieldError("first", "Choose a day of the contract: %(days)s", params={"days": figures.days(contract.valid)})
        )
    made: list[Terms] = []
    for terms in touched:
        wanted = {**values_of(terms), **values, "source": source}
        inputs = Inputs(wanted, TERMS)
        chosen = read_terms(inputs, ContractKind(contract.kind))
        inputs.check()
        days: DateRange = terms.valid
        if days.start is not None and days.start >= start:
            made.append(_rewrite(terms, chosen))
        else:
            terms.valid = DateRange(days.start, start)
            terms.save(update_fields=["valid"])
            made.append(_write_terms(contract, DateRange(start, days.end), chosen))
    _record("amend_terms", contract, by=by, at=at, details={"first": str(start), "fields": sorted(values)})
    return made[0]


@transaction.atomic
def end_contract(contract: Contract, *, by: Viewer, at: datetime, last: Day, reason: str) -> Contract:
    """The contract and its terms end with the day `last`. Raises InvalidInput, NotAllowed."""
    contract = _locked(contract, by)
    inputs = Inputs({"last": last, "reason": reason}, ("last", "reason"))
    day = inputs.day("last", "Enter the last day of the contract")
    why = inputs.text("reason", 1000, "Enter the reason")
    days: DateRange = contract.valid
    if day is not None and day not in days:
        inputs.error("last", "Choose a day of the contract: %(days)s", days=figures.days(days))
    inputs.check()
    contract.valid = DateRange.of_days(days.first, day)
    contract.save(update_fields=["valid"])
    for terms in Terms.objects.filter(contract=contract):
        kept = terms.valid.overlap(contract.valid)
        if kept is None:
            terms.delete()
        elif kept != terms.valid:
            terms.valid = kept
            terms.save(update_fields=["valid"])
    _record("end_contract", contract, by=by, at=at, reason=why, details={"last": str(day)})
    return contract


# --- Values ----------------------------------------------------------------------------------------------------------


def _locked(contract: Contract, by: Viewer) -> Contract:
    """The contract as it stands now, locked, for somebody who may handle it."""
    by.require(*CONTRACTS)
    locked = organisations.one(access.contracts(by).select_for_update(of=("self",)), contract.pk)
    by.require_not_own(locked.carer_id, locked.recipient_id)
    return locked


def _check_people(
    inputs: Inputs, by: Viewer, carer_id: int | None, recipient_id: int | None, employer_id: int | None
) -> None:
    known = people.of_organisation(by.organisation_id, {each for each in (carer_id, recipient_id, employer_id) if each})
    if employer_id is not None and employer_id not in known:
        inputs.error("employer_id", "Choose a person of the list")
    if employer_id is not None and employer_id == carer_id:
        inputs.error("employer_id", "Choose an employer who is not the assistant")
    if carer_id is not None and carer_id not in known:
        inputs.error("carer_id", "Choose a person of the list")
    if recipient_id is not None and recipient_id not in known:
        inputs.error("recipient_id", "Choose a person of the list")
    if carer_id is not None and carer_id == recipient_id:
        inputs.error("recipient_id", "Choose a care recipient who is not the carer")


def _check_no_other(
    inputs: Inputs, kind: ContractKind, carer_id: int | None, recipient_id: int | None, days: DateRange
) -> None:
    other = None if carer_id is None else signed_beside(kind, carer_id, recipient_id, days)
    if other is not None:
        inputs.error(
            "first",
            "These two have contract %(number)s on the same days: %(days)s. End it first, or choose other days.",
            number=other.number,
            days=figures.days(other.valid),
        )
        inputs.check()


def _details(inputs: Inputs, by: Viewer, fields: Collection[str] = DETAILS) -> dict[str, Any]:
    """Checked values of `fields`."""
    read: dict[str, Callable[[], Any]] = {
        "unit_id": lambda: _chosen(inputs, "unit_id", organisations.units(by), "Choose the unit"),
        "municipality_id": lambda: _chosen(
            inputs, "municipality_id", organisations.municipalities(by), "Choose the municipality"
        ),
        "pays_trips": lambda: inputs.flag("pays_trips"),
        "is_self_insured": lambda: inputs.flag("is_self_insured"),
        "tasks": lambda: inputs.text("tasks", 4000),
    }
    return {field: read[field]() for field in fields}


def _chosen(inputs: Inputs, field: str, rows: QuerySet[Any], missing: str) -> int | None:
    chosen = inputs.number_of(field, missing)
    if chosen is not None and not rows.filter(pk=chosen).exists():
        inputs.error(field, missing)
    return chosen


def _write_terms(contract: Contract, days: DateRange, values: TermsValues) -> Terms:
    organisation_id = contract.organisation_id
    terms = Terms.objects.create(
        organisation_id=organisation_id, contract=contract, valid=days, source=values.source, **values.columns
    )
    if values.employment is not None:
        EmploymentTerms.objects.create(organisation_id=organisation_id, terms=terms, **values.employment)
    AgreedRate.objects.bulk_create(
        AgreedRate(organisation_id=organisation_id, terms=terms, code=code, amount=amount)
        for code, amount in values.agreed.items()
    )
    return terms


def _rewrite(terms: Terms, values: TermsValues) -> Terms:
    """New values in the place of the old, for the same days; amounts stay as they are agreed."""
    for field, value in {**values.columns, "source": values.source}.items():
        setattr(terms, field, value)
    terms.save()
    if values.employment is not None:
        for employment in EmploymentTerms.objects.filter(terms=terms):
            for field, value in values.employment.items():
                setattr(employment, field, value)
            employment.save()
    return terms


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
