"""Terms as the calculation reads them: agreed and decided amounts cut together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.contracts import actions, queries
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput, NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
MAY = factories.MAY


def rates_of(contract, days=MAY):
    return [
        (str(terms.valid.first), {code: fact.amount for code, fact in terms.rates.items()})
        for terms in queries.terms_facts([contract], days)[contract.pk]
    ]


def test_an_agreed_amount_wins_over_a_decided_one():
    place = factories.county()
    factories.rate(place, "care", "90.00")
    factories.rate(place, "training", "50.00")
    contract = factories.contract(place, factories.carer(place).person_id, rates={"care": "97.55"})
    assert rates_of(contract) == [("2026-05-01", {"care": Decimal("97.55"), "training": Decimal("50.00")})]


def test_terms_are_cut_where_a_decided_amount_changes():
    place = factories.county()
    factories.rate(place, "care", "90.00", last=date(2026, 5, 15))
    factories.rate(place, "care", "95.00", first=date(2026, 5, 16))
    contract = factories.contract(place, factories.carer(place).person_id, rates={})
    assert rates_of(contract) == [
        ("2026-05-01", {"care": Decimal("90.00")}),
        ("2026-05-16", {"care": Decimal("95.00")}),
    ]


def test_a_fee_class_picks_its_own_amount_and_else_the_one_without_a_class():
    place = factories.county()
    factories.rate(place, "care", "90.00")
    factories.rate(place, "care", "120.00", fee_class="II")
    factories.rate(place, "training", "50.00")
    contract = factories.contract(place, factories.carer(place).person_id, rates={}, fee_class="II")
    assert rates_of(contract) == [("2026-05-01", {"care": Decimal("120.00"), "training": Decimal("50.00")})]


def test_an_amount_that_is_not_approved_does_not_pay():
    place = factories.county()
    rate = factories.rate(place, "care", "90.00")
    rate.approved_by = rate.approved_at = None
    rate.save()
    contract = factories.contract(place, factories.carer(place).person_id, rates={})
    assert rates_of(contract) == [("2026-05-01", {})]


def test_a_thousand_contracts_are_read_with_as_few_queries_as_one(django_assert_max_num_queries):
    place = factories.county()
    factories.rate(place, "care", "90.00")
    carer = factories.carer(place).person_id
    contracts = [factories.contract(place, carer) for _ in range(5)]
    with django_assert_max_num_queries(4):
        assert len(queries.terms_facts(contracts, MAY)) == 5


def test_changed_terms_leave_the_earlier_ones_as_they_were():
    place = factories.county()
    by = factories.handler(place)
    contract = factories.contract(place, factories.carer(place).person_id)
    actions.change_terms(
        contract,
        by=by,
        at=factories.NOW,
        first=date(2026, 5, 10),
        agreed_rates={"care": "99,00"},
        source="Amendment 1",
    )
    assert rates_of(contract) == [
        ("2026-05-01", {"care": Decimal("97.55")}),
        ("2026-05-10", {"care": Decimal("99.00")}),
    ]


def test_terms_written_between_others_leave_the_later_ones_as_they_were():
    """CON-5"""
    place = factories.county()
    by = factories.clerk(place)
    contract = factories.contract(place, factories.carer(place).person_id)
    for first, amount in ((date(2026, 5, 20), "101,00"), (date(2026, 5, 10), "99,00")):
        actions.change_terms(
            contract, by=by, at=factories.NOW, first=first, agreed_rates={"care": amount}, source="Amendment"
        )
    assert rates_of(contract) == [
        ("2026-05-01", {"care": Decimal("97.55")}),
        ("2026-05-10", {"care": Decimal("99.00")}),
        ("2026-05-20", {"care": Decimal("101.00")}),
    ]
    with pytest.raises(InvalidInput):
        actions.change_terms(
            contract, by=by, at=factories.NOW, first=date(2026, 5, 10), agreed_rates={"care": "1"}, source="Amendment"
        )


def test_a_contract_ends_with_its_terms():
    place = factories.county()
    contract = factories.contract(place, factories.carer(place).person_id)
    ended = actions.end_contract(
        contract, by=factories.handler(place), at=factories.NOW, last=date(2026, 5, 20), reason="Care ended"
    )
    assert ended.valid.last == date(2026, 5, 20)
    assert queries.terms_facts([ended], MAY)[ended.pk][0].valid == DateRange.of_days(
        date(2026, 5, 1), date(2026, 5, 20)
    )
    assert ended.state_on(date(2026, 5, 21)) == "finished"


def test_bad_input_is_told_beside_its_field_and_writes_nothing():
    place = factories.county()
    with pytest.raises(InvalidInput) as caught:
        actions.add_contract(
            by=factories.handler(place),
            at=factories.NOW,
            values={"kind": "substitute_care", "first": "1.5.2026", "last": "1.4.2026", "agreed_rates": {"care": "x"}},
        )
    fields = {error.field for error in caught.value.errors}
    assert {"carer_id", "recipient_id", "unit_id", "municipality_id", "last", "agreed_care"} <= fields


def test_nobody_of_the_staff_makes_a_contract_of_their_own():
    place = factories.county()
    handler = factories.handler(place)
    recipient = factories.person(place)
    values = {
        "kind": ContractKind.SUBSTITUTE_CARE,
        "carer_id": handler.person_id,
        "recipient_id": recipient.pk,
        "unit_id": place.unit.pk,
        "municipality_id": place.municipality.pk,
        "first": date(2026, 6, 1),
    }
    with pytest.raises(NotAllowed):
        actions.add_contract(by=handler, at=factories.NOW, values=values)
    made = actions.add_contract(
        by=handler, at=factories.NOW, values={**values, "carer_id": factories.carer(place).person_id}
    )
    assert made.number.startswith("2026-")
    assert made.state_on(factories.TODAY) == "pending"


def test_a_payee_sees_own_contracts_only():
    place = factories.county()
    carer, other = factories.carer(place), factories.carer(place, "Toinen")
    own = factories.contract(place, carer.person_id)
    factories.contract(place, other.person_id)
    assert list(queries.lists(carer, factories.TODAY).valid) == [own]


def test_contracts_are_found_by_name_and_number():
    place = factories.county()
    handler = factories.handler(place)
    contract = factories.contract(place, factories.carer(place, "Äkäs-Esimerkki", "Väinö").person_id)
    factories.contract(place, factories.carer(place).person_id)
    for words in ("aka", "väinö esim", contract.number):
        assert list(queries.search(handler, words=words, today=factories.TODAY)) == [contract]
    assert not queries.search(handler, state="finished", today=factories.TODAY)


def test_a_decided_pay_group_is_paid_from_the_day_of_its_notice():
    """EMP-10, G2: decision and notice both; the terms as they were written pay before and after."""
    from palkkio.contracts.changed import changed_since
    from palkkio.decisions import actions as decisions

    place = factories.county()
    employer, assistant = factories.person(place, "Eero", "Työnantaja"), factories.person(place, "Aila", "Avustaja")
    contract = factories.assistance(place, assistant, employer=employer)
    sanna = factories.social_worker(place)
    decided = {"ground": "Siirtyminen nostimella", "office_holder": "Sanna", "decided_on": "1.5.2026"}

    def decide(group: str, first: str, last: str):
        values = {"pay_group": group, "first": first, "last": last, **decided}
        return decisions.decide_pay_group(employer.pk, by=sanna, at=factories.NOW, values=values)

    def groups():
        found = queries.terms_facts([contract], MAY)[contract.pk]
        return [(each.valid.first.day, each.assistant.pay_group) for each in found]

    b1 = decide("B1", "1.5.2026", "")
    assert groups() == [(1, "A")]
    values = {"assistant_id": assistant.pk, "first": "6.5.2026", "came_on": "1.6.2026"}
    decisions.record_notice(b1.pk, by=sanna, at=factories.NOW, values=values)
    assert groups() == [(1, "A"), (6, "B1")]
    c = decide("C", "20.5.2026", "24.5.2026")
    decisions.record_notice(c.pk, by=sanna, at=factories.NOW, values={**values, "first": "20.5.2026"})
    assert groups() == [(1, "A"), (6, "B1"), (20, "C"), (25, "B1")]
    assert contract.pk in changed_since(place.id, factories.NOW)  # what is paid already is looked at again

    colleague = factories.assistance(place, factories.person(place, "Asla", "Avustaja"), employer=employer)
    assert {each.assistant.pay_group for each in queries.terms_facts([colleague], MAY)[colleague.pk]} == {"A"}


def test_terms_that_say_the_same_are_one_value_and_others_are_not():
    place = factories.county()
    factories.rate(place, "care", "90.00")

    def contract(name, rates, **terms):
        return factories.contract(place, factories.carer(place, name).person_id, rates=rates, **terms)

    same, alike = contract("Aila", {}), contract("Bertta", {})
    paid, paid_too = contract("Cilla", {"care": "97.55"}), contract("Doris", {"care": "97.55"})
    other = contract("Elli", {}, fee_class="II")
    found = queries.terms_facts([same, alike, paid, paid_too, other], MAY)
    assert found[same.pk] is found[alike.pk]
    assert found[other.pk] == found[same.pk]  # by the same rate, cut for its own class
    assert {each.rates["care"].source for each in (*found[paid.pk], *found[paid_too.pk])} == {
        paid.number,
        paid_too.number,
    }
