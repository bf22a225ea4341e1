"""Reports taken back (mitätöinti): InvalidationsToIR, for what a replacement may not change (C2, C4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from palkkio.formats.incomes_register.heads import add_head, add_if
from palkkio.formats.incomes_register.values import Identifier
from palkkio.formats.xml_writer import Element, add, to_bytes

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/InvalidationsToIR"
OF_WAGE_REPORTS, OF_SEPARATE_REPORTS = "105", "106"  # DeliveryDataType: V


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A report that is taken back: by the payer's id, and the register's own where it is known (both must fit)."""

    report_id: str
    register_id: str = ""


def write_invalidations(
    items: Sequence[TakenBack],
    *,
    delivery_id: str,
    created_at: datetime,
    owner: Identifier,
    is_production: bool,
    delivery_type: str = OF_WAGE_REPORTS,
) -> bytes:
    """The delivery as UTF-8 XML, unsigned. Raises ValueError if nothing is taken back."""
    if not items:
        raise ValueError("An invalidation names at least one report")
    root = Element("itir:InvalidationsRequestToIR", attributes=f' xmlns:itir="{NAMESPACE}"')
    data = add(root, "DeliveryData")
    add_head(
        data,
        created_at=created_at,
        source="Palkkio",
        delivery_type=delivery_type,
        delivery_id=delivery_id,
        rejects_only_faulty=True,
        is_production=is_production,
        owner=owner,
    )
    element = add(data, "Items")
    for each in items:
        item = add(element, "Item")
        add_if(item, "IRItemId", each.register_id)
        add(item, "ItemId", each.report_id)
    return to_bytes(root)
