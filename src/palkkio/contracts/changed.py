"""Which contracts' facts have changed lately: what was paid by them is looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from palkkio.contracts.models import AgreedRate, Contract, Terms
from palkkio.decisions.queries import noticed_since


def history(of: type[Model]) -> QuerySet[Any]:
    """The history of a tracked table, as rows."""
    kept: Any = of
    found: QuerySet[Any] = kept.pgh_event_model.objects.all()
    return found


def changed_since(organisation_id: int, since: datetime) -> set[int]:
    """Contracts that were changed, or whose terms, agreed amounts or pay group were, since a moment."""
    lately = {"organisation_id": organisation_id, "pgh_created_at__gte": since}
    found = set(history(Contract).filter(**lately).values_list("pgh_obj_id", flat=True))
    found |= set(history(Terms).filter(**lately).values_list("contract_id", flat=True))
    rates = history(AgreedRate).filter(**lately)
    for employer_id, assistant_id in noticed_since(organisation_id, since):
        found |= set(
            Contract.objects.filter(employer_id=employer_id, carer_id=assistant_id).values_list("pk", flat=True)
        )
    return found | set(Terms.objects.filter(pk__in=rates.values("terms_id")).values_list("contract_id", flat=True))
