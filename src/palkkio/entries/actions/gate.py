"""No shifts before the household's gate is open (ACC-10, R18); what was done anyway is recorded by staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_noop as _

from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.actions.days import named
from palkkio.entries.models import Sheet
from palkkio.people.households.queries import gate

TO_ASSISTANT = _(
    "The matters of your employer are not in order for these days, so hours cannot be entered yet: %(days)s. "
    "Ask your employer."
)
TO_EMPLOYER = _(
    "Work may not be done on these days, because your insurances or papers were not in order: %(days)s. "
    "Your home page tells what is missing. If work was done, the county records it."
)
NOT_APPROVED = _(
    "Some of the hours are of days on which your insurances or papers were not in order. Your home page tells what is "
    "missing. If the work was done, the county records it, and then you can approve it."
)
ASK_REASON = _("Enter why hours before the gate are recorded, on these days: %(days)s.")


def check_gate(sheet: Sheet, days: Iterable[date], *, by: Viewer, reason: str = "") -> None:
    """Raises InvalidInput on `day` for days before the gate opens; for staff on `reason`, unless one is given."""
    early = _before_gate(sheet, days)
    if not early or (by.is_staff and reason.strip()):
        return
    if by.is_staff:
        raise InvalidInput(FieldError("reason", ASK_REASON, params=early))
    message = TO_EMPLOYER if by.role is RoleKind.EMPLOYER else TO_ASSISTANT
    raise InvalidInput(FieldError("day", message, params=early))


def check_approved(sheet: Sheet, days: Iterable[date]) -> None:
    """Raises WrongState if any of the days, which staff did not record, lies before the gate."""
    if _before_gate(sheet, days):
        raise WrongState(NOT_APPROVED)


def _before_gate(sheet: Sheet, days: Iterable[date]) -> dict[str, object]:
    """The days as the messages name them; empty: none."""
    employer_id = sheet.contract.employer_id
    chosen = sorted(set(days))
    if employer_id is None or not chosen:
        return {}
    found = gate(employer_id)
    early = [day for day in chosen if not found.is_open(day)]
    return named(early) if early else {}
