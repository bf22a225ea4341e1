"""Call-back requests (HELP-3)."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.core.capabilities import Capability
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import STAFF_ROLES, Viewer
from palkkio.messages import access
from palkkio.messages.models import CallbackRequest
from palkkio.organisations.access import contact_points, one
from palkkio.organisations.queries import contact_points_for, is_open

PHONE = re.compile(r"\+?\d{5,15}")
TOPIC_LENGTH = 200


@transaction.atomic
def ask_callback(contact_point_id: int, *, by: Viewer, at: datetime, phone: str, topic: str = "") -> CallbackRequest:
    """Ask a contact point to call, within its call-back hours.

    Raises NotAllowed for another organisation's point, WrongState where or when it takes no requests, InvalidInput on
    phone or topic.
    """
    by.require_may(Capability.COMMENT)
    point = one(contact_points(by), contact_point_id)
    hours = next(each.callback_hours for each in contact_points_for(by, now=at) if each.id == point.pk)
    now = at.astimezone(HELSINKI)
    if not point.takes_callbacks:
        raise WrongState(_("This contact point takes no call-back requests. Call or write to it."))
    if not any(is_open(each, now) for each in hours):
        raise WrongState(_("Call-back requests are taken only in call-back hours. Try again then."))
    number = re.sub(r"[\s()\-\u2013]", "", phone)
    errors = []
    if not PHONE.fullmatch(number):
        errors.append(FieldError("phone", _("Enter the telephone number, for example 040 123 4567.")))
    topic = topic.strip()
    if len(topic) > TOPIC_LENGTH:
        errors.append(FieldError("topic", _("Shorten this to %(most)s characters."), params={"most": TOPIC_LENGTH}))
    if errors:
        raise InvalidInput(*errors)
    request = CallbackRequest.objects.create(
        organisation_id=by.organisation_id,
        contact_point=point,
        person_id=by.subject_person_id,
        phone=number,
        topic=topic,
        asked_at=at,
    )
    _record("ask_callback", request, by=by, at=at)
    return request


@transaction.atomic
def handle_callback(callback_id: int, *, by: Viewer, at: datetime) -> CallbackRequest:
    """The caller has been called. Raises NotAllowed, WrongState if a colleague has done it."""
    by.require(*STAFF_ROLES)
    request = one(access.callbacks(by).select_for_update(of=("self",)), callback_id)
    by.require_not_own(request.person_id)
    if request.handled_at is not None:
        raise WrongState(_("A colleague has handled this request already."))
    request.handled_at, request.handled_by_id = at, by.account_id
    request.save(update_fields=["handled_at", "handled_by"])
    _record("handle_callback", request, by=by, at=at)
    return request


def _record(action: str, request: CallbackRequest, *, by: Viewer, at: datetime) -> None:
    record(
        action,
        by=by,
        at=at,
        object_kind="callback_request",
        object_id=request.pk,
        subject_person_id=request.person_id,
        organisation_id=request.organisation_id,
    )
