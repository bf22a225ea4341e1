"""What happens during a contract and changes its pay, and what carers report of it."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from palkkio.entries.tables.channels import Channel
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField


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
