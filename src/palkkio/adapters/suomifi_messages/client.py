"""Our side of Suomi.fi Messages: letters given in, and what became of them.

Nothing here is tried again but a token that has run out. A letter may be given in as often as one likes: the service
knows it by our id, and its answer "conflict" names the same message, which is as good as having taken it in.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from palkkio.adapters.suomifi_messages.bodies import Channel, Letter, body_of
from palkkio.adapters.suomifi_messages.settings import Service

SECONDS = 60
LARGEST = 8 * 1024 * 1024
JSON = "application/json"
LATER = frozenset({408, 425, 429})  # an error of now, not of what was asked


class MessagesError(Exception):
    """No answer that can be used; whether the service has the letter is not known."""


class LetterRefused(Exception):
    """The service does not take this letter as it is; the text is its reason."""


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a letter. `kind` in the service's words, as "Electronic message read"."""

    kind: str
    at: datetime
    message_id: int
    external_id: str


@dataclass(slots=True)
class Session:
    """A conversation with the service; the token is asked for once."""

    service: Service
    _token: str = field(default="", repr=False)

    def send(self, letter: Letter, content: bytes) -> tuple[int, Channel]:
        """Give one letter in. Returns the service's number of it and where it was given.

        Raises MessagesError, LetterRefused; its text NO_WAY, NO_MAILBOX: it was not asked for.
        """
        channel = letter.channel(self.service)
        if channel is None:
            raise LetterRefused("NO_WAY")
        if channel == Channel.MAILBOX and not self.has_mailbox(letter.receiver):
            raise LetterRefused("NO_MAILBOX")
        attachment_id = self._attach(letter.file_name, content)
        body = body_of(letter, attachment_id, self.service, channel)
        answer = self._call("POST", channel, json.dumps(body).encode(), taken=HTTPStatus.CONFLICT)
        try:
            return int(answer["messageId"]), channel
        except (KeyError, TypeError, ValueError) as error:
            raise MessagesError("The answer does not name the message") from error

    def has_mailbox(self, code: str) -> bool:
        """True if somebody has taken the mailbox into use. Raises MessagesError, LetterRefused."""
        answer = self._call("POST", "/v1/mailboxes/active", json.dumps({"endUsers": [{"id": code}]}).encode())
        try:
            return any(each["id"] == code for each in answer["endUsersWithActiveMailbox"])
        except (KeyError, TypeError) as error:
            raise MessagesError("The answer on mailboxes cannot be read") from error

    def events(self, after: str) -> tuple[list[Event], str]:
        """Events after the place that the service named last time, and the next place. Raises MessagesError.

        after  empty: from the first that the service still has
        """
        query = f"?{urlencode({'continuationToken': after})}" if after else ""
        try:
            answer = self._call("GET", f"/v2/events{query}")
            return list(_events(answer["events"])), str(answer["continuationToken"])
        except (KeyError, TypeError, ValueError) as error:
            raise MessagesError("The events cannot be read") from error
        except LetterRefused as error:
            raise MessagesError(f"The service refuses to tell what happened: {error}") from error

    def _attach(self, name: str, content: bytes) -> str:
        boundary = uuid.uuid4().hex
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        answer = self._call("POST", "/v2/attachments", body, kind=f"multipart/form-data; boundary={boundary}")
        try:
            return str(answer["attachmentId"])
        except (KeyError, TypeError) as error:
            raise MessagesError("The answer does not name the attachment") from error

    def _call(self, method: str, path: str, body: bytes | None = None, *, kind: str = JSON, taken: int = 0) -> Any:
        """One call, with a new token if the old one has run out. `taken`: a status that is a success besides."""
        is_new = not self._token
        status, answer = self._ask(method, path, body, kind)
        if status == HTTPStatus.UNAUTHORIZED and not is_new:
            self._token = ""
            status, answer = self._ask(method, path, body, kind)
        if status in (HTTPStatus.OK, HTTPStatus.CREATED, taken):
            return answer
        if status in LATER or status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or status >= 500:
            raise MessagesError(f"Suomi.fi Messages answers HTTP {status}")
        raise LetterRefused(_reason(answer) or f"HTTP {status}")

    def _ask(self, method: str, path: str, body: bytes | None, kind: str) -> tuple[int, Any]:
        if not self._token:
            login = json.dumps({"username": self.service.username, "password": self.service.password}).encode()
            status, answer = _exchange("POST", f"{self.service.url}/v1/token", login, {"Content-Type": JSON})
            if status != HTTPStatus.OK or not isinstance(answer, dict) or not answer.get("access_token"):
                raise MessagesError(f"Suomi.fi Messages does not let us in: HTTP {status}")
            self._token = str(answer["access_token"])
        headers = {"Authorization": f"Bearer {self._token}", "Accept": JSON}
        if body is not None:
            headers["Content-Type"] = kind
        return _exchange(method, f"{self.service.url}{path}", body, headers)


def _exchange(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, Any]:
    """Status and JSON of the answer. Raises MessagesError if there is none that can be read."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 - checked with the settings
    try:
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                return answer.status, json.loads(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            return error.code, _json_or_none(error.read(LARGEST))
    except (OSError, HTTPException, ValueError) as error:
        raise MessagesError(f"Suomi.fi Messages cannot be reached: {type(error).__name__}") from error


def _json_or_none(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _reason(answer: Any) -> str:
    """Why a letter was refused, in the service's words."""
    if not isinstance(answer, dict):
        return ""
    found = [str(answer.get("reason") or "")]
    found += [str(each.get("error")) for each in answer.get("validationErrors") or () if isinstance(each, dict)]
    return "; ".join(each for each in found if each)[:300]


def _events(rows: Any) -> Iterator[Event]:
    """The metadata of an event is an object, or the text of one: both are met."""
    for row in rows:
        about = row["metadata"]
        about = json.loads(about) if isinstance(about, str) else about
        moment = datetime.fromisoformat(str(row["eventTime"]))
        yield Event(str(row["type"]), moment, int(about["messageId"]), str(about.get("externalId") or ""))
