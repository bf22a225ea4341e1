"""What is agreed with the bank: which version of files, until when, and whether its answers are read."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.formats.payment_file import PAIN_03, PAIN_09
from palkkio.organisations.inputs import Inputs
from palkkio.payments.models import Agreement

FIELDS = ("version", "keeps_nordic_letters", "cut_off", "answer_days")
MOST_ANSWER_DAYS = 10


def agreement_of(organisation_id: int, *, locked: bool = False) -> Agreement:
    """What is agreed with the bank; made with its usual values where nobody has said. `locked`: one at a time."""
    row, _is_new = Agreement.objects.get_or_create(organisation_id=organisation_id)
    return Agreement.objects.select_for_update().get(pk=row.pk) if locked else row


@transaction.atomic
def change_agreement(
    *,
    by: Viewer,
    at: datetime,
    version: str,
    cut_off: time | str,
    answer_days: int | str | None,
    keeps_nordic_letters: bool = False,
) -> Agreement:
    """How files are written from now on; those that are made stay as they are.

    answer_days  banking days after the day of payment in which the bank has answered; empty: answers are not read
    Raises InvalidInput, NotAllowed.
    """
    by.require(RoleKind.ADMINISTRATOR, RoleKind.PAYROLL_CLERK)
    inputs = Inputs(
        {
            "version": version,
            "keeps_nordic_letters": keeps_nordic_letters,
            "cut_off": cut_off,
            "answer_days": answer_days,
        },
        FIELDS,
    )
    if version not in (PAIN_09, PAIN_03):
        inputs.error("version", _("Choose the version of payment files"))
    until = _time(cut_off)
    if until is None:
        inputs.error("cut_off", _("Enter a time such as 14:00"))
    is_empty = answer_days is None or str(answer_days).strip() == ""
    days = None if is_empty else inputs.whole("answer_days", 1, MOST_ANSWER_DAYS)
    inputs.check()
    row = agreement_of(by.organisation_id, locked=True)
    row.version, row.cut_off, row.answer_days = version, until or row.cut_off, days
    row.keeps_nordic_letters = keeps_nordic_letters
    row.save(update_fields=list(FIELDS))
    audit.record(
        "change_bank_agreement",
        by=by,
        at=at,
        object_kind="bank_agreement",
        object_id=row.pk,
        details={"version": version, "cut_off": f"{row.cut_off:%H:%M}", "answer_days": days or 0},
    )
    return row


def _time(typed: time | str) -> time | None:
    if isinstance(typed, time):
        return typed
    try:
        return time.fromisoformat(typed.strip().replace(".", ":").zfill(5))
    except ValueError:
        return None
