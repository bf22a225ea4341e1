"""Tax cards, and the questions to the Tax Administration: who was asked for, for which payday, and what came."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from palkkio.core.payslip import TaxCardKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField


@pghistory.track()
class TaxCard(OrganisationRow):
    """A tax card (verokortti) of one kind; the day of payment picks the latest one valid then."""

    class Source(models.TextChoices):
        TAX_ADMINISTRATION = "tax_administration"
        PAPER = "paper"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in TaxCardKind])
    valid = DaysField()
    base_percent = models.DecimalField(max_digits=12, decimal_places=4)
    ceiling = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # EUR a year; null: no ceiling
    additional_percent = models.DecimalField(max_digits=12, decimal_places=4)
    accumulates_from = models.DateField()  # first payday counted against the ceiling
    accumulated_before = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # paid elsewhere in this house
    source = models.CharField(max_length=30, choices=Source.choices)
    fetched_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "person", "kind"], name="tax_cards_by_person")]
        triggers = [
            pgtrigger.Trigger(
                name="what_pay_was_proposed_by_is_never_deleted",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM payroll_proposal WHERE tax_card_id = OLD.id) THEN
                        RAISE EXCEPTION 'Pay was proposed by tax card %', OLD.id;
                    END IF;
                    RETURN OLD;
                """,
            )
        ]


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
    card = models.ForeignKey(TaxCard, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "payday"], name="a_card_is_asked_once_for_a_payday")
        ]
        indexes = [models.Index(fields=["organisation"], condition=Q(state="waiting"), name="cards_asked_for")]
