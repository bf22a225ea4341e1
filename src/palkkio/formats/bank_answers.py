"""The bank's answers to payment files (pankin palautteet): pain.002, camt.054 and camt.053, read into values.

pain.002.001.03 and .10 say what the bank thinks of a file, a block or a payment; camt.054 and camt.053 (.02 and .08)
say what was booked: payments that left, and payments that came back. Entries of an account that are about something
else than our payments are counted and passed over. Schemas of camt are those of ISO 20022; none of pain.002 was at
hand, so its elements are as recalled (R).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lxml import etree

from palkkio.core.clock import HELSINKI
from palkkio.formats.xml import child, every, name_of, parse, text_of

NOT_PROVIDED = "NOTPROVIDED"
# A file or payment that the bank has already: no refusal of what it has (R: external reason codes of ISO 20022).
DUPLICATES = frozenset({"AM05", "DU01", "DU02", "DU03", "DU04", "DU05"})
_ACCEPTED = frozenset({"ACTC", "ACCP", "ACSP", "ACSC", "ACWC", "ACCC", "ACWP"})
_VERSION = re.compile(r"(pain\.002\.001\.(03|10)|camt\.05[34]\.001\.(02|08))\Z")


class Kind(StrEnum):
    """What sort of answer it is."""

    STATUS = "status"  # pain.002
    NOTIFICATION = "notification"  # camt.054
    STATEMENT = "statement"  # camt.053


class Outcome(StrEnum):
    """What the bank says of a payment."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"  # nothing left the account
    SETTLED = "settled"  # booked: it left the account
    RETURNED = "returned"  # it came back after it had left
    DUPLICATE = "duplicate"  # the bank has it already


@dataclass(frozen=True, slots=True)
class Told:
    """What the bank tells of one payment (`end_to_end_id`), of one block (`block_id`) or of a file (`message_id`).

    amount     EUR of the payment or block, None where the answer does not say
    count      payments of the block
    booked_on  the day it was booked
    reason     the bank's code, such as AC04 (account closed); `text`: its own words
    """

    outcome: Outcome
    end_to_end_id: str = ""
    block_id: str = ""
    message_id: str = ""
    amount: Decimal | None = None
    count: int | None = None
    booked_on: date | None = None
    reason: str = ""
    text: str = ""
    bank_reference: str = ""


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """One answer of the bank.

    message_id  given by the bank, the same each time that it sends the answer
    answers_to  message id of the file that a status is about
    iban        account of a notification or statement
    passed      entries that are not about payments of ours
    """

    kind: Kind
    message_id: str
    created_at: datetime
    told: tuple[Told, ...]
    answers_to: str = ""
    iban: str = ""
    passed: int = 0


class NotAnAnswerError(ValueError):
    """The file is no answer of a bank that is read here; the text says why."""


def read_answer(xml: bytes) -> BankAnswer:
    """Raises NotAnAnswerError if the bytes are not one of the messages read here, or lack what is needed of it."""
    try:
        root = parse(xml)
    except ValueError as error:
        raise NotAnAnswerError(str(error)) from error
    version = (etree.QName(root).namespace or "").rpartition(":")[2]
    if name_of(root) != "Document" or not _VERSION.fullmatch(version):
        raise NotAnAnswerError("The file is not a pain.002, camt.054 or camt.053 of a version that is read here")
    if version.startswith("pain"):
        return _status(_one(root, "CstmrPmtStsRpt"))
    if version.startswith("camt.054"):
        return _booked(_one(root, "BkToCstmrDbtCdtNtfctn"), Kind.NOTIFICATION, "Ntfctn")
    return _booked(_one(root, "BkToCstmrStmt"), Kind.STATEMENT, "Stmt")


def _one(element: etree._Element, path: str) -> etree._Element:
    found = child(element, path)
    if found is None:
        raise NotAnAnswerError(f"{path} is missing")
    return found


def _text(element: etree._Element, path: str) -> str:
    if not (found := text_of(element, path)):
        raise NotAnAnswerError(f"{path} is missing or empty")
    return found


def _moment(element: etree._Element) -> datetime:
    try:
        found = datetime.fromisoformat(_text(element, "GrpHdr/CreDtTm"))
    except ValueError as error:
        raise NotAnAnswerError("GrpHdr/CreDtTm is not a moment") from error
    return found if found.tzinfo else found.replace(tzinfo=HELSINKI)


# --- Status ----------------------------------------------------------------------------------------------------------


def _status(report: etree._Element) -> BankAnswer:
    group = _one(report, "OrgnlGrpInfAndSts")
    original = _text(group, "OrgnlMsgId")
    told = [
        *_told_of(group, "GrpSts", Told(Outcome.ACCEPTED, message_id=original)),
        *(each for block in every(report, "OrgnlPmtInfAndSts") for each in _of_block(block)),
    ]
    return BankAnswer(Kind.STATUS, _text(report, "GrpHdr/MsgId"), _moment(report), tuple(told), answers_to=original)


def _of_block(block: etree._Element) -> Iterator[Told]:
    block_id = _text(block, "OrgnlPmtInfId")
    yield from _told_of(block, "PmtInfSts", Told(Outcome.ACCEPTED, block_id=block_id))
    for payment in every(block, "TxInfAndSts"):
        about = Told(
            Outcome.ACCEPTED,
            end_to_end_id=_text(payment, "OrgnlEndToEndId"),
            bank_reference=text_of(payment, "AcctSvcrRef"),
            amount=_amount(child(payment, "OrgnlTxRef/Amt/InstdAmt")),
        )
        yield from _told_of(payment, "TxSts", about)


def _told_of(element: etree._Element, status: str, about: Told) -> Iterator[Told]:
    """Nothing for what is received, pending, or partly accepted: more is told of each payment, or will be."""
    code = text_of(element, status)
    if code in _ACCEPTED:
        yield about
    elif code == "RJCT":
        reason, text = _reason(element, "StsRsnInf")
        outcome = Outcome.DUPLICATE if reason in DUPLICATES else Outcome.REJECTED
        yield replace(about, outcome=outcome, reason=reason, text=text)


def _reason(element: etree._Element, path: str) -> tuple[str, str]:
    """Code and words of a refusal or return."""
    words = " ".join(each.text.strip() for each in every(element, f"{path}/AddtlInf") if each.text)
    return text_of(element, f"{path}/Rsn/Cd") or text_of(element, f"{path}/Rsn/Prtry"), words[:500]


# --- Entries ---------------------------------------------------------------------------------------------------------


def _booked(message: etree._Element, kind: Kind, name: str) -> BankAnswer:
    accounts = every(message, name)
    if not accounts:
        raise NotAnAnswerError(f"{name} is missing")
    ibans = {text_of(each, "Acct/Id/IBAN") for each in accounts}
    if len(ibans) > 1:
        raise NotAnAnswerError("The file is about more than one account")
    told: list[Told] = []
    passed = 0
    for entry in (entry for account in accounts for entry in every(account, "Ntry")):
        found = list(_of_entry(entry))
        told += found
        passed += not found
    return BankAnswer(
        kind, _text(message, "GrpHdr/MsgId"), _moment(message), tuple(told), iban=ibans.pop(), passed=passed
    )


def _of_entry(entry: etree._Element) -> Iterator[Told]:
    if (text_of(entry, "Sts/Cd") or text_of(entry, "Sts")) != "BOOK":
        return
    is_credit = text_of(entry, "CdtDbtInd") == "CRDT"
    is_reversed = text_of(entry, "RvslInd") == "true"
    details = every(entry, "NtryDtls/TxDtls")
    comes_back = text_of(entry, "BkTxCd/Domn/Fmly/SubFmlyCd") == "RRTN" or is_reversed
    if not is_credit and is_reversed:
        return
    whole = Told(
        Outcome.RETURNED if is_credit else Outcome.SETTLED,
        amount=_amount(child(entry, "Amt")),
        booked_on=_day(entry),
        bank_reference=text_of(entry, "AcctSvcrRef"),
    )
    if not details and not is_credit and (block := text_of(entry, "NtryDtls/Btch/PmtInfId")):
        count = text_of(entry, "NtryDtls/Btch/NbOfTxs")
        yield replace(whole, block_id=block, count=int(count) if count.isdigit() else None)
    for each in details:
        if is_credit and not comes_back and child(each, "RtrInf") is None:
            continue
        reason, text = _reason(each, "RtrInf")
        amount = _amount(child(each, "AmtDtls/TxAmt/Amt")) or _amount(child(each, "Amt"))
        about = replace(
            whole,
            amount=amount or (whole.amount if len(details) == 1 else None),
            reason=reason,
            text=text,
            bank_reference=text_of(each, "Refs/AcctSvcrRef") or whole.bank_reference,
        )
        own, block = text_of(each, "Refs/EndToEndId"), text_of(each, "Refs/PmtInfId")
        if own and own != NOT_PROVIDED:
            yield replace(about, end_to_end_id=own)
        elif block and not is_credit:
            yield replace(about, block_id=block)


def _amount(element: etree._Element | None) -> Decimal | None:
    if element is None or not element.text:
        return None
    if element.get("Ccy") != "EUR":
        raise NotAnAnswerError("An amount is not in euros")
    try:
        return Decimal(element.text.strip())
    except InvalidOperation as error:
        raise NotAnAnswerError(f"{element.text!r} is not an amount") from error


def _day(entry: etree._Element) -> date | None:
    text = text_of(entry, "BookgDt/Dt") or text_of(entry, "BookgDt/DtTm")[:10]
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotAnAnswerError(f"{text!r} is not a day") from error
