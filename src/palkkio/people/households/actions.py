"""Writes households: the customer, the power of attorney, insurances and their confirmation, who was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.calculation.employment import PensionPolicy
from palkkio.core.capabilities import OF_MINORS, Capability
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.identifiers import normal_reference
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs
from palkkio.people import access as people_access
from palkkio.people import actions as people
from palkkio.people.households import access
from palkkio.people.households.models import Household, Insurance, PolicyRate, Telling
from palkkio.people.mandates import queries as mandates
from palkkio.people.models import Person, Role
from palkkio.people.rights import HOUSEHOLDS, INSURANCES

ALREADY = "This person is a household employer here already. Open the household instead."
SIGNED = "The power of attorney has come already."
ON_PAPER_ONLY = "Only who uses no electronic services is registered by staff. Send the link instead."
LATER_RATE = "A percentage is recorded from a later day on. Enter a day after it."
NO_REFERENCE = _("Check the reference number: it ends in a check digit, or begins with RF")
NO_INSURANCE = "Enter the insurance first."
RATES = {  # what each insurance is charged by
    Insurance.Kind.PENSION: (PolicyRate.Key.PENSION,),
    Insurance.Kind.ACCIDENT: (PolicyRate.Key.ACCIDENT, PolicyRate.Key.GROUP_LIFE),
}
OWN_ENTRY = "You entered this insurance. A colleague confirms it."


def _today(at: datetime) -> date:
    return at.astimezone(HELSINKI).date()


@transaction.atomic
def add_household(employer_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Household:
    """Staff make the customer: the employer's role begins, and the power of attorney is recorded if it came on paper.

    values  power_of_attorney_on and paper_id (number of its scan), both or none; signed_by_id: the employer, or the
            substitute of a minor; city_insures
    Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*HOUSEHOLDS)
    by.require_not_own(employer_id)
    employer = one(people_access.persons(by).select_for_update(of=("self",)), employer_id)
    if Household.objects.filter(employer=employer).exists():
        raise WrongState(ALREADY)
    row = Household(
        organisation_id=by.organisation_id,
        employer=employer,
        city_insures=bool(values.get("city_insures")),
        made_at=at,
        made_by_id=by.person_id,
    )
    if values.get("power_of_attorney_on") or values.get("paper_id"):
        _take_paper(row, values, _today(at))
    row.save()
    if not Role.objects.filter(person=employer, kind=RoleKind.EMPLOYER.value, valid__contains=_today(at)).exists():
        people.give_role(employer, RoleKind.EMPLOYER, by=by, at=at, first=_today(at))
    _record("add_household", row, by=by, at=at)
    return row


@transaction.atomic
def take_power_of_attorney(household_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Household:
    """The power of attorney came on paper; `values` as in `add_household`, and it raises the same."""
    by.require(*HOUSEHOLDS)
    row = _locked(household_id, by)
    by.require_not_own(row.employer_id)
    if row.power_of_attorney_on is not None:
        raise WrongState(SIGNED)
    _take_paper(row, values, _today(at))
    row.save()
    _record("take_power_of_attorney", row, by=by, at=at, details={"channel": "paper"})
    return row


@transaction.atomic
def sign_power_of_attorney(household_id: int, *, by: Viewer, at: datetime) -> Household:
    """The employer, or the substitute or guardian of a minor, gives the power of attorney online.

    The page wants fresh strong authentication. Raises NotAllowed, also to who acts by a mandate; WrongState.
    """
    by.require(RoleKind.EMPLOYER)
    by.require_may(Capability.SIGN)
    row = _locked(household_id, by)
    if row.power_of_attorney_on is not None:
        raise WrongState(SIGNED)
    row.power_of_attorney_on, row.power_of_attorney_by = _today(at), Household.Channel.ONLINE
    row.signed_by_id = by.person_id
    row.save()
    _record("sign_power_of_attorney", row, by=by, at=at, details={"channel": "online"})
    return row


@transaction.atomic
def let_city_insure(household_id: int, *, by: Viewer, at: datetime) -> Household:
    """The employer authorises the organisation to take the insurances for them. Raises NotAllowed."""
    by.require(RoleKind.EMPLOYER)
    by.require_may(Capability.SIGN)
    row = _locked(household_id, by)
    row.city_insures = True
    row.save(update_fields=["city_insures"])
    _record("let_city_insure", row, by=by, at=at)
    return row


@transaction.atomic
def register(person_id: int, *, at: datetime, account_id: int | None = None, by: Viewer | None = None) -> int:
    """The employer, or who stands in for a minor, has registered with strong authentication. Returns how many
    households that registers."""
    today = _today(at)
    stands_for = {row.principal_id for row in mandates.principals_of([person_id], today) if row.scope in OF_MINORS}
    rows = Household.objects.filter(employer_id__in={person_id, *stands_for}, registered_on__isnull=True)
    count = 0
    for row in rows.select_for_update():
        row.registered_on = today
        row.save(update_fields=["registered_on"])
        _record("register_household", row, by=by, at=at, account_id=account_id)
        count += 1
    return count


@transaction.atomic
def register_on_paper(household_id: int, *, by: Viewer, at: datetime) -> Household:
    """An employer without electronic services is registered by staff (ACC-11). Raises NotAllowed, WrongState."""
    by.require(*HOUSEHOLDS)
    row = _locked(household_id, by)
    by.require_not_own(row.employer_id)
    if not row.employer.uses_paper:
        raise WrongState(ON_PAPER_ONLY)
    register(row.employer_id, at=at, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def enter_insurance(household_id: int, kind: str, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Insurance:
    """Insurer, policy number and first day of one statutory insurance; entered anew, it waits for confirmation again.

    Another policy takes the place of a confirmed one from its first day on; the days before it stay insured.
    By the employer or who acts for them; by staff from paper, or where the organisation takes the insurances.
    Raises InvalidInput, NotAllowed.
    """
    row = _locked(household_id, by)
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
            "first": first or _today(at),
            "entered_at": at,
            "entered_by_id": by.person_id,
            "confirmed_at": None,
            "confirmed_by_id": None,
        },
    )
    _record("enter_insurance", row, by=by, at=at, details={"kind": made.kind})
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
        _record("confirm_insurance", row.household, by=by, at=at, details={"kind": row.kind})
    return row


@transaction.atomic
def record_tax_reference(household_id: int, reference: str, *, by: Viewer, at: datetime) -> Household:
    """The household's own reference of self-assessed taxes, by which its health insurance contributions are paid (P6).

    reference  as the Tax Administration gave it; empty: it is not known
    Raises InvalidInput, NotAllowed.
    """
    by.require(*INSURANCES)
    row = _locked(household_id, by)
    by.require_not_own(row.employer_id)
    try:
        row.tax_reference = normal_reference(reference) if reference.strip() else ""
    except ValueError as error:
        raise InvalidInput(FieldError("reference", NO_REFERENCE)) from error
    row.save(update_fields=["tax_reference"])
    _record("record_tax_reference", row, by=by, at=at)
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
    row = _locked(household_id, by)
    by.require_not_own(row.employer_id)
    insurance = Insurance.objects.select_for_update().filter(household=row, kind=Insurance.Kind(kind)).first()
    if insurance is None:
        raise WrongState(NO_INSURANCE)
    keys = RATES[Insurance.Kind(kind)]
    inputs = Inputs(values, ("first", "source", "pension_policy", *(key.value for key in keys)))
    typed = [key for key in keys if values.get(key.value) not in (None, "")]
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
    _record("record_contributions", row, by=by, at=at, details={"kind": kind, "keys": sorted(typed)})
    return made


def _rate_from(
    row: Household, key: str, first: date, percent: Decimal, source: str, *, by: Viewer, at: datetime
) -> PolicyRate:
    """A rate from a day on; the one before ends the day before, one of the same day is replaced."""
    for before in PolicyRate.objects.select_for_update().filter(household=row, key=key, valid__contains=first):
        if before.valid.start == first:
            before.delete()
        else:
            before.valid = DateRange(before.valid.start, first)
            before.save(update_fields=["valid"])
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


@transaction.atomic
def tell(
    household_id: int, person_id: int, *, means: str, at: datetime, by: Viewer | None = None, note: str = ""
) -> Telling:
    """Write down that somebody was told that the gate is open; by staff, or by the system for an e-mail it sends.

    Raises InvalidInput, NotAllowed.
    """
    if by is not None:
        by.require(*INSURANCES)
        row = _locked(household_id, by)
        by.require_not_own(row.employer_id)
        one(people_access.persons(by), person_id)
    else:
        row = Household.objects.select_related("employer").get(pk=household_id)
    inputs = Inputs({"means": means, "note": note}, ("means", "note"))
    chosen, words = inputs.text("means", 10, "Choose how"), inputs.text("note", 300)
    if chosen not in Telling.Means.values:
        inputs.error("means", "Choose how")
    inputs.check()
    made = Telling.objects.create(
        organisation_id=row.organisation_id,
        household=row,
        person_id=person_id,
        means=chosen,
        note=words,
        told_at=at,
        told_by_id=by.person_id if by else None,
    )
    _record("tell_gate_is_open", row, by=by, at=at, details={"means": chosen, "person": person_id})
    return made


# --- Parts -----------------------------------------------------------------------------------------------------------


def _locked(household_id: int, by: Viewer) -> Household:
    return one(access.households(by).select_for_update(of=("self",)), household_id)


def _take_paper(row: Household, values: Mapping[str, Any], today: date) -> None:
    inputs = Inputs(
        {name: values.get(name) for name in ("power_of_attorney_on", "paper_id", "signed_by_id")},
        ("power_of_attorney_on", "paper_id", "signed_by_id"),
    )
    day = inputs.day("power_of_attorney_on", "Enter the day on which the power of attorney came")
    paper_id = inputs.number_of("paper_id", "Add the scanned power of attorney")
    signer_id = inputs.number_of("signed_by_id") or row.employer_id
    if day is not None and day > today:
        inputs.error("power_of_attorney_on", "Enter a day that is not in the future")
    if signer_id != row.employer_id and not _may_sign_for(signer_id, row.employer, today):
        inputs.error("signed_by_id", "Record first that this person is the substitute employer or guardian")
    inputs.check()
    row.power_of_attorney_on, row.power_of_attorney_by = day, Household.Channel.PAPER
    row.power_of_attorney_paper_id, row.signed_by_id = paper_id, signer_id


def _may_sign_for(person_id: int, employer: Person, today: date) -> bool:
    found = mandates.agents_of(employer.pk, today)
    return any(row.agent_id == person_id and row.scope in OF_MINORS for row in found)


def _record(
    action: str,
    row: Household,
    *,
    by: Viewer | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    account_id: int | None = None,
) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="household",
        object_id=row.pk,
        subject_person_id=row.employer_id,
        organisation_id=row.organisation_id,
        account_id=account_id,
        details=details,
    )
