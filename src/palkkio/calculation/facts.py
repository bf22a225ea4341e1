"""What a payday is computed from: contract, terms, entries, trips, tax card. Values only, euros and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, DayType, Line
from palkkio.rules.profiles import Profile


@dataclass(frozen=True, slots=True)
class RateFact:
    """One agreed or decided amount in EUR per unit, with its ground.

    source  decision or contract that it comes from
    law     section of law, where it is more exact than the one of the kind of contract
    tag     how sure the amount is (`palkkio.rules.tags`): C, C+R and U never pay, R pays with a yellow note
    valid   the days for which the amount was decided, shown in the working; None: those of the terms
    """

    amount: Decimal
    source: str = ""
    law: str = ""
    tag: str = "V"
    valid: DateRange | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a contract (sopimusehdot), constant over their days; terms of one contract do not overlap.

    rates  by key: care, training, notice, cancelled (EUR per day), visit, hour, kilometre (what is paid per km)
    """

    valid: DateRange
    rates: Mapping[str, RateFact]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one day was. `count` is visits or hours for VISIT and HOURS, else 1."""

    day: date
    type: DayType
    count: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip. `expense` is a ticket or parking by receipt in EUR, tax free."""

    day: date
    kilometres: Decimal
    purpose: str = ""
    expense: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class OneOff:
    """A line outside the rules with its reason; it is paid once, beside the differences (PAY-11)."""

    amount: Decimal
    reason: str
    period: DateRange
    is_taxable: bool = True
    is_pensionable: bool = True


@dataclass(frozen=True, slots=True)
class TaxCard:
    """A tax card (verokortti): percents, the yearly ceiling and what was paid against it before this payday.

    ceiling  EUR a year; None: the base percent holds for all of it
    """

    base: Decimal
    ceiling: Decimal | None
    additional: Decimal
    valid_from: date
    accumulated: Decimal


@dataclass(frozen=True, slots=True)
class Payee:
    """The person paid. `is_self_insured`: an entrepreneur with YEL, no pension part is withheld."""

    born: date | None
    in_prepayment_register: bool = False
    is_self_insured: bool = False


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One contract's month, or another period, as it stands now. Entries and trips lie inside `month`."""

    kind: ContractKind
    contract: DateRange
    month: DateRange
    terms: tuple[Terms, ...]
    entries: tuple[Entry, ...]
    trips: tuple[Trip, ...]


@dataclass(frozen=True, slots=True)
class PayFacts:
    """One contract on one payday.

    paid_on             picks the contribution rates, the tax card and the year
    months              this month, and months that are late or corrected, each as it stands now
    tax_card            the card that holds on `paid_on`, None: no card
    profile             choices of the payer, or the name of a profile file
    paid_before         lines already paid for the periods of `months`: what is paid is the difference
    no_card_set_aside   somebody set NO_TAX_CARD aside with a reason: it is not raised again
    union_dues          per cent of the taxable pay, by power of attorney
    fund_fee            unemployment fund fee, likewise
    """

    paid_on: date
    payee: Payee
    months: tuple[MonthFacts, ...]
    tax_card: TaxCard | None
    profile: str | Profile
    one_offs: tuple[OneOff, ...] = ()
    paid_before: tuple[Line, ...] = ()
    no_card_set_aside: bool = False
    union_dues: Decimal = ZERO
    fund_fee: Decimal = ZERO
