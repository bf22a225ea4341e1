"""Gives payment files to the bank: over its channel by a job, or by a clerk who marks what they have done by hand."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.adapters.bank.channel import Channel, ChannelError
from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import OWN_MATTER, RoleKind, Viewer
from palkkio.documents import queries as documents
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.payments import access
from palkkio.payments.models import Batch, Payment
from palkkio.payroll.own import tied_people
from palkkio.payroll.queries.handover import locked_run

DELIVER = "palkkio.payments.tasks.deliver_batch"

HAS_IT = _("The bank has the file already.")
NOT_READY = _("The payment file is not ready to be sent.")
NO_CHANNEL = _("There is no channel to the bank. Take the file to the bank's own pages, then mark it as given.")
OWN_REPAIR = _("You made this payment file. A colleague gives it to the bank.")
TOO_LATE = _("The day of payment is over: the bank refuses the file. Cancel it, and make it for a later day.")


def channel_of(organisation_id: int) -> Channel | None:
    """The way to the organisation's bank, None where files are taken there by hand."""
    channels: dict[str, Channel] = settings.PALKKIO_BANKS
    return channels.get(organisations.payer(organisation_id).slug)


@transaction.atomic
def mark_sent(batch_id: int, *, by: Viewer, at: datetime) -> Batch:
    """The bank has the file. From now on the run is not cancelled. Raises NotAllowed, WrongState."""
    batch = _releasable(batch_id, by, at)
    _is_sent(batch, at)
    audit.record("send_batch", by=by, at=at, object_kind="batch", object_id=batch.pk)
    return batch


@transaction.atomic
def send_batch(batch_id: int, *, by: Viewer, at: datetime) -> Batch:
    """Let a job give the file to the bank. From now on the run is not cancelled. Raises NotAllowed, WrongState.

    Asked again of a file that is on its way, the job begins anew: for a channel that was in trouble.
    """
    by.require(RoleKind.PAYROLL_CLERK)
    batch = one(access.batches(by).select_for_update(of=("self",)), batch_id)
    if channel_of(by.organisation_id) is None:
        raise WrongState(NO_CHANNEL)
    if batch.state != Batch.State.SENDING:
        batch = _releasable(batch_id, by, at)
        if batch.execution_date < day_of(at):
            raise WrongState(TOO_LATE)
        batch.state = Batch.State.SENDING
        batch.save(update_fields=["state", "sent_by"])
        audit.record("send_batch", by=by, at=at, object_kind="batch", object_id=batch.pk)
    try:
        with transaction.atomic():
            app.configure_task(DELIVER, lock=f"batch {batch.pk}", queueing_lock=f"deliver batch {batch.pk}").defer(
                batch_id=batch.pk
            )
    except AlreadyEnqueued:
        pass
    return batch


def _releasable(batch_id: int, by: Viewer, at: datetime) -> Batch:
    """The locked batch, ready to leave by this clerk's word; a repair leaves by a second one's."""
    by.require(RoleKind.PAYROLL_CLERK)
    batch = one(access.batches(by).select_for_update(of=("self",)), batch_id)
    if batch.state == Batch.State.SENT:
        raise WrongState(HAS_IT)
    if batch.state != Batch.State.READY:
        raise WrongState(NOT_READY)
    if batch.run_id is not None and locked_run(batch.run_id).state != "produced":
        raise WrongState(_("Wait until the reports and the voucher of the run are made, too."))
    if batch.run_id is None:
        if batch.made_by_id == by.account_id:
            raise NotAllowed(OWN_REPAIR)
        own = tied_people(by, day_of(at))
        rows = Payment.objects.filter(batch=batch)
        if rows.filter(payslip__person_id__in=own).exists() or rows.filter(person_id__in=own).exists():
            raise NotAllowed(OWN_MATTER)
    batch.sent_by_id = by.account_id
    return batch


def _is_sent(batch: Batch, at: datetime) -> None:
    batch.state, batch.sent_at, batch.trouble = Batch.State.SENT, at, ""
    batch.save(update_fields=["state", "sent_at", "sent_by", "trouble"])


def deliver_batch(batch_id: int, *, at: datetime) -> Batch:
    """Put the file where the bank takes it, then say that the bank has it. May be killed anywhere and run again: the
    same file twice is known by its message id, and the bank's word on that is no refusal.

    Raises ChannelError, its text said on the batch.
    """
    try:
        with transaction.atomic():
            batch = Batch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch_id)
            channel = channel_of(batch.organisation_id)
            if batch.state == Batch.State.SENDING and channel is not None:
                channel.put(batch.file.file_name, documents.content(batch.file))
                _is_sent(batch, at)
    except ChannelError as error:
        Batch.objects.filter(pk=batch_id, state=Batch.State.SENDING).update(trouble=str(error))
        raise
    return batch
