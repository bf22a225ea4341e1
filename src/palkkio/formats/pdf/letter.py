"""A letter in plain words to somebody whom no e-mail reaches (ACC-11): what was done, and what to do if it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from palkkio.core.payslip import Party
from palkkio.formats import figures
from palkkio.formats.pdf.tables import Data, frame
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import words

LETTERS = ("bank_account_changed",)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    kind  one of LETTERS
    to    name and address as they stand in the window of the envelope
    day   of what the letter tells
    """

    kind: str
    payer: Party
    to: Party
    day: date
    phone: str


def letter_pdf(letter: Letter, *, typesetter: Typesetter, language: str, made_at: datetime) -> bytes:
    """The letter as tagged PDF/UA-1. Raises ValueError for an unknown language or kind."""
    return typesetter.pdf("letter", letter_data(letter, language=language, made_at=made_at), made_at=made_at)


def letter_data(letter: Letter, *, language: str, made_at: datetime) -> Data:
    if letter.kind not in LETTERS:
        raise ValueError(f"There is no letter {letter.kind!r}")
    w = words(language)
    values = {"day": figures.day(letter.day), "payer": letter.payer.name, "phone": letter.phone}
    return {
        **frame(w, title=w(f"letter.{letter.kind}.title"), subtitle=(), payer=letter.payer, made_at=made_at),
        "sender": [letter.payer.name, *letter.payer.address],
        "receiver": [letter.to.name, *letter.to.address],
        "texts": [w(f"letter.{letter.kind}.{part}", **values) for part in ("what", "right", "wrong")],
    }
