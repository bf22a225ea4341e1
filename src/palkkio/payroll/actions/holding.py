"""Holding back one person's pay, and releasing it (PAY-11)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.actions.locking import require_clerk_of, required_reason
from palkkio.payroll.models import Hold


@transaction.atomic
def hold_person(person_id: int, *, by: Viewer, at: datetime, reason: str) -> Hold:
    """Pay nothing to a person until released; proposed runs leave them out at once. Raises InvalidInput, WrongState."""
    reason = required_reason(reason, _("Enter why nothing is paid for now."))
    require_clerk_of(by, day_of(at), person_id)
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                organisation_id=by.organisation_id,
                person_id=person_id,
                reason=reason,
                held_at=at,
                held_by_id=by.account_id,
            )
    except IntegrityError as error:
        raise WrongState(_("This person's pay is on hold already.")) from error
    refresh_open_runs(by.organisation_id, person_id)
    _record("hold_person", hold, by=by, at=at, reason=reason)
    return hold


@transaction.atomic
def release_person(person_id: int, *, by: Viewer, at: datetime) -> Hold:
    """End a hold: the next run, or a proposed one, pays. Raises NotAllowed, WrongState."""
    require_clerk_of(by, day_of(at), person_id)
    hold = (
        Hold.objects.select_for_update()
        .filter(organisation_id=by.organisation_id, person_id=person_id, released_at__isnull=True)
        .first()
    )
    if hold is None:
        raise WrongState(_("This person's pay is not on hold."))
    hold.released_at, hold.released_by_id = at, by.account_id
    hold.save(update_fields=["released_at", "released_by"])
    refresh_open_runs(by.organisation_id, person_id)
    _record("release_person", hold, by=by, at=at, reason="")
    return hold


def _record(action: str, hold: Hold, *, by: Viewer, at: datetime, reason: str) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="hold",
        object_id=hold.pk,
        subject_person_id=hold.person_id,
        reason=reason,
    )
