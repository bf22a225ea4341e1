"""Changes that carers report (CARE-14): sent, accepted as an event or dated terms, returned with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.calculation.events import NoticeBy
from palkkio.contracts import access as contracts
from palkkio.contracts import actions as contract_actions
from palkkio.core.capabilities import Capability
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.documents.handling import settle
from palkkio.entries import access
from palkkio.entries.actions.attached import require_of
from palkkio.entries.actions.copying import mark_absent, mark_present
from palkkio.entries.actions.events import ABSENCES, end_absence, record_event
from palkkio.entries.change_inputs import FIELDS, check_notice, checked
from palkkio.entries.event_rules import HANDLERS
from palkkio.entries.models import CareEvent, ChangeReport, Channel, EventKind
from palkkio.entries.tables.channels import BY_COUNTY
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document

Kind, State = ChangeReport.Kind, ChangeReport.State
ABSENCES_OF_ASSISTANTS = frozenset({Kind.OWN_ILLNESS, Kind.CHILD_ILLNESS})
LONGEST = timedelta(days=62)  # shifts are planned no further ahead than next month
TEXT_LENGTH = 4000


@transaction.atomic
def report_change(
    contract_id: int,
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    attachment: Document | None = None,
    channel: str = Channel.ELECTRONIC,
) -> ChangeReport:
    """A carer reports a change, or staff key it in from paper (with its scan) or a call.

    values  FIELDS; what the kind of change does not ask for is not kept
    Nothing changes until staff accept it. A carer's own notice is given on the day of `at`, by who may sign for the
    carer. Raises InvalidInput, NotAllowed, WrongState.
    """
    contract = one(contracts.contracts(by), contract_id)
    if by.is_staff:
        by.require(*HANDLERS)
        by.require_not_own(contract.carer_id, contract.recipient_id)
        channel = channel if channel in BY_COUNTY else Channel.STAFF
    else:
        by.require_may(Capability.REPORT_CHANGES)
        channel = Channel.ELECTRONIC
    inputs = Inputs(values, FIELDS)
    columns = checked(contract, inputs, None)
    if channel == Channel.PAPER and attachment is None:
        inputs.error("attachment", _("Attach the scanned paper."))
    text = inputs.text("text", TEXT_LENGTH)
    if columns["kind"] == Kind.NOTICE:
        check_notice(contract, columns, inputs, by=by, at=at)
    inputs.check()
    if attachment is not None:
        require_of(attachment, contract, _("The attachment belongs to somebody else."))
    report = ChangeReport.objects.create(
        organisation_id=contract.organisation_id,
        contract=contract,
        text=text,
        attachment=attachment,
        channel=channel,
        reported_by_id=by.account_id,
        reported_at=at,
        **columns,
    )
    _record("report_change", report, by=by, at=at)
    if report.kind in ABSENCES_OF_ASSISTANTS and contract.is_employment:
        mark_absent(contract, _days(report.first, report.last), by=by, at=at)
    return report


@transaction.atomic
def add_certificate(report_id: int, *, by: Viewer, at: datetime, document: Document) -> ChangeReport:
    """The medical certificate of a reported absence, sent in afterwards (K1); a second one is a comment's matter.

    Raises NotAllowed, WrongState.
    """
    report = one(access.change_reports(by).select_for_update(of=("self",)), report_id)
    if by.is_staff:
        by.require(*HANDLERS)
        by.require_not_own(report.contract.carer_id, report.contract.recipient_id)
    by.require_may(Capability.ADD_PAPERS)
    if document.organisation_id != report.organisation_id or document.person_id != report.contract.carer_id:
        raise NotAllowed(_("The attachment belongs to somebody else."))
    if report.attachment_id is not None or report.state not in (State.SENT, State.ACCEPTED):
        raise WrongState(_("This report takes no certificate any more. Ask the county where to send it."))
    report.attachment = document
    report.save()
    _record("add_certificate", report, by=by, at=at)
    return report


@transaction.atomic
def accept_change(
    report_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any] | None = None, note: str = ""
) -> ChangeReport:
    """The change takes effect as reported, or as staff corrected it: as an event, or as dated terms.

    values  first, last and `change_inputs.VALUES` as corrected; None: as reported
    note    what staff say of it to the carer
    Who keyed the report in does not accept it. Months that are paid already are corrected in the next run.
    Raises InvalidInput, NotAllowed, WrongState.
    """
    report = _locked(report_id, by)
    if report.channel != Channel.ELECTRONIC and report.reported_by_id == by.account_id:
        raise NotAllowed(_("You keyed in this report. A colleague accepts it."))
    contract = report.contract
    given = {"kind": report.kind, **(as_reported(report) if values is None else values)}
    inputs = Inputs(given, FIELDS)
    columns = checked(contract, inputs, report.kind)
    inputs.check()
    report.state, report.handled_by_id, report.handled_at = State.ACCEPTED, by.account_id, at
    report.reason = note.strip()[:TEXT_LENGTH]
    report.accepted = {
        "first": columns["first"].isoformat(),
        "last": None if columns["last"] is None else columns["last"].isoformat(),
        "values": columns["values"],
    }
    _take_effect(report, contract, columns, by=by, at=at)
    report.save()
    _put_back(report, by=by, at=at)
    settle([report.attachment_id], by=by, at=at)
    _record("accept_change", report, by=by, at=at)
    return report


@transaction.atomic
def return_change(report_id: int, *, by: Viewer, at: datetime, reason: str) -> ChangeReport:
    """Nothing changes: the carer reads the reason and may report anew. Raises InvalidInput, NotAllowed, WrongState."""
    report = _locked(report_id, by)
    reason = reason.strip()[:TEXT_LENGTH]
    if not reason:
        raise InvalidInput(FieldError("reason", _("Enter why the report is returned: the carer reads it.")))
    report.state, report.handled_by_id, report.handled_at, report.reason = State.RETURNED, by.account_id, at, reason
    report.save()
    _put_back(report, by=by, at=at)
    settle([report.attachment_id], by=by, at=at, reason=reason)
    _record("return_change", report, by=by, at=at, reason=reason)
    return report


@transaction.atomic
def read_notice(report_id: int, *, by: Viewer, at: datetime) -> None:
    """Staff open a notice that a carer has given: from now on it binds the carer. Does nothing to other reports."""
    by.require(*HANDLERS)
    report = one(access.change_reports(by).select_for_update(of=("self",)), report_id)
    own = {report.contract.carer_id, report.contract.recipient_id} & by.for_person_ids
    if report.kind == Kind.NOTICE and report.state == State.SENT and report.read_at is None and not own:
        report.read_at = at
        report.save(update_fields=["read_at"])
        _record("read_notice", report, by=by, at=at)


@transaction.atomic
def withdraw_change(report_id: int, *, by: Viewer, at: datetime) -> ChangeReport:
    """The carer takes back a report that nobody has handled, a notice that nobody has read.

    Raises NotAllowed, WrongState.
    """
    report = one(access.change_reports(by).select_for_update(of=("self",)), report_id)
    if by.is_staff:
        raise NotAllowed(_("Only the carer takes a report back. Return it with a reason instead."))
    by.require_may(Capability.SIGN if report.kind == Kind.NOTICE else Capability.REPORT_CHANGES)
    _require_sent(report)
    if report.read_at is not None:
        raise WrongState(
            _("The county has read your notice. Get in touch with the unit if you have agreed that the care goes on.")
        )
    report.state = State.WITHDRAWN
    report.save()
    _put_back(report, by=by, at=at)
    _record("withdraw_change", report, by=by, at=at)
    return report


def _put_back(report: ChangeReport, *, by: Viewer, at: datetime) -> None:
    """Shifts that reports marked as not worked are worked again, but on days of absences that stand."""
    if report.kind not in ABSENCES_OF_ASSISTANTS or not report.contract.is_employment:
        return
    told = ChangeReport.objects.filter(contract=report.contract_id, kind__in=ABSENCES_OF_ASSISTANTS, state=State.SENT)
    recorded = CareEvent.objects.filter(contract=report.contract_id, kind__in=ABSENCES, withdrawn_at__isnull=True)
    absent = [*(_days(each.first, each.last) for each in told), *recorded.values_list("valid", flat=True)]
    mark_present(report.contract, but=absent, by=by, at=at)


def _days(first: date, last: date | None) -> DateRange:
    return DateRange(first, (last or first + LONGEST) + ONE_DAY)


def as_reported(report: ChangeReport) -> dict[str, Any]:
    """What the report says, as the values of a decision about it."""
    return {"first": report.first, "last": report.last, **report.values}


def _take_effect(
    report: ChangeReport, contract: Contract, columns: Mapping[str, Any], *, by: Viewer, at: datetime
) -> None:
    values, first = columns["values"], columns["first"]
    source = f"change-report {report.pk}"
    report.save()
    if report.kind in (Kind.SERVICES, Kind.INCOME):
        report.terms = contract_actions.amend_terms(contract, by=by, at=at, first=first, values=values, source=source)
    elif report.kind == Kind.RETURN:
        end_absence(contract, by=by, at=at, on=first, report=report)
    elif report.kind == Kind.NOTICE:
        event = {"kind": EventKind.NOTICE, "first": first, "given_by": NoticeBy.CARER.value, "source": source}
        record_event(contract.pk, by=by, at=at, values=event, channel=Channel(report.channel), report=report)
    elif report.kind == Kind.MOVE:
        if values["moves_to"] == "institution":
            event = {"kind": EventKind.RECIPIENT_MOVES_OUT, "first": first, "source": source}
            record_event(contract.pk, by=by, at=at, values=event, channel=Channel(report.channel), report=report)
    else:
        kind, reason = {
            Kind.OWN_ILLNESS: (EventKind.CARER_ILL, ""),
            Kind.HOSPITAL: (EventKind.RECIPIENT_AWAY, "health"),
            Kind.AWAY: (EventKind.RECIPIENT_AWAY, "other"),
            Kind.CHILD_ILLNESS: (EventKind.CHILD_ILL, ""),
        }[Kind(report.kind)]
        if contract.is_employment and report.kind == Kind.OWN_ILLNESS:
            kind = EventKind.SICK
        event = {
            "kind": kind,
            "first": first,
            "last": columns["last"],
            "reason": reason,
            "has_certificate": values.get("has_certificate", False),
            "source": source,
        }
        record_event(contract.pk, by=by, at=at, values=event, channel=Channel(report.channel), report=report)


def _locked(report_id: int, by: Viewer) -> ChangeReport:
    by.require(*HANDLERS)
    report = one(access.change_reports(by).select_for_update(of=("self",)), report_id)
    by.require_not_own(report.contract.carer_id, report.contract.recipient_id)
    _require_sent(report)
    return report


def _require_sent(report: ChangeReport) -> None:
    if report.state != State.SENT:
        raise WrongState(_("This report is handled already."))


def _record(action: str, report: ChangeReport, *, by: Viewer, at: datetime, reason: str = "") -> None:
    record(
        action,
        by=by,
        at=at,
        object_kind="change_report",
        object_id=report.pk,
        subject_person_id=report.contract.carer_id,
        reason=reason,
        details={"kind": report.kind},
    )
