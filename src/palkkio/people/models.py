from __future__ import annotations

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from palkkio.core.capabilities import MANDATES, OF_MINORS, Scope
from palkkio.core.names import search_key, sort_key
from palkkio.core.viewer import RoleKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap
from palkkio.people.identity import IdentityCodeField, IdentityDigestField


def name_words() -> SearchVector:
    """The words of a name as PostgreSQL indexes them; "simple": as they are, since `search_key` folded them already."""
    return SearchVector("search_key", config="simple")


@pghistory.track()
class Person(OrganisationRow):
    """A person as one organisation knows them; two organisations hold two rows that share nothing."""

    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=300, db_collation="C", editable=False)  # family name first
    search_key = models.CharField(max_length=300, db_collation="C", editable=False)
    identity_code = IdentityCodeField(max_length=100, blank=True)  # henkilötunnus, sealed; empty: not known
    identity_digest = IdentityDigestField(max_length=80, blank=True, default="", editable=False)
    born = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, default="fi")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=60, blank=True)
    municipality = models.ForeignKey(
        "organisations.Municipality", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    protection = DaysField(null=True, blank=True)  # protection order (turvakielto), days; `contact.contact_of` hides
    uses_paper = models.BooleanField(default=False)  # no electronic services: letters, paper sheets (ACC-11)
    business_id = models.CharField(max_length=9, blank=True)  # business recipient
    in_prepayment_register = DaysField(null=True, blank=True)  # ennakkoperintärekisteri, days

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["organisation", "sort_key"], name="people_by_name"),
            GinIndex(name_words(), name="people_by_word_of_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "identity_digest"],
                condition=~Q(identity_digest=""),
                name="an_identity_code_is_known_once_per_organisation",
            )
        ]

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def name_family_first(self) -> str:
        return f"{self.family_name} {self.given_names}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.family_name, self.given_names)
        self.search_key = search_key(self.family_name, self.given_names)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"person {self.pk}"


@pghistory.track()
class Role(OrganisationRow):
    """A role given to a person by the organisation, with its days (ACC-2)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RoleKind])
    valid = DaysField()

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="roles_by_person")]


@pghistory.track()
class BankAccount(OrganisationRow):
    """Account that a person is paid to, with its days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bank_accounts")
    iban = models.CharField(max_length=34)
    valid = DaysField()

    class Meta:
        constraints = [no_overlap("bank_accounts_of_a_person_do_not_overlap", "person")]


@pghistory.track()
class BankAccountProposal(OrganisationRow):
    """An account number that a member of staff wrote down; it is used once a colleague has approved it (ACC-7)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    iban = models.CharField(max_length=34)
    first = models.DateField()  # used from this day on
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)  # approved, or withdrawn
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(settled_at__isnull=True),
                name="one_account_number_of_a_person_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="an_account_number_is_approved_by_a_second_person",
            ),
        ]


@pghistory.track()
class Representation(OrganisationRow):
    """Someone acts for another: by mandate (valtuutus), as guardian, as substitute employer of a minor (ACC-9, ACC-14).

    A mandate is given online and accepted by the agent, or recorded by staff from the signed form. Who ended it, and
    when, stands beside it; the days stay as they were agreed.
    """

    class Given(models.TextChoices):
        ONLINE = "online"
        PAPER = "paper"  # the signed form
        RECORD = "record"  # staff saw it in a register or decision: guardians, substitute employers

    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represents")
    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represented_by")
    valid = DaysField()
    scope = models.CharField(
        max_length=30,
        default=Scope.UNLIMITED.value,
        choices=[(each.value, each.value) for each in (*MANDATES, *OF_MINORS)],
    )
    given = models.CharField(max_length=10, choices=Given.choices, default=Given.RECORD.value)
    given_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)  # by the agent, online
    paper_id = models.BigIntegerField(null=True)  # number of the scanned form among the documents
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["agent"], name="representations_in_force", condition=Q(ended_at__isnull=True))]
        constraints = [
            models.CheckConstraint(condition=~Q(agent=models.F("principal")), name="nobody_acts_for_themself"),
        ]

    @property
    def is_mandate(self) -> bool:
        return self.scope in MANDATES
