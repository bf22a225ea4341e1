"""Documents of a person in one place: filed, versions, who sees them, handled; photographed pages without a script."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from palkkio.core.problems import NotAllowed, WrongState
from palkkio.documents import access, handling
from palkkio.documents.actions import receive
from palkkio.documents.models import Document
from palkkio.documents.queries import content
from palkkio.entries.actions import review_sheet
from palkkio.messages.models import Notice
from tests import factories
from tests.apps.documents.test_pages import photo
from tests.web_desk import scene

if TYPE_CHECKING:
    from palkkio.core.viewer import Viewer


def certificate(by: Viewer) -> Document:
    return receive(factories.scan(), kind="certificate", person_id=by.person_id, by=by, at=factories.NOW)


def who(answer: object) -> list[str]:
    return [row.cells[0].text for row in answer.context["table"].rows]  # type: ignore[attr-defined]


def test_a_document_waits_on_the_desk_until_it_is_accepted_for_its_days(desk: Client, may: scene.Scene) -> None:
    made = certificate(may.carers[0])
    assert "Documents" in desk.get("/desk/documents/").content.decode()
    assert who(desk.get("/desk/documents/")) == ["Certificate"]
    page = f"/desk/documents/{made.pk}/"
    body = desk.get(page).content.decode()
    assert "client documents" in body
    assert "703/2023" in body
    desk.post(page, {"do": "accept", "first": "1.6.2026", "last": "10.6.2026"})
    made.standing.refresh_from_db()
    assert handling.state_on(made.standing, factories.TODAY) is handling.State.ENDING
    assert who(desk.get("/desk/documents/")) == []
    with pytest.raises(WrongState):
        handling.accept_document(made.pk, by=may.colleague, at=factories.NOW, values={})


def test_who_sent_a_returned_document_reads_why(desk: Client, may: scene.Scene) -> None:
    made = certificate(may.carers[0])
    empty = desk.post(f"/desk/documents/{made.pk}/", {"do": "return", "reason": " "})
    assert empty.status_code == 422
    desk.post(f"/desk/documents/{made.pk}/", {"do": "return", "reason": "Toinen sivu puuttuu"})
    assert Notice.objects.filter(person=may.carers[0].person_id, kind="paper_returned").count() == 1
    carer = scene.signed_in(may.carers[0])
    assert "Toinen sivu puuttuu" in carer.get("/documents/").content.decode()
    assert Notice.objects.filter(kind="paper_returned", read_at=None).count() == 0


def test_a_new_version_stands_before_the_older_one_which_is_kept(desk: Client, may: scene.Scene) -> None:
    person_id = may.carers[0].person_id
    add = f"/desk/people/{person_id}/documents/add/"
    sent = {"kind": "care_plan", "contract_id": str(may.contracts[0].pk), "dated_on": "1.5.2026"}
    assert desk.post(add, {**sent, "file": factories.scan("suunnitelma.pdf")}).status_code == 302
    first = Document.objects.get(kind="care_plan")
    assert (first.contract_id, first.standing.is_accepted) == (may.contracts[0].pk, True)
    newer = {**sent, "dated_on": "1.6.2026", "replaces": str(first.pk), "file": factories.scan("uusi.pdf")}
    assert desk.post(add, newer).status_code == 302
    second = Document.objects.get(replaces=first)
    assert who(desk.get(f"/desk/people/{person_id}/documents/")) == ["Care and service plan"]
    desk.post(add, {"kind": "letter", "file": factories.scan("kirje.pdf")})  # about no contract
    of_contract = f"contract={may.contracts[0].pk}"
    assert who(desk.get(f"/desk/people/{person_id}/documents/?{of_contract}")) == ["Care and service plan"]
    assert f"/documents/?{of_contract}" in desk.get(f"/desk/contracts/{may.contracts[0].pk}/").content.decode()
    client = scene.signed_in(may.carers[0])
    shown = [each["title"] for each in client.get(f"/documents/?{of_contract}").context["papers"]]
    assert shown == ["Care and service plan"]
    assert client.get(f"/documents/?contract={may.contracts[1].pk}").status_code == 403
    assert f"/desk/documents/{first.pk}/" in desk.get(f"/desk/documents/{second.pk}/").content.decode()
    assert desk.post(add, {**newer, "file": factories.scan("taas.pdf")}).status_code == 403


def test_the_person_sees_own_documents_but_not_those_for_staff(desk: Client, may: scene.Scene) -> None:
    carer, other = may.carers[0], may.carers[1]
    add = f"/desk/people/{carer.person_id}/documents/add/"
    desk.post(add, {"kind": "letter", "file": factories.scan("kirje.pdf")})
    desk.post(add, {"kind": "letter", "is_for_staff": "on", "file": factories.scan("muistio.pdf")})
    shown, hidden = Document.objects.filter(kind="letter").order_by("pk")
    client = scene.signed_in(carer)
    assert client.get(f"/documents/{shown.pk}/").status_code == 200
    assert client.get(f"/documents/{hidden.pk}/").status_code == 403
    assert scene.signed_in(other).get(f"/documents/{shown.pk}/").status_code == 403
    body = client.get("/documents/").content.decode()
    assert "kirje.pdf" in body
    assert "muistio.pdf" not in body


def test_a_new_version_of_what_staff_alone_see_is_for_staff_too(desk: Client, may: scene.Scene) -> None:
    add = f"/desk/people/{may.carers[0].person_id}/documents/add/"
    desk.post(add, {"kind": "letter", "is_for_staff": "on", "file": factories.scan("muistio.pdf")})
    older = Document.objects.get(kind="letter")
    asked = desk.get(add, {"replaces": str(older.pk)}).context["form"]
    assert asked["is_for_staff"].value() is True


def test_scan_and_receipt_are_accepted_with_the_review_of_their_period(desk: Client, may: scene.Scene) -> None:
    """ACC-11, CARE-15"""
    page = f"/desk/periods/{may.sheets[0].pk}/"
    trip = {"day": "4.5.2026", "origin": "Koti", "destination": "Apteekki", "kilometres": "1", "purpose": "Lääkkeet"}
    trip |= {"expense": "3,20", "receipt": factories.scan("kuitti.pdf"), "version": may.version(0)}
    assert desk.post(f"{page}trips/add/", trip).status_code == 302
    keyed = {"version": may.version(3), "2026-05-04": "care", "scan": factories.scan("lomake.pdf")}
    assert desk.post(f"/desk/periods/{may.sheets[3].pk}/paper/", keyed).status_code == 302
    sent = Document.objects.filter(kind__in=("receipt", "paper_sheet"))
    assert [handling.state_on(each.standing, factories.TODAY) for each in sent] == [handling.State.RECEIVED] * 2
    for at in (0, 3):
        review_sheet(may.sheets[at].pk, by=may.colleague, at=factories.NOW, version=may.version(at))
    assert [handling.state_on(each.standing, factories.TODAY) for each in sent.all()] == [handling.State.ACCEPTED] * 2


def test_not_each_of_the_staff_sees_each_kind_and_nobody_handles_an_own_document(may: scene.Scene) -> None:
    carer = may.carers[0]
    slip = Document.objects.create(
        organisation_id=carer.organisation_id,
        person_id=carer.person_id,
        kind="payslip",
        file_name="x.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0",
        file="x",
        added_at=factories.NOW,
    )
    assert access.about_people(factories.clerk(may.place)).filter(pk=slip.pk).exists()
    with pytest.raises(NotAllowed):
        access.about_person(may.colleague, slip.pk)
    of_health = certificate(carer)
    for viewer in (factories.administrator(may.place), factories.social_worker(may.place)):
        with pytest.raises(NotAllowed):
            access.about_person(viewer, of_health.pk)
    person = factories.person(may.place, "Kaisa", "Molempi")
    made = certificate(factories.viewer(person, "carer"))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        handling.accept_document(made.pk, by=factories.viewer(person, "handler"), at=factories.NOW, values={})  # type: ignore[arg-type]


def test_photos_are_joined_without_a_script_and_all_turned_alike(may: scene.Scene) -> None:
    client = scene.signed_in(may.carers[0])
    two = [SimpleUploadedFile("kuva.jpg", photo()), SimpleUploadedFile("kuva2.png", photo(kind="PNG"))]
    assert client.post("/documents/send/", {"kind": "certificate", "file": two, "file_turns": "90"}).status_code == 302
    made = Document.objects.get(kind="certificate")
    assert (made.file_name, made.content_type) == ("kuva.pdf", "application/pdf")
    with pikepdf.open(BytesIO(content(made))) as opened:
        assert [float(page.mediabox[2]) < float(page.mediabox[3]) for page in opened.pages] == [True, True]
    mixed = [SimpleUploadedFile("kuva.jpg", photo()), factories.scan()]
    refused = client.post("/documents/send/", {"kind": "certificate", "file": mixed})
    assert refused.status_code == 422
    assert Document.objects.filter(kind="certificate").count() == 1
