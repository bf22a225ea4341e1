"""Rules R1 to R20 of the time sheets of assistants, a test or more for each; table: docs/rules-of-approval.md.

Those that another stage proves are named in that table with their tests.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.decisions import actions as decisions
from palkkio.entries import actions, queries
from palkkio.entries.actions import AlertsToConfirm
from palkkio.entries.models import Sheet
from palkkio.entries.queries.alerts import household, own_alerts
from palkkio.entries.queries.calendar import household_days
from palkkio.people.households.models import Insurance
from palkkio.rates import deciding
from tests import factories
from tests.apps.entries.household import FIRST, NOW, SECOND, House, at

pytestmark = pytest.mark.django_db
WIDE: dict[str, Any] = {"hours": "", "per": "", "clock_times": ""}


def message(refusal: pytest.ExceptionInfo[InvalidInput]) -> str:
    (error,) = refusal.value.errors
    return error.message % error.params


# --- R1 to R5: periods, deadlines, paydays ---------------------------------------------------------------------------


def test_r1_a_month_is_two_sheets() -> None:
    """R1: days 1 to 15, and day 16 to the last, also in a February of 29 days."""
    house = House()
    from palkkio.entries.models import Sheet

    actions.ensure_sheets(house.place.id, today=date(2028, 2, 10))
    rows = Sheet.objects.filter(contract=house.aila.contract, period__overlap=DateRange.of_month(2028, 2))
    assert [(each.period.first, each.period.last) for each in rows.order_by("period")] == [
        (date(2028, 2, 1), date(2028, 2, 15)),
        (date(2028, 2, 16), date(2028, 2, 29)),
    ]


def test_r5_hours_approved_late_keep_their_period() -> None:
    """R5, R7: they wait for the next payday under the half month in which they were worked."""
    house = House(**WIDE)
    house.aila.work(4, 8, 12)

    def to_pay() -> list[Any]:
        return list(queries.revisions_to_pay(house.place.id, [house.aila.contract.kind], date(2026, 12, 31)))

    assert to_pay() == []
    sheet = house.aila.sheet()
    late = at(20, 12, month=7)
    actions.approve_shifts(sheet.pk, by=house.owner, at=late, version=sheet.version)
    (revision,) = to_pay()
    assert (revision.period, revision.reviewed_at) == (FIRST, late)


# --- R6, EMP-1: who enters, who approves -----------------------------------------------------------------------------


def test_r6_the_employer_enters_only_while_the_assistant_agrees_and_it_is_marked() -> None:
    """R6, EMP-1: dated consent; what was entered stays when it is taken back; the assistant still does not approve."""
    house = House(**WIDE)
    with pytest.raises(NotAllowed, match="has not agreed"):
        house.aila.work(4, 8, 12, by=house.owner)
    consent = actions.give_consent(house.aila.contract.pk, by=house.aila.viewer, at=NOW)
    assert (consent.given_at, consent.withdrawn_at) == (NOW, None)
    house.aila.work(4, 8, 12, by=house.owner)
    (row,) = queries.sheet_view(house.aila.sheet()).shifts
    assert (row.channel, row.entered_by) == ("employer", "Eero Työnantaja")
    with pytest.raises(NotAllowed):
        house.yrjo.work(4, 8, 12, by=house.owner)  # the other one has not agreed
    actions.withdraw_consent(house.aila.contract.pk, by=house.aila.viewer, at=NOW)
    with pytest.raises(NotAllowed):
        house.aila.work(5, 8, 12, by=house.owner)
    sheet = house.aila.sheet()
    with pytest.raises(NotAllowed):
        actions.approve_shifts(sheet.pk, by=house.aila.viewer, at=NOW, version=sheet.version)
    assert house.approve(house.aila).number == 1


def test_r6_nobody_agrees_for_the_assistant() -> None:
    house = House()
    helper = factories.person(house.place, "Auli", "Auttaja")
    mandate = factories.acting(helper, house.aila.person, RoleKind.ASSISTANT)
    for viewer in (house.owner, house.yrjo.viewer, mandate, factories.handler(house.place)):
        with pytest.raises(NotAllowed):
            actions.give_consent(house.aila.contract.pk, by=viewer, at=NOW)


def test_r6_an_assistant_with_the_employers_mandate_enters_nothing_as_the_employer() -> None:
    house = House(**WIDE)
    actions.give_consent(house.aila.contract.pk, by=house.aila.viewer, at=NOW)
    as_employer = factories.acting(house.aila.person, house.employer, RoleKind.EMPLOYER)
    with pytest.raises(NotAllowed):
        house.aila.work(4, 8, 12, by=as_employer)


# --- R9, R10: identifiers --------------------------------------------------------------------------------------------


def test_r9_r10_the_identifier_is_the_groups_and_the_order_and_asked_only_of_several() -> None:
    """R9, R10, EMP-3: with one decision it is preselected; of several one is chosen."""
    house = House(**WIDE)
    house.aila.work(4, 8, 12)
    second = {"by": house.social_worker, **WIDE}
    factories.decision(house.place, house.employer, name="Toinen", **second)
    factories.decision(house.place, house.employer, group=3, name="Matka", **second)
    with pytest.raises(InvalidInput) as refusal:
        house.aila.work(5, 8, 12)
    assert "Choose the decision" in message(refusal)
    house.aila.work(5, 8, 12, decision="1.2")
    house.aila.work(6, 8, 12, decision="3.1")
    assert [row.decision for row in queries.sheet_view(house.aila.sheet()).shifts] == ["1.1", "1.2", "3.1"]


# --- R11, R14: secrecy -----------------------------------------------------------------------------------------------


def test_r11_r14_the_assistant_gets_alerts_from_own_entries_alone() -> None:
    """R11, R14, EMP-4: total, times and two assistants are the employer's; rest is the assistant's, too."""
    house = House(hours="5", per="month", clock_times="9-10")
    house.aila.work(4, 8, 16)
    house.yrjo.work(4, 12, 14)
    house.aila.work(5, 2, 6)
    kinds = {kind for kind, _days in house.alerts()}
    assert {"over_total", "outside_times", "two_assistants", "daily_rest"} <= kinds
    assert {each.kind.value for each in own_alerts(house.aila.sheet())} == {"daily_rest"}
    with pytest.raises(NotAllowed):
        household(house.aila.viewer, house.employer.pk, FIRST)


def test_t5_long_weeks_since_february_are_told_to_the_assistant_and_the_employer_in_may() -> None:
    """T5: the alerts of a half month read the shifts of the months that its sums count."""
    house = House(**WIDE)
    for month in (2, 3, 4):
        actions.ensure_sheets(house.place.id, today=date(2026, month + 1, 8))
    for week, weekday in product(range(14), (0, 2, 4)):
        day = date(2026, 2, 2) + timedelta(weeks=week, days=weekday)
        sheet = Sheet.objects.get(contract=house.aila.contract, period__contains=day)
        factories.shift(sheet, at(day.day, 2, month=day.month), at(day.day, 22, month=day.month), decision="1.1")
    (told,) = (each for each in own_alerts(house.aila.sheet()) if each.kind.value == "four_months")
    assert told.days == (date(2026, 5, 8),)  # 840 hours; 48 a week are 822.86
    assert ("four_months", [8]) in house.alerts()
    assert "four_months" not in {kind for kind, _days in house.alerts(SECOND)}


# --- R12: the three alerts of the employer ---------------------------------------------------------------------------


def test_r12_the_example_of_the_domain_page() -> None:
    """R12: 30 h a month, 8 to 20; X works 9 x 3 h and Y 4 h: over on the day the total passes 30, and later days."""
    house = House()
    for day in (4, 5, 6, 7, 8, 11, 12, 13, 14):
        house.aila.work(day, 8, 11)
    house.yrjo.work(15, 8, 12)
    assert house.alerts() == [("over_total", [15])]
    house.aila.work(15, 19, 21)  # (b) for 20 to 21
    found = household(house.owner, house.employer.pk, FIRST).alerts
    (outside,) = [each for each in found if each.kind == "outside_times"]
    assert [(each.start, each.end) for each in outside.parts] == [(at(15, 20), at(15, 21))]
    house.aila.work(18, 8, 11)
    assert house.alerts(SECOND) == [("over_total", [15, 18])]


def test_r12_two_assistants_overlap_but_do_not_touch() -> None:
    """R12, EMP-5: 10-13 and 12-15 share 12-13; 10-12 and 12-14 nothing; across two decisions still."""
    house = House(**WIDE)
    factories.decision(house.place, house.employer, by=house.social_worker, group=2, name="Työ", **WIDE)
    house.aila.work(4, 10, 13, decision="1.1")
    house.yrjo.work(4, 12, 15, decision="2.1")
    house.aila.work(5, 10, 12, decision="1.1")
    house.yrjo.work(5, 12, 14, decision="1.1")
    assert house.alerts() == [("two_assistants", [4])]


def test_r12_alerts_follow_a_changed_decision_at_once() -> None:
    """EMP-5: nothing is stored, so that a new version of the decision changes them; no data goes."""
    house = House(**{**WIDE, "hours": "3", "per": "week"})
    house.aila.work(4, 8, 12)
    assert house.alerts() == [("over_total", [4])]
    more = {"first": date(2026, 5, 1), "hours": "10", "per": "week", "ground": "Muutos", "decided_on": date(2026, 5, 1)}
    given = {"office_holder": "Sanna Sosiaalityöntekijä", "clock_times": "", **more}
    decisions.change_decision(house.decision.pk, by=house.social_worker, at=NOW, values=given)
    assert house.alerts() == []
    assert len(queries.sheet_view(house.aila.sheet()).shifts) == 1


def test_bey_5_repairs_move_a_shift_and_cut_it() -> None:
    """BEY-5: what an alert offers is done by one act, by who may enter, and marked as theirs."""
    house = House(hours="", per="", clock_times="8-20")
    factories.decision(house.place, house.employer, by=house.social_worker, group=2, name="Työ", **WIDE)
    house.aila.work(4, 18, 22, decision="1.1")
    (alert,) = household(house.owner, house.employer.pk, FIRST).alerts
    offers = {each.kind.value: each for each in alert.repairs}
    assert (offers["move"].decision, offers["split"].at) == ("2.1", at(4, 20))
    sheet, shift_id = house.aila.sheet(), house.aila.shift_id()
    act: dict[str, Any] = {"by": house.aila.viewer, "at": NOW, "version": sheet.version, "shift_id": shift_id}
    actions.split_shift(sheet.pk, cut=at(4, 20), **act)
    rows = queries.sheet_view(house.aila.sheet()).shifts
    assert [(row.start.hour, row.end.hour) for row in rows] == [(18, 20), (20, 22)]
    act |= {"version": house.aila.sheet().version, "shift_id": rows[1].id}
    actions.move_shift(sheet.pk, decision="2.1", **act)
    assert house.alerts() == []
    with pytest.raises(InvalidInput):
        actions.split_shift(sheet.pk, cut=at(4, 23), **{**act, "version": house.aila.sheet().version})


# --- R13: approving over an alert ------------------------------------------------------------------------------------


def test_r13_approving_over_an_alert_needs_a_written_confirmation() -> None:
    """R13: enforced in the action; what is said is kept with the alerts, and not shown to the assistant (EMP-4)."""
    house = House(clock_times="8-10", hours="", per="")
    house.aila.work(4, 8, 12)
    with pytest.raises(AlertsToConfirm):
        house.approve(house.aila)
    with pytest.raises(AlertsToConfirm):
        house.approve(house.aila, confirmation="  ")
    house.approve(house.aila, confirmation="Sovittu sosiaalityöntekijän kanssa")
    latest = house.aila.sheet().changes.latest("version")
    assert latest.after["confirmation"] == "Sovittu sosiaalityöntekijän kanssa"
    assert latest.after["alerts"] == [{"kind": "outside_times", "days": ["2026-05-04"]}]
    assert "Sovittu" not in str(queries.history(house.aila.sheet()))


def test_r13_of_many_those_with_alerts_are_refused_and_the_others_approved() -> None:
    house = House(clock_times="8-10", hours="", per="")
    house.aila.work(4, 8, 12)
    house.yrjo.work(5, 8, 10)
    ids = [(sheet.pk, sheet.version) for sheet in (house.aila.sheet(), house.yrjo.sheet())]
    result = actions.approve_all(ids, by=house.owner, at=NOW)
    assert (result.done, [pk for pk, _message in result.refused]) == ((ids[1][0],), [ids[0][0]])
    assert actions.approve_all(ids[:1], by=house.owner, at=NOW, confirmation="Oikein").done == (ids[0][0],)


def test_r13_the_household_is_read_once_for_all_sheets_of_a_half_month() -> None:
    """R13: the shifts of months and the decisions, whose alerts the sheets share."""
    house = House(**WIDE)
    for worker in (house.aila, house.yrjo):
        worker.work(4, 8, 12)
        worker.work(18, 8, 12)
    ids = [
        (sheet.pk, sheet.version) for each in (house.aila, house.yrjo) for sheet in (each.sheet(), each.sheet(SECOND))
    ]
    with CaptureQueriesContext(connection) as captured:
        assert len(actions.approve_all(ids, by=house.owner, at=NOW, confirmation="Oikein").done) == 4
    assert sum('FROM "decisions_decision"' in each["sql"] for each in captured) == 2  # two half months


@pytest.mark.parametrize(("chosen", "asked"), [("all", "both"), ("granted", "grants"), ("none", "neither")])
def test_r13_the_payer_chooses_over_which_alerts_a_confirmation_is_asked(chosen: str, asked: str) -> None:
    """R13: by the payer's decided choice, from its first day on; the alerts are shown all the same."""
    house = House(clock_times="8-20", hours="", per="")
    house.aila.work(4, 7, 9)  # outside the granted times
    house.yrjo.work(5, 8, 19)  # eleven hours: overtime
    clerks = factories.clerk(house.place), factories.clerk(house.place, "Toinen")
    row = deciding.propose_choice(
        by=clerks[0], at=NOW, key="alert_confirmation", value=chosen, first=date(2026, 1, 1), source="Ltk 1.1.2026 1 §"
    )
    deciding.approve(row, by=clerks[1], at=NOW)
    ids = [(sheet.pk, sheet.version) for sheet in (house.aila.sheet(), house.yrjo.sheet())]
    refused = [sheet_id for sheet_id, _message in actions.approve_all(ids, by=house.owner, at=NOW).refused]
    assert refused == {"both": [ids[0][0], ids[1][0]], "grants": [ids[0][0]], "neither": []}[asked]
    assert {kind for kind, _days in house.alerts()} == {"outside_times", "overtime"}
    if asked == "neither":
        latest = house.aila.sheet().changes.latest("version")
        assert (latest.after["confirmation"], len(latest.after["alerts"])) == ("", 1)


# --- R15 to R17: leave, sickness, public holidays --------------------------------------------------------------------


def test_r15_leave_is_ticked_on_weekdays_alone() -> None:
    """R15, EMP-6: each tick is a weekday from Monday to Saturday; balances: `test_leave`."""
    house = House()
    sheet = house.aila.sheet()
    tick: dict[str, Any] = {"by": house.aila.viewer, "at": NOW, "day_type": DayType.LEAVE}
    for day in (date(2026, 5, 3), date(2026, 5, 14)):  # a Sunday, Ascension Day
        with pytest.raises(InvalidInput):
            actions.enter_days(sheet.pk, version=sheet.version, days=[day], **tick)


def test_r16_sick_days_are_planned_and_not_worked_and_the_substitute_overlaps_with_nobody() -> None:
    """R16, EMP-7: the sick one marks sick leave, the substitute own shifts; no overlap, no hours used twice."""
    house = House(hours="8", per="month", clock_times="")
    for day in (4, 5, 11):
        house.aila.work(day, 10, 14)
    values = {"kind": "own_illness", "first": "2026-05-04", "last": "2026-05-06"}
    actions.report_change(house.aila.contract.pk, by=house.aila.viewer, at=NOW, values=values)
    rows = queries.sheet_view(house.aila.sheet()).shifts
    assert [(row.day.day, row.is_scheduled) for row in rows] == [(4, True), (5, True), (11, False)]
    house.yrjo.work(4, 10, 14)
    assert house.alerts() == []  # 4 h of each: all that is granted
    change = house.aila.sheet().changes.latest("version")
    actions.undo_change(change.pk, by=house.aila.viewer, at=NOW, version=change.version)
    assert {kind for kind, _days in house.alerts()} == {"over_total", "two_assistants"}


def test_r16_an_ill_child_is_reported_likewise_and_accepted_as_its_event() -> None:
    """EMP-7, K6."""
    house = House(**WIDE)
    house.aila.work(4, 10, 14)
    values = {"kind": "child_illness", "first": "2026-05-04", "last": "2026-05-05"}
    report = actions.report_change(house.aila.contract.pk, by=house.aila.viewer, at=NOW, values=values)
    assert queries.sheet_view(house.aila.sheet()).shifts[0].is_scheduled
    actions.accept_change(report.pk, by=factories.handler(house.place), at=NOW)
    (event,) = report.events.all()
    assert (event.kind, event.valid) == ("child_ill", DateRange.of_days(date(2026, 5, 4), date(2026, 5, 5)))


def four_days() -> House:
    """Aila has worked from 4 to 7 May."""
    house = House(**WIDE)
    for day in (4, 5, 6, 7):
        house.aila.work(day, 10, 14)
    return house


def ill(house: House, first: int, last: int, minute: int) -> Any:
    values = {"kind": "own_illness", "first": date(2026, 5, first), "last": date(2026, 5, last)}
    when = NOW + timedelta(minutes=minute)
    return actions.report_change(house.aila.contract.pk, by=house.aila.viewer, at=when, values=values)


def absent(house: House) -> list[int]:
    return [row.day.day for row in queries.sheet_view(house.aila.sheet()).shifts if row.is_scheduled]


def test_r16_the_hours_are_worked_again_on_days_of_which_the_absence_is_taken_back() -> None:
    """R16: withdrawn, returned, accepted for fewer days; what was changed since or stands in another report stays."""
    house = four_days()
    handler = factories.handler(house.place)

    told = ill(house, 4, 6, 1)
    assert absent(house) == [4, 5, 6]
    actions.withdraw_change(told.pk, by=house.aila.viewer, at=NOW)
    assert absent(house) == []
    assert queries.history(house.aila.sheet())[0].action == "mark_present"

    told = ill(house, 4, 7, 2)
    rows = {row.day.day: row for row in queries.sheet_view(house.aila.sheet()).shifts}
    house.aila.work(7, 11, 12, shift_id=rows[7].id, is_scheduled=True)
    actions.return_change(told.pk, by=handler, at=NOW, reason="Todistus puuttuu")
    assert absent(house) == [7]

    told, other = ill(house, 4, 6, 3), ill(house, 6, 6, 4)
    corrected = {"first": date(2026, 5, 5), "last": date(2026, 5, 5)}
    actions.accept_change(told.pk, by=handler, at=NOW, values=corrected)
    assert absent(house) == [5, 6, 7]
    actions.accept_change(other.pk, by=handler, at=NOW)
    assert absent(house) == [5, 6, 7]


def test_r16_hours_stay_absent_while_any_absence_covers_them_and_no_longer() -> None:
    """R16: an absence that staff recorded stands when the report of it is returned; two reports may share a day."""
    house = four_days()
    handler, contract = factories.handler(house.place), house.aila.contract

    one, other = ill(house, 4, 6, 1), ill(house, 6, 7, 2)
    assert absent(house) == [4, 5, 6, 7]
    actions.withdraw_change(one.pk, by=house.aila.viewer, at=NOW + timedelta(minutes=3))
    assert absent(house) == [6, 7]
    actions.withdraw_change(other.pk, by=house.aila.viewer, at=NOW + timedelta(minutes=4))
    assert absent(house) == []

    days = {"kind": "sick", "first": date(2026, 5, 4), "last": date(2026, 5, 5)}
    actions.record_event(contract.pk, by=handler, at=NOW + timedelta(minutes=5), values=days)
    told = ill(house, 4, 6, 6)
    actions.return_change(told.pk, by=handler, at=NOW + timedelta(minutes=7), reason="Tiedossa jo")
    assert absent(house) == [4, 5]


def test_r17_a_worked_public_holiday_is_normal_hours() -> None:
    """R17, EMP-8: Ascension Day is entered as any day; pay: `test_assistant_pay`."""
    house = House(**WIDE)
    house.aila.work(14, 8, 12)
    assert queries.sheet_view(house.aila.sheet()).hours == timedelta(hours=4)


# --- R18: the gate ---------------------------------------------------------------------------------------------------


def test_r18_days_before_the_gate_are_refused_to_the_assistant_and_staff_record_them_with_a_reason() -> None:
    """R18, ACC-10: the assistant learns no more than that the employer's matters are not in order."""
    house = House(gate=date(2026, 5, 6), **WIDE)
    with pytest.raises(InvalidInput) as refusal:
        house.aila.work(5, 8, 12)
    assert "5.5.2026" in message(refusal)
    assert "nsurance" not in message(refusal)
    house.aila.work(6, 8, 12)
    handler = factories.handler(house.place)
    with pytest.raises(InvalidInput) as asked:
        house.aila.work(5, 8, 12, by=handler)
    assert asked.value.errors[0].field == "reason"
    house.aila.work(5, 8, 12, by=handler, reason="Työ tehtiin, palkka kuuluu tekijälle")
    assert house.aila.sheet().changes.latest("version").reason == "Työ tehtiin, palkka kuuluu tekijälle"
    assert house.approve(house.aila).number == 1


def test_r18_the_employer_is_told_what_is_missing_and_does_not_approve_hours_before_the_gate() -> None:
    """ACC-10: a first day that is moved later closes the gate for hours that were entered before."""
    house = House(**WIDE)
    actions.give_consent(house.aila.contract.pk, by=house.aila.viewer, at=NOW)
    house.aila.work(4, 8, 12)
    Insurance.objects.filter(kind="accident").update(first=date(2026, 5, 10))
    with pytest.raises(WrongState, match="insurances"):
        house.approve(house.aila)
    with pytest.raises(InvalidInput) as refusal:
        house.aila.work(5, 8, 12, by=house.owner)
    assert "insurances" in message(refusal)


def test_r18_without_a_customer_nothing_is_entered() -> None:
    house = House(gate=None, **WIDE)
    with pytest.raises(InvalidInput):
        house.aila.work(4, 8, 12)


# --- R20: papers -----------------------------------------------------------------------------------------------------


def test_r20_the_certificate_of_an_absence_is_sent_in_afterwards_once() -> None:
    """R20, EMP-7: over three days need a medical certificate."""
    from palkkio.documents.models import Document

    house = House(**WIDE)
    values = {"kind": "own_illness", "first": "2026-05-04", "last": "2026-05-08"}
    report = actions.report_change(house.aila.contract.pk, by=house.aila.viewer, at=NOW, values=values)

    def paper(person_id: int) -> Document:
        return Document.objects.create(
            organisation_id=house.place.id,
            person_id=person_id,
            kind="attachment",
            file_name="todistus.pdf",
            content_type="application/pdf",
            size=4,
            sha256="0" * 64,
            file="test/todistus.pdf",
            added_at=NOW,
        )

    with pytest.raises(NotAllowed):
        actions.add_certificate(report.pk, by=house.aila.viewer, at=NOW, document=paper(house.yrjo.person.pk))
    with pytest.raises(NotAllowed):
        actions.add_certificate(report.pk, by=house.yrjo.viewer, at=NOW, document=paper(house.aila.person.pk))
    own = paper(house.aila.person.pk)
    actions.add_certificate(report.pk, by=house.aila.viewer, at=NOW, document=own)
    report.refresh_from_db()
    assert report.attachment_id == own.pk
    with pytest.raises(WrongState):
        actions.add_certificate(report.pk, by=house.aila.viewer, at=NOW, document=paper(house.aila.person.pk))


# --- Several at once -------------------------------------------------------------------------------------------------


def test_shifts_of_a_day_are_copied_and_undone_as_one_save() -> None:
    """Copy a day; a day with a shift at the time is left alone and named."""
    house = House(**WIDE)
    house.aila.work(4, 8, 12)
    house.aila.work(4, 22, 2)  # over midnight
    house.aila.work(6, 9, 10)
    sheet = house.aila.sheet()
    to = [date(2026, 5, 5), date(2026, 5, 6)]
    copied = actions.copy_day(
        sheet.pk, by=house.aila.viewer, at=NOW, version=sheet.version, day=date(2026, 5, 4), to=to
    )
    assert (copied.made, copied.skipped) == (3, (date(2026, 5, 6),))
    times = [(row.start.day, row.start.hour, row.end.hour) for row in queries.sheet_view(house.aila.sheet()).shifts]
    assert times == [(4, 8, 12), (4, 22, 2), (5, 8, 12), (5, 22, 2), (6, 9, 10), (6, 22, 2)]
    (change,) = copied.changes
    actions.undo_change(change.pk, by=house.aila.viewer, at=NOW, version=house.aila.sheet().version)
    assert len(queries.sheet_view(house.aila.sheet()).shifts) == 3


def test_a_week_is_repeated_over_the_turn_of_the_half_month_at_the_same_clock_times() -> None:
    house = House(**WIDE)
    house.aila.work(11, 8, 12)
    house.aila.work(13, 17, 20)
    sheet = house.aila.sheet()
    copied = actions.copy_week(
        sheet.pk, by=house.aila.viewer, at=NOW, version=sheet.version, day=date(2026, 5, 13), weeks=2
    )
    assert (copied.made, copied.skipped) == (4, ())
    rows = queries.sheet_view(house.aila.sheet(SECOND)).shifts
    assert [(row.start.day, row.start.hour) for row in rows] == [(18, 8), (20, 17), (25, 8), (27, 17)]


def test_several_shifts_are_entered_at_once_or_none() -> None:
    house = House(**WIDE)
    sheet = house.aila.sheet()
    shifts = [actions.NewShift(at(day, 8), at(day, 12)) for day in (4, 5)]
    actions.save_shifts(sheet.pk, by=house.aila.viewer, at=NOW, version=sheet.version, shifts=shifts)
    again = [actions.NewShift(at(day, 11), at(day, 13)) for day in (6, 5)]
    with pytest.raises(InvalidInput, match="Check"):
        actions.save_shifts(sheet.pk, by=house.aila.viewer, at=NOW, version=house.aila.sheet().version, shifts=again)
    assert len(queries.sheet_view(house.aila.sheet()).shifts) == 2


# --- How many queries ------------------------------------------------------------------------------------------------


def test_the_employers_calendar_needs_no_more_queries_for_more_assistants_and_shifts() -> None:
    """A bounded number of queries, asserted."""
    house = House()
    counts = []
    for days in ((4,), (5, 6, 7, 8)):
        for worker in (house.aila, house.yrjo):
            for day in days:
                worker.work(day, 8, 12)
        with CaptureQueriesContext(connection) as caught:
            found = household_days(house.owner, date(2026, 5, 4))
        assert found is not None
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 20
