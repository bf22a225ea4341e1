"""Values of the settings' pages: schedules through time, what they make of the next months, ledger accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.core.days import DateRange, add_months, months_between
from palkkio.core.finland import DayRule, PaydayRule, Shift
from palkkio.organisations.queries import local_name, timetable
from palkkio.reporting.accounts import CODES
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.pay_items_page import days_words
from palkkio.web.desk.settings_forms import SHIFTS
from palkkio.web.rule_words import line_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Row, Table, View
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.organisations.models import ContactPoint, Municipality, Organisation, Schedule, Unit
    from palkkio.reporting.models import AccountMapping

MONTHS_SHOWN = 6
SCHEDULE_NAMES = (
    "deadline_months_after",
    "deadline_day",
    "deadline_shift",
    "payday_rule",
    "payday_months_after",
    "payday_day",
    "payday_shift",
    "review_days_before_payday",
    "bank_days_before_payday",
    "paper_days_before_payday",
    "half_deadline_months_after",
    "half_deadline_day",
    "half_payday_rule",
    "half_payday_months_after",
    "half_payday_day",
)
TABS: tuple[tuple[str, Promise], ...] = (
    ("desk:settings", lazy("Deadlines and paydays")),
    ("desk:municipalities", lazy("Municipalities")),
    ("desk:units", lazy("Units")),
    ("desk:contact-points", lazy("Contact points")),
    ("desk:ledger-accounts", lazy("Ledger accounts")),
    ("desk:signing-choices", lazy("Signing")),
    ("desk:organisation", lazy("Organisation")),
)


def tabs(current: str) -> list[View]:
    return [View(str(text), reverse(name), is_current=name == current) for name, text in TABS]


# --- Deadlines and paydays -------------------------------------------------------------------------------------------


def schedule_table(schedules: Sequence[Schedule], *, today: date) -> Table:
    """Schedules of one kind of contract, the latest first."""
    columns = [
        Column(_("Care months"), place="title"),
        Column(_("Entries due")),
        Column(_("Payday")),
        Column(_("Reminders"), is_extra=True),
        Column(_("Decision"), place="bare"),
        Column(_("State"), place="side"),
    ]
    return Table(_("Deadlines and paydays"), columns, [_schedule(each, today) for each in schedules])


def _schedule(schedule: Schedule, today: date) -> Row:
    first = schedule.valid.first
    chip = Chip(_("In force"), "ok")
    if today not in schedule.valid:
        chip = Chip(_("Begins later"), "you") if first and first > today else Chip(_("Ended"))
    reminders = ", ".join(map(str, schedule.reminder_days_before))
    periods = schedule.periods(DateRange.month_of(schedule.valid.start or today))
    return Row(
        [
            Cell(days_words(schedule.valid)),
            Cell("; ".join(_rule(schedule.deadline(period)) for period in periods)),
            Cell("; ".join(_rule(schedule.payday(period)) for period in periods)),
            Cell(_("%(days)s days before") % {"days": reminders} if reminders else _("none")),
            Cell(schedule.source),
            Cell(chips=[chip]),
        ]
    )


def _rule(rule: DayRule) -> str:
    months = {
        0: _("of the care month"),
        1: _("of the next month"),
        2: _("of the second month after"),
        3: _("of the third month after"),
    }[rule.months_after]
    if rule.rule is PaydayRule.LAST_BANKING_DAY:
        return _("last banking day %(months)s") % {"months": months}
    words = _("day %(day)s %(months)s") % {"day": rule.day, "months": months}
    return words if rule.shift is Shift.NONE else f"{words}, {str(SHIFTS[rule.shift]).lower()}"


def preview_table(schedule: Schedule, first: date) -> Table:
    """What a schedule makes of the next care months, by the same rules that will hold."""
    has_paper = schedule.paper_days_before_payday is not None
    columns = [
        Column(_("Half month") if schedule.is_by_halves else _("Care month"), place="title"),
        Column(_("Entries by")),
        *([Column(_("On paper by"))] if has_paper else []),
        Column(_("Reviewed by")),
        Column(_("At the bank by")),
        Column(_("Payday"), place="side"),
    ]
    rows = []
    language = get_language()
    months = months_between(first, add_months(first, MONTHS_SHOWN - 1))
    for period in (period for month in months for period in schedule.periods(month)):
        times = timetable(schedule, period)
        days = [times.deadline, *([times.paper_by] if has_paper else []), times.review_by, times.bank_by]
        rows.append(
            Row(
                [
                    Cell(period_name(period).capitalize()),
                    *(Cell(wording.weekday_day(day, language)) for day in days),
                    Cell(wording.weekday_day(times.payday, language), strong=True),
                ]
            )
        )
    return Table(_("The next care months"), columns, rows)


def values_of(schedule: Schedule) -> dict[str, Any]:
    """The schedule as its form takes it."""
    return {
        **{name: getattr(schedule, name) for name in SCHEDULE_NAMES},
        "reminder_days_before": ", ".join(map(str, schedule.reminder_days_before)),
    }


# --- Places ----------------------------------------------------------------------------------------------------------


def municipalities_table(rows: Sequence[Municipality]) -> Table:
    columns = [
        Column(_("Municipality"), place="title"),
        Column(_("In Swedish"), place="bare"),
        Column(_("Code"), place="side"),
    ]
    return Table(
        _("Municipalities"), columns, [Row([Cell(row.name_fi), Cell(row.name_sv), Cell(row.code)]) for row in rows]
    )


def units_table(rows: Sequence[Unit]) -> Table:
    columns = [
        Column(_("Unit"), place="title"),
        Column(_("Cost centre"), place="side"),
        Column(_("Phone")),
        Column(_("E-mail")),
    ]
    made = [
        Row(
            [
                Cell(local_name(row), href=reverse("desk:unit", args=[row.pk])),
                Cell(row.cost_centre),
                Cell(row.phone),
                Cell(row.email),
            ]
        )
        for row in rows
    ]
    return Table(_("Units"), columns, made)


def contact_points_table(rows: Sequence[ContactPoint]) -> Table:
    columns = [
        Column(_("Contact point"), place="title"),
        Column(_("Serves"), place="bare"),
        Column(_("Phone")),
        Column(_("Phone hours"), place="bare"),
        Column(_("Call back")),
    ]
    made = []
    for row in rows:
        hours = [each for each in row.hours.all() if not each.is_callback]
        served = ", ".join(local_name(each) for each in row.municipalities.all()) or _("all municipalities")
        ages = _("from %(first)s years") % {"first": row.age_from}
        if row.age_to is not None:
            ages = _("%(first)s–%(last)s years") % {"first": row.age_from, "last": row.age_to - 1}
        shown = ", ".join(
            f"{wording.WEEKDAYS_SHORT[wording.known(get_language())][each.weekday]} "
            f"{each.opens.hour}.{each.opens.minute:02d}–{each.closes.hour}.{each.closes.minute:02d}"
            for each in sorted(hours, key=lambda each: (each.weekday, each.opens))
        )
        made.append(
            Row(
                [
                    Cell(local_name(row), href=reverse("desk:contact-point", args=[row.pk])),
                    Cell(served, note=ages),
                    Cell(row.phone or row.email),
                    Cell(shown or _("no hours")),
                    Cell(chips=[Chip(_("yes"), "ok")] if row.takes_callbacks else []),
                ]
            )
        )
    return Table(_("Contact points"), columns, made)


# --- Ledger and organisation -----------------------------------------------------------------------------------------


def posting_name(code: str) -> str:
    return _("Owed to the payees") if code == "NET" else line_name(code)


def codes() -> dict[str, str]:
    return {code: posting_name(code) for code in CODES}


def accounts_table(rows: Sequence[AccountMapping], *, today: date) -> Table:
    columns = [
        Column(_("What is posted"), place="title"),
        Column(_("Kind of contract"), place="bare"),
        Column(_("Account"), place="side"),
        Column(_("Product")),
        Column(_("In force")),
    ]
    made = [
        Row(
            [
                Cell(posting_name(row.series.code)),
                Cell(kind_name(row.series.contract_kind) if row.series.contract_kind else _("Every kind")),
                Cell(row.account, strong=today in row.valid),
                Cell(row.product),
                Cell(days_words(row.valid), chips=[] if today in row.valid else [Chip(_("not today"))]),
            ]
        )
        for row in rows
    ]
    return Table(_("Ledger accounts"), columns, made)


def unmapped_codes(rows: Sequence[AccountMapping], *, today: date) -> list[str]:
    """What has no account on `today` for any kind of contract: payroll's run asks it before an approval."""
    known = {row.series.code for row in rows if today in row.valid}
    return [posting_name(code) for code in CODES if code not in known]


def organisation_facts(row: Organisation) -> list[Fact]:
    none = _("not entered")
    return [
        Fact(_("Name in Finnish"), row.name_fi),
        Fact(_("Name in Swedish"), row.name_sv),
        Fact(_("Name in English"), row.name_en),
        Fact(_("Business ID"), row.business_id),
        Fact(_("Account that pays"), row.iban, note=row.bic),
        Fact(_("Postal address"), row.address or none),
        Fact(_("Payroll contact"), row.payroll_contact_name, note=f"{row.payroll_phone}, {row.payroll_email}"),
        Fact(_("Pension policy"), row.pension_policy_number or none),
        Fact(_("Accident insurance"), row.accident_policy_number or none, note=row.accident_insurer_id),
        Fact(_("Sender of messages"), row.sender_email or none),
        Fact(_("Page of peer support"), row.peer_support_url or none),
        Fact(_("Choices of the payer"), row.profile, href=reverse("desk:choices")),
    ]
