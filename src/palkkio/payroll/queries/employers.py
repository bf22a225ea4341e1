"""What paying costs beside the pay: each employer's contributions of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.organisations.asking import rows_of
from palkkio.people import queries as people

_SLIPS = """
      FROM payroll_payslip slip
      JOIN contracts_contract contract ON contract.id = slip.contract_id
"""
_OF_DAYS = """
     WHERE slip.organisation_id = %(organisation)s AND NOT slip.is_cancelled
       AND slip.payday >= %(start)s AND slip.payday < %(end)s
"""


def _by_employer_and_code(of: str, also: str = "") -> str:
    """The statement that adds up a list of the results, contributions or deductions."""
    return f"""
        SELECT contract.employer_id, each.part ->> 'code', sum((each.part ->> 'amount')::numeric) {_SLIPS}
          JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id
          CROSS JOIN LATERAL jsonb_array_elements(coalesce(proposal.result -> '{of}', '[]'::jsonb)) AS each (part)
          {_OF_DAYS} {also}
         GROUP BY 1, 2
    """


_CONTRIBUTIONS = _by_employer_and_code("employer")
_DEDUCTIONS = _by_employer_and_code("deductions")
_HEALTH = _by_employer_and_code(
    "employer", "AND contract.employer_id IS NOT NULL AND each.part ->> 'code' = 'HEALTH_INSURANCE'"
)
_PAID = f"""
    SELECT contract.employer_id, count(DISTINCT slip.person_id), sum(slip.gross) {_SLIPS} {_OF_DAYS} GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class EmployerYear:
    """One employer's year by payday: what was paid and each contribution, EUR.

    person_id  the household that employs; None: the organisation itself
    """

    person_id: int | None
    name: str
    payees: int
    gross: Decimal
    contributions: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.contributions.values(), ZERO)


def employer_years(organisation_id: int, year: int) -> list[EmployerYear]:
    """Employers with payslips of a year, the organisation itself first, households by name; two queries and names."""
    days = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
    costs = _by_employer((_CONTRIBUTIONS,), organisation_id, days)
    paid = rows_of(_PAID, organisation=organisation_id, start=days.start, end=days.end)
    names = people.names_of([employer_id for employer_id, _payees, _gross in paid if employer_id is not None])
    made = [
        EmployerYear(employer_id, names.get(employer_id, ""), payees, gross, costs.get(employer_id, {}))
        for employer_id, payees, gross in paid
    ]
    return sorted(made, key=lambda each: (each.person_id is not None, each.name))


def health_contributions(organisation_id: int, days: DateRange) -> dict[int, Decimal]:
    """Each household's health insurance contribution (työnantajan sairausvakuutusmaksu) on paydays of `days`, EUR."""
    rows = rows_of(_HEALTH, organisation=organisation_id, start=days.start, end=days.end)
    return {employer_id: amount for employer_id, _code, amount in rows if amount > 0}


def employer_sums(organisation_id: int, days: DateRange) -> dict[int | None, dict[str, Decimal]]:
    """Contributions and deductions of the paydays among the days by employer (None: the organisation) and code, EUR."""
    return _by_employer((_CONTRIBUTIONS, _DEDUCTIONS), organisation_id, days)


def _by_employer(
    statements: Iterable[str], organisation_id: int, days: DateRange
) -> dict[int | None, dict[str, Decimal]]:
    found: dict[int | None, dict[str, Decimal]] = defaultdict(dict)
    for statement in statements:
        rows = rows_of(statement, organisation=organisation_id, start=days.start, end=days.end)
        for employer_id, code, amount in rows:
            found[employer_id][code] = amount
    return dict(found)
