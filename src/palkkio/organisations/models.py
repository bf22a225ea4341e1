from __future__ import annotations

from enum import StrEnum

from django.db import models

from palkkio.core.days import DateRange, halves
from palkkio.core.finland import DayRule, PaydayRule, Shift
from palkkio.core.payslip import ContractKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


def choices_of(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class Organisation(models.Model):
    """A wellbeing services county (hyvinvointialue) or city that pays. None sees another's people."""

    slug = models.SlugField(unique=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    business_id = models.CharField(max_length=9)  # Y-tunnus, 1234567-1
    iban = models.CharField(max_length=34)  # account that payments leave from
    bic = models.CharField(max_length=11, blank=True)
    address = models.TextField(blank=True)
    profile = models.CharField(max_length=60)  # policy profile of rules/, e.g. western-uusimaa
    payroll_contact_name = models.CharField(max_length=120)  # incomes register asks for a contact person
    payroll_phone = models.CharField(max_length=30)
    payroll_email = models.EmailField()
    pension_policy_number = models.CharField(max_length=40, blank=True)
    accident_policy_number = models.CharField(max_length=40, blank=True)
    accident_insurer_id = models.CharField(max_length=9, blank=True)
    sender_email = models.EmailField(blank=True)
    peer_support_url = models.URLField(blank=True)
    account_change_days = models.PositiveSmallIntegerField(default=5)  # an account number changed so near waits (ACC-7)
    next_numbers = models.JSONField(default=dict)  # last used number by series: contract, run, payslip, batch

    def __str__(self) -> str:
        return self.slug


class Municipality(OrganisationRow):
    """A municipality (kunta) in the payer's area."""

    code = models.CharField(max_length=3)  # kuntakoodi with leading zeros
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)

    class Meta:
        verbose_name_plural = "municipalities"
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="one_row_per_municipality")]


class Unit(OrganisationRow):
    """A unit of the organisation that handles contracts (yksikkö)."""

    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    cost_centre = models.CharField(max_length=20)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)


class ContactPoint(OrganisationRow):
    """Whom to ask, by municipality and age of the care recipient (HELP-3)."""

    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    municipalities = models.ManyToManyField(Municipality, related_name="+")
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)  # not included; null: no upper edge
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True, db_default="")  # where papers are sent or brought
    takes_callbacks = models.BooleanField(default=False)


class OpeningHours(OrganisationRow):
    """Telephone or call-back hours of one weekday, Europe/Helsinki wall clock."""

    contact_point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="hours")
    is_callback = models.BooleanField(default=False)
    weekday = models.PositiveSmallIntegerField()  # 0 Monday .. 6 Sunday
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "opening hours"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")), name="hours_open_before_they_close"
            )
        ]


class ScheduleSeries(OrganisationRow):
    """Deadlines and paydays of one kind of contract; its dated schedules hang here."""

    contract_kind = models.CharField(max_length=30, choices=choices_of(ContractKind))

    class Meta:
        verbose_name_plural = "schedule series"
        constraints = [models.UniqueConstraint(fields=["organisation", "contract_kind"], name="one_series_per_kind")]


class Schedule(OrganisationRow):
    """When entries are due and when they are paid (CARE-10); dated by care month.

    Paid twice a month (EMP-2): days 1 to 15 have the rules named `half_...`, the days after them the others.
    """

    series = models.ForeignKey(ScheduleSeries, on_delete=models.CASCADE, related_name="schedules")
    valid = DaysField()
    deadline_months_after = models.PositiveSmallIntegerField(default=1)
    deadline_day = models.PositiveSmallIntegerField(default=3)
    deadline_shift = models.CharField(max_length=10, choices=choices_of(Shift), default=Shift.NONE.value)
    payday_rule = models.CharField(
        max_length=20, choices=choices_of(PaydayRule), default=PaydayRule.LAST_BANKING_DAY.value
    )
    payday_months_after = models.PositiveSmallIntegerField(default=1)
    payday_day = models.PositiveSmallIntegerField(default=15)
    payday_shift = models.CharField(max_length=10, choices=choices_of(Shift), default=Shift.PREVIOUS.value)
    reminder_days_before = models.JSONField(default=list)  # e.g. [3, 1]: days before the deadline
    review_days_before_payday = models.PositiveSmallIntegerField(
        default=8
    )  # banking days; when the desk aims to be ready
    bank_days_before_payday = models.PositiveSmallIntegerField(
        default=2
    )  # banking days; when the bank must have the file
    source = models.CharField(max_length=200, blank=True)
    half_deadline_months_after = models.PositiveSmallIntegerField(null=True)
    half_deadline_day = models.PositiveSmallIntegerField(null=True)
    half_payday_rule = models.CharField(max_length=20, choices=choices_of(PaydayRule), blank=True)
    half_payday_months_after = models.PositiveSmallIntegerField(null=True)
    half_payday_day = models.PositiveSmallIntegerField(null=True)
    # banking days; when a sheet on paper must have come. Null: by the deadline, as any other
    paper_days_before_payday = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            no_overlap("schedules_of_a_series_do_not_overlap", "series"),
            models.CheckConstraint(
                condition=models.Q(
                    half_deadline_months_after__isnull=True,
                    half_deadline_day__isnull=True,
                    half_payday_rule="",
                    half_payday_months_after__isnull=True,
                    half_payday_day__isnull=True,
                )
                | models.Q(
                    ~models.Q(half_payday_rule=""),
                    half_deadline_months_after__isnull=False,
                    half_deadline_day__isnull=False,
                    half_payday_months_after__isnull=False,
                    half_payday_day__isnull=False,
                ),
                name="a_half_month_has_all_its_rules_or_none",
            ),
        ]

    @property
    def is_by_halves(self) -> bool:
        """Paid twice a month: days 1 to 15, and the rest."""
        return self.half_deadline_day is not None

    def periods(self, month: DateRange) -> tuple[DateRange, ...]:
        """What of a care month is due and paid together."""
        return halves(month) if self.is_by_halves else (month,)

    def deadline(self, period: DateRange) -> DayRule:
        """The rule for a care month or half of one."""
        months, day = self.half_deadline_months_after, self.half_deadline_day
        if months is None or day is None or not _is_first_half(period):
            months, day = self.deadline_months_after, self.deadline_day
        return DayRule(PaydayRule.DAY_OF_MONTH, months, day, Shift(self.deadline_shift))

    def payday(self, period: DateRange) -> DayRule:
        """The rule for a care month or half of one."""
        rule, months, day = self.half_payday_rule, self.half_payday_months_after, self.half_payday_day
        if months is None or day is None or not _is_first_half(period):
            rule, months, day = self.payday_rule, self.payday_months_after, self.payday_day
        return DayRule(PaydayRule(rule), months, day, Shift(self.payday_shift))

    def paydays(self, month: DateRange) -> tuple[DayRule, ...]:
        """The rules for what of a care month is paid together."""
        return tuple(self.payday(period) for period in self.periods(month))


def _is_first_half(period: DateRange) -> bool:
    return halves(DateRange.month_of(period.edges[0]))[0] == period


class DayTypeOffer(OrganisationRow):
    """One day type that a kind of contract offers in its calendar (CARE-4)."""

    contract_kind = models.CharField(max_length=30, choices=choices_of(ContractKind))
    day_type = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "contract_kind", "day_type"], name="a_day_type_is_offered_once_per_kind"
            )
        ]
