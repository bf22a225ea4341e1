"""Writes contact points with their hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.viewer import Viewer
from palkkio.organisations import access, queries
from palkkio.organisations.inputs import Inputs
from palkkio.organisations.models import ContactPoint, OpeningHours
from palkkio.organisations.rights import CHOICES

CONTACT_POINT_FIELDS = (
    "name_fi",
    "name_sv",
    "name_en",
    "municipality_ids",
    "age_from",
    "age_to",
    "phone",
    "email",
    "address",
    "takes_callbacks",
)


@transaction.atomic
def save_contact_point(
    contact_point_id: int | None,
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    hours: Sequence[queries.DayHours] = (),
    callback_hours: Sequence[queries.DayHours] = (),
) -> ContactPoint:
    """A contact point with its hours, whole; None makes a new one. Raises InvalidInput, NotAllowed."""
    by.require(*CHOICES)
    inputs = Inputs(values, CONTACT_POINT_FIELDS)
    point = (
        ContactPoint(organisation_id=by.organisation_id)
        if contact_point_id is None
        else access.one(access.contact_points(by).select_for_update(), contact_point_id)
    )
    for field in ("name_fi", "name_sv", "name_en"):
        setattr(point, field, inputs.text(field, 120, "Enter the name"))
    point.phone = inputs.text("phone", 30)
    point.email = inputs.email("email")
    point.address = inputs.text("address", 200)
    if not point.phone and not point.email:
        inputs.error("phone", "Enter a phone number or an e-mail address")
    point.age_from = inputs.whole_or_none("age_from", 0, 150) or 0
    point.age_to = inputs.whole_or_none("age_to", 1, 150)
    if point.age_to is not None and point.age_to <= point.age_from:
        inputs.error("age_to", "Enter an age above the first one")
    point.takes_callbacks = inputs.flag("takes_callbacks")
    chosen = {int(each) for each in inputs.raw("municipality_ids") or ()}
    municipalities = list(access.municipalities(by).filter(pk__in=chosen))
    if len(municipalities) != len(chosen):
        inputs.error("municipality_ids", "Choose municipalities of the list")
    for field, given in (("hours", hours), ("callback_hours", callback_hours)):
        if any(each.opens >= each.closes or not 0 <= each.weekday <= 6 for each in given):
            inputs.error(field, "Enter a closing time that is later than the opening time")
    inputs.check()
    point.save()
    point.municipalities.set(municipalities)
    point.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            organisation_id=by.organisation_id,
            contact_point=point,
            is_callback=is_callback,
            weekday=each.weekday,
            opens=each.opens,
            closes=each.closes,
        )
        for is_callback, given in ((False, hours), (True, callback_hours))
        for each in given
    )
    audit.record("save_contact_point", by=by, at=at, object_kind="contact_point", object_id=point.pk)
    return point
