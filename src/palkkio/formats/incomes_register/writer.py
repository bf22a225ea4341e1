"""WageReportsRequestToIR as bytes; the order of elements is the schema's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from palkkio.core.days import DateRange
from palkkio.formats.incomes_register.heads import (
    add_contacts,
    add_head,
    add_id,
    add_if,
    amount_text,
    line_text,
    truth_text,
)
from palkkio.formats.incomes_register.values import (
    PUBLIC_BODY,
    Address,
    Delivery,
    Earner,
    Employment,
    PaidAbsence,
    Payer,
    Report,
    Service,
    Transaction,
    UnpaidAbsence,
)
from palkkio.formats.xml_writer import Element, add, to_bytes

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/WageReportsToIR"
EARNINGS_PAYMENT_REPORTS = "100"


def write_delivery(delivery: Delivery) -> bytes:
    """The delivery as UTF-8 XML, unsigned; the same values give the same bytes.

    Raises ValueError for a delivery without reports, an open period, a moment without time zone, or an id that is
    none. What the register would refuse beyond that, `check_delivery` finds.
    """
    if not delivery.reports or not delivery.contacts:
        raise ValueError("A delivery needs at least one report and one contact person")
    root = Element("wrtir:WageReportsRequestToIR", attributes=f' xmlns:wrtir="{NAMESPACE}"')
    data = add(root, "DeliveryData")  # the elements below the root are in no namespace
    add_head(
        data,
        created_at=delivery.created_at,
        source=delivery.source,
        delivery_type=EARNINGS_PAYMENT_REPORTS,
        delivery_id=delivery.delivery_id,
        rejects_only_faulty=delivery.rejects_only_faulty,
        is_production=delivery.is_production,
        owner=delivery.payer.identifier,
        creator=delivery.creator,
    )
    period = add(data, "PaymentPeriod")
    add(period, "PaymentDate", delivery.payday.isoformat())
    _add_days(period, delivery.period)
    add_contacts(data, delivery.contacts)
    _add_payer(data, delivery.payer)
    reports = add(data, "Reports")
    for report in delivery.reports:
        _add_report(reports, report)
    return to_bytes(root)


def _add_days(parent: Element, period: DateRange) -> None:
    if period.first is None or period.last is None:
        raise ValueError("A period of the register has a first and a last day")
    add(parent, "StartDate", period.first.isoformat())
    add(parent, "EndDate", period.last.isoformat())


def _add_payer(data: Element, payer: Payer) -> None:
    element = add(data, "Payer")
    add_id(add(element, "PayerIds"), "Id", payer.identifier)
    if payer.name:
        basic = add(element, "PayerBasic")
        add(basic, "CompanyName", line_text(payer.name, 200))
        add_if(basic, "Language", "" if payer.language is None else str(payer.language))
    if payer.address:
        _add_address(add(element, "Address"), payer.address)
    if payer.keva_code:
        organisation = add(add(element, "SubOrgs"), "SubOrg")
        add(organisation, "Type", "1")
        add(organisation, "Code", payer.keva_code)
    kinds = [*([PUBLIC_BODY] if payer.is_public_body else []), *payer.types]
    if kinds:
        types = add(add(element, "PayerOther"), "PayerTypes")
        for kind in kinds:
            add(types, "Code", str(kind))
    if payer.substitute_for:
        substitute = add(element, "SubstitutePayer")
        add(substitute, "Acts", "true")
        add_id(substitute, "EmployerId", payer.substitute_for.employer)
        add_if(substitute, "EmployerName", line_text(payer.substitute_for.name, 200))


def _add_report(reports: Element, report: Report) -> None:
    element = add(reports, "Report")
    data = add(element, "ReportData")
    add(data, "ActionCode", str(int(report.action)))
    add_if(data, "IRReportId", report.ir_report_id)
    add(data, "ReportId", report.report_id)
    add_if(data, "ReportVersion", "" if report.version is None else str(report.version))
    _add_earner(element, report)
    if report.transactions:
        transactions = add(element, "Transactions")
        for transaction in report.transactions:
            _add_transaction(transactions, transaction)
    if report.absences or report.unpaid_absences:
        _add_absences(element, report)


def _add_earner(parent: Element, report: Report) -> None:
    earner, terms = report.earner, report.terms
    element = add(parent, "IncomeEarner")
    identifier = earner.identifier
    if identifier:
        add_id(add(element, "IncomeEarnerIds"), "Id", identifier)
    _add_names(element, earner, is_unknown=identifier is None)
    if earner.address:
        typed = add(add(element, "Addresses"), "TypedAddress")
        add(typed, "AddressType", "1")  # in the home country: V (official example)
        _add_address(typed, earner.address)
    if report.service or report.employment:
        _add_employment(element, report.service, report.employment)
    if terms.professions:
        professions = add(element, "Professions")
        for profession in terms.professions:
            each = add(professions, "Profession")
            add(each, "Type", str(profession.list))
            add(each, "Code", profession.code)
    if terms.registrations:
        registrations = add(element, "EmploymentRegs")
        for registration in terms.registrations:
            each = add(registrations, "EmploymentReg")
            add(each, "Type", str(registration.list))
            add(each, "Code", registration.code)
    if terms.place_of_business:
        add(add(element, "PlaceOfBusiness"), "Code", terms.place_of_business)
    if terms.pension:
        pension = add(element, "PensionInsurance")
        add(pension, "PensionActCode", str(terms.pension.act))
        if terms.pension.provider is not None:
            add(pension, "PensionProvIdCode", str(terms.pension.provider))
        add_if(pension, "PensionPolicyNo", terms.pension.policy_number)
    if terms.accident:
        accident = add(element, "AccidentInsurance")
        add_id(accident, "AccInsProvId", terms.accident.insurer)
        add(accident, "AccInsPolicyNo", "".join(terms.accident.policy_number.split()))
    if terms.agreement is not None or earner.types:
        other = add(element, "IncomeEarnerOther")
        if terms.agreement is not None:
            add(other, "CBACode", str(terms.agreement))
        if earner.types:
            types = add(other, "IncomeEarnerTypes")
            for code in earner.types:
                add(types, "IncomeEarnerType", str(code))


def _add_names(parent: Element, earner: Earner, *, is_unknown: bool) -> None:
    basic = add(parent, "IncomeEarnerBasic")
    if is_unknown:
        add(basic, "MissingId", "true")
    add_if(basic, "CompanyName", line_text(earner.company_name, 200))
    add_if(basic, "LastName", line_text(earner.last_name, 200))
    add_if(basic, "FirstName", line_text(earner.first_name, 100))
    if is_unknown:
        if earner.born_on:
            add(basic, "BirthDate", earner.born_on.isoformat())
        if earner.gender is not None:
            add(basic, "Gender", str(earner.gender))


def _add_address(element: Element, address: Address) -> None:
    add_if(element, "Street", line_text(address.street, 100))
    add(element, "PostalCode", line_text(address.postcode, 20))
    add(element, "PostOffice", line_text(address.town, 200))
    add_if(element, "CountryCode", address.country)


def _add_employment(parent: Element, service: Service | None, employment: Employment | None) -> None:
    element = add(parent, "Employment")
    if employment:
        add(element, "Employed", "true")
        add(element, "EmploymentCode", str(employment.extent))
        add(element, "TermCode", str(employment.term))
        if employment.hours_per_week is not None:
            add(element, "HoursPerWeek", amount_text(employment.hours_per_week))
        types = add(element, "PaymentTypes")
        for payment_type in employment.payment_types:
            add(types, "PaymentType", str(payment_type))
    if service is None:
        return
    period = add(add(element, "EmploymentPeriods"), "Period")
    add(period, "StartDate", service.first.isoformat())
    if service.last:
        add(period, "EndDate", service.last.isoformat())
    if service.ending:
        ending = add(add(element, "EmploymentEndings"), "EmploymentEnding")
        add(ending, "Type", str(service.ending[0]))
        add(ending, "Code", service.ending[1])


def _add_absences(parent: Element, report: Report) -> None:
    element = add(parent, "Absence")
    told: list[PaidAbsence | UnpaidAbsence] = [*report.absences, *report.unpaid_absences]
    days = report.absence_period or DateRange.of_days(min(each.first for each in told), max(each.last for each in told))
    first, end = days.edges
    add(element, "AbsenceRepStartDate", first.isoformat())
    add(element, "AbsenceRepEndDate", (end - timedelta(days=1)).isoformat())
    if report.unpaid_absences:
        _add_unpaid(add(add(element, "UnpaidAbsence"), "UnpaidAbsencePeriods"), report.unpaid_absences)
    if report.absences:
        _add_paid(add(add(element, "PaidAbsence"), "PaidAbsencePeriods"), report.absences)


def _add_unpaid(periods: Element, absences: Sequence[UnpaidAbsence]) -> None:
    for absence in absences:
        period = add(periods, "UnpaidAbsencePeriod")
        add(period, "StartDate", absence.first.isoformat())
        add(period, "EndDate", absence.last.isoformat())
        if absence.days is not None:
            add(period, "AbsenceDays", str(absence.days))
        add(period, "CauseCode", str(absence.cause))


def _add_paid(periods: Element, absences: Sequence[PaidAbsence]) -> None:
    for absence in absences:
        period = add(periods, "PaidAbsencePeriod")
        add(period, "StartDate", absence.first.isoformat())
        add(period, "EndDate", absence.last.isoformat())
        add(period, "AbsenceDays", str(absence.days))
        add(period, "CauseCode", str(absence.cause))
        add(period, "Amount", amount_text(absence.amount))


def _add_transaction(parent: Element, transaction: Transaction) -> None:
    element = add(parent, "Transaction")
    basic = add(element, "TransactionBasic")
    add(basic, "TransactionCode", str(transaction.code))
    add(basic, "Amount", amount_text(transaction.amount))
    if transaction.is_unjust_enrichment:
        add(basic, "UnjustEnrichment", "true")
    if transaction.recovery:
        add(basic, "Recovery", "true")
    if transaction.insurance:
        insurance = add(element, "InsuranceData")
        for code, is_included in transaction.insurance:
            inclusion = add(insurance, "TransactionInclusion")
            add(inclusion, "InsuranceCode", str(code))
            add(inclusion, "Included", truth_text(is_included))
    if transaction.periods:
        periods = add(element, "EarningPeriods")
        for period in transaction.periods:
            _add_days(add(periods, "EarningPeriod"), period)
    if transaction.units:
        wages = add(element, "UnitWages")
        for price, amount, code in transaction.units:
            unit = add(wages, "UnitWage")
            add(unit, "UnitPrice", amount_text(price))
            add(unit, "UnitAmount", amount_text(amount))
            add(unit, "UnitCode", str(code))
    if transaction.recovery:
        recovery = add(element, "RecoveryData")
        add(recovery, "RecoveryDate", transaction.recovery.day.isoformat())
        if transaction.recovery.withholding is not None:
            add(recovery, "Withhold", amount_text(transaction.recovery.withholding))
        originals = add(recovery, "OrigPaymentPeriods")
        for payday, period in transaction.recovery.periods:
            original = add(originals, "OrigPaymentPeriod")
            if payday:
                add(original, "PaymentDate", payday.isoformat())
            _add_days(original, period)
    if transaction.allowances:
        allowance = add(element, "DailyAllowance")
        for code in transaction.allowances:
            add(allowance, "AllowanceCode", str(code))
    if transaction.kilometres is not None:
        add(add(element, "KmAllowance"), "Kilometers", str(transaction.kilometres))
