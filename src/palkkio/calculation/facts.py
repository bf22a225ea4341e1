"""What a payday is computed from: contract, terms, entries, trips, tax card. Values only, euros and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from palkkio.calculation.employment import Employer, LeaveYear, PaidInMonth
from palkkio.calculation.events import Event
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, DayType, Line
from palkkio.core.slots import made_often
from palkkio.rules.profiles import Profile


@made_often
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
class CareTerms:
    """What the fee of informal care is decided by (omaishoitosopimuksen ehdot).

    fee_class             assessed class: I, II or III
    otherwise             class that is paid where class III is refused; "": not agreed
    carer_income          the carer's income by kind: pension, daily_allowance, studies, special_care_benefit,
                          alternation_compensation, earnings, other_regular
    interval_care_days    regular interval care in days a month, from the care and service plan
    other_services_hours  regular services in hours a month, from the plan
    """

    fee_class: str
    otherwise: str = ""
    carer_income: tuple[str, ...] = ()
    interval_care_days: Decimal = Decimal(0)
    other_services_hours: Decimal = Decimal(0)


@made_often
@dataclass(frozen=True, slots=True)
class AssistantTerms:
    """Employment of a personal assistant (henkilökohtaisen avustajan työsuhteen ehdot).

    pay_group             A, B1, B2 or C (palkkaryhmä)
    area                  capital (Helsinki, Espoo, Vantaa, Kauniainen) or rest
    agreement             heta, statute or by_date: as the day and the employer's membership decide
    experience_months     full on `experience_from`; they grow with the calendar
    experience_from       None: the first day of the terms; terms that are cut to a period still say when they began
    hourly                personal hourly pay in EUR; None: that of the pay table
    weekly_hours          agreed hours a week; None: not agreed, called in when needed
    working_days_per_week agreed
    employed_since        first day of the unbroken employment; None: that of the contract
    leave_rule            days14, hours35 or none: how a full month of leave accrual is counted
    working_time          normal, period_2_weeks or period_3_weeks (jaksotyö), levelled_2_weeks or levelled_3_weeks
                          (such periods levelled out over six weeks), equalised_2_weeks to equalised_8_weeks
                          (tasoittumisjakso)
    period_starts         a day on which a working-time period begins; None: the first day of the pay period, which no
                          equalisation period takes
    longest_day           hours that a day may have by a separate agreement before they are overtime of the day; None:
                          eight
    is_pay_group_decided  False: a group above A lacks the decision or the notice, and is paid as A
    is_lifted             False: the personal pay stands as it is, also below the pay table
    has_similar_work      two years of similar work in all in the last five years are shown: leave as from a year on
    """

    pay_group: str = "A"
    area: str = "rest"
    agreement: str = "by_date"
    experience_months: int = 0
    hourly: RateFact | None = None
    weekly_hours: Decimal | None = None
    working_days_per_week: Decimal = Decimal(5)
    employed_since: date | None = None
    leave_rule: str = "none"
    working_time: str = "normal"
    period_starts: date | None = None
    longest_day: Decimal | None = None
    is_pay_group_decided: bool = True
    has_similar_work: bool = False
    experience_from: date | None = None

    def since(self, contract: DateRange) -> date:
        """First day of the unbroken employment."""
        return self.employed_since or contract.start or date.min

    is_lifted: bool = True


@dataclass(frozen=True, slots=True)
class OtherAbsence:
    """What the contract says of an absence that is not for health: days paid from its first; None: all of them."""

    paid_days: int | None


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a decision allows in a calendar month; None: no cap. `euros` is of fees, not of costs."""

    visits: Decimal | None = None
    hours: Decimal | None = None
    euros: Decimal | None = None


@made_often
@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a contract (sopimusehdot), constant over their days; terms of one contract do not overlap.

    rates          by key. Per day: care, training, notice, cancelled, locum, daily_fee (family care), expense_per_day;
                   visit, hour, kilometre (what is paid per km). Per month: monthly_fee and expense_allowance (family
                   care; beside daily_fee per day), lower_fee (on the carer's request), monthly (commissions), and the
                   county's own class_I, class_II, class_III, which go before those of its profile
    care           informal care only
    clients        family care: how many clients each amount is paid for
    caps           commissions
    absence_other  None: the contract does not say what holds when the care recipient is away for another reason
    notice_months  family care: notice period where the contract departs from two months
    assistant      personal assistance only
    """

    valid: DateRange
    rates: Mapping[str, RateFact]
    care: CareTerms | None = None
    clients: int = 1
    caps: Caps | None = None
    absence_other: OtherAbsence | None = None
    notice_months: int | None = None
    assistant: AssistantTerms | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one day was. `count` is visits for VISIT, hours for HOURS and LOCUM, else 1."""

    day: date
    type: DayType
    count: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Work of an assistant from one moment to another (työvuoro), kept in UTC.

    decision      identifier of the granted hours that it is booked under, e.g. "1.1"
    is_scheduled  planned and not worked: it says what an absence cost, and pays nothing itself
    Raises ValueError for moments without a time zone, and for an end that is not after the start.
    """

    start: datetime
    end: datetime
    decision: str = ""
    is_scheduled: bool = False

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("A shift begins and ends at moments with a time zone")
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            object.__setattr__(self, "start", self.start.astimezone(UTC))
            object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.start >= self.end:
            raise ValueError(f"A shift ends after it begins: {self.start} .. {self.end}")


@dataclass(frozen=True, slots=True)
class Around:
    """What lies outside a pay period of the same employment: read by rules of weeks and years, never paid.

    shifts   shifts that begin before or after the period
    paid     lines paid for other periods, by their own period; told by cases alone, a run has them apart
    entries  leave days outside the period; of a commission whose month has several pay periods, what was entered in the
             others: told by cases alone, sheets of commissions are whole months
    """

    shifts: tuple[Shift, ...] = ()
    paid: tuple[Line, ...] = ()
    entries: tuple[Entry, ...] = ()


NOTHING_AROUND = Around()


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


@made_often
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
class Distraint:
    """A payment prohibition (maksukielto), and what the payee's other payslips of the payday bring to it (PAY-12).

    is_half_month  pay comes twice a month, so half a month is protected
    is_periodic    False: pay does not come regularly, a third of it is taken and nothing is protected
    amount         EUR of a payday by the enforcement authority's own instructions; None: the scale of the law
    before, after  what can be distrained from the payee's other payslips that are computed with this one, EUR: those
                   that come before it and after it
    made, taken    the same of payslips of the payday that are made already, and what was distrained from them
    """

    dependants: int = 0
    is_half_month: bool = False
    amount: Decimal | None = None
    is_periodic: bool = True
    before: Decimal = ZERO
    after: Decimal = ZERO
    made: Decimal = ZERO
    taken: Decimal = ZERO


@made_often
@dataclass(frozen=True, slots=True)
class Payee:
    """The person paid. `is_self_insured`: an entrepreneur with YEL, no pension part is withheld."""

    born: date | None
    in_prepayment_register: bool = False
    is_self_insured: bool = False


@made_often
@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One contract's month, or another period, as it stands now. Entries and trips lie inside `month`.

    events  all that reach into the month, with their own first and last day, also outside it
    leave   employees: the leave years whose leave is taken in the period or settled at the end, the earliest first
    """

    kind: ContractKind
    contract: DateRange
    month: DateRange
    terms: tuple[Terms, ...]
    entries: tuple[Entry, ...] = ()
    trips: tuple[Trip, ...] = ()
    events: tuple[Event, ...] = ()
    shifts: tuple[Shift, ...] = ()
    around: Around | None = None
    leave: tuple[LeaveYear, ...] = ()

    @property
    def beside(self) -> Around:
        """What lies around the period; empty where nothing is told of it."""
        return NOTHING_AROUND if self.around is None else self.around


@made_often
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
    union_amount        EUR of the payday instead of per cent; likewise fund_amount
    recovery            EUR set off on this payday by a plan with consent or a final decision, from the fees alone
    recovery_leaves     net EUR that the plan leaves of the payday at the least
    recovery_number     of the matter that it pays back
    distraint           a payment prohibition that binds the payer on this payday
    months_before       the facts that `paid_before` was computed from, of the periods where they are known: what
                        differs from `months` is the cause of a difference
    profile_before      the payer's choices then, by name; "": not known, or the same
    paid_in_month       employees: what earlier paydays paid for the months that are paid now
    employer            what is known of the payer's own contributions; None: averages
    kind                of the contract, where there are no months that say it: one-off lines alone
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
    recovery: Decimal = ZERO
    distraint: Distraint | None = None
    union_amount: Decimal = ZERO
    fund_amount: Decimal = ZERO
    recovery_leaves: Decimal = ZERO
    recovery_number: str = ""
    months_before: tuple[MonthFacts, ...] = ()
    profile_before: str = ""
    paid_in_month: tuple[PaidInMonth, ...] = ()
    employer: Employer | None = None
    kind: ContractKind | None = None
