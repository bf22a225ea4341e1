"""Contracts: the list, adding, dated changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.forms import ChoiceField

from palkkio.contracts.models import Contract
from palkkio.contracts.queries import terms_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.entries.models import Sheet
from palkkio.web.desk.terms_forms import TermsFields
from tests import factories
from tests.web_desk import scene

if TYPE_CHECKING:
    from django.test import Client

CONTRACTS = "/desk/contracts/"


def numbers(answer: Any) -> list[str]:
    return [row.cells[0].text for row in answer.context["table"].rows]


def page_of(may: scene.Scene, at: int = 0) -> str:
    return f"{CONTRACTS}{may.contracts[at].pk}/"


def typed(may: scene.Scene, **changed: str) -> dict[str, str]:
    return {
        "kind": "substitute_care",
        "carer_words": "mallikas hilla",
        "recipient_words": "",
        "first": "1.7.2026",
        "rate_care": "101,50",
        "unit_id": str(may.place.unit.pk),
        "municipality_id": str(may.place.municipality.pk),
        **changed,
    }


def test_the_list_is_searched_narrowed_and_sorted(desk: Client, may: scene.Scene) -> None:
    assert len(numbers(desk.get(CONTRACTS))) == 4
    found = desk.post("/desk/search/contracts/", {"q": "hilla", "state": "valid"}, follow=True)
    assert numbers(found) == [may.contracts[0].number]
    assert "hilla" not in found.redirect_chain[-1][0]
    desk.post("/desk/search/contracts/", {"all": "1"})
    assert numbers(desk.get(CONTRACTS, {"sort": "-number"}))[0] == may.contracts[3].number
    assert numbers(desk.get(CONTRACTS, {"state": "finished"})) == []


def test_the_page_shows_terms_periods_and_comments(desk: Client, may: scene.Scene) -> None:
    """CON-5."""
    answer = desk.get(page_of(may))
    page = answer.content.decode()
    assert "97,55" in page
    assert [each.month for each in answer.context["periods"]][:2] == ["June 2026", "May 2026"]
    assert answer.context["terms"][0].is_now


def test_a_contract_is_added_for_people_who_are_found_by_words(desk: Client, may: scene.Scene) -> None:
    recipient = factories.person(may.place, "Veikko", "Hoidettavainen")
    answer = desk.post(f"{CONTRACTS}add/", typed(may, recipient_words=recipient.identity_code), follow=True)
    made = answer.context["contract"]
    assert (made.carer_id, made.recipient_id) == (may.carers[0].person_id, recipient.pk)
    assert made.signed_on is None
    assert terms_of([made.pk])[made.pk][0].agreed == {"care": Decimal("101.50")}


def test_of_several_people_one_is_chosen_and_nothing_typed_is_lost(desk: Client, may: scene.Scene) -> None:
    twins = [factories.person(may.place, "Kaima", "Kaksonen") for _ in range(2)]
    asked = desk.post(f"{CONTRACTS}add/", typed(may, recipient_words="kaksonen"))
    assert asked.status_code == 422
    assert [number for number, _name in asked.context["form"].fields["recipient_id"].choices] == [
        str(each.pk) for each in twins
    ]
    assert "101,50" in asked.content.decode()
    answer = desk.post(
        f"{CONTRACTS}add/", typed(may, recipient_words="kaksonen", recipient_id=str(twins[1].pk)), follow=True
    )
    assert answer.context["contract"].recipient_id == twins[1].pk


def test_nobody_found_is_an_error_beside_its_field(desk: Client, may: scene.Scene) -> None:
    answer = desk.post(f"{CONTRACTS}add/", typed(may, carer_words="Kukaties", recipient_words="Olematon"))
    assert {"carer_words", "recipient_words"} <= set(answer.context["form"].errors)


def test_another_organisations_person_is_no_party(desk: Client, may: scene.Scene) -> None:
    stranger = factories.person(factories.city(), "Vieras", "Vierasmaa")
    answer = desk.post(f"{CONTRACTS}add/", typed(may, recipient_words="vierasmaa", recipient_id=str(stranger.pk)))
    assert "recipient_words" in answer.context["form"].errors
    assert not Contract.objects.filter(recipient=stranger).exists()


def test_a_contract_begins_from_a_persons_page(desk: Client, may: scene.Scene) -> None:
    form = desk.get(f"{CONTRACTS}add/", {"carer": may.carers[1].person_id}).context["form"]
    assert form["carer_id"].value() == str(may.carers[1].person_id)


def test_terms_change_from_a_day_on(desk: Client, may: scene.Scene) -> None:
    """CON-5: the terms before are kept."""
    address = f"{page_of(may)}terms/"
    assert desk.get(address).context["form"].initial["rate_care"] == Decimal("97.55")
    without = desk.post(address, {"first": "1.7.2026", "rate_care": "105"})
    assert "source" in without.context["form"].errors
    desk.post(address, {"first": "1.7.2026", "rate_care": "105", "source": "Muutos 1"})
    old, new = terms_of([may.contracts[0].pk])[may.contracts[0].pk]
    assert (old.valid.last, old.agreed["care"]) == (date(2026, 6, 30), Decimal("97.55"))
    assert (new.valid.first, new.agreed["care"]) == (date(2026, 7, 1), Decimal(105))


def test_every_form_of_terms_offers_the_same() -> None:
    """CON-5: what one form offered the next one offers too."""
    forms = [TermsFields(terms_kind=ContractKind.PERSONAL_ASSISTANCE) for _ in range(2)]
    for form in forms:
        assert [value for value, _ in form.fields["pay_group"].choices] == ["A", "B1", "B2", "C"]
        assert all(list(field.choices) for field in form.fields.values() if isinstance(field, ChoiceField))


def test_a_contract_ends_with_a_reason(desk: Client, may: scene.Scene) -> None:
    """CON-6."""
    address = f"{page_of(may)}end/"
    assert desk.post(address, {"last": "30.6.2026"}).status_code == 422
    desk.post(address, {"last": "30.6.2026", "reason": "Hoito päättyy"})
    assert Contract.objects.get(pk=may.contracts[0].pk).valid.last == date(2026, 6, 30)


def test_an_employment_ends_by_its_notice_and_says_why(desk: Client, may: scene.Scene) -> None:
    """CON-6: employed since 1.1.2026 by the law alone, notice by the employer on 31.5.: a fortnight."""
    contract = factories.assistance(may.place, may.carers[0].person_id, agreement="statute")
    half = DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31))  # of the assistant, open already
    Sheet.objects.create(organisation_id=may.place.id, contract=contract, period=half)
    address = f"{CONTRACTS}{contract.pk}/end/"
    assert desk.post(address, {"given_by": "employer", "given_on": "", "reason": "Muutto"}).status_code == 422
    typed = {"given_by": "employer", "given_on": "31.5.2026", "reason": "Muutto"}
    shown = desk.post(address, typed)  # explained before it is recorded
    assert shown.context["last_day"] == "2026-06-14"
    assert "the last day is 14.6.2026 (55/2001 6:3)" in shown.context["foreseen"]
    contract.refresh_from_db()
    assert contract.valid.last is None
    answer = desk.post(address, {**typed, "last_day": "2026-06-14"}, follow=True)
    said = [str(each) for each in answer.context["messages"]]
    assert any("notice period 14 days: the last day is 14.6.2026 (55/2001 6:3)" in each for each in said)
    contract.refresh_from_db()
    assert contract.valid.last == date(2026, 6, 14)


def test_a_contract_that_waits_is_recorded_from_paper(desk: Client, may: scene.Scene) -> None:
    """CON-2: scan, date, who recorded it."""
    contract = factories.contract(may.place, may.carers[0].person_id, signed_on=None)
    address = f"{CONTRACTS}{contract.pk}/signed/"
    assert desk.post(address, {"signed_on": "8.6.2026"}).status_code == 422
    assert desk.post(address, {"signed_on": "1.1.2027", "file": factories.scan()}).status_code == 422
    desk.post(address, {"signed_on": "8.6.2026", "file": factories.scan()})
    contract.refresh_from_db()
    assert contract.signed_on == date(2026, 6, 8)


def test_details_of_a_contract_change(desk: Client, may: scene.Scene) -> None:
    form = desk.get(f"{page_of(may)}change/").context["form"]
    values = {name: form[name].value() for name in ("unit_id", "municipality_id")}
    desk.post(f"{page_of(may)}change/", {**values, "tasks": "Lomitus kotona"})
    contract = Contract.objects.get(pk=may.contracts[0].pk)
    assert (contract.tasks, contract.pays_trips) == ("Lomitus kotona", False)


def test_administrators_look_and_change_nothing(may: scene.Scene) -> None:
    administrator = scene.signed_in(may.administrator)
    assert administrator.get(page_of(may)).status_code == 200
    for address in (f"{CONTRACTS}add/", f"{page_of(may)}terms/", f"{page_of(may)}end/"):
        assert administrator.get(address).status_code == 403


def test_another_organisations_contract_is_not_there(may: scene.Scene) -> None:
    other = scene.signed_in(factories.handler(factories.city()))
    assert other.get(page_of(may)).status_code == 403
    assert other.get(f"{page_of(may)}terms/").status_code == 403
