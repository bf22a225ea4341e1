"""Reads of recoveries: their receivables, plan, transfers and waivers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from palkkio.payroll.models import (
    Receivable,
    Recovery,
    RecoveryPart,
    RecoveryPlan,
    RecoveryTransfer,
    RecoveryWaiver,
)


def parts_of(recovery: Recovery) -> list[Receivable]:
    """Receivables that a recovery is made of, the earliest month first."""
    parts = RecoveryPart.objects.filter(recovery=recovery, receivable__is_cancelled=False)
    return [each.receivable for each in parts.select_related("receivable").order_by("receivable__period")]


def recovery_of(receivable_ids: Sequence[int]) -> dict[int, Recovery]:
    """The recovery of each receivable; one that nobody has begun to recover is left out."""
    parts = RecoveryPart.objects.filter(receivable_id__in=receivable_ids).select_related("recovery")
    return {each.receivable_id: each.recovery for each in parts}


def recovery_to_tell(recovery_id: int) -> tuple[Decimal, date, tuple[str, ...]]:
    """What a letter tells of a recovery: gross sum in EUR, last day to answer, why or on what grounds."""
    found = Recovery.objects.get(pk=recovery_id)
    total = sum((part.amount for part in parts_of(found)), Decimal(0))
    return total, found.answer_by, tuple(filter(None, (found.decision or found.explanation).splitlines()))


def plan_of(recovery: Recovery) -> RecoveryPlan | None:
    """The plan that was made last."""
    return RecoveryPlan.objects.filter(recovery=recovery).order_by("pk").last()


def transfers_of(recovery: Recovery) -> list[RecoveryTransfer]:
    """What the payee has transferred back, oldest first."""
    return list(
        RecoveryTransfer.objects.filter(recovery=recovery, taken_back_at__isnull=True).order_by("paid_on", "pk")
    )


def waivers_of(recovery: Recovery) -> list[RecoveryWaiver]:
    """Waivers that stand or wait for a second person."""
    return list(RecoveryWaiver.objects.filter(recovery=recovery, withdrawn_at__isnull=True).order_by("pk"))
