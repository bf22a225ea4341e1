"""The document of a contract: each kind in each language says what its Act asks for (CON-4, CON-5, CON-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from palkkio.core.days import DateRange
from palkkio.core.finland import DayRule, PaydayRule, Shift
from palkkio.core.payslip import ContractKind, Party
from palkkio.formats.pdf import AgreedAmount, ContractText, EmploymentText
from palkkio.formats.pdf.contract import contract_data
from palkkio.formats.wording import LANGUAGES
from palkkio.rates.codes import UNITS

MADE_AT = datetime(2026, 6, 8, 7, 0, tzinfo=UTC)
LAST = DayRule(PaydayRule.LAST_BANKING_DAY, 1)
HALVES = (DayRule(PaydayRule.LAST_BANKING_DAY, 0), DayRule(PaydayRule.DAY_OF_MONTH, 1, 15, Shift.PREVIOUS))
EMPLOYED = EmploymentText("A", "rest", "by_date", Decimal(20), "days14", date(2025, 1, 1))


def text(kind: ContractKind, **changed: Any) -> ContractText:
    is_employment = kind is ContractKind.PERSONAL_ASSISTANCE
    whole = ContractText(
        payer=Party("Mallilan hyvinvointialue", "0737546-2"),
        number="2026-014",
        version=2,
        matter="contract",
        kind=kind,
        carer="Hilla Mallikas",
        recipient="Taimi Hoidettava",
        employer="Eero Työnantaja" if is_employment else "",
        valid=DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31)),
        first=date(2026, 7, 1),
        amounts=tuple(AgreedAmount(code, Decimal("12.5"), unit, "Päätös 1 §") for code, unit in UNITS.items()),
        signers=("assistant", "employer") if is_employment else ("carer", "office_holder"),
        fee_class="I",
        absence_other="days",
        absence_days=5,
        illness_days=7,
        clients=2,
        caps=(("visits", Decimal(4)), ("hours", Decimal(10)), ("euros", Decimal(300))),
        employment=EMPLOYED if is_employment else None,
        tasks="Tehtävä",
        fixed_reason="Sijaisuus",
        own_clauses=("Oma ehto.",),
        annexes=(("Suunnitelma", "0" * 64),),
        paydays=(LAST,),
        decision=("§ 45", date(2026, 6, 5)),
    )
    return replace(whole, **changed)


def said(contract: ContractText, language: str) -> str:
    data = contract_data(contract, language=language, made_at=MADE_AT)
    parts = [*data["intro"], *(fact["text"] for fact in data["facts"])]
    for section in data["sections"]:
        parts += [section["title"], *section["texts"], *(cell for row in section["table"]["rows"] for cell in row)]
    return "\n".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(ContractKind))
def test_every_kind_is_worded_in_every_language(kind: ContractKind, language: str) -> None:
    for changed in (
        {},
        {"matter": "amendment", "is_binding": True, "absence_other": "paid"},
        {"matter": "index", "signers": (), "absence_other": "stops"},
        {"matter": "payday", "notice": "Kuukausi.", "valid": DateRange(date(2026, 1, 1), None)},
        {"decision": ("", date(2026, 6, 5)), "paydays": HALVES},
        {"paydays": (DayRule(PaydayRule.DAY_OF_MONTH, 2, 15, Shift.NEXT),)},
        {"paydays": (DayRule(PaydayRule.DAY_OF_MONTH, 3, 15),)},
    ):
        found = said(text(kind, **changed), language)
        assert "Hilla Mallikas" in found
        assert "{" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_agreement_and_rule_of_leave_is_worded(language: str) -> None:
    for agreement in ("by_date", "heta", "statute"):
        for leave in ("none", "days14", "hours35"):
            terms = replace(EMPLOYED, agreement=agreement, leave_rule=leave, weekly_hours=None, area="capital")
            assert "{" not in said(text(ContractKind.PERSONAL_ASSISTANCE, employment=terms), language)


@pytest.mark.parametrize(("language", "hours"), [("fi", "12,5 tuntia"), ("sv", "12,5 timmar"), ("en", "12,5 hours")])
def test_a_longer_day_agreed_separately_stands_in_the_contract(language: str, hours: str) -> None:
    """S4, T3; without it nothing is said of the day."""
    agreed = replace(EMPLOYED, longest_day=Decimal("12.50"))
    assert hours in said(text(ContractKind.PERSONAL_ASSISTANCE, employment=agreed), language)
    assert hours not in said(text(ContractKind.PERSONAL_ASSISTANCE), language)


def test_informal_care_says_what_section_8_of_the_act_asks_for() -> None:
    """CON-4: fee and its payment, days off and their plan, validity with its reason, interruptions, notice."""
    found = said(
        text(ContractKind.INFORMAL_CARE, is_binding=True, days_off_plan="Joka kuun viimeinen viikonloppu"), "fi"
    )
    for words in (
        "maksetaan kuukausittain",
        "Kuukauden maksupäivä on seuraavan kuukauden viimeinen pankkipäivä.",
        "vähintään kolmeen vapaapäivään",
        "Joka kuun viimeinen viikonloppu",
        "määräaikainen",
        "Määräaikaisuuden syy: Sijaisuus",
        "palkkio maksetaan kuukauden ajan",
        "palkkio maksetaan 7 päivältä",
        "muusta syystä, palkkio maksetaan 5 päivältä",
        "vähintään kaksi kuukautta, hoitajan vähintään yksi kuukausi",
        "sen kuukauden lopussa, jona hoito käy tarpeettomaksi",
        "vaarantaa hoidettavan tai hoitajan terveyden",
        "kirjallisesti",
    ):
        assert words in found, words


def test_no_identity_code_address_or_account_is_asked_for() -> None:
    """EMP-12: an employer does not get the assistant's identity code."""
    assert not {"identifier", "identity_code", "address", "iban"} & set(ContractText.__dataclass_fields__)
