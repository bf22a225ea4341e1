"""What the sandbox does with a message: schema, rules, books; and how it answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lxml import etree

from palkkio.adapters.incomes_register import sandbox_rules as rules
from palkkio.adapters.incomes_register.sandbox_store import Known, Store, add_delivery, known, new_id, save
from palkkio.core.clock import HELSINKI
from palkkio.formats import schemas
from palkkio.formats.incomes_register.answers import Answer, Error, Item, Status, facts_of
from palkkio.formats.xml import every, name_of, text_of, to_bytes

SCHEMAS = {
    "WageReportsRequestToIR": "wage-report-2026/WageReportsToIR.xsd",
    "InvalidationsRequestToIR": "v2022/InvalidationsToIR.xsd",
    "PayerSummaryReportsRequestToIR": "v2022/PayerSummaryReportsToIR.xsd",
    "StatusRequestToIR": "v2022/StatusRequestToIR.xsd",
}
ACK = "http://www.tulorekisteri.fi/2017/1/AckFromIR"
STATUS = "http://www.tulorekisteri.fi/2017/1/StatusResponseFromIR"
Errors = tuple[Error, ...]


@dataclass
class Books:
    """The register: its file, the day that it lives on, and how long it takes over a delivery (seconds)."""

    store: Store
    today: date
    delay: float = 0

    def take(self, message: etree._Element, now: float, found: Errors) -> Answer:
        """A delivery is taken in and gone through at once; how it ended is told only when it is asked for later.

        found  what the schema says of it
        """
        data = every(message, "DeliveryData")[0]
        owner, kind, delivery_id = _whose(data)
        with self.store.opened() as base:
            used = base.execute(
                "SELECT 1 FROM delivery WHERE owner = ? AND type = ? AND delivery_id = ?", (owner, kind, delivery_id)
            ).fetchone()
            if used:
                return _refused("DELIVERY_ID_USED", "The owner has used the delivery's id before")
            if found:
                return Answer(Status.REFUSED_ON_RECEIPT, errors=found)
            answer = self._gone_through(base, message, data, owner)
            add_delivery(base, owner, kind, delivery_id, answer, now)
        return Answer(Status.IN_PROCESS, answer.register_id)

    def tell(self, question: etree._Element, now: float) -> Answer:
        """What became of a delivery; unknown ones are refused."""
        owner, kind, delivery_id = _whose(question)
        found = self.store.answer(owner, kind, delivery_id)
        if found is None:
            return _refused("DELIVERY_UNKNOWN", "The owner has given no such delivery")
        answer, received = found
        return answer if now - received >= self.delay else Answer(Status.IN_PROCESS, answer.register_id)

    def _gone_through(
        self, base: sqlite3.Connection, message: etree._Element, data: etree._Element, owner: str
    ) -> Answer:
        name = name_of(message)
        if name == "InvalidationsRequestToIR":
            return _summed([_taken_back(base, item, owner) for item in every(data, "Items/Item")], ())
        if name == "PayerSummaryReportsRequestToIR":
            return _summed([_separate(base, each, owner) for each in every(data, "Reports/Report")], ())
        whole = tuple(Error(*each) for each in rules.delivery_problems(data, self.today))
        if whole:
            return Answer(Status.REFUSED, new_id(), errors=whole)
        facts, repeated = facts_of(to_bytes(message)), rules.repeated(data)
        items = []
        for report in every(data, "Reports/Report"):
            report_id = text_of(report, "ReportData/ReportId")
            errors = [Error(*each) for each in rules.report_problems(report, data)]
            if report_id in repeated:
                errors.append(Error("REPORT_TWICE", repeated[report_id]))
            items.append(_reported(base, report, owner, facts.get(report_id, ()), tuple(errors)))
        return _summed(items, ())


def schema_problems(message: etree._Element) -> Errors:
    """What the official schema finds in a message with its signature, where the schema is there."""
    folder = schemas.official_schemas()
    name = SCHEMAS.get(name_of(message))
    if name is None:
        return (Error("MESSAGE_UNKNOWN", "The service knows no such message"),)
    if folder is None:
        return ()
    found = schemas.validate(etree.tostring(message), Path(folder) / "incomes-register" / name)
    return tuple(Error("SCHEMA", each[:400]) for each in found[:5])


def _whose(data: etree._Element) -> tuple[str, str, str]:
    owner = f"{text_of(data, 'DeliveryDataOwner/Type')}:{text_of(data, 'DeliveryDataOwner/Code')}"
    return owner, text_of(data, "DeliveryDataType"), text_of(data, "DeliveryId")


def _refused(code: str, message: str) -> Answer:
    return Answer(Status.REFUSED_ON_RECEIPT, errors=(Error(code, message),))


def _summed(items: list[Item], errors: Errors) -> Answer:
    """One faulty report does not stop the others (FaultyControl 1); without a valid one the delivery is refused."""
    valid = tuple(each for each in items if not each.errors)
    status = Status.VALID if valid and not errors else Status.REFUSED
    return Answer(status, new_id(), valid, tuple(each for each in items if each.errors), errors)


def _reported(
    base: sqlite3.Connection, report: etree._Element, owner: str, facts: tuple[str, ...], errors: Errors
) -> Item:
    report_id = text_of(report, "ReportData/ReportId")
    before = known(base, owner, report_id)
    is_new = text_of(report, "ReportData/ActionCode") == "1"
    found = (*errors, *(Error(*each) for each in _version_problems(report, before, facts, is_new=is_new)))
    if found:
        return Item(report_id, errors=found)
    version = 1 if before is None else before.version + 1
    item_id = new_id() if before is None or is_new else before.item_id
    save(base, owner, report_id, Known(item_id, version, "valid", facts))
    return Item(report_id, item_id, version)


def _version_problems(
    report: etree._Element, before: Known | None, facts: tuple[str, ...], *, is_new: bool
) -> Iterator[tuple[str, str]]:
    """Corrections (C1, C2, C7)."""
    if is_new:
        if before is not None:
            yield "REPORT_ID_USED", "The payer has used the report's id before"
        return
    if before is None:
        yield "REPORT_UNKNOWN", "There is no report to replace"
    elif before.state != "valid":
        yield "REPORT_TAKEN_BACK", "A report that was taken back cannot be replaced"
    elif before.facts != facts:
        yield "INVALIDATE_FIRST", "What has changed wants the report taken back and given anew"
    elif (own := text_of(report, "ReportData/IRReportId")) and own != before.item_id:
        yield "REPORT_UNKNOWN", "The register's own id is not that of the report"
    elif (given := text_of(report, "ReportData/ReportVersion")) and int(given) != before.version:
        yield "VERSION_OLD", "The report has a newer version"


def _taken_back(base: sqlite3.Connection, item: etree._Element, owner: str) -> Item:
    report_id, own = text_of(item, "ItemId"), text_of(item, "IRItemId")
    before = known(base, owner, report_id)
    if before is None or (own and own != before.item_id):
        return Item(report_id, errors=(Error("REPORT_UNKNOWN", "There is no report to take back"),))
    if before.state != "valid":
        return Item(report_id, errors=(Error("REPORT_TAKEN_BACK", "The report was taken back before"),))
    save(base, owner, report_id, Known(before.item_id, before.version, "invalidated", before.facts))
    return Item(report_id, before.item_id, before.version)


def _separate(base: sqlite3.Connection, report: etree._Element, owner: str) -> Item:
    """The employer's separate report: 101 excludes 102 and 103, all but 101 have an amount."""
    sums = {
        text_of(each, "SummaryTransactionCode"): text_of(each, "Amount")
        for each in every(report, "Transactions/Transaction/TransactionBasic")
    }
    errors: list[Error] = []
    if "101" in sums and len(sums) > 1:
        errors.append(Error("NO_WAGES_WITH_SUMS", "No wages paid excludes contributions"))
    errors += [
        Error("AMOUNT_MISSING", f"{code} has no amount") for code, text in sums.items() if code != "101" and not text
    ]
    month = tuple(text_of(report, f"PaymentMonth/{name}") for name in ("Year", "Month"))
    return _reported(base, report, owner, month, tuple(errors))


def write_answer(answer: Answer, request: etree._Element, *, is_ack: bool) -> bytes:
    """An acknowledgement or a status answer, unsigned."""
    space, name = (ACK, "AckFromIR") if is_ack else (STATUS, "StatusResponseFromIR")
    root = etree.Element(f"{{{space}}}{name}", nsmap={"ir": space})
    if is_ack:
        data = etree.SubElement(root, "DeliveryData")
        given = every(request, "DeliveryData")[0]
        for each in ("Timestamp", "Source", "DeliveryDataType", "DeliveryId", "FaultyControl", "ProductionEnvironment",
                     "DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):  # fmt: skip
            for found in every(given, each):
                data.append(etree.fromstring(etree.tostring(found, with_tail=False)))
    body = etree.SubElement(root, "AckData" if is_ack else "StatusResponse")
    _add(body, "IRResponseId", new_id())
    _add(body, "IRResponseTimestamp", datetime.now(HELSINKI).isoformat(timespec="seconds"))
    _add(body, "DeliveryDataStatus", str(int(answer.status)))
    if answer.register_id:
        _add(body, "IRDeliveryId", answer.register_id)
    for name, items in (("ValidItems", answer.valid), ("InvalidItems", answer.invalid)):
        if items:
            element = etree.SubElement(body, name)
            for item in items:
                _add_item(element, item)
    if answer.errors:
        _add_errors(etree.SubElement(body, "DeliveryErrors"), answer.errors)
    return etree.tostring(root)


def _add_item(parent: etree._Element, item: Item) -> None:
    element = etree.SubElement(parent, "Item")
    for name, text in (("ItemId", item.report_id), ("IRItemId", item.register_id)):
        if text:
            _add(element, name, text)
    if item.version is not None:
        _add(element, "ItemVersion", str(item.version))
    if item.errors:
        _add_errors(etree.SubElement(element, "ItemErrors"), item.errors)


def _add_errors(parent: etree._Element, errors: Errors) -> None:
    for error in errors:
        element = etree.SubElement(parent, "ErrorInfo")
        _add(element, "ErrorCode", error.code)
        _add(element, "ErrorMessage", error.message[:500])


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
