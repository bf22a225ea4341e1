"""The payment file: PAY-7 (SEPA file), PAY-12 (one credit transfer a payslip)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sepaxml import SepaTransfer

from palkkio.formats.payment_check import _in_short, _problems, check_payment_file
from palkkio.formats.payment_file import (
    PAIN_03,
    PAIN_09,
    Debtor,
    Payment,
    PaymentFile,
    end_to_end_id_of,
    message_id_of,
    write_payment_file,
)
from palkkio.formats.schemas import payment_schema, validate
from palkkio.formats.xml import every, parse, text_of

from .values import COUNTY, MADE_AT, PAYDAY, WRONG, iban

DEBTOR = Debtor(COUNTY.name, COUNTY.identifier, iban(1))
TRANSFERS = "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"
PAYMENTS = (
    Payment("2026-0007-1", "Maija Testaaja", iban(2), Decimal("690.15")),
    Payment("2026-0008-1", "Väinö Mallikas", iban(3), Decimal("1249.17")),
    Payment("2026-0009-1", "Elle Esimerkki", iban(4), Decimal("0.10")),
)


def batch(**changes: object) -> PaymentFile:
    values: dict[str, object] = {
        "message_id": message_id_of(COUNTY.identifier, 31),
        "created_at": MADE_AT,
        "debtor": DEBTOR,
        "execution_date": PAYDAY,
        "payments": PAYMENTS,
    }
    return PaymentFile(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [PAIN_03, PAIN_09])
def test_file_is_valid_and_our_own_check_finds_nothing(version: str) -> None:
    """PAY-7"""
    xml = write_payment_file(batch(), version)
    assert validate(xml, payment_schema(version)) == []
    assert check_payment_file(xml) == []


def test_same_batch_gives_the_same_bytes() -> None:
    """PAY-7: made twice, a bank sees the same message id and knows the file."""
    assert write_payment_file(batch()) == write_payment_file(batch())
    assert b"07375462-B00000031" in write_payment_file(batch())


@settings(deadline=None)
@given(st.data(), st.sampled_from((*WRONG, "FI2112345600000785", "FI2112345600000786", "0.00", "3.00")))
def test_transfers_asked_in_short_hide_nothing_that_is_wrong_in_one_of_them(data: st.DataObject, wrong: str) -> None:
    """PAY-7: whatever text is changed in one of many that are alike, all of them asked one by one find no more."""
    due = Payment("M-1", "Ulosottolaitos", iban(90), Decimal("75.00"), is_salary=False, reference="1232")
    dues = (due, due._replace(end_to_end_id="M-2"))
    text = write_payment_file(batch(payments=(*PAYMENTS, *dues))).decode()
    short = _in_short(text.encode())
    assert short is not None
    assert short.count(b"<CdtTrfTxInf>") == 2
    place = data.draw(st.sampled_from(list(re.finditer(r">([^<>\s][^<>]*)<", text))))
    xml = (text[: place.start(1)] + wrong + text[place.end(1) :]).encode()
    assert check_payment_file(xml, is_valid_too=True) == _problems(xml, is_valid_too=True)


def test_sums_and_counts_agree_at_both_levels() -> None:
    root = parse(write_payment_file(batch()))
    for level in ("CstmrCdtTrfInitn/GrpHdr", "CstmrCdtTrfInitn/PmtInf"):
        assert text_of(root, f"{level}/CtrlSum") == "1939.42"
        assert text_of(root, f"{level}/NbOfTxs") == "3"


def test_salaries_have_a_block_of_their_own_booked_as_one_sum() -> None:
    """PAY-7: single fees do not show on the payer's statement."""
    dues = Payment(
        "union-1", "Ammattiliitto Esimerkki ry", iban(5), Decimal("12.00"), is_salary=False, message="05/2026"
    )
    root = parse(write_payment_file(batch(payments=(*PAYMENTS, dues))))
    salaries, others = every(root, "CstmrCdtTrfInitn/PmtInf")
    assert text_of(salaries, "PmtTpInf/CtgyPurp/Cd") == "SALA"
    assert text_of(salaries, "BtchBookg") == "true"
    assert text_of(salaries, "NbOfTxs") == "3"
    assert text_of(others, "PmtTpInf/CtgyPurp/Cd") == ""
    assert text_of(others, "CtrlSum") == "12.00"
    assert text_of(others, "CdtTrfTxInf/RmtInf/Ustrd") == "05/2026"
    assert validate(write_payment_file(batch(payments=(*PAYMENTS, dues))), payment_schema(PAIN_09)) == []


def test_debtor_is_known_by_its_business_id() -> None:
    root = parse(write_payment_file(batch()))
    for party in ("GrpHdr/InitgPty", "PmtInf/Dbtr"):
        assert text_of(root, f"CstmrCdtTrfInitn/{party}/Id/OrgId/Othr/Id") == "0737546-2"
    assert text_of(root, "CstmrCdtTrfInitn/PmtInf/ChrgBr") == "SLEV"


def test_names_keep_to_the_letters_that_banks_carry() -> None:
    payment = PAYMENTS[0]._replace(creditor_name="Ánte Šaŋŧoğ-Ääkkönen // Ødegård & Søn")
    root = parse(write_payment_file(batch(payments=(payment,))))
    assert text_of(root, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm") == "Ante Santog-Aakkonen / Odegard + Son"
    root = parse(write_payment_file(batch(payments=(payment,), keeps_nordic_letters=True)))
    assert text_of(root, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm") == "Ante Santog-Ääkkönen / Odegård + Son"
    assert check_payment_file(write_payment_file(batch(payments=(payment,), keeps_nordic_letters=True))) == []


def test_a_name_longer_than_a_bank_carries_is_cut() -> None:
    payment = PAYMENTS[0]._replace(creditor_name="Testaaja-" * 12)
    xml = write_payment_file(batch(payments=(payment,)))
    assert len(text_of(parse(xml), "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm")) == 70
    assert check_payment_file(xml) == []


@given(
    st.lists(
        st.tuples(st.text(max_size=90), st.decimals("0.01", "9999999.99", places=2), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_whatever_names_and_sums_hold_the_file_is_sound(
    rows: list[tuple[str, Decimal, bool]], keeps_nordic_letters: bool
) -> None:
    payments = tuple(
        Payment(f"p-{at}", f"T{name}", iban(at), amount, is_salary) for at, (name, amount, is_salary) in enumerate(rows)
    )
    xml = write_payment_file(batch(payments=payments, keeps_nordic_letters=keeps_nordic_letters))
    assert check_payment_file(xml) == []
    assert validate(xml, payment_schema(PAIN_09)) == []
    assert text_of(parse(xml), "CstmrCdtTrfInitn/GrpHdr/CtrlSum") == f"{sum(each.amount for each in payments):.2f}"


def test_known_bic_is_written_and_an_unknown_one_is_not_invented() -> None:
    xml = write_payment_file(batch(debtor=replace(DEBTOR, bic="TESTFIHH")))
    assert text_of(parse(xml), "CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/BICFI") == "TESTFIHH"
    assert validate(xml, payment_schema(PAIN_09)) == []
    old = write_payment_file(batch(debtor=replace(DEBTOR, bic="TESTFIHH")), PAIN_03)
    assert text_of(parse(old), "CstmrCdtTrfInitn/PmtInf/DbtrAgt/FinInstnId/BIC") == "TESTFIHH"
    assert b"NOTPROVIDED" in write_payment_file(batch())


@pytest.mark.parametrize(
    "payment",
    [
        PAYMENTS[0]._replace(amount=Decimal("0.00")),
        PAYMENTS[0]._replace(amount=Decimal("-1.00")),
        PAYMENTS[0]._replace(amount=Decimal("1.005")),
        PAYMENTS[0]._replace(iban="FI2112345600000786"),
        PAYMENTS[0]._replace(end_to_end_id="x" * 36),
        PAYMENTS[0]._replace(end_to_end_id="åland"),
        PAYMENTS[0]._replace(end_to_end_id="a//b"),
        PAYMENTS[0]._replace(end_to_end_id=""),
        PAYMENTS[0]._replace(creditor_name="  "),
        PAYMENTS[0]._replace(bic="WRONG"),
    ],
)
def test_a_payment_that_a_bank_would_refuse_is_never_written(payment: Payment) -> None:
    with pytest.raises(ValueError, match=r".+"):
        write_payment_file(batch(payments=(payment, PAYMENTS[1])))


@pytest.mark.parametrize(
    "changes",
    [
        {"payments": ()},
        {"payments": (PAYMENTS[0], PAYMENTS[0])},
        {"created_at": datetime(2026, 6, 26, 9, 30)},  # noqa: DTZ001 - a moment without zone is what is refused
        {"debtor": replace(DEBTOR, business_id="0737546-3")},
        {"debtor": replace(DEBTOR, iban="FI00")},
        {"message_id": "y" * 34},
    ],
)
def test_a_batch_that_a_bank_would_refuse_is_never_written(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        write_payment_file(batch(**changes))


def test_a_version_that_we_do_not_write_is_refused() -> None:
    with pytest.raises(ValueError, match="No payment file"):
        write_payment_file(batch(), "pain.001.001.02")


def test_a_payment_made_anew_has_an_id_of_its_own() -> None:
    """PAY-10: a refusal makes a new payment."""
    assert end_to_end_id_of("2026-0007-1") == "2026-0007-1"
    assert end_to_end_id_of("2026-0007-1", attempt=2) == "2026-0007-1-2"


@pytest.mark.parametrize(
    ("found", "wrong", "finding"),
    [
        (r"<CtrlSum>1939.42", "<CtrlSum>1939.43", "1939.42"),
        (r"<NbOfTxs>3", "<NbOfTxs>4", "says 4 payments but holds 3"),
        (r"<InstdAmt Ccy=.EUR.>690.15", '<InstdAmt Ccy="EUR">690.16', "make 1939.43"),
        (r"Ccy=.EUR.", 'Ccy="SEK"', "not in euros"),
        (r"2026-0008-1", "2026-0007-1", "used 2 times"),
        (r"2026-0008-1", "/2026-0008-1", "slash"),
        (r"2026-0008-1", "2026-0008-1" * 4, "not of the right form"),
        (r">2026-06-30<", ">2026-06-28<", "not a banking day"),
        (r">2026-06-30<", ">2026-06-19<", "not a banking day"),  # Midsummer Eve: TARGET is open, Finland is not
        (iban(3), iban(3)[:-1] + "0", "IBAN: is not of the right form"),
        (r"0737546-2", "0737546-3", "not of the right form"),
        (r"Vaino", "Väinö€", "not of the right form"),
        (r"<BtchBookg>true", "<BtchBookg>false", "booked as one sum"),
        (r"<ChrgBr>SLEV</ChrgBr>", "", "ChrgBr is missing"),
        (r"<PmtMtd>TRF</PmtMtd>", "<PmtMtd>TRF</PmtMtd><PmtMtd>TRF</PmtMtd>", "only once"),
        (r"(<MsgId>.*</MsgId>)\s*(<CreDtTm>.*</CreDtTm>)", r"\2\1", "not in the order"),
        (r"<ChrgBr>", "<InstrPrty>HIGH</InstrPrty><ChrgBr>", "does not belong there"),
        (r"<Nm>Maija Testaaja</Nm>", "<Nm></Nm>", "is empty"),
        (r"pain.001.001.09", "pain.001.001.02", "not a payment file"),
        (r"</Document>", "", "not well-formed"),
    ],
)
def test_own_check_finds_what_is_wrong(found: str, wrong: str, finding: str) -> None:
    text = write_payment_file(batch()).decode()
    changed = re.sub(found, wrong, text)
    assert changed != text
    assert finding in " | ".join(check_payment_file(changed.encode()))


def test_a_file_with_entities_is_not_read() -> None:
    xml = b'<!DOCTYPE Document [<!ENTITY name "x">]>' + write_payment_file(batch()).split(b"?>", 1)[1]
    assert "document type" in " ".join(check_payment_file(xml))


@pytest.mark.parametrize("version", [PAIN_03, PAIN_09])
def test_an_independent_writer_makes_the_same_totals_and_the_same_order(version: str) -> None:
    """PAY-7: compared with the package sepaxml, which writes neither SALA nor the Business ID."""
    other = SepaTransfer(
        {"name": DEBTOR.name, "IBAN": DEBTOR.iban, "batch": True, "currency": "EUR"}, schema=version, clean=True
    )
    for payment in PAYMENTS:
        other.add_payment(
            {
                "name": payment.creditor_name,
                "IBAN": payment.iban,
                "amount": int(payment.amount * 100),
                "execution_date": PAYDAY,
                "description": "-",
                "endtoend_id": payment.end_to_end_id,
            }
        )
    theirs, ours = parse(other.export()), parse(write_payment_file(batch(), version))
    for level in ("CstmrCdtTrfInitn/GrpHdr", "CstmrCdtTrfInitn/PmtInf"):
        assert text_of(ours, f"{level}/CtrlSum") == text_of(theirs, f"{level}/CtrlSum")
        assert text_of(ours, f"{level}/NbOfTxs") == text_of(theirs, f"{level}/NbOfTxs")
    for path in ("PmtId/EndToEndId", "Amt/InstdAmt", "Cdtr/Nm", "CdtrAcct/Id/IBAN"):
        place = f"CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/{path}"
        assert [each.text for each in every(ours, place)] == [each.text for each in every(theirs, place)]
    block = "CstmrCdtTrfInitn/PmtInf"
    our_order = [each.tag for each in every(ours, block)[0]]
    their_order = [each.tag for each in every(theirs, block)[0]]
    assert [tag for tag in their_order if tag in our_order] == our_order


def test_execution_date_is_where_each_version_wants_it() -> None:
    day = date(2026, 6, 30).isoformat()
    new, old = parse(write_payment_file(batch())), parse(write_payment_file(batch(), PAIN_03))
    assert text_of(new, "CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt") == day
    assert text_of(old, "CstmrCdtTrfInitn/PmtInf/ReqdExctnDt") == day


@pytest.mark.parametrize("version", [PAIN_03, PAIN_09])
def test_the_enforcement_office_knows_a_payment_by_its_reference(version: str) -> None:
    """PAY-9: Finnish and international references, structured."""
    finnish = Payment("M-1", "Ulosottolaitos", iban(5), Decimal("75.00"), is_salary=False, reference="1232")
    foreign = finnish._replace(end_to_end_id="M-2", reference="RF111232")
    xml = write_payment_file(batch(payments=(*PAYMENTS, finnish, foreign)), version)
    assert validate(xml, payment_schema(version)) == []
    assert check_payment_file(xml) == []
    references = [text_of(each, "RmtInf/Strd/CdtrRefInf/Ref") for each in every(parse(xml), TRANSFERS)]
    assert references == ["", "", "", "1232", "RF111232"]
    assert check_payment_file(xml.replace(b"<Ref>1232", b"<Ref>1233")) != []
    with pytest.raises(ValueError, match="reference"):
        write_payment_file(batch(payments=(finnish._replace(reference="1233"),)))
