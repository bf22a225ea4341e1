"""Reads the terms of a contract as they were typed, by its kind: what one kind has, another does not take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_noop as _

from palkkio.calculation.assistance.agreement import AGREEMENTS, BY_DATE
from palkkio.calculation.assistance.hourly_pay import AREAS
from palkkio.calculation.assistance.leave import LeaveRule
from palkkio.calculation.assistance.working_times import NORMAL, WORKING_TIMES
from palkkio.contracts.models import AbsenceRule, EmploymentTerms, PaidBy, Terms
from palkkio.core.payslip import ContractKind
from palkkio.organisations.inputs import Amount, Inputs
from palkkio.rates.codes import AGREED
from palkkio.rules.class_rates import CLASSES

MOST = Decimal(100_000)
USUAL_DAY, LONGEST_DAY = Decimal(8), Decimal(16)  # hours; the longer by a separate agreement
INCOMES = (
    "earnings",
    "special_care_benefit",
    "alternation_compensation",
    "pension",
    "daily_allowance",
    "studies",
    "other_regular",
)
_ABSENCE = ("absence_other", "absence_other_days")
_FIELDS: dict[ContractKind, tuple[str, ...]] = {
    ContractKind.INFORMAL_CARE: (
        "fee_class",
        "otherwise",
        "carer_income",
        "interval_care_days",
        "other_services_hours",
        "is_binding",
        *_ABSENCE,
    ),
    ContractKind.FAMILY_CARE: ("paid_by", "clients", "notice_months", *_ABSENCE),
    ContractKind.SUBSTITUTE_CARE: ("fee_class",),
    ContractKind.OTHER_COMMISSION: ("fee_class", "cap_visits", "cap_hours", "cap_euros"),
    ContractKind.PERSONAL_ASSISTANCE: (
        "pay_group",
        "is_pay_group_decided",
        "area",
        "agreement",
        "experience_months",
        "weekly_hours",
        "working_days_per_week",
        "employed_since",
        "leave_rule",
        "working_time",
        "period_starts",
        "longest_day",
        "has_similar_work",
    ),
}
ALL_FIELDS = tuple(dict.fromkeys(field for fields in _FIELDS.values() for field in fields))
EMPLOYMENT = _FIELDS[ContractKind.PERSONAL_ASSISTANCE]


class PayGroup(StrEnum):
    A = "A"
    B1 = "B1"
    B2 = "B2"
    C = "C"


@dataclass(frozen=True, slots=True)
class TermsValues:
    """Checked terms: columns of Terms and of EmploymentTerms, agreed amounts in EUR by code, and the ground."""

    columns: Mapping[str, Any]
    employment: Mapping[str, Any] | None
    agreed: Mapping[str, Decimal]
    source: str


def fields_of(kind: ContractKind) -> tuple[str, ...]:
    """The terms that a kind of contract has, beside its amounts and their ground."""
    return _FIELDS[kind]


def read_terms(inputs: Inputs, kind: ContractKind) -> TermsValues:
    """The terms typed for a kind of contract; what the kind does not have is not read.

    An amount left empty is not agreed. Notes an error beside each field that cannot be taken, an agreed amount's on
    `agreed_` and its code.
    """
    read = {
        "fee_class": lambda: _fee_class(inputs, kind),
        "otherwise": lambda: inputs.one_of("otherwise", ("", "I", "II"), _("Choose class I or II, or neither")),
        "carer_income": lambda: _incomes(inputs),
        "interval_care_days": lambda: inputs.decimal("interval_care_days", places=4, most=Decimal(31)),
        "other_services_hours": lambda: inputs.decimal("other_services_hours", places=4, most=Decimal(744)),
        "is_binding": lambda: inputs.flag("is_binding"),
        "absence_other": lambda: inputs.one_of("absence_other", ("", *AbsenceRule.values), _("Choose what is agreed")),
        "absence_other_days": lambda: _absence_days(inputs),
        "paid_by": lambda: PaidBy(inputs.one_of("paid_by", PaidBy.values, _("Choose how the care is paid"), "month")),
        "clients": lambda: inputs.whole_or_none("clients", 1, 20) or 1,
        "notice_months": lambda: inputs.whole_or_none("notice_months", 0, 12),
        "cap_visits": lambda: inputs.decimal_or_none("cap_visits", places=4, most=Decimal(10_000)),
        "cap_hours": lambda: inputs.decimal_or_none("cap_hours", places=4, most=Decimal(10_000)),
        "cap_euros": lambda: inputs.decimal_or_none("cap_euros", most=MOST),
    }
    if kind is ContractKind.PERSONAL_ASSISTANCE:
        columns: dict[str, Any] = {}
        employment = _employment(inputs)
    else:
        columns = {field: read[field]() for field in _FIELDS[kind]}
        employment = None
    return TermsValues(columns, employment, _agreed(inputs, kind), inputs.text("source", 200))


def values_of(terms: Terms) -> dict[str, Any]:
    """The terms as they stand, for a change of some of them."""
    found: dict[str, Any] = {field: getattr(terms, field) for field in ALL_FIELDS if hasattr(terms, field)}
    employment = EmploymentTerms.objects.filter(terms=terms).first()
    if employment is not None:
        found |= {field: getattr(employment, field) for field in EMPLOYMENT}
    found["agreed_rates"] = {each.code: each.amount for each in terms.agreed_rates.all()}
    found["source"] = terms.source
    return found


def _fee_class(inputs: Inputs, kind: ContractKind) -> str:
    if kind is ContractKind.INFORMAL_CARE:
        return inputs.one_of("fee_class", CLASSES, _("Choose the fee class: I, II or III"))
    return inputs.text("fee_class", 10)


def _incomes(inputs: Inputs) -> list[str]:
    chosen = list(inputs.raw("carer_income") or [])
    if any(each not in INCOMES for each in chosen):
        inputs.error("carer_income", "Choose kinds of income of the list")
    return [each for each in INCOMES if each in chosen]


def _absence_days(inputs: Inputs) -> int | None:
    if inputs.raw("absence_other") != AbsenceRule.DAYS:
        return None
    return inputs.whole("absence_other_days", 1, 365)


def _employment(inputs: Inputs) -> dict[str, Any]:
    days = inputs.decimal_or_none("working_days_per_week", places=4, most=Decimal(7))
    if days is not None and days <= 0:
        inputs.error("working_days_per_week", "Enter a number from 1 to 7")
    decided = inputs.raw("is_pay_group_decided")
    return {
        "pay_group": inputs.choice("pay_group", PayGroup, "Choose the pay group").value,
        "is_pay_group_decided": True if decided is None else inputs.flag("is_pay_group_decided"),
        "area": inputs.one_of("area", AREAS, _("Choose the area")),
        "agreement": inputs.one_of("agreement", AGREEMENTS, _("Choose the agreement"), BY_DATE),
        "experience_months": inputs.whole_or_none("experience_months", 0, 720) or 0,
        "weekly_hours": inputs.decimal_or_none("weekly_hours", places=4, most=Decimal(168)) or None,
        "working_days_per_week": Decimal(5) if days is None else days,
        "employed_since": inputs.day("employed_since"),
        "leave_rule": inputs.one_of("leave_rule", LeaveRule, _("Choose how leave accrues"), LeaveRule.NONE),
        "working_time": inputs.one_of("working_time", WORKING_TIMES, _("Choose the working time"), NORMAL),
        "period_starts": _period_starts(inputs),
        "longest_day": _longest_day(inputs),
        "has_similar_work": inputs.flag("has_similar_work"),
    }


def _period_starts(inputs: Inputs) -> date | None:
    found = inputs.day("period_starts")
    if found is None and inputs.raw("working_time") in WORKING_TIMES[1:]:
        inputs.error("period_starts", "Enter a day on which a working-time period begins")
    return found


def _longest_day(inputs: Inputs) -> Decimal | None:
    """Hours of a longer day agreed separately; None: the usual day."""
    found = inputs.decimal_or_none("longest_day", most=LONGEST_DAY)
    if found is not None and found <= USUAL_DAY:
        inputs.error("longest_day", _("Enter more than 8 hours, or leave this empty"))
    return found


def _agreed(inputs: Inputs, kind: ContractKind) -> dict[str, Decimal]:
    given: Mapping[str, Amount] = inputs.raw("agreed_rates") or {}
    typed = Inputs({f"agreed_{code}": amount for code, amount in given.items()}, [f"agreed_{code}" for code in given])
    agreed = {}
    for code in given:
        if typed.is_empty(f"agreed_{code}"):
            continue
        if code not in AGREED[kind]:
            typed.error(f"agreed_{code}", "Leave this empty: this kind of contract does not have it")
        agreed[code] = typed.decimal(f"agreed_{code}", places=4, most=MOST)
    inputs.adopt(typed)
    return agreed
