"""Earnings payment reports: PAY-7, PAY-10 (corrections), PAY-11 (payee without identity code), PAY-12."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.core.days import DateRange
from palkkio.core.payslip import DeductionCode, LineCode, PayResult, Payslip
from palkkio.formats.incomes_register import (
    AccidentInsurance,
    Action,
    Address,
    Contact,
    Delivery,
    Earner,
    Identifier,
    Payer,
    PensionInsurance,
    Profession,
    Recovery,
    Registration,
    Report,
    ReportingTerms,
    Service,
    SubstituteFor,
    Transaction,
    check_delivery,
    delivery_id_of,
    income_type,
    replacement_of,
    report_id_of,
    report_of_paid,
    write_delivery,
)
from palkkio.formats.incomes_register.income_types import DEDUCTIONS, ONLY_WAGES
from palkkio.formats.incomes_register.shape import SHAPE
from palkkio.formats.schemas import official_schemas, validate, wage_report_schema
from palkkio.formats.xml import every, parse, text_of

from .values import COUNTY, MADE_AT, MAIJA, MAY, PAYDAY, deduction, identity_code, kilometres, line, payslip

TODAY = date(2026, 6, 26)
SCHEMAS = official_schemas()
needs_schemas = pytest.mark.skipif(SCHEMAS is None, reason="not run: official schemas not found")
VERSIONS = ["wage-report-2026", "v2022"]

TERMS = ReportingTerms(
    pension=PensionInsurance("20-0000000X"),
    accident=AccidentInsurance(Identifier.business("0201256-6"), "1234567"),
    professions=(Profession(1, "53222"), Profession(2, "00001")),
    registrations=(Registration(1, "01"),),
)
KINDS = {"substitute_care": TERMS, "other_commission": TERMS._replace(professions=(Profession(1, "53222"),))}
EARNER = Earner("Testaaja", "Maija", identity_code=MAIJA.identifier)


def report(*payslips: Payslip, **changes: object) -> Report:
    values: dict[str, object] = {"report_id": report_id_of(17, 4), "earner": EARNER, "terms": KINDS}
    made = report_of_paid(payslips or (payslip(),), **{**values, **changes})  # type: ignore[arg-type]
    assert made is not None
    return made


def delivery(*reports: Report, **changes: object) -> Delivery:
    values: dict[str, object] = {
        "delivery_id": delivery_id_of(17),
        "created_at": MADE_AT,
        "payday": PAYDAY,
        "period": MAY,
        "payer": Payer(Identifier.business(COUNTY.identifier), keva_code="003000"),
        "contacts": (Contact("Palkka Esimerkki", "+358 50 000 0000", "palkat@example.org"),),
        "reports": reports or (report(),),
        "is_production": False,
    }
    return Delivery(**{**values, **changes})  # type: ignore[arg-type]


def schema_findings(xml: bytes, version: str) -> list[str]:
    assert SCHEMAS is not None
    return validate(xml, wage_report_schema(SCHEMAS, version))


def amounts(xml: bytes, number: int = 0) -> dict[str, str]:
    found = every(parse(xml), "DeliveryData/Reports/Report")[number]
    return {
        text_of(each, "TransactionBasic/TransactionCode"): text_of(each, "TransactionBasic/Amount")
        for each in every(found, "Transactions/Transaction")
    }


UNKNOWN = Earner(
    "Mallikas",
    "Ole",
    born_on=date(1980, 4, 5),
    gender=1,
    address=Address("Esimerkkigata 1", "123 45", "Exempelstad", "SE"),
)
COMPANY = Earner("", "", business_id="0201256-6", company_name="Esimerkki & Mallikas Oy -- hoiva", types=(1,))
OVERPAID = Transaction(319, Decimal("97.55"), periods=(MAY,), is_unjust_enrichment=True)
RECOVERED = Transaction(
    319,
    Decimal("50.00"),
    periods=(DateRange.of_month(2026, 2),),
    recovery=Recovery(date(2026, 5, 20), Decimal("6.00"), ((date(2026, 3, 31), DateRange.of_month(2026, 2)),)),
)
SHAPES = {
    "plain": delivery(),
    "service": delivery(
        report(service=Service(date(2026, 1, 1))),
        report(report_id="b", service=Service(date(2026, 1, 1), date(2026, 5, 31), (1, "01"))),
    ),
    "without identity code": delivery(report(earner=UNKNOWN)),
    "company": delivery(report(earner=COMPANY)),
    "replacement": delivery(replacement_of(report(), "a" * 32)),
    "substitute payer": delivery(
        payer=Payer(
            Identifier.business(COUNTY.identifier),
            COUNTY.name,
            substitute_for=SubstituteFor(Identifier.person(identity_code(date(2012, 1, 1), 915)), "Lapsi Esimerkki"),
        )
    ),
    "unjust enrichment": delivery(report()._replace(transactions=(*report().transactions, OVERPAID))),
    "recovery": delivery(report()._replace(transactions=(*report().transactions, RECOVERED))),
}


@needs_schemas
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_delivery_is_valid_against_the_official_schema(shape: str, version: str) -> None:
    """PAY-7"""
    assert schema_findings(write_delivery(SHAPES[shape]), version) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_our_own_check_finds_nothing(shape: str) -> None:
    """PAY-7: without any schema at hand."""
    assert check_delivery(write_delivery(SHAPES[shape]), today=TODAY) == []


@needs_schemas
@pytest.mark.parametrize("version", VERSIONS)
def test_the_official_examples_are_valid_so_that_validation_is_known_to_work(version: str) -> None:
    assert SCHEMAS is not None
    examples = sorted((SCHEMAS / "incomes-register" / "examples").glob("*.xml"))
    assert len(examples) == 13
    assert {each.name: schema_findings(each.read_bytes(), version) for each in examples} == {
        each.name: [] for each in examples
    }


@needs_schemas
def test_the_schema_refuses_what_is_out_of_order() -> None:
    xml = write_delivery(delivery()).replace(b"<FaultyControl>1</FaultyControl>", b"")
    assert "FaultyControl" in " ".join(schema_findings(xml, "wage-report-2026"))


def test_same_run_gives_the_same_bytes() -> None:
    """PAY-7: made twice, the register sees the same ids."""
    assert write_delivery(delivery()) == write_delivery(delivery())
    assert b"<DeliveryId>run00000017-1</DeliveryId>" in write_delivery(delivery())
    assert b"<ReportId>run00000017-p4</ReportId>" in write_delivery(delivery())


def test_substitute_fees_kilometres_tax_and_pension_go_under_their_income_types() -> None:
    """PAY-7"""
    xml = write_delivery(delivery())
    assert amounts(xml) == {"311": "21.00", "319": "829.18", "402": "99.50", "413": "60.53"}
    transactions = {
        text_of(each, "TransactionBasic/TransactionCode"): each
        for each in every(parse(xml), "DeliveryData/Reports/Report/Transactions/Transaction")
    }
    assert text_of(transactions["311"], "KmAllowance/Kilometers") == "84"
    assert text_of(transactions["319"], "EarningPeriods/EarningPeriod/StartDate") == "2026-05-01"
    assert text_of(transactions["319"], "EarningPeriods/EarningPeriod/EndDate") == "2026-05-31"
    assert every(transactions["319"], "InsuranceData") == []


@pytest.mark.parametrize(
    ("kind", "code", "income"),
    [
        ("informal_care", "CARE_FEE", "319"),
        ("substitute_care", "CARE_DAY", "319"),
        ("family_care", "CARE_FEE", "328"),
        ("family_care", "EXPENSE_ALLOWANCE", "327"),
        ("family_care", "START_UP_ALLOWANCE", "327"),
        ("other_commission", "VISIT", "336"),
        ("other_commission", "KILOMETRES_TAXABLE", "353"),
        ("personal_assistance", "BASE_PAY", "201"),
        ("personal_assistance", "DAILY_ALLOWANCE", "331"),
    ],
)
def test_each_form_of_care_goes_under_its_income_type(kind: str, code: str, income: str) -> None:
    """Section 2.3 of the domain page on reporting."""
    is_tax_free = code == "DAILY_ALLOWANCE"
    paid = line(code, "1", "54.00", "54.00", is_taxable=not is_tax_free, is_pensionable=False)
    paid = replace(paid, working=replace(paid.working, rule="full_day_allowance" if is_tax_free else "care_day"))
    slip = payslip(contract_kind=kind, result=PayResult(lines=(paid,), deductions=()))
    xml = write_delivery(delivery(report(slip, terms={kind: TERMS})))
    assert amounts(xml)[income] == "54.00"
    assert check_delivery(xml, today=TODAY) == []
    allowance = [text_of(each, "AllowanceCode") for each in parse(xml).iter("DailyAllowance")]
    assert allowance == (["3"] if is_tax_free else [])  # rule 7


def test_payslips_of_one_payday_are_added_up_into_one_report() -> None:
    """PAY-12"""
    second = payslip("2026-0007-2", contract_number="2026-015")
    assert amounts(write_delivery(delivery(report(payslip(), second)))) == {
        "311": "42.00",
        "319": "1658.36",
        "402": "199.00",
        "413": "121.06",
    }


def test_two_kinds_of_contract_share_a_report_with_the_terms_of_the_greater() -> None:
    """PAY-12"""
    commission = PayResult(
        lines=(line("VISIT", "2", "25.00", "50.00", "visit"),),
        deductions=(deduction("WITHHOLDING", "30.00", "50.00", "60"), deduction("PENSION", "3.65", "50.00", "7.30")),
    )
    made = report(payslip("b", contract_kind="other_commission", result=commission), payslip())
    xml = write_delivery(delivery(made))
    assert amounts(xml) == {"311": "21.00", "319": "829.18", "336": "50.00", "402": "129.50", "413": "64.18"}
    assert made.terms.professions == TERMS.professions
    assert b"<InsuranceCode>2</InsuranceCode>" in xml
    assert check_delivery(xml, today=TODAY) == []


def test_a_correction_names_the_month_that_it_corrects() -> None:
    """PAY-7: a late change is paid on the new payday with the original earning period."""
    april = line("CARE_DAY", "1", "97.55", "97.55", period=DateRange.of_month(2026, 4))
    made = report(payslip(result=replace(payslip().result, lines=(*payslip().result.lines, april))))
    fee = next(each for each in made.transactions if each.code == 319)
    assert fee.amount == Decimal("926.73")
    assert fee.periods == (DateRange.of_month(2026, 4), MAY)


def test_an_earner_past_the_age_of_insurance_is_reported_without_pension() -> None:
    result = PayResult(lines=(line(),), deductions=(deduction("WITHHOLDING", "93.65", "780.40", "12.0"),))
    for kind, code in (("substitute_care", "319"), ("other_commission", "336")):
        made = report(payslip(result=result, contract_kind=kind))
        xml = write_delivery(delivery(made))
        assert amounts(xml) == {code: "780.40", "402": "93.65"}
        assert made.terms.pension is None
        assert check_delivery(xml, today=TODAY) == []


def test_no_tax_withheld_is_said_and_costs_by_receipt_are_not() -> None:
    ticket = line("TRIP_EXPENSE", "1", "8.00", "8.00", "piece", is_taxable=False, is_pensionable=False)
    made = report(payslip(result=PayResult(lines=(line(), ticket))))
    assert [(each.code, each.amount) for each in made.transactions] == [
        (319, Decimal("780.40")),
        (402, Decimal("0.00")),
    ]
    only_ticket = payslip(result=PayResult(lines=(ticket,)))
    assert report_of_paid([only_ticket], report_id="a", earner=EARNER, terms=KINDS) is None


def test_taxable_kilometres_and_other_deductions_have_their_codes() -> None:
    """PAY-9"""
    result = PayResult(
        lines=(line(), kilometres(), line("KILOMETRES_TAXABLE", "84", "0.10", "8.40", "km", is_pensionable=False)),
        deductions=(
            deduction("WITHHOLDING", "94.66", "788.80", "12.0"),
            deduction("PENSION", "56.97", "780.40", "7.30"),
            deduction("DISTRAINT", "100.00", "650.00", "0"),
            deduction("UNION_DUES", "10.00", "780.40", "0"),
            deduction("FUND_FEE", "4.00", "780.40", "0"),
        ),
    )
    made = report(payslip(result=result))
    assert {each.code: str(each.amount) for each in made.transactions} == {
        311: "21.00",
        319: "780.40",
        353: "8.40",
        402: "94.66",
        408: "14.00",
        413: "56.97",
        417: "100.00",
    }


def test_every_line_and_deduction_of_the_day_based_forms_is_known() -> None:
    for kind in ("informal_care", "family_care", "substitute_care", "other_commission"):
        for code in set(LineCode) - ONLY_WAGES:
            found = income_type(kind, code)
            assert found is None or (found.tag in ("V", "R") and found.source)
    assert set(DEDUCTIONS) == set(DeductionCode)


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(ValueError, match="No income type"):
        income_type("substitute_care", "SAUNA")
    with pytest.raises(ValueError, match="No income type"):
        income_type("personal_assistance", "CARE_DAY")


def test_a_payee_without_identity_code_is_named() -> None:
    """PAY-11"""
    xml = write_delivery(SHAPES["without identity code"])
    basic = "DeliveryData/Reports/Report/IncomeEarner/IncomeEarnerBasic"
    assert text_of(parse(xml), f"{basic}/MissingId") == "true"
    assert text_of(parse(xml), f"{basic}/BirthDate") == "1980-04-05"
    assert "IncomeEarnerIds" not in xml.decode()
    incomplete = delivery(report(earner=UNKNOWN._replace(born_on=None)))
    assert "needs BirthDate" in " ".join(check_delivery(write_delivery(incomplete), today=TODAY))


def test_a_replacement_gives_all_data_again_under_the_same_id() -> None:
    """PAY-10"""
    first, second = delivery(), delivery(replacement_of(report()), delivery_id=delivery_id_of(18))
    assert amounts(write_delivery(first)) == amounts(write_delivery(second))
    data = every(parse(write_delivery(second)), "DeliveryData/Reports/Report/ReportData")[0]
    assert text_of(data, "ActionCode") == str(int(Action.REPLACEMENT))
    assert text_of(data, "ReportId") == report_id_of(17, 4)


def test_strings_that_the_register_forbids_are_not_written() -> None:
    made = delivery(report(earner=EARNER._replace(last_name="Testaaja -- /* &#", first_name="Mai\nja")))
    text = write_delivery(made).decode()
    assert "--" not in text
    assert "/*" not in text
    assert "<FirstName>Mai ja</FirstName>" in text
    assert check_delivery(text.encode(), today=TODAY) == []


@given(st.text(max_size=300))
def test_whatever_a_name_holds_the_delivery_is_sound(name: str) -> None:
    xml = write_delivery(delivery(report(earner=EARNER._replace(last_name=name, first_name=name))))
    assert check_delivery(xml, today=TODAY) == []
    assert SCHEMAS is None or schema_findings(xml, "wage-report-2026") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"reports": ()},
        {"contacts": ()},
        {"created_at": datetime(2026, 6, 26, 9, 30)},  # noqa: DTZ001 - a moment without zone is what is refused
        {"period": DateRange(date(2026, 5, 1), None)},
    ],
)
def test_a_delivery_that_cannot_be_is_never_written(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        write_delivery(delivery()._replace(**changes))  # type: ignore[arg-type]


PERSON = MAIJA.identifier


@pytest.mark.parametrize(
    ("found", "wrong", "finding"),
    [
        (r"<FaultyControl>1</FaultyControl>", "", "FaultyControl is missing"),
        (r"(<Source>.*</Source>)(\s*)(<DeliveryDataType>100</DeliveryDataType>)", r"\3\2\1", "not in the order"),
        (r"<Source>Palkkio</Source>", "<Source></Source>", "is empty"),
        (r"<Source>Palkkio", "<Source>Pal--kkio", "-- is not allowed"),
        (r"<Amount>829.18", "<Amount>829.183", "not of the right form"),
        (r"<Amount>829.18", "<Amount>829,18", "not of the right form"),
        (r"<Amount>829.18", "<Amount>-829.18", "replace the report"),
        (r"<Amount>829.18</Amount>", "", "Amount is missing"),
        (r"run00000017-p4", "run 17/4", "not of the right form"),
        (r"run00000017-1", "r" * 41, "not of the right form"),
        (r"<PaymentDate>2026-06-30", "<PaymentDate>2026-09-30", "45 days ahead"),
        (r"<PaymentDate>2026-06-30", "<PaymentDate>2018-12-31", "before 2019"),
        (r"<PaymentDate>2026-06-30", "<PaymentDate>2026-06-31", "not in the calendar"),
        (r"<StartDate>2026-05-01", "<StartDate>2026-06-01", "ends before it begins"),
        (r"<KmAllowance>\s*<Kilometers>84</Kilometers>\s*</KmAllowance>", "", "needs its kilometres"),
        (r"<TransactionCode>311", "<TransactionCode>353", "kilometres do not belong"),
        (r"<Type>1</Type>\s*<Code>53222</Code>", "<Type>3</Type><Code>1</Code>", "TK10"),
        (r"<Type>2</Type>\s*<Code>00001</Code>", "<Type>1</Type><Code>1</Code>", "two codes of one list"),
        (r"(?s)<PensionInsurance>.*</PensionInsurance>", "", "needs the pension insurance"),
        (r"<PensionPolicyNo>20-", "<PensionPolicyNo>46-", "does not begin with the provider"),
        (r"<PensionProvIdCode>20</PensionProvIdCode>", "", "needs provider and policy number"),
        (rf"<Type>2</Type>(\s*)<Code>{PERSON}", rf"<Type>1</Type>\1<Code>{COUNTY.identifier}", "earner is the payer"),
        (PERSON, PERSON[:-1] + ("A" if PERSON[-1] != "A" else "B"), "not a right id"),
        (r"<ProductionEnvironment>false", "<ProductionEnvironment>no", "not of the right form"),
        (r"<Reports>", "<Absence/><Reports>", "does not belong there"),
        (r"2017/1/WageReportsToIR", "2017/1/Other", "not a delivery"),
        (r"<IncomeEarnerBasic>", "<IncomeEarnerBasic><MissingId>true</MissingId>", "said to be missing"),
    ],
)
def test_own_check_finds_what_is_wrong(found: str, wrong: str, finding: str) -> None:
    text = write_delivery(delivery()).decode()
    changed = re.sub(found, wrong, text)
    assert changed != text
    assert finding in " | ".join(check_delivery(changed.encode(), today=TODAY))


def test_whatever_is_wrong_in_one_of_many_reports_is_found() -> None:
    """Reports like one before are asked for their texts alone: nothing passes for that."""
    many = [report(report_id=report_id_of(17, number)) for number in range(12)]
    sound = write_delivery(delivery(*many))
    assert check_delivery(sound, today=TODAY) == []
    count = len(list(every(parse(sound), "DeliveryData/Reports/Report")[-1].iter()))
    for at in range(1, count):
        for wrong in ("", " x", "x" * 300, None):
            root = parse(sound)
            element = list(every(root, "DeliveryData/Reports/Report")[-1].iter())[at]
            parent = element.getparent()
            assert parent is not None
            if wrong is None:
                element.tag = "Unknown"
            elif not len(element):
                element.text = wrong
            else:
                continue
            found = SHAPE.problems(root)
            assert found or _is_free(element.tag, wrong), (element.tag, wrong)
            walked: list[str] = []
            SHAPE._walk(root, "", "WageReportsRequestToIR", walked)
            assert found == walked


def _is_free(name: object, text: str | None) -> bool:
    """Codes whose text is not asked for here but by the official schema."""
    return text == "x" * 300 and name in {"Code", "PensionProvIdCode"}


def test_own_check_finds_a_report_given_twice_and_a_foreign_owner() -> None:
    assert "2 times" in " ".join(check_delivery(write_delivery(delivery(report(), report())), today=TODAY))
    text = write_delivery(delivery()).decode().replace("0737546-2", "0201256-6", 1)
    assert "owner" in " ".join(check_delivery(text.encode(), today=TODAY))
    itself = Payer(
        Identifier.business(COUNTY.identifier), substitute_for=SubstituteFor(Identifier.business(COUNTY.identifier))
    )
    assert "for itself" in " ".join(check_delivery(write_delivery(delivery(payer=itself)), today=TODAY))
    assert "byte order mark" in " ".join(check_delivery(b"\xef\xbb\xbf" + write_delivery(delivery()), today=TODAY))


def test_official_schemas_are_read_from_the_named_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PALKKIO_SCHEMAS", str(tmp_path))
    assert official_schemas() == tmp_path
    monkeypatch.setenv("PALKKIO_SCHEMAS", str(tmp_path / "missing"))
    assert official_schemas() is None
