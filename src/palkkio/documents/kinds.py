"""Kinds of files: what they really are, by their first bytes, and how large they may be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that is taken in."""

    content_type: str
    suffix: str


PDF = FileType("application/pdf", ".pdf")
JPEG = FileType("image/jpeg", ".jpg")
PNG = FileType("image/png", ".png")
SUFFIXES = {PDF: {".pdf"}, JPEG: {".jpg", ".jpeg"}, PNG: {".png"}}


def type_of(content: bytes) -> FileType | None:
    """Type by content, whatever name and headers say; None when it is none that is taken in.

    A PDF may have other bytes before its header (ISO 32000-1, annex H), within the first kilobyte.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return PDF if re.search(rb"%PDF-[12]\.[0-9]", content[:1024]) else None


def clean_name(name: str, kind: FileType) -> str:
    """A file name without folders and control characters, with the suffix of its true type, at most 120 characters."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    base = "".join(char if char.isprintable() and char not in '<>:"|?*;' else " " for char in base)
    base = " ".join(base.split()).strip(". ")
    stem, dot, suffix = base.rpartition(".")
    known = SUFFIXES[kind] if kind != PDF else set().union(*SUFFIXES.values())  # a picture may have become a PDF
    if f".{suffix.lower()}" in known and dot:
        base = stem.strip(". ")
    return (base or "file")[: LONGEST_NAME - len(kind.suffix)] + kind.suffix
