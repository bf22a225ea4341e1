"""The values of the home page: to-do list, where the money is, what was paid, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.contracts.signing.queries import waiting_for
from palkkio.core.clock import day_of
from palkkio.core.viewer import Viewer
from palkkio.entries import access as entries
from palkkio.entries.queries import periods_of
from palkkio.entries.values import SheetRow
from palkkio.messages.queries import notices_of
from palkkio.organisations.queries import ContactRow, contact_points_for
from palkkio.payroll.queries import paid_by_month, payslips_of, preview
from palkkio.payroll.values import Missing, MonthPaid, PayslipRow, Preview
from palkkio.web import state_words
from palkkio.web.portal.warnings import warnings_of
from palkkio.web.states import Money, Stage, money_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Bar, BarChart, Flow, ToDo
from palkkio.web.ui.words import period_name

# A month is called for when this little is left of it.
NEAR = timedelta(days=7)
MOST_PERIODS = 4
MOST_PAYSLIPS = 4


@dataclass(frozen=True, slots=True)
class PeriodMoney:
    """One period with its state line and sum; the sum is an estimate until the payslip is made."""

    row: SheetRow
    money: Money
    flow: Flow
    net: Decimal | None
    is_estimate: bool
    href: str


@dataclass(frozen=True, slots=True)
class Home:
    given_name: str
    todos: Sequence[ToDo]
    periods: Sequence[PeriodMoney]
    has_sheets: bool
    has_several_recipients: bool
    year: int
    paid: Decimal
    chart: BarChart | None
    payslips: Sequence[PayslipRow]
    contacts: Sequence[ContactRow]
    next_deadline: date | None


def home_of(viewer: Viewer, *, now: datetime) -> Home:
    """Everything that a carer's first page says."""
    today = day_of(now)
    rows = periods_of(viewer)
    sheets = {sheet.pk: sheet for sheet in entries.sheets(viewer).filter(pk__in=[row.id for row in rows])}
    reasons = {pk: sheet.returned_reason for pk, sheet in sheets.items() if sheet.returned_reason}
    begun = [row for row in rows if row.period.edges[0] <= today]
    money = money_of(begun, today=today, reasons=reasons)
    going = [row for row in begun if not money[row.id].is_over]
    previews = {row.id: preview(sheets[row.id], today=today) for row in going if money[row.id].stage not in _IN_RUN}
    money |= money_of(
        [row for row in going if row.id in previews],
        today=today,
        reasons=reasons,
        paydays={pk: each.payday for pk, each in previews.items()},
    )
    payslips = [each for each in payslips_of(viewer) if not each.is_cancelled]
    by_month = paid_by_month(viewer, today.year)
    open_ones = [money[row.id] for row in going if money[row.id].is_with_carer]
    return Home(
        given_name=viewer.name.split(" ")[0],
        todos=[
            *signatures_to_do(viewer, today),
            *_sheets_to_do(going, money, today),
            *_missing_to_do(previews),
            *_notices_to_do(viewer),
        ],
        periods=_periods(going or begun[-1:], money, previews),
        has_sheets=bool(rows),
        has_several_recipients=len({row.recipient_name for row in rows}) > 1,
        year=today.year,
        paid=sum(
            (each.net for each in payslips if each.payday.year == today.year and each.payday <= today), Decimal(0)
        ),
        chart=_chart(by_month, payslips, today),
        payslips=payslips[:MOST_PAYSLIPS],
        contacts=contact_points_for(viewer, now=now)[:2],
        next_deadline=min((each.deadline for each in open_ones if each.deadline), default=None),
    )


_IN_RUN = frozenset({Stage.IN_RUN, Stage.AT_BANK, Stage.PAID, Stage.BANK_RETURNED})


# --- To do -----------------------------------------------------------------------------------------------------------


def signatures_to_do(viewer: Viewer, today: date) -> list[ToDo]:
    """Contracts that wait for the viewer's signature come before all else (CON-2)."""
    found = []
    for version in waiting_for(viewer, today):
        due = ""
        if version.expires_on is not None:
            due = _("At the latest %(day)s.") % {"day": wording.deadline(version.expires_on, get_language())}
        href = reverse("portal:signature", args=[version.pk])
        title = _("A contract waits for your signature: %(number)s") % {"number": version.contract.number}
        found.append(ToDo(title, Action(_("Read and sign"), href=href), icon="sign", due=due))
    return found


def _sheets_to_do(rows: Sequence[SheetRow], money: dict[int, Money], today: date) -> list[ToDo]:
    """Returned ones first, then those to confirm, the nearest deadline first."""
    todo = [row for row in rows if money[row.id].is_with_carer and _is_due(row, money[row.id], today)]
    todo.sort(key=lambda row: (money[row.id].stage is not Stage.RETURNED, money[row.id].deadline or date.max, row.id))
    return [_sheet_to_do(row, money[row.id], today) for row in todo]


def _is_due(row: SheetRow, money: Money, today: date) -> bool:
    last = row.period.last or date.max
    if row.is_employment and not row.is_empty and money.stage is not Stage.RETURNED:
        return False  # the employer has it
    return money.stage is Stage.RETURNED or today >= last - NEAR


def _sheet_to_do(row: SheetRow, money: Money, today: date) -> ToDo:
    if row.is_employment:
        return _shifts_to_do(row, money)
    month = wording.month_only(row.period.edges[0], get_language())
    names = {"month": month, "recipient": row.recipient_name or row.contract_number}
    href = reverse("portal:period", args=[row.id])
    due = ""
    if money.deadline:
        late = _("The deadline was %(day)s.") if money.is_late else _("At the latest %(day)s.")
        due = late % {"day": wording.deadline(money.deadline, get_language())}
    if money.stage is Stage.RETURNED:
        note = _("Returned to you: %(reason)s") % {"reason": money.reason}
        return ToDo(
            _("Correct the care period of %(month)s, %(recipient)s") % names,
            Action(_("Correct entries"), href=href),
            icon="return",
            due=due,
            note=note,
        )
    if row.is_empty:
        title, text = _("Record the care days of %(month)s, %(recipient)s"), _("Start recording")
        note = _("Without entries no fee is paid.")
    else:
        title, text = _("Confirm the care period of %(month)s, %(recipient)s"), _("Check and confirm")
        note = _left(money, today)
    return ToDo(title % names, Action(text, href=href), icon="calendar", due=due, note=note)


def _shifts_to_do(row: SheetRow, money: Money) -> ToDo:
    """An assistant records and corrects; the employer approves."""
    names = {"period": period_name(row.period), "employer": row.recipient_name or row.contract_number}
    href = reverse("portal:period", args=[row.id])
    due = ""
    if money.deadline:
        day = wording.deadline(money.deadline, get_language())
        due = _("The employer approves the hours at the latest %(day)s.") % {"day": day}
    if money.stage is Stage.RETURNED:
        note = _("Returned to you: %(reason)s") % {"reason": money.reason}
        title = _("Correct the shifts of %(period)s, %(employer)s") % names
        return ToDo(title, Action(_("Correct shifts"), href=href), icon="return", due=due, note=note)
    title = _("Record the shifts of %(period)s, %(employer)s") % names
    return ToDo(title, Action(_("Start recording"), href=href), icon="calendar", due=due)


def _left(money: Money, today: date) -> str:
    if money.deadline is None or money.is_late:
        return ""
    days = (money.deadline - today).days
    if days == 0:
        return _("That is today.")
    return ngettext("%(n)s day is left.", "%(n)s days are left.", days) % {"n": days}


def _missing_to_do(previews: dict[int, Preview]) -> list[ToDo]:
    missing = {each for one in previews.values() for each in one.missing}
    found = []
    if Missing.TAX_CARD in missing:
        found.append(
            ToDo(
                _("Your tax card is missing"),
                Action(_("What to do"), href=reverse("portal:help-article", args=["tax-card"])),
                icon="doc",
                note=_("Without it the tax is 60 %. Order one from the Tax Administration."),
            )
        )
    if Missing.BANK_ACCOUNT in missing:
        found.append(
            ToDo(
                _("Your account number is missing"),
                Action(_("Tell the county"), href=reverse("portal:my-details")),
                icon="bank",
                note=_("Nothing can be paid without it."),
            )
        )
    return found


def _notices_to_do(viewer: Viewer) -> list[ToDo]:
    """What was done to the person's account; answers that have not been read: to comments, and to reported changes."""
    unread = notices_of(viewer, only_unread=True)
    handled = [
        ToDo(
            _("The county has handled the change that you reported"),
            Action(_("Look at the answer"), href=reverse("portal:change", args=[notice.object_id])),
            icon="return",
        )
        for notice in unread
        if notice.kind == "change_handled"
    ]
    if any(notice.kind == "comment_answered" for notice in unread):
        read = Action(_("Read the answer"), href=reverse("portal:comments"))
        handled.append(ToDo(_("The county has answered your comment"), read, icon="chat"))
    return [*warnings_of(viewer, unread), *handled]


# --- Money -----------------------------------------------------------------------------------------------------------


def _periods(rows: Sequence[SheetRow], money: dict[int, Money], previews: dict[int, Preview]) -> list[PeriodMoney]:
    """The money that comes first is first."""
    found = []
    for row in rows:
        mine = money[row.id]
        pay = mine.pay
        is_paid_out = mine.stage in _IN_RUN and pay is not None and pay.payslip_id is not None
        net = pay.net if is_paid_out and pay else (previews[row.id].net if row.id in previews else None)
        href = reverse("portal:period", args=[row.id])
        if is_paid_out and pay:
            href = reverse("portal:payslip", args=[pay.payslip_id])
        found.append(PeriodMoney(row, mine, state_words.flow(mine), net, not is_paid_out, href))
    found.sort(key=lambda each: (each.money.payday or date.max, each.row.id))
    return found[:MOST_PERIODS]


def _chart(by_month: Sequence[MonthPaid], payslips: Sequence[PayslipRow], today: date) -> BarChart | None:
    paid = {each.month: each.net for each in by_month if each.net}
    coming: dict[int, Decimal] = {}
    for each in payslips:
        if each.payday > today and each.payday.year == today.year:
            coming[each.payday.month] = coming.get(each.payday.month, Decimal(0)) + each.net
    if not paid and not coming:
        return None
    language = get_language()
    bars = []
    last = max((month for month, net in paid.items() if net and month not in coming), default=0)
    for month in range(1, 13):
        first = date(today.year, month, 1)
        name = wording.month_only(first, language)
        amount = coming.get(month) or paid.get(month) or None
        kind = "soon" if month in coming else "last" if month == last else "past"
        bars.append(Bar(name, name[0].upper(), amount, kind))  # type: ignore[arg-type]
    return BarChart(bars, _chart_sentence(bars, today.year), _("Payments by month"))


def _chart_sentence(bars: Sequence[Bar], year: int) -> str:
    parts = [_("Payments to your account by month in %(year)s, in euros.") % {"year": year}]
    for bar in bars:
        if bar.kind == "last" and bar.amount is not None:
            values = {"month": bar.name, "sum": wording.number(bar.amount, 0)}
            parts.append(_("The latest, in %(month)s: %(sum)s.") % values)
        if bar.kind == "soon" and bar.amount is not None:
            parts.append(_("Coming in %(month)s: %(sum)s.") % {"month": bar.name, "sum": wording.number(bar.amount, 0)})
    return " ".join(parts)
