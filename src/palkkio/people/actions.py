"""Writes people and their roles; account numbers are written by `bank_accounts`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.identifiers import born_on, normal_identity_code
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Day, Inputs
from palkkio.people import access
from palkkio.people.contact import FIELDS, hides_from
from palkkio.people.identity import with_identity_code
from palkkio.people.models import Person, Role
from palkkio.people.rights import PEOPLE, ROLES

PERSON_FIELDS = (
    "given_names",
    "family_name",
    "identity_code",
    "born",
    "died_on",
    "language",
    "email",
    "phone",
    "street",
    "postcode",
    "town",
    "municipality_id",
    "uses_paper",
    "business_id",
    "in_prepayment_register",
    "in_prepayment_register_first",
    "in_prepayment_register_last",
)


# --- People ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_person(*, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Person:
    """A person becomes known to the viewer's organisation.

    values  PERSON_FIELDS; days in the prepayment register as a DateRange, or as first and last day
    Raises InvalidInput, NotAllowed.
    """
    by.require(*PEOPLE)
    return _add(by.organisation_id, by, at, values)


@transaction.atomic
def add_first_administrator(organisation_id: int, *, at: datetime, values: Mapping[str, Any]) -> Role:
    """The person who lets all others in, added by the operator at the command line.

    Raises InvalidInput; WrongState when the organisation has an administrator.
    """
    today = day_of(at)
    held = Role.objects.filter(organisation_id=organisation_id, kind=RoleKind.ADMINISTRATOR.value)
    if held.filter(valid__contains=today).exists():
        raise WrongState("The organisation has an administrator. Ask them to add you.")
    person = _add(organisation_id, None, at, values)
    return _give(person, RoleKind.ADMINISTRATOR, DateRange(today, None), None, at)


@transaction.atomic
def change_person(person: Person, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Person:
    """New values for a person; what is not among `values` stays. Raises InvalidInput, NotAllowed."""
    by.require(*PEOPLE)
    by.require_not_own(person.pk)
    locked, today = one(access.persons(by).select_for_update(), person.pk), day_of(at)
    if hides_from(locked, by, today) and not set(values).isdisjoint(FIELDS):
        raise NotAllowed(
            "A protection order is in force. A social worker or a payroll clerk changes the contact details."
        )
    changes = _person_values(Inputs(values, PERSON_FIELDS), locked.organisation_id, today, locked)
    for field, value in changes.items():
        setattr(locked, field, value)
    locked.save()
    audit.record(
        "change_person",
        by=by,
        at=at,
        object_kind="person",
        object_id=locked.pk,
        subject_person_id=locked.pk,
        details={"fields": sorted(changes)},
    )
    return locked


@transaction.atomic
def known_or_added(
    organisation_id: int, identity_code: str, given_names: str, family_name: str, *, at: datetime
) -> int:
    """The person of an organisation who has this identity code; who is not known there yet is added, without a role.

    identity_code  in normal form, proved by strong authentication: somebody accepts a mandate
    Raises InvalidInput.
    """
    found = with_identity_code(Person.objects.filter(organisation_id=organisation_id), identity_code).first()
    if found is not None:
        return int(found.pk)
    values = {"identity_code": identity_code, "given_names": given_names, "family_name": family_name}
    return _add(organisation_id, None, at, values).pk


def _add(organisation_id: int, by: Viewer | None, at: datetime, values: Mapping[str, Any]) -> Person:
    person = Person(organisation_id=organisation_id)
    inputs = Inputs({"given_names": "", "family_name": "", **values}, PERSON_FIELDS)
    for field, value in _person_values(inputs, organisation_id, day_of(at), person).items():
        setattr(person, field, value)
    person.save()
    audit.record(
        "add_person",
        by=by,
        at=at,
        object_kind="person",
        object_id=person.pk,
        subject_person_id=person.pk,
        organisation_id=organisation_id,
    )
    return person


def _person_values(inputs: Inputs, organisation_id: int, today: date, person: Person) -> dict[str, Any]:
    """Checked values of the fields that were given. Raises InvalidInput."""
    read: dict[str, Any] = {
        "given_names": lambda: inputs.text("given_names", 120, "Enter the given names"),
        "family_name": lambda: inputs.text("family_name", 120, "Enter the family name"),
        "identity_code": lambda: _identity_code(inputs, organisation_id, person.pk),
        "born": lambda: inputs.day("born"),
        "died_on": lambda: inputs.day("died_on"),
        "language": lambda: inputs.language("language"),
        "email": lambda: inputs.email("email"),
        "phone": lambda: inputs.text("phone", 30),
        "street": lambda: inputs.text("street", 120),
        "postcode": lambda: _postcode(inputs),
        "town": lambda: inputs.text("town", 60),
        "municipality_id": lambda: _municipality(inputs, organisation_id),
        "uses_paper": lambda: inputs.flag("uses_paper"),
        "business_id": lambda: inputs.business_id("business_id"),
        "in_prepayment_register": lambda: inputs.raw("in_prepayment_register"),
    }
    values = {field: value() for field, value in read.items() if field in inputs}
    if "in_prepayment_register_first" in inputs:
        values["in_prepayment_register"] = _registered(inputs)
    if code := values.get("identity_code"):
        if values.get("born") not in (None, born_on(code)):
            inputs.error("born", "Enter the day of birth that the identity code carries, or leave it empty")
        values["born"] = born_on(code)
    born, died_on = values.get("born", person.born), values.get("died_on", person.died_on)
    if born is not None and born > today:
        inputs.error("born" if "born" in inputs else "identity_code", "Enter a day of birth that is not in the future")
    if died_on is not None and (died_on > today or (born is not None and died_on < born)):
        inputs.error("died_on", "Enter a day between birth and today")
    inputs.check()
    return values


def _identity_code(inputs: Inputs, organisation_id: int, person_id: int | None) -> str:
    typed = inputs.text("identity_code", 20)
    try:
        code = normal_identity_code(typed) if typed else ""
    except ValueError:
        inputs.error("identity_code", "Enter the identity code as in 010170-999R")
        return ""
    others = Person.objects.filter(organisation_id=organisation_id).exclude(pk=person_id or 0)
    if with_identity_code(others, code).exists():
        inputs.error("identity_code", "This identity code is already known. Search for the person instead.")
    return code


def _postcode(inputs: Inputs) -> str:
    typed = inputs.text("postcode", 10)
    if typed and not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}", typed):
        inputs.error("postcode", "Enter the postcode as five digits")
    return typed


def _municipality(inputs: Inputs, organisation_id: int) -> int | None:
    chosen = inputs.number_of("municipality_id")
    if chosen is not None and not organisations.has_municipality(organisation_id, chosen):
        inputs.error("municipality_id", "Choose a municipality of the list")
    return chosen


def _registered(inputs: Inputs) -> DateRange | None:
    at_first, at_last = "in_prepayment_register_first", "in_prepayment_register_last"
    first, last = inputs.first_and_last(first=at_first, last=at_last)
    if first is None and last is not None:
        inputs.error(at_first, "Enter the first day in the register")
    return None if first is None or inputs.has_error(at_last) else DateRange.of_days(first, last)


# --- Roles -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_role(person: Person, kind: RoleKind, *, by: Viewer, at: datetime, first: Day, last: Day = None) -> Role:
    """Give a person a role from `first` to `last`, both included (ACC-2).

    Raises InvalidInput, also when the person has the role on some of those days; NotAllowed.
    """
    kind = RoleKind(kind)
    by.require(*ROLES[kind])
    by.require_not_own(person.pk)
    locked = one(access.persons(by).select_for_update(), person.pk)
    inputs = Inputs({"first": first, "last": last}, ("first", "last"))
    start, end = inputs.first_and_last("Enter the first day of the role")
    inputs.check()
    days = DateRange.of_days(start, end)
    if Role.objects.filter(person=locked, kind=kind.value, valid__overlap=days).exists():
        inputs.error("first", "The person has this role already on some of these days. Choose other days.")
    inputs.check()
    return _give(locked, kind, days, by, at)


def _give(person: Person, kind: RoleKind, days: DateRange, by: Viewer | None, at: datetime) -> Role:
    role = Role.objects.create(organisation_id=person.organisation_id, person=person, kind=kind.value, valid=days)
    audit.record(
        "give_role",
        by=by,
        at=at,
        object_kind="role",
        object_id=role.pk,
        subject_person_id=person.pk,
        organisation_id=person.organisation_id,
        details={"kind": kind.value},
    )
    return role


@transaction.atomic
def end_role(role: Role, *, by: Viewer, at: datetime, last: Day) -> Role:
    """The role ends with the day `last`. Raises InvalidInput, NotAllowed."""
    by.require(*ROLES[RoleKind(role.kind)])
    by.require_not_own(role.person_id)
    locked = one(access.roles(by).select_for_update(of=("self",)), role.pk)
    inputs = Inputs({"last": last}, ("last",))
    day = inputs.day("last", "Enter the last day of the role")
    days: DateRange = locked.valid
    if day is not None and days.first is not None and day < days.first:
        inputs.error("last", "Enter a last day that is not before the first day")
    inputs.check()
    locked.valid = DateRange.of_days(days.first, day)
    locked.save(update_fields=["valid"])
    audit.record("end_role", by=by, at=at, object_kind="role", object_id=locked.pk, subject_person_id=locked.person_id)
    return locked
