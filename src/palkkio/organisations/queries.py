"""Reads what an organisation has chosen: deadlines and paydays, day types, contact points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Q
from django.utils.translation import get_language

from palkkio.core.clock import HELSINKI, day_of
from palkkio.core.days import DateRange, add_months, months_between
from palkkio.core.finland import banking_days_before, is_public_holiday
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.models import (
    ContactPoint,
    DayTypeOffer,
    Municipality,
    OpeningHours,
    Organisation,
    Schedule,
    ScheduleSeries,
)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of one care month, or half month (CARE-10, EMP-2).

    deadline   last day for entries
    paper_by   day by which a sheet on paper has come (R8)
    remind_on  days on which who has not finished is reminded
    review_by  day by which the desk aims to have reviewed
    bank_by    day by which the bank must have the file
    payday     day the money is on the payee's account
    """

    deadline: date
    review_by: date
    bank_by: date
    payday: date
    paper_by: date
    remind_on: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DayHours:
    """Hours of one weekday, 0 Monday to 6 Sunday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Whom to ask, in the reader's language (HELP-3)."""

    id: int
    name: str
    phone: str
    email: str
    address: str
    hours: tuple[DayHours, ...]
    callback_hours: tuple[DayHours, ...]
    takes_callbacks: bool
    is_open_now: bool
    municipalities: tuple[str, ...]


# --- Names -----------------------------------------------------------------------------------------------------------


def local_name(row: Model, language: str | None = None) -> str:
    """Name of an organisation, municipality, unit or contact point in `language`, default the reader's."""
    chosen = (language or get_language() or "fi")[:2]
    return str(getattr(row, f"name_{chosen}", "") or getattr(row, "name_fi", ""))


def organisation_by_slug(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()


def organisation_ids() -> list[int]:
    """All organisations of the installation; for jobs that walk them one by one."""
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def whom_to_ask() -> list[tuple[str, str, str]]:
    """Name in the reader's language, telephone and e-mail of every organisation; for who has no role in any (ACC-2)."""
    rows = sorted(Organisation.objects.all(), key=local_name)
    return [(local_name(each), each.payroll_phone, each.payroll_email) for each in rows]


def payer(organisation_id: int) -> Organisation:
    """The organisation as payer: name, Business ID, account, contact. Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(pk=organisation_id)


def has_municipality(organisation_id: int, municipality_id: int) -> bool:
    return Municipality.objects.filter(organisation_id=organisation_id, pk=municipality_id).exists()


# --- Deadlines and paydays -------------------------------------------------------------------------------------------


def schedule_for(organisation_id: int, contract_kind: str, month: DateRange) -> Schedule:
    """The schedule in force for a care month. Raises WrongState if there is none, ValueError if `month` is open."""
    start, _ = month.edges
    found = Schedule.objects.filter(
        organisation_id=organisation_id, series__contract_kind=str(contract_kind), valid__contains=start
    ).first()
    if found is None:
        raise _no_schedule(start)
    return found


def deadline_and_payday(organisation_id: int, contract_kind: str, month: DateRange) -> Timetable:
    """Deadline and payday of a care month. Raises WrongState if no schedule is in force."""
    return timetable(schedule_for(organisation_id, contract_kind, month), month)


def timetables(organisation_id: int, contract_kind: str, months: Iterable[DateRange]) -> dict[DateRange, Timetable]:
    """Deadlines and paydays of many care months, with one query. Raises WrongState if one has no schedule."""
    schedules = list(Schedule.objects.filter(organisation_id=organisation_id, series__contract_kind=str(contract_kind)))
    found = {}
    for month in months:
        start, _ = month.edges
        schedule = next((each for each in schedules if start in each.valid), None)
        if schedule is None:
            raise _no_schedule(start)
        found[month] = timetable(schedule, month)
    return found


def timetables_of_periods(
    organisation_id: int, contract_kind: str, months: Iterable[DateRange]
) -> list[tuple[DateRange, Timetable]]:
    """What is due and paid together in care months, whole or by halves, with one query; months without a schedule
    are left out.
    """
    schedules = list(Schedule.objects.filter(organisation_id=organisation_id, series__contract_kind=str(contract_kind)))
    return [
        (period, timetable(schedule, period))
        for month in months
        for schedule in schedules
        if month.edges[0] in schedule.valid
        for period in schedule.periods(month)
    ]


def timetable(schedule: Schedule, month: DateRange) -> Timetable:
    """What a schedule makes of a care month, or of half of one."""
    payday, deadline = schedule.payday(month).for_month(month), schedule.deadline(month).for_month(month)
    on_paper = schedule.paper_days_before_payday
    return Timetable(
        deadline=deadline,
        review_by=banking_days_before(payday, schedule.review_days_before_payday),
        bank_by=banking_days_before(payday, schedule.bank_days_before_payday),
        payday=payday,
        paper_by=deadline if on_paper is None else banking_days_before(payday, on_paper),
        remind_on=tuple(deadline - timedelta(days=days) for days in schedule.reminder_days_before),
    )


def next_paydays(organisation_id: int, today: date) -> list[date]:
    """The coming paydays of all kinds of contract, today's too: one for each care month of the last three."""
    months = list(months_between(add_months(today, -3), today))
    found: set[date] = set()
    for schedule in Schedule.objects.filter(organisation_id=organisation_id):
        held = [month for month in months if month.edges[0] in schedule.valid]
        periods = [period for month in held for period in schedule.periods(month)]
        found.update(schedule.payday(period).for_month(period) for period in periods)
    return sorted(payday for payday in found if payday >= today)


def contract_kinds(organisation_id: int) -> tuple[ContractKind, ...]:
    """Kinds of contract that the organisation pays: those it has deadlines and paydays for."""
    series = ScheduleSeries.objects.filter(organisation_id=organisation_id)
    paid = set(series.values_list("contract_kind", flat=True))
    return tuple(kind for kind in ContractKind if kind.value in paid)


def first_care_days(organisation_id: int) -> dict[ContractKind, date]:
    """The first care day that each kind of contract has a schedule for: what lies before it is not paid here."""
    found: dict[ContractKind, date] = {}
    rows = Schedule.objects.filter(organisation_id=organisation_id).values_list("series__contract_kind", "valid")
    for kind, valid in rows:
        start = valid.start or date.min
        found[ContractKind(kind)] = min(start, found.get(ContractKind(kind), start))
    return found


def day_types(organisation_id: int, contract_kind: str) -> tuple[DayType, ...]:
    """Day types that a kind of contract offers in its calendar, in the order of the menu (CARE-4)."""
    offers = DayTypeOffer.objects.filter(organisation_id=organisation_id, contract_kind=str(contract_kind))
    return tuple(DayType(each) for each in offers.order_by("position", "pk").values_list("day_type", flat=True))


def _no_schedule(start: date) -> WrongState:
    return WrongState(
        "No deadline and payday are set for %(month)s. Ask your organisation's administrator to set them.",
        month=f"{start.month}/{start.year}",
    )


# --- Contact points --------------------------------------------------------------------------------------------------


def contact_points_for(
    viewer: Viewer, *, municipality_id: int | None = None, age: int | None = None, now: datetime
) -> list[ContactRow]:
    """Contact points of the viewer's organisation, by municipality and age of the care recipient.

    One without municipalities serves them all. On public holidays nobody answers.
    """
    return public_contact_points(viewer.organisation_id, municipality_id=municipality_id, age=age, now=now)


def public_municipalities() -> list[tuple[int, str, int]]:
    """Number, name in the reader's language and organisation of every municipality that somebody pays carers in.

    One that a county and a city both serve stands once for each, with whose it is.
    """
    rows = list(Municipality.objects.select_related("organisation"))
    times = Counter(local_name(each) for each in rows)
    named = [
        (name if times[name] == 1 else f"{name}, {local_name(each.organisation)}", each)
        for each in rows
        for name in [local_name(each)]
    ]
    return [
        (each.pk, name, each.organisation_id) for name, each in sorted(named, key=lambda pair: (pair[0], pair[1].pk))
    ]


def public_contact_points(
    organisation_id: int, *, municipality_id: int | None = None, age: int | None = None, now: datetime
) -> list[ContactRow]:
    """As `contact_points_for`, for who has not signed in: telephone numbers and hours are for everybody."""
    points = ContactPoint.objects.filter(organisation_id=organisation_id)
    if municipality_id is not None:
        points = points.filter(Q(municipalities=municipality_id) | Q(municipalities__isnull=True))
    if age is not None:
        points = points.filter(Q(age_to__isnull=True) | Q(age_to__gt=age), age_from__lte=age)
    rows = points.distinct().order_by("age_from", "pk").prefetch_related("hours", "municipalities")
    return [_contact(point, now.astimezone(HELSINKI)) for point in rows]


def _contact(point: ContactPoint, now: datetime) -> ContactRow:
    hours = sorted(point.hours.all(), key=lambda each: (each.weekday, each.opens))
    answered = tuple(_hours(each) for each in hours if not each.is_callback)
    return ContactRow(
        id=point.pk,
        name=local_name(point),
        phone=point.phone,
        email=point.email,
        address=point.address,
        hours=answered,
        callback_hours=tuple(_hours(each) for each in hours if each.is_callback),
        takes_callbacks=point.takes_callbacks,
        is_open_now=any(is_open(each, now) for each in answered),
        municipalities=tuple(sorted(local_name(each) for each in point.municipalities.all())),
    )


def _hours(row: OpeningHours) -> DayHours:
    return DayHours(row.weekday, row.opens, row.closes)


def is_open(hours: DayHours, now: datetime) -> bool:
    """True if somebody answers now, by the wall clock in Finland; nobody does on a public holiday."""
    return (
        hours.weekday == now.weekday()
        and hours.opens <= now.time() < hours.closes
        and not is_public_holiday(day_of(now))
    )
