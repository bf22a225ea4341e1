"""Days off of informal carers, and what the care recipient is charged (OHT-6, OHT-7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.core.payslip import ContractKind
from palkkio.core.problems import ProblemCode
from palkkio.entries.queries.days_off import days_off_of_year
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_each_full_statutory_day_off_is_charged_and_parts_add_up() -> None:
    place = factories.county()
    carer = factories.carer(place).person_id
    bound = factories.informal_care(place, carer, first=date(2024, 1, 1), last=date(2024, 4, 30), is_binding=True)
    factories.event(bound, "days_off", date(2024, 2, 1), date(2024, 2, 2), hours=Decimal(24))
    factories.event(bound, "days_off", date(2024, 3, 1), date(2024, 3, 3), hours=Decimal(12))
    factories.event(bound, "days_off", date(2024, 3, 20), date(2024, 3, 20), hours=Decimal(24), is_free=True)
    wrong = factories.event(bound, "days_off", date(2024, 4, 1), date(2024, 4, 2))
    wrong.withdrawn_at, wrong.withdrawn_reason, wrong.withdrawn_by_id = NOW, "Typed twice", wrong.recorded_by_id
    wrong.save()
    found = days_off_of_year([bound], 2024)[bound.pk]
    assert (found.earned, found.taken) == (12, Decimal("4.5"))
    assert [each.on for each in found.charges] == [date(2024, 2, 1), date(2024, 2, 2), date(2024, 3, 2)]
    assert len({each.amount for each in found.charges}) == 1
    assert not found.problems


def test_two_days_a_month_when_care_does_not_bind_and_no_charge_by_guess() -> None:
    place = factories.county()
    contract = factories.informal_care(place, factories.carer(place).person_id, first=date(2026, 5, 10))
    factories.event(contract, "days_off", date(2030, 1, 1), date(2030, 1, 1))
    assert days_off_of_year([contract], 2026)[contract.pk].earned == 16
    later = days_off_of_year([contract], 2030)[contract.pk]
    assert later.charges == ()
    assert [each.code for each in later.problems] == [ProblemCode.RATE_NOT_CONFIRMED]
    commission = factories.contract(place, factories.carer(place).person_id)
    assert days_off_of_year([commission], 2026) == {}


def test_an_official_charge_that_the_organisation_enters_is_taken() -> None:
    """A computed figure never charges; the organisation's own does, approved by a second person."""
    place = factories.county()
    contract = factories.informal_care(place, factories.carer(place).person_id)
    factories.event(contract, "days_off", date(2026, 5, 23), date(2026, 5, 24))
    assert days_off_of_year([contract], 2026)[contract.pk].charges == ()
    factories.rate(place, "client_charge", "13.60", kind=ContractKind.INFORMAL_CARE, source="Notice on charges of 2026")
    charges = days_off_of_year([contract], 2026)[contract.pk].charges
    assert [(each.amount, each.working.source) for each in charges] == [
        (Decimal("13.6000"), "Notice on charges of 2026")
    ] * 2
