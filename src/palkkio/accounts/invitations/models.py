from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.core.capabilities import MANDATES
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField


@pghistory.track(exclude=["token_digest"])
class Invitation(OrganisationRow):
    """A personal link that was mailed: used once, for a while. Of the link itself only a digest is kept."""

    class Purpose(models.TextChoices):
        EMPLOYER = "employer"  # a household employer registers (ACC-8)
        MANDATE = "mandate"  # somebody is asked to act for the principal (ACC-14)
        AGAIN = "again"  # the person was identified by staff and is let in again (ACC-13)

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    email = models.EmailField()
    language = models.CharField(max_length=2, default="fi")
    token_digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")  # who is invited
    principal = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=30, blank=True, choices=[(each.value, each.value) for each in MANDATES])
    valid = DaysField(null=True)  # days of the mandate
    reason = models.CharField(max_length=300, blank=True)  # how staff identified the person
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["principal", "made_at"], name="invitations_of_a_principal")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="mandate", principal__isnull=False, person__isnull=True, valid__isnull=False)
                | (~Q(purpose="mandate") & Q(principal__isnull=True, person__isnull=False, valid__isnull=True)),
                name="an_invitation_says_who_comes_or_whom_to_act_for",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="a_used_invitation_is_not_withdrawn",
            ),
        ]
