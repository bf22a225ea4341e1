from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.calculation.employment import PensionPolicy
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


@pghistory.track()
class Household(OrganisationRow):
    """A household employer (kotitalous) as the organisation's customer: begins with the power of attorney (ACC-8)."""

    class Channel(models.TextChoices):
        PAPER = "paper"
        ONLINE = "online"

    employer = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="household")
    power_of_attorney_on = models.DateField(null=True)  # valtakirja came on this day
    power_of_attorney_by = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    power_of_attorney_paper_id = models.BigIntegerField(null=True)  # number of the scan among the documents
    signed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    city_insures = models.BooleanField(default=False)  # the employer lets the organisation take the insurances
    tax_reference = models.CharField(
        max_length=25, blank=True
    )  # of self-assessed taxes (oma-aloitteisten verojen viite)
    registered_on = models.DateField(null=True)  # strongly authenticated by the link, or without electronic services
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(power_of_attorney_on__isnull=True, power_of_attorney_by="")
                | (Q(power_of_attorney_on__isnull=False) & ~Q(power_of_attorney_by="")),
                name="a_power_of_attorney_has_a_day_and_a_channel",
            ),
            models.CheckConstraint(
                condition=~Q(power_of_attorney_by="paper") | Q(power_of_attorney_paper_id__isnull=False),
                name="a_power_of_attorney_on_paper_has_its_scan",
            ),
        ]


@pghistory.track()
class Insurance(OrganisationRow):
    """One statutory insurance of a household (lakisääteinen vakuutus): entered by one person, confirmed by another."""

    class Kind(models.TextChoices):
        PENSION = "pension"  # työeläkevakuutus (TyEL)
        ACCIDENT = "accident"  # työtapaturma- ja ammattitautivakuutus, with group life

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="insurances")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    insurer = models.CharField(max_length=120)
    policy_number = models.CharField(max_length=40)  # without blanks
    first = models.DateField()  # in force from this day on
    insured_from = models.DateField(null=True)  # first day of the confirmed policies that this one follows
    # pension: a contract employer or a temporary one; "": not known, taken as a contract employer
    pension_policy = models.CharField(
        max_length=10, blank=True, choices=[(each.value, each.value) for each in PensionPolicy]
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "kind"], name="a_household_has_one_insurance_of_a_kind"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="an_insurance_is_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(pension_policy="") | Q(kind="pension"), name="only_a_pension_insurance_has_a_pension_policy"
            ),
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PolicyRate(OrganisationRow):
    """What one insurance costs the household, per cent of pay (vakuutusmaksu), as its policy or insurer says.

    Days without a row are not known: the pay run then estimates by the averages of the law, and says so.
    """

    class Key(models.TextChoices):
        PENSION = "pension"  # in all, with the employee's part
        ACCIDENT = "accident"
        GROUP_LIFE = "group_life"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="policy_rates")
    key = models.CharField(max_length=10, choices=Key.choices)
    valid = DaysField()
    percent = models.DecimalField(max_digits=12, decimal_places=4)
    source = models.CharField(max_length=200)  # policy, or the insurer's letter and its day
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="a_policy_rate_is_a_percentage"),
            models.CheckConstraint(condition=~Q(source=""), name="a_policy_rate_has_a_source"),
            *(
                no_overlap(f"{key}_rates_of_a_household_do_not_overlap", "household", condition=Q(key=key))
                for key in ("pension", "accident", "group_life")
            ),
        ]


@pghistory.track()
class Telling(OrganisationRow):
    """That somebody was told that work may begin (ACC-10): by e-mail, by letter, or by a phone call that is logged."""

    class Means(models.TextChoices):
        EMAIL = "email"
        LETTER = "letter"
        PHONE = "phone"

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="tellings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")  # who was told
    means = models.CharField(max_length=10, choices=Means.choices)
    note = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
