"""Keys by which names sort and are found, made here and stored: the database needs no collation of its own."""

from __future__ import annotations

import unicodedata

# Finnish alphabet: å ä ö after z; Sámi letters beside their Latin neighbours (SFS 4600 in short).
_AFTER_Z = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}
_BESIDE = {
    "đ": "d",
    "ð": "d",
    "ŋ": "n",
    "ŧ": "t",
    "š": "s",
    "ž": "z",
    "č": "c",
    "ǥ": "g",
    "ǩ": "k",
    "ʒ": "z",
    "ß": "ss",
}


def sort_key(*parts: str) -> str:
    """Key that sorts names as a Finnish reader expects; compare as plain code points (COLLATE "C")."""
    return " ".join(_folded(part, _AFTER_Z) for part in parts).strip()


def search_key(*parts: str) -> str:
    """Key for search by word prefix: "Väinö Äkäs-Åberg" -> "vaino akas aberg"; typed words are folded the same way."""
    plain = {"å": "a", "ä": "a", "æ": "a", "ö": "o", "ø": "o"}
    folded = " ".join(_folded(part, plain) for part in parts)
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def _folded(text: str, special: dict[str, str]) -> str:
    out = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        if char in special:
            out.append(special[char])
        elif char in _BESIDE:
            out.append(_BESIDE[char])
        else:
            base = unicodedata.normalize("NFD", char)
            out.append("".join(each for each in base if not unicodedata.combining(each)))
    return "".join(out)
