from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.core.payslip import DayType
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


class Channel(models.TextChoices):
    """How an entry came in."""

    ELECTRONIC = "electronic"  # the carer's own
    STAFF = "staff"  # by the county, e.g. by phone
    PAPER = "paper"  # keyed in from paper, scan attached (ACC-11)


@pghistory.track()
class Sheet(OrganisationRow):
    """Sheet of a period (hoitojakso): the entries of one contract and month, and their review.

    open -> confirmed -> reviewed; returned with a reason it is open again. Later states (in a run, sent, settled) are
    asked of the later stages.
    """

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        REVIEWED = "reviewed"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    period = DaysField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)  # grows with each save: a save on an old one is refused
    note = models.TextField(blank=True)  # hoitojakson huomautukset
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.ELECTRONIC)
    scan = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    is_confirmed_on_behalf = models.BooleanField(default=False)
    returned_reason = models.TextField(blank=True)  # not empty: returned to the carer, and why
    returned_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            no_overlap("sheets_of_a_contract_do_not_overlap", "contract", "period"),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | Q(reviewed_at__isnull=False), name="a_reviewed_sheet_says_when"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="sheets_by_state")]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DayEntry(OrganisationRow):
    """What one day was. At most one type per day and contract."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="entries")
    day = models.DateField()
    day_type = models.CharField(max_length=30, choices=[(each.value, each.value) for each in DayType])
    count = models.DecimalField(max_digits=12, decimal_places=4, default=1)  # visits or hours, else 1
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.ELECTRONIC)
    entered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "day entries"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "day"], name="a_day_has_one_type"),
            models.CheckConstraint(condition=Q(count__gt=0), name="a_count_is_positive"),
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TripEntry(OrganisationRow):
    """One trip: kilometres, from, to, purpose, and a ticket or parking by receipt (CARE-15)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="trips")
    day = models.DateField()
    kilometres = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    origin = models.CharField(max_length=120, blank=True)
    destination = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200)
    expense = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # EUR by receipt
    receipt = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.ELECTRONIC)
    entered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "trip entries"
        constraints = [
            models.CheckConstraint(condition=Q(kilometres__gt=0) | Q(expense__gt=0), name="a_trip_has_length_or_cost"),
            models.CheckConstraint(condition=Q(expense=0) | Q(receipt__isnull=False), name="an_expense_has_a_receipt"),
        ]


class SheetChange(OrganisationRow):
    """One save of a sheet, with what was before and after: the history a person reads, and what undo goes back to."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()  # the sheet's version after this change
    action = models.CharField(max_length=40)  # enter_days, clear_days, undo, confirm_sheet, review_sheet ...
    before = models.JSONField(default=dict)  # day -> {type, count} of the touched days
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    is_staff = models.BooleanField(default=False)

    merged_over = 0  # not stored: saves by others since the version that this one was typed on

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "version"], name="one_change_per_version")]


class SheetRevision(OrganisationRow):
    """What a review handed over to payroll, frozen and numbered: reviewed sheet 2."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    period = DaysField()
    facts = models.JSONField()  # entries and trips, as the calculation reads them
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="a_revision_number_is_used_once")]
