"""What keeps the gate of a household closed, and its insurances, in words; for the employer and for staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palkkio.people.households.queries import Missing, contributions_of
from palkkio.web.ui import wording

if TYPE_CHECKING:
    from palkkio.people.households.models import Household

INSURANCE_NAMES: dict[str, Promise] = {
    "pension": _("Pension insurance (TyEL)"),
    "accident": _("Insurance against accidents at work"),
}
PENSION_POLICIES = {"contract": _("Contract employer"), "temporary": _("Temporary employer")}
RATES_OF = {"pension": ("pension",), "accident": ("accident", "group_life")}
RATE_NAMES: dict[str, Promise] = {
    "pension": _("Pension insurance"),
    "accident": _("Accidents at work"),
    "group_life": _("Group life insurance"),
}
MISSING: dict[Missing, Promise] = {
    Missing.CUSTOMER: _("The household is not a customer yet"),
    Missing.POWER_OF_ATTORNEY: _("The power of attorney has not come yet"),
    Missing.REGISTRATION: _("The employer has not registered yet"),
    Missing.PENSION: _("The pension insurance is missing"),
    Missing.PENSION_UNCONFIRMED: _("Staff have not checked the pension insurance yet"),
    Missing.ACCIDENT: _("The insurance against accidents is missing"),
    Missing.ACCIDENT_UNCONFIRMED: _("Staff have not checked the insurance against accidents yet"),
}


@dataclass(frozen=True, slots=True)
class InsuranceRow:
    """One statutory insurance as read; `id` 0: it has not been entered."""

    kind: str
    name: str
    id: int = 0
    insurer: str = ""
    policy_number: str = ""
    first: date | None = None
    is_confirmed: bool = False
    entered_by_id: int = 0
    costs: tuple[str, ...] = ()


def missing_words(missing: Iterable[Missing]) -> list[str]:
    return [str(MISSING[each]) for each in missing]


def insurance_rows(household: Household, day: date | None = None) -> list[InsuranceRow]:
    """Each statutory insurance, entered or not; with what it costs on a day, for staff."""
    held = {each.kind: each for each in household.insurances.all()}
    rows = []
    for kind, name in INSURANCE_NAMES.items():
        row = held.get(kind)
        if row is None:
            rows.append(InsuranceRow(kind, str(name)))
        else:
            confirmed = row.confirmed_at is not None
            made = InsuranceRow(
                kind, str(name), row.pk, row.insurer, row.policy_number, row.first, confirmed, row.entered_by_id
            )
            rows.append(made if day is None else replace(made, costs=_costs(household, kind, row.pension_policy, day)))
    return rows


def _costs(household: Household, kind: str, pension_policy: str, day: date) -> tuple[str, ...]:
    """What is known of the cost of an insurance on a day."""
    employer = contributions_of([household.employer_id], day)[household.employer_id]
    found = [str(PENSION_POLICIES[pension_policy])] if pension_policy in PENSION_POLICIES else []
    for key in RATES_OF[kind]:
        rate = employer.rates.get(key)
        if rate is not None:
            found.append(f"{RATE_NAMES[key]} {wording.number(rate.percent)} % ({rate.source})")
    return tuple(found)
