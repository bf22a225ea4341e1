"""What the sandbox asks of a request body: the fields of section M7, nothing missing and nothing besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from palkkio.adapters.suomifi_messages.bodies import Channel

MOST_LETTERS_OF_TITLE = 100


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most so many letters, or one of some."""

    most: int = 10_000
    of: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Fields:
    """An object: what it must have, and what it may."""

    must: Mapping[str, Shape]
    may: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class One:
    """A list of exactly one."""

    of: Shape


Shape = Text | Truth | Fields | One

SERVICE_TYPE = Text(of=("Normal", "Verifiable"))
ATTACHMENTS = One(Fields({"attachmentId": Text(36)}, {}))
ADDRESS = Fields(
    {
        "name": Text(100),
        "streetAddress": Text(100),
        "zipCode": Text(10),
        "city": Text(60),
        "countryCode": Text(pattern=r"[A-Z]{2}"),
    },
    {"additionalName": Text(100)},
)
ELECTRONIC = Fields(
    {
        "title": Text(MOST_LETTERS_OF_TITLE),
        "body": Text(),
        "bodyFormat": Text(of=("Text", "Markdown")),
        "attachments": ATTACHMENTS,
        "messageServiceType": SERVICE_TYPE,
        "visibility": Text(of=("Normal", "Recipient only")),
        "replyAllowedBy": Text(of=("Anyone", "No one")),
        "notifications": Fields(
            {
                "senderDetailsInNotifications": Text(of=("Organisation and service name", "None")),
                "unreadMessageNotification": Fields(
                    {"reminder": Text(of=("Default reminder", "No reminders"))},
                    {},
                ),
            },
            {"customisedNewMessageNotification": Fields({}, {})},
        ),
    },
    {"inReplyToMessageId": Text()},
)
PAPER = Fields(
    {
        "attachments": ATTACHMENTS,
        "recipient": Fields({"address": ADDRESS}, {}),
        "sender": Fields({"address": ADDRESS}, {}),
        "messageServiceType": SERVICE_TYPE,
        "colorPrinting": Truth(),
        "twoSidedPrinting": Truth(),
        "createAddressPage": Truth(),
        "rotateLandscapePages": Truth(),
        "printingAndEnvelopingService": Fields(
            {
                "postiMessaging": Fields(
                    {
                        "username": Text(100),
                        "password": Text(100),
                        "contactDetails": Fields({"email": Text(100, pattern=r"[^@\s]+@[^@\s]+")}, {}),
                    },
                    {},
                )
            },
            {"costPool": Text(100)},
        ),
    },
    {},
)
_ALWAYS: Mapping[str, Shape] = {"externalId": Text(100), "sender": Fields({"serviceId": Text(100)}, {})}
_RECEIVER = Fields({"id": Text(20)}, {})
BODIES: Mapping[Channel, Fields] = {
    Channel.ANY: Fields({**_ALWAYS, "recipient": _RECEIVER, "electronic": ELECTRONIC, "paperMail": PAPER}, {}),
    Channel.MAILBOX: Fields({**_ALWAYS, "recipient": _RECEIVER, "electronic": ELECTRONIC}, {}),
    Channel.PAPER: Fields({**_ALWAYS, "paperMail": PAPER}, {}),
}


def problems(body: Any, shape: Shape, at: str = "body") -> Iterator[str]:
    """What is wrong with a body, each with its place; no value of it is repeated."""
    match shape:
        case Truth():
            if not isinstance(body, bool):
                yield f"{at} is not true or false"
        case Text():
            if not isinstance(body, str) or not body.strip():
                yield f"{at} is not a text"
            elif len(body) > shape.most:
                yield f"{at} is longer than {shape.most}"
            elif shape.of and body not in shape.of:
                yield f"{at} is none of {', '.join(shape.of)}"
            elif shape.pattern and not re.fullmatch(shape.pattern, body):
                yield f"{at} is not written as it should be"
        case One():
            if not isinstance(body, list) or len(body) != 1:
                yield f"{at} is not a list of one"
            else:
                yield from problems(body[0], shape.of, f"{at}[0]")
        case Fields():
            if not isinstance(body, dict):
                yield f"{at} is not an object"
                return
            known = {**shape.may, **shape.must}
            yield from (f"{at}.{key} is missing" for key in shape.must if key not in body)
            yield from (f"{at}.{key} is not known" for key in body if key not in known)
            for key, inside in known.items():
                if key in body:
                    yield from problems(body[key], inside, f"{at}.{key}")
