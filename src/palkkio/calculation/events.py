"""What happens during a contract and changes its fee: illness, absence, the end, days off. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palkkio.core.days import DateRange


class AbsenceReason(StrEnum):
    """Why the care recipient is away."""

    HEALTH = "health"
    OTHER = "other"


class NoticeBy(StrEnum):
    """Who gives notice (irtisanominen)."""

    COUNTY = "county"
    CARER = "carer"


@dataclass(frozen=True, slots=True)
class CarerIll:
    """The carer is ill and does not care (hoitajan sairaus); an open end: still ill."""

    days: DateRange


@dataclass(frozen=True, slots=True)
class RecipientAway:
    """The care recipient is away for a time (hoidettavan poissaolo); an open end: still away.

    Planned interval care is no absence: it is a term of the contract.
    """

    days: DateRange
    reason: AbsenceReason


@dataclass(frozen=True, slots=True)
class RecipientMovesOut:
    """Care ends for good because of the care recipient's health or death: a move to an institution, for example."""

    on: date


@dataclass(frozen=True, slots=True)
class Notice:
    """Notice was given on a day; the contract ends when the notice period is over."""

    by: NoticeBy
    given_on: date


@dataclass(frozen=True, slots=True)
class Terminated:
    """The contract ends at once (purkaminen); `on` is its last day."""

    on: date


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days off of the carer (vapaa): they never change the fee."""

    days: DateRange


@dataclass(frozen=True, slots=True)
class StartUp:
    """Costs of starting family care are paid for one client (käynnistämiskorvaus). `amount` in EUR."""

    amount: Decimal
    on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sick:
    """An assistant is ill and does not work (sairausloma); an open end: still ill."""

    days: DateRange
    has_certificate: bool = False


@dataclass(frozen=True, slots=True)
class ChildIll:
    """An assistant cares for an ill child under ten (tilapäinen hoitovapaa)."""

    days: DateRange


@dataclass(frozen=True, slots=True)
class FamilyLeave:
    """An assistant is on family leave (perhevapaa), the allowance comes from Kela; an open end: still away.

    child  tells children apart: the days that count like work are counted for each
    """

    days: DateRange
    child: str = ""


@dataclass(frozen=True, slots=True)
class HetaMember:
    """The employer is a proven member of the Heta union on these days; an open end: still one."""

    days: DateRange


# Days on which an assistant does not work, with rules of their own for pay and leave.
ABSENCES_OF_ASSISTANTS = (Sick, ChildIll, FamilyLeave)

Event = (
    CarerIll
    | RecipientAway
    | RecipientMovesOut
    | Notice
    | Terminated
    | DaysOff
    | StartUp
    | Sick
    | ChildIll
    | FamilyLeave
    | HetaMember
)
