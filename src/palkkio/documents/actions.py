"""Takes files in and issues them."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from palkkio.adapters.malware import clamd
from palkkio.adapters.malware.clamd import Scanner
from palkkio.audit import actions as audit
from palkkio.core.capabilities import Capability
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import STAFF_ROLES, RoleKind, Viewer
from palkkio.documents.handling import BY_THEMSELVES
from palkkio.documents.kinds import JPEG, LONGEST_NAME, MOST_BYTES, PDF, PNG, clean_name, type_of
from palkkio.documents.models import Document, Standing
from palkkio.documents.pages import one_pdf, refuse_too_many
from palkkio.documents.storage import DatabaseStorage
from palkkio.organisations.access import NOT_FOUND
from palkkio.organisations.copying import copy_rows, escaped, new_ids, optional, truth
from palkkio.people import queries as people
from palkkio.people.identity import ring

log = logging.getLogger(__name__)
NEWER = _("A newer version is filed already. Open it, and add the next version to it.")
NOT_CHECKED = "The file cannot be checked for malware just now, so it was not taken in. Try again in a while."
MALWARE = "Malware was found in the file, so it was not taken in. Check your device, and send another file."
# Who may send in what. A payee sends in receipts of their own; paper is keyed in by staff (ACC-11).
RECEIVED = {
    Document.Kind.RECEIPT: frozenset(RoleKind),
    Document.Kind.PAPER_SHEET: STAFF_ROLES,
    Document.Kind.ATTACHMENT: frozenset(RoleKind),
    Document.Kind.PAPER: frozenset(RoleKind),
    Document.Kind.CERTIFICATE: frozenset(RoleKind),
    Document.Kind.CONTRACT: STAFF_ROLES,
    Document.Kind.CARE_PLAN: STAFF_ROLES,
    Document.Kind.DECISION: STAFF_ROLES,
    Document.Kind.LETTER: frozenset(RoleKind),
    Document.Kind.OTHER: STAFF_ROLES,
}


@transaction.atomic
def receive(
    upload: UploadedFile | None,
    *,
    kind: str,
    person_id: int,
    by: Viewer,
    at: datetime,
    contract_id: int | None = None,
    dated_on: date | None = None,
    replaces: Document | None = None,
    is_for_staff: bool = False,
) -> Document:
    """A file that somebody sent in, about a person. Its type is that of its content; it waits to be handled, but for
    what staff file themselves.

    contract_id  of a contract that the caller was allowed to fetch
    replaces     the version before, of the same person
    Raises InvalidInput on the field `file`, also when the check for malware refuses it or cannot be made; NotAllowed;
    WrongState if somebody else has filed the next version meanwhile.
    """
    wanted = Document.Kind(kind)
    by.require(*RECEIVED.get(wanted, frozenset()))
    if not by.is_staff and person_id not in by.person_ids_to(Capability.ENTER, Capability.ADD_PAPERS):
        raise NotAllowed(NOT_FOUND)
    if person_id not in people.of_organisation(by.organisation_id, {person_id}):
        raise NotAllowed(NOT_FOUND)
    content = _checked(upload)
    found = type_of(content)
    if upload is None or found is None:
        raise InvalidInput(FieldError("file", "Choose a PDF, JPEG or PNG file"))
    refuse_malware(content)
    try:
        with transaction.atomic():
            document = _store(
                content,
                organisation_id=by.organisation_id,
                kind=wanted,
                file_name=clean_name(upload.name or "", found),
                content_type=found.content_type,
                suffix=found.suffix,
                person_id=person_id,
                at=at,
                account_id=by.account_id,
                contract_id=contract_id,
                dated_on=dated_on,
                replaces=replaces,
                is_for_staff=is_for_staff,
            )
    except IntegrityError as error:
        if replaces is None or not Document.objects.filter(replaces=replaces).exists():
            raise
        raise WrongState(NEWER) from error
    standing = Standing(organisation_id=by.organisation_id, document=document)
    if by.is_staff and wanted in BY_THEMSELVES:  # filed by who would accept it
        standing.is_accepted, standing.handled_by_id, standing.handled_at = True, by.person_id, at
    standing.save()
    audit.record(
        "receive_document",
        by=by,
        at=at,
        object_kind="document",
        object_id=document.pk,
        subject_person_id=person_id,
        details={"kind": wanted.value},
    )
    return document


def join_pages(uploads: Sequence[UploadedFile], turns: Sequence[int]) -> UploadedFile:
    """One file to `receive`: a PDF as it is, pictures as the pages of one PDF, each turned.

    turns  degrees clockwise for each upload
    Each file is looked at by the scanner before anything opens it. Raises InvalidInput on the field `file`.
    """
    refuse_too_many(uploads)
    contents = [_checked(each) for each in uploads]
    if len(contents) == 1 and type_of(contents[0]) not in (JPEG, PNG):
        return uploads[0]
    for each in contents:
        refuse_malware(each)
    name = clean_name(uploads[0].name or "", PDF)
    return SimpleUploadedFile(name, one_pdf(contents, turns), content_type=PDF.content_type)


@transaction.atomic
def issue(
    content: bytes,
    *,
    organisation_id: int,
    kind: str,
    file_name: str,
    content_type: str,
    person_id: int | None = None,
    contract_id: int | None = None,
    replaces: Document | None = None,
    at: datetime,
) -> Document:
    """A file that the organisation made: payslip, payment file, report, voucher. The caller records why.

    Raises ValueError if there is nothing in it, or its name is too long.
    """
    if not content or not 0 < len(file_name) <= LONGEST_NAME:
        raise ValueError("An issued file has content and a name of at most 120 characters")
    return _store(
        content,
        organisation_id=organisation_id,
        kind=Document.Kind(kind),
        file_name=file_name,
        content_type=content_type,
        suffix=PurePosixPath(file_name).suffix,
        person_id=person_id,
        at=at,
        account_id=None,
        contract_id=contract_id,
        replaces=replaces,
    )


@dataclass(frozen=True, slots=True)
class Issue:
    """One file of many that are issued together."""

    content: bytes
    file_name: str
    person_id: int | None = None


@transaction.atomic
def issue_many(
    issues: Iterable[Issue], *, organisation_id: int, kind: str, content_type: str, at: datetime
) -> list[int]:
    """As `issue`, for many files of one kind; the rows are written together. Returns their ids."""
    made = list(issues)
    if any(not each.content or not 0 < len(each.file_name) <= LONGEST_NAME for each in made):
        raise ValueError("An issued file has content and a name of at most 120 characters")
    folder = _folder(organisation_id, at)
    names = _keep((_new_name(folder, PurePosixPath(each.file_name).suffix), each.content) for each in made)
    table = Document._meta.db_table
    ids = new_ids(table, len(made))
    whose, of_kind, moment, for_staff = str(organisation_id), Document.Kind(kind).value, at.isoformat(), truth(False)
    rows = (
        (
            str(number),
            whose,
            optional(each.person_id),
            of_kind,
            escaped(each.file_name),
            content_type,
            str(len(each.content)),
            hashlib.sha256(each.content).hexdigest(),
            name,
            moment,
            for_staff,
        )
        for number, name, each in zip(ids, names, made, strict=True)
    )
    copy_rows(table, _COPIED, rows)
    return ids


_COPIED = (
    "id", "organisation_id", "person_id", "kind", "file_name", "content_type", "size", "sha256", "file", "added_at",
    "is_for_staff",
)  # fmt: skip


def refuse_malware(content: bytes) -> None:
    """Ask the scanner, where one is configured. What was not looked at is not taken in.

    Raises InvalidInput on the field `file`.
    """
    scanner: Scanner | None = settings.PALKKIO_CLAMD
    if scanner is None:
        return
    try:
        found = clamd.scan(scanner, content)
    except clamd.ScannerError as error:
        log.error("The check for malware cannot be made: %s", error)
        raise InvalidInput(FieldError("file", NOT_CHECKED)) from error
    if found:
        log.warning("Malware was found in a file that was sent in: %s", found)
        raise InvalidInput(FieldError("file", MALWARE))


def _checked(upload: UploadedFile | None) -> bytes:
    if upload is None:
        raise InvalidInput(FieldError("file", "Choose a file"))
    if not upload.size:
        raise InvalidInput(FieldError("file", "The file is empty. Choose another file."))
    if upload.size > MOST_BYTES:
        megabytes = MOST_BYTES // 1024**2
        raise InvalidInput(
            FieldError("file", "The file is too large. Choose a file of at most %(most)s MB.", {"most": megabytes})
        )
    upload.seek(0)
    content: bytes = upload.read()
    return content


def _store(
    content: bytes,
    *,
    organisation_id: int,
    kind: Document.Kind,
    file_name: str,
    content_type: str,
    suffix: str,
    person_id: int | None,
    at: datetime,
    account_id: int | None,
    **more: Any,
) -> Document:
    (name,) = _keep([(_new_name(_folder(organisation_id, at), suffix), content)])
    return Document.objects.create(
        organisation_id=organisation_id,
        person_id=person_id,
        kind=kind.value,
        file_name=file_name,
        file=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=at,
        added_by_id=account_id,
        **more,
    )


def _folder(organisation_id: int, at: datetime) -> str:
    return f"{organisation_id}/{at:%Y}"


def _new_name(folder: str, suffix: str) -> str:
    """What a file is kept under; it says nothing about the person."""
    return f"{folder}/{uuid.uuid4().hex}{suffix}"


def _keep(files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Keep files, sealed: reports, payslips and papers name identity codes. Returns the names they are found by."""
    keys = ring()
    sealed = ((name, keys.seal_file(content)) for name, content in files)
    if isinstance(default_storage, DatabaseStorage):
        return default_storage.save_many(sealed)
    return [default_storage.save(name, ContentFile(content)) for name, content in sealed]
