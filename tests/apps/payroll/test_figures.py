"""Figures that are not sure: yellow ones pay, missing ones hold; trips are tax free: PAY-3, CARE-15, BEY-7."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.payroll.queries import run_view
from palkkio.payroll.values import Repair
from tests import factories
from tests.apps.entries.scene import sheet_of
from tests.apps.payroll.scene import money, payroll, proposal

pytestmark = pytest.mark.django_db


def with_trip(house, contract):
    from palkkio.entries.models import TripEntry

    sheet = sheet_of(contract)
    house.enter(sheet, 2)
    TripEntry.objects.create(
        organisation_id=sheet.organisation_id,
        sheet=sheet,
        day=date(2026, 5, 2),
        kilometres=34,
        purpose="Hoitojakso",
        entered_by_id=house.colleague.account_id,
        entered_at=factories.NOW,
    )
    house.review(sheet)


def test_trips_are_paid_tax_free_and_an_unsure_limit_is_yellow():
    house = payroll()
    factories.rate(house.place, "kilometre", "0.25")
    contract = house.contract(pays_trips=True)
    with_trip(house, contract)
    run = house.propose()
    view = run_view(run)
    assert (view.totals.gross, view.totals.reimbursements) == (money("203.60"), money("8.50"))
    assert [(group.code, group.repair) for group in view.warnings] == [("RATE_NOT_VERIFIED", Repair.NONE)]
    assert view.blocks == ()
    (slip,) = house.produce(run)
    assert (slip.taxable, slip.pensionable, slip.withholding) == (money("195.10"), money("195.10"), money("23.41"))


def test_a_figure_of_the_law_that_is_not_confirmed_holds_the_payee():
    """Next year's percentages are not known: nobody is paid by this year's."""
    house = payroll()
    contract = house.contract()
    at = datetime(2027, 1, 11, 12, tzinfo=HELSINKI)
    house.month(contract, 3, DateRange.of_month(2026, 12), at=at)
    run = house.propose(date(2027, 1, 29), at)
    held = proposal(run, contract)
    assert (held.is_blocked, held.gross) == (True, money("0.00"))
    (group,) = run_view(run).blocks
    assert (group.code, group.repair) == ("RATE_NOT_CONFIRMED", Repair.WAIT)
    assert group.figure
