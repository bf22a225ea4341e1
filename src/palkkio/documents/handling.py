"""What becomes of a received document: accepted, for its days if it has any, or returned with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.documents import access
from palkkio.documents.models import Document, Standing
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.organisations.inputs import Inputs

Kind = Document.Kind
# These are accepted and returned as documents; others with the matter that they belong to: a change, a sheet, a paper.
BY_THEMSELVES = (Kind.CERTIFICATE, Kind.CONTRACT, Kind.CARE_PLAN, Kind.DECISION, Kind.LETTER, Kind.OTHER)
SOON = timedelta(days=60)  # what ends within these days is asked for anew
ALREADY_HANDLED = _("The document is handled already.")


class State(StrEnum):
    """Where a document stands on a day: the last two follow from the days of one that was accepted."""

    ISSUED = "issued"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ENDING = "ending"
    ENDED = "ended"


def state_on(standing: Standing | None, day: date) -> State:
    """Where a document stands; None: the organisation issued it."""
    if standing is None:
        return State.ISSUED
    if standing.handled_at is None:
        return State.RECEIVED
    if not standing.is_accepted:
        return State.RETURNED
    last = None if standing.valid is None else standing.valid.last
    if last is not None and last < day:
        return State.ENDED
    return State.ENDING if last is not None and last < day + SOON else State.ACCEPTED


def to_handle(viewer: Viewer) -> QuerySet[Document]:
    """Documents that wait to be accepted or returned, the oldest first; staff's alone."""
    rows = access.about_people(viewer).filter(kind__in=BY_THEMSELVES, standing__handled_at__isnull=True)
    rows = rows.filter(standing__isnull=False, replaced_by__isnull=True)
    return rows.order_by("added_at", "pk") if viewer.is_staff else rows.none()


@transaction.atomic
def accept_document(document_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Standing:
    """The document is in order.

    values  first, last: days that it holds, if it has any
    Raises InvalidInput, NotAllowed, WrongState.
    """
    row = _waiting(document_id, by=by)
    inputs = Inputs(values, ("first", "last"))
    first, last = inputs.first_and_last()
    inputs.check()
    if first is None and last is not None:
        first = min(row.document.day, last)
    row.valid = None if first is None else DateRange.of_days(first, last)
    _settle(row, by=by, at=at, is_accepted=True)
    _record("accept_document", row, by=by, at=at)
    return row


@transaction.atomic
def return_document(document_id: int, *, by: Viewer, at: datetime, reason: str) -> Standing:
    """The document cannot be used; who sent it reads why. Raises InvalidInput on `reason`, NotAllowed, WrongState."""
    row = _waiting(document_id, by=by)
    inputs = Inputs({"reason": reason}, ("reason",))
    row.reason = inputs.text("reason", 1000, "Enter why the document is returned: who sent it reads it")
    inputs.check()
    _settle(row, by=by, at=at, is_accepted=False)
    _record("return_document", row, by=by, at=at)
    return row


@transaction.atomic
def settle(
    document_ids: Collection[int | None], *, by: Viewer, at: datetime, reason: str = "", valid: DateRange | None = None
) -> None:
    """With their matter these documents are accepted, or returned for a reason; the matter's act records it.

    Those that are settled already stay as they are.
    """
    wanted = [each for each in document_ids if each is not None]
    if not wanted:
        return
    rows = Standing.objects.filter(organisation_id=by.organisation_id, document__in=wanted, handled_at__isnull=True)
    for row in rows.select_for_update().order_by("pk"):
        row.reason, row.valid = reason, valid
        _settle(row, by=by, at=at, is_accepted=not reason)


def _settle(row: Standing, *, by: Viewer, at: datetime, is_accepted: bool) -> None:
    row.is_accepted, row.handled_by_id, row.handled_at = is_accepted, by.person_id, at
    row.save()


def _waiting(document_id: int, *, by: Viewer) -> Standing:
    by.require(*access.HANDLING)
    document = one(access.about_people(by).filter(kind__in=BY_THEMSELVES), document_id)
    by.require_not_own(document.person_id)
    row = Standing.objects.select_for_update(of=("self",)).select_related("document").filter(document=document).first()
    if row is None:
        raise NotAllowed(NOT_FOUND)
    if row.handled_at is not None:
        raise WrongState(ALREADY_HANDLED)
    return row


def _record(action: str, row: Standing, *, by: Viewer, at: datetime) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="document",
        object_id=row.document_id,
        subject_person_id=row.document.person_id,
        reason=row.reason,
        details={"kind": row.document.kind},
    )
