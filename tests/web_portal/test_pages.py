"""Contracts, payslips, reports, comments, own details, instructions, contacts, and what went wrong."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from palkkio.contracts import actions as contracts
from palkkio.entries import actions as entries
from palkkio.messages.actions import add_comment, mark_processed
from palkkio.messages.models import CallbackRequest, Comment
from palkkio.web import help_articles
from palkkio.web.rule_words import LINE_NAMES
from tests import factories
from tests.web_portal.scene import APRIL, MAY, NOW, Scene, scene, sign_in


def get(at: Scene, name: str, *args: Any, **query: Any) -> str:
    answer = at.client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


# --- Contracts -------------------------------------------------------------------------------------------------------


def test_contracts_are_valid_pending_or_finished(at: Scene) -> None:
    """CON-1."""
    place, carer = at.place, at.carer.person_id
    factories.contract(place, carer, factories.person(place, "Aino", "Odottaja"), signed_on=None)
    factories.contract(
        place,
        carer,
        factories.person(place, "Vieno", "Mennyt"),
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
        signed_on=date(2024, 12, 1),
    )
    page = get(at, "portal:contracts")
    places = [
        page.index(word) for word in ("Aino Odottaja", ">Valid<", "Taimi Hoidettava", ">Finished<", "Vieno Mennyt")
    ]
    assert places == sorted(places)


def test_contract_shows_its_terms_as_they_changed(at: Scene) -> None:
    """PAY-1, CON-5: changes to pay and the payslips concerned are under the contract."""
    slip = at.pay_april()
    contracts.change_terms(
        at.contract,
        by=at.place.second,
        at=NOW,
        first=date(2026, 6, 1),
        fee_class="",
        agreed_rates={"care": "99.55", "training": "50.00"},
        source="Board 20.5.2026 § 61",
    )
    page = get(at, "portal:contract", at.contract.pk)
    assert "99,55\xa0€ a day" in page
    assert "+2,00 from before" in page
    assert "Board 20.5.2026 § 61" in page
    assert "1.1.2026–31.5.2026" in page
    assert reverse("portal:payslip", args=[slip.pk]) in page
    assert reverse("portal:periods") + f"?contract={at.contract.pk}" in page


def test_contract_tells_whom_to_contact_about_an_error(at: Scene) -> None:
    """CON-3."""
    page = get(at, "portal:contract", at.contract.pk)
    assert "You cannot change a contract yourself." in page
    assert "Family care unit" in page


def test_contract_has_its_own_comments(at: Scene) -> None:
    """CARE-11."""
    url = reverse("portal:comment-contract", args=[at.contract.pk])
    at.client.post(url, {"text": "When does it end?"})
    assert "When does it end?" in get(at, "portal:contract", at.contract.pk)


# --- Payslips --------------------------------------------------------------------------------------------------------


def test_payslip_explains_each_line(at: Scene) -> None:
    """PAY-8, BEY-1: calculation, rule in plain words, dated rate, law, days."""
    page = get(at, "portal:payslip", at.pay_april().pk)
    assert "10 days × 97,55\xa0€ = 975,50\xa0€" in page
    assert "Each day and night of care that began is paid one fee." in page
    assert "97,55\xa0€ a day" in page
    assert "Act on Support for Informal Care 937/2005, 4 a §" in page
    assert "Days recorded in April 2026" in page
    assert reverse("portal:period", args=[at.sheet(APRIL).pk]) in page


def test_payslip_says_so_where_it_cannot_be_worked_out_again(at: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """BEY-1: the sums of then stand, with a plain word about their grounds."""
    slip = at.pay_april()

    def cannot(_facts: object) -> None:
        raise ValueError

    monkeypatch.setattr("palkkio.payroll.explaining.pay", cannot)
    page = get(at, "portal:payslip", slip.pk)
    assert "Palkkio or its figures have changed since this was worked out" in page
    assert "10 days × 97,55\xa0€ = 975,50\xa0€" in page
    assert "Days recorded in April 2026" not in page


def test_payslip_shows_deductions_and_what_came_to_the_account(at: Scene) -> None:
    """PAY-1."""
    page = get(at, "portal:payslip", at.pay_april().pk)
    for words in (
        "−117,06",
        "12,0\xa0% × 975,50",
        "−71,21",
        "7,30\xa0%",
        "787,23",
        "Paid to your account on Friday 29 May.",
    ):
        assert words in page
    assert "•" in page
    assert "Public Sector Pensions Act 81/2016" in page


def test_payslip_pdf_is_downloaded(at: Scene) -> None:
    """PAY-1."""
    slip = at.pay_april()
    answer = at.client.get(reverse("portal:payslip-pdf", args=[slip.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert slip.number in answer["Content-Disposition"]


def test_payslips_are_found_sorted_and_paged(at: Scene) -> None:
    """PAY-1: every list pages, sorts and searches in the database."""
    slip = at.pay_april()
    assert slip.number in get(at, "portal:payslips")
    assert slip.number in get(at, "portal:payslips", year="2026", sort="-net")
    assert "No payslips with these words." in get(at, "portal:payslips", q="1999-")
    assert slip.number in get(at, "portal:payslips", year="nonsense", page="99")


def test_payslips_of_nobody_say_what_will_come(at: Scene) -> None:
    assert "Your first payslip comes here" in get(at, "portal:payslips")


def test_another_carer_never_sees_a_payslip(at: Scene) -> None:
    slip = at.pay_april()
    sign_in(at.client, factories.carer(at.place, "Toinen"))
    for name in ("portal:payslip", "portal:payslip-pdf"):
        assert at.client.get(reverse(name, args=[slip.pk])).status_code == 403


# --- Reports ---------------------------------------------------------------------------------------------------------


def driven(at: Scene, month: Any = APRIL, **values: Any) -> None:
    sheet = at.sheet(month)
    trip = {
        "day": month.edges[0].replace(day=3).isoformat(),
        "kilometres": "34",
        "origin": "Koti",
        "destination": "Sairaala",
        "purpose": "Käynti",
        **values,
    }
    entries.save_trip(sheet.pk, by=at.carer, at=NOW, version=sheet.version, values=trip)


def test_trips_of_a_year_with_what_was_paid_for_them(at: Scene) -> None:
    """PAY-3: on screen, PDF and CSV."""
    driven(at)
    driven(at, MAY, purpose="Apteekki")
    at.pay_april()
    page = get(at, "portal:reports")
    assert "Koti–Sairaala" in page
    assert "8,50\xa0€" in page  # 34 km × 0,25
    assert "29.5.2026" in page
    assert "not paid yet" in page
    pdf = at.client.get(reverse("portal:trips-pdf", args=[2026]))
    assert pdf.content.startswith(b"%PDF-")
    rows = at.client.get(reverse("portal:trips-csv", args=[2026])).content.decode("utf-8-sig").splitlines()
    assert rows[1] == "3.4.2026;Koti;Sairaala;Käynti;Taimi Hoidettava;34;8,50;0,00;0,00;29.5.2026"
    assert len(rows) == 3


def test_summary_and_certificate_are_made_on_request(at: Scene) -> None:
    """PAY-11."""
    at.pay_april()
    for url in (reverse("portal:summary-pdf", args=[2026]), reverse("portal:certificate-pdf")):
        assert at.client.get(url).content.startswith(b"%PDF-")


def test_year_without_anything_is_not_offered(at: Scene) -> None:
    assert at.client.get(reverse("portal:trips-pdf", args=[1999])).status_code == 403


# --- Comments --------------------------------------------------------------------------------------------------------


def test_own_comment_is_edited_and_deleted_until_processed(at: Scene) -> None:
    """CARE-11."""
    sheet = at.sheet()
    at.client.post(reverse("portal:comment-period", args=[sheet.pk]), {"text": "Frist"})
    comment = Comment.objects.get()
    at.client.post(reverse("portal:edit-comment", args=[comment.pk]), {"text": "First"})
    assert "First" in get(at, "portal:period", sheet.pk)
    mark_processed([comment.pk], by=at.payroll.handler, at=NOW)
    page = get(at, "portal:period", sheet.pk)
    assert "Processed" in page
    assert reverse("portal:edit-comment", args=[comment.pk]) not in page
    refused = at.client.post(reverse("portal:edit-comment", args=[comment.pk]), {"text": "Changed"})
    assert refused.status_code == 422
    assert "Changed" in refused.content.decode()
    at.client.post(reverse("portal:delete-comment", args=[comment.pk]))
    assert "First" in get(at, "portal:period", sheet.pk)


def test_comment_is_deleted(at: Scene) -> None:
    """CARE-11."""
    at.client.post(reverse("portal:comment-period", args=[at.sheet().pk]), {"text": "Mistaken"})
    at.client.post(reverse("portal:delete-comment", args=[Comment.objects.get().pk]))
    assert "Mistaken" not in get(at, "portal:period", at.sheet().pk)


def test_empty_comment_is_refused_and_answered_in_its_place(at: Scene) -> None:
    url = reverse("portal:comment-period", args=[at.sheet().pk])
    answer = at.client.post(url, {"text": " "}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Write what you want to say" in answer.content.decode()


def test_all_conversations_are_collected(at: Scene) -> None:
    """CARE-11: a period, a contract, other matters."""
    at.client.post(reverse("portal:comment-other"), {"text": "I am moving"})
    at.client.post(reverse("portal:comment-period", args=[at.sheet().pk]), {"text": "About May"})
    add_comment("other", at.carer.person_id, "Thank you", by=at.payroll.handler, at=NOW)
    page = get(at, "portal:comments")
    for words in ("Other matters", "I am moving", "Thank you", "Care period May 2026, Taimi Hoidettava", "About May"):
        assert words in page


def test_staff_comment_cannot_be_edited_by_the_carer(at: Scene) -> None:
    comment = add_comment("other", at.carer.person_id, "Note", by=at.payroll.handler, at=NOW)
    assert at.client.post(reverse("portal:edit-comment", args=[comment.pk]), {"text": "x"}).status_code == 403


# --- Own details, language, password ---------------------------------------------------------------------------------


def test_own_details_are_read_only_with_the_account_masked(at: Scene) -> None:
    """ACC-7."""
    page = get(at, "portal:my-details")
    assert "Mallitie 4, 00100 Mallila" in page
    assert "•" in page
    assert 'name="street"' not in page


def test_language_is_changed_for_the_account(at: Scene) -> None:
    """ACC-7."""
    at.client.post(reverse("ui:language"), {"language": "sv", "next": "/me/"})
    at.account.refresh_from_db()
    assert at.account.language == "sv"
    assert 'lang="sv"' in at.client.get("/me/").content.decode()


def test_password_is_changed(at: Scene) -> None:
    """ACC-7."""
    url = reverse("portal:change-password")
    wrong = at.client.post(url, {"old": "nonsense", "new": "Uusi-Salasana-1"})
    assert wrong.status_code == 422
    weak = at.client.post(url, {"old": factories.PASSWORD, "new": "short"})
    assert weak.status_code == 422
    assert at.client.post(url, {"old": factories.PASSWORD, "new": "Uusi-Salasana-1"}).status_code == 302
    at.account.refresh_from_db()
    assert at.account.check_password("Uusi-Salasana-1")
    assert at.client.get("/").status_code == 200


# --- Signing in, roles -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_unknown_address_and_wrong_password_get_one_answer(client: Client) -> None:
    """ACC-2, ACC-6."""
    at = scene(client)
    fresh = Client(headers={"Accept-Language": "en"})
    answers = [
        fresh.post(reverse("portal:sign-in"), {"email": email, "password": "nonsense"})
        for email in (at.account.email, "nobody@testi.example")
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all("The e-mail address or the password is wrong." in answer.content.decode() for answer in answers)
    assert 'value="nobody@testi.example"' in answers[1].content.decode()


@pytest.mark.django_db
def test_signing_in_leads_where_one_was_going_but_never_elsewhere(client: Client) -> None:
    at = scene(client)
    for going, leads in (("/payslips/", "/payslips/"), ("https://evil.example/", reverse("portal:choose-role"))):
        fresh = Client()
        typed = {"email": at.account.email, "password": factories.PASSWORD, "next": going}
        assert fresh.post(reverse("portal:sign-in"), typed)["Location"] == leads


def test_pages_of_a_role_ask_to_sign_in(at: Scene) -> None:
    answer = Client().get("/payslips/")
    assert answer["Location"] == "/sign-in/?next=/payslips/"
    assert Client().get("/payslips/", headers={"HX-Request": "true"}).status_code == 401


def test_person_with_two_roles_chooses_and_switches(at: Scene) -> None:
    """ACC-6: only assigned roles are offered; no new sign-in."""
    koela = factories.city()
    other = factories.person(koela, "Maija", "Testaaja")
    factories.role(other, factories.RoleKind.CONTRACTOR)
    from palkkio.accounts.models import AccountPerson

    AccountPerson.objects.create(account=at.account, person=other, linked_at=NOW, details_confirmed_at=NOW)
    client = Client()
    client.force_login(at.account)
    assert client.get("/")["Location"] == reverse("portal:choose-role")
    page = client.get(reverse("portal:choose-role")).content.decode()
    assert "City of Koela" in page
    assert "Mallila wellbeing services county" in page
    assert client.post(reverse("portal:choose-role")).status_code == 422
    role = at.carer.role_id
    assert client.post(reverse("portal:choose-role"), {"role": role})["Location"] == "/"
    assert "Change role" in client.get("/").content.decode()
    assert client.post(reverse("portal:choose-role"), {"role": 987654}).status_code == 403


def test_person_without_a_role_is_told_plainly(at: Scene) -> None:
    """ACC-2."""
    client = Client()
    client.force_login(factories.account(language="en"))
    assert "You have no role yet" in client.get(reverse("portal:choose-role")).content.decode()


def test_signing_out_forgets_the_session(at: Scene) -> None:
    at.client.post(reverse("portal:sign-out"))
    assert at.client.get("/payslips/")["Location"].startswith("/sign-in/")


# --- Instructions, contacts ------------------------------------------------------------------------------------------


def test_question_mark_opens_the_instructions_of_the_page(at: Scene) -> None:
    """HELP-1."""
    assert reverse("portal:help-article", args=["recording"]) in get(at, "portal:period", at.sheet().pk)
    assert reverse("portal:help-article", args=["payslips"]) in get(at, "portal:payslips")


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("fi", "Ratkaisut"), ("sv", "Lösningar"), ("en", "Solutions")])
def test_instructions_are_read_without_signing_in(language: str, words: str) -> None:
    """HELP-2: Ratkaisut, Perhe- tai omaishoitajat, an article."""
    client = Client(headers={"Accept-Language": language})
    front = client.get(reverse("portal:help")).content.decode()
    assert words in front
    for topic in help_articles.topics(language):
        address = reverse("portal:help-topic", args=[topic.slug])
        assert address in front
        page = client.get(address).content.decode()
        assert topic.name in page
        for each in topic.articles:
            address = reverse("portal:help-article", args=[each.slug])
            assert address in page
            assert escape(each.title) in client.get(address).content.decode()
    assert client.get(reverse("portal:help-article", args=["nothing"])).status_code == 404
    assert client.get(reverse("portal:help-topic", args=["nothing"])).status_code == 404


def test_instructions_are_searched(at: Scene) -> None:
    assert (
        reverse("portal:help-article", args=["tax-card"]) in get(at, "portal:help", q="tax cards").split("Solutions")[0]
    )
    assert "Nothing was found" in get(at, "portal:help", q="kangaroo")


def test_own_topic_comes_first(at: Scene) -> None:
    page = get(at, "portal:help")
    assert page.index("Family and informal carers") < page.index("Personal assistants")


def test_contacts_are_read_without_signing_in(at: Scene) -> None:
    """HELP-2, HELP-3: the telephone, its hours and whether somebody answers now, by municipality."""
    visitor = Client(headers={"accept-language": "en"})
    place = at.place.municipality
    first = visitor.get("/help/contacts/").content.decode()
    assert "Choose the municipality in which the care is given." in first
    assert place.name_fi in first
    page = visitor.get("/help/contacts/", {"municipality": place.pk}).content.decode()
    assert "Customer service of disability services" in page
    assert "tel:" in page
    assert "open now" in page or "closed now" in page
    assert "/callback/" not in page
    assert "/help/contacts/" in visitor.get("/help/").content.decode()


def test_contacts_by_municipality_and_age(at: Scene) -> None:
    """HELP-3."""
    page = get(at, "portal:contacts")
    assert "Customer service of disability services" in page
    assert "Mon–Wed" in page
    assert "9.00–11.00" in page
    assert "Customer service of disability services" not in get(at, "portal:contacts", age="65")

    from palkkio.organisations.models import ContactPoint, Municipality

    elsewhere = Municipality.objects.create(organisation=at.place.organisation, code="091", name_fi="Muualla")
    ContactPoint.objects.get().municipalities.add(elsewhere)
    own = at.place.municipality.pk
    assert "Customer service of disability services" not in get(at, "portal:contacts", municipality=str(own))
    assert "Customer service of disability services" in get(at, "portal:contacts", municipality=str(elsewhere.pk))


def test_postal_addresses_stand_beside_phone_and_hours(at: Scene) -> None:
    """EMP-11: where papers are sent, of a contact point and of payroll."""
    from palkkio.organisations.models import ContactPoint

    ContactPoint.objects.update(address="Mallikatu 3, 00990 Mallila")
    at.place.organisation.address = "Postilokero 5, 00991 Mallila"
    at.place.organisation.save()
    page = get(at, "portal:contacts")
    assert page.count("Postal address") == 2
    assert page.index("Mallikatu 3, 00990 Mallila") < page.index("Postilokero 5, 00991 Mallila")


def test_the_page_of_peer_support_is_beside_the_contacts(at: Scene) -> None:
    """HELP-3."""
    assert "Peer support" not in get(at, "portal:contacts")
    at.place.organisation.peer_support_url = "https://vertaistuki.mallila.example"
    at.place.organisation.save()
    assert '<a href="https://vertaistuki.mallila.example" rel="noreferrer">' in get(at, "portal:contacts")


def test_callback_request_is_received(at: Scene) -> None:
    """HELP-3."""
    from palkkio.organisations.models import ContactPoint

    url = reverse("portal:ask-callback", args=[ContactPoint.objects.get().pk])
    refused = at.client.post(url, {"phone": "call me", "topic": "Payday"})
    assert refused.status_code == 422
    assert 'value="call me"' in refused.content.decode()
    assert at.client.post(url, {"phone": "040 123 4567", "topic": "Payday"}).status_code == 302
    assert CallbackRequest.objects.get().topic == "Payday"


# --- What went wrong -------------------------------------------------------------------------------------------------


def test_unknown_page_says_what_to_do(at: Scene) -> None:
    answer = at.client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_form_of_an_old_page_says_what_to_do(at: Scene) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    answer = strict.post(reverse("portal:sign-in"), {"email": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "The page was too old to send" in answer.content.decode()


def test_failure_page_needs_no_database(client: Client) -> None:
    from django.test import RequestFactory

    from palkkio.web.portal.views.errors import failed

    answer = failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"Palkkio" in answer.content


def test_nothing_personal_is_kept_by_the_browser(at: Scene) -> None:
    """ACC-12: a shared computer's back button shows nothing."""
    assert "no-store" in at.client.get("/payslips/")["Cache-Control"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_name_of_a_payslip_line_breaks_in_the_middle_of_a_syllable_on_a_phone(language: str) -> None:
    """At 320 px sixteen letters fit beside an amount: longer words have soft hyphens, since browsers may know none."""
    with translation.override(language):
        names = [str(name) for name in LINE_NAMES.values()]
    assert [each for each in names if max(map(len, re.split(r"[\W\u00ad]+", each))) > 16] == []
