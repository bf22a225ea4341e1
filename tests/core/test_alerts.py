"""Alerts on shifts: SPEC EMP-4, EMP-5, BEY-5; R12 to R14, T7 and T8 of the rules of assistants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.assistance.alert import FROM_OWN_ENTRIES, Alert, AlertKind, RepairKind
from palkkio.calculation.assistance.alerts import alerts_for_assistant, alerts_of, alerts_of_grants, beside_of, reach
from palkkio.calculation.assistance.granted import (
    Granted,
    Per,
    Worked,
    balance_on,
    in_force,
    windows_of,
    words_of,
)
from palkkio.calculation.facts import AssistantTerms, Shift
from palkkio.core.clock import HELSINKI
from palkkio.core.days import Dated, DateRange
from palkkio.rules import RateNotConfirmed

X, Y, Z = 1, 2, 3
MAY = DateRange.of_month(2026, 5)
BASIC = Granted("1.1", DateRange.of_days(date(2026, 1, 1), None), Decimal(30), Per.MONTH, windows=windows_of("8-20"))
_ids = iter(range(1, 1_000_000))


def worked(
    day: int,
    start: str,
    end: str,
    assistant: int = X,
    decision: str = "1.1",
    *,
    planned: bool = False,
    locked: bool = False,
) -> Worked:
    """A shift in May 2026, or so many days after April; an end at or before the start lies on the next day."""
    first, last = time.fromisoformat(start), time.fromisoformat(end)
    begins_on = date(2026, 4, 30) + timedelta(days=day)
    begins = datetime.combine(begins_on, first, tzinfo=HELSINKI)
    ends = datetime.combine(begins_on + timedelta(days=last <= first), last, tzinfo=HELSINKI)
    return Worked(next(_ids), assistant, Shift(begins, ends, decision, planned), locked)


def of_kind(kind: AlertKind, shifts: Iterable[Worked], *grants: Granted) -> list[Alert]:
    return [each for each in alerts_of(shifts, grants or (BASIC,), {}) if each.kind is kind]


def clocks(alert: Alert) -> list[str]:
    return [
        f"{part.start.astimezone(HELSINKI):%d %H:%M}-{part.end.astimezone(HELSINKI):%d %H:%M}" for part in alert.parts
    ]


def may(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 5, day) for day in days)


# --- (a) R12: decision 1.1 grants 30 h/month, 08-20 ---


def test_hours_of_all_assistants_pass_the_total_on_the_day_on_which_the_sum_does_and_on_later_days() -> None:
    """R12: X 9 x 3 h, Y 4 h: 31 h."""
    shifts = [worked(day, "09:00", "12:00") for day in (4, 5, 6, 7, 8, 11, 12, 13)]
    shifts += [worked(18, "09:00", "13:00", Y), worked(19, "09:00", "12:00")]
    (alert,) = of_kind(AlertKind.OVER_TOTAL, shifts)
    assert (alert.days, alert.decision, alert.hours) == (may(19), "1.1", Decimal("1.00"))
    assert alert.assistants == (X,)
    later = [*shifts, worked(20, "09:00", "10:00", Y)]
    (alert,) = of_kind(AlertKind.OVER_TOTAL, later)
    assert (alert.days, alert.assistants, alert.hours) == (may(19, 20), (X, Y), Decimal("2.00"))


def test_exactly_what_is_granted_is_no_alert() -> None:
    assert of_kind(AlertKind.OVER_TOTAL, [worked(day, "09:00", "12:00") for day in range(4, 14)]) == []


@pytest.mark.parametrize(
    ("per", "weeks", "days"),
    [(Per.WEEK, 1, may(8, 15)), (Per.PERIOD, 2, may(8, 11, 15)), (Per.TOTAL, 1, may(8, 11, 15))],
)
def test_hours_are_counted_for_the_week_period_or_total_that_is_granted(
    per: Per, weeks: int, days: tuple[date, ...]
) -> None:
    """Periods of two weeks from Monday 4 May; 7 h granted, 4 h on two days of each week."""
    grant = Granted(
        "1.1", MAY, Decimal(7), per, period_weeks=weeks, counted_from=date(2026, 5, 4) if per is Per.PERIOD else None
    )
    shifts = [worked(day, "09:00", "13:00") for day in (4, 8, 11, 15)]
    assert tuple(day for alert in of_kind(AlertKind.OVER_TOTAL, shifts, grant) for day in alert.days) == days


def test_each_version_counts_from_its_first_day() -> None:
    """A later version takes the place of the earlier one; the days before it keep what they had."""
    before = Granted("1.1", DateRange.of_days(date(2026, 5, 1), date(2026, 5, 14)), Decimal(4), Per.TOTAL)
    after = Granted("1.1", DateRange.of_days(date(2026, 5, 15), None), Decimal(9), Per.TOTAL)
    shifts = [worked(day, "09:00", "12:00") for day in (4, 5, 18, 19)]
    found = of_kind(AlertKind.OVER_TOTAL, shifts, before, after)
    assert [each.days for each in found] == [may(5), may(19)]


def test_a_shift_that_is_planned_and_not_worked_uses_no_hours() -> None:
    shifts = [worked(day, "09:00", "19:00", planned=True) for day in (4, 5, 6, 7)]
    assert of_kind(AlertKind.OVER_TOTAL, shifts) == []
    assert balance_on([BASIC], "1.1", shifts, date(2026, 5, 8)).used == 0  # type: ignore[union-attr]


def test_what_is_left_is_what_is_granted_without_what_all_assistants_used() -> None:
    """EMP-4: granted, used, left."""
    shifts = [worked(4, "09:00", "12:15"), worked(5, "09:00", "13:00", Y), worked(6, "09:00", "10:00", Y, "2.1")]
    balance = balance_on([BASIC], "1.1", shifts, date(2026, 5, 20))
    assert balance is not None
    assert (balance.granted, balance.used, balance.left) == (Decimal(30), Decimal("7.25"), Decimal("22.75"))
    assert balance.days == MAY
    assert balance_on([BASIC], "2.1", shifts, date(2026, 5, 20)) is None


# --- (b) ---


def test_the_part_outside_the_granted_clock_times_is_told() -> None:
    """R12: 19-21, granted to 20: 20-21."""
    (alert,) = of_kind(AlertKind.OUTSIDE_TIMES, [worked(4, "19:00", "21:00")])
    assert (alert.days, clocks(alert)) == (may(4), ["04 20:00-04 21:00"])
    (cut,) = [each for each in alert.repairs if each.kind is RepairKind.SPLIT]
    assert cut.at == datetime(2026, 5, 4, 20, tzinfo=HELSINKI)
    assert of_kind(AlertKind.OUTSIDE_TIMES, [worked(4, "08:00", "20:00")]) == []


def test_no_cut_is_offered_where_the_rest_would_begin_in_the_next_half_month() -> None:
    """BEY-5: a shift stands on the sheet of the half month in which it begins, and so does what is cut off it."""
    grant = Granted("1.1", DateRange.of_days(date(2026, 1, 1), None), windows=windows_of("8-24"))
    for day, offered in ((15, []), (31, []), (14, [datetime(2026, 5, 15, tzinfo=HELSINKI)])):
        (alert,) = of_kind(AlertKind.OUTSIDE_TIMES, [worked(day, "22:00", "06:00")], grant)
        assert [each.at for each in alert.repairs if each.kind is RepairKind.SPLIT] == offered


def test_a_shift_over_midnight_is_outside_on_both_days() -> None:
    (alert,) = of_kind(AlertKind.OUTSIDE_TIMES, [worked(4, "19:00", "09:00")])
    assert (alert.days, clocks(alert)) == (may(4, 5), ["04 20:00-05 08:00"])


def test_clock_times_may_go_over_midnight_and_hold_on_granted_days_alone() -> None:
    """Granted 20-6 on the nights that begin on Monday and Tuesday (4 and 5 May)."""
    grant = Granted("1.1", MAY, weekdays=frozenset({1, 2}), windows=windows_of("20-6"))
    assert of_kind(AlertKind.OUTSIDE_TIMES, [worked(5, "20:00", "06:00")], grant) == []
    (alert,) = of_kind(AlertKind.OUTSIDE_TIMES, [worked(6, "20:00", "06:00")], grant)
    assert clocks(alert) == ["06 20:00-07 06:00"]


def test_a_shift_under_a_decision_that_has_ended_is_told_and_can_be_moved() -> None:
    ended = Granted("2.1", DateRange.of_days(date(2026, 1, 1), date(2026, 5, 5)))
    (alert,) = of_kind(AlertKind.NOT_GRANTED, [worked(6, "09:00", "12:00", decision="2.1")], ended, BASIC)
    assert (alert.days, [(each.kind, each.decision) for each in alert.repairs]) == (may(6), [(RepairKind.MOVE, "1.1")])


# --- (c) ---


def test_two_assistants_at_the_same_time_are_told_for_the_time_they_share() -> None:
    """R12: X 10-13 and Y 12-15: 12-13."""
    (alert,) = of_kind(AlertKind.TWO_ASSISTANTS, [worked(4, "10:00", "13:00"), worked(4, "12:00", "15:00", Y)])
    assert (alert.days, alert.assistants, clocks(alert)) == (may(4), (X, Y), ["04 12:00-04 13:00"])


def test_touching_is_not_overlapping() -> None:
    """R12: X 10-12 and Y 12-14."""
    assert of_kind(AlertKind.TWO_ASSISTANTS, [worked(4, "10:00", "12:00"), worked(4, "12:00", "14:00", Y)]) == []


def test_a_sick_assistant_does_not_overlap_with_the_substitute() -> None:
    """R12, R16: X sick 10-13, Y works 10-13."""
    shifts = [worked(4, "10:00", "13:00", planned=True), worked(4, "10:00", "13:00", Y)]
    assert alerts_of(shifts, [BASIC], {}) == ()


def test_an_overlap_across_two_decisions_of_the_employer_still_alerts() -> None:
    """R12."""
    study = Granted("2.1", MAY)
    shifts = [worked(4, "10:00", "13:00"), worked(4, "12:00", "15:00", Y, "2.1")]
    assert len(of_kind(AlertKind.TWO_ASSISTANTS, shifts, BASIC, study)) == 1


def test_two_assistants_are_no_alert_where_both_decisions_grant_two_and_no_third_is_there() -> None:
    two = Granted("1.1", MAY, two_at_once=True)
    shifts = [worked(4, "10:00", "13:00"), worked(4, "12:00", "15:00", Y)]
    assert of_kind(AlertKind.TWO_ASSISTANTS, shifts, two) == []
    one_of_two = [shifts[0], worked(4, "12:00", "15:00", Y, "2.1")]
    assert len(of_kind(AlertKind.TWO_ASSISTANTS, one_of_two, two, Granted("2.1", MAY))) == 1
    third = [*shifts, worked(4, "12:30", "12:45", Z)]
    found = of_kind(AlertKind.TWO_ASSISTANTS, third, two)
    assert {(each.assistants, *clocks(each)) for each in found} == {
        ((X, Y), "04 12:30-04 12:45"),
        ((X, Z), "04 12:30-04 12:45"),
        ((Y, Z), "04 12:30-04 12:45"),
    }


# --- Own shifts: overlap, overtime, rest ---


def test_two_shifts_of_one_assistant_that_overlap_are_told() -> None:
    (alert,) = of_kind(AlertKind.OWN_OVERLAP, [worked(4, "10:00", "13:00"), worked(4, "12:00", "15:00")])
    assert (clocks(alert), alert.is_for_assistant) == (["04 12:00-04 13:00"], True)


def test_hours_above_eight_a_day_and_forty_a_week_are_overtime_once() -> None:
    """T7: flagged, not refused. Mon-Thu 8 h, Fri 10 h, Sat 3 h: 2 h of Friday, 3 h of the week."""
    shifts = [worked(day, "08:00", "16:00") for day in (4, 5, 6, 7)]
    shifts += [worked(8, "08:00", "18:00"), worked(9, "08:00", "11:00")]
    found = of_kind(AlertKind.OVERTIME, shifts)
    assert [(each.days, each.hours) for each in found] == [(may(8), Decimal("2.00")), (may(9), Decimal("3.00"))]
    assert {repair.kind for each in found for repair in each.repairs} == {RepairKind.KNOW}


def test_hours_of_a_longer_day_agreed_separately_are_no_overtime_of_the_day() -> None:
    """S4, T3: twelve hours are agreed; two days of thirteen have an hour each, three of twelve leave the week at 60."""
    dated = {X: [Dated(DateRange(date(2026, 1, 1), None), AssistantTerms(longest_day=Decimal(12)))]}
    shifts = [worked(day, "06:00", "19:00" if day < 6 else "18:00") for day in (4, 5, 6, 7, 8)]
    found = [each for each in alerts_of(shifts, (), dated) if each.kind is AlertKind.OVERTIME]
    assert [(each.days, each.hours) for each in found] == [
        (may(4), Decimal("1.00")),
        (may(5), Decimal("1.00")),
        (may(7, 8), Decimal("20.00")),
    ]


def test_periodic_work_has_overtime_above_eighty_hours_in_two_weeks() -> None:
    terms = AssistantTerms(working_time="period_2_weeks", period_starts=date(2026, 5, 4))
    shifts = [worked(day, "08:00", "19:00") for day in (4, 5, 6, 7, 11, 12, 13, 14)]
    found = alerts_for_assistant(shifts, {X: [Dated(DateRange(None, None), terms)]})
    overtime = [each for each in found if each.kind is AlertKind.OVERTIME]
    assert [(each.days, each.hours) for each in overtime] == [(may(14), Decimal("8.00"))]


def test_weeks_that_level_out_are_no_overtime_and_those_above_48_hours_are() -> None:
    """T1, T3: two weeks from Monday 4 May, 80 hours in all; what a week has above 48 is not counted again."""
    terms = AssistantTerms(working_time="equalised_2_weeks", period_starts=date(2026, 5, 4))
    dated = {X: [Dated(DateRange(date(2026, 1, 1), None), terms)]}

    def overtime(*days: int) -> list[tuple[tuple[date, ...], Decimal | None]]:
        found = alerts_of([worked(day, "08:00", "16:00") for day in days], (), dated)
        return [(each.days, each.hours) for each in found if each.kind is AlertKind.OVERTIME]

    long_week, short_week = (4, 5, 6, 7, 8, 9), (11, 12, 13, 14)
    assert overtime(*long_week, *short_week) == []
    assert overtime(*long_week, *short_week, 15) == [(may(15), Decimal("8.00"))]
    assert overtime(*long_week, 10, *short_week) == [(may(10), Decimal("8.00"))]


def test_a_period_of_eight_weeks_is_told_on_its_last_days_from_all_of_them() -> None:
    """T3: 4 May to 28 June; forty hours a week, and eight more on Saturday 27 June, day 58 counted from 1 May."""
    terms = AssistantTerms(working_time="equalised_8_weeks", period_starts=date(2026, 5, 4))
    dated = {X: [Dated(DateRange(date(2026, 1, 1), None), terms)]}
    weekdays = [4 + 7 * week + day for week in range(8) for day in range(5)]
    last_weekend = DateRange.of_days(date(2026, 6, 27), date(2026, 6, 28))
    shifts = [worked(day, "08:00", "16:00") for day in (*weekdays, 58)]
    near = [each for each in shifts if each.shift.start.date() in reach((), last_weekend, beside_of(dated))]
    found = alerts_for_assistant(near, dated, last_weekend)
    assert [(each.days, each.hours) for each in found] == [((date(2026, 6, 27),), Decimal("8.00"))]
    assert not alerts_for_assistant(shifts[:-1], dated, last_weekend)


@pytest.mark.parametrize(("again", "is_told"), [("07:00", False), ("06:59", True)])
def test_eleven_hours_of_rest_are_left_between_shifts(again: str, is_told: bool) -> None:
    """T8."""
    found = of_kind(AlertKind.DAILY_REST, [worked(4, "12:00", "20:00"), worked(5, again, "10:00")])
    assert [each.days for each in found] == ([may(4, 5)] if is_told else [])


def test_nine_hours_of_rest_are_enough_in_periodic_work() -> None:
    """T8."""
    terms = {X: [Dated(DateRange(None, None), AssistantTerms(working_time="period_3_weeks"))]}
    shifts = [worked(4, "12:00", "20:00"), worked(5, "05:00", "10:00")]
    assert [each.kind for each in alerts_of(shifts, [], terms)] == [AlertKind.NOT_GRANTED] * 2


def week_of(first: int, *, until: str = "16:00", days: int = 7) -> list[Worked]:
    return [worked(day, "10:00", until) for day in range(first, first + days)]


def test_a_week_without_35_hours_of_rest_is_told() -> None:
    """T8: seven days in a row, then another week."""
    found = of_kind(AlertKind.WEEKLY_REST, [*week_of(4), *week_of(11, days=5)])
    assert [each.days for each in found] == [may(*range(4, 11))]


def test_rest_over_the_turn_of_the_week_is_one_rest() -> None:
    """T8: Saturday 16 to Monday 10 is 42 h."""
    assert of_kind(AlertKind.WEEKLY_REST, [*week_of(4, days=6), *week_of(11, days=5)]) == []


def test_the_average_of_two_weeks_is_enough_from_24_hours_on() -> None:
    """T8: full weeks before and after; in one 26.5 h of rest, in the next 42 h or more."""
    middle = [*week_of(11, days=5), worked(16, "10:00", "22:00"), worked(18, "00:30", "08:00")]
    alike = [*week_of(4), *middle, *week_of(19, days=6), worked(25, "00:30", "10:00")]
    assert may(*range(11, 17)) in [each.days for each in of_kind(AlertKind.WEEKLY_REST, alike)]
    free = [*week_of(4), *middle, *week_of(19, days=3), *week_of(25)]
    assert may(*range(11, 17)) not in [each.days for each in of_kind(AlertKind.WEEKLY_REST, free)]


def test_days_of_at_most_three_hours_need_24_hours_of_rest_a_week() -> None:
    """T8."""
    short = [*week_of(4, until="13:00", days=6), worked(10, "19:00", "22:00"), *week_of(11, until="13:00", days=5)]
    assert of_kind(AlertKind.WEEKLY_REST, short) == []
    longer = [*week_of(4), *week_of(11, until="13:01", days=6), worked(17, "19:00", "22:00")]
    longer += [*week_of(18), *week_of(25)]
    assert may(*range(11, 18)) in [each.days for each in of_kind(AlertKind.WEEKLY_REST, longer)]


# --- Sums of long spans ---


def ten_hour_days(first: int, *, weeks: int, days: int = 5, hours: int = 10) -> list[Worked]:
    """Weeks from a Monday, counted as `worked` does: 4 May is day 4, 5 January day -115."""
    return [
        worked(first + 7 * week + day, "08:00", f"{8 + hours:02}:00") for week in range(weeks) for day in range(days)
    ]


def of_sum(kind: AlertKind, shifts: list[Worked], agreement: str, days: DateRange | None = None) -> list[Alert]:
    terms = {X: [Dated(DateRange(None, None), AssistantTerms(agreement=agreement))]}
    chosen = [each for each in shifts if days is None or each.shift.start.date() in reach((), days, beside_of(terms))]
    return [each for each in alerts_for_assistant(chosen, terms, days) if each.kind is kind]


def test_more_than_168_hours_of_overtime_in_a_year_are_told_where_the_agreement_holds() -> None:
    """T4: ten hours on Monday to Friday are ten of overtime a week; the 17th week from 5 January ends on 1 May."""
    year, shifts = AlertKind.YEAR_OF_OVERTIME, ten_hour_days(-115, weeks=17)
    (alert,) = of_sum(year, shifts, "by_date")
    assert (alert.days, alert.hours, alert.is_for_assistant) == (may(1), Decimal("2.00"), True)
    assert {repair.kind for repair in alert.repairs} == {RepairKind.KNOW}
    assert of_sum(year, shifts, "statute") == []
    assert of_sum(year, shifts[:-1], "by_date") == []  # 168 hours
    (later,) = of_sum(year, [*shifts, *ten_hour_days(4, weeks=1)], "by_date", MAY)
    assert (later.days, later.hours) == (may(1, 4, 5, 6, 7, 8), Decimal("12.00"))
    assert of_sum(year, [*ten_hour_days(-129, weeks=1), *shifts[5:]], "by_date", MAY) == []  # December is of its year


def test_overtime_of_the_year_names_a_day_once_and_counts_no_later_one() -> None:
    """T4: a Sunday ends a day of overtime and a week of it; the approver of a half month reads the hours up to it."""
    year, shifts = AlertKind.YEAR_OF_OVERTIME, ten_hour_days(-115, weeks=17)
    beyond = [*shifts, *ten_hour_days(4, weeks=2, days=7)]
    halves_of_may = DateRange(date(2026, 5, 1), date(2026, 5, 11)), DateRange(date(2026, 5, 11), date(2026, 5, 18))
    first, second = (of_sum(year, beyond, "by_date", days)[0] for days in halves_of_may)
    assert first.days == may(1, *range(4, 11))
    assert (first.hours, second.hours) == (Decimal("32.00"), Decimal("62.00"))


def test_more_than_48_hours_a_week_on_average_in_four_months_are_told() -> None:
    """T5: February to May 2026 are 120 days, 822.86 hours; 14 weeks of 60 hours from Monday 2 February are 840."""
    four, shifts = AlertKind.FOUR_MONTHS, ten_hour_days(-87, weeks=14, days=6)
    (alert,) = of_sum(four, shifts, "statute", MAY)
    assert (alert.days, alert.hours) == (may(8, 9), Decimal("17.1431"))
    assert of_sum(four, shifts[:-2], "statute", MAY) == []
    assert of_sum(four, [*shifts[:-2], *ten_hour_days(-101, weeks=2)], "statute", MAY) == []  # January is not counted


# --- Repairs and who sees them ---


def test_a_shift_above_the_total_may_move_to_a_decision_with_hours_left() -> None:
    """BEY-5."""
    grants = [Granted("1.1", MAY, Decimal(3)), Granted("2.1", MAY, Decimal(3)), Granted("2.2", MAY, Decimal(2))]
    shifts = [worked(4, "09:00", "12:00"), worked(5, "09:00", "12:00")]
    (alert,) = of_kind(AlertKind.OVER_TOTAL, shifts, *grants)
    assert [(each.kind, each.shift, each.decision) for each in alert.repairs] == [
        (RepairKind.MOVE, shifts[1].id, "2.1")
    ]


def test_an_approved_shift_is_asked_to_be_reopened() -> None:
    """BEY-5."""
    (alert,) = of_kind(AlertKind.OUTSIDE_TIMES, [worked(4, "19:00", "21:00", locked=True)])
    assert [each.kind for each in alert.repairs] == [RepairKind.ASK_REOPEN]


def test_an_assistant_gets_alerts_from_own_entries_without_any_decision_in_them() -> None:
    """EMP-4, R14: whatever is granted and whatever others entered."""
    own = [worked(4, "08:00", "21:00"), worked(4, "20:00", "22:00"), worked(5, "06:00", "10:00")]
    others = [worked(4, "08:00", "21:00", Y)]
    seen = alerts_for_assistant(own, {})
    assert {each.kind for each in seen} == {AlertKind.OWN_OVERLAP, AlertKind.OVERTIME, AlertKind.DAILY_REST}
    for grants in ([], [BASIC], [Granted("1.1", MAY, Decimal(1), windows=windows_of("9-10"))]):
        everything = alerts_of([*own, *others], grants, {})
        assert tuple(each for each in everything if each.is_for_assistant and each.assistants == (X,)) == seen
    assert all(not repair.decision and repair.at is None for each in seen for repair in each.repairs)
    with pytest.raises(ValueError, match="own shifts alone"):
        alerts_for_assistant([*own, *others], {})


# --- What decisions say ---


def test_what_is_granted_is_told_also_where_no_rule_of_working_time_is_known_yet() -> None:
    """EMP-5: years ahead of the confirmed rules."""
    far = date(2041, 5, 6)
    start = datetime.combine(far, time(19), tzinfo=HELSINKI)
    shifts = [Worked(1, X, Shift(start, start + timedelta(hours=3), "1.1"))]
    with pytest.raises(RateNotConfirmed):
        alerts_of(shifts, (BASIC,), {})
    assert [each.kind for each in alerts_of_grants(shifts, (BASIC,))] == [AlertKind.OUTSIDE_TIMES]


def test_versions_make_a_timeline_in_the_order_in_which_they_were_made() -> None:
    first = (DateRange.of_days(date(2026, 1, 1), None), "a")
    second = (DateRange.of_days(date(2026, 3, 1), date(2026, 4, 30)), "b")
    assert in_force([first, second]) == [
        Dated(DateRange.of_days(date(2026, 1, 1), date(2026, 2, 28)), "a"),
        Dated(DateRange.of_days(date(2026, 3, 1), date(2026, 4, 30)), "b"),
    ]
    assert in_force([first, second, (first[0], "c")]) == [Dated(first[0], "c")]


def test_clock_times_are_read_as_people_write_them() -> None:
    assert words_of(windows_of("7.30–9, 18-24")) == "07:30-09:00, 18:00-00:00"
    assert words_of(windows_of(words_of(windows_of("7:13-21:47")))) == "07:13-21:47"
    assert windows_of(" ") == ()
    for wrong in ("8", "8-25", "8-20 o'clock"):
        with pytest.raises(ValueError, match=r"clock times|must be in"):
            windows_of(wrong)


# --- Properties ---

SHIFTS = st.lists(
    st.builds(
        lambda day, start, length, assistant, decision, planned: Worked(
            next(_ids),
            assistant,
            Shift(
                begins := datetime(2026, 5, day, tzinfo=HELSINKI) + timedelta(minutes=15 * start),
                begins + timedelta(minutes=15 * length),
                decision,
                planned,
            ),
        ),
        st.integers(1, 14),
        st.integers(0, 95),
        st.integers(1, 60),
        st.sampled_from([X, Y, Z]),
        st.sampled_from(["1.1", "2.1"]),
        st.booleans(),
    ),
    max_size=8,
)
GRANTS = [BASIC, Granted("2.1", MAY, Decimal(6), Per.WEEK, weekdays=frozenset({1, 2, 3}), two_at_once=True)]


@given(SHIFTS, st.randoms())
def test_the_order_of_the_shifts_does_not_matter(shifts: list[Worked], random: st.random.Random) -> None:  # type: ignore[name-defined]
    shuffled = list(shifts)
    random.shuffle(shuffled)
    assert alerts_of(shuffled, GRANTS, {}) == alerts_of(shifts, GRANTS[::-1], {})


def over_days(shifts: Iterable[Worked]) -> set[tuple[str, date]]:
    return {(each.decision, day) for each in of_kind(AlertKind.OVER_TOTAL, shifts, *GRANTS) for day in each.days}


@given(SHIFTS)
def test_a_further_shift_never_takes_away_an_alert_of_the_total(shifts: list[Worked]) -> None:
    if shifts:
        assert over_days(shifts[1:]) <= over_days(shifts)


@given(SHIFTS)
def test_all_that_is_outside_lies_in_its_shift_and_in_no_granted_time(shifts: list[Worked]) -> None:
    by_id = {each.id: each.shift for each in shifts}
    for alert in of_kind(AlertKind.OUTSIDE_TIMES, shifts, *GRANTS):
        shift = by_id[alert.shifts[0]]
        assert all(shift.start <= part.start < part.end <= shift.end for part in alert.parts)
        if shift.decision == "1.1":
            for part in alert.parts:
                start = part.start.astimezone(HELSINKI)
                assert not (time(8) <= start.time() < time(20))


@given(SHIFTS)
def test_an_alert_from_own_entries_stays_the_same_whatever_else_there_is(shifts: list[Worked]) -> None:
    """EMP-4."""
    own = [each for each in shifts if each.assistant == X]
    everything = alerts_of(shifts, GRANTS, {})
    mine = tuple(each for each in everything if each.kind in FROM_OWN_ENTRIES and each.assistants == (X,))
    assert mine == alerts_for_assistant(own, {})


ANY_SHIFTS = st.lists(
    st.tuples(st.integers(-40, 70), st.integers(0, 23), st.integers(1, 12), st.sampled_from((X, Y))), max_size=40
)


@given(
    ANY_SHIFTS,
    st.integers(1, 25),
    st.integers(1, 16),
    st.sampled_from(("normal", "period_2_weeks", "equalised_2_weeks")),
)
def test_alerts_on_some_days_are_those_of_all_days_that_concern_them(
    drawn: list[tuple[int, int, int, int]], first: int, length: int, working_time: str
) -> None:
    """Sums of long spans apart: they go up to the end of the days that are asked."""
    shifts = [worked(day, f"{at:02}:00", f"{(at + for_hours) % 24:02}:00", who) for day, at, for_hours, who in drawn]
    agreed = AssistantTerms(working_time=working_time, period_starts=date(2026, 3, 2))
    terms = {each: [Dated(DateRange(None, None), agreed)] for each in (X, Y)}
    start = date(2026, 5, first)
    days = DateRange(start, start + timedelta(days=length))
    sums = (AlertKind.YEAR_OF_OVERTIME, AlertKind.FOUR_MONTHS)
    whole = [each for each in alerts_of(shifts, (BASIC,), terms) if any(day in days for day in each.days)]
    some = alerts_of(shifts, (BASIC,), terms, days)
    assert [each for each in some if each.kind not in sums] == [each for each in whole if each.kind not in sums]
