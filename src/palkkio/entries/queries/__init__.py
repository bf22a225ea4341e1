"""Reads of the stage: a sheet as a page shows it, lists, the desk's queue, facts for payroll."""

from palkkio.entries.queries.events import is_heta_member
from palkkio.entries.queries.facts import facts_of_revisions, month_facts, revision_facts, revisions_to_pay
from palkkio.entries.queries.lists import contracts_of, labels, periods_of, periods_of_employer, trips_of_year
from palkkio.entries.queries.queue import ORDERS, VIEWS, neighbours, queue, queue_counts
from palkkio.entries.queries.reminders import SheetDue, sheets_due
from palkkio.entries.queries.sheet import asks_for_email, history, sheet_view
from palkkio.entries.values import (
    BulkResult,
    Can,
    ChangeLine,
    ChangeRow,
    DayCell,
    Neighbours,
    SheetLabel,
    SheetRow,
    SheetView,
    TripRow,
    Typed,
)

__all__ = [
    "ORDERS",
    "VIEWS",
    "BulkResult",
    "Can",
    "ChangeLine",
    "ChangeRow",
    "DayCell",
    "Neighbours",
    "SheetDue",
    "SheetLabel",
    "SheetRow",
    "SheetView",
    "TripRow",
    "Typed",
    "asks_for_email",
    "contracts_of",
    "facts_of_revisions",
    "history",
    "is_heta_member",
    "labels",
    "month_facts",
    "neighbours",
    "periods_of",
    "periods_of_employer",
    "queue",
    "queue_counts",
    "revision_facts",
    "revisions_to_pay",
    "sheet_view",
    "sheets_due",
    "trips_of_year",
]
