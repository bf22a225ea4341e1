"""Our side of the register: deliveries signed and sent, and the question what became of them.

Nothing here is tried again: whoever calls knows what was recorded before, and asks by the delivery's own id.
"""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from palkkio.adapters.incomes_register.settings import Register
from palkkio.adapters.incomes_register.signing import SignatureError, sign, verified
from palkkio.adapters.incomes_register.soap import SoapFault, unwrap, wrap
from palkkio.formats.incomes_register.answers import Answer, read_answer, write_status_request
from palkkio.formats.incomes_register.values import Identifier
from palkkio.formats.xml import to_bytes

SECONDS = 60
LARGEST = 32 * 1024 * 1024
VERSION = "20170526"  # of the services, in their addresses: V (WSDL)


@dataclass(frozen=True, slots=True)
class Service:
    """Where a kind of delivery goes."""

    path: str
    action: str


SERVICES = {
    "100": Service("WageReportService.svc", "SendWageReports"),
    "101": Service("PayerSummaryReportService.svc", "SendPayerSummaryReports"),
    "105": Service("InvalidationService.svc", "SendInvalidations"),
    "106": Service("InvalidationService.svc", "SendInvalidations"),
}
_STATUS = Service("StatusService.svc", "GetDeliveryDataStatus")


class RegisterError(Exception):
    """The register gave no answer that can be used; whether it has the delivery is not known."""


def send(register: Register, xml: bytes, delivery_type: str) -> Answer:
    """Sign and send a delivery. The acknowledgement says whether it was taken in. Raises RegisterError."""
    return _call(register, SERVICES[delivery_type], xml)


def ask(
    register: Register,
    *,
    delivery_type: str,
    delivery_id: str,
    owner: Identifier,
    at: datetime,
    is_production: bool,
) -> Answer:
    """What became of a delivery, by its own id. Raises RegisterError."""
    question = write_status_request(
        created_at=at,
        delivery_type=int(delivery_type),
        delivery_id=delivery_id,
        owner=owner,
        is_production=is_production,
    )
    return _call(register, _STATUS, question)


def _call(register: Register, service: Service, xml: bytes) -> Answer:
    try:
        message = sign(xml, key=register.key.read_bytes(), certificate=register.certificate.read_bytes())
        content = _post(register, service, wrap(message))
        answer = verified(unwrap(content), certificate=register.register_certificate.read_bytes())
        return read_answer(to_bytes(answer))
    except SignatureError as error:
        raise RegisterError(str(error)) from error
    except SoapFault as error:
        raise RegisterError(f"The register refused the call: {error}") from error
    except (OSError, HTTPException, ValueError) as error:  # the middle one: cut off within the answer
        raise RegisterError(f"No answer that can be used: {type(error).__name__}") from error


def _post(register: Register, service: Service, content: bytes) -> bytes:
    url = f"{register.url}/{VERSION}/{service.path}"
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked with the settings
        url, data=content, headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{service.action}"'}
    )
    context = None
    if urlsplit(url).scheme == "https":
        context = ssl.create_default_context()
        context.load_cert_chain(register.certificate, register.key)  # the same certificate opens the connection
    try:
        with urllib.request.urlopen(request, timeout=SECONDS, context=context) as answer:  # noqa: S310
            found: bytes = answer.read(LARGEST)
    except urllib.error.HTTPError as error:
        if error.headers.get_content_type() == "text/xml":
            return error.read(LARGEST)
        raise RegisterError(f"The register answers HTTP {error.code}") from error
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise RegisterError(f"The register cannot be reached: {type(error).__name__}") from error
    return found
