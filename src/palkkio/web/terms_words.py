"""Terms of every kind of contract, in the reader's language: choices of forms, and terms as facts on pages."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from palkkio.web.change_words import INCOMES
from palkkio.web.ui import wording
from palkkio.web.ui.values import Fact

if TYPE_CHECKING:
    from palkkio.calculation.facts import AssistantTerms, Caps, CareTerms, OtherAbsence, Terms

ABSENCE: dict[str, Promise] = {
    "": _("The contract does not say"),
    "paid": _("The fee is paid"),
    "stops": _("The fee stops"),
    "days": _("The fee is paid for a number of days"),
}
PAID_BY: dict[str, Promise] = {"month": _("By the month"), "day": _("By the day, as entered")}
AREAS: dict[str, Promise] = {
    "rest": _("Rest of Finland"),
    "capital": _("Helsinki, Espoo, Vantaa or Kauniainen"),
}
AGREEMENTS: dict[str, Promise] = {
    "by_date": _("By date and the employer's membership"),
    "heta": _("The Heta-JHL agreement"),
    "statute": _("The law and the contract alone"),
}
LEAVE: dict[str, Promise] = {
    "none": _("No full months: time off and compensation"),
    "days14": _("At least 14 days a month"),
    "hours35": _("At least 35 hours a month"),
}
WORKING_TIME: dict[str, Promise] = {
    "normal": _("By the week"),
    "period_2_weeks": _("Periods of two weeks"),
    "period_3_weeks": _("Periods of three weeks"),
    "levelled_2_weeks": _("Periods of two weeks, levelled out over six"),
    "levelled_3_weeks": _("Periods of three weeks, levelled out over six"),
    **{f"equalised_{n}_weeks": format_lazy(_("Levelled out over {n} weeks"), n=n) for n in range(2, 9)},
}


def terms_facts_of(terms: Terms) -> list[Fact]:
    """What the terms say beside their amounts."""
    facts: list[Fact] = []
    if terms.care is not None:
        facts += _care(terms.care)
    if terms.clients > 1:
        facts.append(Fact(gettext("Clients"), str(terms.clients)))
    if terms.absence_other is not None:
        facts.append(Fact(gettext("Care recipient away, not for health"), _absence(terms.absence_other)))
    if terms.notice_months is not None:
        facts.append(Fact(gettext("Notice period"), _months(terms.notice_months)))
    if terms.caps is not None:
        facts.append(Fact(gettext("At most in a month"), _caps(terms.caps)))
    if terms.assistant is not None:
        facts += _employment(terms.assistant)
    return facts


def source_words(source: str) -> str:
    """The ground of terms; a reported change is stored by its number."""
    prefix, _sep, number = source.partition(" ")
    if prefix == "change-report" and number.isdigit():
        return gettext("Reported change %(number)s") % {"number": number}
    return source


def _care(care: CareTerms) -> list[Fact]:
    facts = [Fact(gettext("Fee class"), care.fee_class)]
    if care.otherwise:
        facts.append(Fact(gettext("Class where class III is refused"), care.otherwise))
    if care.carer_income:
        facts.append(Fact(gettext("Carer's income"), ", ".join(str(INCOMES[each]) for each in care.carer_income)))
    if care.interval_care_days:
        facts.append(
            Fact(gettext("Interval care a month"), gettext("%(n)s days") % {"n": plain(care.interval_care_days)})
        )
    if care.other_services_hours:
        facts.append(
            Fact(gettext("Other services a month"), gettext("%(n)s hours") % {"n": plain(care.other_services_hours)})
        )
    return facts


def _absence(rule: OtherAbsence) -> str:
    if rule.paid_days is None:
        return str(ABSENCE["paid"])
    if rule.paid_days == 0:
        return str(ABSENCE["stops"])
    n = rule.paid_days
    return ngettext("The fee is paid for %(n)s day", "The fee is paid for %(n)s days", n) % {"n": n}


def _months(n: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}


def _caps(caps: Caps) -> str:
    parts = []
    if caps.visits is not None:
        parts.append(gettext("%(n)s visits") % {"n": plain(caps.visits)})
    if caps.hours is not None:
        parts.append(gettext("%(n)s hours") % {"n": plain(caps.hours)})
    if caps.euros is not None:
        parts.append(wording.euros(caps.euros))
    return ", ".join(parts)


def _employment(terms: AssistantTerms) -> list[Fact]:
    group = terms.pay_group
    if not terms.is_pay_group_decided:
        group = gettext("%(group)s, waits for the decision: paid as A") % {"group": group}
    facts = [
        Fact(gettext("Pay group"), group),
        Fact(gettext("Area"), str(AREAS[terms.area])),
        Fact(gettext("Agreement"), str(AGREEMENTS[terms.agreement])),
        Fact(gettext("Experience"), _months(terms.experience_months)),
    ]
    if terms.weekly_hours is not None:
        facts.append(Fact(gettext("Hours a week"), plain(terms.weekly_hours)))
    facts.append(Fact(gettext("Annual leave accrues"), str(LEAVE[terms.leave_rule])))
    facts.append(Fact(gettext("Working time"), str(WORKING_TIME[terms.working_time])))
    if terms.longest_day is not None:
        facts.append(Fact(gettext("Longest working day"), gettext("%(n)s hours") % {"n": plain(terms.longest_day)}))
    if terms.has_similar_work:
        facts.append(Fact(gettext("Similar work"), gettext("two years in the last five")))
    return facts


def plain(value: Decimal) -> str:
    """A number as people write it: 12,5."""
    return f"{value.normalize():f}".replace(".", ",")
