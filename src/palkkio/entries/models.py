from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.calculation.assistance.leave_ledger import AdjustmentKind
from palkkio.core.payslip import DayType
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField, no_overlap


class Channel(models.TextChoices):
    """How an entry came in."""

    ELECTRONIC = "electronic"  # the carer's own
    EMPLOYER = "employer"  # an assistant's hours by the employer, with the assistant's consent (EMP-1)
    STAFF = "staff"  # by the county, e.g. by phone
    PAPER = "paper"  # keyed in from paper, scan attached (ACC-11)
    CONTRACT = "contract"  # nobody entered anything: the fee runs from the contract (CARE-9)


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


class EventKind(models.TextChoices):
    """What happens during a contract and changes its pay; the words of `calculation.events`."""

    CARER_ILL = "carer_ill"
    RECIPIENT_AWAY = "recipient_away"
    RECIPIENT_MOVES_OUT = "recipient_moves_out"
    NOTICE = "notice"
    TERMINATED = "terminated"
    DAYS_OFF = "days_off"
    START_UP = "start_up"
    SICK = "sick"
    HETA_MEMBER = "heta_member"
    CHILD_ILL = "child_ill"
    FAMILY_LEAVE = "family_leave"


class ChangeReport(OrganisationRow):
    """A change that the carer reports (CARE-14), or staff from paper or by phone; what was reported is never changed.

    sent -> accepted: it became an event or dated terms, with corrections of staff in `accepted`; or returned to the
    carer with a reason: the carer reports anew; or withdrawn by the carer. A notice binds the carer once staff have
    read it (228/1929 7 §).
    """

    class Kind(models.TextChoices):
        OWN_ILLNESS = "own_illness"
        CHILD_ILLNESS = "child_illness"  # of an assistant: temporary care of an ill child
        HOSPITAL = "hospital"  # the care recipient is away for health
        AWAY = "away"  # the care recipient is away for another reason
        RETURN = "return"
        MOVE = "move"
        SERVICES = "services"
        INCOME = "income"
        NOTICE = "notice"  # the carer gives notice; `last` is the last day of the contract by it

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    first = models.DateField()  # first day, or the day of a return or move
    last = models.DateField(null=True)  # null: still going on, or from `first` on
    values = models.JSONField(default=dict)  # interval_care_days, other_services_hours, carer_income, moves_to
    text = models.TextField(blank=True)
    attachment = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.ELECTRONIC)
    reported_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)  # a notice: when staff first opened it
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    accepted = models.JSONField(default=dict)  # first, last and values as staff accepted them
    reason = models.TextField(blank=True)  # why it was returned, or what staff say of a correction
    handled_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True)
    terms = models.ForeignKey("contracts.Terms", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="a_reported_change_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("sent", "withdrawn"), handled_at__isnull=True)
                | Q(state__in=("accepted", "returned"), handled_at__isnull=False, handled_by__isnull=False),
                name="a_handled_report_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="a_returned_report_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(kind="notice", state="sent"),
                name="one_notice_of_a_contract_waits_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="change_reports_by_state")]


@pghistory.track()
class CareEvent(OrganisationRow):
    """Something that happened during a contract and changes its pay: illness, absence, notice, days off, start-up.

    Never edited: what was wrong is withdrawn with a reason and recorded anew, so that paid months can say what they
    knew. Events of one day (notice, move, end, start-up) have that day alone; an open end means still going on.
    """

    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=EventKind.choices)
    valid = DaysField()
    reason = models.CharField(max_length=10, blank=True)  # recipient away: health, other
    given_by = models.CharField(max_length=10, blank=True)  # notice: county, carer
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # start-up, EUR
    has_certificate = models.BooleanField(default=False)  # sick
    child = models.CharField(max_length=10, blank=True)  # family leave: tells children apart, no name
    hours = models.DecimalField(max_digits=12, decimal_places=4, null=True)  # days off: care that stood in, a day
    stood_in = models.CharField(max_length=30, blank=True)  # days off: what care it was (OHT-6)
    is_free = models.BooleanField(default=False)  # days off: a service that is free of charge by law
    source = models.CharField(max_length=200, blank=True)  # decision, letter, certificate
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.STAFF)
    report = models.ForeignKey(ChangeReport, null=True, on_delete=models.PROTECT, related_name="events")
    recorded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="recipient_away", reason__in=("health", "other"))
                | (~Q(kind="recipient_away") & Q(reason="")),
                name="an_absence_of_the_recipient_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="notice", given_by__in=("county", "carer")) | (~Q(kind="notice") & Q(given_by="")),
                name="a_notice_says_who_gives_it",
            ),
            models.CheckConstraint(
                condition=Q(kind="start_up", amount__gt=0) | (~Q(kind="start_up") & Q(amount__isnull=True)),
                name="a_start_up_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(kind="days_off", hours__gt=0, hours__lte=24),
                name="a_day_off_has_up_to_24_hours",
            ),
            models.CheckConstraint(
                condition=Q(child="") | Q(kind="family_leave"), name="only_family_leave_is_for_a_child"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_withdrawn_event_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["contract"], name="events_by_contract")]


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
