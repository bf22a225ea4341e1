"""The pages under "Payroll runs": one row of tabs that each of them shows."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palkkio.web.ui.values import View

TABS: tuple[tuple[str, Promise], ...] = (
    ("desk:runs", _("Payroll runs")),
    ("desk:payslips", _("Payslips")),
    ("desk:tax-cards", _("Tax cards")),
    ("desk:one-offs", _("One-off lines")),
    ("desk:holds", _("Holds")),
    ("desk:receivables", _("Receivables")),
    ("desk:employers", _("Employer's contributions")),
)


def tabs(current: str) -> list[View]:
    """`current`: name of the view that is open."""
    return [View(str(text), reverse(name), is_current=name == current) for name, text in TABS]
