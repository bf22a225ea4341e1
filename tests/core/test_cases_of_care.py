"""Cases of informal and family care: every key is read, and what cannot be read names key and line."""

from pathlib import Path

import pytest

from palkkio.calculation.cases.command import differences_of
from palkkio.calculation.cases.keys import CaseError

CASE = """\
name: Class I from 10 April
source: worked by hand
given:
  paid_on: 2018-05-31
  month: 2018-04
  payer: pietarsaari-2018
  payee: {born: 1960-05-01}
  contract:
    kind: informal_care
    first: 2018-04-10
    terms:
      - {first: 2018-04-10, fee_class: I}
  tax_card: none
expect:
  lines:
    - {code: CARE_FEE, days: 21, of: "392.57", amount: "274.80"}
"""
TERMS = "fee_class: I}"
AT_END = "  tax_card: none\n"
FULL = '  lines:\n    - {code: CARE_FEE, days: 21, of: "392.57", amount: "274.80"}\n'


@pytest.fixture
def run(tmp_path: Path):
    """Differences of CASE with texts replaced: run(("old", "new"), ...)."""

    def compared(*changes: tuple[str, str]) -> list[str]:
        text = CASE
        for old, new in changes:
            assert text.count(old) >= 1, f"{old!r} is not in the case"
            text = text.replace(old, new)
        file = tmp_path / "case.yaml"
        file.write_text(text, encoding="utf-8")
        return differences_of(file)

    return compared


def events(*rows: str) -> tuple[str, str]:
    return AT_END, "  events:\n" + "".join(f"    - {{{row}}}\n" for row in rows) + AT_END


def test_the_case_holds(run):
    assert run() == []


@pytest.mark.parametrize(
    ("changes", "line", "told"),
    [
        ([(TERMS, "fee_clas: I}")], 12, "unknown key 'fee_clas' in terms"),
        ([(TERMS, "fee_class: IV}")], 12, "'fee_class' is one of I, II, III, not 'IV'"),
        ([(TERMS, "fee_class: III, otherwise: III}")], 12, "I or II"),
        ([(TERMS, "fee_class: III, carer_income: [lottery]}")], 12, "'lottery' is no income of a carer"),
        ([(TERMS, "fee_class: II, interval_care_days: -1}")], 12, "'interval_care_days' is negative"),
        ([(TERMS, "fee_class: II, interval_care_days: 32}")], 12, "'interval_care_days' is 31 or less"),
        ([(TERMS, "fee_class: II, other_services_hours: many}")], 12, "'other_services_hours' is a figure"),
        ([(TERMS, "fee_class: I, lower_fee: 300}")], 12, "quoted figure"),
        ([(TERMS, "fee_class: I, absence_other: maybe}")], 12, "paid, stops or {days: 30}"),
        ([(TERMS, "fee_class: I, absence_other: {days: 1.5}}")], 12, "whole figure"),
        ([(TERMS, "fee_class: I, absence_other: {weeks: 1}}")], 12, "unknown key 'weeks'"),
        ([(TERMS, 'fee_class: I, monthly_fee: "500.00"}')], 12, "unknown key 'monthly_fee' in terms"),
        ([events("kind: carer_ill")], 14, "events needs 'first'"),
        ([events("kind: carer_il, first: 2018-04-12")], 14, "'kind' of an event is one of carer_ill"),
        ([events("kind: carer_ill, first: 2018-04-12, on: 2018-04-13")], 14, "unknown key 'on' in events"),
        ([events("kind: carer_ill, first: 2018-04-12, last: 2018-04-11")], 14, "before 'first'"),
        ([events("kind: recipient_away, first: 2018-04-12")], 14, "events needs 'reason'"),
        ([events("kind: recipient_away, first: 2018-04-12, reason: sea")], 14, "'reason' is one of health, other"),
        ([events("kind: notice, by: nobody, given_on: 2018-04-12")], 14, "'by' is one of county, carer"),
        ([events("kind: notice, by: carer")], 14, "events needs 'given_on'"),
        ([events("kind: terminated, on: soon")], 14, "'on' is a day"),
        ([events('kind: start_up, amount: "5.00", on: 2018-04-12')], 14, "belongs to family care"),
        ([(AT_END, "  entries: [{day: 2018-04-12, type: care}]\n" + AT_END)], 13, "write events, not days"),
        ([(AT_END, "  policy: {proration: half}\n" + AT_END)], 13, "actual_days, fixed_30, full_month"),
        ([(AT_END, '  policy: {class_rates: {I: [{until: "1.00"}]}}\n' + AT_END)], 13, "unknown key 'until'"),
        ([(AT_END, "  policy: {class_rates: {I: 392.57}}\n" + AT_END)], 13, "quoted figure"),
        (
            [(AT_END, '  policy: {class_rates: [{I: "1.00"}, {first: 2018-04-01, I: "2.00"}]}\n' + AT_END)],
            13,
            "two amounts hold on one day",
        ),
        ([("month: 2018-04", "period: {first: 2018-04-01, last: 2018-04-15}")], 5, "calendar months"),
        ([("informal_care", "family_care")], 12, "unknown key 'fee_class' in terms"),
        (
            [("informal_care", "family_care"), (TERMS, 'daily_fee: "1.00", monthly_fee: "2.00"}')],
            12,
            "by the month or by the day",
        ),
        ([("informal_care", "family_care"), (TERMS, 'monthly_fee: "2.00", clients: 0}')], 12, "at least 1"),
    ],
)
def test_what_cannot_be_read_names_key_and_line(run, changes: list[tuple[str, str]], line: int, told: str):
    with pytest.raises(CaseError) as refused:
        run(*changes)
    assert told in str(refused.value)
    assert refused.value.line == line


@pytest.mark.parametrize(
    "rates",
    [
        '{I: "400.00"}',
        '{I: {first: 2018-01-01, amount: "400.00", tag: V, source: Board}}',
        '{I: [{first: 2018-01-01, last: 2018-12-31, amount: "400.00"}, {first: 2019-01-01, amount: "500.00"}]}',
        '[{first: 2018-01-01, I: "400.00", II: "500.00"}]',
    ],
)
def test_a_payers_class_rates_may_be_plain_or_dated(run, rates: str):
    paid = FULL.replace("392.57", "400.00").replace("274.80", "280.00")
    assert run((AT_END, f"  policy: {{class_rates: {rates}}}\n" + AT_END), (FULL, paid)) == []


def test_a_class_rate_may_be_the_minimum_of_the_law(run):
    assert run((AT_END, "  policy: {class_rates: {I: legal_minimum}}\n" + AT_END)) == []


def test_all_events_of_a_carer_are_read(run):
    told = events(
        "kind: carer_ill, first: 2018-04-12, last: 2018-04-14",
        "kind: days_off, first: 2018-04-15, last: 2018-04-16",
        "kind: recipient_away, first: 2018-04-17, last: 2018-04-18, reason: health",
        "kind: recipient_moves_out, on: 2018-04-29",
        "kind: notice, by: county, given_on: 2018-04-29",
    )
    assert run(told) == []
    assert run(events("kind: terminated, on: 2018-04-29")) == [
        "line CARE_FEE: day expected 21, got day 20",
        "line CARE_FEE: amount expected 274.80, got 261.71 (-13.09)",
    ]


def test_events_of_the_case_hold_for_its_late_months(run):
    late = "  late_months: [{month: 2018-05}]\n"
    both = FULL + '    - {code: CARE_FEE, days: 10, of: "392.57", amount: "126.64", month: 2018-05}\n'
    told = events("kind: terminated, on: 2018-05-10")
    assert run((told[0], told[1] + late), (FULL, both)) == []


def test_a_line_paid_before_may_leave_out_its_days(run):
    """The days of a fee paid before follow from its amount: 274.80 are 21 of 30 days."""
    paid = '  paid_before: [{code: CARE_FEE, amount: "274.80"}]\n'
    now = '  lines:\n    - {code: CARE_FEE, days: -1, of: "392.57", amount: "-13.09"}\n  receivable: "13.09"\n'
    told = events("kind: terminated, on: 2018-04-29")
    assert run((told[0], told[1] + paid), (FULL, now)) == []


def test_a_fee_may_carry_its_decision(run):
    terms = 'monthly_fee: {amount: "785.16", source: "Decision 4", tag: R}}'
    lines = (
        '  lines:\n    - {code: CARE_FEE, days: 21, of: "785.16", amount: "549.61"}\n  problems: [RATE_NOT_VERIFIED]\n'
    )
    assert run(("informal_care", "family_care"), (TERMS, terms), (FULL, lines)) == []
