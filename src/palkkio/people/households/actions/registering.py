"""Households: the customer, the power of attorney, who was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from palkkio.core.capabilities import OF_MINORS, Capability
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs
from palkkio.people import access as people_access
from palkkio.people import actions as people
from palkkio.people.households.models import Household, Telling
from palkkio.people.households.parts import locked, record
from palkkio.people.mandates import queries as mandates
from palkkio.people.models import Person, Role
from palkkio.people.rights import HOUSEHOLDS, INSURANCES

ALREADY = "This person is a household employer here already. Open the household instead."
SIGNED = "The power of attorney has come already."
ON_PAPER_ONLY = "Only who uses no electronic services is registered by staff. Send the link instead."


@transaction.atomic
def add_household(employer_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Household:
    """Staff make the customer: the employer's role begins, and the power of attorney is recorded if it came on paper.

    values  power_of_attorney_on and paper_id (number of its scan), both or none; signed_by_id: the employer, or the
            substitute of a minor; city_insures
    Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*HOUSEHOLDS)
    by.require_not_own(employer_id)
    today = day_of(at)
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
        _take_paper(row, values, today)
    row.save()
    if not Role.objects.filter(person=employer, kind=RoleKind.EMPLOYER.value, valid__contains=today).exists():
        people.give_role(employer, RoleKind.EMPLOYER, by=by, at=at, first=today)
    record("add_household", row, by=by, at=at)
    return row


@transaction.atomic
def take_power_of_attorney(household_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Household:
    """The power of attorney came on paper; `values` as in `add_household`, and it raises the same."""
    by.require(*HOUSEHOLDS)
    row = locked(household_id, by)
    by.require_not_own(row.employer_id)
    if row.power_of_attorney_on is not None:
        raise WrongState(SIGNED)
    _take_paper(row, values, day_of(at))
    row.save()
    record("take_power_of_attorney", row, by=by, at=at, details={"channel": "paper"})
    return row


@transaction.atomic
def sign_power_of_attorney(household_id: int, *, by: Viewer, at: datetime) -> Household:
    """The employer, or the substitute or guardian of a minor, gives the power of attorney online.

    The page wants fresh strong authentication. Raises NotAllowed, also to who acts by a mandate; WrongState.
    """
    by.require(RoleKind.EMPLOYER)
    by.require_may(Capability.SIGN)
    row = locked(household_id, by)
    if row.power_of_attorney_on is not None:
        raise WrongState(SIGNED)
    row.power_of_attorney_on, row.power_of_attorney_by = day_of(at), Household.Channel.ONLINE
    row.signed_by_id = by.person_id
    row.save()
    record("sign_power_of_attorney", row, by=by, at=at, details={"channel": "online"})
    return row


@transaction.atomic
def let_city_insure(household_id: int, *, by: Viewer, at: datetime) -> Household:
    """The employer authorises the organisation to take the insurances for them. Raises NotAllowed."""
    by.require(RoleKind.EMPLOYER)
    by.require_may(Capability.SIGN)
    row = locked(household_id, by)
    row.city_insures = True
    row.save(update_fields=["city_insures"])
    record("let_city_insure", row, by=by, at=at)
    return row


@transaction.atomic
def register(person_id: int, *, at: datetime, account_id: int | None = None, by: Viewer | None = None) -> int:
    """The employer, or who stands in for a minor, has registered with strong authentication. Returns how many
    households that registers."""
    today = day_of(at)
    stands_for = {row.principal_id for row in mandates.principals_of([person_id], today) if row.scope in OF_MINORS}
    rows = Household.objects.filter(employer_id__in={person_id, *stands_for}, registered_on__isnull=True)
    count = 0
    for row in rows.select_for_update():
        row.registered_on = today
        row.save(update_fields=["registered_on"])
        record("register_household", row, by=by, at=at, account_id=account_id)
        count += 1
    return count


@transaction.atomic
def register_on_paper(household_id: int, *, by: Viewer, at: datetime) -> Household:
    """An employer without electronic services is registered by staff (ACC-11). Raises NotAllowed, WrongState."""
    by.require(*HOUSEHOLDS)
    row = locked(household_id, by)
    by.require_not_own(row.employer_id)
    if not row.employer.uses_paper:
        raise WrongState(ON_PAPER_ONLY)
    register(row.employer_id, at=at, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def tell(
    household_id: int, person_id: int, *, means: str, at: datetime, by: Viewer | None = None, note: str = ""
) -> Telling:
    """Write down that somebody was told that the gate is open; by staff, or by the system for an e-mail it sends.

    Raises InvalidInput, NotAllowed.
    """
    if by is not None:
        by.require(*INSURANCES)
        row = locked(household_id, by)
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
    record("tell_gate_is_open", row, by=by, at=at, details={"means": chosen, "person": person_id})
    return made


# --- Parts -----------------------------------------------------------------------------------------------------------


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
