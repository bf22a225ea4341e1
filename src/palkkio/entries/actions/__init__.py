"""Writes of the stage: sheets made, days and trips entered, periods confirmed and reviewed."""

from palkkio.entries.actions.days import clear_days, enter_days, undo_change, write_note
from palkkio.entries.actions.months import freeze_months
from palkkio.entries.actions.paper import enter_paper_sheet
from palkkio.entries.actions.review import (
    confirm_on_behalf,
    confirm_sheet,
    reopen_sheet,
    return_sheet,
    review_sheet,
    review_sheets,
)
from palkkio.entries.actions.sheets import ensure_sheets
from palkkio.entries.actions.trips import remove_trip, save_trip
from palkkio.entries.refusals import ConfirmEarly, StaleSheet
from palkkio.entries.values import BulkResult, Typed

__all__ = [
    "BulkResult",
    "ConfirmEarly",
    "StaleSheet",
    "Typed",
    "clear_days",
    "confirm_on_behalf",
    "confirm_sheet",
    "ensure_sheets",
    "enter_days",
    "enter_paper_sheet",
    "freeze_months",
    "remove_trip",
    "reopen_sheet",
    "return_sheet",
    "review_sheet",
    "review_sheets",
    "save_trip",
    "undo_change",
    "write_note",
]
