"""Default storage of files: bytes in PostgreSQL, in the transaction of the row that names them, in one backup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import connection
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.deconstruct import deconstructible

from palkkio.documents.models import Blob

_COPY = "COPY documents_blob (name, content, created_at) FROM STDIN (FORMAT BINARY)"


@deconstructible
class DatabaseStorage(Storage):
    """Django's storage over `Blob`, for files of some megabytes; larger ones belong in S3-compatible storage.

    A file has no address of its own: pages hand it out after asking `documents.access`.
    """

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode not in {"r", "rb"}:
            raise ValueError("Stored files are written once, then only read")
        content = Blob.objects.filter(name=name).values_list("content", flat=True).first()
        if content is None:
            raise FileNotFoundError(name)
        return ContentFile(bytes(content), name=name)

    def _save(self, name: str, content: IO[Any]) -> str:
        content.seek(0)
        self.save_many([(name, content.read())])
        return name

    def save_many(self, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Keep files under names that are new; bytes go to PostgreSQL as they are, not as text of a statement.

        Returns the names. Raises IntegrityError for one that is taken.
        """
        now, names = timezone.now(), []
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(("varchar", "bytea", "timestamptz"))
            for name, content in files:
                copy.write_row((name, content, now))
                names.append(name)
        return names

    def delete(self, name: str) -> None:
        Blob.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        return Blob.objects.filter(name=name).exists()

    def size(self, name: str) -> int:
        """Bytes of a file. Raises FileNotFoundError."""
        size = Blob.objects.filter(name=name).annotate(size=Length("content")).values_list("size", flat=True).first()
        if size is None:
            raise FileNotFoundError(name)
        return int(size)

    def get_created_time(self, name: str) -> datetime:
        """Raises FileNotFoundError."""
        created_at = Blob.objects.filter(name=name).values_list("created_at", flat=True).first()
        if created_at is None:
            raise FileNotFoundError(name)
        return created_at
