"""The values of a care period's page: calendar, preview, what is missing, the switcher, the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.calculation.earnings import PAID_TYPES
from palkkio.contracts import access as contracts_access
from palkkio.contracts.queries import tax_card_kind, terms_facts
from palkkio.core.payslip import DayType
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import periods_of
from palkkio.entries.values import DayCell, SheetRow, SheetView
from palkkio.messages.values import CommentRow
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import local_name
from palkkio.payroll.values import Missing, Preview
from palkkio.web.contract_words import card_name, kind_name
from palkkio.web.pay_lines import percent_words, quantity_words
from palkkio.web.rule_words import line_name, problem_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Calendar, CalendarDay, Check, DayKind, SumRow
from palkkio.web.ui.words import day_kind, period_name

COUNTED = frozenset({DayType.VISIT, DayType.HOURS, DayType.LOCUM})


def month_name(view: SheetView) -> str:
    return period_name(view.period)


# --- Calendar --------------------------------------------------------------------------------------------------------


def kinds_of(viewer: Viewer, view: SheetView) -> list[DayKind]:
    """Types of day on offer, each with its price where it is one figure all month."""
    contract = contracts_access.contract(viewer, view.contract_id)
    terms = terms_facts([contract], view.period).get(contract.pk, ())
    kinds = []
    for day_type in view.day_types:
        price: Decimal | None = None
        if day_type is DayType.CANCELLED_UNPAID:
            price = Decimal(0)
        elif day_type in PAID_TYPES:
            key = PAID_TYPES[day_type][2]
            prices = {each.rates[key].amount for each in terms if key in each.rates}
            price = prices.pop() if len(prices) == 1 else None
        kinds.append(day_kind(day_type, price))
    return kinds


def calendar_of(
    view: SheetView,
    kinds: Sequence[DayKind],
    comments: Sequence[CommentRow],
    *,
    today: date,
    **more: Any,
) -> Calendar:
    """The calendar of a sheet; `more` is what was typed, or what a save did (`ui.values.Calendar`)."""
    commented = Counter(row.day for row in comments if row.day)
    driven: Counter[date] = Counter()
    for trip in view.trips:
        driven[trip.day] += int(trip.kilometres.to_integral_value())
    return Calendar(
        first=view.first_day,
        days=[_day(cell, commented[cell.day], driven[cell.day]) for cell in view.days],
        kinds=kinds,
        action=reverse("portal:save-days", args=[view.id]),
        today=today,
        version=str(view.version),
        is_locked=not view.can.enter,
        locked_note=more.pop("locked_note", "") or locked_note(view),
        previous=_neighbour(view.previous_id, view.first_day, -1),
        following=_neighbour(view.next_id, view.first_day, 1),
        intro=_intro(view),
        note=_(
            "A day and night of care is recorded on the day it begins. From Friday to Sunday is two entries: Friday and"
            " Saturday."
        )
        if DayType.CARE in view.day_types
        else "",
        **more,
    )


def locked_note(view: SheetView) -> str:
    """Why nothing can be entered; "" while it can."""
    reason = view.can.why.get("enter", "")
    if reason and view.channel == "contract":
        return _("The fee of this month runs from the contract: there is nothing to enter or confirm.")
    return _(reason) if reason else ""


def whom_to_ask(viewer: Viewer, view: SheetView) -> str:
    """Why nothing can be entered, and the unit that can help; "" while it can."""
    if not (reason := locked_note(view)):
        return ""
    unit = organisations.unit(viewer, view.unit_id)
    ask = ", ".join(part for part in (local_name(unit), unit.phone) if part)
    return reason + " " + _("Ask: %(unit)s.") % {"unit": ask}


def _intro(view: SheetView) -> str:
    if COUNTED & set(view.day_types):
        return _("Pick a day and tell what was done on it, and how many visits or hours.")
    return ""


def _day(cell: DayCell, comments: int, kilometres: int) -> CalendarDay:
    extra = []
    if cell.day_type in COUNTED:
        unit = _("%(n)s h") if cell.day_type in (DayType.HOURS, DayType.LOCUM) else "%(n)s ×"
        extra.append(unit % {"n": wording.number(cell.count)})
    if kilometres:
        extra.append(f"{kilometres} km")
    return CalendarDay(
        day=cell.day,
        kind=day_kind(cell.day_type) if cell.day_type else None,
        comments=comments,
        holiday=cell.holiday,
        is_open=cell.is_inside or cell.day_type is not None,
        closed_note=_("not in the contract"),
        by_county=cell.by_county,
        extra=", ".join(extra),
    )


def _neighbour(sheet_id: int | None, first: date, step: int) -> tuple[str, str] | None:
    if sheet_id is None:
        return None
    index = first.year * 12 + first.month - 1 + step
    month = date(index // 12, index % 12 + 1, 1)
    return wording.month_only(month, get_language()), reverse("portal:period", args=[sheet_id])


def switcher(viewer: Viewer, view: SheetView) -> list[SheetRow]:
    """Sheets of the same month under other contracts, with this one; one alone needs no menu (CARE-2)."""
    rows = [row for row in periods_of(viewer) if row.period == view.period]
    return rows if len(rows) > 1 else []


def row_name(row: SheetRow) -> str:
    """ "Eero Esimerkki, Substitute care": what tells sheets of a month apart."""
    return f"{row.recipient_name or row.contract_number}, {kind_name(row.contract_kind).lower()}"


# --- Preview ---------------------------------------------------------------------------------------------------------


def sum_rows(preview: Preview) -> list[SumRow]:
    """Lines, total, deductions, what goes to the account (BEY-3)."""
    rows = [SumRow(f"{line_name(line.code)}, {quantity_words(line)}", line.amount) for line in preview.lines]
    if preview.gross is not None:
        rows.append(SumRow(_("Total"), preview.gross, is_total=True))
    for each in preview.deductions:
        percents = " / ".join(percent_words(percent) for _base, percent in each.parts)
        rows.append(SumRow(f"{line_name(each.code)} {percents}", -each.amount))
    if preview.net is not None:
        rows.append(SumRow(_("To your account"), preview.net, is_total=True))
    return rows


def checks_of(view: SheetView, preview: Preview) -> list[Check]:
    """What is still missing before the period can be paid, and what is in order."""
    missing = set(preview.missing)
    is_reviewed = view.state == "reviewed"
    entered = [
        Check(_("Shifts are recorded") if not view.is_empty else _("No shifts are recorded yet"), not view.is_empty),
        Check(_("The employer has approved the hours"), True)
        if is_reviewed
        else Check(_("The employer's approval"), False, note=_("The employer does it; you need not do anything.")),
    ]
    found = [
        *(entered if view.is_employment else _entered(view, missing)),
        _check(
            Missing.TAX_CARD,
            missing,
            _("Tax card is valid"),
            _("There is no tax card: the tax is 60 %"),
            reverse("portal:help-article", args=["tax-card"]),
        ),
        _check(
            Missing.BANK_ACCOUNT,
            missing,
            _("The account number is known"),
            _("The account number is missing: tell it to the county"),
            reverse("portal:my-details"),
        ),
    ]
    if Missing.RATE in missing:
        found.append(Check(_("An amount is not confirmed yet: the county looks into it"), False))
    if Missing.IDENTITY_CODE in missing:
        found.append(Check(_("The personal identity code is missing: tell it to the county"), False))
    if Missing.HOLD in missing:
        found.append(Check(_("Payment is on hold: ask the county"), False))
    return found


def _entered(view: SheetView, missing: set[Missing]) -> list[Check]:
    is_reviewed = view.state == "reviewed"
    return [
        Check(_("Days are recorded") if not view.is_empty else _("No days are recorded yet"), not view.is_empty),
        _check(Missing.CONFIRMATION, missing, _("You have confirmed"), _("Your confirmation is missing"))
        if not is_reviewed
        else Check(_("Confirmed"), True),
        Check(_("The county has reviewed the entries"), True)
        if is_reviewed
        else Check(_("The county's review"), False, note=_("The county does it; you need not do anything.")),
    ]


def _check(what: Missing, missing: set[Missing], met: str, unmet: str, href: str = "") -> Check:
    return Check(unmet, False, href=href) if what in missing else Check(met, True)


def problem_notes(preview: Preview) -> list[tuple[str, str]]:
    """Problems of the calculation in plain words, but for those that `checks_of` tells."""
    told = {"NO_TAX_CARD", "NO_BANK_ACCOUNT", "NO_IDENTITY_CODE", "RATE_NOT_VERIFIED"}
    return [problem_text(code) for code in dict.fromkeys(preview.problems) if code not in told]


def tax_words(view: SheetView) -> str:
    """Kind of tax card that pays this contract."""
    return card_name(tax_card_kind(view.contract_kind))


# --- Words of a save -------------------------------------------------------------------------------------------------


def saved_words(what: str, count: int) -> str:
    days = ngettext("%(n)s day", "%(n)s days", count) % {"n": count}
    return _("Saved: %(what)s, %(days)s.") % {"what": what, "days": days}


def cleared_words(count: int) -> str:
    return ngettext("Cleared the entries of %(n)s day.", "Cleared the entries of %(n)s days.", count) % {"n": count}


def typed_of(posted: Mapping[str, str]) -> dict[str, str]:
    return {name: posted.get(name, "") for name in ("type", "comment", "fill")}
