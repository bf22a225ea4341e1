from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


@pghistory.track()
class Contract(OrganisationRow):
    """A care contract or commission (toimeksiantosopimus) between the organisation and a carer.

    Pending until signed, valid, finished after its last day: computed, not stored.
    """

    number = models.CharField(max_length=20)  # 2026-014
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in ContractKind])
    carer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who employs a personal assistant (kotitaloustyönantaja); other contracts are made with the organisation
    employer = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey("organisations.Municipality", on_delete=models.PROTECT, related_name="+")
    valid = DaysField()
    signed_on = models.DateField(null=True, blank=True)
    pays_trips = models.BooleanField(default=False)  # CARE-15
    is_self_insured = models.BooleanField(default=False)  # YEL entrepreneur: no pension part
    tasks = models.TextField(blank=True)  # what the commission is

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="a_contract_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) | ~Q(recipient=F("carer")), name="nobody_cares_for_themself"
            ),
            models.CheckConstraint(
                condition=Q(employer__isnull=True) | (Q(kind="personal_assistance") & ~Q(employer=F("carer"))),
                name="only_an_assistant_has_an_employer_who_is_another",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "carer"], name="contracts_by_carer")]

    @property
    def is_employment(self) -> bool:
        """Of a personal assistant: paid by shifts, which an employer approves."""
        return bool(self.kind == ContractKind.PERSONAL_ASSISTANCE)

    def state_on(self, day: date) -> str:
        """pending (waits for signature), coming, valid or finished."""
        days: DateRange = self.valid
        if self.signed_on is None:
            return "pending"
        if day in days:
            return "valid"
        return "coming" if days.start is not None and days.start > day else "finished"

    def __str__(self) -> str:
        return self.number


class PaidBy(models.TextChoices):
    """What family care is paid for: calendar months, or the care days entered."""

    MONTH = "month"
    DAY = "day"


class AbsenceRule(models.TextChoices):
    """What the contract says of the care recipient's absence that is not for health (937/2005 8 §)."""

    PAID = "paid"
    STOPS = "stops"
    DAYS = "days"  # paid for a number of days


@pghistory.track()
class Terms(OrganisationRow):
    """Terms of a contract (sopimusehdot), constant over their days; a change is a new row.

    Which of the fields a kind of contract has stands in `kinds.py`; amounts hang here as AgreedRate, the terms of an
    assistant's employment as EmploymentTerms.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="terms")
    valid = DaysField()
    fee_class = models.CharField(max_length=10, blank=True)  # picks the organisation's rate by class
    source = models.CharField(max_length=200, blank=True)  # decision or amendment
    # Informal care
    otherwise = models.CharField(max_length=3, blank=True)  # class that is paid where class III is refused
    carer_income = ArrayField(
        models.CharField(max_length=30), default=list, blank=True
    )  # income that refuses class III
    interval_care_days = models.DecimalField(max_digits=12, decimal_places=4, default=0)  # regular, a month
    other_services_hours = models.DecimalField(max_digits=12, decimal_places=4, default=0)  # regular, a month
    is_binding = models.BooleanField(default=False)  # bound round the clock or daily: three days off (937/2005 4 §)
    # Informal and family care
    absence_other = models.CharField(max_length=10, blank=True, choices=AbsenceRule.choices)
    absence_other_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # Family care
    paid_by = models.CharField(max_length=10, choices=PaidBy.choices, default=PaidBy.MONTH)
    clients = models.PositiveSmallIntegerField(default=1)  # how many each amount is paid for
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True)  # where it departs from the Act's
    # Commissions: the most that the decision allows in a calendar month
    cap_visits = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    cap_hours = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    cap_euros = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            no_overlap("terms_of_a_contract_do_not_overlap", "contract"),
            models.CheckConstraint(
                condition=Q(absence_other_days__isnull=True) ^ Q(absence_other="days"),
                name="paid_days_of_an_absence_are_said_where_they_are_counted",
            ),
            models.CheckConstraint(condition=Q(clients__gte=1), name="terms_are_for_at_least_one_client"),
            models.CheckConstraint(
                condition=Q(otherwise__in=("", "I", "II")), name="a_refused_class_is_paid_as_the_first_or_second"
            ),
            models.CheckConstraint(
                condition=Q(interval_care_days__gte=0, interval_care_days__lte=31, other_services_hours__gte=0),
                name="a_plan_has_no_more_days_than_a_month",
            ),
            models.CheckConstraint(
                condition=(Q(cap_visits__isnull=True) | Q(cap_visits__gte=0))
                & (Q(cap_hours__isnull=True) | Q(cap_hours__gte=0))
                & (Q(cap_euros__isnull=True) | Q(cap_euros__gte=0)),
                name="a_cap_is_not_negative",
            ),
        ]


@pghistory.track()
class EmploymentTerms(OrganisationRow):
    """What an assistant's pay is decided by (työsuhteen ehdot); the hourly pay agreed is an AgreedRate."""

    terms = models.OneToOneField(Terms, on_delete=models.CASCADE, related_name="employment")
    pay_group = models.CharField(max_length=2)  # A, B1, B2, C
    is_pay_group_decided = models.BooleanField(default=True)  # not yet: paid as A
    area = models.CharField(max_length=10)  # capital, rest
    agreement = models.CharField(max_length=10, default="by_date")  # by_date, heta, statute
    experience_months = models.PositiveSmallIntegerField(default=0)  # on the first day of the terms
    weekly_hours = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    working_days_per_week = models.DecimalField(max_digits=12, decimal_places=4, default=5)
    employed_since = models.DateField(null=True, blank=True)
    leave_rule = models.CharField(max_length=10, default="none")  # days14, hours35, none
    # normal, period_2_weeks, period_3_weeks, equalised_2_weeks to equalised_8_weeks
    working_time = models.CharField(max_length=20, default="normal")
    period_starts = models.DateField(null=True, blank=True)  # first day of some working-time period
    # Hours of a day by a separate agreement; null: eight, above which they are overtime of the day
    longest_day = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    # Two years of similar work in the last five years are shown: leave as from a year on
    has_similar_work = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "employment terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(working_days_per_week__gt=0, working_days_per_week__lte=7),
                name="a_week_has_up_to_seven_working_days",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=168),
                name="a_week_has_up_to_168_hours",
            ),
            models.CheckConstraint(
                condition=Q(longest_day__isnull=True) | Q(longest_day__gt=8, longest_day__lte=16),
                name="a_longer_day_has_up_to_16_hours",
            ),
        ]


@pghistory.track()
class AgreedRate(OrganisationRow):
    """An amount agreed in the contract itself; what is not agreed is paid by the organisation's decided rate."""

    terms = models.ForeignKey(Terms, on_delete=models.CASCADE, related_name="agreed_rates")
    code = models.CharField(max_length=30)  # as RateSeries.code
    amount = models.DecimalField(max_digits=12, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terms", "code"], name="a_rate_is_agreed_once_in_terms"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_agreed_rate_is_not_negative"),
        ]


from palkkio.contracts.paper_models import Paper  # noqa: E402, F401


@pghistory.track()
class IndexChange(OrganisationRow):
    """The yearly index of agreed fees and allowances, made of many contracts at once (PAY-13).

    Proposed, made by a second person as new terms from 1 January, and undone as long as nothing of them is paid.
    """

    year = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    made = models.JSONField(default=list)  # terms made, those before them, their contract, [before, after] by code
    undone_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                condition=Q(undone_at__isnull=True),
                name="one_index_change_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=True) | ~Q(made_by=models.F("proposed_by")),
                name="an_index_change_is_made_by_a_second_person",
            ),
        ]
