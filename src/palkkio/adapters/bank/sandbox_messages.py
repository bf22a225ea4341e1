"""What the sandbox bank answers to a payment file: the same file and the same faults give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from palkkio.core.money import ZERO
from palkkio.formats.payment_check import check_payment_file
from palkkio.formats.schemas import PAIN_03, PAIN_09
from palkkio.formats.xml import add, every, parse, text_of, to_bytes

REASONS = {
    "AC01": "Account number does not exist",
    "AC04": "Account is closed",
    "AC06": "Account is blocked",
    "MD07": "Account holder is dead",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with payments to one account: `rejected` at once, or `returned` after it was booked."""

    is_returned: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Paid:
    end_to_end_id: str
    iban: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Block:
    block_id: str
    day: str
    iban: str
    is_batch: bool
    payments: tuple[_Paid, ...]


@dataclass(frozen=True, slots=True)
class _File:
    message_id: str
    created_at: str
    version: str
    blocks: tuple[_Block, ...]

    @property
    def is_old(self) -> bool:
        return self.version == PAIN_03


def answers_to(content: bytes, faults: Mapping[str, Fault] | None = None, *, seen: bool = False) -> dict[str, bytes]:
    """Files that the bank leaves, by name, in the order in which they are to be read.

    faults  by account number
    seen    the bank has had a file of this message id before: it refuses it as a duplicate
    """
    faults = faults or {}
    try:
        root = parse(content)
    except ValueError as error:
        return {"status-unknown.xml": _refusal("UNKNOWN", PAIN_09, "FF01", str(error))}
    version = (etree.QName(root).namespace or "").rpartition(":")[2]
    message_id = text_of(root, "CstmrCdtTrfInitn/GrpHdr/MsgId") or "UNKNOWN"
    if version not in (PAIN_03, PAIN_09):
        return {f"status-{message_id}.xml": _refusal(message_id, PAIN_09, "FF01", "The version is not known")}
    if seen:
        return {f"status-{message_id}-again.xml": _refusal(message_id, version, "DU01", "The file was received before")}
    if wrong := check_payment_file(content, is_valid_too=True):
        return {f"status-{message_id}.xml": _refusal(message_id, version, "FF01", "; ".join(wrong)[:105])}
    file = _File(message_id, text_of(root, "CstmrCdtTrfInitn/GrpHdr/CreDtTm"), version, tuple(_blocks(root, version)))
    made = {f"1-status-{message_id}.xml": _status(file, faults), f"2-debits-{message_id}.xml": _debits(file, faults)}
    if returned := _returned(file, faults):
        made[f"3-returns-{message_id}.xml"] = _returns(file, returned, faults)
    made[f"4-statement-{message_id}.xml"] = _statement(file, faults)
    return made


def _blocks(root: etree._Element, version: str) -> Iterable[_Block]:
    for block in every(root, "CstmrCdtTrfInitn/PmtInf"):
        yield _Block(
            text_of(block, "PmtInfId"),
            text_of(block, "ReqdExctnDt/Dt" if version == PAIN_09 else "ReqdExctnDt"),
            text_of(block, "DbtrAcct/Id/IBAN"),
            text_of(block, "BtchBookg") == "true",
            tuple(
                _Paid(
                    text_of(each, "PmtId/EndToEndId"),
                    text_of(each, "CdtrAcct/Id/IBAN"),
                    Decimal(text_of(each, "Amt/InstdAmt")),
                )
                for each in every(block, "CdtTrfTxInf")
            ),
        )


def _is_rejected(paid: _Paid, faults: Mapping[str, Fault]) -> bool:
    return paid.iban in faults and not faults[paid.iban].is_returned


def _returned(file: _File, faults: Mapping[str, Fault]) -> list[tuple[_Block, _Paid]]:
    return [
        (block, paid)
        for block in file.blocks
        for paid in block.payments
        if paid.iban in faults and faults[paid.iban].is_returned
    ]


# --- pain.002 --------------------------------------------------------------------------------------------------------


def _report(message_id: str, version: str, created_at: str, suffix: str = "") -> tuple[etree._Element, etree._Element]:
    old = version == PAIN_03
    space: dict[str | None, str] = {None: f"urn:iso:std:iso:20022:tech:xsd:pain.002.001.{'03' if old else '10'}"}
    root = etree.Element(f"{{{space[None]}}}Document", nsmap=space)  # type: ignore[arg-type]  # None is the default one
    report = add(root, "CstmrPmtStsRpt")
    header = add(report, "GrpHdr")
    add(header, "MsgId", f"S{suffix}-{message_id}"[:35])
    add(header, "CreDtTm", created_at)
    group = add(report, "OrgnlGrpInfAndSts")
    add(group, "OrgnlMsgId", message_id)
    add(group, "OrgnlMsgNmId", version)
    return root, group


def _refusal(message_id: str, version: str, reason: str, words: str) -> bytes:
    suffix = "D" if reason == "DU01" else ""
    root, group = _report(message_id, version, "2026-01-01T08:00:00+02:00", suffix)
    add(group, "GrpSts", "RJCT")
    _add_reason(group, "StsRsnInf", reason, words)
    return to_bytes(root)


def _status(file: _File, faults: Mapping[str, Fault]) -> bytes:
    root, group = _report(file.message_id, file.version, file.created_at)
    rejected = [(block, [paid for paid in block.payments if _is_rejected(paid, faults)]) for block in file.blocks]
    has_any = any(paid for _block, paid in rejected)
    add(group, "GrpSts", "PART" if has_any else "ACCP")
    for block, refused in rejected if has_any else ():
        about = add(root[0], "OrgnlPmtInfAndSts")
        add(about, "OrgnlPmtInfId", block.block_id)
        add(about, "PmtInfSts", "PART" if refused else "ACCP")
        for paid in block.payments if refused else ():
            one = add(about, "TxInfAndSts")
            add(one, "OrgnlEndToEndId", paid.end_to_end_id)
            add(one, "TxSts", "RJCT" if paid in refused else "ACCP")
            if paid in refused:
                _add_reason(one, "StsRsnInf", faults[paid.iban].reason)
    return to_bytes(root)


def _add_reason(parent: etree._Element, name: str, reason: str, words: str = "") -> None:
    why = add(parent, name)
    add(add(why, "Rsn"), "Cd", reason)
    add(why, "AddtlInf", (words or REASONS.get(reason, "No reason is given"))[:105])


# --- camt ------------------------------------------------------------------------------------------------------------


def _camt(file: _File, name: str, inside: str, part: str, letter: str) -> tuple[etree._Element, etree._Element]:
    space: dict[str | None, str] = {None: f"urn:iso:std:iso:20022:tech:xsd:{name}.001.{'02' if file.is_old else '08'}"}
    root = etree.Element(f"{{{space[None]}}}Document", nsmap=space)  # type: ignore[arg-type]  # None is the default one
    message = add(root, inside)
    header = add(message, "GrpHdr")
    add(header, "MsgId", f"{letter}-{file.message_id}"[:35])
    add(header, "CreDtTm", file.created_at)
    account = add(message, part)
    add(account, "Id", f"{letter}-{file.message_id}"[:35])
    add(account, "CreDtTm", file.created_at)
    add(add(add(account, "Acct"), "Id"), "IBAN", file.blocks[0].iban)
    return root, account


def _debits(file: _File, faults: Mapping[str, Fault]) -> bytes:
    root, account = _camt(file, "camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", "N")
    _add_debits(account, file, faults)
    return to_bytes(root)


def _returns(file: _File, returned: list[tuple[_Block, _Paid]], faults: Mapping[str, Fault]) -> bytes:
    root, account = _camt(file, "camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", "R")
    _add_returns(account, file, returned, faults)
    return to_bytes(root)


def _statement(file: _File, faults: Mapping[str, Fault]) -> bytes:
    """The account's day: what left, what came back, something else, and the balances."""
    root, account = _camt(file, "camt.053", "BkToCstmrStmt", "Stmt", "D")
    returned = _returned(file, faults)
    left = sum(
        (paid.amount for block in file.blocks for paid in block.payments if not _is_rejected(paid, faults)), ZERO
    )
    back = sum((paid.amount for _block, paid in returned), ZERO)
    opening = Decimal("1000000.00")
    _add_balance(account, "OPBD", opening, file.blocks[0].day)
    _add_balance(account, "CLBD", opening - left + back + Decimal("250.00"), file.blocks[0].day)
    _add_debits(account, file, faults)
    _add_returns(account, file, returned, faults)
    other = _entry(account, file, Decimal("250.00"), "CRDT", file.blocks[0].day, f"{file.message_id}-X", "ESCT")
    _details(other, file, "", Decimal("250.00"), "CRDT")
    return to_bytes(root)


def _add_balance(account: etree._Element, code: str, amount: Decimal, day: str) -> None:
    balance = add(account, "Bal")
    add(add(add(balance, "Tp"), "CdOrPrtry"), "Cd", code)
    add(balance, "Amt", f"{abs(amount):.2f}").set("Ccy", "EUR")
    add(balance, "CdtDbtInd", "CRDT" if amount >= 0 else "DBIT")
    add(add(balance, "Dt"), "Dt", day)


def _add_debits(account: etree._Element, file: _File, faults: Mapping[str, Fault]) -> None:
    for block in file.blocks:
        booked = [paid for paid in block.payments if not _is_rejected(paid, faults)]
        if block.is_batch and booked:
            total = sum((paid.amount for paid in booked), ZERO)
            entry = _entry(account, file, total, "DBIT", block.day, block.block_id, "SALA")
            batch = add(add(entry, "NtryDtls"), "Btch")
            add(batch, "PmtInfId", block.block_id)
            add(batch, "NbOfTxs", str(len(booked)))
            continue
        for paid in booked:
            entry = _entry(account, file, paid.amount, "DBIT", block.day, paid.end_to_end_id, "ESCT")
            _details(entry, file, paid.end_to_end_id, paid.amount, "DBIT")


def _add_returns(
    account: etree._Element, file: _File, returned: list[tuple[_Block, _Paid]], faults: Mapping[str, Fault]
) -> None:
    for block, paid in returned:
        entry = _entry(account, file, paid.amount, "CRDT", block.day, f"{paid.end_to_end_id}-R", "RRTN")
        details = _details(entry, file, paid.end_to_end_id, paid.amount, "CRDT")
        _add_reason(details, "RtrInf", faults[paid.iban].reason)


def _entry(
    account: etree._Element, file: _File, amount: Decimal, side: str, day: str, reference: str, family: str
) -> etree._Element:
    entry = add(account, "Ntry")
    add(entry, "Amt", f"{amount:.2f}").set("Ccy", "EUR")
    add(entry, "CdtDbtInd", side)
    status = add(entry, "Sts", "BOOK" if file.is_old else None)
    if not file.is_old:
        add(status, "Cd", "BOOK")
    add(add(entry, "BookgDt"), "Dt", day)
    add(add(entry, "ValDt"), "Dt", day)
    add(entry, "AcctSvcrRef", reference[:35])
    code = add(add(entry, "BkTxCd"), "Domn")
    add(code, "Cd", "PMNT")
    within = add(code, "Fmly")
    add(within, "Cd", "ICDT" if side == "DBIT" or family == "RRTN" else "RCDT")
    add(within, "SubFmlyCd", family)
    return entry


def _details(entry: etree._Element, file: _File, end_to_end_id: str, amount: Decimal, side: str) -> etree._Element:
    details = add(add(entry, "NtryDtls"), "TxDtls")
    add(add(details, "Refs"), "EndToEndId", end_to_end_id or "NOTPROVIDED")
    if file.is_old:
        add(add(add(details, "AmtDtls"), "TxAmt"), "Amt", f"{amount:.2f}").set("Ccy", "EUR")
    else:
        add(details, "Amt", f"{amount:.2f}").set("Ccy", "EUR")
        add(details, "CdtDbtInd", side)
    return details
