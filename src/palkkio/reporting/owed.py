"""What a month's pay owes to others by employer: the Tax Administration, insurers and the Employment Fund.

The organisation withholds and reports as the substitute payer, so withheld tax is its own debt; a household's
contributions are the household's, which the organisation pays by authorisation. Sums are those of payslips: insurers
charge by their own invoices and may round otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palkkio.core.days import DateRange, add_months
from palkkio.core.finland import next_banking_day
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContributionCode, DeductionCode
from palkkio.organisations import queries as organisations
from palkkio.payroll.queries.employers import employer_sums
from palkkio.people import queries as people
from palkkio.people.households.queries import policies_of, tax_references_of

TAXES_ARE_DUE_ON = 12  # of the next month, moved to the next banking day: self-assessed taxes (R)


class Receiver(StrEnum):
    """Who gets it."""

    TAX = "tax"
    PENSION = "pension"
    UNEMPLOYMENT = "unemployment"
    ACCIDENT = "accident"


OF: Mapping[Receiver, tuple[str, ...]] = {
    Receiver.TAX: (DeductionCode.WITHHOLDING, ContributionCode.HEALTH_INSURANCE),
    Receiver.PENSION: (ContributionCode.PENSION_EMPLOYER, DeductionCode.PENSION),
    Receiver.UNEMPLOYMENT: (ContributionCode.UNEMPLOYMENT_EMPLOYER, DeductionCode.UNEMPLOYMENT),
    Receiver.ACCIDENT: (ContributionCode.ACCIDENT_INSURANCE, ContributionCode.GROUP_LIFE_INSURANCE),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One debt of one month.

    person_id  the household that employs; None: the organisation itself
    insurer    name, where it is known
    reference  policy number; of taxes the household's own reference of self-assessed taxes, empty where it is not known
    due_on     None: by the receiver's own invoice
    """

    receiver: Receiver
    person_id: int | None
    employer: str
    amount: Decimal
    insurer: str
    reference: str
    due_on: date | None


def owed_of_month(organisation_id: int, first: date) -> list[Owed]:
    """As `owed_of`, by the first day of the month."""
    return owed_of(organisation_id, DateRange.month_of(first))


def owed_of(organisation_id: int, month: DateRange) -> list[Owed]:
    """Debts of the paydays of a month, the organisation's first, then by household; a few queries."""
    payer = organisations.payer(organisation_id)
    sums = employer_sums(organisation_id, month)
    # The organisation pays the tax that it has withheld from the pay of households' assistants, too.
    withheld = sum((each.pop(DeductionCode.WITHHOLDING, ZERO) for each in sums.values()), ZERO)
    if withheld:
        sums.setdefault(None, {})[DeductionCode.WITHHOLDING] = withheld
    households = [each for each in sums if each is not None]
    names, known = people.names_of(households), policies_of(households)
    known.update({(each, Receiver.TAX.value): ("", text) for each, text in tax_references_of(households).items()})
    due = next_banking_day(add_months(month.edges[0], 1).replace(day=TAXES_ARE_DUE_ON))
    own = {
        Receiver.PENSION: ("", payer.pension_policy_number),
        Receiver.ACCIDENT: (payer.accident_insurer_id, payer.accident_policy_number),
    }
    found = []
    for employer_id in sorted(sums, key=lambda each: (each is not None, names.get(each or 0, ""))):
        for receiver, codes in OF.items():
            amount = sum((sums[employer_id].get(code, ZERO) for code in codes), ZERO)
            if not amount:
                continue
            terms = own.get(receiver) if employer_id is None else known.get((employer_id, receiver.value))
            insurer, reference = terms or ("", "")
            found.append(
                Owed(
                    receiver,
                    employer_id,
                    payer.name_fi if employer_id is None else names.get(employer_id, ""),
                    amount,
                    insurer,
                    reference,
                    due if receiver is Receiver.TAX else None,
                )
            )
    return found
