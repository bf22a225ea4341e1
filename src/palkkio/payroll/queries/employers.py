"""What paying costs beside the pay: each employer's contributions of a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.people import queries as people

COSTS = """
    SELECT contract.employer_id, part.cost ->> 'code', sum((part.cost ->> 'amount')::numeric)
      FROM payroll_payslip slip
      JOIN contracts_contract contract ON contract.id = slip.contract_id
      JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id
      CROSS JOIN LATERAL jsonb_array_elements(coalesce(proposal.result -> 'employer', '[]'::jsonb)) AS part (cost)
     WHERE slip.organisation_id = %s AND NOT slip.is_cancelled AND slip.payday >= %s AND slip.payday < %s
     GROUP BY contract.employer_id, part.cost ->> 'code'
"""

WITHHELD = """
    SELECT contract.employer_id, part.taken ->> 'code', sum((part.taken ->> 'amount')::numeric)
      FROM payroll_payslip slip
      JOIN contracts_contract contract ON contract.id = slip.contract_id
      JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id
      CROSS JOIN LATERAL jsonb_array_elements(coalesce(proposal.result -> 'deductions', '[]'::jsonb)) AS part (taken)
     WHERE slip.organisation_id = %s AND NOT slip.is_cancelled AND slip.payday >= %s AND slip.payday < %s
     GROUP BY contract.employer_id, part.taken ->> 'code'
"""

PAID = """
    SELECT contract.employer_id, count(DISTINCT slip.person_id), sum(slip.gross)
      FROM payroll_payslip slip
      JOIN contracts_contract contract ON contract.id = slip.contract_id
     WHERE slip.organisation_id = %s AND NOT slip.is_cancelled AND slip.payday >= %s AND slip.payday < %s
     GROUP BY contract.employer_id
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
    days: list[int | str] = [organisation_id, f"{year}-01-01", f"{year + 1}-01-01"]
    costs: dict[int | None, dict[str, Decimal]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(COSTS, days)
        for employer_id, code, amount in cursor.fetchall():
            costs[employer_id][code] = amount
        cursor.execute(PAID, days)
        paid = cursor.fetchall()
    names = people.names_of([employer_id for employer_id, _payees, _gross in paid if employer_id is not None])
    made = [
        EmployerYear(employer_id, names.get(employer_id, ""), payees, gross, costs.get(employer_id, {}))
        for employer_id, payees, gross in paid
    ]
    return sorted(made, key=lambda each: (each.person_id is not None, each.name))


_HEALTH = """
    SELECT contract.employer_id, sum((part.cost ->> 'amount')::numeric)
      FROM payroll_payslip slip
      JOIN contracts_contract contract ON contract.id = slip.contract_id
      JOIN payroll_proposal proposal ON proposal.id = slip.proposal_id
      CROSS JOIN LATERAL jsonb_array_elements(coalesce(proposal.result -> 'employer', '[]'::jsonb)) AS part (cost)
     WHERE slip.organisation_id = %s AND NOT slip.is_cancelled AND slip.payday >= %s AND slip.payday < %s
       AND contract.employer_id IS NOT NULL AND part.cost ->> 'code' = 'HEALTH_INSURANCE'
     GROUP BY contract.employer_id
"""


def health_contributions(organisation_id: int, days: DateRange) -> dict[int, Decimal]:
    """Each household's health insurance contribution (työnantajan sairausvakuutusmaksu) on paydays of `days`, EUR."""
    with connection.cursor() as cursor:
        cursor.execute(_HEALTH, [organisation_id, *days.edges])
        return {employer_id: amount for employer_id, amount in cursor.fetchall() if amount > 0}


def employer_sums(organisation_id: int, days: DateRange) -> dict[int | None, dict[str, Decimal]]:
    """Contributions and deductions of the paydays among the days by employer (None: the organisation) and code, EUR."""
    found: dict[int | None, dict[str, Decimal]] = defaultdict(dict)
    start, end = days.edges[0], days.end
    with connection.cursor() as cursor:
        for statement in (COSTS, WITHHELD):
            cursor.execute(statement, [organisation_id, start, end])
            for employer_id, code, amount in cursor.fetchall():
                found[employer_id][code] = amount
    return dict(found)
