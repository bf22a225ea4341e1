"""Words that portal and desk share, in the reader's language: kinds of day, roles, moments."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from palkkio.core.capabilities import Scope
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.viewer import RoleKind
from palkkio.web.ui import wording
from palkkio.web.ui.values import DayKind

# Name; the name in a wide cell, where a translation may hold soft hyphens; short name; look.
DAY_WORDS: dict[DayType, tuple[Promise, Promise, Promise, str]] = {
    DayType.CARE: (
        _("Care day"),
        pgettext_lazy("kind of day with soft hyphens", "Care day"),
        pgettext_lazy("short kind of day", "Care"),
        "care",
    ),
    DayType.TRAINING: (
        _("Training day"),
        pgettext_lazy("kind of day with soft hyphens", "Training day"),
        pgettext_lazy("short kind of day", "Trai."),
        "training",
    ),
    DayType.NOTICE: (
        _("Notice period"),
        pgettext_lazy("kind of day with soft hyphens", "Notice period"),
        pgettext_lazy("short kind of day", "Notice"),
        "notice",
    ),
    DayType.CANCELLED: (
        _("Cancelled care day"),
        pgettext_lazy("kind of day with soft hyphens", "Cancelled care day"),
        pgettext_lazy("short kind of day", "Canc."),
        "cancelled",
    ),
    DayType.CANCELLED_UNPAID: (
        _("Cancelled care day (unpaid)"),
        pgettext_lazy("kind of day with soft hyphens", "Cancelled care day (unpaid)"),
        pgettext_lazy("short kind of day", "0 €"),
        "unpaid",
    ),
    DayType.VISIT: (
        _("Visit"),
        pgettext_lazy("kind of day with soft hyphens", "Visit"),
        pgettext_lazy("short kind of day", "Visit"),
        "visit",
    ),
    DayType.HOURS: (
        _("Hours"),
        pgettext_lazy("kind of day with soft hyphens", "Hours"),
        pgettext_lazy("short kind of day", "Hours"),
        "shift",
    ),
    DayType.LOCUM: (
        _("Substitute's day"),
        pgettext_lazy("kind of day with soft hyphens", "Substitute's day"),
        pgettext_lazy("short kind of day", "Subst."),
        "care",
    ),
    DayType.LEAVE: (
        _("Leave day"),
        pgettext_lazy("kind of day with soft hyphens", "Leave day"),
        pgettext_lazy("short kind of day", "Leave"),
        "leave",
    ),
}

ROLE_NAMES: dict[RoleKind, Promise] = {
    RoleKind.CARER: _("carer"),
    RoleKind.CONTRACTOR: _("contractor"),
    RoleKind.ASSISTANT: pgettext_lazy("role", "employee"),
    RoleKind.EMPLOYER: pgettext_lazy("role", "household employer"),
    RoleKind.CARE_RECIPIENT: pgettext_lazy("role", "care recipient"),
    RoleKind.HANDLER: _("handler"),
    RoleKind.SOCIAL_WORKER: pgettext_lazy("role", "social worker"),
    RoleKind.PAYROLL_CLERK: _("payroll clerk"),
    RoleKind.ADMINISTRATOR: _("administrator"),
}

SCOPE_NAMES: dict[Scope, Promise] = {
    Scope.OWN: _("own matters"),
    Scope.UNLIMITED: _("unlimited mandate"),
    Scope.BOOKING_AND_MESSAGES: _("mandate for booking and messages"),
    Scope.READ_ONLY: _("mandate for reading only"),
    Scope.GUARDIAN: _("guardian of a minor"),
    Scope.SUBSTITUTE_EMPLOYER: _("substitute employer of a minor"),
}
# What each covers, for who gives it and who has it (ACC-14).
SCOPE_MEANINGS: dict[Scope, Promise] = {
    Scope.UNLIMITED: _(
        "Sees everything, records and confirms days, approves hours, writes comments, reports changes and adds papers."
    ),
    Scope.BOOKING_AND_MESSAGES: _("Writes and reads messages. Sees no care periods, payslips, contracts or decisions."),
    Scope.READ_ONLY: _("Sees care periods, payslips, contracts and decisions. Changes nothing and writes no messages."),
    Scope.GUARDIAN: _("Does everything for the child and signs for the child, until the child turns 18."),
    Scope.SUBSTITUTE_EMPLOYER: _("Has all rights of the employer until the employer turns 18."),
}


def reading_language() -> str:
    """The reader's language: fi, sv or en."""
    return wording.known(get_language())


def moment(value: datetime) -> str:
    """8.6. klo 10.00, by the wall clock in Finland."""
    return wording.moment(value.astimezone(HELSINKI), get_language())


def day_kind(code: str, price: Decimal | None = None) -> DayKind:
    """The kind of day that entries call `code`, worded for the reader. Raises ValueError for an unknown code."""
    name, cell, short, look = DAY_WORDS[DayType(code)]
    return DayKind(code=str(code), name=str(name), short=str(short), price=price, look=look, cell=str(cell))


def role_name(role: str) -> str:
    """The role's name in a sentence ("hoitaja"); the code itself for one that has no name here yet."""
    return str(ROLE_NAMES[RoleKind(role)]) if role in set(RoleKind) else str(role)


def scope_name(scope: str) -> str:
    """On what ground somebody acts, in a sentence ("rajaton valtuutus")."""
    return str(SCOPE_NAMES[Scope(scope)])


def span(days: DateRange) -> str:
    """1.1.2026–31.12.2026, from 1.1.2026, until 31.12.2026, always."""
    if days.first is None:
        return gettext("until %(last)s") % {"last": wording.day(days.last)} if days.last else gettext("always")
    if days.last is None:
        return gettext("from %(first)s") % {"first": wording.day(days.first)}
    return f"{wording.day(days.first)}–{wording.day(days.last)}"


def period_name(period: DateRange) -> str:
    """toukokuu 2026, or 1.–15.5.2026 where it is half a month; "" for open days."""
    if period.first is None or period.last is None:
        return ""
    return wording.period_name(period.first, period.last, get_language())
