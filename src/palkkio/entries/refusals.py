"""Refusals that carry more than words."""

from __future__ import annotations

from palkkio.core.problems import StaleVersion, WrongState
from palkkio.entries.values import SheetView, Typed


class StaleSheet(StaleVersion):
    """Somebody changed the same days, or the state, meanwhile; nothing was written (CARE-13).

    saved  the sheet as it stands now; its version is the one to send with a second try
    yours  what was typed
    """

    def __init__(self, message: str, *, saved: SheetView, yours: Typed) -> None:
        super().__init__(message, saved=saved, yours=yours)
        self.saved = saved
        self.yours = yours


class ConfirmEarly(WrongState):
    """The last care day of the period is still ahead: confirming asks once (CARE-16)."""


class AlertsToConfirm(WrongState):
    """Alerts stand on the hours: the employer confirms in writing that they are right (R13)."""
