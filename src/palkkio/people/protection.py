"""Writes the days of a protection order (turvakielto)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Day, Inputs
from palkkio.people import access
from palkkio.people.models import Person
from palkkio.people.rights import PROTECTED


@transaction.atomic
def set_protection(person: Person, *, by: Viewer, at: datetime, first: Day, last: Day = None) -> Person:
    """The order is in force from `first` to `last`, both included; without `last` until further notice.

    Without `first` there is none: it was entered by mistake. Raises InvalidInput, NotAllowed.
    """
    by.require(*PROTECTED)
    by.require_not_own(person.pk)
    locked = one(access.persons(by).select_for_update(), person.pk)
    inputs = Inputs({"first": first, "last": last}, ("first", "last"))
    start, end = inputs.first_and_last()
    if start is None and end is not None:
        inputs.error("first", "Enter the first day of the protection order")
    inputs.check()
    locked.protection = None if start is None else DateRange.of_days(start, end)
    locked.save(update_fields=["protection"])
    audit.record("set_protection", by=by, at=at, object_kind="person", object_id=locked.pk, subject_person_id=locked.pk)
    return locked
