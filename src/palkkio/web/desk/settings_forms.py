"""Forms of the settings. Rules of the matter are the actions'; here is only what a person can mistype."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.finland import PaydayRule, Shift
from palkkio.core.payslip import DayType
from palkkio.organisations.actions import MOST_ACCOUNT_CHANGE_DAYS
from palkkio.organisations.queries import DayHours
from palkkio.web.contract_words import KINDS
from palkkio.web.ui.fields import DayField
from palkkio.web.ui.words import DAY_WORDS

SHIFTS = {
    Shift.NONE: _("The day does not move"),
    Shift.PREVIOUS: _("The banking day before it"),
    Shift.NEXT: _("The banking day after it"),
}
PAYDAYS = {
    PaydayRule.LAST_BANKING_DAY: _("The last banking day of the month"),
    PaydayRule.DAY_OF_MONTH: _("A day of the month"),
}
MONTHS = [
    ("0", _("In the care month itself")),
    ("1", _("In the month after the care month")),
    ("2", _("Two months after the care month")),
    ("3", _("Three months after the care month")),
]
HALVES = [("", _("With the rest of the month")), *MONTHS]
WEEKDAYS = (
    _("Mondays"),
    _("Tuesdays"),
    _("Wednesdays"),
    _("Thursdays"),
    _("Fridays"),
    _("Saturdays"),
    _("Sundays"),
)


def whole(label: Any, least: int, most: int, help_text: Any = "", *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=least,
        max_value=most,
        error_messages={
            "required": _("Enter a whole number"),
            "invalid": _("Enter a whole number"),
            "min_value": _("Enter at least %(limit_value)s"),
            "max_value": _("Enter at most %(limit_value)s"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class AccountChangeForm(forms.Form):
    account_change_days = whole(_("Days before a payday"), 0, MOST_ACCOUNT_CHANGE_DAYS)


class ScheduleForm(forms.Form):
    """Deadline of the entries and the payday, from a care month on (CARE-10)."""

    first = DayField(label=_("From the care month that begins on"), help_text=_("For example 1.7.2026"))
    deadline_months_after = forms.ChoiceField(label=_("Entries are due"), choices=MONTHS)
    deadline_day = whole(_("on the day"), 1, 31)
    deadline_shift = forms.ChoiceField(label=_("If banks are closed on that day"), choices=list(SHIFTS.items()))
    payday_months_after = forms.ChoiceField(label=_("The money is on the account"), choices=MONTHS)
    payday_rule = forms.ChoiceField(label=_("Which day"), choices=list(PAYDAYS.items()))
    payday_day = whole(_("Day of the month"), 1, 31, _("Used when the payday is a day of the month."))
    payday_shift = forms.ChoiceField(label=_("If banks are closed on the payday"), choices=list(SHIFTS.items()))
    half_deadline_months_after = forms.ChoiceField(label=_("Days 1 to 15 are due"), choices=HALVES, required=False)
    half_deadline_day = whole(_("Days 1 to 15 are due on the day"), 1, 31, required=False)
    half_payday_months_after = forms.ChoiceField(
        label=_("Their money is on the account"), choices=HALVES, required=False
    )
    half_payday_rule = forms.ChoiceField(
        label=_("Their payday"), choices=[("", _("With the rest of the month")), *PAYDAYS.items()], required=False
    )
    half_payday_day = whole(
        _("Their day of the month"), 1, 31, _("Used when the payday is a day of the month."), required=False
    )
    review_days_before_payday = whole(_("Reviewed at the latest, banking days before the payday"), 0, 20)
    bank_days_before_payday = whole(_("The file at the bank, banking days before the payday"), 0, 10)
    paper_days_before_payday = whole(
        _("On paper at the latest, banking days before the payday"),
        0,
        20,
        _("Left empty: sheets on paper are due with the others."),
        required=False,
    )
    reminder_days_before = forms.CharField(
        label=_("Reminders, days before the deadline"),
        help_text=_("For example 3, 1. Left empty: no reminders."),
        required=False,
        max_length=40,
    )
    source = forms.CharField(
        label=_("Decision that it is based on"),
        max_length=200,
        error_messages={"required": _("Enter the decision that this is based on")},
    )

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "first"}


class DayTypesForm(forms.Form):
    """Which types of day the calendar offers (CARE-4)."""

    day_types = forms.MultipleChoiceField(
        label=_("Types of day that the calendar offers"),
        choices=[(kind.value, DAY_WORDS[kind][0]) for kind in DayType if kind in DAY_WORDS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day type")},
    )


class OrganisationForm(forms.Form):
    """How the organisation is reached, and from which address it writes."""

    address = forms.CharField(
        label=_("Postal address"),
        max_length=500,
        required=False,
        help_text=_("Papers are sent here. Readers see it beside the contacts."),
    )
    payroll_contact_name = forms.CharField(label=_("Name of payroll or its contact person"), max_length=120)
    payroll_phone = forms.CharField(label=_("Phone of payroll"), max_length=30)
    payroll_email = forms.CharField(label=_("E-mail of payroll"), max_length=254)
    sender_email = forms.CharField(
        label=_("Sender of messages"),
        max_length=254,
        required=False,
        help_text=_("E-mails come from this address. Left empty: from that of the installation."),
    )
    peer_support_url = forms.CharField(
        label=_("Page of peer support"), max_length=200, required=False, help_text=_("For example https://example.fi")
    )


class MunicipalityForm(forms.Form):
    code = forms.CharField(
        label=_("Municipality code"),
        help_text=_("Three digits, for example 049"),
        max_length=3,
        error_messages={"required": _("Enter the municipality code as three digits, for example 049")},
    )
    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=60)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=60)


class NamesForm(forms.Form):
    name_fi = forms.CharField(
        label=_("Name in Finnish"), max_length=120, error_messages={"required": _("Enter the name")}
    )
    name_sv = forms.CharField(
        label=_("Name in Swedish"), max_length=120, error_messages={"required": _("Enter the name")}
    )
    name_en = forms.CharField(
        label=_("Name in English"), max_length=120, error_messages={"required": _("Enter the name")}
    )


class UnitForm(NamesForm):
    cost_centre = forms.CharField(
        label=_("Cost centre"),
        help_text=_("Vouchers are posted to it."),
        max_length=20,
        error_messages={"required": _("Enter the cost centre that vouchers use")},
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)


class ContactPointForm(NamesForm):
    """A contact point with its hours, one line for each weekday: 9.00-12.00, several parted by commas."""

    municipality_ids = forms.MultipleChoiceField(
        label=_("Municipalities"),
        help_text=_("None chosen: it serves them all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    age_from = whole(_("Age of the care recipient from"), 0, 150)
    age_to = forms.CharField(
        label=_("below the age of"), required=False, max_length=3, help_text=_("Left empty: no upper limit.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    address = forms.CharField(label=_("Postal address"), max_length=200, required=False)
    takes_callbacks = forms.BooleanField(label=_("A call back can be asked for"), required=False)

    def __init__(self, *args: Any, municipalities: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), name) for pk, name in municipalities]
        self.fields["municipality_ids"].choices = named  # type: ignore[attr-defined]
        for name, label in (("hours", _("Phone, %(days)s")), ("callback", _("Call back, %(days)s"))):
            for day in range(7):
                self.fields[f"{name}_{day}"] = HoursField(
                    label=str(label) % {"days": str(WEEKDAYS[day]).lower()}, required=False
                )

    def values(self) -> dict[str, Any]:
        names = ("name_fi", "name_sv", "name_en", "municipality_ids", "age_from", "age_to", "phone", "email", "address")
        return {name: self.cleaned_data[name] for name in (*names, "takes_callbacks")}

    def hours(self, name: str) -> list[DayHours]:
        return [
            DayHours(day, opens, closes)
            for day in range(7)
            for opens, closes in self.cleaned_data.get(f"{name}_{day}") or ()
        ]


class HoursField(forms.CharField):
    """ "9-11, 12.30-15" as pairs of times."""

    def to_python(self, value: Any) -> Any:
        typed = (super().to_python(value) or "").replace("–", "-").replace(":", ".")
        return [self._pair(each) for each in typed.split(",") if each.strip()]

    def _pair(self, text: str) -> tuple[time, time]:
        try:
            opens, closes = (self._time(each) for each in text.split("-"))
        except ValueError:
            raise forms.ValidationError(_("Enter the hours in the form 9-11 or 9.00-11.30")) from None
        if opens >= closes:
            raise forms.ValidationError(_("Enter a closing time that is later than the opening time"))
        return opens, closes

    def _time(self, text: str) -> time:
        hour, _point, minute = text.strip().partition(".")
        return time(int(hour), int(minute or 0))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(
            f"{opens.hour}.{opens.minute:02d}-{closes.hour}.{closes.minute:02d}" for opens, closes in value
        )


def initial_hours(name: str, hours: Sequence[DayHours]) -> dict[str, list[tuple[time, time]]]:
    """Hours of a contact point as the fields of its form take them."""
    found: dict[str, list[tuple[time, time]]] = {}
    for each in hours:
        found.setdefault(f"{name}_{each.weekday}", []).append((each.opens, each.closes))
    return found


class AccountForm(forms.Form):
    """Where a kind of sum is posted in the ledger, from a day on."""

    code = forms.ChoiceField(label=_("What is posted"), error_messages={"required": _("Choose what is posted")})
    contract_kind = forms.ChoiceField(label=_("Kind of contract"), required=False)
    account = forms.CharField(
        label=_("Ledger account"), max_length=20, error_messages={"required": _("Enter the ledger account")}
    )
    product = forms.CharField(label=_("Product"), max_length=20, required=False)
    first = DayField(label=_("In force from"))

    def __init__(self, *args: Any, codes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = list(codes.items())  # type: ignore[attr-defined]
        every = [("", _("Every kind"))]
        self.fields["contract_kind"].choices = [*every, *KINDS.items()]  # type: ignore[attr-defined]
