"""The one way a sheet is saved: lock, compare versions, ask the table of rights, write, keep the change, record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.core.clock import day_of
from palkkio.core.viewer import Viewer
from palkkio.entries import access, content, rights
from palkkio.entries.models import Sheet, SheetChange
from palkkio.entries.queries.sheet import sheet_view
from palkkio.entries.refusals import StaleSheet
from palkkio.entries.values import Typed
from palkkio.organisations.access import one

CHANGED_DAYS = _("Somebody changed the same days while you were entering. Compare both and save again.")
CHANGED_STATE = _("The state of the care period changed while you were entering. Look at it and try again.")
CHANGED_SHEET = _("Somebody changed the care period while you were on the page. Look at it as it is now and try again.")

Present = Mapping[str, content.Value]
Wanted = Callable[[Sheet, Present], Mapping[str, content.Value]]


def locked(sheet_id: int, by: Viewer) -> Sheet:
    """The sheet with its contract, locked until the transaction ends. Raises NotAllowed if it is not theirs to see."""
    return one(access.enterable_sheets(by).select_related("contract").select_for_update(of=("self",)), sheet_id)


@transaction.atomic
def save_content(
    sheet_id: int, wanted: Wanted, *, by: Viewer, at: datetime, version: int, typed: Typed, reason: str = ""
) -> SheetChange:
    """Put what `wanted` gives, from the locked sheet and what stands on it, on the sheet.

    A save on an older version goes through when nobody else has changed the same things since; `merged_over` of the
    change is then the number of saves in between. When nothing would change, nothing is written and the change that is
    returned has no id.

    Raises StaleSheet when somebody else changed the same things or the state meanwhile, NotAllowed and WrongState by
    the table of rights, and what `wanted` raises.
    """
    sheet = locked(sheet_id, by)
    between = since(sheet, version)
    if version > sheet.version or any(each.action not in content.CONTENT_ACTIONS for each in by_others(between, by)):
        raise stale(sheet, CHANGED_STATE, by=by, at=at, typed=typed)
    rights.require(sheet, by, "enter", today=day_of(at))
    present = content.Standing(sheet)
    changed = {key: value for key, value in wanted(sheet, present).items() if present.get(key) != value}
    if any(changed.keys() & each.after.keys() for each in by_others(between, by)):
        raise stale(sheet, CHANGED_DAYS, by=by, at=at, typed=typed)
    if not changed:
        return SheetChange(
            organisation_id=sheet.organisation_id, sheet=sheet, version=sheet.version, action=typed.action, at=at
        )
    before = {key: present.get(key) for key in changed if not content.is_new(key)}
    after = content.put(sheet, changed)
    before |= dict.fromkeys(after.keys() - before.keys())
    change = keep(sheet, typed.action, by=by, at=at, before=before, after=after, reason=reason)
    change.merged_over = len(by_others(between, by))
    return change


def keep(
    sheet: Sheet,
    action: str,
    *,
    by: Viewer,
    at: datetime,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> SheetChange:
    """Save the changed sheet as its next version, with the change and the audit record."""
    sheet.version += 1
    sheet.save()
    change = SheetChange.objects.create(
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        version=sheet.version,
        action=action,
        before=dict(before),
        after=dict(after),
        reason=reason,
        at=at,
        by_id=by.account_id,
        is_staff=by.is_staff,
    )
    record(
        action,
        by=by,
        at=at,
        object_kind="sheet",
        object_id=sheet.pk,
        subject_person_id=sheet.contract.carer_id,
        organisation_id=sheet.organisation_id,
        reason=reason,
        details={"version": sheet.version, "touched": sorted(key for key in after)},
    )
    return change


def since(sheet: Sheet, version: int) -> list[SheetChange]:
    """Changes after the version that the page showed, the oldest first."""
    if version >= sheet.version:
        return []
    return list(SheetChange.objects.filter(sheet=sheet, version__gt=version).order_by("version"))


def by_others(changes: list[SheetChange], by: Viewer) -> list[SheetChange]:
    return [each for each in changes if each.by_id != by.account_id]


def stale(sheet: Sheet, message: str, *, by: Viewer, at: datetime, typed: Typed) -> StaleSheet:
    return StaleSheet(message, saved=sheet_view(sheet, viewer=by, today=day_of(at)), yours=typed)
