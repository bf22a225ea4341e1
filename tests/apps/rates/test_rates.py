"""Decided amounts: proposed by one, approved by another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.rates import access, actions, queries
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ContractKind.SUBSTITUTE_CARE


def propose(by, first=date(2026, 1, 1), amount="97,55", last=None):
    return actions.propose_rate(
        by=by,
        at=factories.NOW,
        contract_kind=KIND,
        code="care",
        first=first,
        last=last,
        amount=amount,
        source="Board 11.12.2025 § 151",
    )


def test_a_rate_pays_when_a_second_person_has_approved_it():
    place = factories.county()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    rate = propose(clerk)
    assert queries.timelines(place.id, KIND, factories.MAY) == {}
    with pytest.raises(NotAllowed):
        actions.approve_rate(rate, by=clerk, at=factories.NOW)
    actions.approve_rate(rate, by=second, at=factories.NOW)
    (piece,) = queries.timelines(place.id, KIND, factories.MAY)["care", ""]
    assert piece.value.amount == Decimal("97.55")
    assert piece.value.source == "Board 11.12.2025 § 151"


def test_an_approved_rate_ends_the_one_before_the_day_before():
    place = factories.county()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    actions.approve_rate(propose(clerk), by=second, at=factories.NOW)
    actions.approve_rate(propose(clerk, date(2026, 5, 10), "99.00"), by=second, at=factories.NOW)
    pieces = queries.timelines(place.id, KIND, factories.MAY)["care", ""]
    assert [piece.valid for piece in pieces] == [
        DateRange.of_days(date(2026, 1, 1), date(2026, 5, 9)),
        DateRange(date(2026, 5, 10), None),
    ]


def test_a_rate_that_would_cover_a_later_one_is_refused():
    place = factories.county()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    actions.approve_rate(propose(clerk, date(2026, 5, 10)), by=second, at=factories.NOW)
    early = propose(clerk, date(2026, 1, 1), "90")
    with pytest.raises(WrongState):
        actions.approve_rate(early, by=second, at=factories.NOW)
    actions.withdraw_rate(early, by=clerk, at=factories.NOW)
    fits = propose(clerk, date(2026, 1, 1), "90", last=date(2026, 5, 9))
    actions.approve_rate(fits, by=second, at=factories.NOW)
    with pytest.raises(WrongState):
        actions.withdraw_rate(fits, by=clerk, at=factories.NOW)


def test_bad_input_says_what_to_do_beside_its_field():
    place = factories.county()
    with pytest.raises(InvalidInput) as caught:
        actions.propose_rate(
            by=factories.clerk(place),
            at=factories.NOW,
            contract_kind=KIND,
            code="nothing",
            first="",
            amount="ninety",
            source=" ",
        )
    assert {error.field for error in caught.value.errors} == {"code", "first", "amount", "source"}


def test_handlers_and_other_organisations_decide_no_rates():
    place, other = factories.county(), factories.city()
    with pytest.raises(NotAllowed):
        propose(factories.handler(place))
    rate = propose(factories.clerk(place))
    with pytest.raises(NotAllowed):
        actions.approve_rate(rate, by=factories.clerk(other), at=factories.NOW)
    assert not access.rates(factories.carer(place))


def test_a_rate_from_the_same_day_replaces_the_one_before():
    place = factories.county()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    actions.approve_rate(propose(clerk, amount="90"), by=second, at=factories.NOW)
    actions.approve_rate(propose(clerk, amount="91"), by=second, at=factories.NOW)
    (piece,) = queries.timelines(place.id, KIND, factories.MAY)["care", ""]
    assert piece.value.amount == Decimal(91)


def test_a_rate_that_was_decided_for_other_days_has_an_empty_timeline():
    """PAY-13"""
    place = factories.county()
    factories.rate(place, "care", "90", first=date(2025, 1, 1), last=date(2025, 12, 31))
    assert queries.timelines(place.id, KIND, factories.MAY) == {("care", ""): []}


def test_rates_of_another_kind_or_organisation_do_not_mix():
    place, other = factories.county(), factories.city()
    factories.rate(place, "visit", "40", kind=ContractKind.OTHER_COMMISSION)
    factories.rate(other, "care", "80")
    assert queries.timelines(place.id, KIND, factories.MAY) == {}


def test_proposals_wait_for_somebody_else():
    place = factories.county()
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    rate = propose(clerk)
    assert list(queries.to_approve(second)) == [rate]
    assert list(queries.to_approve(clerk)) == []
    assert queries.state_of(rate) == "proposed"
    assert queries.state_of(actions.approve_rate(rate, by=second, at=factories.NOW)) == "approved"


def test_the_database_too_refuses_one_person_for_both():
    place = factories.county()
    rate = propose(factories.clerk(place))
    rate.approved_by_id, rate.approved_at = rate.proposed_by_id, factories.NOW
    with pytest.raises(IntegrityError, match="a_rate_is_approved_by_a_second_person"), transaction.atomic():
        rate.save()


def test_a_rate_is_approved_once():
    place = factories.county()
    rate = factories.rate(place, "care", "90")
    with pytest.raises(WrongState):
        actions.approve_rate(rate, by=factories.clerk(place), at=factories.NOW)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"unit": "km"}, "unit"),
        ({"last": "31.12.2025"}, "last"),
        ({"amount": "100000,01"}, "amount"),
        ({"amount": "1,00001"}, "amount"),
        ({"fee_class": "I & II"}, "fee_class"),
        ({"contract_kind": "moon"}, "contract_kind"),
    ],
)
def test_a_rate_that_cannot_pay_is_refused_beside_its_field(values, field):
    place = factories.county()
    proposal = {"contract_kind": KIND, "code": "care", "first": "1.1.2026", "amount": "90", "source": "Board", **values}
    with pytest.raises(InvalidInput) as caught:
        actions.propose_rate(by=factories.clerk(place), at=factories.NOW, **proposal)
    assert [error.field for error in caught.value.errors] == [field]


def test_a_rate_knows_its_unit():
    place = factories.county()
    assert factories.rate(place, "kilometre", "0.30").series.unit == "km"
    assert factories.rate(place, "visit", "40").series.unit == "visit"
