"""Payment file to the bank (maksuaineisto): pain.001.001.09, or .03 for banks that still ask for it.

One file pays one batch from one account on one day. Salaries and fees stand in a payment block of their own with the
category purpose SALA (V: bank rule pages of 2010 and 2022), booked as one sum so that single fees do not show on the
payer's statement (R), service level SEPA and charges SLEV (R). Whether a bank lets care fees use SALA is a matter of
its agreement with the payer (R): `Payment.is_salary` says so for each payment. Addresses are left out, which SEPA
allows (R). The schema is the unrestricted one of ISO 20022; a bank's own rules come on top.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from palkkio.core.clock import HELSINKI
from palkkio.core.identifiers import normal_business_id, normal_iban, normal_reference
from palkkio.core.money import CENT, ZERO
from palkkio.formats.characters import SEPA_CHARACTERS, bank_text
from palkkio.formats.schemas import PAIN_03, PAIN_09
from palkkio.formats.xml_writer import MARK, Element, add, pattern_of, to_bytes

__all__ = [
    "PAIN_03",
    "PAIN_09",
    "Debtor",
    "Payment",
    "PaymentFile",
    "end_to_end_id_of",
    "message_id_of",
    "write_payment_file",
]

NAME_LENGTH = 70
MESSAGE_LENGTH = 140
ID_LENGTH = 35
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


@dataclass(frozen=True, slots=True)
class Debtor:
    """Whose account is debited: the organisation (maksaja).

    id_scheme  code beside the Business ID; which one a bank wants is a matter of its agreement (CUST: R), None for none
    """

    name: str
    business_id: str
    iban: str
    bic: str | None = None
    id_scheme: str | None = "CUST"


class Payment(NamedTuple):
    """One credit transfer (tilisiirto), in EUR.

    end_to_end_id  reaches the payee's bank and comes back with a refusal; unique in the file, at most 35 characters
    is_salary      True puts the payment among those of category purpose SALA
    """

    end_to_end_id: str
    creditor_name: str
    iban: str
    amount: Decimal
    is_salary: bool = True
    bic: str | None = None
    message: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """One batch (maksuerä) as it goes to the bank.

    created_at            aware moment; part of the bytes, so the flow keeps it with the batch
    execution_date        the day on which the money is to be on the payees' accounts, a banking day
    keeps_nordic_letters  True if the bank agreement says that å ä ö are carried; else they are written a a o
    """

    message_id: str
    created_at: datetime
    debtor: Debtor
    execution_date: date
    payments: tuple[Payment, ...]
    keeps_nordic_letters: bool = False

    @property
    def total(self) -> Decimal:
        return _total(self.payments)


def message_id_of(business_id: str, batch_number: int) -> str:
    """Message id of a batch: the same each time that the batch is written, so that a bank knows a file sent twice."""
    return f"{normal_business_id(business_id).replace('-', '')}-B{batch_number:08d}"


def end_to_end_id_of(payslip_number: str, attempt: int = 1) -> str:
    """End-to-end id of one payslip's payment; a payment made anew after the bank's refusal is the next attempt.

    Raises ValueError if the payslip's number holds characters that banks do not carry, or is too long.
    """
    return _identifier(payslip_number if attempt == 1 else f"{payslip_number}-{attempt}")


def write_payment_file(file: PaymentFile, version: str = PAIN_09) -> bytes:
    """The file as bytes; the same values give the same bytes.

    Raises ValueError for a batch without payments, an amount that is not positive whole cents, an account, BIC,
    Business ID or id that is not one, an id used twice, a name without letters, or a moment without time zone.
    """
    if version not in (PAIN_03, PAIN_09):
        raise ValueError(f"No payment file of version {version} is written")
    _require_sound(file)
    root = Element("Document", attributes=f' xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"')
    initiation = add(root, "CstmrCdtTrfInitn")
    header = add(initiation, "GrpHdr")
    add(header, "MsgId", file.message_id)
    add(header, "CreDtTm", file.created_at.astimezone(HELSINKI).isoformat(timespec="seconds"))
    _add_totals(header, file.payments)
    _add_party(add(header, "InitgPty"), file)
    salaries = tuple(payment for payment in file.payments if payment.is_salary)
    others = tuple(payment for payment in file.payments if not payment.is_salary)
    for suffix, payments in (("S", salaries), ("O", others)):
        if payments:
            _add_block(initiation, file, f"{file.message_id}-{suffix}", payments, version)
    return to_bytes(root)


def _require_sound(file: PaymentFile) -> None:
    if not file.payments:
        raise ValueError("A payment file needs at least one payment")
    if file.created_at.tzinfo is None:
        raise ValueError("The moment of creation needs a time zone")
    _identifier(f"{file.message_id}-S")
    normal_business_id(file.debtor.business_id)
    _require_bic(file.debtor.bic)
    ids = [_identifier(payment.end_to_end_id) for payment in file.payments]
    if len(set(ids)) < len(ids):
        raise ValueError("Two payments of one file have the same end-to-end id")
    for payment in file.payments:
        if payment.amount <= 0 or payment.amount != payment.amount.quantize(CENT):
            raise ValueError(f"The amount of payment {payment.end_to_end_id} is not a positive sum in cents")
        _require_bic(payment.bic)
        if payment.reference and normal_reference(payment.reference) != payment.reference:
            raise ValueError(f"{payment.reference!r} is not a reference number as it is written to a bank")


def _identifier(text: str) -> str:
    sound = SEPA_CHARACTERS.fullmatch(text) and text and len(text) <= ID_LENGTH and text == text.strip(" /")
    if not sound or "//" in text or "  " in text:
        raise ValueError(f"{text!r} cannot be an id in a payment file")
    return text


def _require_bic(bic: str | None) -> None:
    if bic is not None and not _BIC.fullmatch(bic):
        raise ValueError(f"{bic!r} is not a BIC")


def _add_totals(parent: Element, payments: tuple[Payment, ...]) -> None:
    add(parent, "NbOfTxs", str(len(payments)))
    add(parent, "CtrlSum", _amount(_total(payments)))


def _total(payments: tuple[Payment, ...]) -> Decimal:
    return sum((payment.amount for payment in payments), ZERO)


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def is_a_name(text: str) -> bool:
    """Whether anything of a name is left in the characters of a payment file."""
    return bool(bank_text(text, keeps_nordic_letters=False, length=NAME_LENGTH).strip(". "))


def _name(text: str, file: PaymentFile) -> str:
    name = bank_text(text, keeps_nordic_letters=file.keeps_nordic_letters, length=NAME_LENGTH)
    if not name.strip(". "):
        raise ValueError("A name in a payment file needs letters")
    return name


def _add_party(party: Element, file: PaymentFile) -> None:
    add(party, "Nm", _name(file.debtor.name, file))
    other = add(add(add(party, "Id"), "OrgId"), "Othr")
    add(other, "Id", normal_business_id(file.debtor.business_id))
    if file.debtor.id_scheme:
        add(add(other, "SchmeNm"), "Cd", file.debtor.id_scheme)


def _add_agent(agent: Element, bic: str | None, version: str) -> None:
    institution = add(agent, "FinInstnId")
    if bic:
        add(institution, "BIC" if version == PAIN_03 else "BICFI", bic)
    else:
        add(add(institution, "Othr"), "Id", "NOTPROVIDED")


def _add_block(
    initiation: Element, file: PaymentFile, block_id: str, payments: tuple[Payment, ...], version: str
) -> None:
    is_salary = payments[0].is_salary
    block = add(initiation, "PmtInf")
    add(block, "PmtInfId", block_id)
    add(block, "PmtMtd", "TRF")
    add(block, "BtchBookg", "true" if is_salary else "false")
    _add_totals(block, payments)
    kind = add(block, "PmtTpInf")
    add(add(kind, "SvcLvl"), "Cd", "SEPA")
    if is_salary:
        add(add(kind, "CtgyPurp"), "Cd", "SALA")
    execution = add(block, "ReqdExctnDt", None if version == PAIN_09 else file.execution_date.isoformat())
    if version == PAIN_09:
        add(execution, "Dt", file.execution_date.isoformat())
    _add_party(add(block, "Dbtr"), file)
    add(add(add(block, "DbtrAcct"), "Id"), "IBAN", normal_iban(file.debtor.iban))
    _add_agent(add(block, "DbtrAgt"), file.debtor.bic, version)
    add(block, "ChrgBr", "SLEV")
    block.inside += [_transfer(payment, file, version) for payment in payments]


def _transfer(payment: Payment, file: PaymentFile, version: str) -> str:
    """One transfer as it stands in a file."""
    pattern = _transfer_pattern(
        version, payment.bic, bool(payment.reference), payment.reference.startswith("RF"), bool(payment.message)
    )
    own = [
        payment.end_to_end_id,
        _amount(payment.amount),
        _name(payment.creditor_name, file),
        normal_iban(payment.iban),
    ]
    if payment.reference:
        own.append(payment.reference)
    elif payment.message:
        own.append(bank_text(payment.message, keeps_nordic_letters=file.keeps_nordic_letters, length=MESSAGE_LENGTH))
    return pattern % tuple(map(escape, own))


@lru_cache(maxsize=256)
def _transfer_pattern(
    version: str, bic: str | None, has_reference: bool, is_international: bool, has_message: bool
) -> str:
    """Its texts: id, amount, name, account; reference or message."""
    transfer = Element("CdtTrfTxInf")
    add(add(transfer, "PmtId"), "EndToEndId", MARK)
    add(add(transfer, "Amt"), "InstdAmt", MARK, ' Ccy="EUR"')
    if bic:
        _add_agent(add(transfer, "CdtrAgt"), bic, version)
    add(add(transfer, "Cdtr"), "Nm", MARK)
    add(add(add(transfer, "CdtrAcct"), "Id"), "IBAN", MARK)
    if has_reference:
        creditor = add(add(add(transfer, "RmtInf"), "Strd"), "CdtrRefInf")
        kind = add(creditor, "Tp")
        add(add(kind, "CdOrPrtry"), "Cd", "SCOR")
        if is_international:
            add(kind, "Issr", "ISO")
        add(creditor, "Ref", MARK)
    elif has_message:
        add(add(transfer, "RmtInf"), "Ustrd", MARK)
    return pattern_of(transfer, 3)
