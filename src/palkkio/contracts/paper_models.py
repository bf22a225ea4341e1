"""Papers of an employment (EMP-9): what came, its file, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField

SOON = timedelta(days=60)  # a paper that ends within these days is asked for anew


class PaperState(StrEnum):
    """Where a paper stands on a day: the last three follow from the days of one that was accepted."""

    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ENDING = "ending"
    ENDED = "ended"


class PaperKind(StrEnum):
    """What a paper is."""

    CONTRACT = "contract"  # työsopimus
    CERTIFICATE = "certificate"  # lääkärintodistus
    TAX_CARD = "tax_card"  # muutosverokortti
    PAY_GROUP_NOTICE = "pay_group_notice"  # palkkaryhmäilmoitus
    DUES = "dues"  # valtakirja: ammattiliiton tai työttömyyskassan maksu
    NOTICE_OF_END = "notice_of_end"  # ilmoitus työsuhteen päättymisestä
    HETA_MEMBERSHIP = "heta_membership"  # jäsenmaksulasku ja kuitti, joka vuosi


@pghistory.track()
class Paper(OrganisationRow):
    """A paper of an employment, sent in or scanned (EMP-9). received -> accepted, or returned with a reason."""

    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in PaperKind])
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")  # whose paper it is
    employer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    came_on = models.DateField()
    sent_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    sent_as = models.CharField(max_length=20)  # role of the sender
    sent_at = models.DateTimeField()
    valid = DaysField(null=True)  # days that an accepted paper holds, where it has any
    handled_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # why it was returned

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="heta_membership", contract__isnull=True)
                | (~Q(kind="heta_membership") & Q(contract__isnull=False)),
                name="a_paper_is_of_an_employment_or_a_membership",
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True, is_accepted=False, reason="")
                | Q(handled_at__isnull=False, handled_by__isnull=False, is_accepted=True, reason="")
                | (Q(handled_at__isnull=False, handled_by__isnull=False, is_accepted=False) & ~Q(reason="")),
                name="a_handled_paper_is_accepted_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(kind="heta_membership") | Q(receipt__isnull=False),
                name="a_membership_has_the_receipt_of_its_fee",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "handled_at"], name="papers_to_handle"),
            models.Index(fields=["employer"], name="papers_by_employer"),
            models.Index(fields=["person"], name="papers_by_person"),
        ]

    def state_on(self, day: date) -> PaperState:
        if self.handled_at is None:
            return PaperState.RECEIVED
        if not self.is_accepted:
            return PaperState.RETURNED
        last = None if self.valid is None else self.valid.last
        if last is not None and last < day:
            return PaperState.ENDED
        return PaperState.ENDING if last is not None and last < day + SOON else PaperState.ACCEPTED
