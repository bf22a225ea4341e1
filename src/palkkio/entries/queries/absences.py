"""Absences of assistants, as the incomes register is told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.entries.models import CareEvent, EventKind

# Cause of an absence by the kind of its event: illness, family leave, a child's illness (V).
CAUSES = {EventKind.SICK.value: 1, EventKind.FAMILY_LEAVE.value: 3, EventKind.CHILD_ILL.value: 6}


def absences_of(contract_ids: Collection[int], until: date) -> dict[int, list[tuple[int, DateRange]]]:
    """Cause and days of absences that begin before `until`, by contract; whether they are paid, the payslips tell."""
    rows = CareEvent.objects.filter(
        contract_id__in=contract_ids,
        contract__kind=ContractKind.PERSONAL_ASSISTANCE.value,
        kind__in=CAUSES.keys(),
        withdrawn_at__isnull=True,
        valid__startswith__lt=until,
    ).order_by("contract_id", "valid", "pk")
    found: dict[int, list[tuple[int, DateRange]]] = defaultdict(list)
    for contract_id, kind, days in rows.values_list("contract_id", "kind", "valid"):
        found[contract_id].append((CAUSES[kind], days))
    return found
