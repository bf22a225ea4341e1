"""Golden months: each case under cases/ holds to the cent, and a case that is wrong is told."""

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from palkkio.calculation.cases.command import (
    DIFFERS,
    OK,
    UNREADABLE,
    check,
    differences_from,
    differences_of,
    facts_of_case,
)
from palkkio.calculation.cases.keys import CaseError, read_case
from palkkio.calculation.pay import pay
from palkkio.core.money import CENT, to_cents
from palkkio.core.payslip import Line, LineCode

CASES = Path(__file__).parents[2] / "cases"
GOLDEN = sorted(CASES.rglob("*.yaml"))

CASE = """\
name: Two periods of a weekend
source: worked by hand
given:
  paid_on: 2024-03-28
  month: 2024-02
  payer: western-uusimaa
  payee: {born: 1984-06-01}
  contract:
    kind: substitute_care
    first: 2023-01-01
    terms:
      - {first: 2024-01-01, rates: {care: "97.55"}}
  entries:
    - {day: 2024-02-16, type: care}
    - {day: 2024-02-17, type: care}
  tax_card: {base: "12.0", ceiling: "5000.00", additional: "30.0", accumulated: "0.00"}
expect:
  lines:
    - {code: CARE_DAY, days: 2, of: "97.55", amount: "195.10"}
  gross: "195.10"
  withholding: "23.41"
  pension: "13.95"
  net: "157.74"
  problems: []
"""


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


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_month(path: Path):
    """BEY-1: a case holds to the cent, and each line is the product of what it shows."""
    case = read_case(path)
    facts = facts_of_case(case)
    result = pay(facts)
    assert differences_from(case, facts, result) == []
    for line in () if facts.paid_before else result.lines:
        capped = dict(line.working.inputs).get("before_cap")
        amount = line.amount if capped is None else Decimal(capped)
        part = Decimal(1) if line.percent is None else line.percent / 100
        assert abs(amount - to_cents(line.quantity * line.of * part / line.per)) <= most_apart(line), line


def most_apart(line: Line) -> Decimal:
    """Hours are counted by the second and shown rounded; a share of leave is the difference of two rounded sums."""
    is_rounded = line.unit == "hour" or line.code in (LineCode.LEAVE_PAY, LineCode.LEAVE_COMPENSATION)
    return CENT if is_rounded else Decimal(0)


def test_there_are_golden_months_of_each_form_of_care():
    assert len(GOLDEN) >= 120
    assert {path.parent.name for path in GOLDEN} >= {
        "informal_care",
        "family_care",
        "substitute_care",
        "other_commission",
        "personal_assistance",
    }


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_golden_month_shows_its_working(path: Path):
    head = path.read_text(encoding="utf-8").split("name:")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert len(head) > 20


def test_a_case_that_holds_has_no_differences(run):
    assert run() == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('gross: "195.10"', 'gross: "195.11"', "gross: expected 195.11, got 195.10 (-0.01)"),
        ('net: "157.74"', 'net: "157.00"', "net: expected 157.00, got 157.74 (+0.74)"),
        ('amount: "195.10"', 'amount: "195.00"', "line CARE_DAY: amount expected 195.00, got 195.10 (+0.10)"),
        ("days: 2", "days: 3", "line CARE_DAY: day expected 3, got day 2"),
        ("days: 2", "visits: 2", "line CARE_DAY: visit expected 2, got day 2"),
        ("code: CARE_DAY", "code: VISIT", "line VISIT: expected 195.10, got none"),
        (
            "code: CARE_DAY, days: 2",
            "code: CARE_DAY, percent: 20, days: 2",
            "line CARE_DAY: percent expected 20, got none",
        ),
        ("problems: []", "problems: [OVERPAYMENT]", "problems: expected OVERPAYMENT, got none"),
        ("problems: []", "held: true", "held: expected yes, got no"),
    ],
)
def test_each_departure_is_told_to_the_cent(run, old: str, new: str, told: str):
    assert told in run((old, new))


def test_every_earning_line_must_be_named(run):
    line = '    - {code: CARE_DAY, days: 2, of: "97.55", amount: "195.10"}\n'
    assert run(("  lines:\n" + line, "  lines: []\n")) == ["line CARE_DAY: not expected, got 2 × 97.55 = 195.10"]


def test_a_line_is_matched_by_the_keys_written_in_it(run):
    assert run(('{code: CARE_DAY, days: 2, of: "97.55", amount: "195.10"}', "{code: CARE_DAY}")) == []


def test_a_loose_line_does_not_take_what_an_exact_one_needs(run):
    terms = '- {first: 2024-01-01, rates: {care: "97.55"}}'
    two = (
        '- {first: 2024-01-01, last: 2024-02-16, rates: {care: "97.55"}}\n'
        '      - {first: 2024-02-17, rates: {care: "100.00"}}'
    )
    lines = '- {code: CARE_DAY}\n    - {code: CARE_DAY, of: "97.55"}'
    whole = CASE[CASE.index("  gross:") :]
    assert run((terms, two), ('- {code: CARE_DAY, days: 2, of: "97.55", amount: "195.10"}', lines), (whole, "")) == []


def test_what_is_not_expected_is_free(run):
    assert run((CASE[CASE.index("expect:") :], 'expect: {net: "157.74"}\n')) == []


def test_a_red_problem_stands_aside_where_an_amount_is_expected_beside_it(run):
    card = '{base: "12.0", ceiling: "5000.00", additional: "30.0", accumulated: "0.00"}'
    expect = CASE[CASE.index("expect:") :]
    assert run((card, "none"), (expect, 'expect: {withholding: "117.06"}\n')) == []
    assert run((card, "none"), (expect, "expect: {problems: []}\n")) == [
        "problems: expected no red one, got NO_TAX_CARD"
    ]


def test_an_amount_expected_of_a_held_payee_is_told_with_the_figure(run):
    told = run(("paid_on: 2024-03-28", "paid_on: 2027-01-29"), ("accumulated:", "valid_from: 2027-01-01, accumulated:"))
    assert "held, nothing is paid: RATE_NOT_CONFIRMED social_insurance/carer_pension/basic" in told


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("name: Two", "nmae: Two", 1, "unknown key 'nmae' in case"),
        ("paid_on: 2024-03-28", "paid_onn: 2024-03-28", 4, "unknown key 'paid_onn' in given"),
        ("payee: {born: 1984-06-01}", "payee: {birthday: 1984-06-01}", 7, "unknown key 'birthday' in payee"),
        ("    first: 2023-01-01", "    firts: 2023-01-01", 10, "unknown key 'firts' in contract"),
        ('{care: "97.55"}', '{carer: "97.55"}', 12, "unknown key 'carer' in rates"),
        ("2024-02-17, type: care", "2024-02-17, typ: care", 15, "unknown key 'typ' in entries"),
        ("ceiling", "cieling", 16, "unknown key 'cieling' in tax_card"),
        ("days: 2", "dayz: 2", 19, "unknown key 'dayz' in lines"),
        ("  gross:", "  groß:", 20, "unknown key 'groß' in expect"),
        ("  month: 2024-02\n", "", 3, "'month' or 'period'"),
        ("2024-02\n", "2024-13\n", 5, "'month' is a month"),
        ("western-uusimaa", "western", 6, "there is no profile 'western'"),
        ("substitute_care", "substitute", 9, "'kind' is one of"),
        ("2024-02-17", "2024-03-17", 15, "outside the period"),
        ("2024-02-17", "2024-02-16", 15, "entered twice on 2024-02-16"),
        ("2024-02-17, type: care", "2024-02-17, type: carer", 15, "'type' is one of"),
        ("2024-02-17, type: care", "2024-02-17, type: care, count: 2", 15, "'count' does not belong"),
        ("2024-02-17, type: care", "2024-02-17", 15, "an entry has a 'type'"),
        ('"97.55"}}', "97.55}}", 12, "quoted figure"),
        ('gross: "195.10"', "gross: 195.10", 20, "quoted figure"),
        ('gross: "195.10"', 'gross: "a lot"', 20, "is a figure"),
        ('gross: "195.10"', 'gross: "195,10"', 20, "with a point before the cents"),
        ("{code: CARE_DAY,", "{code: CAREDAY,", 19, "'CAREDAY' is no line code; known are CARE_FEE"),
        ("2024-02-17, type: care", "2024-02-16, type: training", 15, "has one type of day: care or training"),
        ("2024-02-17, type: care", '2024-02-17, type: locum, hours: "26"', 15, "'hours' is 25 or less"),
        ("2024-02-17, type: care", "2024-02-17, kilometres: -5", 15, "'kilometres' is 0 or more"),
        ('base: "12.0"', 'base: "-1.0"', 16, "'base' is 0 or more"),
        ('additional: "30.0"', 'additional: "101"', 16, "'additional' is 100 or less"),
        ('ceiling: "5000.00"', 'ceiling: "-1.00"', 16, "'ceiling' is 0 or more"),
        ("born: 1984-06-01", "born: 2024-03-28", 7, "is not before 'paid_on'"),
        ("2024-02-17", "2024-02-30", 15, "there is no day 2024-02-30"),
        ("name: Two", "name: 2.4 #", 1, "put it in quotes"),
        ("problems: []", "problems: [NO_CARD]", 24, "'NO_CARD' is not a problem"),
        ("problems: []", "problems: 3", 24, "list of words"),
        ("problems: []", "problems: NO_CARD", 24, "'NO_CARD' is not a problem"),
        ("paid_on: 2024-03-28", "paid_on: soon", 4, "'paid_on' is a day"),
        ("2024-02-17, type: care", "2024-02-17, type: locum", 15, "entries needs 'hours'"),
        ('{care: "97.55"}', '{care: "97.55"}, caps: {days: 4}', 12, "unknown key 'days' in caps"),
        ("  entries:", "  policy: {class_rates: {IV: '1.00'}}\n  entries:", 13, "unknown key 'IV' in class_rates"),
    ],
)
def test_what_cannot_be_read_names_key_and_line(run, old: str, new: str, line: int, told: str):
    with pytest.raises(CaseError) as refused:
        run((old, new))
    assert told in str(refused.value)
    assert refused.value.line == line


@pytest.mark.parametrize("key", ["paid_on: 2024-03-28", "payer: western-uusimaa", "payee: {born: 1984-06-01}"])
def test_what_is_required_must_be_written(run, key: str):
    with pytest.raises(CaseError, match=f"given needs '{key.split(':')[0]}'"):
        run((f"  {key}\n", ""))


def test_the_tax_card_is_written_out_also_when_there_is_none(run):
    card = '  tax_card: {base: "12.0", ceiling: "5000.00", additional: "30.0", accumulated: "0.00"}\n'
    with pytest.raises(CaseError, match="given needs 'tax_card'"):
        run((card, ""))


def test_neighbours_are_known_and_never_paid(run):
    assert run(("  entries:", "  context: {entries: [{day: 2024-01-31, type: care}], paid: []}\n  entries:")) == []


def test_events_do_not_belong_to_day_based_fees(run):
    with pytest.raises(CaseError, match="'events' are not used"):
        run(("  entries:", "  events: [{kind: carer_ill, first: 2024-02-01}]\n  entries:"))
    assert run(("  entries:", "  events: []\n  entries:")) == []


def test_a_period_may_be_shorter_than_a_month(run):
    assert run(("month: 2024-02", "period: {first: 2024-02-16, last: 2024-02-29}")) == []


def test_lines_paid_before_may_leave_out_what_follows_from_the_month(run):
    """The rate and the days of a line paid before are those of the month's line with its code."""
    expect = CASE[CASE.index("expect:") :]
    difference = 'expect: {lines: [{code: CARE_DAY, days: 1, of: "97.55", amount: "97.55"}]}\n'
    paid = '  paid_before: [{code: CARE_DAY, amount: "97.55"}]\n'
    assert run((expect, difference), ("  entries:", paid + "  entries:")) == []


def test_unreadable_yaml_names_its_line(run):
    with pytest.raises(CaseError, match="line 8: not readable as YAML"):
        run(("payee: {born: 1984-06-01}", "payee: {born: 1984-06-01"))


def test_a_sentence_with_a_colon_says_how_it_is_written(run):
    with pytest.raises(CaseError, match=r"line 1: .*a sentence with a colon is written in quotes"):
        run(("name: Two", "name: Two: two"))


def test_a_file_in_another_encoding_names_its_line(tmp_path: Path):
    from palkkio.calculation.cases.keys import read_case

    file = tmp_path / "latin.yaml"
    file.write_bytes("name: one\nsource: Käsin laskettu\n".encode("latin-1"))
    with pytest.raises(CaseError, match="line 2: the file is not in UTF-8"):
        read_case(file)


def test_a_key_written_twice_is_an_error(run):
    with pytest.raises(CaseError, match="not readable as YAML"):
        run(("  payer: western-uusimaa", "  payer: western-uusimaa\n  payer: helsinki"))


def test_on_is_a_word_and_days_are_days(tmp_path: Path):
    """YAML 1.2: `on` is no truth value, a time without seconds is a string."""
    from palkkio.calculation.cases.keys import read_case

    file = tmp_path / "words.yaml"
    file.write_text("{on: 2026-05-01, off: no, at: 2026-03-07T14:00}", encoding="utf-8")
    case = read_case(file)
    assert list(case) == ["on", "off", "at"]
    assert (case.text("off"), case.text("at")) == ("no", "2026-03-07T14:00")


def test_check_prints_each_difference_and_exits_1(tmp_path: Path):
    good, wrong = tmp_path / "good.yaml", tmp_path / "wrong.yaml"
    good.write_text(CASE, encoding="utf-8")
    wrong.write_text(CASE.replace('net: "157.74"', 'net: "157.75"'), encoding="utf-8")
    out = StringIO()
    assert check([str(tmp_path)], out) == DIFFERS
    assert out.getvalue().splitlines() == [
        f"ok       {good}",
        f"differs  {wrong}",
        "           net: expected 157.75, got 157.74 (-0.01)",
        "1 of 2 cases hold",
    ]
    assert check([str(good)], StringIO()) == OK


def test_check_exits_2_where_a_case_cannot_be_read(tmp_path: Path):
    later = tmp_path / "later.yaml"
    later.write_text(CASE.replace("substitute_care", "foster_care"), encoding="utf-8")
    out = StringIO()
    assert check([str(later), str(tmp_path / "none.yaml")], out) == UNREADABLE
    assert "line 9: 'kind' is one of" in out.getvalue()
    assert "none.yaml" in out.getvalue()


def test_check_of_an_empty_folder_is_no_success(tmp_path: Path):
    assert check([str(tmp_path)], StringIO()) == UNREADABLE
