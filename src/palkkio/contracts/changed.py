"""Which contracts' facts have changed lately: what was paid by them is looked at again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from palkkio.contracts.models import AgreedRate, Contract, Terms


def history(of: type[Model]) -> QuerySet[Any]:
    """The history of a tracked table, as rows."""
    kept: Any = of
    found: QuerySet[Any] = kept.pgh_event_model.objects.all()
    return found


def changed_since(organisation_id: int, since: datetime) -> set[int]:
    """Contracts that were changed, or whose terms or agreed amounts were, since a moment; three queries."""
    lately = {"organisation_id": organisation_id, "pgh_created_at__gte": since}
    found = set(history(Contract).filter(**lately).values_list("pgh_obj_id", flat=True))
    found |= set(history(Terms).filter(**lately).values_list("contract_id", flat=True))
    rates = history(AgreedRate).filter(**lately)
    return found | set(Terms.objects.filter(pk__in=rates.values("terms_id")).values_list("contract_id", flat=True))
