"""What a delivery of earnings payment reports consists of.

How sure the code lists are: V = read in a public source of the Tax Administration, Keva or Statistics Finland, R =
recalled, U = unknown and therefore the organisation's own data.

A payday has many of each: named tuples are made, compared and looked up many times faster than dataclasses.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

from palkkio.core.days import DateRange
from palkkio.core.identifiers import normal_business_id, normal_identity_code

BUSINESS_ID, IDENTITY_CODE = 1, 2  # IdType: V
PUBLIC_BODY, HOUSEHOLD, TEMPORARY_EMPLOYER = 1, 2, 3  # PayerType: V
AGREEMENT_OF_ASSISTANTS = 35  # CBACode, työehtosopimus: V
PAID_BY_HOUR = 2  # PaymentType: V
PART_TIME = 2  # EmploymentCode: V (1 full time, 3 not known)
OPEN_ENDED, FIXED_TERM = 1, 2  # TermCode: V
HOUR = 1  # UnitCode: V
TK10, KEVA_TITLES = 1, 2  # lists of occupations: V
PENSION_OF_EMPLOYEES = (
    1  # PensionActCode; covers TyEL and JuEL alike: V (tax administration's page on pension insurance)
)
PENSION_OF_ENTREPRENEURS = 3  # YEL, without provider and policy: R (V: that it is one of three choices)
KEVA = 20  # PensionProvIdCode of Keva's member organisations: V (official example of a public body as payer)
CARERS_AND_ASSISTANTS = "53222"  # henkilökohtaiset avustajat, omaishoitajat ym., TK10: V (Statistics Finland)


class Action(IntEnum):
    """What a report is (ActionCode): V."""

    NEW = 1
    REPLACEMENT = 2


class Identifier(NamedTuple):
    """An id with its type: 1 Business ID, 2 Finnish personal identity code, 5, 9 and 99 foreign ones."""

    type: int
    code: str

    @classmethod
    def business(cls, business_id: str) -> Identifier:
        """Raises ValueError if it is not a Business ID."""
        return cls(BUSINESS_ID, normal_business_id(business_id))

    @classmethod
    def person(cls, identity_code: str) -> Identifier:
        """Raises ValueError if it is not a personal identity code."""
        return cls(IDENTITY_CODE, normal_identity_code(identity_code))


class Address(NamedTuple):
    street: str
    postcode: str
    town: str
    country: str = ""  # two letters; empty is Finland


class Contact(NamedTuple):
    """Whom the register asks; responsibility 1 is contents, 2 technical matters: V (official examples)."""

    name: str
    telephone: str
    email: str = ""
    responsibility: int = 1


class SubstituteFor(NamedTuple):
    """Actual employer for whom the payer acts as substitute payer (sijaismaksaja), also where that is a minor."""

    employer: Identifier
    name: str = ""


class Payer(NamedTuple):
    """Payer (suorituksen maksaja); of care fees it is the county or city itself.

    types           further PayerTypes: 2 where a household is the payer itself, 3 a temporary employer, which gives
                    name and address
    language        of what the register writes: 1 Finnish, 2 Swedish; None: not told
    is_public_body  PayerType 1: needed where the earner is a nonresident, allowed for all (V: page for public bodies)
    keva_code       the payer's code in Keva's list of reporters; mandatory where Keva insures: V. Its value is the
                    organisation's own data
    """

    identifier: Identifier
    name: str = ""
    is_public_body: bool = True
    keva_code: str = ""
    substitute_for: SubstituteFor | None = None
    types: tuple[int, ...] = ()
    address: Address | None = None
    language: int | None = None


class PensionInsurance(NamedTuple):
    """Pension insurance; `provider` is the first two characters of the policy number: V."""

    policy_number: str
    act: int = PENSION_OF_EMPLOYEES
    provider: int | None = KEVA


class AccidentInsurance(NamedTuple):
    """Insurer and policy of the occupational accident insurance; a policy number holds no blanks since 2023: V."""

    insurer: Identifier
    policy_number: str


class Profession(NamedTuple):
    """Occupation in one list; a report has at most one of each list: V."""

    list: int
    code: str


class Registration(NamedTuple):
    """Ground of registration (rekisteröinnin peruste) in one list, 1 = Keva's: V; Keva's codes of carers: U."""

    list: int
    code: str


class Service(NamedTuple):
    """Days of the contract, which Keva wants of everybody insured by JuEL: V. `ending` is (list, code): U."""

    first: date
    last: date | None = None
    ending: tuple[int, str] | None = None


class Employment(NamedTuple):
    """What is told of an employment besides its days: voluntary (R) where a substitute payer reports.

    term             1 open-ended, 2 fixed term
    extent           EmploymentCode: 1 full time, 2 part time, 3 not known
    hours_per_week   agreed; None: not agreed
    payment_types    1 monthly, 2 hourly, 3 piece
    """

    term: int = OPEN_ENDED
    extent: int = PART_TIME
    hours_per_week: Decimal | None = None
    payment_types: tuple[int, ...] = (PAID_BY_HOUR,)


class ReportingTerms(NamedTuple):
    """What an organisation reports of the contracts of one kind: its own dated data, not law.

    Nothing here is guessed: Keva's title and ground of registration for carers are U and stay out until entered.

    agreement          CBACode of the collective agreement that the pay goes by; None: not told
    place_of_business  where the work is done, nine digits of Statistics Finland; empty: not told
    """

    pension: PensionInsurance | None = None
    accident: AccidentInsurance | None = None
    professions: tuple[Profession, ...] = (Profession(TK10, CARERS_AND_ASSISTANTS),)
    registrations: tuple[Registration, ...] = ()
    agreement: int | None = None
    place_of_business: str = ""


class Earner(NamedTuple):
    """Income earner (tulonsaaja): by identity code or Business ID, else by name and day of birth.

    Without an id the register wants names, day of birth and, as recalled (R), gender (1 man, 2 woman) and address.
    types  additional information codes (tulonsaajan lisätiedon tyyppi), for instance of an entrepreneur or a company: U
    """

    last_name: str
    first_name: str
    identity_code: str = ""
    business_id: str = ""
    company_name: str = ""
    born_on: date | None = None
    gender: int | None = None
    address: Address | None = None
    types: tuple[int, ...] = ()

    @property
    def identifier(self) -> Identifier | None:
        if self.identity_code:
            return Identifier.person(self.identity_code)
        return Identifier.business(self.business_id) if self.business_id else None


class Recovery(NamedTuple):
    """A sum paid back (takaisinperintä): when, the tax that it covers, and the periods that it concerns."""

    day: date
    withholding: Decimal | None
    periods: tuple[tuple[date | None, DateRange], ...]  # (original payday, original pay period)


class Transaction(NamedTuple):
    """One income type of a report, in EUR.

    insurance  (InsuranceCode, included): 1 all, 2 pension, 3 health, 5 unemployment, 6 accident: V
    units      (price, amount, UnitCode) of wages by the hour: voluntary
    allowances kinds of a daily allowance (AllowanceCode): 1 meal, 2 part-day, 3 full-day, 4 and 5 abroad: V
    """

    code: int
    amount: Decimal
    insurance: tuple[tuple[int, bool], ...] = ()
    periods: tuple[DateRange, ...] = ()
    kilometres: int | None = None
    is_unjust_enrichment: bool = False  # paid in error, perusteeton etu
    recovery: Recovery | None = None
    units: tuple[tuple[Decimal, Decimal, int], ...] = ()
    allowances: tuple[int, ...] = ()


class PaidAbsence(NamedTuple):
    """An absence that was paid; cause 1 illness, 6 child's illness, 18 public holiday, 21 annual leave: V."""

    first: date
    last: date
    days: int
    cause: int
    amount: Decimal


class UnpaidAbsence(NamedTuple):
    """An absence without pay; cause 1 illness, 3 family leave, 6 child's illness: V. Days are voluntary."""

    first: date
    last: date
    cause: int
    days: int | None = None


class Report(NamedTuple):
    """One earner's report on one payday (PAY-12)."""

    report_id: str
    earner: Earner
    transactions: tuple[Transaction, ...]
    action: Action = Action.NEW
    ir_report_id: str = ""  # the register's own id of the report that is replaced
    version: int | None = None  # of the report that is replaced, the newest; voluntary (C1)
    terms: ReportingTerms = ReportingTerms()
    service: Service | None = None
    employment: Employment | None = None
    absences: tuple[PaidAbsence, ...] = ()
    unpaid_absences: tuple[UnpaidAbsence, ...] = ()
    absence_period: DateRange | None = None  # of which absences are told; None: from the first to the last of them


class Delivery(NamedTuple):
    """Reports of one payer, payday and pay period that go together; with N actual employers there are N deliveries.

    created_at           aware moment, part of the bytes
    period               pay period (palkanmaksukausi): the care month
    rejects_only_faulty  FaultyControl 1; False rejects the whole delivery
    """

    delivery_id: str
    created_at: datetime
    payday: date
    period: DateRange
    payer: Payer
    contacts: tuple[Contact, ...]
    reports: tuple[Report, ...]
    is_production: bool
    source: str = "Palkkio"
    rejects_only_faulty: bool = True
    creator: Identifier | None = None  # a service provider; by default the payer


def delivery_id_of(run_number: int, part: int = 1, employer_number: int | None = None) -> str:
    """DeliveryId of a run, or of one household in it: the same each time that it is written."""
    return f"run{run_number:08d}-{part if employer_number is None else f'e{employer_number}'}"


def report_id_of(run_number: int, person_number: int, employer_number: int | None = None) -> str:
    """ReportId of one earner in one run, from one employer, unique in the payer's reports; a replacement keeps it."""
    return f"run{run_number:08d}-p{person_number}{'' if employer_number is None else f'-e{employer_number}'}"


def replacement_of(report: Report, ir_report_id: str = "") -> Report:
    """The report as a replacement (korvaava ilmoitus), which gives all data again.

    It replaces the report with the same ReportId. Where payday, pay period, an id, a policy or the actual employer
    changed, the register wants the old report invalidated and a new one instead.
    """
    return report._replace(action=Action.REPLACEMENT, ir_report_id=ir_report_id)
