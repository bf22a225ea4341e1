"""Asks for tax cards, many at once. What it asks and gets are the neutral records; see there what is unknown."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException

from palkkio.adapters.tax_cards.records import Query, Record
from palkkio.adapters.tax_cards.settings import Service

SECONDS = 60
AT_ONCE = 500
LARGEST = 8 * 1024 * 1024


class TaxCardError(Exception):
    """No answer that can be used; nothing is known of any of the cards asked for."""


def fetch(service: Service, payer: str, queries: Sequence[Query]) -> list[Record | None]:
    """The cards in the order of the queries; None where the Tax Administration has none of that kind.

    payer  Business ID of who asks
    Raises TaxCardError.
    """
    body = json.dumps({"payer": payer, "queries": [each.as_json() for each in queries]}).encode()
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked with the settings
        f"{service.url}/tax-cards", data=body, headers={"Content-Type": "application/json"}
    )
    context = None
    if service.certificate is not None:
        context = ssl.create_default_context()
        context.load_cert_chain(service.certificate, service.key)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS, context=context) as answer:  # noqa: S310
            rows = json.loads(answer.read(LARGEST))["cards"]
        cards = [None if row is None else Record.from_json(row) for row in rows]
    except urllib.error.HTTPError as error:
        raise TaxCardError(f"HTTP {error.code}") from error
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise TaxCardError(type(error).__name__) from error
    if len(cards) != len(queries):
        raise TaxCardError("The answer has another number of cards than was asked for")
    return cards
