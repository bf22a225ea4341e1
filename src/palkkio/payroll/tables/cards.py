"""Tax cards asked of the Tax Administration: who was asked for, for which payday, and what came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palkkio.core.payslip import TaxCardKind
from palkkio.organisations.base import OrganisationRow


class CardRequest(OrganisationRow):
    """One question for one person's card of one kind before one payday; asked until it is answered."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SAME = "same"  # the card that is known already
        NEW = "new"
        NONE = "none"  # the Tax Administration has no card of this kind

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in TaxCardKind])
    payday = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)  # why the latest question had no answer
    card = models.ForeignKey("payroll.TaxCard", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "payday"], name="a_card_is_asked_once_for_a_payday")
        ]
        indexes = [models.Index(fields=["organisation"], condition=Q(state="waiting"), name="cards_asked_for")]
