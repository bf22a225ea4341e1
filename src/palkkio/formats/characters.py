"""Letters that banks carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# The characters that every bank in SEPA must carry (EPC217-08). Recalled, not read anew: R.
SEPA_CHARACTERS = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*")
NORDIC_CHARACTERS = re.compile(r"[A-Za-z0-9/\-?:().,'+ ÅÄÖåäö]*")
_NORDIC = frozenset("åäöÅÄÖ")
# What Unicode's own decomposition does not reach; the rest loses its marks (š -> s, á -> a).
_WRITTEN_AS = {
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ǥ": "g", "Ǥ": "G",
    "ʒ": "z", "Ʒ": "Z", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ß": "ss", "þ": "th",
    "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "ʹ": "'", "´": "'", "`": "'",
    '"': "'", "“": "'", "”": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "_": "-", "&": "+", ";": ",", "\u00a0": " ",
}  # fmt: skip


def bank_text(text: str, *, keeps_nordic_letters: bool = False, length: int) -> str:
    """`text` in characters that a bank carries, at most `length` of them.

    Letters lose their marks; å ä ö too, unless the bank agreement says that they are carried (no source read says so
    for every bank: R). Anything else unknown becomes a full stop. `//` and a slash at either end are not allowed.
    """
    carried = text if SEPA_CHARACTERS.fullmatch(text) else "".join(_carried(text, keeps_nordic_letters))
    cleaned = " ".join(re.sub(r"/{2,}", "/", carried).split())
    return cleaned[:length].strip(" /")


def _carried(text: str, keeps_nordic_letters: bool) -> Iterator[str]:
    for char in unicodedata.normalize("NFC", text):
        if keeps_nordic_letters and char in _NORDIC:
            yield char
            continue
        if char.isspace():
            yield " "
            continue
        plain = _WRITTEN_AS.get(char) or "".join(
            each for each in unicodedata.normalize("NFD", char) if not unicodedata.combining(each)
        )
        plain = "".join(_WRITTEN_AS.get(each, each) for each in plain)
        yield plain if SEPA_CHARACTERS.fullmatch(plain) else "."
