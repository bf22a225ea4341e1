"""A letter in plain words to somebody whom no e-mail reaches (ACC-11): what was done, and what to do if it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.payslip import Party
from palkkio.formats import figures
from palkkio.formats.pdf.tables import Data, frame
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import words

LETTERS = (
    "bank_account_changed",
    "payment_returned",
    "card_missing",
    "mandate_given",
    "hearing_opened",
    "recovery_decided",
    "decision_made",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    kind  one of LETTERS
    to    name and address as they stand in the window of the envelope
    day   of what the letter tells
    amount, until   EUR and the last day to answer, where the letter tells of them
    more  paragraphs of its own, as the grounds of a decision
    """

    kind: str
    payer: Party
    to: Party
    day: date
    phone: str
    amount: Decimal | None = None
    until: date | None = None
    more: tuple[str, ...] = ()


def letter_pdf(letter: Letter, *, typesetter: Typesetter, language: str, made_at: datetime) -> bytes:
    """The letter as tagged PDF/UA-1. Raises ValueError for an unknown language or kind."""
    return typesetter.pdf("letter", letter_data(letter, language=language, made_at=made_at), made_at=made_at)


def letter_data(letter: Letter, *, language: str, made_at: datetime) -> Data:
    if letter.kind not in LETTERS:
        raise ValueError(f"There is no letter {letter.kind!r}")
    title, texts = letter_words(letter, language=language)
    return {
        **frame(words(language), title=title, subtitle=(), payer=letter.payer, made_at=made_at),
        "sender": [letter.payer.name, *letter.payer.address],
        "receiver": [letter.to.name, *letter.to.address],
        "texts": texts,
    }


def letter_words(letter: Letter, *, language: str) -> tuple[str, list[str]]:
    """Title and paragraphs, also of what accompanies a payslip; they stand in the message of an electronic letter."""
    w = words(language)
    values = {
        "day": figures.day(letter.day),
        "payer": letter.payer.name,
        "phone": letter.phone,
        "sum": "" if letter.amount is None else figures.euros(letter.amount),
        "until": "" if letter.until is None else figures.day(letter.until),
    }
    what, right, wrong = (w(f"letter.{letter.kind}.{part}", **values) for part in ("what", "right", "wrong"))
    return w(f"letter.{letter.kind}.title"), [what, *letter.more, right, wrong]
