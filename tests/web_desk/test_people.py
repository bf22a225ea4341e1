"""People: finding, opening, changing; roles, account numbers, accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from palkkio.accounts.queries import account_of
from palkkio.audit.queries import looks_at
from palkkio.core.viewer import RoleKind
from palkkio.people import access
from palkkio.people.queries import account_on, roles_on
from tests import factories
from tests.web_desk import scene

if TYPE_CHECKING:
    from django.test import Client

PEOPLE = "/desk/people/"


def names(answer: Any) -> list[str]:
    return [row.cells[0].text for row in answer.context["table"].rows]


def of(may: scene.Scene, at: int = 0) -> str:
    return f"{PEOPLE}{may.carers[at].person_id}/"


def test_a_person_is_found_by_the_beginning_of_a_name(desk: Client, may: scene.Scene) -> None:
    answer = desk.post("/desk/search/people/", {"q": "vai esi"}, follow=True)
    assert names(answer) == ["Esimerkki Väinö"]
    assert answer.redirect_chain[-1][0] == PEOPLE


def test_a_person_is_found_by_a_whole_identity_code(desk: Client, may: scene.Scene) -> None:
    person = factories.person(may.place, "Salli", "Salattu")
    answer = desk.post("/desk/search/people/", {"q": person.identity_code}, follow=True)
    assert names(answer) == ["Salattu Salli"]
    assert answer.redirect_chain[-1][0] == PEOPLE


def test_words_of_one_role_do_not_follow_to_another(desk: Client, may: scene.Scene) -> None:
    desk.post("/desk/search/people/", {"q": "vai"})
    assert names(desk.get(PEOPLE)) == ["Esimerkki Väinö"]
    role = factories.role(may.handler.person_id, factories.RoleKind.PAYROLL_CLERK)
    desk.post("/role/", {"role": str(role.pk)})
    assert len(names(desk.get(PEOPLE))) > 4


def test_the_list_narrows_by_role_and_sorts(desk: Client, may: scene.Scene) -> None:
    assert names(desk.get(PEOPLE, {"role": "carer", "sort": "-name"})) == [
        "Testaaja Onni",
        "Mallikas Hilla",
        "Kokeilija Sirkka",
        "Esimerkki Väinö",
    ]


def test_opening_a_person_is_recorded(desk: Client, may: scene.Scene) -> None:
    """ACC-12."""
    before = len(looks_at(may.place.id, may.carers[0].person_id))
    assert desk.get(of(may)).status_code == 200
    looks = looks_at(may.place.id, may.carers[0].person_id)
    assert len(looks) == before + 1
    assert looks[0].actor_person_id == may.handler.person_id


def test_another_organisations_person_is_not_there(may: scene.Scene) -> None:
    other = scene.signed_in(factories.handler(factories.city()))
    assert other.get(of(may)).status_code == 403
    assert other.get(f"{PEOPLE}999999/").status_code == 403


def test_the_account_number_is_masked_until_a_clerk_asks_for_it(desk: Client, may: scene.Scene) -> None:
    """ACC-12: showing it whole is recorded."""
    person_id = may.carers[0].person_id
    account = account_on(person_id, factories.TODAY)
    assert account is not None
    whole = " ".join(account.iban[at : at + 4] for at in range(0, 18, 4))
    clerk = scene.signed_in(may.clerk)
    page = clerk.get(of(may)).content.decode()
    assert whole not in page
    assert account.iban[-4:] in page
    assert whole in clerk.post(f"{of(may)}account-number/").content.decode()
    assert "show_account_number" in [look.action for look in looks_at(may.place.id, person_id)]
    assert desk.post(f"{of(may)}account-number/").status_code == 403


def test_a_clerk_proposes_a_new_account_number_and_another_approves(may: scene.Scene) -> None:
    """ACC-7: staff's change to an account number needs a second person."""
    clerk = scene.signed_in(may.clerk)
    refused = clerk.post(f"{of(may)}account-number/new/", {"iban": "FI00 1234", "first": "8.6.2026"})
    assert refused.status_code == 422
    assert "FI00 1234" in refused.content.decode()
    number = factories.iban()
    clerk.post(f"{of(may)}account-number/new/", {"iban": number, "first": "8.6.2026"})
    person_id = may.carers[0].person_id
    assert getattr(account_on(person_id, factories.TODAY), "iban", "") != number
    (proposal,) = access.bank_account_proposals(may.clerk).filter(person_id=person_id)
    approve = f"/desk/account-numbers/{proposal.pk}/approve/"
    clerk.post(approve)
    assert getattr(account_on(person_id, factories.TODAY), "iban", "") != number  # not by the same person
    other = factories.viewer(factories.person(may.place, "Toinen", "Laskija"), RoleKind.PAYROLL_CLERK)
    scene.signed_in(other).post(approve)
    account = account_on(person_id, factories.TODAY)
    assert account is not None
    assert account.iban == number


def test_tax_cards_and_payslips_are_for_payroll_alone(desk: Client, may: scene.Scene) -> None:
    assert "Tax cards" not in desk.get(of(may)).content.decode()
    assert "Tax cards" in scene.signed_in(may.clerk).get(of(may)).content.decode()


def details(**changed: str) -> dict[str, str]:
    return {"given_names": "Uusi", "family_name": "Henkilö", "language": "sv", **changed}


def test_a_person_is_added(desk: Client, may: scene.Scene) -> None:
    code, born = factories.identity_code()
    answer = desk.post(f"{PEOPLE}add/", details(identity_code=code), follow=True)
    person = answer.context["person"]
    assert (person.name, person.identity_code, person.born, person.language) == ("Uusi Henkilö", code, born, "sv")


def test_a_known_identity_code_is_refused_and_nothing_typed_is_lost(desk: Client, may: scene.Scene) -> None:
    known = factories.person(may.place).identity_code
    answer = desk.post(f"{PEOPLE}add/", details(identity_code=known, town="Mallila"))
    assert answer.status_code == 422
    assert "identity_code" in answer.context["form"].errors
    assert "Mallila" in answer.content.decode()


def test_details_change_and_the_prepayment_register_keeps_its_days(desk: Client, may: scene.Scene) -> None:
    form = desk.get(f"{of(may)}change/").context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    values |= {"phone": "040 123 4567", "in_prepayment_register_first": "1.1.2026", "uses_paper": ""}
    answer = desk.post(f"{of(may)}change/", values, follow=True)
    person = answer.context["person"]
    assert person.phone == "040 123 4567"
    assert factories.TODAY in person.in_prepayment_register
    again = desk.get(f"{of(may)}change/").content.decode()
    assert "1.1.2026" in again


def test_a_role_is_given_and_ended(desk: Client, may: scene.Scene) -> None:
    """ACC-2."""
    person = factories.person(may.place, "Uusi", "Hoitaja")
    desk.post(f"{PEOPLE}{person.pk}/roles/give/", {"kind": "carer", "first": "1.6.2026", "last": ""})
    (role,) = roles_on([person.pk], factories.TODAY)
    assert role.kind == "carer"
    early = desk.post(f"{PEOPLE}roles/{role.pk}/end/", {"last": "1.5.2026"})
    assert early.status_code == 422
    desk.post(f"{PEOPLE}roles/{role.pk}/end/", {"last": "7.6.2026"})
    assert roles_on([person.pk], factories.TODAY) == []


@pytest.mark.parametrize("kind", ["handler", "payroll_clerk", "administrator"])
def test_a_handler_does_not_let_staff_in(desk: Client, may: scene.Scene, kind: str) -> None:
    person = factories.person(may.place)
    answer = desk.post(f"{PEOPLE}{person.pk}/roles/give/", {"kind": kind, "first": "1.6.2026"})
    assert answer.status_code == 422
    assert roles_on([person.pk], factories.TODAY) == []


def test_an_own_person_is_not_changed(desk: Client, may: scene.Scene) -> None:
    own = f"{PEOPLE}{may.handler.person_id}/"
    assert desk.get(own).status_code == 200
    assert desk.get(f"{own}change/").status_code == 403
    assert desk.post(f"{own}roles/give/", {"kind": "carer", "first": "1.6.2026"}).status_code == 403


def test_an_administrator_makes_an_account(desk: Client, may: scene.Scene) -> None:
    person = factories.person(may.place, "Uusi", "Käyttäjä")
    address = f"{PEOPLE}{person.pk}/sign-in/"
    administrator = scene.signed_in(may.administrator)
    weak = administrator.post(address, {"email": "uusi@testi.example", "password": "short"})
    assert weak.status_code == 422
    assert "short" not in weak.content.decode()
    administrator.post(address, {"email": "uusi@testi.example", "password": factories.PASSWORD})
    account = account_of(person.pk)
    assert account is not None
    assert account.check_password(factories.PASSWORD)
    assert desk.post(address, {"email": "x@testi.example", "password": factories.PASSWORD}).status_code == 403


def test_the_county_answers_on_other_matters(desk: Client, may: scene.Scene) -> None:
    """CARE-11."""
    from palkkio.messages.actions.comments import add_comment
    from palkkio.messages.queries import thread

    person_id = may.carers[0].person_id
    add_comment("other", person_id, "Osoitteeni on muuttunut", by=may.carers[0], at=factories.NOW)
    answer = desk.post(
        f"/desk/comments/other/{person_id}/answer/", {"text": "Kiitos, korjattu", "processed": "on"}, follow=True
    )
    assert "Kiitos, korjattu" in answer.content.decode()
    processed = {row.is_staff: row.is_processed for row in thread(may.handler, "other", person_id)}
    assert processed == {False: True, True: False}
