"""Deliveries on their way to the incomes register and back: sent, asked for, answered report by report (PAY-10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from palkkio.adapters.incomes_register import client
from palkkio.adapters.incomes_register.settings import Register
from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import queries as documents
from palkkio.formats.incomes_register import Identifier
from palkkio.formats.incomes_register.answers import Answer, Error, Item, Status
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.people.queries import people_to_report
from palkkio.reporting import access, queueing
from palkkio.reporting.deliveries import require_files
from palkkio.reporting.models import Delivery, Report

if TYPE_CHECKING:
    from django.db.models import QuerySet

TYPES = {
    Delivery.Kind.REPORTS.value: "100",
    Delivery.Kind.SUMMARY.value: "101",
    Delivery.Kind.INVALIDATIONS.value: "105",
}
LONG = timedelta(hours=2)  # after which one asks the register's service desk (rule 10)
NO_ANSWER = _("The register has not answered in two hours. Ask its service desk.")


@transaction.atomic
def send_now(delivery_id: int, *, by: Viewer, at: datetime) -> Delivery:
    """Give a delivery to the register soon, also before its payday. Raises NotAllowed, WrongState."""
    by.require(RoleKind.PAYROLL_CLERK)
    delivery = one(access.deliveries(by).select_for_update(of=("self",)), delivery_id)
    if settings.PALKKIO_INCOMES_REGISTER is None:
        raise WrongState(
            _("No connection to the register is set up. Give it the file by hand and mark it as reported.")
        )
    if delivery.is_cancelled or delivery.sent_at is not None:
        raise WrongState(_("The delivery is sent already, or cancelled."))
    require_files(delivery)
    queueing.send(delivery.pk)
    audit.record("send_delivery", by=by, at=at, object_kind="delivery", object_id=delivery.pk)
    return delivery


def due_to_send(at: datetime) -> QuerySet[Delivery]:
    """Deliveries that go by themselves: from their payday on, since until then a run may still be cancelled.

    Not those of a run whose files are still being made: its payment file may be refused.
    """
    found = Delivery.objects.filter(sent_at=None, is_cancelled=False, payday__lte=day_of(at))
    return found.exclude(run__state="approved").order_by("pk")


def send_delivery(delivery_id: int, *, at: datetime) -> Delivery:
    """Send one delivery, unless the register has it. May be killed anywhere and run again.

    That it is tried is written before it is sent: who finds it tried asks the register by the delivery's own id, and
    sends only what it does not know. Raises RegisterError, and says it on the delivery.
    """
    register = settings.PALKKIO_INCOMES_REGISTER
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        if register is None or delivery.is_cancelled or delivery.sent_at is not None or _waits(delivery):
            return delivery
        was_tried = delivery.tried_at is not None
        delivery.tried_at = at
        delivery.save(update_fields=["tried_at"])
    try:
        answer = _ask(register, delivery, at) if was_tried else None
        if answer is None:
            answer = client.send(register, documents.content(delivery.file), TYPES[delivery.kind])
            if answer.status == Status.REFUSED_ON_RECEIPT:  # another worker may have been faster: its id is used then
                answer = _ask(register, delivery, at) or answer
    except client.RegisterError as error:
        Delivery.objects.filter(pk=delivery_id, sent_at=None).update(trouble=str(error))
        raise
    return _take(delivery_id, answer, at)


def ask_delivery(delivery_id: int, *, at: datetime) -> Delivery:
    """Ask the register what became of a delivery. Raises RegisterError."""
    register = settings.PALKKIO_INCOMES_REGISTER
    delivery = Delivery.objects.get(pk=delivery_id)
    if register is None or delivery.sent_at is None or delivery.answered_at is not None:
        return delivery
    answer = _ask(register, delivery, at)
    return delivery if answer is None else _take(delivery_id, answer, at)


def due_to_ask(at: datetime) -> QuerySet[Delivery]:
    """Sent deliveries whose answer may be there: not before the register's time, and at its intervals."""
    register = settings.PALKKIO_INCOMES_REGISTER
    before = at - timedelta(minutes=register.poll_minutes if register else 0)
    rows = Delivery.objects.filter(sent_at__lte=before, answered_at=None, is_cancelled=False)
    return rows.filter(Q(asked_at=None) | Q(asked_at__lte=before)).order_by("pk")


def _waits(delivery: Delivery) -> bool:
    """What replaces or takes back goes only when the register has answered for what it is about (C5)."""
    unanswered = Q(replaces__delivery__answered_at=None, replaces__delivery__is_cancelled=False)
    return delivery.reports.exclude(action=Report.Action.NEW).filter(unanswered).exists()


def _ask(register: Register, delivery: Delivery, at: datetime) -> Answer | None:
    """What the register says of a delivery; None if it does not know it."""
    answer = client.ask(
        register,
        delivery_type=TYPES[delivery.kind],
        delivery_id=delivery.delivery_id,
        owner=_owner(delivery),
        at=at,
        is_production=settings.PRODUCTION,
    )
    return answer if answer.register_id else None


def _owner(delivery: Delivery) -> Identifier:
    """Whose delivery it is: the organisation's, but for a household's own separate report."""
    if delivery.kind == Delivery.Kind.SUMMARY and delivery.employer_id is not None:
        return Identifier.person(people_to_report([delivery.employer_id])[delivery.employer_id].identity_code)
    return Identifier.business(organisations.payer(delivery.organisation_id).business_id)


@transaction.atomic
def _take(delivery_id: int, answer: Answer, at: datetime) -> Delivery:
    """Write down an answer; a delivery that was answered for whole stays as it is."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.answered_at is not None:
        return delivery
    delivery.sent_at = delivery.sent_at or at
    delivery.asked_at = at
    delivery.status = int(answer.status)
    delivery.register_id = answer.register_id
    delivery.trouble = ""
    if answer.is_final:
        delivery.answered_at = at
        delivery.trouble = "; ".join(each.message for each in answer.errors)
        _take_items(delivery, answer)
        audit.record(
            "take_register_answer",
            by=None,
            at=at,
            organisation_id=delivery.organisation_id,
            object_kind="delivery",
            object_id=delivery.pk,
            details={"status": int(answer.status), "accepted": len(answer.valid), "refused": len(answer.invalid)},
        )
    elif at - delivery.sent_at > LONG:
        delivery.trouble = NO_ANSWER
    delivery.save(update_fields=["sent_at", "asked_at", "status", "register_id", "trouble", "answered_at"])
    return delivery


def _take_items(delivery: Delivery, answer: Answer) -> None:
    """Each report accepted or refused; of a delivery that was refused whole, each for the reason of the whole."""
    rows = delivery.reports.all()
    _accept(delivery, [each.report_id for each in answer.valid], [each.register_id for each in answer.valid])
    named = {each.report_id: each for each in answer.invalid}
    left = rows.filter(state=Report.State.UNANSWERED) if answer.errors else rows.filter(report_id__in=list(named))
    for row in left.iterator(chunk_size=500):
        item = named.get(row.report_id, Item(row.report_id, errors=answer.errors))
        row.state, row.errors = Report.State.REFUSED, _written(item.errors)
        row.save(update_fields=["state", "errors"])
    if delivery.kind == Delivery.Kind.INVALIDATIONS:
        gone = rows.filter(state=Report.State.ACCEPTED).values("replaces_id")
        Report.objects.filter(pk__in=gone).update(state=Report.State.INVALIDATED)


def _written(errors: Sequence[Error]) -> list[list[str]]:
    return [[each.code, each.message] for each in errors]


_ACCEPT = """
    UPDATE reporting_report AS report SET state = 'accepted', register_id = taken.register_id, errors = '[]'
      FROM unnest(%s::text[], %s::text[]) AS taken (report_id, register_id)
     WHERE report.delivery_id = %s AND report.report_id = taken.report_id
"""


def _accept(delivery: Delivery, report_ids: list[str], register_ids: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ACCEPT, [report_ids, register_ids, delivery.pk])
