"""Kinds and states of contracts, kinds of tax cards, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.rates.codes import UNITS
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Tone

if TYPE_CHECKING:
    from palkkio.calculation.assistance.notice import EmploymentEnd

KINDS: dict[str, Promise] = {
    ContractKind.INFORMAL_CARE: _("Informal care"),
    ContractKind.FAMILY_CARE: _("Family care"),
    ContractKind.SUBSTITUTE_CARE: _("Substitute care"),
    ContractKind.OTHER_COMMISSION: _("Other commission"),
    ContractKind.PERSONAL_ASSISTANCE: _("Personal assistance"),
}
STATES: dict[str, tuple[Promise, Tone]] = {
    "pending": (_("Waiting for signature"), "warn"),
    "coming": (_("Begins later"), "you"),
    "valid": (_("In force"), "ok"),
    "finished": (_("Finished"), ""),
}
CARDS: dict[str, Promise] = {
    TaxCardKind.INFORMAL_CARE: _("tax card for informal care"),
    TaxCardKind.FAMILY_CARE: _("tax card for family care"),
    TaxCardKind.WORK_COMPENSATION: _("tax card for compensation for work"),
    TaxCardKind.WAGE: _("tax card for wages"),
}
# What an amount is paid for, by its code in terms and rates.
RATES: dict[str, Promise] = {
    "class_I": _("Care fee, class I"),
    "class_II": _("Care fee, class II"),
    "class_III": _("Care fee, class III"),
    "client_charge": _("Client charge for a statutory day off"),
    "monthly_fee": _("Care fee for a client"),
    "daily_fee": _("Care fee for a client, paid by the day"),
    "expense_allowance": _("Expense allowance for a client"),
    "expense_allowance_day": _("Expense allowance for a client, paid by the day"),
    "lower_fee": _("Lower care fee at the carer's request"),
    "monthly": _("Monthly fee"),
    "care": _("Care day"),
    "training": _("Training day"),
    "notice": _("Notice period"),
    "cancelled": _("Cancelled care day"),
    "locum": _("Substitute's day"),
    "expense_per_day": _("Expenses of a care day"),
    "visit": _("Visit"),
    "hour": _("Hour of work"),
    "hourly": _("Hourly pay"),
    "kilometre": _("Kilometre"),
}


def contracts_words(n: int) -> str:
    """1 contract, 12 contracts."""
    return ngettext("%(n)s contract", "%(n)s contracts", n) % {"n": wording.number(n)}


def employment_end_words(found: EmploymentEnd, given_on: date) -> str:
    """Why an employment ends on its day (CON-6)."""
    values = {"day": wording.day(given_on), "last": wording.day(found.last), "ground": found.ground}
    if found.months:
        text = gettext("Notice on %(day)s, notice period %(n)s mo: the last day is %(last)s (%(ground)s)")
        return text % {**values, "n": found.months}
    text = gettext("Notice on %(day)s, notice period %(n)s days: the last day is %(last)s (%(ground)s)")
    return text % {**values, "n": found.days}


def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def state_chip(state: str) -> Chip:
    name, tone = STATES[state]
    return Chip(str(name), tone)


def card_name(kind: str) -> str:
    return str(CARDS.get(kind, kind))


def rate_name(code: str) -> str:
    return str(RATES.get(code, code))


def rate_unit(code: str) -> str:
    """month, day, visit, hour or km: what an amount with this code is paid by."""
    return UNITS.get(code, "day")
