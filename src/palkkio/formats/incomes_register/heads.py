"""What every message to the register begins with, and how its values are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.formats.incomes_register.values import Address, Contact, Identifier
from palkkio.formats.xml_writer import Element, add

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"\w+(?:[ -]\w+)*")  # nearly every name: words with one blank or hyphen between


def add_head(
    data: Element,
    *,
    created_at: datetime,
    source: str,
    delivery_type: str,
    delivery_id: str,
    rejects_only_faulty: bool,
    is_production: bool,
    owner: Identifier,
    creator: Identifier | None = None,
) -> None:
    """From the timestamp to the sender, who is the creator: the owner itself, or a service provider."""
    add(data, "Timestamp", moment_text(created_at))
    add(data, "Source", line_text(source, 30))
    add(data, "DeliveryDataType", delivery_type)
    add(data, "DeliveryId", delivery_id)
    add(data, "FaultyControl", "1" if rejects_only_faulty else "2")
    add(data, "ProductionEnvironment", truth_text(is_production))
    add_id(data, "DeliveryDataOwner", owner)
    add_id(data, "DeliveryDataCreator", creator or owner)
    add_id(data, "DeliveryDataSender", creator or owner)


def add_contacts(data: Element, contacts: Sequence[Contact]) -> None:
    element = add(data, "ContactPersons")
    for contact in contacts:
        person = add(element, "ContactPerson")
        add(person, "Name", line_text(contact.name, 200))
        add(person, "Telephone", line_text(contact.telephone, 40))
        add_if(person, "Email", line_text(contact.email, 70))
        add(person, "ResponsibilityCode", str(contact.responsibility))


def add_id(parent: Element, name: str, identifier: Identifier) -> None:
    element = add(parent, name)
    add(element, "Type", str(identifier.type))
    add(element, "Code", identifier.code)


def add_if(parent: Element, name: str, text: str) -> None:
    if text:
        add(parent, name, text)


def add_address(element: Element, address: Address) -> None:
    add_if(element, "Street", line_text(address.street, 100))
    add(element, "PostalCode", line_text(address.postcode, 20))
    add(element, "PostOffice", line_text(address.town, 200))
    add_if(element, "CountryCode", address.country)


def add_days(parent: Element, period: DateRange) -> None:
    if period.first is None or period.last is None:
        raise ValueError("A period of the register has a first and a last day")
    add(parent, "StartDate", period.first.isoformat())
    add(parent, "EndDate", period.last.isoformat())


def moment_text(moment: datetime) -> str:
    """Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("The moment of creation needs a time zone")
    return moment.astimezone(HELSINKI).isoformat(timespec="seconds")


def line_text(text: str, length: int) -> str:
    """Text in one line, without what XML cannot hold and the strings that the register forbids (`--`, `/*`, `&#`)."""
    if _PLAIN.fullmatch(text):
        return text[:length].strip()
    line = " ".join(_NOT_IN_XML.sub(" ", text).split())
    return re.sub(r"-{2,}", "-", line).replace("/*", "/ *").replace("&#", "& #")[:length].strip()


def truth_text(value: bool) -> str:
    return "true" if value else "false"


def amount_text(amount: Decimal) -> str:
    return f"{amount:.2f}"
