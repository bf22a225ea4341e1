"""What lies in a letter's envelope: the payslip, or a letter in plain words, as PDF in the receiver's language."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext_noop as _
from pypdf import PdfReader, PdfWriter

from palkkio.core.clock import day_of
from palkkio.core.payslip import Party
from palkkio.decisions.queries import decision_to_tell
from palkkio.documents import actions as documents
from palkkio.documents.queries import content
from palkkio.documents.typesetting import typesetter
from palkkio.formats.decision import decision_paragraphs
from palkkio.formats.pdf import DocumentError, letter_pdf
from palkkio.formats.pdf import Letter as LetterValue
from palkkio.messages.letter_models import Letter
from palkkio.messages.models import Notice
from palkkio.messages.ways import DECISIONS
from palkkio.organisations.queries import local_name, payer
from palkkio.payroll.actions import make_payslip_document
from palkkio.payroll.queries.handover import taken_back
from palkkio.payroll.queries.recoveries import recovery_to_tell
from palkkio.people.contact import contact_on_paper

PDF = "application/pdf"
RECOVERIES = (Notice.Kind.HEARING_OPENED, Notice.Kind.RECOVERY_DECIDED)


CANCELLED = _("The payslip was cancelled. Nothing is sent.")
NOT_SET = _("The letter could not be made. Tell by phone.")
logger = logging.getLogger(__name__)


class NothingToSend(Exception):
    """There is nothing to put in the envelope; the text says why."""


def pdf_of(letter: Letter, *, at: datetime) -> bytes:
    """The file of a letter, made once and kept.

    Raises NothingToSend: the payslip was taken back with its run, or the file cannot be set.
    """
    notice = letter.notice
    if notice.kind == Notice.Kind.PAYSLIP_READY and taken_back([notice.object_id]):
        raise NothingToSend(CANCELLED)
    if letter.file is None:
        with _or_nothing(letter):
            letter.file = _made(letter, at)
        letter.save(update_fields=["file"])
    return content(letter.file)


def look_at(letter: Letter, *, at: datetime) -> bytes:
    """The file as it would leave now. Of what has not left nothing is kept: address and protection may still change.

    Raises NothingToSend.
    """
    has_left = letter.file is not None or letter.state not in (Letter.State.WAITING, Letter.State.FAILED)
    if has_left or letter.notice.kind == Notice.Kind.PAYSLIP_READY:
        return pdf_of(letter, at=at)
    with _or_nothing(letter):
        return _set(letter, at)


def value_of(letter: Letter, *, at: datetime) -> LetterValue:
    """The letter in plain words. While a protection order is in force the address is left out of it: it is written on
    the envelope by hand."""
    notice, organisation = letter.notice, payer(letter.organisation_id)
    person = notice.person
    amount, until, day = None, None, day_of(notice.created_at)
    more: tuple[str, ...] = ()
    if notice.kind in RECOVERIES:
        amount, until, more = recovery_to_tell(notice.object_id)
    elif notice.kind == Notice.Kind.DECISION_MADE:
        decision = decision_to_tell(notice.object_id, notice.created_at)
        day, more = decision.decided_on, decision_paragraphs(decision, language=person.language)
    return LetterValue(
        kind=str(notice.kind),
        payer=Party(
            local_name(organisation, person.language),
            organisation.business_id,
            tuple(part.strip() for part in organisation.address.splitlines()),
        ),
        to=Party(person.name, address=contact_on_paper(person, day_of(at)).lines),
        day=day,
        phone=organisation.payroll_phone,
        amount=amount,
        until=until,
        more=more,
    )


def in_one(letters: Iterable[Letter], *, at: datetime) -> bytes:
    """One PDF to print, two-sided: each letter begins on a sheet of its own.

    One for which there is nothing to print waits for a clerk and stops no other.
    """
    writer = PdfWriter()
    for letter in letters:
        try:
            pages = PdfReader(io.BytesIO(pdf_of(letter, at=at))).pages
        except NothingToSend as error:
            if letter.file is None:
                _leave_out(letter, str(error), at)
            continue
        for page in pages:
            writer.add_page(page)
        if len(pages) % 2:
            writer.add_blank_page()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _leave_out(letter: Letter, trouble: str, at: datetime) -> None:
    """It was marked as posted with its batch, and was not: it stands among those that failed."""
    letter.batch, letter.means, letter.told_at, letter.told_by = None, "", None, None
    letter.state, letter.state_at, letter.trouble = Letter.State.FAILED, at, trouble
    letter.save(update_fields=["batch", "means", "told_at", "told_by", "state", "state_at", "trouble"])


def _made(letter: Letter, at: datetime) -> documents.Document:
    notice = letter.notice
    if notice.kind == Notice.Kind.PAYSLIP_READY:
        try:
            return make_payslip_document(notice.object_id, at=at)
        except ValueError as error:  # its run was cancelled meanwhile
            raise NothingToSend(CANCELLED) from error
    return documents.issue(
        _set(letter, at),
        organisation_id=letter.organisation_id,
        kind="decision" if notice.kind in DECISIONS else "letter",
        file_name=f"kirje-{day_of(at).isoformat()}-{letter.pk}.pdf",
        content_type=PDF,
        person_id=notice.person_id,
        at=at,
    )


def _set(letter: Letter, at: datetime) -> bytes:
    language = letter.notice.person.language
    return letter_pdf(value_of(letter, at=at), typesetter=typesetter(), language=language, made_at=at)


@contextmanager
def _or_nothing(letter: Letter) -> Iterator[None]:
    """One that cannot be set does not keep the others waiting."""
    try:
        yield
    except (DocumentError, KeyError) as error:
        logger.exception("Letter %s could not be set as PDF", letter.pk)
        raise NothingToSend(NOT_SET) from error
