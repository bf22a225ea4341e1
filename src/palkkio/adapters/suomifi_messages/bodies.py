"""What is sent: one letter as a value, and the request bodies of the interface (facts M6, M7, M10, M11).

A letter goes to the mailbox where the receiver has one in use and to paper otherwise; to the mailbox alone where it has
no address; to paper alone where the receiver's code is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palkkio.adapters.suomifi_messages.settings import Printing, Service

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the window of an envelope. All rows are needed; the country is of two letters."""

    name: str
    street: str
    postcode: str
    town: str
    country: str = "FI"

    def as_json(self) -> Json:
        return {
            "name": self.name,
            "streetAddress": self.street,
            "zipCode": self.postcode,
            "city": self.town,
            "countryCode": self.country,
        }


class Channel(StrEnum):
    """Where a letter is given in."""

    ANY = "/v2/messages"
    MAILBOX = "/v2/messages/electronic"
    PAPER = "/v2/paper-mail-without-id"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    external_id         ours, the same at each try: a letter given in twice is one letter
    receiver            identity code or Business ID; empty: not known
    address             None: not known, or kept from paper
    is_verifiable       a decision, whose receipt is proved
    is_for_receiver_only  those with a mandate in Suomi.fi do not see it (M11)
    """

    external_id: str
    receiver: str = field(repr=False)
    address: Address | None
    title: str
    body: str
    file_name: str
    is_verifiable: bool = False
    is_for_receiver_only: bool = True

    def channel(self, service: Service) -> Channel | None:
        """None: there is no way to send it."""
        on_paper = self.address is not None and service.printing is not None
        if self.receiver:
            return Channel.ANY if on_paper else Channel.MAILBOX
        return Channel.PAPER if on_paper else None


def body_of(letter: Letter, attachment_id: str, service: Service, channel: Channel) -> Json:
    body: Json = {"externalId": letter.external_id, "sender": {"serviceId": service.service_id}}
    if channel != Channel.PAPER:
        body["recipient"] = {"id": letter.receiver}
        body["electronic"] = _electronic(letter, attachment_id)
    if channel != Channel.MAILBOX and letter.address is not None and service.printing is not None:
        body["paperMail"] = _paper(letter, letter.address, attachment_id, service.printing)
    return body


def _electronic(letter: Letter, attachment_id: str) -> Json:
    return {
        "title": letter.title,
        "body": letter.body,
        "bodyFormat": "Text",
        "attachments": [{"attachmentId": attachment_id}],
        "messageServiceType": _service_type(letter),
        "visibility": "Recipient only" if letter.is_for_receiver_only else "Normal",
        "replyAllowedBy": "No one",
        "notifications": {
            "senderDetailsInNotifications": "Organisation and service name",
            "unreadMessageNotification": {"reminder": "Default reminder"},
        },
    }


def _paper(letter: Letter, to: Address, attachment_id: str, printing: Printing) -> Json:
    return {
        "attachments": [{"attachmentId": attachment_id}],
        "recipient": {"address": to.as_json()},
        "sender": {"address": printing.sender.as_json()},
        "messageServiceType": _service_type(letter),
        "colorPrinting": False,
        "twoSidedPrinting": True,
        "createAddressPage": True,
        "rotateLandscapePages": False,
        "printingAndEnvelopingService": {
            "postiMessaging": {
                "username": printing.username,
                "password": printing.password,
                "contactDetails": {"email": printing.email},
            }
        },
    }


def _service_type(letter: Letter) -> str:
    return "Verifiable" if letter.is_verifiable else "Normal"
