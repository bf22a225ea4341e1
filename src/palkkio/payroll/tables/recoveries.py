"""How an overpayment comes back (takaisinperintä): hearing, decision, plan, waiver, the person's own transfers."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.organisations.base import OrganisationRow


@pghistory.track()
class Recovery(OrganisationRow):
    """The matter of one or several receivables of a contract (BEY-9).

    hearing -> decided -> recovering -> closed; with consent hearing -> recovering. Nothing is set off from pay before
    the payee consents or the decision is final. What has come back is asked of payslips and transfers.
    """

    class State(models.TextChoices):
        HEARING = "hearing"  # the payee is heard
        DECIDED = "decided"  # the decision is not final, or there is no plan yet
        RECOVERING = "recovering"  # by a plan
        CLOSED = "closed"

    class Answer(models.TextChoices):
        NONE = ""
        CONSENTS = "consents"
        OBJECTS = "objects"

    class Channel(models.TextChoices):
        PORTAL = "portal"
        PAPER = "paper"
        PHONE = "phone"

    number = models.CharField(max_length=20)  # T2026-0001
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.HEARING)
    reference = models.CharField(max_length=20)  # reference number for the payee's own transfer
    explanation = models.TextField()  # what the payee is told, beside the lines
    opened_on = models.DateField()
    opened_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField()  # last day to answer
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NONE, blank=True)
    answer_text = models.TextField(blank=True)
    answer_channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    answered_on = models.DateField(null=True)
    consented_on = models.DateField(null=True)  # to set-off from coming pay
    decision = models.TextField(blank=True)  # the grounds
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    posted_on = models.DateField(null=True)  # the decision, by ordinary letter
    is_appealed = models.BooleanField(default=False)
    final_from = models.DateField(null=True)  # first day on which the decision is final
    closed_on = models.DateField(null=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_recovery_number_is_used_once"),
            models.UniqueConstraint(fields=["organisation", "reference"], name="a_recovery_reference_is_used_once"),
            models.CheckConstraint(
                condition=~Q(state="recovering") | Q(consented_on__isnull=False) | Q(final_from__isnull=False),
                name="nothing_is_recovered_before_consent_or_a_final_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) | ~Q(state="closed") & Q(closed_on__isnull=True),
                name="a_closed_recovery_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person"], name="recoveries_by_person")]


class RecoveryPart(OrganisationRow):
    """One receivable in a recovery."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="parts")
    receivable = models.ForeignKey("payroll.Receivable", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receivable"], name="a_receivable_is_recovered_once")]


@pghistory.track()
class RecoveryPlan(OrganisationRow):
    """How a recovery is paid back from one payday on; a later plan replaces the earlier."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="plans")
    first_payday = models.DateField()
    instalment = models.DecimalField(max_digits=12, decimal_places=2)  # EUR of each payday; 0: own transfers alone
    leaves = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # net EUR that is left of each payday
    made_on = models.DateField()
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(instalment__gte=0, leaves__gte=0), name="a_plan_is_not_negative")
        ]


@pghistory.track()
class RecoveryWaiver(OrganisationRow):
    """A part that is not recovered (takaisinperinnästä luopuminen), with a reason and a second person."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="waivers")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_waiver_is_positive"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="a_waiver_is_approved_by_a_second_person",
            ),
        ]


@pghistory.track()
class RecoveryTransfer(OrganisationRow):
    """What the payee has transferred back; `withheld` is the tax that was withheld of it and is settled with it."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="transfers")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    withheld = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)  # it was recorded by mistake

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, withheld__gte=0), name="a_transfer_is_positive")
        ]
