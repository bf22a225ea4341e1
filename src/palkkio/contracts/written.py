"""One row of terms as it was written, and the values that the calculation makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from palkkio.calculation.facts import AssistantTerms, Caps, CareTerms, OtherAbsence, RateFact
from palkkio.contracts.models import AbsenceRule
from palkkio.core.days import DateRange
from palkkio.organisations.asking import days_of, numbers, rows_of


class Written(NamedTuple):
    """The columns of one row of terms and of its employment, in the order in which they are read."""

    id: int
    contract_id: int
    valid: DateRange
    source: str
    carer_income: tuple[str, ...]
    fee_class: str
    otherwise: str
    interval_care_days: Decimal
    other_services_hours: Decimal
    absence_other: str
    absence_other_days: int | None
    paid_by: str
    clients: int
    notice_months: int | None
    cap_visits: Decimal | None
    cap_hours: Decimal | None
    cap_euros: Decimal | None
    pay_group: str | None
    is_pay_group_decided: bool | None
    area: str | None
    agreement: str | None
    experience_months: int | None
    weekly_hours: Decimal | None
    working_days_per_week: Decimal | None
    employed_since: date | None
    leave_rule: str | None
    working_time: str | None
    period_starts: date | None
    longest_day: Decimal | None
    has_similar_work: bool | None


_OF_EMPLOYMENT = frozenset(Written._fields[Written._fields.index("pay_group") :])
_COLUMNS = ", ".join(f"{'employment' if name in _OF_EMPLOYMENT else 'terms'}.{name}" for name in Written._fields)
# Terms of contracts that touch some days; beside it the amounts that were agreed on them.
_WRITTEN = f"""
    SELECT {_COLUMNS.replace("terms.valid", "terms.valid::text")}
      FROM contracts_terms terms
      LEFT JOIN contracts_employmentterms employment ON employment.terms_id = terms.id
     WHERE terms.contract_id = ANY(%(contracts)s::bigint[]) AND terms.valid && daterange(%(first)s, %(end)s)
     ORDER BY terms.contract_id, terms.valid
"""  # noqa: S608  # names of our own
_AGREED = """
    SELECT agreed.terms_id, agreed.code, agreed.amount
      FROM contracts_agreedrate agreed
      JOIN contracts_terms terms ON terms.id = agreed.terms_id
     WHERE terms.contract_id = ANY(%(contracts)s::bigint[]) AND terms.valid && daterange(%(first)s, %(end)s)
     ORDER BY agreed.terms_id, agreed.id
"""


def written_terms(contract_ids: Iterable[int], days: DateRange) -> Iterator[Written]:
    """Terms of some contracts on some days, by contract and day; one query. Raises ValueError if `days` is open."""
    first, end = days.edges
    rows = rows_of(_WRITTEN, contracts=numbers(contract_ids), first=first, end=end)
    for pk, contract_id, valid, source, income, *columns in rows:
        yield Written(pk, contract_id, days_of(valid), source, tuple(income), *columns)


def agreed_amounts(contract_ids: Iterable[int], days: DateRange) -> list[tuple[int, str, Decimal]]:
    """Terms, code and agreed amount, EUR, likewise; one query."""
    first, end = days.edges
    return rows_of(_AGREED, contracts=numbers(contract_ids), first=first, end=end)


def care(row: Written) -> CareTerms:
    """What the fee of informal care is decided by; equal plans are one value."""
    return _care(row.fee_class, row.otherwise, row.carer_income, row.interval_care_days, row.other_services_hours)


@lru_cache(maxsize=1024)
def _care(fee_class: str, otherwise: str, income: tuple[str, ...], days: Decimal, hours: Decimal) -> CareTerms:
    return CareTerms(fee_class, otherwise, income, _plain(days), _plain(hours))


def caps(row: Written) -> Caps | None:
    if row.cap_visits is None and row.cap_hours is None and row.cap_euros is None:
        return None
    return Caps(
        visits=None if row.cap_visits is None else _plain(row.cap_visits),
        hours=None if row.cap_hours is None else _plain(row.cap_hours),
        euros=row.cap_euros,
    )


def absence_rule(row: Written) -> OtherAbsence | None:
    """Days that are paid of an absence for another reason than health; None: the contract does not say."""
    match row.absence_other:
        case AbsenceRule.PAID:
            return OtherAbsence(None)
        case AbsenceRule.STOPS:
            return OtherAbsence(0)
        case AbsenceRule.DAYS:
            return OtherAbsence(row.absence_other_days)
    return None


def assistant(row: Written, hourly: RateFact | None) -> AssistantTerms | None:
    """Terms of employment; None: these terms are of no employment."""
    if row.pay_group is None:
        return None
    return AssistantTerms(
        pay_group=row.pay_group,
        area=row.area or "rest",
        agreement=row.agreement or "by_date",
        experience_months=row.experience_months or 0,
        hourly=hourly,
        weekly_hours=None if row.weekly_hours is None else _plain(row.weekly_hours),
        working_days_per_week=_plain(row.working_days_per_week or Decimal(5)),
        employed_since=row.employed_since,
        leave_rule=row.leave_rule or "none",
        working_time=row.working_time or "normal",
        period_starts=row.period_starts,
        longest_day=None if row.longest_day is None else _plain(row.longest_day),
        is_pay_group_decided=row.is_pay_group_decided is not False,
        has_similar_work=row.has_similar_work is True,
        experience_from=row.valid.start,
    )


def _plain(value: Decimal) -> Decimal:
    """Without idle zeros: the same facts whether they come from a table or a case."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
