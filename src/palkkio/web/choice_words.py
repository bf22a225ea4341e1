"""Words of the payer's choices: what is decided, and what may be chosen."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import gettext_noop as N_

from palkkio.rules import ChoiceKind
from palkkio.web.ui import wording

CHOICES: dict[str, Promise] = {
    "tax_free_kilometre": lazy("Tax-free part of a kilometre of commission carers"),
    "proration": lazy("Part of a month"),
    "client_absence_count": lazy("End of the paid month when the care recipient is away for health"),
    "sum_absences": lazy("Absences of the care recipient are added up"),
    "carer_illness_paid_days": lazy("Paid days when the carer is ill"),
    "interval_days_threshold": lazy("Regular interval care that lowers class II"),
    "services_hours_threshold": lazy("Regular services that lower class II"),
    "plan_change_from": lazy("When a changed care and service plan changes the class"),
    "class_3_refused_by": lazy("Income that refuses class III"),
    "locum_min_hours": lazy("Shortest day of a locum that is paid"),
    "experience_step_from": lazy("When an experience step takes effect"),
    "average_daily_hours": lazy("Average daily working time of an assistant"),
    "evening_percent": lazy("Evening supplement of assistants"),
    "night_percent": lazy("Night supplement of assistants"),
    "saturday_percent": lazy("Saturday supplement of assistants"),
    "public_holiday_evening_and_night": lazy("Evening and night supplements on a public holiday"),
    "church_holiday_saturday_supplement": lazy("Saturday supplement on a church holiday"),
    "periodic_work_by_statute": lazy("Periodic working time without the agreement"),
    "longer_days_of_non_members": lazy("Longer working days of employers who are no members of Heta"),
    "child_illness_paid_days": lazy("Paid days of a child's illness"),
    "family_leave_paid_days": lazy("Paid days of family leave"),
    "falling_index_lowers_allowances": lazy("Allowances fall with the cost-of-living index"),
    "alert_confirmation": lazy("Alerts that the employer confirms in writing"),
}
VALUES: dict[str, Promise] = {
    "actual_days": lazy("paid days of the month's own days"),
    "fixed_30": lazy("thirtieths: 30 less the unpaid days"),
    "full_month": lazy("a month in which the contract begins or ends is full"),
    "statutory": lazy("as the Act says"),
    "inclusive": lazy("through the day before the same day of the next month"),
    "days_30": lazy("30 days"),
    "any": lazy("also pension, daily allowance, studies and other regular income"),
    "same_day": lazy("from the day itself"),
    "next_month": lazy("from the next month"),
    "next_period": lazy("from the next pay period"),
    "all": lazy("every alert, also of overtime and rest"),
    "granted": lazy("alerts about what is granted and two assistants at once"),
    "none": lazy("none: alerts are shown only"),
    "yes": lazy("yes"),
    "no": lazy("no"),
}
GROUNDS: dict[str, Promise] = {
    each: lazy(each)
    for each in (
        N_("The limit after the plan of 2022 (0.25 or 0.30) is not confirmed; the payer asks the Tax Administration"),
        N_("No national convention found; actual days is the common way"),
        N_("937/2005 9 § 2; the Act gives no example of the count. Used for family care by analogy"),
        N_("Common reading; guides differ"),
        N_("Guide to informal care support, Pietarsaari 2018"),
        N_("The guide of Pietarsaari 2018 names no day; terms are dated to the day"),
        N_("937/2005 5 § 2; the longer list is a local addition"),
        N_("Common practice; the agreement's text was not seen"),
        N_("The agreement speaks of the average daily working time; over how many weeks was not seen"),
        N_("The text of the agreement was not seen; the figure assistance/agreement/percent/evening is recalled"),
        N_("The text of the agreement was not seen; the figure assistance/agreement/percent/night is recalled"),
        N_("The text of the agreement was not seen; the figure assistance/agreement/percent/saturday is recalled"),
        N_("Supplements are cumulative by the page of the Heta union; of public holidays it says nothing"),
        N_("Supplements are cumulative by the page of the Heta union; of this day it says nothing"),
        N_("872/2019 7 § lists the work; assistance for a private employer is not named"),
        N_(
            "Such agreements were open to members only; whether others may use them since the agreement binds all was "
            "not seen"
        ),
        N_("Three days in the agreement of 2018-2020; the later texts were not seen"),
        N_("No text of the agreement on pay of family leave was seen"),
        N_(
            "The payer's instructions ask the employer to check and correct; they do not say that an alert blocks "
            "approval"
        ),
        N_("263/2015 19 §: the allowances follow the index; the fall before 2026 is not confirmed by any amount seen"),
        N_("The last confirmed figure, kept as the more careful of the two until the payer has the official one"),
    )
}
_UNITS: dict[str, Promise] = {
    "days": lazy("days"),
    "hours": lazy("hours"),
    "EUR/km": lazy("€ a kilometre"),
}


def choice_name(key: str) -> str:
    return str(CHOICES.get(key, key))


def ground_words(source: str) -> str:
    """Why a choice holds as it does, in words; what an organisation wrote itself stays as written."""
    return str(GROUNDS.get(source, source))


def value_words(kind: ChoiceKind, value: str | None) -> str:
    """What is chosen, in words; None: nothing holds until it is decided."""
    if value is None:
        return _("not chosen")
    if kind.values:
        return str(VALUES.get(value, value))
    return f"{wording.number(Decimal(value))} {_UNITS.get(kind.unit, kind.unit)}"
