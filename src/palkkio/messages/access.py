"""Which comments, notices and call-back requests a viewer may fetch, and which matters they may write about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from palkkio.contracts import access as contracts
from palkkio.core.capabilities import Capability
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.entries import access as entries
from palkkio.messages.models import CallbackRequest, Comment, Letter, Notice, PrintBatch
from palkkio.people import access as people

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


@dataclass(frozen=True, slots=True)
class Matter:
    """What a comment is about: the payee whose thread it is, the others it concerns, and the days it has."""

    person_id: int
    others: tuple[int | None, ...] = ()  # care recipient, employer
    period: DateRange | None = None


def matter(viewer: Viewer, about: str, object_id: int) -> Matter:
    """The matter, as its own stage lets the viewer see it. Raises NotAllowed, alike for unknown and others' ones."""
    match Comment.About(about):
        case Comment.About.SHEET:
            sheet = entries.sheet(viewer, object_id)
            return _of(sheet.contract, sheet.period)
        case Comment.About.CONTRACT:
            return _of(contracts.contract(viewer, object_id))
        case _:
            return Matter(people.person(viewer, object_id).pk)


def _of(contract: Contract, period: DateRange | None = None) -> Matter:
    return Matter(contract.carer_id, (contract.recipient_id, contract.employer_id), period)


def comments(viewer: Viewer) -> QuerySet[Comment]:
    """Comments that stand (deleted ones are kept, but shown to nobody): a payee's own threads; staff: all."""
    found = Comment.objects.filter(organisation_id=viewer.organisation_id, deleted_at__isnull=True)
    if viewer.is_staff:
        return found
    return found.filter(person_id__in=viewer.person_ids_to(Capability.SEE_MESSAGES))


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """Notices of the viewer, or of the one they act for: by a mandate for messages, those of answers alone."""
    found = Notice.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_staff:
        return found.filter(person_id=viewer.person_id)
    if viewer.may(Capability.SEE):
        return found.filter(person_id__in=viewer.for_person_ids)
    about = viewer.person_ids_to(Capability.SEE_MESSAGES)
    return found.filter(person_id__in=about, kind=Notice.Kind.COMMENT_ANSWERED)


def letters(viewer: Viewer) -> QuerySet[Letter]:
    """Letters to post, and posted ones, of the organisation; for staff alone."""
    found = Letter.objects.filter(organisation_id=viewer.organisation_id)
    return found if viewer.is_staff else found.none()


def print_batches(viewer: Viewer) -> QuerySet[PrintBatch]:
    """Letters of the organisation that were printed together; for staff alone."""
    found = PrintBatch.objects.filter(organisation_id=viewer.organisation_id)
    return found if viewer.is_staff else found.none()


def callbacks(viewer: Viewer) -> QuerySet[CallbackRequest]:
    """Call-back requests of the organisation, for staff; a payee's own."""
    found = CallbackRequest.objects.filter(organisation_id=viewer.organisation_id)
    if viewer.is_staff:
        return found
    return found.filter(person_id__in=viewer.person_ids_to(Capability.SEE_MESSAGES))
