"""Elements of a delivery as they are written here: their order, how often, and what their texts look like."""

from __future__ import annotations

import re

from palkkio.formats.shape import Shape

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"[+-]?\d{1,13}(\.\d{1,2})?")
OWN_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_WHOLE = re.compile(r"\d{1,9}")
_TRUTH = re.compile("true|false")
_ID = "Type Code CountryCode? CountryName?"


def _upto(length: int) -> re.Pattern[str]:
    return re.compile(rf".{{1,{length}}}")


SHAPE = Shape(
    {
        "WageReportsRequestToIR": "DeliveryData",
        "DeliveryData": (
            "Timestamp Source DeliveryDataType DeliveryId FaultyControl ProductionEnvironment DeliveryDataOwner "
            "DeliveryDataCreator DeliveryDataSender PaymentPeriod ContactPersons Payer Reports"
        ),
        "DeliveryDataOwner": _ID,
        "DeliveryDataCreator": _ID,
        "DeliveryDataSender": _ID,
        "PaymentPeriod": "PaymentDate StartDate EndDate",
        "ContactPersons": "ContactPerson+",
        "ContactPerson": "Name Telephone Email? ResponsibilityCode?",
        "Payer": "PayerIds PayerBasic? Address? SubOrgs? PayerOther? SubstitutePayer?",
        "PayerIds": "Id+",
        "Id": _ID,
        "PayerBasic": "MissingId? CompanyName? LastName? FirstName? BirthDate? Language?",
        "Address": "Co? Street? POBox? PostalCode PostOffice CountryCode? CountryName?",
        "SubOrgs": "SubOrg+",
        "SubOrg": "Type Code",
        "PayerOther": "PayerTypes",
        "PayerTypes": "Code+",
        "SubstitutePayer": "Acts EmployerId EmployerName? WageSec?",
        "EmployerId": _ID,
        "Reports": "Report+",
        "Report": "ReportData IncomeEarner Transactions? Absence?",
        "ReportData": "ActionCode IRReportId? ReportId ReportVersion?",
        "IncomeEarner": (
            "IncomeEarnerIds? IncomeEarnerBasic? Addresses? Employment? Professions? EmploymentRegs? "
            "PlaceOfBusiness? PensionInsurance? AccidentInsurance? InsuranceExceptions? IncomeEarnerOther?"
        ),
        "IncomeEarnerIds": "Id+",
        "IncomeEarnerBasic": "MissingId? CompanyName? LastName? FirstName? BirthDate? Gender?",
        "Addresses": "TypedAddress+",
        "TypedAddress": "AddressType Co? Street? POBox? PostalCode PostOffice CountryCode? CountryName?",
        "Employment": (
            "Employed? EmploymentCode? TermCode? PartTime? HoursPerWeek? PaymentTypes? EmploymentPeriods? "
            "EmploymentEndings?"
        ),
        "PaymentTypes": "PaymentType+",
        "EmploymentPeriods": "Period+",
        "Period": "StartDate EndDate?",
        "EmploymentEndings": "EmploymentEnding",
        "EmploymentEnding": "Type Code",
        "Professions": "Profession+",
        "Profession": "Type Code Title?",
        "EmploymentRegs": "EmploymentReg+",
        "EmploymentReg": "Type Code",
        "PlaceOfBusiness": "Code",
        "PensionInsurance": "PensionActCode PensionProvIdCode? PensionPolicyNo?",
        "AccidentInsurance": "AccInsProvId AccInsPolicyNo",
        "AccInsProvId": _ID,
        "InsuranceExceptions": "ExceptionCode+",
        "IncomeEarnerOther": "CBACode? IncomeEarnerTypes?",
        "IncomeEarnerTypes": "IncomeEarnerType+",
        "Transactions": "Transaction+",
        "Transaction": (
            "TransactionBasic InsuranceData? EarningPeriods? UnitWages? RecoveryData? DailyAllowance? KmAllowance?"
        ),
        "DailyAllowance": "AllowanceCode+",
        "TransactionBasic": "TransactionCode Amount UnjustEnrichment? Recovery?",
        "InsuranceData": "TransactionInclusion+",
        "TransactionInclusion": "InsuranceCode Included",
        "EarningPeriods": "EarningPeriod+",
        "EarningPeriod": "StartDate EndDate",
        "RecoveryData": "RecoveryDate Withhold? OrigPaymentPeriods",
        "OrigPaymentPeriods": "OrigPaymentPeriod+",
        "OrigPaymentPeriod": "PaymentDate? StartDate EndDate",
        "KmAllowance": "Kilometers",
        "UnitWages": "UnitWage+",
        "UnitWage": "UnitPrice UnitAmount UnitCode",
        "Absence": "AbsenceRepStartDate AbsenceRepEndDate UnpaidAbsence? PaidAbsence?",
        "UnpaidAbsence": "UnpaidAbsencePeriods",
        "UnpaidAbsencePeriods": "UnpaidAbsencePeriod+",
        "UnpaidAbsencePeriod": "StartDate EndDate AbsenceDays? CauseCode",
        "PaidAbsence": "PaidAbsencePeriods",
        "PaidAbsencePeriods": "PaidAbsencePeriod+",
        "PaidAbsencePeriod": "StartDate EndDate AbsenceDays CauseCode Amount",
    },
    {
        "Timestamp": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})"),
        "Source": _upto(30),
        "DeliveryDataType": re.compile("100"),
        "DeliveryId": OWN_ID,
        "ReportId": OWN_ID,
        "IRReportId": re.compile(".{32}"),
        "FaultyControl": re.compile("[12]"),
        "ActionCode": re.compile("[12]"),
        "ProductionEnvironment": _TRUTH,
        "Included": _TRUTH,
        **dict.fromkeys(("Acts", "MissingId", "UnjustEnrichment", "Recovery"), re.compile("true")),
        "Employed": _TRUTH,
        **dict.fromkeys(("AbsenceRepStartDate", "AbsenceRepEndDate"), _DAY),
        **dict.fromkeys(("EmploymentCode", "TermCode", "PaymentType", "CBACode", "UnitCode", "Language"), _WHOLE),
        **dict.fromkeys(("AbsenceDays", "CauseCode", "AllowanceCode"), _WHOLE),
        **dict.fromkeys(("PartTime", "HoursPerWeek", "UnitPrice", "UnitAmount"), _AMOUNT),
        **dict.fromkeys(("PaymentDate", "StartDate", "EndDate", "BirthDate", "RecoveryDate"), _DAY),
        **dict.fromkeys(("Type", "Kilometers", "TransactionCode", "PensionActCode", "InsuranceCode"), _WHOLE),
        **dict.fromkeys(("Amount", "Withhold"), _AMOUNT),
        **dict.fromkeys(("Name", "LastName", "CompanyName", "EmployerName", "PostOffice"), _upto(200)),
        "FirstName": _upto(100),
        "Telephone": _upto(40),
        "Email": _upto(70),
        "PensionPolicyNo": re.compile(r"\S{1,11}"),
        "AccInsPolicyNo": re.compile(r"\S{1,20}"),
        "CountryCode": re.compile("[A-Z]{2}"),
    },
)
