from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.organisations.base import OrganisationRow


class Matter(models.TextChoices):
    """What a version of a contract is about."""

    CONTRACT = "contract"  # the contract itself
    AMENDMENT = "amendment"  # terms that staff changed
    INDEX = "index"  # the yearly index of agreed amounts
    PAYDAY = "payday"  # the days on which it is paid


class Outcome(models.TextChoices):
    """How a version was closed."""

    SIGNED = "signed"
    TOLD = "told"  # in force without signatures: the change follows from the law, or the organisation asks for none
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Part(models.TextChoices):
    """As what somebody signs."""

    CARER = "carer"
    ASSISTANT = "assistant"
    EMPLOYER = "employer"
    OFFICE_HOLDER = "office_holder"


class Choices(OrganisationRow):
    """How an organisation has its contracts signed; without a row the defaults hold."""

    days_to_sign = models.PositiveSmallIntegerField(default=30)  # then it expires
    remind_after_days = models.PositiveSmallIntegerField(default=7)  # without signature; again each so many days
    amendments_are_signed = models.BooleanField(default=True)
    index_is_signed = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "choices"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="an_organisation_chooses_once_how_it_signs"),
            models.CheckConstraint(
                condition=Q(days_to_sign__gte=1, days_to_sign__lte=365, remind_after_days__gte=1),
                name="there_is_a_day_to_sign_and_one_to_remind",
            ),
        ]


@pghistory.track()
class Template(OrganisationRow):
    """What an organisation adds to the contracts of a kind (sopimuspohja): own clauses, in the languages it has.

    The clauses that an Act asks for come from the terms and stand in every contract.
    """

    kind = models.CharField(max_length=30)
    clauses_fi = models.TextField(blank=True)
    clauses_sv = models.TextField(blank=True)
    clauses_en = models.TextField(blank=True)
    notice_fi = models.TextField(blank=True)  # of kinds whose notice no Act says
    notice_sv = models.TextField(blank=True)
    notice_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="a_kind_of_contract_has_one_template")
        ]


@pghistory.track()
class Version(OrganisationRow):
    """A contract as one document (sopimusversio): made from a template, opened, signed by each party in turn, sealed.

    Terms that change make the next version; those before it stay as they were signed.
    """

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # 1, 2 ... of the contract
    matter = models.CharField(max_length=12, choices=Matter.choices)
    first = models.DateField()  # day from which its terms hold
    language = models.CharField(max_length=2)
    # What the template asks for beside the terms
    days_off_plan = models.TextField(blank=True)
    fixed_reason = models.TextField(blank=True)
    working_times = models.TextField(blank=True)
    notice = models.TextField(blank=True)
    other_terms = models.TextField(blank=True)
    # The decision that the contract carries out (OHT-4), and the day on which its application came
    decision = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    decision_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")  # shown
    plan = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")  # latest
    scan = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")  # of paper
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField(null=True)  # last day to sign
    closed_at = models.DateTimeField(null=True)
    closed_as = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    closed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)  # why it was declined or withdrawn

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="a_version_has_its_number_once"),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(closed_at__isnull=True),
                name="one_version_waits_for_signature_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_as="") | (Q(closed_at__isnull=False) & ~Q(closed_as="")),
                name="a_closed_version_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=~Q(closed_as__in=("declined", "withdrawn")) | ~Q(reason=""),
                name="who_declines_or_withdraws_says_why",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(scan__isnull=False),
                name="a_version_has_a_document_or_a_scan",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(decided_on__isnull=False),
                name="a_bundled_decision_has_its_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "expires_on"], condition=Q(closed_at__isnull=True), name="versions_that_wait"
            )
        ]

    @property
    def state(self) -> str:
        """An Outcome, or "waiting"."""
        return self.closed_as or "waiting"


@pghistory.track()
class Signatory(OrganisationRow):
    """One party of a version, in its turn (allekirjoittaja)."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="signatories")
    turn = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=14, choices=Part.choices)
    # Whose signature it is; the office holder is known once they have signed
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)  # when the turn came
    reminded_on = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")  # or guardian
    sealed = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "signatories"
        constraints = [
            models.UniqueConstraint(fields=["version", "turn"], name="one_party_signs_in_each_turn"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, sealed__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, sealed__isnull=False),
                name="a_signature_has_its_signer_moment_and_seal",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(opened_at__isnull=False, opened_at__lte=F("signed_at")),
                name="nobody_signs_what_they_have_not_opened",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="signatories_by_person")]
