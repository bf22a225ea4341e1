"""SOAP 1.1 around the register's messages (document/literal, as its WSDL says)."""

from __future__ import annotations

from lxml import etree

from palkkio.formats.xml import child, children, name_of, parse, text_of

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


class SoapFault(Exception):
    """The service refused the call as such."""


def wrap(message: etree._Element) -> bytes:
    """The message in an envelope; what is signed stays as it is."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(envelope, f"{{{SOAP}}}Body").append(message)
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")


def unwrap(content: bytes) -> etree._Element:
    """The message inside, as a document of its own. Raises SoapFault, ValueError."""
    body = child(parse(content), "Body")
    inside = [] if body is None else list(children(body))
    if len(inside) != 1:
        raise ValueError("The answer is not a SOAP message")
    if name_of(inside[0]) == "Fault":
        raise SoapFault(text_of(inside[0], "faultstring") or "Fault")
    return etree.fromstring(etree.tostring(inside[0], with_tail=False))


def fault(text: str) -> bytes:
    """A refusal of the call."""
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    element = etree.SubElement(etree.SubElement(envelope, f"{{{SOAP}}}Body"), f"{{{SOAP}}}Fault")
    for name, value in (("faultcode", "soap:Client"), ("faultstring", text)):
        etree.SubElement(element, name).text = value
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
