"""Names that portal and desk share: kinds of day and roles, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palkkio.core.payslip import DayType
from palkkio.core.viewer import RoleKind
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


def day_kind(code: str, price: Decimal | None = None) -> DayKind:
    """The kind of day that entries call `code`, worded for the reader. Raises ValueError for an unknown code."""
    name, cell, short, look = DAY_WORDS[DayType(code)]
    return DayKind(code=str(code), name=str(name), short=str(short), price=price, look=look, cell=str(cell))


def role_name(role: str) -> str:
    """The role's name in a sentence ("hoitaja"); the code itself for one that has no name here yet."""
    return str(ROLE_NAMES[RoleKind(role)]) if role in set(RoleKind) else str(role)
