"""Notices made from the chain of audit events: what was done, and whom it concerns (HELP-4).

An act that people should hear of needs one line here. The chain is read on from where it was left, so an act is told
once, and none is missed because its transaction was slow.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from palkkio.audit.queries import first_position_since, sealed_after
from palkkio.messages.actions.notices import EMAIL_WITHIN, notify
from palkkio.messages.models import EventsRead, Notice

# Name of the act in the log -> what the person whose matter it is gets.
TOLD: Mapping[str, str] = {
    "add_contract": Notice.Kind.NEW_CONTRACT,
    "ask_signature": Notice.Kind.CONTRACT_TO_SIGN,
    "remind_signature": Notice.Kind.CONTRACT_TO_SIGN,
    "tell_version": Notice.Kind.CONTRACT_CHANGED,
    "give_mandate": Notice.Kind.MANDATE_GIVEN,
    "payment_came_back": Notice.Kind.PAYMENT_RETURNED,
    "open_recovery": Notice.Kind.HEARING_OPENED,
    "decide_recovery": Notice.Kind.RECOVERY_DECIDED,
    "add_decision": Notice.Kind.DECISION_MADE,
    "change_decision": Notice.Kind.DECISION_MADE,
}
AT_ONCE = 2000


def tell(*, at: datetime) -> int:
    """Make the notices of the acts since last time; may run twice. Returns how many are new.

    The first time it begins where an e-mail would still be news. Old acts, as of a history that was taken over, are
    passed by.
    """
    count = 0
    while True:
        with transaction.atomic():
            made, is_end = _tell_some(at)
        count += made
        if is_end:
            return count


def _tell_some(at: datetime) -> tuple[int, bool]:
    cursor = EventsRead.objects.select_for_update().first()
    if cursor is None:
        cursor = EventsRead.objects.create(position=first_position_since(at - EMAIL_WITHIN))
    position, acts = sealed_after(cursor.position, TOLD.keys(), AT_ONCE)
    is_end = position < cursor.position + AT_ONCE
    EventsRead.objects.filter(pk=cursor.pk).update(position=position)
    made = 0
    for act in acts:
        if act.subject_person_id is None or act.object_id is None or act.at < at - EMAIL_WITHIN:
            continue
        kind = TOLD[act.action]
        made += notify(act.subject_person_id, kind, act.object_id, f"event-{act.event_id}", at=at) is not None
    return made, is_end
