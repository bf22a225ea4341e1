"""What one report says: payslips of a payday and what is known of earner, employer and organisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from palkkio.core.days import DateRange
from palkkio.formats import incomes_register as register
from palkkio.payroll.queries.handover import Earned
from palkkio.people.queries import PersonToReport

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation

OF_A_HOUSEHOLD = register.ReportingTerms(professions=())  # a substitute payer tells neither policies nor occupation: V


def report_of(
    slips: Sequence[Earned],
    person: PersonToReport,
    *,
    report_id: str,
    terms: register.ReportingTerms,
    absences: Sequence[tuple[int, DateRange]] = (),
) -> register.Report | None:
    """A new report of one earner's payslips from one employer; None if there is nothing to report.

    terms  of what the organisation pays as itself
    """
    if not slips:
        return None
    if slips[0].employer_id is not None:
        terms = OF_A_HOUSEHOLD
    return register.report_of_paid(
        slips,
        report_id=report_id,
        earner=earner_of(person),
        terms=dict.fromkeys({each.contract_kind for each in slips}, terms),
        service=_service(slips),
        absences=absences,
    )


def payer_of(payer: Organisation, employer: PersonToReport | None) -> register.Payer:
    """The organisation, as substitute payer (sijaismaksaja) where a household employs.

    The actual employer is the assisted person, also a minor, never who acts for them (P5). Raises ValueError if the
    household has neither identity code nor Business ID.
    """
    substitute = None
    if employer is not None:
        if employer.identity_code:
            identifier = register.Identifier.person(employer.identity_code)
        else:
            identifier = register.Identifier.business(employer.business_id)
        substitute = register.SubstituteFor(identifier, f"{employer.given_names} {employer.family_name}".strip())
    return register.Payer(register.Identifier.business(payer.business_id), payer.name_fi, substitute_for=substitute)


def contacts_of(payer: Organisation) -> tuple[register.Contact, ...]:
    """Whom the register asks of the organisation's deliveries."""
    return (register.Contact(payer.payroll_contact_name, payer.payroll_phone, payer.payroll_email),)


def earner_of(person: PersonToReport) -> register.Earner:
    """By identity code or Business ID; without either by names, day of birth and address."""
    address = None
    if person.street and person.town:
        address = register.Address(person.street, person.postcode, person.town)
    is_company = bool(person.business_id) and not person.identity_code
    return register.Earner(
        last_name=person.family_name,
        first_name=person.given_names,
        identity_code=person.identity_code,
        business_id=person.business_id if is_company else "",
        born_on=person.born,
        address=address if not person.identity_code and not is_company else None,
    )


def terms_of(payer: Organisation) -> register.ReportingTerms:
    """What the organisation reports of insurances; what it has not entered is left out, never guessed."""
    pension = register.PensionInsurance(payer.pension_policy_number) if payer.pension_policy_number else None
    accident = None
    if payer.accident_policy_number and payer.accident_insurer_id:
        insurer = register.Identifier.business(payer.accident_insurer_id)
        accident = register.AccidentInsurance(insurer, payer.accident_policy_number)
    return register.ReportingTerms(pension=pension, accident=accident)


def _service(slips: Sequence[Earned]) -> register.Service | None:
    """Days of the contracts together, which Keva wants of the insured."""
    firsts = [each.contract_days.start for each in slips]
    lasts = [each.contract_days.last for each in slips]
    known = [day for day in firsts if day is not None]
    if not known:
        return None
    ended = [day for day in lasts if day is not None]
    return register.Service(min(known), max(ended) if len(ended) == len(lasts) else None)
