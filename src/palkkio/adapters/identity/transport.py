"""Asking a provider over HTTP: small answers, short waits, no redirects; published documents are remembered."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from threading import Lock
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

from palkkio.adapters.configuration import LOCAL_HOSTS

SECONDS = 10
LARGEST = 256 * 1024
REMEMBERED = 600  # seconds


class ServiceError(Exception):
    """The service did not give an answer that can be used; `was_answered`: it answered, and refused."""

    def __init__(self, text: str, *, was_answered: bool = False) -> None:
        super().__init__(text)
        self.was_answered = was_answered


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ServiceError("The service answered with a redirect", was_answered=True)


class Transport:
    """HTTP with the service; documents that are published for everybody are kept for ten minutes."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(_NoRedirects)
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}
        self._lock = Lock()

    def get_json(self, url: str, *, anew: bool = False) -> dict[str, Any]:
        """A published document. `anew`: not the remembered one. Raises ServiceError."""
        with self._lock:
            kept = self._kept.get(url)
        if kept and not anew and time.monotonic() - kept[0] < REMEMBERED:
            return kept[1]
        document = self._ask(urllib.request.Request(_guarded(url), headers={"Accept": "application/json"}))  # noqa: S310
        with self._lock:
            self._kept[url] = (time.monotonic(), document)
        return document

    def post_form(self, url: str, values: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, Any]:
        """The answer to a posted form. Raises ServiceError."""
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked
            _guarded(url),
            data=urlencode(values).encode(),
            headers={"Accept": "application/json", **headers},
        )
        return self._ask(request)

    def forget(self) -> None:
        """Ask for everything anew."""
        with self._lock:
            self._kept.clear()

    def _ask(self, request: urllib.request.Request) -> dict[str, Any]:
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                found = json.loads(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            raise ServiceError(f"HTTP {error.code}", was_answered=error.code < 500) from error
        except (OSError, HTTPException, ValueError) as error:  # the middle one: cut off within the answer
            raise ServiceError(type(error).__name__) from error
        if not isinstance(found, dict):
            raise ServiceError("Not a JSON object", was_answered=True)
        return found


def _guarded(url: str) -> str:
    """HTTPS alone, but for a server on this machine."""
    address = urlsplit(url)
    if address.scheme == "https" or (address.scheme == "http" and address.hostname in LOCAL_HOSTS):
        return url
    raise ServiceError("Not an HTTPS address")


transport = Transport()
