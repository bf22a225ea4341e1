"""Days off of informal and family carers, and what the care recipient is charged (OHT-6, OHT-7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.core.payslip import ContractKind
from palkkio.core.problems import ProblemCode
from palkkio.entries import actions
from palkkio.entries.models import Sheet
from palkkio.entries.queries.days_off import days_off_of_year
from palkkio.organisations.actions import offer_day_types
from tests import factories
from tests.apps.entries.scene import CARE, may
from tests.factories import MAY, NOW

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
    assert (later.earned, later.taken, later.charges) == (None, 1, ())
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


def test_a_family_carer_earns_two_days_off_in_each_month_of_fourteen_days_and_nobody_is_charged() -> None:
    """263/2015 13 §: 18 April leaves 13 days of April, 17 April would leave 14."""
    place = factories.county()
    carer = factories.carer(place).person_id
    short = factories.family_care(place, carer, first=date(2025, 4, 18), last=date(2025, 6, 14))
    long = factories.family_care(place, carer, first=date(2025, 4, 17), last=date(2025, 6, 13))
    factories.event(short, "days_off", date(2025, 5, 3), date(2025, 5, 4))
    found = days_off_of_year([short, long], 2025)
    assert {pk: each.earned for pk, each in found.items()} == {short.pk: 4, long.pk: 4}
    assert found[short.pk].taken == 2
    assert not found[short.pk].charges
    assert not found[short.pk].problems
    assert days_off_of_year([short], 2024)[short.pk].earned == 0


@pytest.mark.parametrize(("days", "earned"), [(13, 0), (14, 2)])
def test_paid_by_the_day_the_care_days_entered_are_counted(days: int, earned: int) -> None:
    place = factories.county()
    carer = factories.carer(place)
    by_day = factories.family_care(place, carer.person_id, paid_by="day", rates={"daily_fee": "60"})
    offer_day_types(ContractKind.FAMILY_CARE, by=place.maker, at=NOW, day_types=[CARE])
    actions.ensure_sheets(place.id, today=factories.TODAY)
    sheet = Sheet.objects.get(contract=by_day, period=MAY)
    actions.enter_days(sheet.pk, by=carer, at=NOW, version=1, days=may(*range(1, days + 1)), day_type=CARE)
    assert days_off_of_year([by_day], 2026)[by_day.pk].earned == earned
