"""Staff record what happens during a contract, and take back what was wrong; nothing is edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.calculation.events import AbsenceReason, NoticeBy
from palkkio.contracts import access as contracts
from palkkio.contracts import actions as contract_actions
from palkkio.contracts import papers
from palkkio.core.days import ONE_DAY as A_DAY
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.event_rules import ENDINGS, EVENTS, HANDLERS, ONE_DAY, STOOD_IN
from palkkio.entries.models import CareEvent, ChangeReport, Channel, EventKind
from palkkio.entries.queries.endings import last_day_by
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.contracts.paper_models import Paper

ABSENCES = frozenset(
    {EventKind.SICK, EventKind.CHILD_ILL, EventKind.FAMILY_LEAVE, EventKind.CARER_ILL, EventKind.RECIPIENT_AWAY}
)
TWICE = _("This is recorded already for some of these days. Withdraw that first, or choose other days.")
FIELDS = (
    "kind",
    "first",
    "last",
    "reason",
    "given_by",
    "amount",
    "has_certificate",
    "child",
    "hours",
    "stood_in",
    "is_free",
    "source",
)
MOST_START_UP = Decimal(20_000)


@transaction.atomic
def record_event(
    contract_id: int,
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    channel: Channel = Channel.STAFF,
    report: ChangeReport | None = None,
) -> CareEvent:
    """Something happened: illness, absence, notice, days off, start-up. Paid months are found by the next run.

    values  FIELDS; an event of one day has `first` alone; without `last` an absence is still going on
    An event that ends the contract ends it and its terms on the day that the Acts give (CON-6): see
    `queries.endings`. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*HANDLERS)
    contract = one(contracts.contracts(by).select_for_update(of=("self",)), contract_id)
    by.require_not_own(contract.carer_id, contract.recipient_id)
    columns = _checked(contract, Inputs(values, FIELDS))
    _check_once(contract, columns)
    event = CareEvent.objects.create(
        organisation_id=contract.organisation_id,
        contract=contract,
        channel=channel,
        report=report,
        recorded_by_id=by.account_id,
        recorded_at=at,
        **columns,
    )
    details: dict[str, Any] = {}
    if event.kind in ENDINGS:
        last = last_day_by(event, contract)
        if contract.valid.start is None or last >= contract.valid.start:
            if last in contract.valid:
                contract_actions.end_contract(contract, by=by, at=at, last=last, reason=event.kind)
            details["last"] = str(last)
    _record(event, by=by, at=at, **details)
    return event


@transaction.atomic
def accept_membership(paper_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Paper:
    """A paper on the employer's Heta membership is in order: the membership stands on the employments that its days
    touch, where the collective agreement and the news for members are read from.

    values  as of `papers.accept_paper`
    Days that are recorded already are not recorded again. Raises InvalidInput, NotAllowed, WrongState.
    """
    row = papers.accept_paper(paper_id, by=by, at=at, values=values)
    valid = row.standing.valid
    if valid is None:
        raise AssertionError("a membership is accepted with its days")
    employments = contracts.contracts(by).filter(
        employer_id=row.employer_id, kind=ContractKind.PERSONAL_ASSISTANCE, valid__overlap=valid
    )
    recorded = CareEvent.objects.filter(
        kind=EventKind.HETA_MEMBER, contract__employer_id=row.employer_id, withdrawn_at__isnull=True
    )
    held: dict[int, list[DateRange]] = defaultdict(list)
    for contract_id, known in recorded.values_list("contract_id", "valid"):
        held[contract_id].append(known)
    for contract in employments:
        by.require_not_own(contract.carer_id)
        days = valid.overlap(contract.valid)
        if days is None or any(each.covers(days) for each in held[contract.pk]):
            continue
        event = CareEvent.objects.create(
            organisation_id=contract.organisation_id,
            contract=contract,
            kind=EventKind.HETA_MEMBER,
            valid=days,
            channel=Channel.STAFF,
            recorded_by_id=by.account_id,
            recorded_at=at,
        )
        _record(event, by=by, at=at, paper=row.pk)
    return row


@transaction.atomic
def withdraw_event(event_id: int, *, by: Viewer, at: datetime, reason: str) -> CareEvent:
    """Take back what was recorded wrongly; it stays in the history with the reason.

    An event that ended the contract is not taken back: the end has been told to the parties. Raises InvalidInput,
    NotAllowed, WrongState.
    """
    by.require(*HANDLERS)
    event = one(access.events(by).select_for_update(of=("self",)), event_id)
    by.require_not_own(event.contract.carer_id, event.contract.recipient_id)
    reason = reason.strip()
    if not reason:
        raise InvalidInput(FieldError("reason", _("Enter the reason")))
    if event.withdrawn_at is not None:
        raise WrongState(_("This event is withdrawn already."))
    if event.kind in ENDINGS:
        raise WrongState(_("This event has ended the contract. Make a new contract if the care goes on."))
    _withdraw(event, by=by, at=at, reason=reason)
    return event


def end_absence(contract: Contract, *, by: Viewer, at: datetime, on: Any, report: ChangeReport) -> CareEvent:
    """The absence or illness that goes on over the day `on` ended the day before: it is recorded anew with its end.

    Raises InvalidInput on `first` when there is none.
    """
    going_on = CareEvent.objects.filter(
        Q(valid__endswith__isnull=True) | Q(valid__endswith__gte=on),
        contract=contract,
        withdrawn_at__isnull=True,
        kind__in=(EventKind.RECIPIENT_AWAY, EventKind.CARER_ILL, EventKind.SICK),
        valid__startswith__lt=on,
    )
    found = going_on.order_by("-valid__startswith", "-pk").first()
    if found is None:
        raise InvalidInput(FieldError("first", _("No absence that is recorded goes on over this day.")))
    _withdraw(found, by=by, at=at, reason="return")
    values = {
        "kind": found.kind,
        "first": found.valid.start,
        "last": on - A_DAY,
        "reason": found.reason,
        "has_certificate": found.has_certificate,
        "source": found.source,
    }
    return record_event(contract.pk, by=by, at=at, values=values, channel=Channel(report.channel), report=report)


def _check_once(contract: Contract, columns: Mapping[str, Any]) -> None:
    """Raises InvalidInput on `first` when an absence of the kind is recorded already for some of the days: both would
    be paid. Days off may be told twice a day, since their parts add up.
    """
    if columns["kind"] not in ABSENCES:
        return
    same = {name: columns.get(name, "") for name in ("reason", "child")}
    held = CareEvent.objects.filter(contract=contract, withdrawn_at__isnull=True, kind=columns["kind"], **same)
    if held.filter(valid__overlap=columns["valid"]).exists():
        raise InvalidInput(FieldError("first", TWICE))


def _record(event: CareEvent, *, by: Viewer, at: datetime, **details: Any) -> None:
    record(
        "record_event",
        by=by,
        at=at,
        object_kind="care_event",
        object_id=event.pk,
        subject_person_id=event.contract.carer_id,
        details={"kind": event.kind, **details},
    )


def _withdraw(event: CareEvent, *, by: Viewer, at: datetime, reason: str) -> None:
    event.withdrawn_at, event.withdrawn_by_id, event.withdrawn_reason = at, by.account_id, reason
    event.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        "withdraw_event",
        by=by,
        at=at,
        object_kind="care_event",
        object_id=event.pk,
        subject_person_id=event.contract.carer_id,
        reason=reason,
    )


def _checked(contract: Contract, inputs: Inputs) -> dict[str, Any]:
    """The columns of the event. Raises InvalidInput with each error beside its field."""
    kind = str(inputs.raw("kind") or "")
    if kind not in EVENTS[ContractKind(contract.kind)]:
        raise InvalidInput(FieldError("kind", _("Choose what happened")))
    first = inputs.day("first", _("Enter the first day"))
    last = first if kind in ONE_DAY else inputs.day("last")
    if first is not None and last is not None and last < first:
        inputs.error("last", _("Enter a last day that is not before the first day"))
    if kind == EventKind.DAYS_OFF and last is None:
        inputs.error("last", _("Enter the last day off"))
    valid: DateRange = contract.valid
    if first is not None and first not in valid and kind != EventKind.NOTICE:
        inputs.error("first", _("Choose a day on which the contract is in force"))
    columns = {"kind": kind, "source": inputs.text("source", 200), **_of_kind(kind, inputs)}
    inputs.check()
    return {**columns, "valid": DateRange.of_days(first, last)}


def _of_kind(kind: str, inputs: Inputs) -> dict[str, Any]:
    """What an event of one kind says and others do not."""
    if kind == EventKind.RECIPIENT_AWAY:
        return {"reason": inputs.one_of("reason", AbsenceReason, _("Choose why the care recipient is away"))}
    if kind == EventKind.NOTICE:
        return {"given_by": inputs.one_of("given_by", NoticeBy, _("Choose who gives notice"))}
    if kind == EventKind.START_UP:
        amount = inputs.decimal("amount", _("Enter the amount in euros"), most=MOST_START_UP)
        if not amount:
            inputs.error("amount", _("Enter the amount in euros"))
        return {"amount": amount}
    if kind == EventKind.SICK:
        return {"has_certificate": inputs.flag("has_certificate")}
    if kind == EventKind.FAMILY_LEAVE:
        return {"child": inputs.text("child", 10)}
    if kind == EventKind.DAYS_OFF:
        return {
            "hours": inputs.decimal_or_none("hours", most=Decimal(24)) or None,
            "stood_in": inputs.one_of("stood_in", ("", *STOOD_IN), _("Choose the care of the list")),
            "is_free": inputs.flag("is_free"),
        }
    return {}
