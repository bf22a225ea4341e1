from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.audit import queries as audit
from palkkio.contracts import access, actions, queries
from palkkio.contracts.models import Contract, Terms
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.problems import InvalidInput, NotAllowed
from palkkio.core.viewer import RoleKind
from tests import factories

pytestmark = pytest.mark.django_db


def values_of(place: factories.Place, **values: Any) -> dict[str, Any]:
    return {
        "kind": "substitute_care",
        "carer_id": factories.person(place).pk,
        "recipient_id": factories.person(place).pk,
        "unit_id": place.unit.pk,
        "municipality_id": place.municipality.pk,
        "first": "1.6.2026",
        "agreed_rates": {"care": "97,55"},
        **values,
    }


def add(place: factories.Place, at: datetime = factories.NOW, **values: Any) -> Contract:
    return actions.add_contract(by=place.second, at=at, values=values_of(place, **values))


def fields_of(refusal: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [error.field for error in refusal.value.errors]


# --- Making ----------------------------------------------------------------------------------------------------------


def test_contracts_are_numbered_by_year_and_organisation() -> None:
    place, other = factories.county(), factories.city()
    january = datetime(2027, 1, 1, 0, 30, tzinfo=HELSINKI)

    numbers = [add(place).number, add(place).number, add(other).number, add(place, january).number]

    assert numbers == ["2026-001", "2026-002", "2026-001", "2027-001"]


def test_a_refused_contract_uses_no_number() -> None:
    place = factories.county()
    with pytest.raises(InvalidInput):
        add(place, first="")
    assert add(place).number == "2026-001"


def test_terms_have_the_days_of_the_contract() -> None:
    contract = add(factories.county(), last="31.12.2026")
    assert contract.valid == DateRange.of_days(date(2026, 6, 1), date(2026, 12, 31))
    [piece] = queries.terms_of([contract.pk])[contract.pk]
    assert piece.valid == contract.valid


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"kind": "family_care"}, ["kind"]),  # the organisation has no deadlines for it
        ({"kind": "nothing"}, ["kind"]),
        ({"recipient_id": None}, ["recipient_id"]),
        ({"carer_id": 10**9}, ["carer_id"]),
        ({"carer_id": "abc"}, ["carer_id"]),
        ({"unit_id": 10**9}, ["unit_id"]),
        ({"municipality_id": ""}, ["municipality_id"]),
        ({"last": "31.5.2026"}, ["last"]),
        ({"signed_on": "9.6.2026"}, ["signed_on"]),
        ({"agreed_rates": {"care": "-1", "training": "abc"}}, ["agreed_care", "agreed_training"]),
        ({"tasks": "x" * 4001}, ["tasks"]),
    ],
)
def test_a_contract_that_cannot_be_is_refused_beside_its_fields(values: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add(factories.county(), **values)
    assert fields_of(refusal) == fields
    assert not Contract.objects.exists()


def test_one_carers_care_of_one_person_has_one_contract_at_a_time() -> None:
    """It would be paid twice; the days after it, another care recipient and another kind of contract are free."""
    place = factories.county()
    carer, recipient = factories.person(place), factories.person(place)
    common = {"carer_id": carer.pk, "recipient_id": recipient.pk}
    first = factories.informal_care(place, carer, recipient=recipient, last=date(2026, 5, 31))
    informal = {"kind": "informal_care", "fee_class": "I", "agreed_rates": {}, **common}
    with pytest.raises(InvalidInput) as refusal:
        add(place, **informal, first="31.5.2026")
    [error] = refusal.value.errors
    assert (error.field, error.params["number"]) == ("first", first.number)
    assert add(place, **informal, first="1.6.2026").number == "2026-002"
    add(place, **{**informal, "recipient_id": factories.person(place).pk}, first="31.5.2026")
    add(place, **common, first="31.5.2026")
    Contract.objects.filter(pk=first.pk).update(signed_on=None)  # a contract that was declined stands in nobody's way
    assert add(place, **informal, first="1.5.2026", last="31.5.2026").signed_on is None


def test_nobody_cares_for_themself() -> None:
    place = factories.county()
    person = factories.person(place).pk
    with pytest.raises(InvalidInput) as refusal:
        add(place, carer_id=person, recipient_id=person)
    assert fields_of(refusal) == ["recipient_id"]


def test_a_commission_needs_no_care_recipient() -> None:
    contract = add(factories.county(), kind="other_commission", recipient_id="", tasks="Tukihenkilö")
    assert contract.recipient is None


def test_people_units_and_municipalities_of_another_organisation_are_not_on_the_lists() -> None:
    place, other = factories.county(), factories.city()
    for field, foreign in (
        ("carer_id", factories.person(other).pk),
        ("recipient_id", factories.person(other).pk),
        ("unit_id", other.unit.pk),
        ("municipality_id", other.municipality.pk),
    ):
        with pytest.raises(InvalidInput) as refusal:
            add(place, **{field: foreign})
        assert fields_of(refusal) == [field]


def test_administrators_and_payees_make_no_contracts() -> None:
    place = factories.county()
    for by in (place.maker, factories.carer(place), factories.contractor(place)):
        with pytest.raises(NotAllowed):
            actions.add_contract(by=by, at=factories.NOW, values=values_of(place))


def test_no_contract_is_touched_by_its_parties_nor_by_those_who_act_for_them_or_for_whom_they_act() -> None:
    place = factories.county()
    handler_person, agent = factories.person(place, "Kaisa"), factories.person(place, "Aatu")
    factories.representation(agent, handler_person)
    handler = factories.viewer(handler_person, RoleKind.HANDLER)
    own = [
        factories.contract(place, handler_person),
        factories.contract(place, factories.person(place), handler_person),
        factories.contract(place, agent),
    ]
    for contract in own:
        assert contract in access.contracts(handler)
        for change in (
            lambda contract: actions.end_contract(contract, by=handler, at=factories.NOW, last="30.6.2026", reason="x"),
            lambda contract: actions.change_terms(
                contract, by=handler, at=factories.NOW, first="1.7.2026", agreed_rates={"care": "999"}, source="x"
            ),
            lambda contract: actions.change_contract(contract, by=handler, at=factories.NOW, values={"tasks": "x"}),
        ):
            with pytest.raises(NotAllowed, match="own matter"):
                change(contract)


# --- Changing --------------------------------------------------------------------------------------------------------


def test_details_change_without_touching_the_terms() -> None:
    place = factories.county()
    contract = factories.contract(place, factories.person(place))

    changed = actions.change_contract(
        contract, by=place.second, at=factories.NOW, values={"pays_trips": "on", "tasks": "Yöhoito"}
    )

    assert (changed.pays_trips, changed.tasks, changed.unit_id) == (True, "Yöhoito", place.unit.pk)
    assert len(queries.terms_of([contract.pk])[contract.pk]) == 1
    with pytest.raises(ValueError, match="valid"):
        actions.change_contract(contract, by=place.second, at=factories.NOW, values={"valid": None})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first": "31.12.2025"}, "first"),
        ({"first": "1.1.2026"}, "first"),
        ({"first": "x"}, "first"),
        ({"source": ""}, "source"),
        ({"agreed_rates": {"care": "1,23456"}}, "agreed_care"),
    ],
)
def test_terms_that_cannot_follow_are_refused_and_the_old_ones_stay(values: dict[str, Any], field: str) -> None:
    place = factories.county()
    contract = factories.contract(place, factories.person(place))
    new = {"first": "1.7.2026", "agreed_rates": {"care": "99"}, "source": "Amendment", **values}

    with pytest.raises(InvalidInput) as refusal:
        actions.change_terms(contract, by=place.second, at=factories.NOW, **new)

    assert fields_of(refusal) == [field]
    assert [piece.valid for piece in queries.terms_of([contract.pk])[contract.pk]] == [contract.valid]


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(changes=st.lists(days, max_size=5), end=days)
def test_the_days_of_the_terms_are_always_those_of_the_contract(changes: list[date], end: date) -> None:
    """CON-5"""
    place = factories.county()
    contract = factories.contract(place, factories.person(place))
    for first in changes:
        try:
            actions.change_terms(contract, by=place.second, at=factories.NOW, first=first, source=f"From {first}")
        except InvalidInput as refusal:
            assert first == contract.valid.start or changes.count(first) > 1, refusal
    contract = actions.end_contract(contract, by=place.second, at=factories.NOW, last=end, reason="Care ended")

    pieces = [piece.valid for piece in queries.terms_of([contract.pk])[contract.pk]]
    covered = [day for piece in pieces for day in piece]
    assert covered == list(contract.valid)
    assert contract.valid.last == end


def test_a_contract_is_ended_on_one_of_its_days_with_a_reason_that_is_logged() -> None:
    place = factories.county()
    contract = factories.contract(place, factories.person(place), last=date(2026, 12, 31))
    for last, reason, field in (("1.1.2027", "x", "last"), ("31.12.2025", "x", "last"), ("30.6.2026", " ", "reason")):
        with pytest.raises(InvalidInput) as refusal:
            actions.end_contract(contract, by=place.second, at=factories.NOW, last=last, reason=reason)
        assert fields_of(refusal) == [field]

    actions.end_contract(contract, by=place.second, at=factories.NOW, last="30.6.2026", reason="Care ended")

    event = audit.history_of(place.id, "contract", contract.pk)[0]
    assert (event.action, event.reason, event.subject_person_id) == ("end_contract", "Care ended", contract.carer_id)


def test_terms_that_begin_after_the_end_go_with_it_and_stay_in_history() -> None:
    place = factories.county()
    contract = factories.contract(place, factories.person(place))
    later = actions.change_terms(contract, by=place.second, at=factories.NOW, first="1.9.2026", source="Amendment")

    actions.end_contract(contract, by=place.second, at=factories.NOW, last="30.6.2026", reason="Care ended")

    assert [piece.source for piece in queries.terms_of([contract.pk])[contract.pk]] != ["Amendment"]
    history = Terms.pgh_event_model.objects.filter(pgh_obj_id=later.pk)  # type: ignore[attr-defined]
    assert history.filter(source="Amendment").exists()


# --- Lists -----------------------------------------------------------------------------------------------------------


def test_a_carers_contracts_are_valid_pending_or_finished() -> None:
    """CON-1"""
    place = factories.county()
    carer = factories.carer(place)
    valid = factories.contract(place, carer.person_id)
    coming = factories.contract(place, carer.person_id, first=date(2026, 7, 1))
    pending = factories.contract(place, carer.person_id, signed_on=None)
    finished = factories.contract(place, carer.person_id, last=date(2026, 6, 7))
    factories.contract(place, factories.person(place))

    lists = queries.lists(carer, factories.TODAY)

    assert (lists.valid, lists.pending, lists.finished) == ((valid, coming), (pending,), (finished,))


@given(first=days, length=st.integers(0, 400) | st.none(), is_signed=st.booleans(), today=days)
def test_the_database_and_the_contract_agree_on_its_state(
    first: date, length: int | None, is_signed: bool, today: date
) -> None:
    place = factories.county()
    contract = factories.contract(
        place,
        factories.person(place),
        first=first,
        last=None if length is None else first + timedelta(days=length),
        signed_on=date(2025, 12, 1) if is_signed else None,
    )
    found = [
        state
        for state in ("pending", "coming", "valid", "finished")
        if queries.search(place.second, state=state, today=today).filter(pk=contract.pk).exists()
    ]
    assert found == [contract.state_on(today)]


@pytest.mark.parametrize("words", ["2026-002", "hilla mall", "taimi", "MALL äk", "2026-002 hilla taimi", "2026-00"])
def test_a_contract_is_found_by_number_carer_and_care_recipient(words: str) -> None:
    place = factories.county()
    factories.contract(place, factories.person(place), factories.person(place, "Muu", "Hoidettava"))
    contract = factories.contract(
        place, factories.person(place, "Hilla", "Mallikas"), factories.person(place, "Taimi", "Äkäs")
    )
    factories.contract(factories.city(), factories.person(factories.city(), "Hilla", "Mallikas"))

    found = list(queries.search(place.second, words=words, today=factories.TODAY))

    assert found[-1] == contract
    assert len(found) == (2 if words == "2026-00" else 1)


def test_contracts_sort_by_number_as_people_count() -> None:
    place = factories.county()
    contract = factories.contract(place, factories.person(place))
    numbers = ["2026-1000", "2026-999", "2025-1000", "2026-002"]
    for number in numbers:
        Contract.objects.create(
            organisation=place.organisation,
            number=number,
            kind=contract.kind,
            carer=contract.carer,
            unit=place.unit,
            municipality=place.municipality,
            valid=contract.valid,
        )
    found = [each.number for each in queries.search(place.second, today=factories.TODAY)]
    assert found == ["2025-1000", "2026-001", "2026-002", "2026-999", "2026-1000"]
    backwards = [each.number for each in queries.search(place.second, order="-number", today=factories.TODAY)]
    assert backwards == found[::-1]


@pytest.mark.parametrize("order", sorted(queries.ORDERS))
def test_every_order_of_the_list_sorts_in_the_database_without_a_query_per_row(
    order: str, django_assert_num_queries: Any
) -> None:
    place = factories.county()
    for family_name in ("Öhman", "Aalto"):
        factories.contract(place, factories.person(place, "A", family_name), factories.person(place, "B", family_name))
    with django_assert_num_queries(1):
        rows = list(queries.search(place.second, order=order, today=factories.TODAY))
        names = [(row.carer.name, row.recipient.name, row.unit.name_fi, row.municipality.name_fi) for row in rows]
    if order in {"carer", "recipient"}:
        assert [carer for carer, *_ in names] == ["A Aalto", "A Öhman"]
    if order in {"-carer", "-recipient"}:
        assert [carer for carer, *_ in names] == ["A Öhman", "A Aalto"]


def test_contracts_paid_by_entries_are_signed_and_have_days_in_the_month() -> None:
    """CARE-9"""
    place = factories.county()
    paid = factories.contract(place, factories.person(place), last=date(2026, 5, 1))
    commission = factories.contract(place, factories.person(place), kind=ContractKind.OTHER_COMMISSION)
    factories.contract(place, factories.person(place), signed_on=None)
    factories.contract(place, factories.person(place), last=date(2026, 4, 30))
    factories.contract(place, factories.person(place), first=date(2026, 6, 1))
    factories.contract(factories.city(), factories.person(factories.city()))
    by_month = factories.contract(place, factories.person(place))
    Contract.objects.filter(pk=by_month.pk).update(kind=ContractKind.INFORMAL_CARE.value)

    assert list(queries.paid_by_entries(place.id, factories.MAY)) == [paid, commission]


@pytest.mark.parametrize(
    ("kind", "card"),
    [
        ("informal_care", TaxCardKind.INFORMAL_CARE),
        ("substitute_care", TaxCardKind.INFORMAL_CARE),
        ("family_care", TaxCardKind.FAMILY_CARE),
        ("other_commission", TaxCardKind.WORK_COMPENSATION),
    ],
)
def test_a_contract_is_taxed_by_the_card_of_its_kind(kind: str, card: TaxCardKind) -> None:
    """PAY-2"""
    assert queries.tax_card_kind(kind) is card


def test_an_employment_is_taxed_by_the_card_of_wages() -> None:
    assert queries.tax_card_kind("personal_assistance") is TaxCardKind.WAGE
