"""Words for looks: what was opened, and why."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OPEN_MATTER = "open_matter"
# Reasons that staff choose from; anything else is in their own words.
ASKED = {
    "contacted": gettext_lazy("The person contacted us, or we return a call"),
    "preparing": gettext_lazy("A contract or a decision is being prepared"),
    "correcting": gettext_lazy("Details are checked or corrected"),
}
OPENED = {
    "person": gettext_lazy("Your details"),
    "contract": gettext_lazy("Your contract"),
    "sheet": gettext_lazy("Your care period"),
    "payslip": gettext_lazy("Your payslip"),
    "paper": gettext_lazy("A paper of your employment"),
    "document_of_person": gettext_lazy("A document of yours"),
    "proposal": gettext_lazy("The calculation of your pay"),
    "comment": gettext_lazy("Your comment"),
    "account_number": gettext_lazy("Your account number"),
    "receivable": gettext_lazy("An overpayment of yours"),
    "recovery": gettext_lazy("An overpayment of yours"),
    "contract_version": gettext_lazy("A contract of yours to be signed"),
    "change_report": gettext_lazy("A change that you reported"),
    "care_event": gettext_lazy("An absence or a change of your contract"),
    "decision": gettext_lazy("A decision of yours"),
    "decisions": gettext_lazy("Your decisions"),
    "pay_group_decision": gettext_lazy("The decision on your assistant's pay group"),
    "distraint_order": gettext_lazy("A distraint of your pay"),
    "dues_authorisation": gettext_lazy("Your union dues"),
    "household": gettext_lazy("Your household as an employer"),
    "letter": gettext_lazy("A letter to you"),
    "report": gettext_lazy("A report of your pay to the incomes register"),
}


LISTS = {
    "list_periods": gettext_lazy("Care periods"),
    "list_comments": gettext_lazy("Comments"),
    "list_callbacks": gettext_lazy("Call-backs"),
    "list_letters": gettext_lazy("Letters"),
    "list_contracts": gettext_lazy("Contracts"),
    "list_people": gettext_lazy("People"),
    "list_payslips": gettext_lazy("Payslips"),
    "list_payees": gettext_lazy("Payees of the run"),
    "list_tax_cards": gettext_lazy("Tax cards"),
    "list_refused_reports": gettext_lazy("Reports refused by the incomes register"),
    "list_households": gettext_lazy("Household employers"),
    "list_decisions": gettext_lazy("Decisions"),
    "list_assistance": gettext_lazy("Personal assistance"),
    "list_papers": gettext_lazy("Papers"),
    "list_documents": gettext_lazy("Documents to handle"),
    "list_changes": gettext_lazy("Reported changes"),
    "list_receivables": gettext_lazy("Overpayments"),
    "list_owed": gettext_lazy("Owed to others"),
    "export_owed": gettext_lazy("Owed to others"),
    "list_work": gettext_lazy("Work to be done"),
    "list_one_offs": gettext_lazy("One-off lines"),
    "list_holds": gettext_lazy("Holds"),
    "list_employers": gettext_lazy("Household employers"),
    "list_findings": gettext_lazy("Do the sums agree?"),
    "list_returned_payments": gettext_lazy("Returned payments"),
    "export_payees": gettext_lazy("Payees of the run"),
}


def list_words(action: str) -> str:
    """Which of the staff's lists was read."""
    return str(LISTS.get(action, _("Another list")))


def opened_words(object_kind: str) -> str:
    """What was opened, said to the person whose it is."""
    return str(OPENED.get(object_kind, _("Other details of yours")))


def reason_words(reason: str) -> str:
    """Why it was opened. Where no reason was asked, the matter itself is the reason."""
    if reason in ASKED:
        return str(ASKED[reason])
    return _("A matter of yours is being handled") if reason in ("", OPEN_MATTER) else reason
