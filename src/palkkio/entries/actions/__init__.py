"""Writes of the stage: sheets made, days and trips entered, periods confirmed and reviewed."""

from palkkio.entries.actions.approval import approve_all, approve_shifts, return_shifts
from palkkio.entries.actions.changes import (
    accept_change,
    add_certificate,
    read_notice,
    report_change,
    return_change,
    withdraw_change,
)
from palkkio.entries.actions.consent import give_consent, withdraw_consent
from palkkio.entries.actions.copying import Copied, copy_day, copy_week
from palkkio.entries.actions.days import clear_days, enter_days, write_note
from palkkio.entries.actions.events import accept_membership, record_event, withdraw_event
from palkkio.entries.actions.leave import adjust_leave
from palkkio.entries.actions.months import freeze_months, take_back_months
from palkkio.entries.actions.paper import enter_paper_sheet
from palkkio.entries.actions.paper_shifts import enter_paper_shifts
from palkkio.entries.actions.previewing import preview_change
from palkkio.entries.actions.repairing import move_shift, split_shift
from palkkio.entries.actions.review import (
    confirm_on_behalf,
    confirm_sheet,
    reopen_sheet,
    return_sheet,
    review_sheet,
    review_sheets,
)
from palkkio.entries.actions.sheets import ensure_sheets
from palkkio.entries.actions.shifts import NewShift, enter_shift, remove_shift, save_shift, save_shifts
from palkkio.entries.actions.trips import remove_trip, save_trip
from palkkio.entries.actions.undoing import undo_change
from palkkio.entries.refusals import AlertsToConfirm, ConfirmEarly, StaleSheet
from palkkio.entries.values import BulkResult, Typed

__all__ = [
    "AlertsToConfirm",
    "BulkResult",
    "ConfirmEarly",
    "Copied",
    "NewShift",
    "StaleSheet",
    "Typed",
    "accept_change",
    "accept_membership",
    "add_certificate",
    "adjust_leave",
    "approve_all",
    "approve_shifts",
    "clear_days",
    "confirm_on_behalf",
    "confirm_sheet",
    "copy_day",
    "copy_week",
    "ensure_sheets",
    "enter_days",
    "enter_paper_sheet",
    "enter_paper_shifts",
    "enter_shift",
    "freeze_months",
    "give_consent",
    "move_shift",
    "preview_change",
    "read_notice",
    "record_event",
    "remove_shift",
    "remove_trip",
    "reopen_sheet",
    "report_change",
    "return_change",
    "return_sheet",
    "return_shifts",
    "review_sheet",
    "review_sheets",
    "save_shift",
    "save_shifts",
    "save_trip",
    "split_shift",
    "take_back_months",
    "undo_change",
    "withdraw_change",
    "withdraw_consent",
    "withdraw_event",
    "write_note",
]
