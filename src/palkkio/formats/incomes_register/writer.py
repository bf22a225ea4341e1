"""WageReportsRequestToIR as bytes; the order of elements is the schema's."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import escape

from palkkio.formats.incomes_register.heads import (
    add_address,
    add_contacts,
    add_days,
    add_head,
    add_id,
    add_if,
    line_text,
)
from palkkio.formats.incomes_register.report_text import report_text
from palkkio.formats.incomes_register.values import PUBLIC_BODY, Delivery, Identifier, Payer, SubstituteFor
from palkkio.formats.xml_writer import DECLARATION, MARK, Element, add, pattern_of

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/WageReportsToIR"
EARNINGS_PAYMENT_REPORTS = "100"


def write_delivery(delivery: Delivery) -> bytes:
    """The delivery as UTF-8 XML, unsigned; the same values give the same bytes.

    Raises ValueError for a delivery without reports, an open period, a moment without time zone, or an id that is
    none. What the register would refuse beyond that, `check_delivery` finds.
    """
    if not delivery.reports or not delivery.contacts:
        raise ValueError("A delivery needs at least one report and one contact person")
    own, payer = [delivery.delivery_id], delivery.payer
    if substitute := payer.substitute_for:
        name = line_text(substitute.name, 200)
        own += [substitute.employer.code, *([name] if name else [])]
        marked = SubstituteFor(Identifier(substitute.employer.type, MARK), MARK if name else "")
        payer = payer._replace(substitute_for=marked)
    pattern = _pattern(delivery._replace(delivery_id=MARK, payer=payer, reports=()))
    reports = "".join([report_text(report) for report in delivery.reports])
    return DECLARATION + (pattern % (*map(escape, own), reports)).encode()


@lru_cache(maxsize=64)
def _pattern(delivery: Delivery) -> str:
    """What deliveries have in common that differ in id, household employer and reports, which are marked."""
    root = Element("wrtir:WageReportsRequestToIR", attributes=f' xmlns:wrtir="{NAMESPACE}"')
    data = add(root, "DeliveryData")  # the elements below the root are in no namespace
    add_head(
        data,
        created_at=delivery.created_at,
        source=delivery.source,
        delivery_type=EARNINGS_PAYMENT_REPORTS,
        delivery_id=delivery.delivery_id,
        rejects_only_faulty=delivery.rejects_only_faulty,
        is_production=delivery.is_production,
        owner=delivery.payer.identifier,
        creator=delivery.creator,
    )
    period = add(data, "PaymentPeriod")
    add(period, "PaymentDate", delivery.payday.isoformat())
    add_days(period, delivery.period)
    add_contacts(data, delivery.contacts)
    _add_payer(data, delivery.payer)
    add(data, "Reports").inside.append(MARK)
    return pattern_of(root, 0)


def _add_payer(data: Element, payer: Payer) -> None:
    element = add(data, "Payer")
    add_id(add(element, "PayerIds"), "Id", payer.identifier)
    if payer.name:
        basic = add(element, "PayerBasic")
        add(basic, "CompanyName", line_text(payer.name, 200))
        add_if(basic, "Language", "" if payer.language is None else str(payer.language))
    if payer.address:
        add_address(add(element, "Address"), payer.address)
    if payer.keva_code:
        organisation = add(add(element, "SubOrgs"), "SubOrg")
        add(organisation, "Type", "1")
        add(organisation, "Code", payer.keva_code)
    kinds = [*([PUBLIC_BODY] if payer.is_public_body else []), *payer.types]
    if kinds:
        types = add(add(element, "PayerOther"), "PayerTypes")
        for kind in kinds:
            add(types, "Code", str(kind))
    if payer.substitute_for:
        substitute = add(element, "SubstitutePayer")
        add(substitute, "Acts", "true")
        add_id(substitute, "EmployerId", payer.substitute_for.employer)
        add_if(substitute, "EmployerName", payer.substitute_for.name)
