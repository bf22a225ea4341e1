"""The register's own examples, built here from the same facts, are the same message in canonical form."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from palkkio.core.days import DateRange
from palkkio.formats.incomes_register import (
    AccidentInsurance,
    Action,
    Address,
    Contact,
    Delivery,
    Earner,
    Employment,
    Identifier,
    PaidAbsence,
    Payer,
    PensionInsurance,
    Profession,
    Recovery,
    Registration,
    Report,
    ReportingTerms,
    Service,
    Transaction,
    UnpaidAbsence,
    check_delivery,
    write_delivery,
)
from palkkio.formats.schemas import official_schemas
from palkkio.formats.xml import every, parse, text_of

from .values import MADE_AT, identity_code

SCHEMAS = official_schemas()
pytestmark = pytest.mark.skipif(SCHEMAS is None, reason="not run: official schemas not found")

OURS = "0737546-2"  # a Business ID with a right check digit: those of the examples have none
EARNER = Earner("Sukunimi", "Etunimi", identity_code=identity_code(date(2001, 1, 1), 901))
CONTACT = Contact("Etunimi Sukunimi", "040-1234567")
IDS = dict.fromkeys(("8765432-1", "1234567-8", "2345678-9"), OURS)
IDS |= dict.fromkeys(("010101-1234", "010101-1111"), EARNER.identity_code)
# Claims to Kela are made in Kela's own service; that of the example has no e-mail of whom to ask, which rule 9 wants.
NOT_COMPARED = ("Timestamp", "Source", "ReimbApp")
MONTHLY = Employment(extent=1, hours_per_week=Decimal(38), payment_types=(1,))


def days(first: str, last: str) -> DateRange:
    return DateRange.of_days(date.fromisoformat(first), date.fromisoformat(last))


def canonical(xml: bytes) -> str:
    """The delivery without comments, blanks, signature and moment; amounts as numbers, ids as ours."""
    data = every(parse(xml), "DeliveryData")[0]
    etree.strip_elements(data, *NOT_COMPARED, with_tail=False)
    etree.strip_tags(data, etree.Comment)
    for each in data.iter("*"):
        text = (each.text or "").strip()
        if re.fullmatch(r"\d+\.\d+", text) or each.tag in ("Amount", "UnitPrice"):
            text = str(Decimal(text).quantize(Decimal("0.01")))
        each.text, each.tail = IDS.get(text, text) or None, None
    return etree.tostring(data, method="c14n", exclusive=True).decode()


def delivery(report: Report, payday: str, period: DateRange, payer: Payer) -> Delivery:
    return Delivery(
        delivery_id="oma-aineiston-yksiloiva-id-01",
        created_at=MADE_AT,
        payday=date.fromisoformat(payday),
        period=period,
        payer=payer,
        contacts=(CONTACT,),
        reports=(report,),
        is_production=True,
    )


def public_body() -> Delivery:
    """A public body as payer: Keva's codes, kilometres and daily allowances."""
    report = Report(
        "20200212_A00001",
        EARNER,
        (
            Transaction(201, Decimal("3761.75"), periods=(days("2020-01-01", "2020-01-31"),)),
            Transaction(235, Decimal(325), periods=(days("2019-12-17", "2019-12-30"),)),
            Transaction(311, Decimal("107.50"), kilometres=250),
            Transaction(331, Decimal(143), allowances=(2, 3)),
            Transaction(402, Decimal("1103.45")),
            Transaction(413, Decimal("292.20")),
            Transaction(414, Decimal("51.08")),
        ),
        terms=ReportingTerms(
            pension=PensionInsurance("20-00000000"),
            professions=(Profession(1, "32591"), Profession(2, "71333")),
            registrations=(Registration(1, "01"),),
        ),
        service=Service(date(2019, 8, 1)),
        employment=Employment(extent=1, hours_per_week=Decimal("37.50"), payment_types=(1,)),
    )
    payer = Payer(Identifier.business(OURS), keva_code="003000")
    return delivery(report, "2020-01-01", days("2020-01-01", "2020-01-15"), payer)


TERMS_OF_EXAMPLES = ReportingTerms(
    pension=PensionInsurance("66-12345678", provider=66), professions=(Profession(1, "34351"),)
)


def wage(report_id: str, *transactions: Transaction, **values: Any) -> Report:
    """A report of the private employer of most examples."""
    return Report(report_id, EARNER, transactions, terms=TERMS_OF_EXAMPLES, **values)


def of_private_employer(report: Report, payday: str, period: DateRange) -> Delivery:
    return delivery(report, payday, period, Payer(Identifier.business(OURS), is_public_body=False))


def recovered(withholding: Decimal | None) -> Delivery:
    """Wage that was paid in error in October is paid back in November."""
    original = (date(2020, 10, 15), days("2020-10-01", "2020-10-31"))
    report = wage(
        "20201115_00355",
        Transaction(201, Decimal(2500)),
        Transaction(201, Decimal(500), recovery=Recovery(date(2020, 11, 15), withholding, (original,))),
        Transaction(301, Decimal(800)),
        Transaction(330, Decimal(20)),
        Transaction(402, Decimal(936)),
        Transaction(407, Decimal(200)),
        Transaction(413, Decimal("223.08")),
        Transaction(414, Decimal(39)),
        service=Service(date(2020, 1, 2)),
        employment=MONTHLY,
    )
    return of_private_employer(report, "2020-11-15", days("2020-11-01", "2020-11-30"))


def recovery_by_net() -> Delivery:
    """By its net: the tax that it covers is told."""
    return recovered(Decimal(150))


def recovery_by_gross() -> Delivery:
    return recovered(None)


def unjust_enrichment() -> Delivery:
    """The report of the payday is replaced: part of the wage was paid in error (C6)."""
    september = (days("2020-09-01", "2020-09-30"),)
    report = wage(
        "20201015_00001",
        Transaction(201, Decimal(2000), periods=september),
        Transaction(201, Decimal(500), periods=september, is_unjust_enrichment=True),
        Transaction(301, Decimal(800)),
        Transaction(330, Decimal(20)),
        Transaction(402, Decimal(936)),
        Transaction(407, Decimal(200)),
        Transaction(413, Decimal("187.33")),
        Transaction(414, Decimal("32.75")),
        action=Action.REPLACEMENT,
        version=1,
        service=Service(date(2020, 1, 2)),
        employment=MONTHLY,
    )
    return of_private_employer(report, "2020-10-15", days("2020-10-01", "2020-10-31"))


def insurance_of_income_types() -> Delivery:
    """Where an income is insured otherwise than its type says, the report says so."""
    insured, not_insured = ((1, True),), ((1, False),)
    report = wage(
        "20200515_00001",
        Transaction(202, Decimal(500), not_insured),
        Transaction(210, Decimal(500), insured),
        Transaction(308, Decimal(1500), insured),
        Transaction(402, Decimal(420)),
        Transaction(413, Decimal(143)),
        Transaction(414, Decimal(25)),
        Transaction(419, Decimal(100), not_insured),
    )
    return of_private_employer(report, "2020-05-15", days("2020-05-01", "2020-05-31"))


COMPANY = Payer(
    Identifier.business(OURS),
    name="Yritys Oy",
    is_public_body=False,
    address=Address("Katu 1", "00000", "Kaupunki", "FI"),
    language=1,
)


def temporary_employer() -> Delivery:
    """One that has no contract with a pension insurer says so, and who and where it is (rule 4)."""
    report = Report(
        "ilmoituksen-yksiloiva-viite-01",
        EARNER,
        (
            Transaction(201, Decimal(470)),
            Transaction(402, Decimal(125)),
            Transaction(413, Decimal("33.60")),
            Transaction(414, Decimal("5.87")),
        ),
        terms=TERMS_OF_EXAMPLES._replace(professions=(Profession(1, "91110"),)),
    )
    made = delivery(report, "2020-12-01", days("2020-12-01", "2020-12-31"), COMPANY._replace(types=(3,)))
    return made._replace(delivery_id="aineistoviite-2020-01-01-abc")


def retirement() -> Delivery:
    """An employment ends: its last day, why, and the holidays that are paid out."""
    january = days("2020-01-01", "2020-01-31")
    report = Report(
        "maksajan-yksiloiva-ilmoitusviite-123",
        EARNER,
        (
            Transaction(201, Decimal(6800), periods=(january,)),
            Transaction(234, Decimal(4000), periods=(days("2019-04-01", "2020-01-31"),)),
            Transaction(402, Decimal(3240)),
            Transaction(413, Decimal("772.20")),
            Transaction(414, Decimal(135)),
        ),
        terms=TERMS_OF_EXAMPLES._replace(
            professions=(Profession(1, "31160"),), agreement=51, place_of_business="123456789"
        ),
        service=Service(date(1995, 5, 1), date(2020, 1, 31), ending=(3, "6")),
        employment=MONTHLY._replace(hours_per_week=Decimal("38.50")),
    )
    return delivery(report, "2020-01-15", january, COMPANY)


def absences() -> Delivery:
    """Paid and unpaid absences of September, told in November."""
    report = Report(
        "20201105_00003",
        EARNER,
        (),
        terms=TERMS_OF_EXAMPLES._replace(
            accident=AccidentInsurance(Identifier.business(OURS), policy_number="1234567890")
        ),
        service=Service(date(2010, 1, 2)),
        employment=MONTHLY._replace(hours_per_week=Decimal(36)),
        absences=(
            PaidAbsence(date(2020, 9, 14), date(2020, 9, 17), 3, 1, Decimal(350)),
            PaidAbsence(date(2020, 9, 18), date(2020, 9, 22), 5, 5, Decimal(400)),
        ),
        unpaid_absences=(
            UnpaidAbsence(date(2020, 9, 24), date(2020, 9, 25), 9, 2),
            UnpaidAbsence(date(2020, 9, 4), date(2020, 9, 8), 14, 5),
        ),
        absence_period=days("2020-09-01", "2020-09-30"),
    )
    made = of_private_employer(report, "2020-11-01", days("2020-11-01", "2020-11-30"))
    return made._replace(contacts=(CONTACT._replace(responsibility=2),))


BUILT = {
    "palvelussuhdetiedot_elakkeelle_jaaminen": retirement,
    "poissaolotiedot": absences,
    "tilapainen_tyonantaja": temporary_employer,
    "julkisyhteiso_maksajana": public_body,
    "perusteeton_etu": unjust_enrichment,
    "takaisinperinta_brutto": recovery_by_gross,
    "takaisinperinta_netto": recovery_by_net,
    "tulolajin_vakuuttamistiedon_tyyppi": insurance_of_income_types,
}
# The others tell of what a county or city that pays people in Finland never has: foreign employers, and work abroad.
NOT_OURS = {
    "nt1": "work abroad, and the tax that another state takes",
    "nt2": "work abroad, and the tax that another state takes",
    "ulkomainen_tyonantaja": "a foreign employer",
    "vakuuttamisen_poikkeustilanne": "a nonresident with tax at source and a certificate of posting",
    "vuokratyontekijan_aloittamisilmoitus": "the start of a foreign leased worker",
}


def example(name: str) -> bytes:
    assert SCHEMAS is not None
    return (Path(SCHEMAS) / "incomes-register" / "examples" / f"esimerkki_{name}.xml").read_bytes()


@pytest.mark.parametrize("name", BUILT)
def test_an_example_built_from_its_facts_is_the_same_message(name: str) -> None:
    built = write_delivery(BUILT[name]())
    assert canonical(built) == canonical(example(name))
    assert check_delivery(built, today=date(2020, 12, 1)) == []


def test_each_of_the_thirteen_examples_is_built_or_is_not_ours() -> None:
    assert SCHEMAS is not None
    found = (Path(SCHEMAS) / "incomes-register" / "examples").glob("*.xml")
    assert {each.stem.removeprefix("esimerkki_") for each in found} == BUILT.keys() | NOT_OURS.keys()
    assert not BUILT.keys() & NOT_OURS.keys()


def test_every_example_can_be_read() -> None:
    """Payday, payer and reports of all thirteen; what they tell beyond our own kinds of pay is not built here."""
    assert SCHEMAS is not None
    for path in sorted((Path(SCHEMAS) / "incomes-register" / "examples").glob("*.xml")):
        data = every(parse(path.read_bytes()), "DeliveryData")[0]
        assert date.fromisoformat(text_of(data, "PaymentPeriod/PaymentDate")).year == 2020
        assert text_of(data, "Payer/PayerIds/Id/Code") or text_of(data, "Payer/PayerBasic/MissingId")
        assert every(data, "Reports/Report")


def test_a_temporary_employer_gives_name_and_address() -> None:
    """Rule 4."""
    made = temporary_employer()
    nameless = made._replace(payer=made.payer._replace(name="", address=None))
    assert "A temporary employer gives name and address" in check_delivery(
        write_delivery(nameless), today=date(2020, 12, 1)
    )


def test_a_daily_allowance_says_its_kind() -> None:
    """Rule 7."""
    report = Report("r", EARNER, (Transaction(331, Decimal(20)), Transaction(402, Decimal(0))))
    made = delivery(report, "2020-11-15", days("2020-11-01", "2020-11-30"), Payer(Identifier.business(OURS)))
    assert "a daily allowance (331) and its kind" in " ".join(
        check_delivery(write_delivery(made), today=date(2020, 12, 1))
    )
