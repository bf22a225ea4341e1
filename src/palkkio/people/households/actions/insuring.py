"""Insurances of households, their confirmation, and what each costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.calculation.employment import PensionPolicy
from palkkio.core.capabilities import Capability
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.identifiers import normal_reference
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.organisations.fields import make_room
from palkkio.organisations.inputs import Inputs
from palkkio.people.households import access
from palkkio.people.households.models import Household, Insurance, PolicyRate
from palkkio.people.households.parts import locked, record
from palkkio.people.rights import HOUSEHOLDS, INSURANCES

LATER_RATE = "A percentage is recorded from a later day on. Enter a day after it."
NO_REFERENCE = _("Check the reference number: it ends in a check digit, or begins with RF")
NO_INSURANCE = "Enter the insurance first."
RATES = {  # what each insurance is charged by
    Insurance.Kind.PENSION: (PolicyRate.Key.PENSION,),
    Insurance.Kind.ACCIDENT: (PolicyRate.Key.ACCIDENT, PolicyRate.Key.GROUP_LIFE),
}
OWN_ENTRY = "You entered this insurance. A colleague confirms it."


@transaction.atomic
def enter_insurance(household_id: int, kind: str, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Insurance:
    """Insurer, policy number and first day of one statutory insurance; entered anew, it waits for confirmation again.

    Another policy takes the place of a confirmed one from its first day on; the days before it stay insured.
    By the employer or who acts for them; by staff from paper, or where the organisation takes the insurances.
    Raises InvalidInput, NotAllowed.
    """
    row = locked(household_id, by)
    if by.is_staff:
        by.require(*HOUSEHOLDS)
        by.require_not_own(row.employer_id)
    else:
        by.require(RoleKind.EMPLOYER)
        by.require_may(Capability.ENTER)
    inputs = Inputs(values, ("insurer", "policy_number", "first"))
    insurer = inputs.text("insurer", 120, "Enter the name of the insurance company")
    number = "".join(inputs.text("policy_number", 60, "Enter the policy number").split())
    first = inputs.day("first", "Enter the first day of the insurance")
    if len(number) > 40:
        inputs.error("policy_number", "Shorten this to %(limit)s characters", limit=40)
    inputs.check()
    held = Insurance.objects.filter(household=row, kind=Insurance.Kind(kind)).first()
    made, _was_made = Insurance.objects.update_or_create(
        household=row,
        kind=Insurance.Kind(kind),
        defaults={
            "insured_from": None if held is None else _insured_from(held, number),
            "organisation_id": row.organisation_id,
            "insurer": insurer,
            "policy_number": number,
            "first": first or day_of(at),
            "entered_at": at,
            "entered_by_id": by.person_id,
            "confirmed_at": None,
            "confirmed_by_id": None,
        },
    )
    record("enter_insurance", row, by=by, at=at, details={"kind": made.kind})
    return made


def _insured_from(held: Insurance, number: str) -> date | None:
    """From which day on the policies before the one of this number were in force; None: none was confirmed."""
    if held.confirmed_at is None or held.policy_number == number:
        return held.insured_from
    return min(held.first, held.insured_from or held.first)


@transaction.atomic
def confirm_insurance(insurance_id: int, *, by: Viewer, at: datetime) -> Insurance:
    """Staff have checked with the insurer. Nobody confirms what they entered. Raises NotAllowed, WrongState."""
    by.require(*INSURANCES)
    found = Insurance.objects.filter(household__in=access.households(by)).select_for_update(of=("self",))
    row = one(found.select_related("household"), insurance_id)
    by.require_not_own(row.household.employer_id)
    if row.entered_by_id == by.person_id:
        raise WrongState(OWN_ENTRY)
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by_id = at, by.person_id
        row.save(update_fields=["confirmed_at", "confirmed_by"])
        record("confirm_insurance", row.household, by=by, at=at, details={"kind": row.kind})
    return row


@transaction.atomic
def record_tax_reference(household_id: int, reference: str, *, by: Viewer, at: datetime) -> Household:
    """The household's own reference of self-assessed taxes, by which its health insurance contributions are paid (P6).

    reference  as the Tax Administration gave it; empty: it is not known
    Raises InvalidInput, NotAllowed.
    """
    by.require(*INSURANCES)
    row = locked(household_id, by)
    by.require_not_own(row.employer_id)
    try:
        row.tax_reference = normal_reference(reference) if reference.strip() else ""
    except ValueError as error:
        raise InvalidInput(FieldError("reference", NO_REFERENCE)) from error
    row.save(update_fields=["tax_reference"])
    record("record_tax_reference", row, by=by, at=at)
    return row


@transaction.atomic
def record_contributions(
    household_id: int, kind: str, *, by: Viewer, at: datetime, values: Mapping[str, Any]
) -> list[PolicyRate]:
    """Staff write down what an insurance costs the household, from a day on, as the policy says.

    values  first, source; percentages by key (`RATES`), each empty where it is not known; pension_policy of a pension
            insurance: contract, temporary or empty
    Pay of earlier days keeps what held then. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*INSURANCES)
    row = locked(household_id, by)
    by.require_not_own(row.employer_id)
    insurance = Insurance.objects.select_for_update().filter(household=row, kind=Insurance.Kind(kind)).first()
    if insurance is None:
        raise WrongState(NO_INSURANCE)
    keys = RATES[Insurance.Kind(kind)]
    inputs = Inputs(values, ("first", "source", "pension_policy", *(key.value for key in keys)))
    typed = [key for key in keys if not inputs.is_empty(key.value)]
    percents = {key: inputs.decimal(key.value, places=4, most=Decimal(100)) for key in typed}
    first = inputs.day("first", "Enter the first day of the percentages") if typed else None
    source = inputs.text(
        "source", 200, "Write where the percentages come from, for example the policy" if typed else ""
    )
    later = PolicyRate.objects.filter(household=row, key__in=typed, valid__startswith__gt=first) if first else None
    if later is not None and later.exists():
        inputs.error("first", LATER_RATE)
    if kind == Insurance.Kind.PENSION and inputs.raw("pension_policy"):
        policy = inputs.choice("pension_policy", PensionPolicy, "Choose what kind of employer the household is").value
    else:
        policy = ""
    inputs.check()
    if kind == Insurance.Kind.PENSION and insurance.pension_policy != policy:
        insurance.pension_policy = policy
        insurance.save(update_fields=["pension_policy"])
    made = [_rate_from(row, key, first, percent, source, by=by, at=at) for key, percent in percents.items() if first]
    record("record_contributions", row, by=by, at=at, details={"kind": kind, "keys": sorted(typed)})
    return made


def _rate_from(
    row: Household, key: str, first: date, percent: Decimal, source: str, *, by: Viewer, at: datetime
) -> PolicyRate:
    """A rate from a day on; the one before ends the day before, one of the same day is replaced."""
    make_room(PolicyRate.objects.select_for_update().filter(household=row, key=key), first)
    return PolicyRate.objects.create(
        organisation_id=row.organisation_id,
        household=row,
        key=key,
        valid=DateRange(first, None),
        percent=percent,
        source=source,
        recorded_at=at,
        recorded_by_id=by.person_id,
    )
