"""Writes decisions: made once, changed only by a further dated version. Pay groups and their notices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from palkkio.audit import actions as audit
from palkkio.calculation.assistance.granted import Per, windows_of, words_of
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.decisions import access
from palkkio.decisions.models import Decision, DecisionVersion, Group, PayGroupDecision, PayGroupNotice
from palkkio.decisions.rights import DECISIONS, NOTICES, PAY_GROUPS
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs
from palkkio.people import access as people

if TYPE_CHECKING:
    from palkkio.people.models import Person

GRANTED = ("first", "last", "hours", "per", "period_weeks", "weekdays", "clock_times", "two_at_once")
DECIDED = ("ground", "office_holder", "decided_on")
VERSION_FIELDS = (*GRANTED, *DECIDED)
DECISION_FIELDS = ("group", "name", *VERSION_FIELDS)
PAY_GROUP_FIELDS = ("pay_group", "first", "last", *DECIDED)
NOTICE_FIELDS = ("assistant_id", "first", "came_on")
MOST_HOURS = Decimal(9000)
MOST_WEEKS = 104
ALREADY_TOLD = "The notice of this assistant has come already."


@transaction.atomic
def add_decision(employer_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Decision:
    """A decision with its first version; the number after the dot is the next free one of the employer (R9).

    values  DECISION_FIELDS; group 1, 2 or 3; clock_times as typed, "8-20, 21-23"; weekdays 1 to 7
    Raises InvalidInput, NotAllowed.
    """
    employer = _employer(employer_id, by, DECISIONS)
    inputs = Inputs(values, DECISION_FIELDS)
    group = inputs.whole("group", Group.BASIC, Group.OTHER)
    name = inputs.text("name", 80, "Enter the name of the decision")
    if any(char.isdigit() for char in name):
        inputs.error(
            "name", "Write the name without figures: the assistants read it, and hours and times are not for them"
        )
    version = _version(inputs)
    inputs.check()
    made = Decision.objects.filter(employer=employer, group=group)
    order = (made.aggregate(last=Max("order"))["last"] or 0) + 1
    row = Decision.objects.create(
        organisation_id=by.organisation_id, employer=employer, group=group, order=order, name=name
    )
    _write(row, 1, version, by=by, at=at)
    _record("add_decision", row, by=by, at=at)
    return row


@transaction.atomic
def change_decision(decision_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> DecisionVersion:
    """A further version: it holds from its first day on, and what was granted for earlier days stays.

    To end a decision, give a version its last day. Raises InvalidInput, NotAllowed.
    """
    by.require(*DECISIONS)
    row = one(access.decisions(by).select_for_update(of=("self",)), decision_id)
    by.require_not_own(row.employer_id)
    inputs = Inputs(values, VERSION_FIELDS)
    version = _version(inputs)
    inputs.check()
    latest = row.versions.aggregate(last=Max("number"))["last"]
    made = _write(row, latest + 1, version, by=by, at=at)
    _record("change_decision", row, by=by, at=at, details={"version": made.number, "first": str(made.first)})
    return made


@transaction.atomic
def decide_pay_group(employer_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> PayGroupDecision:
    """A pay group above A for the employer's assistants (EMP-10); each needs a notice before it is paid by it.

    values  PAY_GROUP_FIELDS
    Raises InvalidInput, NotAllowed.
    """
    employer = _employer(employer_id, by, PAY_GROUPS)
    inputs = Inputs(values, PAY_GROUP_FIELDS)
    group = inputs.text("pay_group", 2, "Choose the pay group")
    if group not in {"B1", "B2", "C"}:
        inputs.error("pay_group", "Choose the pay group")
    first, last = inputs.first_and_last("Enter the first day")
    decided = _decided(inputs)
    inputs.check()
    if first is None:
        raise AssertionError("the check refuses a pay group without a first day")
    row = PayGroupDecision.objects.create(
        organisation_id=by.organisation_id,
        employer=employer,
        pay_group=group,
        first=first,
        last=last,
        recorded_by_id=by.person_id,
        recorded_at=at,
        **decided,
    )
    _tell("decide_pay_group", "pay_group_decision", row.pk, employer.pk, by=by, at=at)
    return row


@transaction.atomic
def record_notice(decision_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> PayGroupNotice:
    """The notice of one assistant has come: from `first` the pay group decided is the assistant's.

    values  NOTICE_FIELDS
    Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*NOTICES)
    row = access.pay_group(by, decision_id)
    inputs = Inputs(values, NOTICE_FIELDS)
    assistant_id = inputs.number_of("assistant_id", "Choose the assistant")
    first = inputs.day("first", "Enter the first day")
    came_on = inputs.day("came_on", "Enter the day on which the notice came")
    if first is not None and first not in row.days:
        inputs.error("first", "Choose a day of the decision")
    if came_on is not None and came_on > day_of(at):
        inputs.error("came_on", "Enter a day that is not in the future")
    if assistant_id == row.employer_id:
        inputs.error("assistant_id", "Choose an assistant who is not the employer")
    inputs.check()
    if assistant_id is None or first is None or came_on is None:
        raise AssertionError("the check refuses a notice without an assistant and days")
    assistant = people.person(by, assistant_id)
    by.require_not_own(row.employer_id, assistant.pk)
    if row.notices.filter(assistant=assistant).exists():
        raise WrongState(ALREADY_TOLD)
    made = PayGroupNotice.objects.create(
        organisation_id=by.organisation_id,
        decision=row,
        assistant=assistant,
        first=first,
        came_on=came_on,
        recorded_by_id=by.person_id,
        recorded_at=at,
    )
    _tell("record_pay_group_notice", "pay_group_decision", row.pk, assistant.pk, by=by, at=at)
    return made


# --- Parts -----------------------------------------------------------------------------------------------------------


def _employer(employer_id: int, by: Viewer, roles: tuple[Any, ...]) -> Person:
    """Locked, so that two decisions made at once get two numbers."""
    by.require(*roles)
    found = one(people.persons(by).select_for_update(of=("self",)), employer_id)
    by.require_not_own(found.pk)
    return found


def _version(inputs: Inputs) -> dict[str, Any]:
    """Checked columns of a version."""
    first, last = inputs.first_and_last("Enter the first day")
    has_hours = str(inputs.raw("hours") or "").strip() != ""
    hours = inputs.decimal("hours", most=MOST_HOURS) if has_hours else None
    per = inputs.text("per", 10)
    if has_hours and per not in set(Per):
        inputs.error("per", "Choose what the hours are granted for")
    if hours is not None and not hours and not inputs.has_error("hours"):
        inputs.error("hours", "Enter the hours, or leave this empty when their number is not limited")
    is_period = has_hours and per == Per.PERIOD
    return {
        "first": first,
        "last": last,
        "hours": hours,
        "per": per if has_hours else "",
        "period_weeks": inputs.whole("period_weeks", 1, MOST_WEEKS) if is_period else None,
        "weekdays": _weekdays(inputs),
        "clock_times": _clock_times(inputs),
        "two_at_once": inputs.flag("two_at_once"),
        **_decided(inputs),
    }


def _decided(inputs: Inputs) -> dict[str, Any]:
    return {
        "ground": inputs.text("ground", 2000, "Enter the ground of the decision"),
        "office_holder": inputs.text("office_holder", 120, "Enter who decided"),
        "decided_on": inputs.day("decided_on", "Enter the day of the decision"),
    }


def _weekdays(inputs: Inputs) -> list[int]:
    chosen = {str(each) for each in inputs.raw("weekdays") or ()}
    if not chosen <= set("1234567"):
        inputs.error("weekdays", "Choose days of the week")
        return []
    return [] if len(chosen) == 7 else sorted(map(int, chosen))


def _clock_times(inputs: Inputs) -> str:
    typed = inputs.text("clock_times", 200)
    try:
        return words_of(windows_of(typed))
    except ValueError:
        inputs.error("clock_times", "Enter the times as from and to, for example 8-20 or 7.30-9, 18-21")
        return ""


def _write(row: Decision, number: int, values: Mapping[str, Any], *, by: Viewer, at: datetime) -> DecisionVersion:
    return DecisionVersion.objects.create(
        organisation_id=row.organisation_id,
        decision=row,
        number=number,
        recorded_by_id=by.person_id,
        recorded_at=at,
        **values,
    )


def _record(action: str, row: Decision, *, by: Viewer, at: datetime, details: Mapping[str, Any] | None = None) -> None:
    _tell(action, "decision", row.pk, row.employer_id, by=by, at=at, details=details)


def _tell(
    action: str,
    kind: str,
    row_id: int,
    subject_id: int,
    *,
    by: Viewer,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        action, by=by, at=at, object_kind=kind, object_id=row_id, subject_person_id=subject_id, details=details
    )
