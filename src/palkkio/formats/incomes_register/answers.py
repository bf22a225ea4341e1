"""What the register answers (AckFromIR, StatusResponseFromIR), and the question for it (StatusRequestToIR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from lxml import etree

from palkkio.formats.incomes_register.heads import moment_text, truth_text
from palkkio.formats.incomes_register.values import Identifier
from palkkio.formats.xml import every, name_of, parse, text_of, to_bytes

STATUS_REQUEST = "http://www.tulorekisteri.fi/2017/1/StatusRequestToIR"


class Status(IntEnum):
    """What became of a delivery (DeliveryDataStatus): V."""

    IN_PROCESS = 2
    VALID = 3
    REFUSED_ON_RECEIPT = 4
    REFUSED = 5
    INVALIDATED = 6


@dataclass(frozen=True, slots=True)
class Error:
    """One rule that was broken, in the register's words."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Item:
    """A report as the register has it; `errors` tell why it was refused."""

    report_id: str
    register_id: str = ""
    version: int | None = None
    errors: tuple[Error, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An acknowledgement, or what became of a delivery.

    errors  of the message or the delivery as a whole
    """

    status: Status
    register_id: str = ""
    valid: tuple[Item, ...] = ()
    invalid: tuple[Item, ...] = ()
    errors: tuple[Error, ...] = ()

    @property
    def is_final(self) -> bool:
        return self.status != Status.IN_PROCESS


def read_answer(xml: bytes) -> Answer:
    """An acknowledgement or an answer to a status request. Raises ValueError if it is neither."""
    root = parse(xml)
    name = name_of(root)
    if name not in ("AckFromIR", "StatusResponseFromIR"):
        raise ValueError(f"{name} is not an answer of the register")
    data = every(root, "AckData" if name == "AckFromIR" else "StatusResponse")[0]
    return Answer(
        status=Status(int(text_of(data, "DeliveryDataStatus"))),
        register_id=text_of(data, "IRDeliveryId"),
        valid=_items(data, "ValidItems/Item"),
        invalid=_items(data, "InvalidItems/Item"),
        errors=_errors(data, "MessageErrors/ErrorInfo") + _errors(data, "DeliveryErrors/ErrorInfo"),
    )


def _items(data: etree._Element, path: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            text_of(each, "ItemId"),
            text_of(each, "IRItemId"),
            int(version) if (version := text_of(each, "ItemVersion")) else None,
            _errors(each, "ItemErrors/ErrorInfo"),
        )
        for each in every(data, path)
    )


def _errors(element: etree._Element, path: str) -> tuple[Error, ...]:
    return tuple(
        Error(
            text_of(each, "ErrorCode"),
            " ".join(filter(None, (text_of(each, "ErrorMessage"), text_of(each, "ErrorDetails")))),
        )
        for each in every(element, path)
    )


def write_status_request(
    *, created_at: datetime, delivery_type: int, delivery_id: str, owner: Identifier, is_production: bool
) -> bytes:
    """The question what became of a delivery, by the payer's own id of it; unsigned."""
    root = etree.Element(f"{{{STATUS_REQUEST}}}StatusRequestToIR", nsmap={"srtir": STATUS_REQUEST})
    _plain(root, "Timestamp", moment_text(created_at))
    _plain(root, "DeliveryDataType", str(delivery_type))
    _plain(root, "DeliveryId", delivery_id)
    _plain(root, "ProductionEnvironment", truth_text(is_production))
    for name in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):
        element = _plain(root, name)
        _plain(element, "Type", str(owner.type))
        _plain(element, "Code", owner.code)
    return to_bytes(root)


def _plain(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """A child in no namespace."""
    child = etree.SubElement(parent, name)
    child.text = text
    return child


def facts_of(xml: bytes) -> dict[str, tuple[str, ...]]:
    """What may not change by a replacement (C2), by ReportId of a delivery of earnings payment reports.

    Payday, pay period, ids of payer and earner, actual employer, day of birth, insurance policies and exceptions, and
    whether the payer is a temporary employer: where one of these differs, the report is invalidated and given anew.
    """
    data = every(parse(xml), "DeliveryData")[0]
    of_delivery = (
        *(text_of(data, f"PaymentPeriod/{name}") for name in ("PaymentDate", "StartDate", "EndDate")),
        *_codes(data, "Payer/PayerIds/Id"),
        *_codes(data, "Payer/SubstitutePayer/EmployerId"),
        text_of(data, "Payer/SubstitutePayer/Acts"),
        str("3" in [each.text for each in every(data, "Payer/PayerOther/PayerTypes/Code")]),
    )
    return {
        text_of(report, "ReportData/ReportId"): (*of_delivery, *_of_earner(every(report, "IncomeEarner")[0]))
        for report in every(data, "Reports/Report")
    }


def _of_earner(earner: etree._Element) -> Sequence[str]:
    paths = (
        "IncomeEarnerBasic/BirthDate",
        "PensionInsurance/PensionActCode",
        "PensionInsurance/PensionPolicyNo",
        "AccidentInsurance/AccInsProvId/Code",
        "AccidentInsurance/AccInsPolicyNo",
    )
    exceptions = sorted(each.text or "" for each in every(earner, "InsuranceExceptions/ExceptionCode"))
    return (*_codes(earner, "IncomeEarnerIds/Id"), *(text_of(earner, path) for path in paths), *exceptions)


def _codes(element: etree._Element, path: str) -> tuple[str, ...]:
    return tuple(sorted(f"{text_of(each, 'Type')}:{text_of(each, 'Code')}" for each in every(element, path)))
