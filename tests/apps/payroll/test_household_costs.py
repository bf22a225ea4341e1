"""What an employer reads of the pay of assistants: gross and own contributions, never what is theirs (EMP-12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palkkio.core.viewer import RoleKind
from palkkio.payroll.queries.household_costs import PaidWork, cost_by_decision, paid_work, years_paid
from tests import factories
from tests.apps.payroll.scene import payroll
from tests.apps.payroll.test_half_months import FIRST, SECOND, assistants_sheets, on
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db


def test_an_employer_sees_gross_by_line_and_own_contributions_and_nothing_else():
    house = payroll()
    first, second = assistants_sheets(house)
    decision = factories.decision(house.place, first.contract.employer)
    for sheet in (first, second):
        sheet.shifts.update(decision=decision.identifier)
    factories.approve(first, on(5, 17))
    factories.approve(second, on(5, 31))
    (slip,) = house.paid(date(2026, 5, 29), on(5, 20))
    (later,) = house.paid(date(2026, 6, 15), on(6, 5))
    contract = first.contract
    employer = factories.viewer(contract.employer, RoleKind.EMPLOYER)

    with CaptureQueriesContext(connection) as asked:
        newest, oldest = paid_work(employer, 2026)

    assert len(asked) == 2
    assert [each.period for each in oldest.lines] == [FIRST]
    assert [each.period for each in newest.lines] == [SECOND]
    assert (oldest.gross, sum(each.amount for each in oldest.lines)) == (Decimal("116.00"), slip.gross)
    own = sum(Decimal(part["amount"]) for part in slip.result["employer"])
    assert own > 0
    assert oldest.cost == slip.gross + own
    (basic,) = cost_by_decision([newest, oldest])
    assert (basic.identifier, basic.cost) == ("1.1", newest.cost + oldest.cost)
    assert basic.hours == sum(newest.hours.values()) + sum(oldest.hours.values()) > 0
    assert years_paid(employer) == [2026]
    assert paid_work(employer, 2025) == []

    page = signed_in(employer).get(reverse("portal:costs")).content.decode()
    assert "116,00" in page
    person = contract.carer
    theirs = [slip.net, slip.withholding, slip.pension, later.net]
    for secret in (*(f"{each:.2f}".replace(".", ",") for each in theirs), slip.iban, person.identity_code):
        assert secret not in page


def test_the_cost_of_a_payday_is_shared_by_hours_to_the_cent():
    """EMP-12: 100,00 by 1 : 1 : 1 hours; a payday of leave alone is nobody's."""

    def work(cost: str, **hours: str) -> PaidWork:
        worked = {identifier: Decimal(each) for identifier, each in hours.items()}
        return PaidWork(1, "Testaaja Aino", date(2026, 5, 29), Decimal(cost), (), {}, worked)

    costs = cost_by_decision([work("100.00", a="1.00", b="1.00", c="1.00"), work("50.00"), work("10.00", b="2.00")])
    assert [(each.identifier, each.hours, each.cost) for each in costs] == [
        ("a", Decimal("1.00"), Decimal("33.33")),
        ("b", Decimal("3.00"), Decimal("43.34")),
        ("c", Decimal("1.00"), Decimal("33.33")),
        ("", Decimal(0), Decimal("50.00")),
    ]


def test_nobody_else_reads_an_employers_costs():
    house = payroll()
    first, _second = assistants_sheets(house)
    factories.approve(first, on(5, 17))
    house.paid(date(2026, 5, 29), on(5, 20))
    stranger = factories.viewer(factories.person(house.place, "Toinen", "Työnantaja"), RoleKind.EMPLOYER)
    assistant = factories.viewer(first.contract.carer, RoleKind.ASSISTANT)
    assert [paid_work(each, 2026) for each in (stranger, assistant, house.proposer)] == [[], [], []]
    assert signed_in(assistant).get(reverse("portal:costs")).status_code == 403
