"""Writes deadlines, paydays and day types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange, add_months, months_between
from palkkio.core.finland import PaydayRule, Shift
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.viewer import Viewer
from palkkio.organisations import access, queries
from palkkio.organisations.fields import make_room
from palkkio.organisations.inputs import Day, Inputs
from palkkio.organisations.models import DayTypeOffer, Organisation, Schedule, ScheduleSeries
from palkkio.organisations.rights import CHOICES

SCHEDULE_FIELDS = (
    "deadline_months_after",
    "deadline_day",
    "deadline_shift",
    "payday_rule",
    "payday_months_after",
    "payday_day",
    "payday_shift",
    "reminder_days_before",
    "review_days_before_payday",
    "bank_days_before_payday",
    "paper_days_before_payday",
    "source",
)
HALF_FIELDS = (
    "half_deadline_months_after",
    "half_deadline_day",
    "half_payday_rule",
    "half_payday_months_after",
    "half_payday_day",
)
MONTHS_TRIED = 24  # a payday must follow its deadline in each of them


@transaction.atomic
def start_schedule(
    contract_kind: ContractKind, *, by: Viewer, at: datetime, first: Day, values: Mapping[str, Any]
) -> Schedule:
    """The first deadlines and paydays of a kind of contract: from now on the organisation pays it.

    first  first day of the first care month
    Raises InvalidInput, also when the kind has deadlines already.
    """
    by.require(*CHOICES)
    inputs = Inputs({**values, "first": first}, (*SCHEDULE_FIELDS, *HALF_FIELDS, "first"))
    series, is_new = ScheduleSeries.objects.get_or_create(
        organisation_id=by.organisation_id, contract_kind=ContractKind(contract_kind).value
    )
    if not is_new:
        inputs.error("contract_kind", "This kind of contract has deadlines already: change those")
    return _write_schedule(series, inputs, by=by, at=at)


@transaction.atomic
def change_schedule(series_id: int, *, by: Viewer, at: datetime, first: Day, values: Mapping[str, Any]) -> Schedule:
    """New deadlines and paydays from a care month on; those before end with the month before it.

    first   first day of a care month, at the earliest of the month before this one: older months have been paid
    values  the whole schedule (SCHEDULE_FIELDS); with HALF_FIELDS it is paid twice a month (EMP-2)
    What was planned from `first` on is replaced. Raises InvalidInput, NotAllowed.
    """
    by.require(*CHOICES)
    series = access.one(access.schedule_series(by).select_for_update(), series_id)
    inputs = Inputs({**values, "first": first}, (*SCHEDULE_FIELDS, *HALF_FIELDS, "first"))
    this_month = day_of(at).replace(day=1)
    day = inputs.day("first")
    if day is not None and day < add_months(this_month, -1):
        inputs.error("first", "Choose last month or a later one: older months have been paid")
    return _write_schedule(series, inputs, by=by, at=at)


def tried_schedule(values: Mapping[str, Any]) -> Schedule:
    """A schedule that is not saved, to show what its rules make of the coming months. Raises InvalidInput."""
    inputs = Inputs(values, (*SCHEDULE_FIELDS, *HALF_FIELDS))
    schedule = Schedule(**_schedule_values(inputs))
    inputs.check()
    return schedule


def _write_schedule(series: ScheduleSeries, inputs: Inputs, *, by: Viewer, at: datetime) -> Schedule:
    first = inputs.day("first", "Choose the month from which this holds") or day_of(at)
    schedule = Schedule(
        organisation_id=by.organisation_id, series=series, valid=DateRange(first, None), **_schedule_values(inputs)
    )
    if first.day != 1:
        inputs.error("first", "Choose the first day of a month")
    for month in months_between(first, add_months(first, MONTHS_TRIED)):
        *first_half, rest = (queries.timetable(schedule, period) for period in schedule.periods(month))
        if rest.deadline >= rest.payday:
            inputs.error("payday_day", "Choose a payday that is later than the deadline")
        if any(days.deadline >= days.payday for days in first_half):
            inputs.error("half_payday_day", "Choose a payday that is later than the deadline")
    inputs.check()
    replaced = make_room(series.schedules.all(), first)
    schedule.save()
    audit.record(
        "change_schedule",
        by=by,
        at=at,
        object_kind="schedule_series",
        object_id=series.pk,
        details={"schedule": schedule.pk, "first": first.isoformat(), "replaced": replaced},
    )
    return schedule


def _schedule_values(inputs: Inputs) -> dict[str, Any]:
    return {
        "deadline_months_after": inputs.whole("deadline_months_after", 0, 3),
        "deadline_day": inputs.whole("deadline_day", 1, 31),
        "deadline_shift": inputs.choice("deadline_shift", Shift, "Choose what happens on a closed day").value,
        "payday_rule": inputs.choice("payday_rule", PaydayRule, "Choose the rule of the payday").value,
        "payday_months_after": inputs.whole("payday_months_after", 0, 3),
        "payday_day": inputs.whole("payday_day", 1, 31),
        "payday_shift": inputs.choice("payday_shift", Shift, "Choose what happens on a closed day").value,
        "reminder_days_before": _reminders(inputs),
        "review_days_before_payday": inputs.whole("review_days_before_payday", 0, 20),
        "bank_days_before_payday": inputs.whole("bank_days_before_payday", 0, 10),
        "paper_days_before_payday": inputs.whole_or_none("paper_days_before_payday", 0, 20),
        "source": inputs.text("source", 200, "Enter the decision that this is based on"),
        **_half_values(inputs),
    }


def _half_values(inputs: Inputs) -> dict[str, Any]:
    """Rules of days 1 to 15, all of them or none."""
    if all(map(inputs.is_empty, HALF_FIELDS)):
        return {}
    return {
        "half_deadline_months_after": inputs.whole("half_deadline_months_after", 0, 3),
        "half_deadline_day": inputs.whole("half_deadline_day", 1, 31),
        "half_payday_rule": inputs.choice("half_payday_rule", PaydayRule, "Choose the rule of the payday").value,
        "half_payday_months_after": inputs.whole("half_payday_months_after", 0, 3),
        "half_payday_day": inputs.whole("half_payday_day", 1, 31),
    }


def _reminders(inputs: Inputs) -> list[int]:
    given = inputs.raw("reminder_days_before")
    if isinstance(given, str):
        given = [each for each in re.split(r"[\s,;]+", given) if each]
    days = [int(each) if str(each).isascii() and str(each).isdigit() else -1 for each in given or ()]
    if any(not 0 <= each <= 31 for each in days):
        inputs.error("reminder_days_before", "Enter days before the deadline, for example 3, 1")
    return sorted(set(days), reverse=True)


@transaction.atomic
def offer_day_types(contract_kind: ContractKind, *, by: Viewer, at: datetime, day_types: Iterable[DayType]) -> None:
    """The day types that a kind of contract offers, in the order of the menu; those before are replaced.

    Entries that stand in sheets stay. Raises InvalidInput when the list is empty.
    """
    by.require(*CHOICES)
    kind = ContractKind(contract_kind)
    wanted = list(dict.fromkeys(DayType(each) for each in day_types))
    inputs = Inputs({}, ())
    if not wanted:
        inputs.error("day_types", "Choose at least one day type")
    inputs.check()
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    offers = DayTypeOffer.objects.filter(organisation_id=by.organisation_id, contract_kind=kind.value)
    offers.delete()
    DayTypeOffer.objects.bulk_create(
        DayTypeOffer(
            organisation_id=by.organisation_id, contract_kind=kind.value, day_type=each.value, position=position
        )
        for position, each in enumerate(wanted)
    )
    audit.record(
        "offer_day_types",
        by=by,
        at=at,
        object_kind="day_type_offer",
        details={"contract_kind": kind.value, "day_types": [each.value for each in wanted]},
    )
