"""Reads documents."""

from __future__ import annotations

import hashlib

from palkkio.core.sealing import SealError
from palkkio.documents.models import Document
from palkkio.people.identity import ring


class DamagedFileError(RuntimeError):
    """The stored bytes are not those that were taken in: restore the file from a backup."""


def content(document: Document) -> bytes:
    """The bytes of a document. Raises DamagedFileError when they are not the ones that were taken in."""
    with document.file.open("rb") as file:
        sealed = bytes(file.read())
    try:
        found = ring().open_file(sealed)
    except SealError as error:
        raise DamagedFileError(f"Document {document.pk} cannot be opened: {error}") from error
    if hashlib.sha256(found).hexdigest() != document.sha256:
        raise DamagedFileError(f"Document {document.pk} does not have the content that was stored")
    return found


def versions(document: Document) -> list[Document]:
    """All versions of a document, the newest first, itself among them."""
    newest = document
    while (newer := Document.objects.filter(replaces=newest).first()) is not None:
        newest = newer
    found = [newest]
    while found[-1].replaces is not None:
        found.append(found[-1].replaces)
    return found
