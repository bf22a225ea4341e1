from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.fields.json import KeyTransform

SHOWN = "people"  # in the details of a look at a list: numbers of those who stood on it


class Event(models.Model):
    """One act or look: who, whose, what, when and why. Written in the transaction of the change, never edited.

    Organisation, actor and subject are plain numbers, since audit lies below every stage.
    """

    organisation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    actor_account_id = models.BigIntegerField(null=True)  # null: the system itself
    actor_person_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=30, blank=True)
    subject_person_id = models.BigIntegerField(null=True)
    is_read = models.BooleanField(default=False)
    action = models.CharField(max_length=60)  # verb_noun, e.g. review_sheet, view_payslip
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)  # numbers and codes only, no names or identity codes

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "object_kind", "object_id", "at"], name="audit_by_object"),
            models.Index(fields=["organisation_id", "subject_person_id", "at"], name="audit_by_subject"),
            GinIndex(
                OpClass(KeyTransform(SHOWN, "details"), name="jsonb_path_ops"),
                name="audit_by_people_shown",
                condition=models.Q(is_read=True, subject_person_id__isnull=True),
            ),
        ]
        triggers = [pgtrigger.Protect(name="events_are_never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]


class Seal(models.Model):
    """The place of one event in the chain: each hash covers its event and the hash before, so that a change shows.

    Written by a job soon after the event; an event without a seal is the chain's unsealed tail.
    """

    position = models.BigIntegerField(primary_key=True)  # 1, 2, 3 ... without gaps
    event_id = models.BigIntegerField(unique=True)  # no foreign key: a deleted event must be noticed, not refused
    form = models.PositiveSmallIntegerField()  # of the canonical row (`chain.FORMS`)
    sealed_at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["sealed_at"], name="seals_by_time")]
        triggers = [pgtrigger.Protect(name="seals_are_never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
