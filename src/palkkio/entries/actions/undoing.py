"""A save taken back: what it touched stands again as it was before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext_noop as _

from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import access, content
from palkkio.entries.actions.days import check_days
from palkkio.entries.actions.saving import Present, save_content
from palkkio.entries.actions.shifts import Span, do_overlap, taken_times
from palkkio.entries.models import Sheet, SheetChange
from palkkio.entries.values import Typed

TAKEN = _("There is another shift at that time now, so it cannot be undone. Change the shifts one by one.")


def undo_change(change_id: int, *, by: Viewer, at: datetime, version: int) -> SheetChange:
    """Put back exactly what one save touched, with who entered it and when (CARE-16). An undo can be undone.

    Raises WrongState when what it touched was changed after it, when another shift has taken the time of one that would
    come back, or when the save was not one of entries.
    """
    change = access.change(by, change_id)
    if change.action not in content.CONTENT_ACTIONS:
        raise WrongState(_("Only entries can be undone. Return or reopen the care period instead."))

    def wanted(sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
        if any(present.get(key) != value for key, value in change.after.items()):
            raise WrongState(
                _("What you saved was changed after that, so it cannot be undone. Change the days one by one.")
            )
        before: Mapping[str, content.Value] = change.before
        back = {day for key, value in before.items() if value and (day := content.day_of(key))}
        if back:
            check_days(sheet, back)
        if any(value and key.startswith(content.SHIFT) for key, value in before.items()):
            _check_times(sheet, {**present, **before})
        return before

    touched = (day for key in change.before if (day := content.day_of(key)))
    typed = Typed("undo_change", tuple(sorted(touched)))
    return save_content(change.sheet_id, wanted, by=by, at=at, version=version, typed=typed)


def _check_times(sheet: Sheet, standing: Mapping[str, content.Value]) -> None:
    """Raises WrongState if two of the shifts would overlap, or one of them and one of another sheet."""
    spans = sorted(_span(value) for key, value in standing.items() if value and key.startswith(content.SHIFT))
    others = taken_times(sheet.contract_id, spans, but_sheet=sheet.pk)
    if any(do_overlap(*pair) for pair in pairwise(sorted([*spans, *others]))):
        raise WrongState(TAKEN)


def _span(value: content.Value) -> Span:
    return datetime.fromisoformat(value["start"]), datetime.fromisoformat(value["end"])
