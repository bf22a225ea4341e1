"""Letters: what somebody gets on paper or in the Suomi.fi mailbox, and what has become of it (ACC-11)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from palkkio.organisations.base import OrganisationRow


class Way(models.TextChoices):
    """How a letter goes."""

    PRINTED = "printed"  # by the desk: printed in one batch, or told by phone
    SUOMIFI = "suomifi"  # by Suomi.fi Messages: to the mailbox, or printed by that service


@pghistory.track()
class LetterChoice(OrganisationRow):
    """How a person gets payslips, decisions and notices, where it was chosen; else as `ways.ways_of` says."""

    class Choice(models.TextChoices):
        PALKKIO = "palkkio"  # reads them here
        PRINTED = Way.PRINTED.value
        SUOMIFI = Way.SUOMIFI.value

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    chosen_at = models.DateTimeField()


@pghistory.track()
class PrintBatch(OrganisationRow):
    """Letters that were printed together."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")


@pghistory.track()
class Letter(OrganisationRow):
    """A notice that goes to its person as a letter.

    waiting -> printed, or told by phone: by the desk, which writes down who and how (ACC-7).
    waiting -> sent -> read, printed or delivered: by Suomi.fi Messages; failed: a clerk sends it again or prints it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"  # Suomi.fi Messages has it
        READ = "read"  # opened in the mailbox
        PRINTED = "printed"
        DELIVERED = "delivered"  # received, as proved
        TOLD = "told"  # by phone
        FAILED = "failed"  # refused, or came back: `trouble` says why

    class Means(models.TextChoices):
        LETTER = "letter"
        PHONE = "phone"

    notice = models.OneToOneField("palkkio_messages.Notice", on_delete=models.PROTECT, related_name="letter")
    made_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PRINTED)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    state_at = models.DateTimeField(null=True)  # since when it is so; null: since it was made
    trouble = models.CharField(max_length=300, blank=True)
    message_id = models.BigIntegerField(null=True)  # of Suomi.fi Messages
    tries = models.PositiveSmallIntegerField(default=0)  # messages of it that came back
    file = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(PrintBatch, null=True, on_delete=models.PROTECT, related_name="letters")
    means = models.CharField(max_length=10, choices=Means.choices, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation", "way", "state"], name="letters_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True, means="")
                | (Q(told_at__isnull=False, told_by__isnull=False) & ~Q(means="")),
                name="who_told_and_how_stands_with_the_day",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") | Q(trouble="") | Q(state="waiting"),
                name="what_has_arrived_has_no_trouble",
            ),
        ]


class LetterPlace(OrganisationRow):
    """How far the events of Suomi.fi Messages have been read: one row for an organisation."""

    place = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="events_of_letters_are_read_on_in_one_place")
        ]
