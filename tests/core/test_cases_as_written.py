"""Ways in which a case may be written: what is left out, said with null, or said in more than one way."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from palkkio.calculation.cases.command import OK, UNREADABLE, check, differences_of
from palkkio.calculation.cases.keys import CaseError

COMMISSION = """\
name: Days and visits of February
source: worked by hand
given:
  paid_on: 2024-03-28
  month: 2024-02
  payer: western-uusimaa
  payee: {born: 1984-06-01}
  contract:
    kind: other_commission
    first: 2023-01-01
    terms:
      - {first: 2024-01-01, rates: {care: "97.55", visit: "30.00"}}
  entries:
    - {day: 2024-02-16, type: care}
    - {day: 2024-02-17, type: visit, count: 2}
  tax_card: {base: "12.0", ceiling: "5000.00", additional: "30.0", accumulated: "0.00"}
expect:
  lines:
    - {code: CARE_DAY, days: 1, amount: "97.55"}
    - {code: VISIT, visits: 2, amount: "60.00"}
"""
INFORMAL = """\
name: Class II in March 2018
source: worked by hand
given:
  paid_on: 2018-04-30
  month: 2018-03
  payer: pietarsaari-2018
  payee: {born: 1970-01-15}
  contract:
    kind: informal_care
    first: 2017-01-01
    terms:
      - {first: 2017-01-01, fee_class: II}
  tax_card: none
expect:
  gross: "530.91"
"""
LEAVE = """\
name: Three days of leave and the leave year by what earlier payslips paid
source: worked by hand
given:
  paid_on: 2026-07-31
  period: {first: 2026-07-01, last: 2026-07-15}
  payer: helsinki
  payee: {born: 1990-05-05}
  contract:
    kind: personal_assistance
    first: 2022-03-01
    terms:
      - {first: 2022-03-01, agreement: heta, hourly: "12.51", weekly_hours: "20", leave_rule: hours35}
  entries:
    - {day: 2026-07-01, type: leave}
    - {day: 2026-07-02, type: leave}
    - {day: 2026-07-03, type: leave}
  context:
    paid:
      - {code: BASE_PAY, amount: "13800.00"}
      - {code: OVERTIME_50, amount: "200.00"}
  tax_card: none
expect:
  lines:
    - {code: LEAVE_PAY, days: 3, amount: "158.70"}
    - {code: LEAVE_BONUS, amount: "79.35"}
"""


def held(tmp_path: Path, text: str, *changes: tuple[str, str]) -> list[str]:
    """Differences of a case with texts replaced; none: it holds."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is not in the case once"
        text = text.replace(old, new)
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return differences_of(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("paid_on: 2024-03-28", 'paid_on: "2024-03-28"'),
        ("month: 2024-02", 'month: "2024-02"'),
        ("    first: 2023-01-01", "    first: 2023-01-01\n    last: null"),
        ("  entries:", "  events: null\n  policy: null\n  deductions: null\n  paid_before: null\n  entries:"),
        ("  tax_card:", "  period: null\n  tax_card:"),
        ('visit: "30.00"}', 'visit: "30.00", training: null, cancelled_unpaid: "0.00"}'),
        ('rates: {care: "97.55", visit: "30.00"}', 'rates: {care: "97.55"}, visit: "30.00", caps: null'),
        ("visits: 2", "count: 2"),
        ("visits: 2", "quantity: 2"),
        ('{care: "97.55", visit: "30.00"}', '{care: "97.55", visit: "30.00", monthly: null}'),
    ],
)
def test_what_is_null_is_not_written_and_quoted_days_are_days(tmp_path: Path, old: str, new: str) -> None:
    assert held(tmp_path, COMMISSION, (old, new)) == []


def test_hours_with_minutes_may_be_written_to_two_decimals(tmp_path: Path) -> None:
    """70 minutes: 1.1667 hours, 1.17 as people write them; the amount is that of the minutes, 14.595."""
    shift = ("    - {day: 2026-07-01, type: leave}", "    - {start: 2026-07-07T12:00, end: 2026-07-07T13:10}")
    others = ("    - {day: 2026-07-02, type: leave}\n    - {day: 2026-07-03, type: leave}\n", "")
    bonus = ('    - {code: LEAVE_BONUS, amount: "79.35"}\n', "")
    for hours, faults in (("1.17", 0), ("1.1667", 0), ("1.16", 1), ("1.2", 1)):
        line = f'{{code: BASE_PAY, hours: "{hours}", amount: "14.60"}}'
        changed = ('{code: LEAVE_PAY, days: 3, amount: "158.70"}', line)
        assert len(held(tmp_path, LEAVE, shift, others, bonus, changed)) == faults


def test_visits_may_be_all_that_is_agreed(tmp_path: Path) -> None:
    changes = (
        ('rates: {care: "97.55", visit: "30.00"}', 'visit: "30.00"'),
        ("    - {day: 2024-02-16, type: care}\n", ""),
        ('    - {code: CARE_DAY, days: 1, amount: "97.55"}\n', ""),
    )
    assert held(tmp_path, COMMISSION, *changes) == []


def test_visits_of_a_day_may_be_told_one_by_one(tmp_path: Path) -> None:
    one_by_one = "type: visit}\n    - {day: 2024-02-17, type: visit, count: 1}"
    assert held(tmp_path, COMMISSION, ("type: visit, count: 2}", one_by_one)) == []
    hours = 'type: hours, hours: 13}\n    - {day: 2024-02-17, type: hours, hours: "12.5"}'
    with pytest.raises(CaseError, match=r"has 25\.5 hours, 25 at most"):
        held(tmp_path, COMMISSION, ("type: visit, count: 2}", hours))


def test_an_unpaid_cancelled_day_has_no_rate(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="line 12: 'cancelled_unpaid' is always 0"):
        held(tmp_path, COMMISSION, ('visit: "30.00"}', 'visit: "30.00", cancelled_unpaid: "5.00"}'))


def test_kilometres_without_an_agreed_amount_are_paid_by_what_is_tax_free(tmp_path: Path) -> None:
    """34 km by the 0.25 EUR of the case; where a rate is agreed that one pays."""
    changes = [
        ("  payee:", '  policy: {tax_free_kilometre: "0.25"}\n  payee:'),
        ("type: visit, count: 2}", "type: visit, count: 2}\n    - {day: 2024-02-17, kilometres: 34, purpose: a visit}"),
        ("expect:\n  lines:", 'expect:\n  lines:\n    - {code: KILOMETRES, kilometres: 34, amount: "8.50"}'),
    ]
    assert held(tmp_path, COMMISSION, *changes) == []
    agreed = ('visit: "30.00"}', 'visit: "30.00", kilometre: "0.55"}')
    above = (
        "    - {code: CARE_DAY",
        '    - {code: KILOMETRES_TAXABLE, of: "0.30", amount: "10.20"}\n    - {code: CARE_DAY',
    )
    assert held(tmp_path, COMMISSION, *changes, agreed, above) == []


@pytest.mark.parametrize("word", ["on", "true", "yes"])
def test_a_choice_that_is_on_or_off_may_be_written_so(tmp_path: Path, word: str) -> None:
    """I3: with absences added up, the second stay has no month of its own: paid to 8 March alone, 8 of 31 days."""
    away = (
        "  events:\n"
        "    - {kind: recipient_away, reason: health, first: 2018-01-10, last: 2018-01-31}\n"
        "    - {kind: recipient_away, reason: health, first: 2018-03-01, last: null}\n"
        "  tax_card:"
    )
    changes = [
        ("  payee:", f"  policy: {{sum_absences: {word}, client_absence_count: days_30}}\n  payee:"),
        ("  tax_card:", away),
        ('gross: "530.91"', 'gross: "137.01"'),
    ]
    assert held(tmp_path, INFORMAL, *changes) == []


@pytest.mark.parametrize(
    "rates",
    [
        '{II: "700.00"}',
        '{II: [{first: 2018-01-01, last: null, amount: "700.00"}]}',
        '[{first: 2018-01-01, last: null, I: "400.00", II: "700.00"}]',
        '[{class: II, first: 2018-01-01, last: null, amount: "700.00"}]',
        '{class: II, first: 2018-01-01, amount: "700.00"}',
        '{first: 2018-01-01, I: "400.00", II: "700.00"}',
        '{II: [{from: 2018-01-01, to: 2018-12-31, value: "700.00", tag: S, source: own}]}',
        '[{fee_class: II, valid_from: 2018-01-01, valid_to: null, amount: "700.00"}]',
    ],
)
def test_amounts_of_classes_may_be_written_by_class_or_by_day(tmp_path: Path, rates: str) -> None:
    changes = [("  payee:", f"  policy: {{class_rates: {rates}}}\n  payee:"), ('gross: "530.91"', 'gross: "700.00"')]
    assert held(tmp_path, INFORMAL, *changes) == []


def test_a_difference_may_be_written_as_one_amount(tmp_path: Path) -> None:
    """530.91 were paid and 392.57 are due: taken back and paid instead, or 138.34 less."""
    paid = '  paid_before:\n    - {code: CARE_FEE, days: 31, of: "530.91", amount: "530.91"}\n  tax_card:'
    wanted = 'gross: "0.00"\n  receivable: "138.34"\n  lines:\n    - {code: CARE_FEE, amount: "-138.34"}'
    changes = [("fee_class: II", "fee_class: I"), ("  tax_card:", paid), ('gross: "530.91"', wanted)]
    assert held(tmp_path, INFORMAL, *changes) == []
    told = held(tmp_path, INFORMAL, *changes[:2], (changes[2][0], wanted.replace("-138.34", "-138.33")))
    assert any(each.startswith("line CARE_FEE: amount expected -138.33") for each in told)


def test_the_days_of_an_amount_are_named_in_one_way(tmp_path: Path) -> None:
    twice = '  policy: {class_rates: {II: [{first: 2018-01-01, from: 2018-01-01, amount: "700.00"}]}}\n  payee:'
    with pytest.raises(CaseError, match="'from' is the same as 'first'"):
        held(tmp_path, INFORMAL, ("  payee:", twice))


def test_a_monthly_fee_and_expenses_may_stand_in_the_rates(tmp_path: Path) -> None:
    more = ('visit: "30.00"}', 'visit: "30.00", monthly: "100.00", expense_per_day: "5.00"}')
    lines = (
        "  lines:\n",
        "  lines:\n"
        '    - {code: CARE_FEE, amount: "100.00"}\n'
        '    - {code: EXPENSE_ALLOWANCE, days: 2, amount: "10.00"}\n',
    )
    assert held(tmp_path, COMMISSION, more, lines) == []


def test_one_word_is_a_list_of_one(tmp_path: Path) -> None:
    changes = [
        ("fee_class: II}", "fee_class: III, otherwise: II, carer_income: pension}"),
        ('gross: "530.91"', 'gross: "530.91"\n  problems: FEE_CLASS_NOT_ALLOWED'),
    ]
    assert held(tmp_path, INFORMAL, *changes) == []


def test_an_overpayment_may_be_told_without_lines(tmp_path: Path) -> None:
    paid = '  paid_before:\n    - {code: CARE_FEE, days: 31, of: "530.91", amount: "530.91"}\n  tax_card:'
    changes = [("fee_class: II", "fee_class: I"), ("  tax_card:", paid)]
    wanted = 'gross: "0.00"\n  net: "0.00"\n  receivable: "138.34"\n  lines: []'
    assert held(tmp_path, INFORMAL, *changes, ('gross: "530.91"', wanted)) == []
    told = held(tmp_path, INFORMAL, *changes, ('gross: "530.91"', wanted.replace("138.34", "138.33")))
    assert told == ["receivable: expected 138.33, got 138.34 (+0.01)"]


def test_a_held_payee_has_sums_of_nothing_only_where_the_case_says_why(tmp_path: Path) -> None:
    """Class III refused for a pension, and no other class agreed."""
    refused = ("fee_class: II}", "fee_class: III, carer_income: [pension]}")
    said = ('gross: "530.91"', 'gross: "0.00"\n  lines: []\n  problems: [CONTRACT_TERM_MISSING]')
    assert held(tmp_path, INFORMAL, refused, said) == []
    silent = held(tmp_path, INFORMAL, refused, ('gross: "530.91"', 'gross: "0.00"'))
    assert silent == ["held, nothing is paid: CONTRACT_TERM_MISSING otherwise"]
    paid = ('gross: "530.91"', 'gross: "392.57"\n  problems: [CONTRACT_TERM_MISSING]')
    assert "gross: expected 392.57, got 0.00 (-392.57)" in held(tmp_path, INFORMAL, refused, paid)


def test_what_lies_beside_the_period_of_a_commission_lies_outside_it(tmp_path: Path) -> None:
    beside = "  context:\n    entries:\n      - {day: 2024-02-20, type: visit, count: 2}\n  tax_card:"
    with pytest.raises(CaseError, match="line 18: 2024-02-20 lies in the period"):
        held(tmp_path, COMMISSION, ("  tax_card:", beside))


def test_lines_beside_the_period_that_say_no_month_are_those_of_the_leave_year(tmp_path: Path) -> None:
    """13 800.00 x 11.5 % = 1 587.00 for thirty days; three of them, and half of it as bonus."""
    assert held(tmp_path, LEAVE) == []


def test_lines_paid_before_for_another_month_are_refused_in_words(tmp_path: Path) -> None:
    paid = '  paid_before:\n    - {code: CARE_FEE, amount: "530.91", month: 2018-02}\n  tax_card:'
    file = tmp_path / "case.yaml"
    file.write_text(INFORMAL.replace("  tax_card:", paid), encoding="utf-8")
    assert check([str(file)]) == UNREADABLE


def test_a_folder_is_read_with_both_endings_of_yaml(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yml"):
        (tmp_path / name).write_text(INFORMAL, encoding="utf-8")
    (tmp_path / "README.md").write_text("no case", encoding="utf-8")
    out = io.StringIO()
    assert check([str(tmp_path)], out) == OK
    assert "2 of 2 cases hold" in out.getvalue()


def test_what_the_care_recipient_is_charged_is_told_to_the_cent(tmp_path: Path) -> None:
    """D4, D5: two days off in March; those of February were charged in February."""
    taken = (
        "  days_off_taken:\n"
        "    - {day: 2018-02-20}\n"
        "    - {day: 2018-03-05}\n"
        "    - {day: 2018-03-12, hours: 24}\n"
        "  tax_card:"
    )
    changes = [("  tax_card:", taken), ('gross: "530.91"', 'gross: "530.91"\n  client_charge: "22.80"')]
    assert held(tmp_path, INFORMAL, *changes) == []
    wrong = [changes[0], ('gross: "530.91"', 'client_charge: "34.20"')]
    assert held(tmp_path, INFORMAL, *wrong) == ["client_charge: expected 34.20, got 22.80 (-11.40)"]
    with pytest.raises(CaseError, match="'hours' is more than 0"):
        held(tmp_path, INFORMAL, ("  tax_card:", taken.replace("hours: 24", "hours: 0")))


def test_a_charge_that_is_not_confirmed_is_told_and_not_guessed(tmp_path: Path) -> None:
    """The charge of 2026 is computed only; no figure of the law is that of 2026 before it was seen."""
    of_2026 = [
        ("paid_on: 2018-04-30", "paid_on: 2026-04-30"),
        ("month: 2018-03", "month: 2026-03"),
        ("fee_class: II}", "fee_class: I}"),
        ("pietarsaari-2018", "western-uusimaa"),
        ("  tax_card:", "  days_off_taken: [{day: 2026-03-07}]\n  tax_card:"),
    ]
    told = held(tmp_path, INFORMAL, *of_2026, ('gross: "530.91"', 'client_charge: "13.70"'))
    assert told == [
        "client_charge: expected 13.70, got 0.00 (-13.70)",
        "not charged: RATE_NOT_CONFIRMED informal_care/client_charge_per_day_off 2026-03-07",
    ]


def test_a_part_of_a_month_is_told_with_the_days_it_is_divided_by(tmp_path: Path) -> None:
    """20 × 530.91 is not what is paid: it is twenty days of thirty-one."""
    from_the_12th = ("- {first: 2017-01-01, fee_class: II}", "- {first: 2018-03-12, fee_class: II}")
    begins = ("    first: 2017-01-01\n", "    first: 2018-03-12\n")
    told = held(tmp_path, INFORMAL, from_the_12th, begins, ('  gross: "530.91"', "  lines: []"))
    assert told == ["line CARE_FEE: not expected, got 20 / 31 × 530.91 = 342.52"]
