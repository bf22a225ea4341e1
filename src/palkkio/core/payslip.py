"""Lines, deductions and payslips as values: shared by `calculation`, `formats` and the flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.problems import Problem
from palkkio.core.slots import made_often


class ContractKind(StrEnum):
    """Kind of contract (sopimuslaji)."""

    INFORMAL_CARE = "informal_care"  # omaishoito
    FAMILY_CARE = "family_care"  # perhehoito
    SUBSTITUTE_CARE = "substitute_care"  # sijaishoito
    OTHER_COMMISSION = "other_commission"  # muu toimeksianto
    PERSONAL_ASSISTANCE = "personal_assistance"  # henkilökohtainen apu


class DayType(StrEnum):
    """Type of a care day (päivän tyyppi); which of them a contract kind offers is data."""

    CARE = "care"  # hoitopäivä
    TRAINING = "training"  # koulutuspäivä
    NOTICE = "notice"  # irtisanomisaika
    CANCELLED = "cancelled"  # peruuntunut hoitopäivä
    CANCELLED_UNPAID = "cancelled_unpaid"  # peruuntunut hoitopäivä (palkaton)
    VISIT = "visit"  # käynti
    HOURS = "hours"  # tunnit
    LOCUM = "locum"  # lomituspäivä
    LEAVE = "leave"  # lomapäivä of a personal assistant


class TaxCardKind(StrEnum):
    """Kind of tax card (verokorttilaji); the salary card never applies to care fees."""

    INFORMAL_CARE = "informal_care"  # omaishoitajan palkkio
    FAMILY_CARE = "family_care"  # perhehoitajan palkkio
    WORK_COMPENSATION = "work_compensation"  # työkorvaus
    WAGE = "wage"  # palkka


class LineCode(StrEnum):
    """Codes of earning lines: care fees, and wages of personal assistants."""

    CARE_FEE = "CARE_FEE"  # hoitopalkkio of a month
    CARE_DAY = "CARE_DAY"
    VISIT = "VISIT"
    HOUR = "HOUR"
    TRAINING_DAY = "TRAINING_DAY"
    NOTICE_DAY = "NOTICE_DAY"
    CANCELLED_DAY = "CANCELLED_DAY"
    LOCUM_DAY = "LOCUM_DAY"  # lomituspäivä
    EXPENSE_ALLOWANCE = "EXPENSE_ALLOWANCE"  # kulukorvaus: taxable, no pension
    START_UP_ALLOWANCE = "START_UP_ALLOWANCE"  # käynnistämiskorvaus: taxable, no pension
    DAILY_ALLOWANCE = "DAILY_ALLOWANCE"  # päiväraha, tax free
    KILOMETRES = "KILOMETRES"
    KILOMETRES_TAXABLE = "KILOMETRES_TAXABLE"
    TRIP_EXPENSE = "TRIP_EXPENSE"  # ticket or parking by receipt, tax free
    BASE_PAY = "BASE_PAY"  # peruspalkka, of hours worked
    EVENING = "EVENING"  # iltalisä
    NIGHT = "NIGHT"  # yölisä
    SATURDAY = "SATURDAY"  # lauantailisä
    SUNDAY = "SUNDAY"  # sunnuntaityökorotus
    PUBLIC_HOLIDAY = "PUBLIC_HOLIDAY"  # arkipyhäkorvaus, worked
    PUBLIC_HOLIDAY_OFF = "PUBLIC_HOLIDAY_OFF"  # arkipyhäkorvaus, not worked
    OVERTIME_50 = "OVERTIME_50"  # ylityökorotus 50 %
    OVERTIME_100 = "OVERTIME_100"  # ylityökorotus 100 %
    SICK_PAY = "SICK_PAY"  # sairausajan palkka
    LEAVE_PAY = "LEAVE_PAY"  # vuosilomapalkka
    LEAVE_BONUS = "LEAVE_BONUS"  # lomaraha
    LEAVE_COMPENSATION = "LEAVE_COMPENSATION"  # lomakorvaus
    ONE_OFF = "ONE_OFF"  # a line with a reason and a second person's approval (PAY-11)
    RECOVERY = "RECOVERY"  # takaisinperintä: set off by consent or final decision, negative


# Lines that are paid once, beside what a period is worth: no differences are made of them.
OUTSIDE_DIFFERENCES = frozenset({LineCode.ONE_OFF, LineCode.RECOVERY})


class DeductionCode(StrEnum):
    WITHHOLDING = "WITHHOLDING"
    PENSION = "PENSION"
    UNEMPLOYMENT = "UNEMPLOYMENT"  # työttömyysvakuutusmaksu, of wages
    DISTRAINT = "DISTRAINT"
    UNION_DUES = "UNION_DUES"
    FUND_FEE = "FUND_FEE"


class ChangedKind(StrEnum):
    """What kind of fact has changed since a month was paid."""

    CONTRACT = "contract"  # first or last day of the contract
    TERMS = "terms"
    RATE = "rate"  # an agreed or decided amount
    EVENT = "event"  # illness, absence, notice, end
    ENTRY = "entry"  # care day, visit, hours, leave day
    SHIFT = "shift"
    TRIP = "trip"
    CHOICE = "choice"  # of the payer
    FIGURE = "figure"  # an official figure or a rule of the law


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that is not what it was when a month was paid: the cause of a difference (BEY-2).

    what         what has changed: type of day, key of a rate, kind of event, name of a term, code of a line
    days         the days of the month concerned; None: all of it
    before, now  as they were and are; "": was not, or is not any more
    """

    kind: ChangedKind
    what: str = ""
    days: DateRange | None = None
    before: str = ""
    now: str = ""


@made_often
@dataclass(frozen=True, slots=True)
class Working:
    """Why a line is what it is: the inputs, the rule, the dated figure and the ground (PAY-8, BEY-1).

    causes  of a difference to what was paid before: the facts that have changed since
    """

    rule: str  # key of the rule's plain words, e.g. "care_day"; worded in the reader's language by the page
    law: str = ""  # "937/2005 4 a §"
    source: str = ""  # decision or document that the rate comes from
    rate_valid: DateRange | None = None
    tag: str = ""  # how sure the figure is: V, V2, S, R
    days: tuple[date, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()  # further inputs by name
    causes: tuple[ChangedFact, ...] = ()


@made_often
@dataclass(frozen=True, slots=True)
class Line:
    """One earning line of a payslip, in EUR, rounded once half up.

    quantity   days, visits, hours or kilometres (`unit` says which); negative in a correction. Hours are shown to four
               decimals, the amount is of the minutes
    of         rate in EUR per unit, or for `per` units
    period     earning period: the month that the line pays or corrects
    per        how many units `of` is for: the days of the month where `of` is a month's fee, else 1.
               The amount is quantity × of / per
    percent    a supplement or raise: the part of `of` that is paid, in per cent; None: the whole
    """

    code: str
    quantity: Decimal
    unit: str  # day | visit | hour | km | piece
    of: Decimal
    amount: Decimal
    period: DateRange
    working: Working
    is_taxable: bool = True
    is_pensionable: bool = True
    per: Decimal = Decimal(1)
    percent: Decimal | None = None


@made_often
@dataclass(frozen=True, slots=True)
class Deduction:
    """One deduction, a positive amount in EUR that lowers the net."""

    code: str
    amount: Decimal
    of: Decimal  # base in EUR
    parts: tuple[tuple[Decimal, Decimal], ...]  # (part of the base, per cent)
    working: Working


class ContributionCode(StrEnum):
    """The payer's own contributions (työnantajan sivukulut): they stand beside the pay and never lower it."""

    PENSION_EMPLOYER = "PENSION_EMPLOYER"  # työnantajan työeläkemaksu
    UNEMPLOYMENT_EMPLOYER = "UNEMPLOYMENT_EMPLOYER"  # työnantajan työttömyysvakuutusmaksu
    HEALTH_INSURANCE = "HEALTH_INSURANCE"  # työnantajan sairausvakuutusmaksu
    ACCIDENT_INSURANCE = "ACCIDENT_INSURANCE"  # työtapaturmavakuutus
    GROUP_LIFE_INSURANCE = "GROUP_LIFE_INSURANCE"  # ryhmähenkivakuutus


@made_often
@dataclass(frozen=True, slots=True)
class Contribution:
    """One contribution of the payer, in EUR, beside the pay.

    of       base in EUR
    percent  per cent of the base; of a total of which the payee bears a part, the total's
    """

    code: str
    amount: Decimal
    of: Decimal
    percent: Decimal
    working: Working


@made_often
@dataclass(frozen=True, slots=True)
class PayResult:
    """What the core made of one contract's payday: lines, deductions, totals, problems.

    A held result (`is_held`) has no lines and no totals: a figure or contract term that is needed is missing.

    lines       what is paid; their sum is the gross
    receivable  overpayment in EUR, positive: the differences of periods whose sum is negative. It is not netted from
                other periods, since set-off needs consent or a final decision
    overpaid    the lines that the receivable consists of, signed; not among `lines`
    employer    the payer's own contributions, beside the pay
    """

    lines: tuple[Line, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_held: bool = False
    receivable: Decimal = ZERO
    overpaid: tuple[Line, ...] = ()
    employer: tuple[Contribution, ...] = ()

    @property
    def gross(self) -> Decimal:
        return sum([line.amount for line in self.lines], ZERO)

    @property
    def taxable(self) -> Decimal:
        return sum([line.amount for line in self.lines if line.is_taxable], ZERO)

    @property
    def pensionable(self) -> Decimal:
        return sum([line.amount for line in self.lines if line.is_pensionable], ZERO)

    def deduction(self, code: str) -> Decimal:
        return sum([each.amount for each in self.deductions if each.code == code], ZERO)

    @property
    def withholding(self) -> Decimal:
        return self.deduction(DeductionCode.WITHHOLDING)

    @property
    def pension(self) -> Decimal:
        return self.deduction(DeductionCode.PENSION)

    @property
    def net(self) -> Decimal:
        return self.gross - sum([each.amount for each in self.deductions], ZERO)


class PaidLine(NamedTuple):
    """As much of a line as is added up and reported, read back from what was paid: many times lighter than `Line`.

    working  the rule alone; of absences their days, too
    """

    code: str
    quantity: Decimal
    unit: str
    of: Decimal
    amount: Decimal
    period: DateRange
    working: Working
    is_taxable: bool


class PaidDeduction(NamedTuple):
    """Likewise of a deduction."""

    code: str
    amount: Decimal
    working: Working


class PaidSums(NamedTuple):
    """Likewise of a result."""

    lines: tuple[PaidLine, ...]
    deductions: tuple[PaidDeduction, ...]

    @property
    def taxable(self) -> Decimal:
        return sum([line.amount for line in self.lines if line.is_taxable], ZERO)

    @property
    def pension(self) -> Decimal:
        return sum([each.amount for each in self.deductions if each.code == DeductionCode.PENSION], ZERO)


@dataclass(frozen=True, slots=True)
class Party:
    """Payer or payee as printed and reported."""

    name: str
    identifier: str = ""  # Business ID or personal identity code
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payslip:
    """One contract on one payday, one credit transfer (PAY-12), as a value for the writers."""

    number: str
    payday: date
    period: DateRange
    payer: Party
    payee: Party
    contract_number: str
    contract_kind: str
    recipient_name: str
    iban: str
    tax_card: str  # words of the card used, e.g. "12.0 % / 30.0 %, from 1.3.2026"
    result: PayResult
    year_to_date: tuple[tuple[str, Decimal], ...] = field(default=())  # gross, withholding, pension, net paid this year
    is_explained: bool = True  # False: how it was worked out cannot be told any more
