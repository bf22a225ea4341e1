"""What an employee's pay needs beyond its own period: the leave year, the month's earlier paydays, the employer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO


@dataclass(frozen=True, slots=True)
class PaidInMonth:
    """Insurable pay of the same employment that earlier paydays paid for a calendar month.

    month      first day of the calendar month in which it was earned
    insurable  EUR
    pensioned  EUR of it from which the pension contribution has been withheld; None: all of it where it reached the
               monthly limit, else nothing
    """

    month: date
    insurable: Decimal
    pensioned: Decimal | None = None


class PensionPolicy(StrEnum):
    """How an employer has arranged the employee's pension (TyEL)."""

    CONTRACT = "contract"  # sopimustyönantaja
    TEMPORARY = "temporary"  # tilapäinen työnantaja


@dataclass(frozen=True, slots=True)
class PolicyRate:
    """A contribution by the employer's own policy, per cent of pay. `source`: the policy or the insurer's letter."""

    percent: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Employer:
    """What is known of the employer's contributions (työnantajan maksut).

    rates          by the employer's own policies, by key: pension (TyEL: the total, with the employee's part; JuEL: the
                   payer's own part), accident, group_life
    wages_of_year  EUR that the employer has paid to all its employees on earlier paydays of the year; None: not known,
                   taken as above the yearly limits from which insurance is compulsory
    """

    pension_policy: PensionPolicy = PensionPolicy.CONTRACT
    rates: Mapping[str, PolicyRate] = field(default_factory=dict)
    wages_of_year: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LeaveMonth:
    """One calendar month of a leave year: days worked, days like work, and hours of both."""

    month: date  # its first day
    days: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class LeaveAbsence:
    """An absence that counts like work, for the computed pay of a leave year (vuosilomalaki 12 § 2).

    cause         illness, family_leave, or paid: a child's illness, compelling family reasons, carers' leave
    hourly        EUR with which it began; None: that of the terms
    weekly_hours  agreed; None: those of the terms, else the average of the twelve weeks before
    working_days  agreed a week
    of            tells illnesses, or children, apart
    """

    cause: str
    days: DateRange
    hourly: Decimal | None = None
    weekly_hours: Decimal | None = None
    working_days: Decimal = Decimal(5)
    of: str = ""


@dataclass(frozen=True, slots=True)
class LeaveYear:
    """What annual leave is earned and paid from (lomanmääräytymisvuosi, 1 April to 31 March); sums in EUR.

    first               1 April
    pay                 paid for work in it, supplements included
    overtime_premium    the part of `pay` that is premium for overtime or emergency work: it is left out
    absence_pay         computed pay of absences that count like work (vuosilomalaki 7 § 2: 1-4 and 7)
    absences            the absences themselves: their pay is then computed, and `absence_pay` is not asked
    days_worked         days of work; with `hours_above_daily` the divisor of the average daily pay
    hours_above_daily   hours above the regular daily time
    months              each month as worked; (): the contract decides, and each month of employment is full
    earned_days         weekdays of leave earned, where they are known; None: counted
    corrected_days      weekdays that staff added to what is counted, or took off it
    taken_before        weekdays of it taken before this period
    paid_before         EUR of its holiday pay that was paid before this period
    lacks_period        the pay of the period itself is not in the sums yet: its lines are added
    """

    first: date
    pay: Decimal = ZERO
    overtime_premium: Decimal = ZERO
    absence_pay: Decimal = ZERO
    days_worked: Decimal = Decimal(0)
    hours_above_daily: Decimal = Decimal(0)
    months: tuple[LeaveMonth, ...] = ()
    earned_days: int | None = None
    taken_before: int = 0
    paid_before: Decimal | None = None
    corrected_days: int = 0
    lacks_period: bool = False
    absences: tuple[LeaveAbsence, ...] = ()
