from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.core.payslip import ContractKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


class RateSeries(OrganisationRow):
    """One amount that the organisation decides: its dated values hang here."""

    contract_kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in ContractKind])
    code = models.CharField(max_length=30)  # care, training, notice, cancelled, visit, hour, kilometre
    unit = models.CharField(max_length=10)  # day, visit, hour, km
    fee_class = models.CharField(max_length=10, blank=True)  # where amounts go by class, e.g. of the care recipient

    class Meta:
        verbose_name_plural = "rate series"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "contract_kind", "code", "fee_class"], name="one_series_per_rate"
            )
        ]


class Decided(OrganisationRow):
    """A dated decision of the organisation with its ground and a second person's approval.

    A row that another from the same day has replaced stays for the history, and holds on no day.
    """

    valid = DaysField()
    source = models.CharField(max_length=200)  # decision of the body, or where the official figure was read
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    is_replaced = models.BooleanField(default=False)

    class Meta:
        abstract = True


HOLDS = Q(approved_at__isnull=False, is_replaced=False)
_TWO_PEOPLE = Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by"))


@pghistory.track()
class Rate(Decided):
    """One decided amount in EUR."""

    series = models.ForeignKey(RateSeries, on_delete=models.PROTECT, related_name="rates")
    amount = models.DecimalField(max_digits=12, decimal_places=4)

    class Meta:
        constraints = [
            no_overlap("approved_rates_of_a_series_do_not_overlap", "series", condition=HOLDS),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_rate_is_not_negative"),
            models.CheckConstraint(condition=_TWO_PEOPLE, name="a_rate_is_approved_by_a_second_person"),
        ]


class PolicySeries(OrganisationRow):
    """What is decided by day: a choice of `rules/choices.yaml`, or a file of figures under `rules/law`."""

    key = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "policy series"
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_series_per_policy")]


@pghistory.track()
class PolicyChoice(Decided):
    """What the organisation has chosen where the law leaves a choice, by day."""

    series = models.ForeignKey(PolicySeries, on_delete=models.PROTECT, related_name="choices")
    value = models.CharField(max_length=60)  # a word of the choice, or a figure as text

    class Meta:
        constraints = [
            no_overlap("approved_choices_of_a_kind_do_not_overlap", "series", condition=HOLDS),
            models.CheckConstraint(condition=_TWO_PEOPLE, name="a_choice_is_approved_by_a_second_person"),
        ]

    @property
    def key(self) -> str:
        """Key of the choice."""
        return self.series.key


@pghistory.track()
class OfficialFigure(Decided):
    """Official figures that the organisation has entered, where the rules have none that pays; by day."""

    series = models.ForeignKey(PolicySeries, on_delete=models.PROTECT, related_name="figures")
    values = models.JSONField()  # text of the figure by column of the table; "" where the file has one figure

    class Meta:
        constraints = [
            no_overlap("approved_figures_of_a_file_do_not_overlap", "series", condition=HOLDS),
            models.CheckConstraint(condition=_TWO_PEOPLE, name="a_figure_is_approved_by_a_second_person"),
        ]

    @property
    def file(self) -> str:
        """Path of the file under `rules/law`, without its ending."""
        return self.series.key


class Edition(OrganisationRow):
    """Choices and figures as they stood after an approval, never changed: what facts name can be computed again.

    digest   of the content, which names it
    content  the rows in force by day, as `editions.content_of` writes them
    """

    digest = models.CharField(max_length=24)
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="an_edition_is_kept_once")]
