"""Takes in what the bank says of payments: settled, rejected, returned. Each answer once, whatever comes twice.

What the bank has said of a payment never goes back: a later answer adds to it or is a contradiction, which changes
nothing and waits for a clerk.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_noop as _

from palkkio.adapters.bank.channel import Channel, ChannelError
from palkkio.audit import actions as audit
from palkkio.core.money import ZERO
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import actions as documents
from palkkio.formats.bank_answers import BankAnswer, NotAnAnswerError, Outcome, Told, read_answer
from palkkio.formats.payment_file import message_id_of
from palkkio.organisations import queries as organisations
from palkkio.organisations.access import one
from palkkio.payments import access
from palkkio.payments.agreements import agreement_of
from palkkio.payments.models import CAME_BACK, OWED, Agreement, Answer, Batch, Payment, ToldOfPayment

# From what was said to what is said now; what is missing here says nothing new, or contradicts.
GOES_ON: dict[str, set[Outcome]] = {
    "": {Outcome.ACCEPTED, Outcome.SETTLED, Outcome.REJECTED, Outcome.RETURNED},
    Outcome.ACCEPTED: {Outcome.SETTLED, Outcome.REJECTED, Outcome.RETURNED},
    Outcome.SETTLED: {Outcome.RETURNED},
}
CONTRADICTS: dict[str, set[Outcome]] = {
    Outcome.REJECTED: {Outcome.SETTLED, Outcome.RETURNED},
    Outcome.SETTLED: {Outcome.REJECTED},
    Outcome.RETURNED: {Outcome.REJECTED},
}
AT_ONCE = 1000
TROUBLES_KEPT = 100


@transaction.atomic
def take_answer(content: bytes, organisation_id: int, *, name: str, at: datetime) -> Answer:
    """Read one file of the bank. Read before, the answer that stands is returned and nothing changes.

    A file that is no answer is kept, too, with what is wrong with it: a clerk sees it.
    """
    agreement_of(organisation_id, locked=True)
    try:
        read = read_answer(content)
    except NotAnAnswerError as error:
        digest = hashlib.sha256(content).hexdigest()
        return _found(organisation_id, "", digest) or _store(organisation_id, content, name, at, digest, trouble=error)
    if standing := _found(organisation_id, read.kind, read.message_id):
        return standing
    answer = _store(organisation_id, content, name, at, read.message_id, read=read)
    answer.troubles = _apply(read, answer, at)[:TROUBLES_KEPT]
    answer.save(update_fields=["troubles"])
    audit.record(
        "take_bank_answer",
        by=None,
        at=at,
        organisation_id=organisation_id,
        object_kind="bank_answer",
        object_id=answer.pk,
        details={"kind": read.kind.value, "told": len(read.told), "troubles": len(answer.troubles)},
    )
    return answer


def _found(organisation_id: int, kind: str, message_id: str) -> Answer | None:
    return Answer.objects.filter(organisation_id=organisation_id, kind=kind, message_id=message_id[:80]).first()


def _store(
    organisation_id: int,
    content: bytes,
    name: str,
    at: datetime,
    message_id: str,
    *,
    read: BankAnswer | None = None,
    trouble: Exception | None = None,
) -> Answer:
    file = documents.issue(
        content or b" ",
        organisation_id=organisation_id,
        kind="bank_answer",
        file_name=name[-120:],
        content_type="application/xml",
        at=at,
    )
    return Answer.objects.create(
        organisation_id=organisation_id,
        message_id=message_id[:80],
        kind=read.kind if read else "",
        answers_to=read.answers_to[:35] if read else "",
        file=file,
        read_at=at,
        passed=read.passed if read else 0,
        troubles=[str(trouble)] if trouble else [],
    )


# --- What is told ----------------------------------------------------------------------------------------------------


def _apply(read: BankAnswer, answer: Answer, at: datetime) -> list[str]:
    """Write what is told; what cannot be taken, a sentence each."""
    organisation_id = answer.organisation_id
    if read.iban and not _is_ours(organisation_id, read.iban):
        return [f"The answer is about another account, {read.iban}"]
    own = Payment.objects.filter(organisation_id=organisation_id, is_cancelled=False)
    # Of single payments first: what is refused in a block is not among those that the block's sum has paid.
    troubles = _of_single_ones(answer, own, [each for each in read.told if each.end_to_end_id], at)
    for told in read.told:
        if not told.end_to_end_id:
            troubles += _of_many(answer, own, told, at)
    return troubles


def _is_ours(organisation_id: int, iban: str) -> bool:
    paid_from = Batch.objects.filter(organisation_id=organisation_id, debtor_iban=iban)
    return iban == organisations.payer(organisation_id).iban or paid_from.exists()


def _of_single_ones(answer: Answer, own: QuerySet[Payment], all_told: Sequence[Told], at: datetime) -> list[str]:
    wanted = [each.end_to_end_id for each in all_told]
    amounts: dict[str, Decimal] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found = own.filter(end_to_end_id__in=wanted[start : start + AT_ONCE])
        amounts.update(found.values_list("end_to_end_id", "amount"))
    troubles = []
    alike: dict[Told, list[str]] = defaultdict(list)
    for told in all_told:
        own_id = told.end_to_end_id
        if own_id not in amounts:
            troubles.append(f"No payment of ours has the id {own_id}")
        elif told.amount is not None and told.amount != amounts[own_id]:
            troubles.append(f"Payment {own_id}: {told.amount} EUR is told, it is {amounts[own_id]} EUR")
        else:
            alike[replace(told, end_to_end_id="", amount=None, bank_reference="")].append(own_id)
    for told, ids in alike.items():
        for start in range(0, len(ids), AT_ONCE):
            troubles += _write(answer, own.filter(end_to_end_id__in=ids[start : start + AT_ONCE]), told, at)
    return troubles


def _of_many(answer: Answer, own: QuerySet[Payment], told: Told, at: datetime) -> list[str]:
    """What is told of a whole file or block, written of each of its payments that was not refused."""
    name = told.message_id or told.block_id
    batch = _batch_of(answer.organisation_id, told.message_id or told.block_id.rpartition("-")[0])
    if batch is None:
        return [f"No payment file of ours has the id {name}"]
    if told.outcome is Outcome.DUPLICATE:
        return []  # given twice: the bank keeps what it has
    rows = own.filter(batch=batch)
    if told.outcome is not Outcome.REJECTED:
        rows = rows.exclude(outcome=Outcome.REJECTED.value)
    if told.block_id:
        is_salary = told.block_id.endswith("-S")
        rows = rows.filter(kind="salary") if is_salary else rows.exclude(kind="salary")
    if told.amount is not None:
        sums = rows.aggregate(total=Sum("amount", default=ZERO), count=Count("pk"))
        if sums["total"] != told.amount or (told.count is not None and told.count != sums["count"]):
            return [
                f"Block {name}: {told.count} payments, {told.amount} EUR are told; not refused are {sums['count']} "
                f"payments, {sums['total']} EUR"
            ]
    return _write(answer, rows, told, at)


def _batch_of(organisation_id: int, message_id: str) -> Batch | None:
    number = message_id.rpartition("-B")[2]
    if not number.isdigit():
        return None
    if message_id_of(organisations.payer(organisation_id).business_id, int(number)) != message_id:
        return None
    return Batch.objects.filter(organisation_id=organisation_id, number=int(number)).first()


def _write(answer: Answer, rows: QuerySet[Payment], told: Told, at: datetime) -> list[str]:
    """Write one outcome of some payments; the sentences of those it contradicts."""
    if told.outcome is Outcome.DUPLICATE:
        return [f"The bank has payment {each} already" for each in rows.values_list("end_to_end_id", flat=True)]
    contradicted = list(rows.filter(outcome__in=_before(CONTRADICTS, told.outcome)).select_for_update())
    goes_on = rows.filter(outcome__in=_before(GOES_ON, told.outcome))
    came_back = (
        list(goes_on.select_related("payslip").select_for_update(of=("self",))) if told.outcome in CAME_BACK else []
    )
    booked_on = {"booked_on": told.booked_on} if told.booked_on else {}
    goes_on.update(outcome=told.outcome.value, **booked_on)
    ToldOfPayment.objects.bulk_create(
        ToldOfPayment(
            organisation_id=answer.organisation_id,
            answer=answer,
            payment=payment,
            outcome=told.outcome.value,
            reason=told.reason[:40],
            text=told.text,
            booked_on=told.booked_on,
            is_contradiction=payment in contradicted,
        )
        for payment in (*came_back, *contradicted)
    )
    for payment in came_back:
        _tell(payment, told, at)
    return [f"Payment {each.end_to_end_id}: {told.outcome} is told after {each.outcome}" for each in contradicted]


def _before(steps: Mapping[str, Collection[Outcome]], outcome: Outcome) -> list[str]:
    return [str(said) for said, then in steps.items() if outcome in then]


def _tell(payment: Payment, told: Told, at: datetime) -> None:
    """Leave an event of a payment that came back: the payee is told by it."""
    audit.record(
        "payment_came_back",
        by=None,
        at=at,
        organisation_id=payment.organisation_id,
        object_kind="payment",
        object_id=payment.pk,
        subject_person_id=_payee_of(payment),
        details={"outcome": told.outcome.value, "reason": told.reason, "payslip": payment.payslip_id or 0},
    )


def _payee_of(payment: Payment) -> int | None:
    """Who is told; nobody of what an employer owes: a clerk pays it anew."""
    if payment.kind in OWED:
        return None
    return payment.payslip.person_id if payment.payslip is not None else payment.person_id


# --- Where answers come from -----------------------------------------------------------------------------------------


def take_waiting(organisation_id: int, channel: Channel, *, at: datetime) -> int:
    """Read every file that waits at the bank, each in a transaction of its own; how many.

    Killed between reading a file and moving it aside, the next round finds it read. What stops it stands with the
    agreement until the next round that works.
    """
    agreement = agreement_of(organisation_id)
    count = 0
    trouble = ""
    try:
        for name in channel.waiting():
            take_answer(channel.get(name), organisation_id, name=name, at=at)
            channel.done(name)
            count += 1
    except ChannelError as error:
        trouble = str(error)
    Agreement.objects.filter(pk=agreement.pk).update(asked_at=at, trouble=trouble)
    return count


@transaction.atomic
def upload_answer(content: bytes, *, name: str, by: Viewer, at: datetime) -> Answer:
    """A clerk brings a file from the bank's own pages. Raises NotAllowed, InvalidInput on `file`."""
    by.require(RoleKind.PAYROLL_CLERK)
    try:
        read_answer(content)
    except NotAnAnswerError as error:
        message = _("This is not an answer of the bank that can be read: pain.002, camt.054 or camt.053.")
        raise InvalidInput(FieldError("file", message)) from error
    answer = take_answer(content, by.organisation_id, name=name, at=at)
    audit.record("upload_bank_answer", by=by, at=at, object_kind="bank_answer", object_id=answer.pk)
    return answer


@transaction.atomic
def settle_answer(answer_id: int, *, by: Viewer, at: datetime, reason: str) -> Answer:
    """Somebody has looked at what could not be taken, and says what it was. Raises NotAllowed, InvalidInput."""
    by.require(RoleKind.PAYROLL_CLERK)
    answer = one(access.answers(by).select_for_update(of=("self",)), answer_id)
    if not reason.strip():
        raise InvalidInput(FieldError("reason", _("Enter what it was")))
    if answer.settled_at is None:
        answer.settled_at, answer.settled_by_id = at, by.account_id
        answer.save(update_fields=["settled_at", "settled_by"])
        audit.record(
            "settle_bank_answer", by=by, at=at, object_kind="bank_answer", object_id=answer.pk, reason=reason.strip()
        )
    return answer
