"""Which tax card holds on a day of payment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

from palkkio.core.days import DateRange


class Card(Protocol):
    """A tax card, read whole or as a row."""

    pk: int
    valid: DateRange
    fetched_at: Any  # a moment


C = TypeVar("C", bound=Card)


def card_on(cards: Iterable[C], payday: date) -> C | None:
    """The latest of a person's cards of one kind that is valid on `payday`.

    In January, until a card of the new year is there, the last one of the old year holds, with its accumulation begun
    anew (the payer may use the percentage in force on 31 December).
    """
    cards = list(cards)
    found = _latest(cards, payday)
    if found is None and payday.month == 1:
        found = _latest(cards, date(payday.year - 1, 12, 31))
    return found


def _latest(cards: Iterable[C], day: date) -> C | None:
    held = [card for card in cards if day in card.valid]
    return max(held, key=lambda card: (card.valid.start or date.min, card.fetched_at, card.pk), default=None)
