"""Letters and calls: what must be told to somebody whom no e-mail reaches (ACC-7, ACC-11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages import access
from palkkio.messages.models import Letter, Notice
from palkkio.organisations.access import one

TELLING = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)


def ask_for_letter(notice: Notice, *, at: datetime) -> Letter:
    """Put a notice on the desk's list of letters; inside the transaction of the notice."""
    return Letter.objects.create(organisation_id=notice.organisation_id, notice=notice, made_at=at)


@transaction.atomic
def mark_told(letter_id: int, *, by: Viewer, at: datetime, means: str) -> Letter:
    """The letter is posted, or its receiver was told by phone.

    Raises NotAllowed, InvalidInput, WrongState if a colleague has done it.
    """
    by.require(*TELLING)
    letter = one(access.letters(by).select_related("notice").select_for_update(of=("self",)), letter_id)
    by.require_not_own(letter.notice.person_id)
    if letter.told_at is not None:
        raise WrongState(_("A colleague has told this already."))
    if means not in Letter.Means.values:
        raise InvalidInput(FieldError("means", _("Choose how")))
    letter.means, letter.told_at, letter.told_by_id = means, at, by.account_id
    letter.save(update_fields=["means", "told_at", "told_by"])
    record(
        "mark_told",
        by=by,
        at=at,
        object_kind="letter",
        object_id=letter.pk,
        subject_person_id=letter.notice.person_id,
        details={"means": means},
    )
    return letter
