"""A result in words for programs and paper (BEY-1)."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from palkkio.calculation.cases.command import calculate
from palkkio.core.days import DateRange
from palkkio.core.payslip import ChangedFact, ChangedKind, Line, LineCode, Working
from palkkio.formats.explanation import calculation, causes, explained
from palkkio.formats.wording import words

CASE = Path(__file__).resolve().parents[2] / "cases" / "informal_care" / "2018_begins_10_april.yaml"
APRIL = DateRange.of_month(2026, 4)


def line(**values: object) -> Line:
    given = {"code": LineCode.CARE_FEE, "quantity": Decimal(21), "unit": "day", "of": Decimal("530.00")}
    given |= {"amount": Decimal("371.00"), "period": APRIL, "working": Working("care_fee")}
    return Line(**{**given, **values})  # type: ignore[arg-type]


def test_a_months_fee_says_for_how_many_days_it_is() -> None:
    assert calculation(words("fi"), line(per=Decimal(30))) == "21\u00a0päivää\u00a0×\u00a0530,00\u00a0/\u00a030"


def test_a_supplement_says_which_part_of_the_hourly_pay_it_is() -> None:
    made = line(code=LineCode.EVENING, unit="hour", quantity=Decimal(4), of=Decimal("13.00"), percent=Decimal(15))
    assert calculation(words("sv"), made) == "4\u00a0timmar\u00a0×\u00a013,00\u00a0×\u00a015,0\u00a0%"


def test_a_share_of_the_holiday_pay_says_percentage_and_days() -> None:
    made = line(code=LineCode.LEAVE_PAY, quantity=Decimal(2), of=Decimal("13000.80"), percent=Decimal("11.5"))
    made = replace(made, per=Decimal(13), amount=Decimal("230.01"))
    assert calculation(words("fi"), made).endswith("×\u00a013\u00a0000,80\u00a0×\u00a011,5\u00a0%\u00a0/\u00a013")


def test_what_has_changed_is_told_once_with_its_days() -> None:
    days = DateRange.of_days(date(2026, 4, 6), date(2026, 4, 30))
    changed = ChangedFact(ChangedKind.RATE, "care", days, "97.55", "100")
    told = causes(words("fi"), [changed, changed])
    assert told == "Sovittu tai päätetty summa: hoitopäivä: 97,55 muuttui, nyt 100,00, 6.4.2026–30.4.2026"
    added = ChangedFact(ChangedKind.ENTRY, "care", DateRange.of_days(days.first, days.first), "", "1")
    assert causes(words("en"), [added]) == "Recorded day: care day was added, 6.4.2026"
    taken = ChangedFact(ChangedKind.EVENT, "carer_ill", None, "yes", "")
    assert causes(words("sv"), [taken]) == "Händelse: du var sjuk: borttagen"
    assert causes(words("fi"), [ChangedFact(ChangedKind.FIGURE, "CARE_FEE")]) == "Virallinen luku: Hoitopalkkio"


def test_what_is_told_of_each_day_is_told_of_all() -> None:
    """BEY-1: the hours of two days, not of the last alone."""
    case = CASE.parents[1] / "personal_assistance" / "2026_two_illnesses_of_one_half_month.yaml"
    out = io.StringIO()
    assert calculate(["--json", str(case)], out, explain=explained) == 0
    (sick,) = json.loads(out.getvalue())["explained"]["en"]["lines"]
    assert "2026-03-02; 2026-03-12" in sick["inputs"].values()  # the onset of both


def test_the_command_line_explains_each_line_in_three_languages() -> None:
    out = io.StringIO()
    assert calculate(["--json", str(CASE)], out, explain=explained) == 0
    told = json.loads(out.getvalue())["explained"]
    assert set(told) == {"fi", "sv", "en"}
    (fee,) = told["fi"]["lines"]
    assert fee["name"] == "Hoitopalkkio"
    assert fee["rule"]
    assert len(fee["days"]) == 21
    assert "937/2005" in fee["ground"]
    assert [each["code"] for each in told["sv"]["deductions"]] == ["WITHHOLDING", "PENSION"]
