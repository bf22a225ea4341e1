"""Our own check of a payment file, made from its bytes: it finds what the schema cannot, and needs no schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from palkkio.core.finland import is_banking_day
from palkkio.core.identifiers import normal_business_id, normal_iban, normal_reference
from palkkio.formats.alike import Alike, Own, is_plain, text_of_ours
from palkkio.formats.characters import NORDIC_CHARACTERS
from palkkio.formats.schemas import PAIN_03, PAIN_09, payment_schema, validate
from palkkio.formats.shape import Shape, TextTest
from palkkio.formats.xml import child, every, name_of, parse, text_of

_ID = re.compile(r"[A-Za-z0-9\-?:().,'+ /]{1,35}")
_AMOUNT = re.compile(r"\d{1,15}\.\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _is(normal: Callable[[str], str]) -> Callable[[str], bool]:
    """A text in the one form that `normal` gives it."""

    def test(text: str) -> bool:
        try:
            return normal(text) == text
        except ValueError:
            return False

    return test


_is_business_id: Callable[[str], bool] = _is(normal_business_id)
_is_iban: Callable[[str], bool] = _is(normal_iban)


def _carried(length: int) -> re.Pattern[str]:
    return re.compile(rf"(?=.{{1,{length}}}\Z){NORDIC_CHARACTERS.pattern}")


_ORDER = {
    "Document": "CstmrCdtTrfInitn",
    "CstmrCdtTrfInitn": "GrpHdr PmtInf+",
    "GrpHdr": "MsgId CreDtTm NbOfTxs CtrlSum InitgPty",
    "InitgPty": "Nm Id",
    "PmtInf": (
        "PmtInfId PmtMtd BtchBookg NbOfTxs CtrlSum PmtTpInf ReqdExctnDt Dbtr DbtrAcct DbtrAgt ChrgBr CdtTrfTxInf+"
    ),
    "PmtTpInf": "SvcLvl CtgyPurp?",
    "SvcLvl": "Cd",
    "CtgyPurp": "Cd",
    "Dbtr": "Nm Id",
    "InitgPty/Id": "OrgId",
    "Dbtr/Id": "OrgId",
    "OrgId": "Othr",
    "OrgId/Othr": "Id SchmeNm?",
    "SchmeNm": "Cd",
    "DbtrAcct": "Id",
    "DbtrAcct/Id": "IBAN",
    "CdtrAcct": "Id",
    "CdtrAcct/Id": "IBAN",
    "DbtrAgt": "FinInstnId",
    "CdtrAgt": "FinInstnId",
    "FinInstnId/Othr": "Id",
    "CdtTrfTxInf": "PmtId Amt CdtrAgt? Cdtr CdtrAcct RmtInf?",
    "PmtId": "EndToEndId",
    "Amt": "InstdAmt",
    "Cdtr": "Nm",
    "RmtInf": "Ustrd? Strd?",
    "Strd": "CdtrRefInf",
    "CdtrRefInf": "Tp Ref",
    "Tp": "CdOrPrtry Issr?",
    "CdOrPrtry": "Cd",
}
_TEXTS: dict[str, TextTest] = {
    "MsgId": _ID,
    "PmtInfId": _ID,
    "EndToEndId": _ID,
    "CreDtTm": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}"),
    "NbOfTxs": re.compile(r"[1-9]\d{0,14}"),
    "CtrlSum": _AMOUNT,
    "InstdAmt": _AMOUNT,
    "Nm": _carried(70),
    "Ustrd": _carried(140),
    "PmtMtd": re.compile("TRF"),
    "BtchBookg": re.compile("true|false"),
    "SvcLvl/Cd": re.compile("SEPA"),
    "CtgyPurp/Cd": re.compile("SALA"),
    "SchmeNm/Cd": re.compile("[A-Z]{4}"),
    "ChrgBr": re.compile("SLEV"),
    "Othr/Id": lambda text: text == "NOTPROVIDED" or _is_business_id(text),
    "IBAN": _is_iban,
    "CdOrPrtry/Cd": re.compile("SCOR"),
    "Issr": re.compile("ISO"),
    "Ref": _is(normal_reference),
}
_SHAPES = {
    PAIN_03: Shape({**_ORDER, "FinInstnId": "BIC? Othr?"}, {**_TEXTS, "ReqdExctnDt": _DAY}),
    PAIN_09: Shape({**_ORDER, "FinInstnId": "BICFI? Othr?", "ReqdExctnDt": "Dt"}, {**_TEXTS, "Dt": _DAY}),
}


def check_payment_file(xml: bytes, *, is_valid_too: bool = False) -> list[str]:
    """What is wrong with a payment file, a sentence each; empty when nothing is.

    is_valid_too  the schema of ISO 20022 is asked where nothing else is wrong
    Looks at order and form of what we write, counts and sums at both levels, ids that repeat, account numbers
    (modulo 97), the Business ID, letters, currency, and that each execution date is a Finnish banking day.
    """
    short = _in_short(xml)
    if short is not None and not _problems(short, is_valid_too=is_valid_too):
        return []
    return _problems(xml, is_valid_too=is_valid_too)


# What differs between transfers that are alike. Ids, names and accounts of rarer forms are asked with all the rest.
_TRANSFERS = Alike(
    "CdtTrfTxInf",
    6,
    re.compile(
        r"<(EndToEndId>[A-Za-z0-9](?:[A-Za-z0-9-]{0,33}[A-Za-z0-9])?"
        r'|InstdAmt Ccy="EUR">(?!0+\.00)[0-9]{1,13}\.[0-9]{2}'
        r"|Nm>(?! )[A-Za-z0-9.,'() ÅÄÖåäö-]{1,70}(?<! )"
        r"|IBAN>FI[0-9]{16}"
        r")(?=</)"
    ),
)
_TOTALS = re.compile(r"<NbOfTxs>([^<]*)</NbOfTxs>\s*<CtrlSum>([^<]*)</CtrlSum>")


def _in_short(xml: bytes) -> bytes | None:
    """The file with one transfer of each kind, of which all is right if it is of these; None where it may not be."""
    text = text_of_ours(xml)
    if text is None:
        return None
    header, *blocks = text.split("<PmtInf>")
    ids: list[str] = []
    accounts: list[str] = []
    every_transfer, every_kept = _Totals(), _Totals()
    short: list[str] = []
    for block in blocks:
        head, transfers, tail = _TRANSFERS.cut(block)
        kept, own = _TRANSFERS.kinds(transfers)
        totals, totals_kept = _Totals.of(own), _Totals.of(_TRANSFERS.kinds(kept)[1])
        if not own.is_clear or totals.count < len(transfers) or (said := totals.replaced(head, totals_kept)) is None:
            return None
        every_transfer, every_kept = every_transfer + totals, every_kept + totals_kept
        ids += own.texts("EndToEndId")
        accounts += own.texts("IBAN")
        short.append(_TRANSFERS.joined(said, kept, tail))
    if (
        every_kept.count == every_transfer.count
        or len(ids) < every_transfer.count
        or len(set(ids)) < len(ids)
        or not all(map(_is_iban, accounts))
        or (said := every_transfer.replaced(header, every_kept)) is None
    ):
        return None
    made = "<PmtInf>".join((said, *short))
    return made.encode() if is_plain(made) else None


@dataclass(frozen=True, slots=True)
class _Totals:
    """Number of transfers, and their sum in cents."""

    count: int = 0
    cents: int = 0

    @classmethod
    def of(cls, own: Own) -> _Totals:
        amounts = own.texts('InstdAmt Ccy="EUR"')
        return cls(len(amounts), sum([int(each.replace(".", "")) for each in amounts]))

    def __add__(self, other: _Totals) -> _Totals:
        return _Totals(self.count + other.count, self.cents + other.cents)

    def replaced(self, head: str, by: _Totals) -> str | None:
        """A head that says these totals with others in their place; None if it does not say them."""
        said = _TOTALS.search(head)
        if said is None or said.groups() != self._texts():
            return None
        count, total = by._texts()
        totals = f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
        return f"{head[: said.start()]}{totals}{head[said.end() :]}"

    def _texts(self) -> tuple[str, str]:
        return str(self.count), f"{self.cents // 100}.{self.cents % 100:02d}"


def _problems(xml: bytes, *, is_valid_too: bool) -> list[str]:
    try:
        root = parse(xml)
    except ValueError as error:
        return [str(error)]
    version = (etree.QName(root).namespace or "").rpartition(":")[2]
    if version not in _SHAPES or name_of(root) != "Document":
        return ["The file is not a payment file of a version that is written here"]
    found = _SHAPES[version].problems(root)
    blocks = every(root, "CstmrCdtTrfInitn/PmtInf")
    header = child(root, "CstmrCdtTrfInitn/GrpHdr")
    if header is not None:
        found += _total_problems(header, "The file", [each for block in blocks for each in every(block, "CdtTrfTxInf")])
    for block in blocks:
        found += _block_problems(block, version)
    found += _repeated(
        (text_of(each, "PmtId/EndToEndId") for block in blocks for each in every(block, "CdtTrfTxInf")), "End-to-end id"
    )
    found += _repeated((text_of(block, "PmtInfId") for block in blocks), "Block id")
    found += [
        f"Id {text} begins or ends with a slash, or has two in a row"
        for name in ("MsgId", "PmtInfId", "EndToEndId")
        for text in (str(each.text) for each in root.iter("{*}" + name))
        if text != text.strip("/") or "//" in text
    ]
    if not found and is_valid_too:
        found = validate(xml, payment_schema(version))
    return found


def _total_problems(level: etree._Element, what: str, transfers: list[etree._Element]) -> list[str]:
    found = []
    if text_of(level, "NbOfTxs") != str(len(transfers)):
        found.append(f"{what} says {text_of(level, 'NbOfTxs')} payments but holds {len(transfers)}")
    amounts = [text_of(each, "Amt/InstdAmt") for each in transfers]
    if all(_AMOUNT.fullmatch(each) for each in [*amounts, text_of(level, "CtrlSum")]):
        total = sum((Decimal(each) for each in amounts), Decimal("0.00"))
        if Decimal(text_of(level, "CtrlSum")) != total:
            found.append(f"{what} says {text_of(level, 'CtrlSum')} euros but its payments make {total}")
    return found


def _block_problems(block: etree._Element, version: str) -> list[str]:
    name = f"Block {text_of(block, 'PmtInfId')}"
    transfers = every(block, "CdtTrfTxInf")
    found = _total_problems(block, name, transfers)
    day = text_of(block, "ReqdExctnDt" if version == PAIN_03 else "ReqdExctnDt/Dt")
    try:
        if not is_banking_day(date.fromisoformat(day)):
            found.append(f"{name} is to be paid on {day}, which is not a banking day")
    except ValueError:
        found.append(f"{name} has no day of payment")
    if text_of(block, "PmtTpInf/CtgyPurp/Cd") == "SALA" and text_of(block, "BtchBookg") != "true":
        found.append(f"{name} holds salaries, which are booked as one sum")
    for transfer in transfers:
        amount = child(transfer, "Amt/InstdAmt")
        if amount is None:
            continue
        transfer_id = text_of(transfer, "PmtId/EndToEndId")
        if amount.get("Ccy") != "EUR":
            found.append(f"Payment {transfer_id} is not in euros")
        if _AMOUNT.fullmatch(amount.text or "") and Decimal(amount.text or "0") <= 0:
            found.append(f"Payment {transfer_id} is not a positive sum")
    return found


def _repeated(texts: Iterable[str], what: str) -> list[str]:
    return [f"{what} {text} is used {times} times" for text, times in Counter(texts).items() if times > 1]
