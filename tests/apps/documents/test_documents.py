from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from palkkio.audit import queries as audit
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents import access, actions, queries
from palkkio.documents.kinds import JPEG, MOST_BYTES, PDF, PNG, FileType, clean_name, type_of
from palkkio.documents.models import Blob, Document
from palkkio.documents.storage import DatabaseStorage
from tests import factories

A_PDF = b"%PDF-1.7\n1 0 obj\n"
A_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
A_PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
db = pytest.mark.django_db


def receive(by: Viewer, content: bytes = A_PDF, name: str = "kuitti.pdf", kind: str = "receipt") -> Document:
    upload = SimpleUploadedFile(name, content, content_type="text/html")
    return actions.receive(upload, kind=kind, person_id=by.person_id, by=by, at=factories.NOW)


def issue(place: factories.Place, kind: str, person_id: int | None = None) -> Document:
    return actions.issue(
        b"x",
        organisation_id=place.id,
        kind=kind,
        file_name="file.xml",
        content_type="application/xml",
        person_id=person_id,
        at=factories.NOW,
    )


# --- Taking in -------------------------------------------------------------------------------------------------------


@db
@pytest.mark.parametrize(
    ("content", "name", "kept_as", "content_type"),
    [
        (A_PDF, "kuitti.pdf", "kuitti.pdf", "application/pdf"),
        (b"junk before\n" + A_PDF, "kuitti.PDF", "kuitti.pdf", "application/pdf"),
        (A_JPEG, "IMG_1.JPEG", "IMG_1.jpg", "image/jpeg"),
        (A_PNG, "C:\\Kuvat\\../parkki maksu.png", "parkki maksu.png", "image/png"),
        (A_PNG, "evil.html", "evil.html.png", "image/png"),
    ],
)
def test_a_file_is_what_its_content_says_and_its_name_follows(
    content: bytes, name: str, kept_as: str, content_type: str
) -> None:
    carer = factories.carer(factories.county())

    document = receive(carer, content, name)

    assert (document.file_name, document.content_type, document.size) == (kept_as, content_type, len(content))
    assert queries.content(document) == content
    assert (document.person_id, document.added_by_id) == (carer.person_id, carer.account_id)


@db
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "PDF, JPEG or PNG"),
        (b"MZ\x90\x00", "PDF, JPEG or PNG"),
        (b"x" * 2000 + A_PDF, "PDF, JPEG or PNG"),
        (b"\x00\x00\x00\x18ftypheic", "PDF, JPEG or PNG"),
        (A_PDF + b"0" * MOST_BYTES, "at most"),
    ],
)
def test_a_file_that_cannot_be_taken_says_what_to_choose(content: bytes, says: str) -> None:
    carer = factories.carer(factories.county())

    with pytest.raises(InvalidInput) as refusal:
        receive(carer, content)

    [error] = refusal.value.errors
    assert error.field == "file"
    assert says in error.message
    assert Blob.objects.count() == Document.objects.count() == 0


@db
def test_no_file_is_an_error_beside_the_field() -> None:
    carer = factories.carer(factories.county())
    with pytest.raises(InvalidInput) as refusal:
        actions.receive(None, kind="receipt", person_id=carer.person_id, by=carer, at=factories.NOW)
    assert refusal.value.errors[0].message == "Choose a file"


@db
def test_a_carer_sends_in_own_receipts_and_no_papers() -> None:
    place = factories.county()
    carer, other = factories.carer(place), factories.carer(place)
    for kind, person_id in (
        ("receipt", other.person_id),
        ("paper_sheet", carer.person_id),
        ("payslip", carer.person_id),
    ):
        with pytest.raises(NotAllowed):
            actions.receive(
                SimpleUploadedFile("a.pdf", A_PDF), kind=kind, person_id=person_id, by=carer, at=factories.NOW
            )


@db
def test_staff_send_in_papers_of_their_organisations_people_only() -> None:
    """ACC-11"""
    place = factories.county()
    handler, carer, stranger = factories.handler(place), factories.carer(place), factories.carer(factories.city())
    upload = SimpleUploadedFile("lomake.pdf", A_PDF)

    made = actions.receive(upload, kind="paper_sheet", person_id=carer.person_id, by=handler, at=factories.NOW)

    [event] = audit.history_of(place.id, "document", made.pk)
    assert (event.subject_person_id, event.actor_person_id) == (carer.person_id, handler.person_id)
    with pytest.raises(NotAllowed):
        actions.receive(upload, kind="paper_sheet", person_id=stranger.person_id, by=handler, at=factories.NOW)


@db
def test_a_version_is_replaced_once_and_the_second_is_told_of_the_first() -> None:
    place = factories.county()
    handler, carer = factories.handler(place), factories.carer(place)
    given: dict[str, Any] = {"kind": "care_plan", "person_id": carer.person_id, "by": handler, "at": factories.NOW}
    older = actions.receive(SimpleUploadedFile("a.pdf", A_PDF), **given)
    actions.receive(SimpleUploadedFile("b.pdf", A_PDF), replaces=older, **given)
    with pytest.raises(WrongState):
        actions.receive(SimpleUploadedFile("c.pdf", A_PDF), replaces=older, **given)
    assert Document.objects.count() == Blob.objects.count() == 2


@db
def test_a_file_of_the_small_hours_came_on_the_day_of_helsinki() -> None:
    carer = factories.carer(factories.county())
    night = datetime(2026, 6, 9, 0, 30, tzinfo=HELSINKI)
    upload = SimpleUploadedFile("kuitti.pdf", A_PDF)
    made = actions.receive(upload, kind="receipt", person_id=carer.person_id, by=carer, at=night)
    made.refresh_from_db()
    assert (made.added_on, made.day) == (date(2026, 6, 9), date(2026, 6, 9))


@given(st.binary(max_size=64))
def test_a_type_is_told_by_the_first_bytes_whatever_follows(tail: bytes) -> None:
    assert type_of(A_JPEG + tail) is JPEG
    assert type_of(A_PNG + tail) is PNG
    assert type_of(A_PDF + tail) is PDF


@given(st.text(max_size=300), st.sampled_from([PDF, JPEG, PNG]))
def test_any_name_becomes_one_that_any_system_can_keep(name: str, kind: FileType) -> None:
    cleaned = clean_name(name, kind)

    assert 5 <= len(cleaned) <= 120
    assert cleaned.endswith(kind.suffix)
    assert not set(cleaned) & set('/\\<>:"|?*;\x00\n\r')
    assert cleaned.isprintable()
    assert clean_name(cleaned, kind) == cleaned


# --- Who may open what -----------------------------------------------------------------------------------------------


@db
def test_a_carer_opens_own_payslips_papers_and_receipts_and_nothing_else() -> None:
    place = factories.county()
    carer, other = factories.carer(place), factories.carer(place)
    own = {issue(place, kind, carer.person_id) for kind in ("payslip", "paper_sheet", "receipt")}
    hidden = [
        issue(place, "payment_file"),
        issue(place, "incomes_register_report", carer.person_id),
        issue(place, "other", carer.person_id),
        issue(place, "payslip", other.person_id),
    ]

    assert set(access.documents(carer)) == own
    for document in hidden:
        with pytest.raises(NotAllowed):
            access.document(carer, document.pk)


@db
def test_one_who_acts_for_a_carer_opens_the_carers_payslips() -> None:
    place = factories.county()
    carer, agent = factories.carer(place), factories.person(place, "Aatu")
    payslip = issue(place, "payslip", carer.person_id)
    acting = factories.acting(agent, carer.person_id)

    assert list(access.documents(acting)) == [payslip]
    assert list(access.documents(factories.viewer(agent, RoleKind.CARER))) == []


@db
def test_staff_open_their_organisations_documents_only() -> None:
    place, other = factories.county(), factories.city()
    file = issue(place, "payment_file")
    assert list(access.documents(factories.clerk(place))) == [file]
    with pytest.raises(NotAllowed):
        access.document(factories.clerk(other), file.pk)


# --- Keeping ---------------------------------------------------------------------------------------------------------


@db
def test_a_document_is_never_changed() -> None:
    document = receive(factories.carer(factories.county()))
    document.file_name = "other.pdf"
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        document.save()


@db
def test_bytes_that_were_tampered_with_are_not_handed_out() -> None:
    document = receive(factories.carer(factories.county()))
    Blob.objects.update(content=A_PDF + b"changed")
    with pytest.raises(queries.DamagedFileError):
        queries.content(document)


@db
def test_a_stored_name_says_nothing_about_the_person_and_is_never_reused() -> None:
    carer = factories.carer(factories.county())
    one, other = receive(carer, name="hilla mallikas.pdf"), receive(carer, name="hilla mallikas.pdf")
    assert "hilla" not in one.file.name
    assert one.file.name != other.file.name


@db
def test_a_file_and_its_row_are_kept_together_or_not_at_all() -> None:
    carer = factories.carer(factories.county())

    def page_that_fails_later() -> None:
        with transaction.atomic():
            receive(carer)
            raise RuntimeError("after the file was stored")

    with pytest.raises(RuntimeError):
        page_that_fails_later()
    assert Blob.objects.count() == Document.objects.count() == 0


@db
def test_files_lie_in_the_database_by_default() -> None:
    assert isinstance(storages["default"], DatabaseStorage)


@db
def test_the_storage_keeps_finds_and_deletes_files() -> None:
    name = default_storage.save("1/2026/a.bin", ContentFile(b"\x00\x01\xff"))
    assert default_storage.exists(name)
    assert default_storage.size(name) == 3
    assert default_storage.get_created_time(name) is not None
    with default_storage.open(name) as file:
        assert file.read() == b"\x00\x01\xff"
    assert default_storage.save("1/2026/a.bin", ContentFile(b"other")) != name

    default_storage.delete(name)
    assert not default_storage.exists(name)
    for lost in (default_storage.size, default_storage.open, default_storage.get_created_time):
        with pytest.raises(FileNotFoundError):
            lost(name)
    with pytest.raises(ValueError, match="written once"):
        default_storage.open(name, "wb")


@db
def test_what_the_database_refuses_of_many_files_is_an_error_like_any_other() -> None:
    """Jobs are tried again by Django's errors, and COPY raises the driver's own."""
    storage = DatabaseStorage()
    storage.save_many([("a/b", b"x")])
    with pytest.raises(IntegrityError), transaction.atomic():
        storage.save_many([("a/b", b"y")])
    assert storage.open("a/b").read() == b"x"
