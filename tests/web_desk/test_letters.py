"""Letters to those whom no e-mail reaches: a changed account number is told by post or phone (ACC-7, ACC-11)."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from django.core import mail
from django.urls import reverse

from palkkio.audit.models import Event
from palkkio.core.viewer import RoleKind
from palkkio.messages.actions import email_account_warning, tell_account_changed
from palkkio.messages.letter_files import pdf_of
from palkkio.messages.models import Letter, PrintBatch
from palkkio.people import bank_accounts
from palkkio.people.models import Person
from tests import factories
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db
LETTERS = "/desk/letters/"


def changed_number(place: factories.Place, **values: object) -> int:
    """A person whose account number two of the staff have changed, as the pages do it."""
    person = factories.person(
        place, "Helmi", "Paperinen", street="Mallitie 4", postcode="00100", town="Mallila", **values
    )
    by = signed_in(place.maker)
    waiting = bank_accounts.propose(person, factories.iban(), by=place.second, at=factories.NOW, first=factories.TODAY)
    by.post(reverse("desk:approve-account-number", args=[waiting.pk]))
    return person.pk


def test_a_changed_number_of_somebody_without_email_waits_until_a_letter_is_posted() -> None:
    place = factories.county()
    person_id = changed_number(place, uses_paper=True, email="naapuri@testi.example")
    clerk = factories.clerk(place)
    desk = signed_in(clerk)
    [letter] = Letter.objects.all()

    text = desk.get(LETTERS).content.decode()
    for words in ("Helmi Paperinen", "Mallitie 4", "00100 Mallila"):
        assert words in text
    assert email_account_warning(person_id) == 0  # somebody else may read the address of those on paper
    assert mail.outbox == []
    pdf = desk.get(reverse("desk:letter-pdf", args=[letter.pk])).content
    printed = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for words in ("Tilinumerosi on muutettu", "Helmi Paperinen", "Mallitie 4", "8.6.2026", "+358 9 123 4567"):
        assert words in printed
    desk.post(reverse("desk:tell-letter", args=[letter.pk]), {"means": ""})
    letter.refresh_from_db()
    assert letter.told_at is None
    desk.post(reverse("desk:tell-letter", args=[letter.pk]), {"means": "letter"})
    letter.refresh_from_db()
    assert (letter.means, letter.told_by_id) == ("letter", clerk.account_id)
    assert "Helmi Paperinen" not in desk.get(LETTERS).content.decode()
    assert "Helmi Paperinen" in desk.get(LETTERS, {"view": "done"}).content.decode()
    event = Event.objects.get(action="mark_told")
    assert (event.subject_person_id, event.details) == (person_id, {"means": "letter"})
    again = desk.post(reverse("desk:tell-letter", args=[letter.pk]), {"means": "phone"}, follow=True)
    assert "A colleague has told this already" in again.content.decode()


def test_who_has_an_email_address_gets_an_email_and_no_letter() -> None:
    place = factories.county()
    person_id = changed_number(place, email="helmi@testi.example")
    assert not Letter.objects.exists()
    assert email_account_warning(person_id) == 1


def test_the_same_change_asks_for_one_letter() -> None:
    place = factories.county()
    person_id = changed_number(place)
    account = Letter.objects.get().notice.object_id
    tell_account_changed(person_id, account, at=factories.NOW)
    assert Letter.objects.count() == 1


def test_nobody_tells_themself_and_another_organisation_sees_nothing() -> None:
    place = factories.county()
    person_id = changed_number(place)
    letter = Letter.objects.get()
    tell = reverse("desk:tell-letter", args=[letter.pk])
    own = signed_in(factories.viewer(factories._person(person_id), RoleKind.PAYROLL_CLERK))
    assert "a colleague tells it" in own.get(LETTERS).content.decode()
    assert own.post(tell, {"means": "letter"}).status_code == 403
    stranger = signed_in(factories.clerk(factories.city()))
    assert "Paperinen" not in stranger.get(LETTERS).content.decode()
    assert stranger.post(tell, {"means": "letter"}).status_code == 403
    assert stranger.get(reverse("desk:letter-pdf", args=[letter.pk])).status_code == 403


def test_a_letter_to_somebody_under_a_protection_order_bears_no_address() -> None:
    from palkkio.people.protection import set_protection

    place = factories.county()
    person_id = changed_number(place)
    letter = Letter.objects.get()
    before = signed_in(place.second).get(reverse("desk:letter-pdf", args=[letter.pk])).content
    assert "Mallitie 4" in pypdf.PdfReader(io.BytesIO(before)).pages[0].extract_text()  # looked at, and not kept
    set_protection(factories._person(person_id), by=place.second, at=factories.NOW, first=factories.TODAY)
    pdf = signed_in(place.second).get(reverse("desk:letter-pdf", args=[letter.pk])).content
    assert "Mallitie" not in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Mallitie 4" in signed_in(place.second).get(LETTERS).content.decode()  # a clerk may know it
    assert "Mallitie 4" not in signed_in(place.maker).get(LETTERS).content.decode()


def test_letters_are_printed_in_one_file_from_the_page_and_stay_to_be_opened_again() -> None:
    """Point 5: printed in one batch for those without electronic services; each says what became of it."""
    place = factories.county()
    changed_number(place, uses_paper=True)
    desk = signed_in(place.second)
    assert "Print all in one file" in desk.get(LETTERS).content.decode()
    page = desk.post(reverse("desk:print-letters"), follow=True)
    assert "Helmi Paperinen" in page.content.decode()
    [batch] = PrintBatch.objects.all()
    for _again in range(2):
        pdf = desk.get(reverse("desk:print-batch-pdf", args=[batch.pk])).content
        assert "Tilinumerosi on muutettu" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "printed here, since" in desk.get(LETTERS, {"view": "done"}).content.decode()
    assert "No letters wait to be printed." in desk.post(reverse("desk:print-letters"), follow=True).content.decode()


def test_a_failed_letter_says_why_and_is_sent_again_or_printed(settings: Any) -> None:
    place = factories.county()
    changed_number(place, uses_paper=True)
    letter = Letter.objects.get()
    Letter.objects.update(way="suomifi", state="failed", trouble="The post returned the letter. Check the address.")
    desk = signed_in(place.second)
    failed = desk.get(LETTERS, {"view": "failed"}).content.decode()
    for words in ("The post returned the letter. Check the address.", "Send again", "Print instead", "Told by phone"):
        assert words in failed
    told = desk.post(reverse("desk:send-letter-again", args=[letter.pk]), follow=True).content.decode()
    assert "No connection to Suomi.fi Messages is set up" in told
    settings.PALKKIO_SUOMIFI_MESSAGES = {"mallila": object()}
    desk.post(reverse("desk:send-letter-again", args=[letter.pk]))
    assert "Helmi Paperinen" in desk.get(LETTERS, {"view": "on-the-way"}).content.decode()
    pdf_of(letter, at=factories.NOW)
    Letter.objects.update(state="failed")
    Person.objects.filter(pk=letter.notice.person_id).update(street="Uusikatu 1")
    desk.post(reverse("desk:print-letter-instead", args=[letter.pk]))
    letter.refresh_from_db()
    assert (letter.way, letter.state, letter.trouble) == ("printed", "waiting", "")
    batch = desk.post(reverse("desk:print-letters"), follow=True).context["batch"]
    pdf = desk.get(reverse("desk:print-batch-pdf", args=[batch.pk])).content
    assert "Uusikatu 1" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()  # made anew


def test_staff_write_down_how_letters_come_to_a_person() -> None:
    place = factories.county()
    person = factories.person(place, "Helmi", "Paperinen", uses_paper=True)
    factories.contract(place, person.pk)  # whose matter is open, so no reason is asked at any hour
    desk, address = signed_in(place.maker), reverse("desk:choose-letters", args=[person.pk])
    page = reverse("desk:person", args=[person.pk])
    assert "Gets them printed, by post" in desk.get(page).content.decode()
    assert desk.post(address, {"choice": ""}).status_code == 422
    desk.post(address, {"choice": "suomifi"})
    assert "Gets them by Suomi.fi Messages" in desk.get(page).content.decode()
