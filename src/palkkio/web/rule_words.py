"""Rules, lines, laws and problems in plain words, for carer and clerk alike (PAY-8, BEY-1).

The calculation names a rule by its key; the words come here, at display time, in the reader's language.
"""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from palkkio.core.payslip import ChangedFact, DeductionCode, LineCode
from palkkio.core.problems import Problem, ProblemCode
from palkkio.formats.explanation import changed_words, code_name
from palkkio.formats.wording import LANGUAGES, Words, words
from palkkio.rules import figure, keys
from palkkio.web.contract_words import rate_name

LINE_NAMES: dict[str, Promise] = {
    LineCode.CARE_FEE: _("Care fee"),
    LineCode.CARE_DAY: _("Care days"),
    LineCode.VISIT: _("Visits"),
    LineCode.HOUR: _("Hours of work"),
    LineCode.TRAINING_DAY: _("Training days"),
    LineCode.NOTICE_DAY: _("Days of notice period"),
    LineCode.CANCELLED_DAY: _("Cancelled care days"),
    LineCode.LOCUM_DAY: _("Locum days"),
    LineCode.EXPENSE_ALLOWANCE: _("Expense allowance"),
    LineCode.START_UP_ALLOWANCE: _("Start-up allowance"),
    LineCode.DAILY_ALLOWANCE: _("Daily allowance, tax free"),
    LineCode.KILOMETRES: _("Kilometre allowance, tax free"),
    LineCode.KILOMETRES_TAXABLE: _("Kilometre allowance, taxable part"),
    LineCode.TRIP_EXPENSE: _("Tickets and parking by receipt"),
    LineCode.ONE_OFF: _("One-off payment"),
    LineCode.RECOVERY: _("Recovery of an overpayment"),
    DeductionCode.WITHHOLDING: _("Withheld tax"),
    DeductionCode.PENSION: _("Pension contribution"),
    DeductionCode.DISTRAINT: _("Distraint"),
    DeductionCode.UNION_DUES: _("Trade union dues"),
    DeductionCode.FUND_FEE: _("Unemployment fund fee"),
}

RULES: dict[str, Promise] = {
    "care_day": _(
        "Each day and night of care that began is paid one fee. It belongs to the day on which it began, even if it"
        " ended the next day."
    ),
    "visit": _("Each visit is paid one fee."),
    "hour": _("The hours you recorded are added up and paid by the hour."),
    "training_day": _("Each training day arranged by the county is paid one fee."),
    "notice_day": _("Each recorded day of the notice period is paid one fee."),
    "cancelled_day": _("A cancelled care day is paid the amount agreed for cancelled days."),
    "care_fee": _(
        "The fee of your fee class is paid for the days of the month on which it runs. Days off never lower it. While"
        " the fee is interrupted, or before the contract begins and after it ends, it is not paid."
    ),
    "care_fee_lower": _(
        "You asked for a fee lower than that of your class. It is paid for the days of the month on which it runs."
    ),
    "family_care_fee": _("The agreed fee is paid for each client, for the days of the month on which it runs."),
    "family_care_fee_lower": _(
        "A fee lower than the minimum was agreed for a special reason. It is paid for each client."
    ),
    "family_care_day": _("Each care day you recorded is paid the agreed fee for each client."),
    "expense_allowance": _(
        "The agreed expense allowance is paid for each client, for the same days as the fee. Tax is withheld from it,"
        " but no pension contribution."
    ),
    "expense_allowance_day": _(
        "The agreed expense allowance is paid for each client and recorded care day. Tax is withheld from it, but no"
        " pension contribution."
    ),
    "start_up_allowance": _("Necessary costs of starting the care are paid, up to the maximum of the law."),
    "expense_per_day": _(
        "The agreed expense is paid for each paid care day. Tax is withheld from it, but no pension contribution."
    ),
    "monthly_fee": _("The contract's monthly fee is paid for the days of the month on which it is in force."),
    "locum_day": _("Each day on which you stood in for the carer is paid one fee, if it has the hours required."),
    "recovery": _("What was paid too much earlier is recovered by your consent or a final decision."),
    "kilometres": _(
        "The kilometres you recorded are paid by the kilometre. Up to the limit set by the Tax Administration the"
        " allowance is tax free, and no pension contribution is deducted from it."
    ),
    "kilometres_taxable": _(
        "The part of the kilometre allowance above the tax-free limit is taxable. A pension contribution is deducted"
        " from it only if you are employed."
    ),
    "trip_expense": _("Tickets and parking are paid by the receipts that you attached, without deductions."),
    "one_off": _("A payment outside the usual rules, with a reason, approved by a second person."),
    "withholding_by_card": _(
        "Tax is withheld by your tax card for this kind of contract. Tax-free allowances are left out. What is paid in"
        " the year up to the card's income ceiling is taxed by the base rate, and the rest by the additional rate."
    ),
    "withholding_without_card": _(
        "There was no tax card for this kind of contract on the payday, so tax is withheld at the rate set by decree."
        " The Tax Administration corrects it in your final taxation."
    ),
    "carer_pension": _(
        "Your part of the pension contribution is deducted from the fee, not from trip allowances. It earns you"
        " pension."
    ),
    "pension_self_insured": _("You are insured as an entrepreneur (YEL), so no pension contribution is deducted."),
    "pension_not_insured_by_age": _(
        "At your age this work is no longer, or not yet, insured for pension, so no contribution is deducted."
    ),
    "distraint_not_periodic": _("Pay that does not come regularly: the enforcement authority takes a third of it."),
    "distraint": _("The enforcement authority has ordered this part to be paid to it."),
    "union_dues": _("Deducted by your power of attorney and paid to the trade union."),
    "fund_fee": _("Deducted by your power of attorney and paid to the unemployment fund."),
}

LAWS: dict[str, Promise] = {
    "937/2005": _("Act on Support for Informal Care 937/2005"),
    "263/2015": _("Family Care Act 263/2015"),
    "1118/1996": _("Prepayment Act 1118/1996"),
    "1124/1996": _("Prepayment Decree 1124/1996"),
    "705/2007": _("Enforcement Code 705/2007"),
    "395/2006": _("Employees Pensions Act 395/2006"),
    "81/2016": _("Public Sector Pensions Act 81/2016"),
}

PROBLEMS: dict[str, tuple[Promise, Promise]] = {
    ProblemCode.NO_TAX_CARD: (
        _("There is no tax card for this kind of contract"),
        _("Order one from the Tax Administration. The county fetches it from there. Without it the tax is 60 %."),
    ),
    ProblemCode.NO_BANK_ACCOUNT: (
        _("The account number is missing"),
        _("Tell the county the account number to which the fee is paid."),
    ),
    ProblemCode.RATE_NOT_CONFIRMED: (
        _("An amount that is needed has not been decided yet"),
        _("The county confirms it. You need not do anything."),
    ),
    ProblemCode.CONTRACT_TERM_MISSING: (
        _("The contract does not say how this kind of day is paid"),
        _("The county completes the contract. You need not do anything."),
    ),
    ProblemCode.GATE_CLOSED: (_("The insurances of the employer are not in order"), _("The county looks into it.")),
    ProblemCode.NET_NEGATIVE: (_("The deductions are larger than the fee"), _("The county looks into it.")),
    ProblemCode.ENTRY_OUTSIDE_CONTRACT: (
        _("An entry is on a day outside the contract"),
        _("Remove the entry, or ask the county about the contract."),
    ),
    ProblemCode.NO_IDENTITY_CODE: (_("The personal identity code is missing"), _("Tell it to the county.")),
    ProblemCode.PAYEE_DECEASED: (_("The payee has died"), _("The county contacts the estate.")),
    ProblemCode.FEE_CLASS_NOT_ALLOWED: (_("The fee class is not allowed as such"), _("The allowed class is paid.")),
    ProblemCode.PAY_GROUP_WITHOUT_DECISION: (_("The pay group has no decision"), _("Pay group A is paid.")),
    ProblemCode.BELOW_MINIMUM: (_("The fee is below the legal minimum"), _("The minimum is paid.")),
    ProblemCode.OVERPAYMENT: (_("More has been paid than was due"), _("The county contacts you about it.")),
    ProblemCode.LOCUM_TOO_SHORT: (_("The substitution was too short to be paid"), _("Ask the county about it.")),
    ProblemCode.OVERTIME: (_("There is overtime in the period"), _("It is paid with its supplement.")),
    ProblemCode.RATE_NOT_VERIFIED: (
        _("A figure used here awaits its official confirmation"),
        _("The fee is paid by it. If it changes, the difference is paid later."),
    ),
    ProblemCode.CAP_REACHED: (
        _("The decision allows no more in this month"),
        _("What is above it is not paid. Ask the county if the need has grown."),
    ),
    ProblemCode.CERTIFICATE_MISSING: (
        _("A medical certificate is missing for an absence of more than three days"),
        _("The pay is paid. Send the certificate when you have it."),
    ),
    ProblemCode.LEAVE_NOT_EARNED: (
        _("There are more leave days than have been earned"),
        _("The days above those earned are not paid. Ask payroll about the balance."),
    ),
    ProblemCode.LEAVE_NOT_SETTLED: (
        _("The employment ends, and what its annual leave is worth is not known yet"),
        _("The work is paid now, the leave compensation when payroll has counted it."),
    ),
    ProblemCode.ABOVE_MAXIMUM: (_("An amount is above the maximum of the law"), _("The maximum is paid.")),
}

_NUMBER = re.compile(r"^(\d+/\d{4})\s*(.*)$")


def line_name(code: str) -> str:
    """Name of an earning line, deduction or contribution; the code itself for one that has no words yet."""
    if code in LINE_NAMES:
        return str(LINE_NAMES[code])
    return code_name(document_words(), code)


def rule_text(rule: str) -> str:
    """The rule in plain words, "" for a rule that has none."""
    return str(RULES[rule]) if rule in RULES else document_words().get(f"rule.{rule}")


def document_words() -> Words:
    """Words that the documents have too, in the reader's language; English for a language they are not written in."""
    language = (get_language() or "en")[:2]
    return words(language if language in LANGUAGES else "en")


def input_name(name: str) -> str:
    """What a further input of a line is called, "" for one that readers are not shown."""
    return document_words().get(f"input.{name}")


def changed_text(changed: ChangedFact) -> str:
    """What has changed since a month was paid, with its days."""
    return changed_words(document_words(), changed)


def law_text(law: str) -> str:
    """ "937/2005 4 a §" with the name of the Act; several, parted by semicolons, each with its own."""
    return "; ".join(_one_law(each.strip()) for each in law.split(";") if each.strip())


def _one_law(law: str) -> str:
    if not (match := _NUMBER.match(law)):
        return law
    number, section = match.groups()
    name = str(LAWS.get(number, number))
    return f"{name}, {section}" if section else name


def problem_text(problem: Problem | str) -> tuple[str, str]:
    """What is missing, and what is to be done about it."""
    code = problem.code if isinstance(problem, Problem) else problem
    title, repair = PROBLEMS.get(code, (str(code), ""))
    return str(title), str(repair)


def unit_rate(unit: str) -> str:
    """Behind an amount: "97,55 € a day"."""
    return {
        "day": gettext("a day"),
        "visit": gettext("a visit"),
        "hour": gettext("an hour"),
        "km": gettext("a kilometre"),
        "month": gettext("a month"),
    }.get(unit, "")


def figure_name(key: str, language: str) -> str:
    """Name of a figure that a problem asks for: a figure of the law by its key, else a rate of the organisation."""
    if key in keys():
        names = figure(key).name
        return names.get(language) or names["en"]
    return rate_name(key.split("/")[-1])
