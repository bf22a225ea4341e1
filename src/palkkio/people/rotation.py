"""Puts identity codes under the current key, in people and in their history."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models, transaction

from palkkio.people.identity import ring
from palkkio.people.models import Person

AT_ONCE = 1000
# Another key is no change of the person: no history is made of it, and history itself is sealed anew.
IGNORED = ("people.Person:update_update", "people.PersonEvent:append_only")


def rotate_codes() -> int:
    """Seal anew the codes that an older key sealed. Returns how many rows; may be stopped and run again.

    Raises ProgrammingError unless it runs as the owner of the tables: the web's role changes no history.
    """
    return sum(_rotate(model) for model in (Person, apps.get_model("people", "PersonEvent")))


def _rotate(model: type[models.Model]) -> int:
    count, last = 0, 0
    manager: models.Manager[Any] = model._default_manager
    while rows := list(manager.filter(pk__gt=last).exclude(identity_digest="").order_by("pk")[:AT_ONCE]):
        last = rows[-1].pk
        old = [row for row in rows if not ring().is_current(row.identity_digest)]
        for row in old:
            row.identity_digest = ring().digests(row.identity_code)[0]
        with transaction.atomic(), pgtrigger.ignore(*IGNORED):
            manager.bulk_update(old, ["identity_code", "identity_digest"])
        count += len(old)
    return count
