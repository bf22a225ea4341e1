"""The terms of a contract as a form: what is asked depends on the kind of contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.contracts.terms_inputs import PayGroup, fields_of
from palkkio.core.payslip import ContractKind
from palkkio.rates.codes import AGREED
from palkkio.web.change_words import INCOMES
from palkkio.web.contract_words import rate_name, rate_unit
from palkkio.web.rule_words import unit_rate
from palkkio.web.terms_words import ABSENCE, AGREEMENTS, AREAS, LEAVE, PAID_BY, WORKING_TIME
from palkkio.web.ui.fields import DayField, EurosField, NumberField

PLACES = 4
CLASSES = (("I", "I"), ("II", "II"), ("III", "III"))


def _choice(label: Any, choices: Iterable[tuple[str, Any]], **more: Any) -> Callable[[], forms.Field]:
    offered = list(choices)  # read once: a field is made for each form
    return lambda: forms.ChoiceField(label=label, choices=offered, required=False, **more)


def _number(label: Any, places: int = 1, **more: Any) -> Callable[[], forms.Field]:
    return lambda: NumberField(label=label, required=False, decimal_places=places, **more)


_FIELDS: dict[str, Callable[[], forms.Field]] = {
    "otherwise": _choice(
        _("Class where class III is refused"),
        (("", _("not agreed")), *CLASSES[:2]),
        help_text=_("Pension and other income can refuse class III, by the county's choices."),
    ),
    "carer_income": lambda: forms.MultipleChoiceField(
        label=_("Carer's income"),
        choices=list(INCOMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    ),
    "interval_care_days": _number(_("Interval care, days a month"), help_text=_("Regular, from the care plan.")),
    "other_services_hours": _number(_("Other regular services, hours a month")),
    "is_binding": lambda: forms.BooleanField(
        label=_("Bound to the care round the clock or every day: three days off a month"), required=False
    ),
    "absence_other": _choice(_("Care recipient away, not for health"), ABSENCE.items()),
    "absence_other_days": _number(_("Paid days of such an absence"), 0),
    "paid_by": _choice(_("How the care is paid"), PAID_BY.items()),
    "clients": _number(_("Number of clients"), 0, help_text=_("Each amount is paid for each of them.")),
    "notice_months": _number(_("Notice period, months"), 0, help_text=_("Empty: two months, as the Act says.")),
    "cap_visits": _number(_("At most visits in a month")),
    "cap_hours": _number(_("At most hours in a month")),
    "cap_euros": lambda: EurosField(label=_("At most euros in a month"), required=False),
    "pay_group": _choice(_("Pay group"), [(each.value, each.value) for each in PayGroup]),
    "is_pay_group_decided": lambda: forms.BooleanField(
        label=_("The pay group is decided and notified"), required=False, initial=True
    ),
    "area": _choice(_("Area"), AREAS.items()),
    "agreement": _choice(_("Agreement"), AGREEMENTS.items()),
    "experience_months": _number(_("Experience on the first day, full months"), 0),
    "weekly_hours": _number(_("Hours a week"), 2, help_text=_("Empty: called in when needed.")),
    "working_days_per_week": _number(_("Working days a week")),
    "employed_since": lambda: DayField(
        label=_("Employed since"), required=False, help_text=_("Empty: since the contract began.")
    ),
    "leave_rule": _choice(_("How annual leave accrues"), LEAVE.items()),
    "working_time": _choice(_("Working time"), WORKING_TIME.items()),
    "period_starts": lambda: DayField(
        label=_("A day on which a working-time period begins"),
        required=False,
        help_text=_("Only where working time goes by periods."),
    ),
    "longest_day": _number(
        _("Longest working day, hours"),
        2,
        help_text=_("Only where longer days are agreed separately: up to 16 hours. Empty: 8 hours."),
    ),
    "has_similar_work": lambda: forms.BooleanField(
        label=_("Two years of similar work in the last five years are shown"),
        required=False,
        help_text=_("Annual leave is earned as from the second year on."),
    ),
}


class TermsFields(forms.Form):
    """Terms from a day on. Amounts left empty are paid by what the county has decided; `rate_` and its code."""

    first = DayField(label=_("First day"), help_text=_("For example 1.6.2026"))
    source = forms.CharField(label=_("Decision or amendment"), required=False, max_length=200)

    def __init__(self, *args: Any, terms_kind: ContractKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms_kind = terms_kind
        self.term_names = fields_of(terms_kind)
        for name in self.term_names:
            self.fields[name] = _fee_class(terms_kind) if name == "fee_class" else _FIELDS[name]()
        for code in AGREED[terms_kind]:
            label = f"{rate_name(code)}, {unit_rate(rate_unit(code))}"
            self.fields[f"rate_{code}"] = NumberField(label=label, required=False, decimal_places=PLACES)

    @property
    def rates(self) -> list[forms.BoundField]:
        return [self[f"rate_{code}"] for code in AGREED[self.terms_kind]]

    @property
    def terms(self) -> list[forms.BoundField]:
        return [self[name] for name in self.term_names]

    def agreed(self) -> dict[str, Any]:
        """Amounts by code in EUR; None where nothing is agreed."""
        return {code: self.cleaned_data.get(f"rate_{code}") for code in AGREED[self.terms_kind]}

    def term_values(self) -> dict[str, Any]:
        """The terms for the action, as typed."""
        return {name: _whole(self.cleaned_data.get(name)) for name in self.term_names}

    @staticmethod
    def initial_of(values: dict[str, Any]) -> dict[str, Any]:
        """Of `contracts.queries.latest_values`: what the form begins from."""
        agreed = {f"rate_{code}": amount for code, amount in values.get("agreed_rates", {}).items()}
        return {name: value for name, value in values.items() if name not in ("agreed_rates", "source")} | agreed


def _fee_class(kind: ContractKind) -> forms.Field:
    if kind is ContractKind.INFORMAL_CARE:
        return forms.ChoiceField(
            label=_("Fee class"), choices=CLASSES, error_messages={"required": _("Choose the fee class: I, II or III")}
        )
    return forms.CharField(
        label=_("Fee class"), required=False, max_length=10, help_text=_("Picks the county's decided amounts by class.")
    )


def _whole(value: Any) -> Any:
    """A number without decimals is read as a whole one."""
    return str(value.to_integral_value()) if hasattr(value, "to_integral_value") and value == int(value) else value
