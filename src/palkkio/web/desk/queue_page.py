"""The values of the queue's page: views, table with flags, what the last bulk act did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palkkio.contracts.queries import tax_card_kind
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.messages.queries import open_counts
from palkkio.organisations.queries import Timetable, deadline_and_payday
from palkkio.payroll.queries import tax_cards_on
from palkkio.people.queries import accounts_on
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.estimates import gross_of
from palkkio.web.desk.queue_search import COMMENTS, Search
from palkkio.web.shift_words import hours_words
from palkkio.web.ui import wording
from palkkio.web.ui.values import BulkAction, Cell, Chip, Column, Row, Table, View
from palkkio.web.ui.words import day_kind, period_name

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet

    class QueuedSheet(Protocol):
        """A sheet as `entries.queries.queue` gives it: with the numbers of its row."""

        pk: int
        state: str
        channel: str
        version: int
        period: DateRange
        contract: Contract
        confirmed_at: datetime | None
        is_confirmed_on_behalf: bool
        days_total: int
        hours_total: timedelta | None
        days_before: int | None
        difference: int | None
        difference_percent: int | None
        entered: Sequence[Mapping[str, Any]]
        is_empty: bool
        is_by_county: bool
        is_returned: bool


GREW_BY = 50  # per cent more days than the month before: stands out
VIEW_NAMES = ("all", "confirmed", "unconfirmed", COMMENTS, "changed", "empty", "paper", "reviewed")


def view_words(name: str) -> str:
    return {
        "all": _("All that wait"),
        "confirmed": _("Confirmed"),
        "unconfirmed": _("Unconfirmed"),
        COMMENTS: _("With comments"),
        "changed": _("Days changed"),
        "empty": _("Empty"),
        "paper": _("By the county"),
        "reviewed": _("Reviewed"),
    }[name]


def views_of(search: Search, counts: Mapping[str, int], query: QueryDict) -> list[View]:
    """The tabs, each with its number of sheets."""
    drawn = []
    for name in VIEW_NAMES:
        asked = query.copy()
        for gone in ("page", "sheet", "view"):
            asked.pop(gone, None)
        if name != "all":
            asked["view"] = name
        drawn.append(View(view_words(name), "?" + asked.urlencode(), counts[name], is_current=search.view == name))
    return drawn


def bulk_actions(*, can_review: bool) -> list[BulkAction]:
    if not can_review:
        return []
    return [
        BulkAction(_("Review the picked ones"), "review", kind="primary"),
        BulkAction(_("Return with a reason"), "return"),
    ]


def pick_value(sheet: QueuedSheet) -> str:
    """What a picked row posts: the sheet and the version that was on the page."""
    return f"{sheet.pk}.{sheet.version}"


def table_of(
    viewer: Viewer,
    search: Search,
    sheets: Sequence[Sheet],
    *,
    today: date,
    current: int | None,
    picked: frozenset[int],
    query: QueryDict,
    can_pick: bool,
) -> Table:
    """A page of the queue; a fixed number of queries for any number of rows."""
    gross = gross_of(viewer.organisation_id, sheets)
    comments = open_counts([sheet.pk for sheet in sheets])
    times = _timetables(viewer.organisation_id, sheets)
    missing = _missing(sheets, times, today)
    columns = [
        Column(_("Carer"), sort="name", place="title"),
        Column(_("Care recipient"), sort="recipient", is_extra=True, place="bare"),
        Column(_("Days"), sort="days", place="bare"),
        Column(_("Gross €"), is_number=True, place="side"),
        Column(_("Difference"), sort="difference", is_number=True),
        Column(_("Remarks"), place="bare"),
        Column(_("Waited"), sort="confirmed_at", is_number=True, is_extra=True),
    ]
    if search.month is None:
        columns.insert(1, Column(_("Month"), place="bare"))
    rows = []
    for sheet in cast("Sequence[QueuedSheet]", sheets):
        own = {sheet.contract.carer_id, sheet.contract.recipient_id} & viewer.for_person_ids
        deadline = times.get((sheet.contract.kind, sheet.period))
        chips = flags(sheet, comments.get(sheet.pk, 0), missing.get(sheet.pk, []), deadline, today)
        if own:
            chips.append(Chip(_("Your own matter"), "", "people"))
        cells = [
            Cell(sheet.contract.carer.name_family_first, _here(query, sheet.pk)),
            Cell(_recipient(sheet), note=kind_name(sheet.contract.kind)),
            _entered(sheet),
            Cell(_sum(gross.get(sheet.pk))),
            Cell(difference_words(sheet), strong=abs(sheet.difference_percent or 0) > GREW_BY),
            Cell(chips=chips),
            Cell(waited(sheet, today)),
        ]
        if search.month is None:
            cells.insert(1, Cell(period_name(sheet.period)))
        name = sheet.contract.carer.name
        rows.append(
            Row(
                cells,
                value="" if own or not can_pick or sheet.state == "reviewed" else pick_value(sheet),
                pick_says=_("Pick %(name)s") % {"name": name},
                is_current=sheet.pk == current,
                is_flagged=any(chip.tone in ("warn", "error") for chip in chips),
                is_picked=sheet.pk in picked,
            )
        )
    return Table(_("Care periods to review"), columns, rows, pick="sheet" if can_pick else "", sort=search.order)


def flags(
    sheet: QueuedSheet, comments: int, missing: Sequence[Chip], times: Timetable | None, today: date
) -> list[Chip]:
    """What a reviewer should see of a sheet before it is reviewed."""
    found = list(missing)
    is_late = times is not None and today > times.deadline
    if sheet.is_returned:
        found.append(Chip(_("Returned"), "", "return"))
    if sheet.is_empty:
        words = _("No entries, unconfirmed") if sheet.state == "open" else _("No entries")
        found.append(Chip(words, "warn" if is_late or sheet.state != "open" else ""))
    elif sheet.state == "open" and not sheet.is_returned:
        found.append(Chip(_("Unconfirmed"), "warn" if is_late else "", "clock"))
    if (sheet.difference_percent or 0) > GREW_BY:
        found.append(Chip(_("Grew over 50 %"), "warn"))
    if comments:
        words = ngettext("%(n)s comment", "%(n)s comments", comments) % {"n": comments}
        found.append(Chip(words, "you", "chat"))
    if sheet.channel == "paper":
        found.append(Chip(_("On paper"), "", "paper"))
    elif sheet.is_by_county:
        found.append(Chip(_("Entered by the county"), "", "people"))
    if sheet.is_confirmed_on_behalf:
        found.append(Chip(_("Confirmed on behalf"), "", "people"))
    return found


def _entered(sheet: QueuedSheet) -> Cell:
    """Days of a carer as a strip; hours of an assistant."""
    if sheet.hours_total is not None:
        return Cell(hours_words(sheet.hours_total))
    return Cell(strip=looks(sheet), note=days_words(sheet.days_total))


def looks(sheet: QueuedSheet) -> list[str]:
    """The look of each day of the month, in order."""
    entered = {str(each["day"]): DayType(each["type"]) for each in sheet.entered}
    return [day_kind(entered[day.isoformat()]).look if day.isoformat() in entered else "" for day in sheet.period]


def days_words(days: int) -> str:
    return ngettext("%(n)s d", "%(n)s d", days) % {"n": days}


def difference_words(sheet: QueuedSheet) -> str:
    """Change in the number of days from the month before: per cents, or days where that month had none."""
    if sheet.difference_percent is not None:
        return f"{wording.signed(sheet.difference_percent)} %"
    if sheet.days_before is None or not sheet.difference:
        return ""
    return _("%(n)s d from 0") % {"n": wording.signed(sheet.difference)}


def waited(sheet: QueuedSheet, today: date) -> str:
    """Days since the carer confirmed."""
    if sheet.confirmed_at is None or sheet.state != "confirmed":
        return ""
    days = (today - day_of(sheet.confirmed_at)).days
    return days_words(days) if days > 0 else _("today")


def _recipient(sheet: QueuedSheet) -> str:
    return sheet.contract.recipient.name if sheet.contract.recipient else ""


def _sum(amount: Decimal | None) -> str:
    return wording.number(amount, 2) if amount is not None else "–"


def _here(query: QueryDict, sheet_id: int) -> str:
    asked = query.copy()
    asked["sheet"] = str(sheet_id)
    return "?" + asked.urlencode()


def _timetables(organisation_id: int, sheets: Sequence[Sheet]) -> dict[tuple[str, DateRange], Timetable]:
    """Deadlines by kind and month; a month for which none is set is left out."""
    found = {}
    for kind, month in sorted({(sheet.contract.kind, sheet.period) for sheet in sheets}, key=str):
        try:
            found[kind, month] = deadline_and_payday(organisation_id, kind, month)
        except WrongState:
            continue
    return found


def _missing(
    sheets: Sequence[Sheet], times: Mapping[tuple[str, DateRange], Timetable], today: date
) -> dict[int, list[Chip]]:
    """Account numbers and tax cards that are missing on the payday."""
    groups: dict[tuple[str, date], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.state == "reviewed":
            continue
        table = times.get((sheet.contract.kind, sheet.period))
        groups[sheet.contract.kind, max(table.payday, today) if table else today].append(sheet)
    found: dict[int, list[Chip]] = defaultdict(list)
    for (kind, payday), rows in groups.items():
        people = {sheet.contract.carer_id for sheet in rows}
        accounts = accounts_on(people, payday)
        cards = tax_cards_on(people, tax_card_kind(kind), payday)
        for sheet in rows:
            if sheet.contract.carer_id not in accounts:
                found[sheet.pk].append(Chip(_("Account number missing"), "error"))
            if sheet.contract.carer_id not in cards:
                found[sheet.pk].append(Chip(_("Tax card missing"), "warn"))
    return found
