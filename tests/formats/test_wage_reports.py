"""Wages of personal assistants in the register: the household is the employer, the city its substitute payer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from palkkio.core.days import DateRange
from palkkio.core.payslip import Line, LineCode, PayResult, Payslip, Working
from palkkio.formats.incomes_register import (
    AccidentInsurance,
    Contact,
    Delivery,
    Earner,
    Employment,
    Identifier,
    Payer,
    PensionInsurance,
    Report,
    ReportingTerms,
    SubstituteFor,
    check_delivery,
    delivery_id_of,
    income_type,
    report_id_of,
    report_of_paid,
    write_delivery,
)
from palkkio.formats.incomes_register.income_types import ONLY_WAGES
from palkkio.formats.incomes_register.values import AGREEMENT_OF_ASSISTANTS, HOUSEHOLD
from palkkio.formats.schemas import official_schemas, validate, wage_report_schema
from palkkio.formats.xml import every, parse, text_of

from .values import COUNTY, MADE_AT, deduction, identity_code, payslip

PAYDAY = date(2026, 3, 31)
TODAY = date(2026, 3, 27)
HALF = DateRange.of_days(date(2026, 3, 1), date(2026, 3, 15))
EMPLOYER = Identifier.person(identity_code(date(2014, 5, 6), 921))  # a minor: the actual employer all the same
ASSISTANT = Earner("Mallikas", "Anni", identity_code=identity_code(date(1990, 5, 5), 934))
AGREED = ReportingTerms(professions=(), agreement=AGREEMENT_OF_ASSISTANTS)
PART_TIME = Employment(hours_per_week=Decimal(20))
SCHEMAS = official_schemas()
needs_schemas = pytest.mark.skipif(SCHEMAS is None, reason="not run: official schemas not found")


def wage(code: str, hours: str, amount: str, *days: int, rule: str = "", of: str = "12.51") -> Line:
    working = Working(rule or code.lower(), "Heta-JHL TES", days=tuple(date(2026, 3, day) for day in days))
    return Line(code, Decimal(hours), "hour", Decimal(of), Decimal(amount), HALF, working)


SATURDAY = PayResult(
    lines=(
        wage("BASE_PAY", "8.00", "100.08", 7),
        wage("EVENING", "3.00", "5.63", 7),
        wage("NIGHT", "1.00", "3.75", 7),
        wage("SATURDAY", "7.00", "17.51", 7),
        wage("SUNDAY", "1.00", "12.51", 7),
    ),
    deductions=(
        deduction("WITHHOLDING", "17.44", "139.48", "12.5"),
        deduction("PENSION", "10.18", "139.48", "7.30"),
        deduction("UNEMPLOYMENT", "1.24", "139.48", "0.89"),
    ),
)


def slip(result: PayResult = SATURDAY, **changes: object) -> Payslip:
    values = {"payday": PAYDAY, "period": HALF, "contract_kind": "personal_assistance", "result": result}
    return payslip(**{**values, **changes})


def wage_report(
    *payslips: Payslip, terms: ReportingTerms = AGREED, absences: Sequence[tuple[int, DateRange]] = ()
) -> Report:
    made = report_of_paid(
        payslips or (slip(),),
        report_id=report_id_of(17, 4),
        earner=ASSISTANT,
        terms={"personal_assistance": terms},
        employment=PART_TIME,
        absences=absences,
    )
    assert made is not None
    return made


def wage_delivery(report: Report, payer: Payer | None = None, **changes: object) -> Delivery:
    values: dict[str, object] = {
        "delivery_id": delivery_id_of(17),
        "created_at": MADE_AT,
        "payday": PAYDAY,
        "period": HALF,
        "payer": payer
        or Payer(Identifier.business(COUNTY.identifier), substitute_for=SubstituteFor(EMPLOYER, "Lapsi Esimerkki")),
        "contacts": (Contact("Palkka Esimerkki", "+358 50 000 0000", "palkat@example.org"),),
        "reports": (report,),
        "is_production": False,
    }
    return Delivery(**{**values, **changes})  # type: ignore[arg-type]


def absent() -> PayResult:
    ill = [wage("SICK_PAY", "10.00", "125.10", 3, 6, rule="sick_pay")]
    leave = Working("leave_pay_percent", "162/2005 12 §", days=tuple(date(2026, 3, day) for day in (9, 10, 11)))
    ill.append(Line(LineCode.LEAVE_PAY, Decimal(3), "day", Decimal(1000), Decimal("115.00"), HALF, leave))
    return replace(SATURDAY, lines=(*SATURDAY.lines, *ill))


HOUSEHOLD_PAYER = Payer(EMPLOYER, is_public_body=False, types=(HOUSEHOLD,))
INSURED = AGREED._replace(
    professions=ReportingTerms().professions,
    pension=PensionInsurance("46-0000000X", provider=46),
    accident=AccidentInsurance(Identifier.business("0201256-6"), "1234567"),
)
SHAPES = {
    "substitute payer": wage_delivery(wage_report()),
    "illness and leave": wage_delivery(wage_report(slip(absent()))),
    "paid and unpaid absences": wage_delivery(
        wage_report(
            slip(absent()),
            absences=[
                (1, DateRange.of_days(date(2026, 3, 3), date(2026, 3, 8))),
                (3, DateRange.of_days(date(2026, 3, 12), date(2026, 4, 30))),
            ],
        )
    ),
    "household as payer, city as its service": wage_delivery(
        wage_report(terms=INSURED), HOUSEHOLD_PAYER, creator=Identifier.business(COUNTY.identifier)
    ),
}


@needs_schemas
@pytest.mark.parametrize("version", ["wage-report-2026", "v2022"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_wage_report_is_valid_against_the_official_schema(shape: str, version: str) -> None:
    """PAY-7, PAY-12."""
    assert SCHEMAS is not None
    assert validate(write_delivery(SHAPES[shape]), wage_report_schema(SCHEMAS, version)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_our_own_check_finds_nothing_in_a_wage_report(shape: str) -> None:
    """PAY-7: without any schema at hand."""
    assert check_delivery(write_delivery(SHAPES[shape]), today=TODAY) == []


def test_each_supplement_has_its_income_type_and_both_contributions_are_told():
    """Worked example 15: 201, 206, 211, 221 and 236, then 402, 413 and 414."""
    root = parse(write_delivery(SHAPES["substitute payer"]))
    found = {
        text_of(each, "TransactionBasic/TransactionCode"): text_of(each, "TransactionBasic/Amount")
        for each in every(root, "DeliveryData/Reports/Report/Transactions/Transaction")
    }
    assert found == {
        "201": "100.08",
        "206": "5.63",
        "211": "17.51",
        "221": "12.51",
        "236": "3.75",
        "402": "17.44",
        "413": "10.18",
        "414": "1.24",
    }
    (unit,) = every(root, "DeliveryData/Reports/Report/Transactions/Transaction/UnitWages/UnitWage")
    assert [text_of(unit, name) for name in ("UnitPrice", "UnitAmount", "UnitCode")] == ["12.51", "8.00", "1"]


def test_the_household_is_the_actual_employer_and_the_city_pays_for_it():
    """The minor is the employer, never the guardian; the city reports with its own Business ID."""
    root = parse(write_delivery(SHAPES["substitute payer"]))
    payer = every(root, "DeliveryData/Payer")[0]
    assert text_of(payer, "PayerIds/Id/Code") == COUNTY.identifier
    assert text_of(payer, "SubstitutePayer/Acts") == "true"
    assert text_of(payer, "SubstitutePayer/EmployerId/Code") == EMPLOYER.code
    earner = every(root, "DeliveryData/Reports/Report/IncomeEarner")[0]
    assert text_of(earner, "IncomeEarnerOther/CBACode") == "35"
    assert text_of(earner, "Employment/HoursPerWeek") == "20.00"
    assert not every(earner, "PensionInsurance")
    assert not every(root, "DeliveryData/Reports/Report/Transactions/Transaction/InsuranceData")


def test_illness_and_leave_are_told_as_paid_absences():
    (ill, leave) = wage_report(slip(absent())).absences
    assert (ill.first, ill.last, ill.days, ill.cause, ill.amount) == (
        date(2026, 3, 3),
        date(2026, 3, 6),
        2,
        1,
        Decimal("125.10"),
    )
    assert (leave.cause, leave.days, leave.amount) == (21, 3, Decimal("115.00"))


def test_what_is_not_paid_of_an_absence_is_told_as_unpaid():
    """Point 3, absence data: paid from the third to the sixth of March; a weekend after it is no absence of its own."""
    ill, leave = (1, DateRange.of_days(date(2026, 3, 3), date(2026, 3, 8))), DateRange.of_days(date(2026, 3, 12), None)
    report = wage_report(slip(absent()), absences=[ill, (3, leave)])
    assert [(each.first, each.last, each.cause) for each in report.unpaid_absences] == [
        (date(2026, 3, 12), date(2026, 3, 15), 3)  # to the end of the pay period
    ]
    later = (1, DateRange.of_days(date(2026, 3, 3), date(2026, 3, 10)))
    assert wage_report(slip(absent()), absences=[later]).unpaid_absences == ()  # the weekend, then leave is paid
    (whole,) = wage_report(absences=[later]).unpaid_absences
    assert (whole.first, whole.last, whole.cause) == (date(2026, 3, 3), date(2026, 3, 10), 1)


def test_absences_that_lie_inside_each_other_are_left_out():
    """The register takes no overlapping periods, and absences are voluntary."""
    ill = wage("SICK_PAY", "5.00", "62.55", 3, 10, rule="sick_pay")
    child = wage("SICK_PAY", "5.00", "62.55", 5, rule="child_ill")
    assert wage_report(slip(replace(SATURDAY, lines=(ill, child)))).absences == ()
    assert [each.cause for each in wage_report(slip(replace(SATURDAY, lines=(child,)))).absences] == [6]


def test_without_a_substitute_payer_occupation_and_pension_insurance_are_asked_for():
    found = check_delivery(write_delivery(wage_delivery(wage_report(), HOUSEHOLD_PAYER)), today=TODAY)
    assert len(found) == 2
    assert "occupation" in found[0]
    assert "pension insurance" in found[1]


def test_the_check_finds_overlapping_absences_and_impossible_weeks():
    report = wage_report(slip(absent()))
    ill, leave = report.absences
    overlapping = report._replace(absences=(ill, leave._replace(first=ill.last)))
    assert any("overlap" in each for each in check_delivery(write_delivery(wage_delivery(overlapping)), today=TODAY))
    negative = report._replace(absences=(ill._replace(amount=Decimal("-1.00")),))
    assert any("negative" in each for each in check_delivery(write_delivery(wage_delivery(negative)), today=TODAY))
    long = report._replace(employment=PART_TIME._replace(hours_per_week=Decimal(169)))
    assert any("168" in each for each in check_delivery(write_delivery(wage_delivery(long)), today=TODAY))


def test_the_employer_cannot_be_the_payer_or_the_earner():
    """`EmployerId` must not equal any payer id."""
    same = Payer(Identifier.business(COUNTY.identifier), substitute_for=SubstituteFor(Identifier(1, COUNTY.identifier)))
    found = check_delivery(write_delivery(wage_delivery(wage_report(), same)), today=TODAY)
    assert found == ["The payer cannot be substitute payer for itself"]


def test_every_wage_line_has_an_income_type_with_its_ground():
    for code in ONLY_WAGES:
        found = income_type("personal_assistance", code)
        assert found is not None
        assert found.source
    assert income_type("personal_assistance", "TRIP_EXPENSE") is None
    assert income_type("personal_assistance", "KILOMETRES").code == 311
    with pytest.raises(ValueError, match="of wages"):
        income_type("personal_assistance", "CARE_FEE")


def test_the_last_day_of_a_half_month_is_the_last_of_the_pay_period():
    root = parse(write_delivery(SHAPES["substitute payer"]))
    period = every(root, "DeliveryData/PaymentPeriod")[0]
    assert text_of(period, "EndDate") == (date(2026, 3, 16) - timedelta(days=1)).isoformat()
