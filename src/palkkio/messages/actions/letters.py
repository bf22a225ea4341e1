"""Letters: made for notices, printed in one batch, told by phone, sent again (ACC-7, ACC-11)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.audit.actions import record
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages import access
from palkkio.messages.letter_files import CANCELLED, NothingToSend, pdf_of
from palkkio.messages.letter_models import Letter, LetterChoice, PrintBatch, Way
from palkkio.messages.models import Notice
from palkkio.messages.ways import AS_LETTERS, service_of, ways_of
from palkkio.organisations.access import one
from palkkio.payroll.queries.handover import taken_back
from palkkio.people import access as people

TELLING = (RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
CHOOSING = (RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR)
SEND = "palkkio.messages.tasks.send_letters"
MOST_AT_ONCE = 200  # letters of one batch


def ask_for_letter(notice: Notice, *, at: datetime) -> Letter:
    """A notice that no e-mail brings goes as a letter, unless it does so already; inside its transaction."""
    way = ways_of(notice.organisation_id, [notice.person_id]).get(notice.person_id, Way.PRINTED)
    letter, _is_new = Letter.objects.get_or_create(
        notice=notice, defaults={"organisation_id": notice.organisation_id, "made_at": at, "way": way}
    )
    return letter


def ask_where_wanted(notices: Collection[Notice], *, at: datetime) -> None:
    """Letters of new notices, to the people who get letters; inside the transaction of the notices."""
    wanted = [each for each in notices if each.kind in AS_LETTERS]
    if not wanted:
        return
    organisation_id = wanted[0].organisation_id
    ways = ways_of(organisation_id, {each.person_id for each in wanted})
    stored = Notice.objects.filter(
        organisation_id=organisation_id,
        person_id__in=ways.keys(),
        key__in={each.key for each in wanted},
        letter__isnull=True,
    )
    rows = [
        Letter(organisation_id=organisation_id, notice=each, made_at=at, way=ways[each.person_id]) for each in stored
    ]
    Letter.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    if any(each.way == Way.SUOMIFI for each in rows):
        send_soon(organisation_id)


def send_soon(organisation_id: int) -> None:
    """Send an organisation's letters soon; it waits in the queue once."""
    once = f"letters of organisation {organisation_id}"
    try:
        with transaction.atomic():
            app.configure_task(SEND, lock=once, queueing_lock=once).defer(organisation_id=organisation_id)
    except AlreadyEnqueued:
        return


@transaction.atomic
def mark_told(letter_id: int, *, by: Viewer, at: datetime, means: str) -> Letter:
    """The letter is posted, or its receiver was told by phone.

    Raises NotAllowed, InvalidInput, WrongState if a colleague has done it, or Suomi.fi Messages has it.
    """
    letter = _mine(letter_id, by)
    if letter.told_at is not None:
        raise WrongState(_("A colleague has told this already."))
    if letter.state not in (Letter.State.WAITING, Letter.State.FAILED):
        raise WrongState(_("The letter is sent by Suomi.fi Messages already."))
    if means not in Letter.Means.values:
        raise InvalidInput(FieldError("means", _("Choose how")))
    if means == Letter.Means.LETTER:
        try:
            pdf_of(letter, at=at)  # what is posted is kept
        except NothingToSend as error:
            raise WrongState(str(error)) from error
    letter.means, letter.told_at, letter.told_by_id = means, at, by.account_id
    state = Letter.State.TOLD if means == Letter.Means.PHONE else Letter.State.PRINTED
    letter.state, letter.state_at, letter.trouble = state, at, ""
    letter.message_id = None  # what is still told of an old message says nothing of this one
    letter.save(update_fields=["means", "told_at", "told_by", "state", "state_at", "trouble", "message_id"])
    _record("mark_told", letter, by, at, means=means)
    return letter


def print_letters(*, by: Viewer, at: datetime) -> PrintBatch:
    """Take the letters that wait to be printed, the oldest first, into one batch, and mark them as posted.

    One's own are left to a colleague; payslips that were taken back are not printed. Raises NotAllowed, WrongState if
    none waits.
    """
    by.require(*TELLING)
    _leave_out_taken_back(by.organisation_id, at)
    return _print(by, at)


def _leave_out_taken_back(organisation_id: int, at: datetime) -> None:
    waiting = Letter.objects.filter(organisation_id=organisation_id, way=Way.PRINTED, state=Letter.State.WAITING)
    of_payslips = waiting.filter(notice__kind=Notice.Kind.PAYSLIP_READY)
    gone = taken_back(of_payslips.values_list("notice__object_id", flat=True))
    if gone:
        of_payslips.filter(notice__object_id__in=gone).update(state=Letter.State.FAILED, state_at=at, trouble=CANCELLED)


@transaction.atomic
def _print(by: Viewer, at: datetime) -> PrintBatch:
    waiting = access.letters(by).filter(way=Way.PRINTED, state=Letter.State.WAITING).select_related("notice")
    waiting = waiting.exclude(notice__person_id__in=by.for_person_ids).order_by("pk")
    rows = list(waiting.select_for_update(of=("self",), skip_locked=True)[:MOST_AT_ONCE])
    if not rows:
        raise WrongState(_("No letters wait to be printed."))
    batch = PrintBatch.objects.create(organisation_id=by.organisation_id, made_at=at, made_by_id=by.account_id)
    Letter.objects.filter(pk__in=[each.pk for each in rows]).update(
        batch=batch,
        means=Letter.Means.LETTER,
        told_at=at,
        told_by=by.account_id,
        state=Letter.State.PRINTED,
        state_at=at,
    )
    record("print_letters", by=by, at=at, object_kind="print_batch", object_id=batch.pk, details={"letters": len(rows)})
    return batch


@transaction.atomic
def send_letter_again(letter_id: int, *, by: Viewer, at: datetime) -> Letter:
    """Try once more what Suomi.fi Messages refused, or what came back, when its cause is mended.

    Raises NotAllowed, WrongState.
    """
    letter = _failed(letter_id, by)
    if service_of(letter.organisation_id) is None:
        raise WrongState(_("No connection to Suomi.fi Messages is set up. Print the letter."))
    _put_back(letter, Way.SUOMIFI, at)
    send_soon(letter.organisation_id)
    _record("send_letter_again", letter, by, at)
    return letter


@transaction.atomic
def print_instead(letter_id: int, *, by: Viewer, at: datetime) -> Letter:
    """Let the desk print what Suomi.fi Messages could not bring. Raises NotAllowed, WrongState."""
    letter = _failed(letter_id, by)
    _put_back(letter, Way.PRINTED, at)
    _record("print_letter_instead", letter, by, at)
    return letter


@transaction.atomic
def choose_letters(person_id: int, choice: str, *, by: Viewer, at: datetime) -> None:
    """How a person gets payslips, decisions and notices from now on: their own choice, or asked of them by staff.

    Raises NotAllowed, InvalidInput.
    """
    is_own = not by.is_staff and by.acting_for is None and person_id == by.person_id
    if not is_own:
        by.require(*CHOOSING)
    person = people.person(by, person_id)
    if not is_own:
        by.require_not_own(person.pk)
    if choice not in LetterChoice.Choice.values:
        raise InvalidInput(FieldError("choice", _("Choose how")))
    LetterChoice.objects.update_or_create(
        person=person, defaults={"organisation_id": person.organisation_id, "choice": choice, "chosen_at": at}
    )
    record(
        "choose_letters",
        by=by,
        at=at,
        object_kind="person",
        object_id=person.pk,
        subject_person_id=person.pk,
        details={"choice": choice},
    )


def _mine(letter_id: int, by: Viewer) -> Letter:
    by.require(*TELLING)
    letter = one(access.letters(by).select_related("notice").select_for_update(of=("self",)), letter_id)
    by.require_not_own(letter.notice.person_id)
    return letter


def _failed(letter_id: int, by: Viewer) -> Letter:
    letter = _mine(letter_id, by)
    if letter.state != Letter.State.FAILED:
        raise WrongState(_("The letter is on its way already."))
    return letter


def _put_back(letter: Letter, way: Way, at: datetime) -> None:
    """A new try is a new message: one that came back would be known by its old number."""
    letter.way, letter.state, letter.state_at = way, Letter.State.WAITING, at
    letter.trouble = ""
    letter.tries += letter.message_id is not None
    letter.message_id = None
    letter.file = None  # made anew: its address was perhaps what was wrong
    letter.save(update_fields=["way", "state", "state_at", "trouble", "tries", "message_id", "file"])


def _record(action: str, letter: Letter, by: Viewer, at: datetime, **details: str) -> None:
    record(
        action,
        by=by,
        at=at,
        object_kind="letter",
        object_id=letter.pk,
        subject_person_id=letter.notice.person_id,
        details=details,
    )
