"""What the calendar's panel says and does, for the payee and for the clerk who keys a paper in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from palkkio.core.payslip import DayType
from palkkio.entries import actions
from palkkio.entries.values import SheetView
from palkkio.messages.actions import add_comment
from palkkio.web.portal import period_page as page
from palkkio.web.portal.forms import DaysForm
from palkkio.web.ui import wording
from palkkio.web.ui.words import day_kind

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

CALENDAR_ERRORS = ("day", "type", "comment", "fill")


def is_complete(form: DaysForm, view: SheetView, *, clears: bool) -> bool:
    """Whether the form says enough; asks about days that have an entry already (CARE-16)."""
    typed = form.cleaned_data
    if not typed["day"]:
        form.add_error("day", _("Pick at least one day in the calendar."))
        return False
    if clears:
        return True
    if not typed["type"] and not typed["comment"] and not form.has_trip:
        form.add_error("type", _("Choose what kind of day it was."))
        return False
    if typed["type"] in (DayType.HOURS, DayType.LOCUM) and typed.get("count") is None:
        form.add_error("count", _("Enter the hours of the day, for example 3,5."))
        return False
    if form.has_trip and len(typed["day"]) > 1:
        form.add_error("kilometres", _("Pick one day only: a trip belongs to one day."))
        return False
    filled = [day for day in typed["day"] if (cell := view.cell(day)) and cell.day_type]
    if typed["type"] and len(typed["day"]) > 1 and filled and not typed["fill"]:
        form.add_error("fill", _("Choose what happens to the days that already have an entry."))
        return False
    return True


@transaction.atomic
def enter(
    request: RoleRequest, sheet_id: int, form: DaysForm, *, comment_said: str, merged_said: str
) -> dict[str, Any]:
    """Save what the panel says; returns what was done in words, and the change to undo.

    comment_said  told when a comment was sent
    merged_said   told when somebody else had saved other days meanwhile, and both were kept
    """
    viewer, now, typed = request.viewer, request.clock.now(), form.cleaned_data
    days: list[date] = typed["day"]
    said, change, version = [], None, typed["version"]
    if typed["type"]:
        day_type = DayType(typed["type"])
        change = actions.enter_days(
            sheet_id,
            by=viewer,
            at=now,
            version=version,
            days=days,
            day_type=day_type,
            count=form.count_or_one if day_type in page.COUNTED else 1,
            only_empty=typed["fill"] == "empty",
        )
        version = change.version
        said.append(
            page.saved_words(day_kind(day_type).name, len(change.after))
            if change.pk
            else _("Nothing changed: it was so already.")
        )
        if change.merged_over:
            said.append(merged_said)
    if form.has_trip:
        trip = actions.save_trip(sheet_id, by=viewer, at=now, version=version, values=form.trip(days[0]))
        change = change if change and change.pk else trip
        said.append(_("The trip is saved."))
    if typed["comment"]:
        text, day = typed["comment"], days[0] if len(days) == 1 else None
        if day is None:
            text = f"{', '.join(wording.day_short(each) for each in sorted(days))}: {text}"
        add_comment("sheet", sheet_id, text, by=viewer, at=now, day=day)
        said.append(comment_said)
    return {"said": " ".join(said), "undo": str(change.pk) if change and change.pk else ""}


def clear(request: RoleRequest, sheet_id: int, form: DaysForm) -> dict[str, Any]:
    typed = form.cleaned_data
    change = actions.clear_days(
        sheet_id, by=request.viewer, at=request.clock.now(), version=typed["version"], days=typed["day"]
    )
    if not change.pk:
        return {"said": _("There was nothing to clear on these days.")}
    return {"said": page.cleared_words(len(change.after)), "undo": str(change.pk)}


def refused(view: SheetView, form: DaysForm, posted: QueryDict) -> dict[str, Any]:
    """The calendar again with what was picked and typed, and what is wrong with it."""
    errors = {name: str(form.errors[name][0]) for name in CALENDAR_ERRORS if name in form.errors}
    for name in form.errors:
        if name not in CALENDAR_ERRORS:
            own = name in form.fields and name != "version"
            errors[name] = _("Check the marked fields.") if own else str(form.errors[name][0])
    return {
        "picked": frozenset(cell.day for cell in view.days if cell.day.isoformat() in posted.getlist("day")),
        "typed": page.typed_of(posted),
        "errors": errors,
        "ask_fill": "fill" in form.errors,
    }
