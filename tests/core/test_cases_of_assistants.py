"""Cases of personal assistants: what the reader asks of times, shifts and terms."""

from pathlib import Path

import pytest

from palkkio.calculation.cases.command import differences_of
from palkkio.calculation.cases.keys import CaseError

CASE = """\
name: A night
source: worked by hand
given:
  paid_on: 2026-10-30
  period: {first: 2026-10-16, last: 2026-10-31}
  payer: helsinki
  payee: {born: 1990-05-05}
  contract:
    kind: personal_assistance
    first: 2024-01-01
    terms:
      - {first: 2024-01-01, agreement: heta, area: capital, hourly: "12.51"}
  events:
    - {kind: heta_member, first: 2026-01-01}
  entries:
    - {start: 2026-10-24T22:00, end: 2026-10-25T06:00, decision: "1.1"}
    - {start: 2026-10-20T10:00, end: 2026-10-20T11:00, scheduled: true}
  context:
    entries:
      - {start: 2026-10-15T10:00, end: 2026-10-15T11:00}
    paid:
      - {code: BASE_PAY, period: {first: 2026-10-01, last: 2026-10-15}, amount: "12.51"}
  tax_card: none
expect:
  lines:
    - {code: BASE_PAY, hours: 9, amount: "112.59"}
    - {code: SUNDAY, hours: 9, percent: 100, amount: "112.59"}
    - {code: NIGHT, hours: 9, percent: 30, amount: "33.78"}
"""


@pytest.fixture
def run(tmp_path: Path):
    """Differences of CASE with texts replaced: run(("old", "new"), ...)."""

    def compared(*changes: tuple[str, str]) -> list[str]:
        text = CASE
        for old, new in changes:
            assert old in text, f"{old!r} is not in the case"
            text = text.replace(old, new)
        file = tmp_path / "case.yaml"
        file.write_text(text, encoding="utf-8")
        return differences_of(file)

    return compared


def test_a_case_of_an_assistant_holds(run):
    assert run() == []


def test_a_time_may_have_seconds_an_offset_or_be_the_end_of_the_day(run):
    assert run(("2026-10-24T22:00", "2026-10-24T22:00:00")) == []
    assert run(("2026-10-24T22:00", "2026-10-24T22:00+03:00")) == []
    assert run(("2026-10-24T22:00", "2026-10-24T22:00:00+03:00")) == []
    whole = "start: 2026-10-24T22:00, end: 2026-10-25T06:00"
    cut = 'start: 2026-10-24T22:00, end: 2026-10-24T24:00}\n    - {start: "2026-10-25T00:00", end: 2026-10-25T06:00'
    assert run((whole, cut)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("2026-10-25T06:00", "2026-10-25T03:30", 16, "2026-10-25T03:30 occurs twice; give the offset"),
        ("2026-10-24T22:00", "2026-10-24T25:00", 16, "'start' is a time such as"),
        ("2026-10-24T22:00", "2026-10-24", 16, "'start' is a time such as 2026-03-07T14:00, not 2026-10-24"),
        ("end: 2026-10-25T06:00", "end: 2026-10-24T21:00", 16, "is not after 'start'"),
        ("start: 2026-10-20T10:00", "start: 2026-11-01T10:00", 17, "is not after 'start'"),
        ("2026-10-20T", "2026-10-14T", 17, "2026-10-14 lies outside the period"),
        ("2026-10-15T", "2026-10-16T", 20, "2026-10-16 lies in the period"),
        ("scheduled: true", "scheduled: maybe", 17, "'scheduled' is true or false"),
        ("scheduled: true", "planned: true", 17, "unknown key 'planned' in entries"),
        ("area: capital", "aera: capital", 12, "unknown key 'aera' in terms"),
        ("area: capital", "area: north", 12, "'area' is one of capital, rest"),
        ("area: capital", "pay_group: D", 12, "'pay_group' is one of A, B1, B2, C"),
        ("agreement: heta", "agreement: own", 12, "'agreement' is one of heta, statute, by_date"),
        ("area: capital", "working_time: period_4_weeks", 12, "'working_time' is one of"),
        ("area: capital", "leave_rule: days15", 12, "'leave_rule' is one of"),
        ("area: capital", "experience_months: 1.5", 12, "'experience_months' are full months"),
        ("area: capital", "weekly_hours: -1", 12, "'weekly_hours' is negative"),
        ("area: capital", "weekly_hours: 169", 12, "'weekly_hours' is at most 168, not 169"),
        ("area: capital", "leave_rule: [hours35]", 12, "'leave_rule' is a word or sentence, not a list"),
        ("area: capital", "working_days_per_week: 8", 12, "at most 7"),
        ('"12.51"}', "12.51}", 12, "quoted figure"),
        ("kind: heta_member, first", "kind: carer_ill, first", 14, "'carer_ill' is no event of personal_assistance"),
        ("kind: heta_member, first", "kind: heta_member, certificate: true, first", 14, "unknown key 'certificate'"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(run, old: str, new: str, line: int, told: str):
    with pytest.raises(CaseError) as error:
        run((old, new))
    assert error.value.line == line
    assert told in str(error.value)


def test_a_time_that_does_not_occur_is_told(run):
    spring = ("2026-10-16, last: 2026-10-31", "2026-03-16, last: 2026-03-31")
    shifts = ("start: 2026-10-24T22:00, end: 2026-10-25T06:00", "start: 2026-03-28T22:00, end: 2026-03-29T03:30")
    planned = ("start: 2026-10-20T10:00, end: 2026-10-20T11:00", "start: 2026-03-20T10:00, end: 2026-03-20T11:00")
    with pytest.raises(CaseError, match="2026-03-29T03:30 does not occur, since clocks go forward"):
        run(spring, shifts, planned)


def test_a_shift_may_end_as_clocks_go_forward(run):
    """22-03 are five hours; at 03:00 the clock shows 04:00."""
    spring = ("2026-10-16, last: 2026-10-31", "2026-03-16, last: 2026-03-31")
    shifts = ("start: 2026-10-24T22:00, end: 2026-10-25T06:00", "start: 2026-03-28T22:00, end: 2026-03-29T03:00")
    planned = ("start: 2026-10-20T10:00, end: 2026-10-20T11:00", "start: 2026-03-20T10:00, end: 2026-03-20T11:00")
    told = run(spring, shifts, planned)
    assert "line BASE_PAY: hour expected 9, got hour 5.00" in told


def test_shifts_that_overlap_are_told(run):
    second = 'decision: "1.1"}\n    - {start: 2026-10-25T05:00, end: 2026-10-25T07:00}'
    with pytest.raises(CaseError, match="line 17: this shift overlaps another one"):
        run(('decision: "1.1"}', second))


def test_a_leave_day_is_written_once(run):
    twice = "scheduled: true}\n    - {day: 2026-10-21, type: leave}\n    - {day: 2026-10-21, type: leave}"
    with pytest.raises(CaseError, match="leave is entered twice on 2026-10-21"):
        run(("scheduled: true}", twice))
    with pytest.raises(CaseError, match="'type' of an assistant's day is leave"):
        run(("scheduled: true}", "scheduled: true}\n    - {day: 2026-10-21, type: care}"))


def test_a_line_names_its_month_or_its_period(run):
    with pytest.raises(CaseError, match="'month' or 'period', not both"):
        run(
            (
                "period: {first: 2026-10-01, last: 2026-10-15}, amount",
                "period: {first: 2026-10-01, last: 2026-10-15}, month: 2026-10, amount",
            )
        )
    assert (
        run(("hours: 9, percent: 100", "hours: 9, percent: 100, period: {first: 2026-10-16, last: 2026-10-31}")) == []
    )


def test_what_was_paid_before_is_taken_off_line_by_line(run):
    """A shift of an hour on Saturday was paid; the night is paid now, the rest of Saturday's line is not touched."""
    before = (
        "  paid_before:\n"
        '    - {code: BASE_PAY, hours: 1, of: "12.51", amount: "12.51"}\n'
        '    - {code: SUNDAY, hours: 1, of: "12.51", percent: 100, amount: "12.51"}\n'
        "  tax_card: none\n"
    )
    assert (
        run(
            ("  tax_card: none\n", before),
            ('BASE_PAY, hours: 9, amount: "112.59"', 'BASE_PAY, hours: 8, amount: "100.08"'),
            ('SUNDAY, hours: 9, percent: 100, amount: "112.59"', 'SUNDAY, hours: 8, percent: 100, amount: "100.08"'),
        )
        == []
    )
