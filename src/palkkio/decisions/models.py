from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from palkkio.calculation.assistance.granted import Per
from palkkio.core.days import DateRange
from palkkio.organisations.base import OrganisationRow


class Group(models.IntegerChoices):
    """First number of an identifier (R9)."""

    BASIC = 1  # peruspäätös: daily life and leisure, as a rule until further notice
    WORK_OR_STUDY = 2
    OTHER = 3  # trip or other, as a rule short


class Decision(OrganisationRow):
    """A decision on personal assistance (päätös) for a household employer: 1.1, 1.2 ... 2.1 ... 3.1.

    What it grants stands in its versions. The name is all that an assistant reads of it (EMP-4), so it has no figures.
    """

    employer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField(choices=Group.choices)
    order = models.PositiveSmallIntegerField()  # 1, 2 ... in the order in which they were made
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "group", "order"], name="an_identifier_of_an_employer_is_given_once"
            ),
            models.CheckConstraint(condition=Q(order__gte=1), name="decisions_are_counted_from_one"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name__regex=r"[0-9]"), name="the_name_of_a_decision_tells_no_figure"
            ),
        ]
        triggers = [pgtrigger.Protect(name="decisions_are_never_changed", operation=pgtrigger.Update)]

    @property
    def identifier(self) -> str:
        return f"{self.group}.{self.order}"

    def __str__(self) -> str:
        return self.identifier


class DecisionVersion(OrganisationRow):
    """What a decision grants from a day on (päätöksen versio); never changed, the next version takes its place.

    Version N holds from its first day on in the place of all earlier ones; what they said of earlier days stays.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField(null=True)  # None: until further notice
    hours = models.DecimalField(max_digits=12, decimal_places=4, null=True)  # None: their number is not limited
    per = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Per])
    period_weeks = models.PositiveSmallIntegerField(null=True)  # length of a period
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)  # 1 Monday ... 7 Sunday; empty: all
    clock_times = models.CharField(max_length=200, blank=True)  # 07:30-09:00, 18:00-21:00; empty: round the clock
    two_at_once = models.BooleanField(default=False)
    ground = models.TextField()
    office_holder = models.CharField(max_length=120)  # viranhaltija who decided
    decided_on = models.DateField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="a_version_has_a_number_of_its_own"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=models.F("first")), name="a_version_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True, per="") | (Q(hours__gt=0) & ~Q(per="")),
                name="hours_are_granted_for_something",
            ),
            models.CheckConstraint(
                condition=Q(period_weeks__isnull=True) ^ Q(per="period"), name="a_period_has_a_length_in_weeks"
            ),
        ]
        triggers = [pgtrigger.Protect(name="versions_are_never_changed", operation=pgtrigger.Update)]

    @property
    def days(self) -> DateRange:
        return DateRange.of_days(self.first, self.last)


class PayGroupDecision(OrganisationRow):
    """A pay group above A, decided on the employer's application (palkkaryhmäpäätös, Heta form; EMP-10)."""

    employer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    pay_group = models.CharField(max_length=2, choices=[("B1", "B1"), ("B2", "B2"), ("C", "C")])
    first = models.DateField()
    last = models.DateField(null=True)
    ground = models.TextField()
    office_holder = models.CharField(max_length=120)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=models.F("first")),
                name="a_pay_group_decision_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["employer"], name="pay_groups_by_employer")]
        triggers = [pgtrigger.Protect(name="pay_group_decisions_are_never_changed", operation=pgtrigger.Update)]

    @property
    def days(self) -> DateRange:
        return DateRange.of_days(self.first, self.last)


class PayGroupNotice(OrganisationRow):
    """The notice that an assistant is paid by the pay group decided (palkkaryhmäilmoitus), one per assistant."""

    decision = models.ForeignKey(PayGroupDecision, on_delete=models.PROTECT, related_name="notices")
    assistant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()  # paid by it from this day on
    came_on = models.DateField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "assistant"], name="an_assistant_is_told_of_a_pay_group_once")
        ]
        triggers = [pgtrigger.Protect(name="pay_group_notices_are_never_changed", operation=pgtrigger.Update)]
