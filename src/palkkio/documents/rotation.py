"""Puts stored files under the current key."""

from __future__ import annotations

from django.db import transaction

from palkkio.documents.models import Blob
from palkkio.people.identity import ring

AT_ONCE = 200


def rotate_files() -> int:
    """Seal anew the files in the database that an older key sealed. Returns how many; may be stopped and run again.

    Files in S3-compatible storage are never written over: their keys stay in the settings for as long as they do.
    """
    count = last = 0
    while rows := list(Blob.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        for number in rows:
            count += _rotate(number)
        last = rows[-1]
    return count


@transaction.atomic
def _rotate(number: int) -> bool:
    blob = Blob.objects.select_for_update().filter(pk=number).first()
    if blob is None or ring().is_current(bytes(blob.content)):
        return False
    blob.content = ring().seal_file(ring().open_file(bytes(blob.content)))
    blob.save(update_fields=["content"])
    return True
