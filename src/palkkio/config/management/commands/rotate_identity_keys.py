"""`bin/manage rotate_identity_keys`: identity codes and files under the first key of PALKKIO_IDENTITY_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import ProgrammingError

from palkkio.core.sealing import SealError
from palkkio.documents.rotation import rotate_files
from palkkio.people.rotation import rotate_codes


class Command(BaseCommand):
    help = (
        "Seal identity codes and files anew with the first key of PALKKIO_IDENTITY_KEYS. Run it as the owner; it "
        "may be stopped and run again. Afterwards the old key may go, unless files lie in S3-compatible storage."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            codes, files = rotate_codes(), rotate_files()
        except SealError as error:
            raise CommandError(f"{error}. Put every key that was used into PALKKIO_IDENTITY_KEYS.") from error
        except ProgrammingError as error:
            raise CommandError("Run this as the owner of the tables: set DATABASE_URL to that role's.") from error
        self.stdout.write(f"Sealed anew: {codes} rows with identity codes, {files} files.")
