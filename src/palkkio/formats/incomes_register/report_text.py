"""One report as text, its elements in the order of the schema: what reports have in common is written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from xml.sax.saxutils import escape

from palkkio.core.days import DateRange
from palkkio.formats.incomes_register.heads import (
    add_address,
    add_days,
    add_id,
    add_if,
    amount_text,
    line_text,
    truth_text,
)
from palkkio.formats.incomes_register.values import (
    Address,
    Earner,
    Employment,
    Identifier,
    PaidAbsence,
    Recovery,
    Report,
    ReportingTerms,
    Service,
    Transaction,
    UnpaidAbsence,
)
from palkkio.formats.xml_writer import MARK, Element, add, inside_of, pattern_of


def report_text(report: Report) -> str:
    """The element of a report as it stands in a delivery."""
    identifier = report.earner.identifier
    names = _names(report.earner, is_unknown=identifier is None)
    pattern = _report_pattern(
        int(report.action),
        bool(report.ir_report_id),
        report.version,
        None if identifier is None else identifier.type,
        tuple([name for name, _text in names]),
    )
    own = [report.ir_report_id] if report.ir_report_id else []
    own.append(report.report_id)
    if identifier:
        own.append(identifier.code)
    own += [text for _name, text in names]
    more = _transactions(report.transactions)
    if report.absences or report.unpaid_absences:
        more += _absences(report)
    return pattern % (*map(escape, own), _terms(report), more)


@lru_cache(maxsize=256)
def _report_pattern(
    action: int, has_register_id: bool, version: int | None, id_type: int | None, names: tuple[str, ...]
) -> str:
    """Its texts: ids of register, report and earner; names; then the rest of the earner, and of the report."""
    element = Element("Report")
    data = add(element, "ReportData")
    add(data, "ActionCode", str(action))
    add_if(data, "IRReportId", MARK if has_register_id else "")
    add(data, "ReportId", MARK)
    add_if(data, "ReportVersion", "" if version is None else str(version))
    earner = add(element, "IncomeEarner")
    if id_type is not None:
        add_id(add(earner, "IncomeEarnerIds"), "Id", Identifier(id_type, MARK))
    basic = add(earner, "IncomeEarnerBasic")
    if id_type is None:
        add(basic, "MissingId", "true")
    for name in names:
        add(basic, name, MARK)
    earner.inside.append(MARK)
    element.inside.append(MARK)
    return pattern_of(element, 3)


def _names(earner: Earner, *, is_unknown: bool) -> list[tuple[str, str]]:
    found = [
        ("CompanyName", line_text(earner.company_name, 200)),
        ("LastName", line_text(earner.last_name, 200)),
        ("FirstName", line_text(earner.first_name, 100)),
    ]
    if is_unknown:
        found.append(("BirthDate", earner.born_on.isoformat() if earner.born_on else ""))
        found.append(("Gender", "" if earner.gender is None else str(earner.gender)))
    return [each for each in found if each[1]]


def _terms(report: Report) -> str:
    """What stands behind the names of an earner."""
    earner = report.earner
    return _terms_text(earner.address, report.service, report.employment, report.terms, earner.types)


@lru_cache(maxsize=4096)
def _terms_text(
    address: Address | None,
    service: Service | None,
    employment: Employment | None,
    terms: ReportingTerms,
    types: tuple[int, ...],
) -> str:
    element = Element("IncomeEarner")
    if address:
        typed = add(add(element, "Addresses"), "TypedAddress")
        add(typed, "AddressType", "1")  # in the home country: V (official example)
        add_address(typed, address)
    if service or employment:
        _add_employment(element, service, employment)
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
    if terms.agreement is not None or types:
        other = add(element, "IncomeEarnerOther")
        if terms.agreement is not None:
            add(other, "CBACode", str(terms.agreement))
        if types:
            inside = add(other, "IncomeEarnerTypes")
            for code in types:
                add(inside, "IncomeEarnerType", str(code))
    return inside_of(element, 5)


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


def _absences(report: Report) -> str:
    parent = Element("Report")
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
    return inside_of(parent, 4)


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


def _transactions(transactions: Sequence[Transaction]) -> str:
    if not transactions:
        return ""
    written = []
    for each in transactions:
        own = [amount_text(each.amount)]
        for price, amount, _code in each.units:
            own += [amount_text(price), amount_text(amount)]
        pattern = _transaction_pattern(
            each.code,
            each.insurance,
            each.periods,
            each.kilometres,
            each.is_unjust_enrichment,
            each.recovery,
            tuple([code for _price, _amount, code in each.units]),
            each.allowances,
        )
        written.append(pattern % tuple(own))
    return f"        <Transactions>\n{''.join(written)}        </Transactions>\n"


@lru_cache(maxsize=4096)
def _transaction_pattern(
    code: int,
    insurance: tuple[tuple[int, bool], ...],
    periods: tuple[DateRange, ...],
    kilometres: int | None,
    is_unjust_enrichment: bool,
    recovery: Recovery | None,
    units: tuple[int, ...],
    allowances: tuple[int, ...],
) -> str:
    """Its texts: the amount, and price and amount of each unit."""
    element = Element("Transaction")
    basic = add(element, "TransactionBasic")
    add(basic, "TransactionCode", str(code))
    add(basic, "Amount", MARK)
    if is_unjust_enrichment:
        add(basic, "UnjustEnrichment", "true")
    if recovery:
        add(basic, "Recovery", "true")
    if insurance:
        data = add(element, "InsuranceData")
        for insured, is_included in insurance:
            inclusion = add(data, "TransactionInclusion")
            add(inclusion, "InsuranceCode", str(insured))
            add(inclusion, "Included", truth_text(is_included))
    if periods:
        earned = add(element, "EarningPeriods")
        for period in periods:
            add_days(add(earned, "EarningPeriod"), period)
    if units:
        wages = add(element, "UnitWages")
        for unit_code in units:
            unit = add(wages, "UnitWage")
            add(unit, "UnitPrice", MARK)
            add(unit, "UnitAmount", MARK)
            add(unit, "UnitCode", str(unit_code))
    if recovery:
        data = add(element, "RecoveryData")
        add(data, "RecoveryDate", recovery.day.isoformat())
        if recovery.withholding is not None:
            add(data, "Withhold", amount_text(recovery.withholding))
        originals = add(data, "OrigPaymentPeriods")
        for payday, period in recovery.periods:
            original = add(originals, "OrigPaymentPeriod")
            if payday:
                add(original, "PaymentDate", payday.isoformat())
            add_days(original, period)
    if allowances:
        allowance = add(element, "DailyAllowance")
        for allowed in allowances:
            add(allowance, "AllowanceCode", str(allowed))
    if kilometres is not None:
        add(add(element, "KmAllowance"), "Kilometers", str(kilometres))
    return pattern_of(element, 5)
