"""Papers of an employment (EMP-9): what came, its file, and what became of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.documents.handling import State, state_on
from palkkio.organisations.base import OrganisationRow

if TYPE_CHECKING:
    from palkkio.documents.models import Standing


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
    """A paper of an employment, sent in or scanned (EMP-9). Where it stands, its document says."""

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

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="heta_membership", contract__isnull=True)
                | (~Q(kind="heta_membership") & Q(contract__isnull=False)),
                name="a_paper_is_of_an_employment_or_a_membership",
            ),
            models.CheckConstraint(
                condition=~Q(kind="heta_membership") | Q(receipt__isnull=False),
                name="a_membership_has_the_receipt_of_its_fee",
            ),
        ]
        indexes = [
            models.Index(fields=["employer"], name="papers_by_employer"),
            models.Index(fields=["person"], name="papers_by_person"),
        ]

    @property
    def standing(self) -> Standing:
        """Whether it is accepted, for which days, by whom: the standing of its document."""
        return self.document.standing

    def state_on(self, day: date) -> State:
        return state_on(self.standing, day)
