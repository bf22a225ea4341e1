from __future__ import annotations

import pghistory
from django.db import models

from palkkio.organisations.base import OrganisationRow

# Kinds of notices whose e-mail cannot be turned off (HELP-4).
SECURITY = ("bank_account_changed", "new_device", "mandate_given")


@pghistory.track()
class Comment(OrganisationRow):
    """A comment between payee and county (CARE-11), by kind and number of what it is about."""

    class About(models.TextChoices):
        SHEET = "sheet"
        CONTRACT = "contract"
        OTHER = "other"  # number is the payee's person

    about = models.CharField(max_length=12, choices=About.choices)
    object_id = models.BigIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")  # payee whose thread it is
    day = models.DateField(null=True, blank=True)
    text = models.TextField(max_length=4000)
    author = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    author_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    is_staff = models.BooleanField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    processed_at = models.DateTimeField(null=True)
    processed_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "about", "object_id"], name="comments_by_matter"),
            models.Index(
                fields=["organisation", "written_at"],
                name="comments_to_process",
                condition=models.Q(processed_at__isnull=True, deleted_at__isnull=True, is_staff=False),
            ),
        ]


@pghistory.track()
class Notice(OrganisationRow):
    """Something a person should know: a returned sheet, a deadline near, a payslip ready. E-mail carries no details."""

    class Kind(models.TextChoices):
        SHEET_RETURNED = "sheet_returned"
        DEADLINE_NEAR = "deadline_near"
        PAYSLIP_READY = "payslip_ready"
        COMMENT_ANSWERED = "comment_answered"
        COMMENTS_WAIT = "comments_wait"  # to staff: a payday is near
        CHANGE_HANDLED = "change_handled"  # a reported change is accepted or returned
        HOURS_TO_APPROVE = "hours_to_approve"  # of an assistant, to the employer
        PAPER_RETURNED = "paper_returned"  # or another document, to who sent it
        BANK_ACCOUNT_CHANGED = "bank_account_changed"
        GATE_OPEN = "gate_open"  # the household's assistants may work
        NEW_DEVICE = "new_device"  # a sign-in to the account from a device not used before
        NEW_CONTRACT = "new_contract"
        CONTRACT_TO_SIGN = "contract_to_sign"
        CONTRACT_CHANGED = "contract_changed"  # its terms, by a new version
        MANDATE_GIVEN = "mandate_given"  # somebody may act for the person from now on
        CARD_MISSING = "card_missing"  # a tax card; its object is the person
        PAYMENT_RETURNED = "payment_returned"  # the bank could not pay it to the account
        HEARING_OPENED = "hearing_opened"  # of an overpayment: the person is asked before anything is decided
        RECOVERY_DECIDED = "recovery_decided"  # of an overpayment, after the hearing
        DECISION_MADE = "decision_made"  # on assistance, to the employer; also a further version

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=80)  # makes a job that runs twice write one notice
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="a_notice_is_given_once")]


class NoMail(OrganisationRow):
    """A person wants no e-mail of one kind of notice (HELP-4); the notice itself still stands in their list."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Notice.Kind.choices)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="a_kind_of_notice_is_turned_off_once"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=SECURITY), name="notices_of_security_are_never_turned_off"
            ),
        ]


class EventsRead(models.Model):
    """How far in the chain of events notices have been made from it (`from_events.py`): one row."""

    position = models.BigIntegerField()


@pghistory.track()
class CallbackRequest(OrganisationRow):
    """Somebody asks to be called (HELP-3)."""

    contact_point = models.ForeignKey("organisations.ContactPoint", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=30)
    topic = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")


from palkkio.messages.letter_models import Letter, LetterChoice, LetterPlace, PrintBatch  # noqa: E402, F401
from palkkio.messages.thread_models import Holder  # noqa: E402, F401
