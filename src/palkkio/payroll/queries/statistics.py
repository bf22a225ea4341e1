"""Informal care support in figures (OHT-8): care recipients, carers and gross, by class, age and municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from palkkio.core.days import ONE_DAY
from palkkio.core.money import ZERO
from palkkio.organisations.asking import rows_of

Key = TypeVar("Key")
AGES = ((0, 17), (18, 64), (65, 74), (75, 84), (85, None))

_CONTRACTS = """
    SELECT contract.recipient_id, contract.carer_id, contract.municipality_id, recipient.born,
           coalesce((
               SELECT terms.fee_class FROM contracts_terms terms
                WHERE terms.contract_id = contract.id AND terms.valid && daterange(%(start)s, %(until)s)
                ORDER BY terms.valid DESC LIMIT 1
           ), ''),
           contract.valid && daterange(%(start)s, %(until)s), coalesce(paid.gross, 0)
      FROM contracts_contract contract
      JOIN people_person recipient ON recipient.id = contract.recipient_id
      LEFT JOIN (
           SELECT slip.contract_id, sum(slip.gross) AS gross FROM payroll_payslip slip
            WHERE slip.organisation_id = %(organisation)s AND NOT slip.is_cancelled
              AND slip.payday >= %(start)s AND slip.payday < %(until)s
            GROUP BY 1
      ) paid ON paid.contract_id = contract.id
     WHERE contract.organisation_id = %(organisation)s AND contract.kind = 'informal_care'
       AND contract.signed_on IS NOT NULL
       AND (contract.valid && daterange(%(start)s, %(until)s) OR paid.gross IS NOT NULL)
"""


class _Row(NamedTuple):
    recipient_id: int
    carer_id: int
    municipality_id: int
    born: date | None
    fee_class: str
    is_in_force: bool
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Who had a contract in force among the days, and the gross paid on paydays among them, EUR."""

    recipients: int
    carers: int
    gross: Decimal


@dataclass(frozen=True, slots=True)
class CareStatistics:
    """
    by_class         the class in force last; "" where no terms say one
    by_age           by the edges of AGES, on the last day; None where the day of birth is not known
    by_municipality  by the municipality of the contract
    """

    last: date
    total: Group
    by_class: dict[str, Group]
    by_age: dict[tuple[int, int | None] | None, Group]
    by_municipality: dict[int, Group]


def care_statistics(organisation_id: int, year: int, today: date) -> CareStatistics:
    """A calendar year of informal care support, the running one until today; one query.

    A contract that ended before and was paid in the year adds to what was paid, and to nobody.
    """
    last = min(date(year, 12, 31), max(today, date(year, 1, 1)))
    found = rows_of(_CONTRACTS, organisation=organisation_id, start=date(year, 1, 1), until=last + ONE_DAY)
    rows = [_Row(*each) for each in found]
    return CareStatistics(
        last=last,
        total=_group(rows),
        by_class=_grouped((row.fee_class, row) for row in rows),
        by_age=_grouped((_band(row.born, last), row) for row in rows),
        by_municipality=_grouped((row.municipality_id, row) for row in rows),
    )


def _grouped(rows: Iterable[tuple[Key, _Row]]) -> dict[Key, Group]:
    found: dict[Key, list[_Row]] = defaultdict(list)
    for key, row in rows:
        found[key].append(row)
    return {key: _group(each) for key, each in found.items()}


def _group(rows: list[_Row]) -> Group:
    return Group(
        recipients=len({row.recipient_id for row in rows if row.is_in_force}),
        carers=len({row.carer_id for row in rows if row.is_in_force}),
        gross=sum((row.gross for row in rows), ZERO),
    )


def _band(born: date | None, day: date) -> tuple[int, int | None] | None:
    if born is None:
        return None
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next(band for band in AGES if band[1] is None or age <= band[1])
