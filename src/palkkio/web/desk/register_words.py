"""What the incomes register refuses a report for, in plain words with what to do. Other codes: its own words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: dict[str, Promise] = {
    "EARNER_UNKNOWN": _("The register knows nobody by this identity code. Check the code on the payee's page."),
    "EARNER_WITHOUT_ID": _("The payee has no identity code. Enter it, or the day of birth and the address."),
    "EARNER_IS_PAYER": _("The payee has the payer's own id. Check the ids."),
    "EMPLOYER_IS_PAYER": _("The household has the payer's own id. Check the identity code of the employer."),
    "OCCUPATION_MISSING": _("The occupation is missing. Insured pay needs it."),
    "PENSION_MISSING": _("The pension insurance is missing. Enter its policy number in the settings."),
    "PENSION_POLICY_NONE": _("The pension insurance lacks its provider or number. Enter the number in the settings."),
    "PENSION_POLICY_WRONG": _("The pension policy number does not begin with its provider's number. Check it."),
    "METHODS_MIXED": _("Lump sums and itemised pay stand on one report. They cannot be reported together."),
    "ALLOWANCE_MISSING": _("A daily allowance is reported without its kind."),
    "ABSENCES_OVERLAP": _("Two absences of the report overlap. Check the days of illness and leave."),
    "ABSENCE_INCOMPLETE": _("A paid absence lacks its cause or amount."),
    "PAYDAY_TOO_FAR": _("The payday is more than 45 days ahead. Send the reports later."),
    "PAYDAY_TOO_EARLY": _("Paydays before 2019 are not reported."),
    "REPORT_ID_USED": _("The register has a report with this id already. Report it again: it gets another id."),
    "REPORT_UNKNOWN": _("The register does not have the report that this one replaces. Report it again as a new one."),
    "REPORT_TAKEN_BACK": _("The report was taken back before, so it cannot be replaced."),
    "INVALIDATE_FIRST": _("What has changed cannot be replaced: the report is taken back and given anew."),
    "VERSION_OLD": _("The register has a newer version of the report."),
    "SCHEMA": _("The file does not have the form that the register wants. Tell the system's support."),
}


def rule(code: str, text: str) -> str:
    """Why, as a clerk reads it."""
    return str(RULES.get(code, text))
