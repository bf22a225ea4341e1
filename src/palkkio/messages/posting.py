"""Letters on their way by Suomi.fi Messages and back: sent, and what became of them (ACC-11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.adapters.suomifi_messages.bodies import Address
from palkkio.adapters.suomifi_messages.bodies import Letter as LetterBody
from palkkio.adapters.suomifi_messages.client import Event, LetterRefused, MessagesError, Session
from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.formats.pdf.letter import letter_words
from palkkio.messages.letter_files import NothingToSend, pdf_of, value_of
from palkkio.messages.letter_models import Letter, LetterPlace, Way
from palkkio.messages.ways import DECISIONS, service_of
from palkkio.organisations.queries import payer
from palkkio.people.contact import contact_on_paper

MOST_ROUNDS = 100
# Why the service was not even asked, in words for the desk.
NOT_ASKED: Mapping[str, str] = {
    "NO_WAY": _("Neither identity code nor address is known. Complete the person's details, or tell by phone."),
    "NO_MAILBOX": _("The receiver has no mailbox in use, and no address that may stand on paper. Print the letter."),
}
RETURNED = _("The post returned the letter. Check the address.")
UNRESOLVED = _("The post could not deliver the letter. Check the address.")
# What an event makes of a letter; the later one counts.
STATES: Mapping[str, Letter.State] = {
    "Electronic message created": Letter.State.SENT,
    "Electronic message read": Letter.State.READ,
    "Receipt confirmed": Letter.State.DELIVERED,
    "Paper mail created": Letter.State.SENT,
    "Sent for printing and enveloping": Letter.State.PRINTED,
    "Posti: receipt confirmed": Letter.State.DELIVERED,
    "Posti: returned to sender": Letter.State.FAILED,
    "Posti: unresolved": Letter.State.FAILED,
}
TROUBLES = {"Posti: returned to sender": RETURNED, "Posti: unresolved": UNRESOLVED}
ORDER = (
    Letter.State.SENT,
    Letter.State.PRINTED,
    Letter.State.READ,
    Letter.State.DELIVERED,
    Letter.State.FAILED,
)


def send_letters(organisation_id: int, *, at: datetime) -> int:
    """Send the letters that wait for Suomi.fi Messages, the oldest first. Returns how many it has.

    May be killed anywhere and run again: the service knows a letter by our id. One that it refuses waits for a clerk
    and stops no other; raises MessagesError when the service gives no answer, and says it on the letter.
    """
    service = service_of(organisation_id)
    if service is None:
        return 0
    session, sent = Session(service), 0
    rows = waiting(organisation_id)
    for letter_id in list(rows.order_by("pk").values_list("pk", flat=True)):
        letter = rows.select_related("notice__person", "file").filter(pk=letter_id).first()
        if letter is not None:  # no other worker was faster
            sent += _send(session, letter, at)
    return sent


def waiting(organisation_id: int) -> QuerySet[Letter]:
    """Letters that Suomi.fi Messages does not have yet."""
    return Letter.objects.filter(organisation_id=organisation_id, way=Way.SUOMIFI, state=Letter.State.WAITING)


def _send(session: Session, letter: Letter, at: datetime) -> bool:
    try:
        file = pdf_of(letter, at=at)
        message_id, _channel = session.send(_body(letter, at), file)
    except NothingToSend as error:
        _fail(letter, str(error), at)
        return False
    except LetterRefused as refusal:
        _fail(letter, NOT_ASKED.get(str(refusal), str(refusal)), at)
        return False
    except MessagesError as error:
        Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).update(trouble=str(error)[:300])
        raise
    with transaction.atomic():
        taken = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).update(
            state=Letter.State.SENT, state_at=at, message_id=message_id, trouble=""
        )
        if taken:
            audit.record(
                "send_letter",
                by=None,
                at=at,
                organisation_id=letter.organisation_id,
                object_kind="letter",
                object_id=letter.pk,
                subject_person_id=letter.notice.person_id,
            )
    return bool(taken)


def _fail(letter: Letter, trouble: str, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).update(
        state=Letter.State.FAILED, state_at=at, trouble=trouble[:300]
    )


def _body(letter: Letter, at: datetime) -> LetterBody:
    """A payslip is for its receiver's eyes alone; the receipt of a decision is proved (M11)."""
    notice, person = letter.notice, letter.notice.person
    contact = contact_on_paper(person, day_of(at))
    is_whole = all((contact.street, contact.postcode, contact.town))
    title, texts = letter_words(value_of(letter, at=at), language=person.language)
    return LetterBody(
        external_id=f"palkkio-{payer(letter.organisation_id).slug}-{letter.pk}-{letter.tries}",
        receiver=person.identity_code or person.business_id,
        address=Address(person.name, contact.street, contact.postcode, contact.town) if is_whole else None,
        title=title,
        body="\n\n".join(texts),
        file_name=letter.file.file_name if letter.file else "",
        is_verifiable=notice.kind in DECISIONS,
    )


def read_events(organisation_id: int, *, at: datetime) -> int:
    """Take what Suomi.fi Messages tells of letters, and remember how far. Returns how many events were read.

    The place to read on from is written with what was read: killed between, the same is read again, and changes
    nothing. Raises MessagesError.
    """
    service = service_of(organisation_id)
    if service is None:
        return 0
    session, count = Session(service), 0
    LetterPlace.objects.get_or_create(organisation_id=organisation_id)
    for _round in range(MOST_ROUNDS):
        before = LetterPlace.objects.get(organisation_id=organisation_id).place
        events, place = session.events(before)
        with transaction.atomic():
            row = LetterPlace.objects.select_for_update().get(organisation_id=organisation_id)
            if row.place != before:
                break  # another worker reads
            for event in events:
                _take(organisation_id, event)
            row.place = place
            row.save(update_fields=["place"])
        count += len(events)
        if not events:
            break
    return count


def _take(organisation_id: int, event: Event) -> None:
    """What an event says of a letter; it never goes back, and one of a message that came back before says nothing."""
    state = STATES.get(event.kind)
    if state is None:
        return
    letter = Letter.objects.filter(organisation_id=organisation_id, message_id=event.message_id).first()
    if letter is None or letter.state not in ORDER or ORDER.index(letter.state) >= ORDER.index(state):
        return
    letter.state, letter.state_at, letter.trouble = state, event.at, TROUBLES.get(event.kind, "")
    letter.save(update_fields=["state", "state_at", "trouble"])
