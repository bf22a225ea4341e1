from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.calculation.assistance.leave_ledger import AdjustmentKind
from palkkio.core.payslip import DayType
from palkkio.entries.tables.channels import Channel
from palkkio.entries.tables.events import CareEvent, ChangeReport, EventKind  # noqa: F401  # as the stage's own
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


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
    signed_on = models.DateField(null=True)  # on paper: when an assistant's employer signed, which is the approval
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
    # null: the month of a contract that is paid by the month, made without a review
    reviewed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="a_revision_number_is_used_once")]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Shift(OrganisationRow):
    """A shift of a personal assistant (työvuoro), in moments: clock times are those of Europe/Helsinki."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="shifts")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True)  # identifier of the decision it belongs to: 1.1, 2.1
    is_scheduled = models.BooleanField(default=False)  # planned and not worked, e.g. because of illness
    note = models.CharField(max_length=200, blank=True)  # what the assistant says of it to the employer
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.ELECTRONIC)
    entered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="a_shift_ends_after_it_begins"),
            models.UniqueConstraint(fields=["sheet", "start_at", "end_at"], name="a_shift_is_entered_once"),
        ]


@pghistory.track()
class EnteringConsent(OrganisationRow):
    """An assistant lets the employer enter the hours, too (EMP-1): from a day on, until it is taken back."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(withdrawn_at__isnull=True), name="a_consent_is_given_once"
            ),
        ]


@pghistory.track()
class LeaveAdjustment(OrganisationRow):
    """What staff write into the leave ledger of an employment: what came before, a correction, what has expired.

    All else in the ledger (earned, taken) is derived from approved periods. There is one opening a leave year, and it
    may be written anew; corrections and expired days are added, never changed.
    """

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    year = models.DateField()  # the leave year: its 1 April
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in AdjustmentKind])
    days = models.SmallIntegerField()  # weekdays; a correction may take off
    taken = models.PositiveSmallIntegerField(default=0)  # opening: weekdays taken before
    pay = models.DecimalField(max_digits=12, decimal_places=2, default=0)  # opening: EUR of work, without overtime
    days_worked = models.DecimalField(max_digits=12, decimal_places=4, default=0)  # opening
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(year__month=4, year__day=1), name="a_leave_year_begins_on_1_april"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_leave_adjustment_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(days__gte=0), name="only_a_correction_takes_leave_off"
            ),
            models.CheckConstraint(
                condition=Q(kind="opening") | Q(taken=0, pay=0, days_worked=0),
                name="only_an_opening_tells_of_pay_before",
            ),
            models.UniqueConstraint(
                fields=["contract", "year"], condition=Q(kind="opening"), name="a_leave_year_has_one_opening"
            ),
        ]
        indexes = [models.Index(fields=["contract"], name="leave_adjustments_by_contract")]
