"""Sheets are made by themselves, and listed to those who may see them."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed
from palkkio.entries import access, actions, queries
from palkkio.entries.models import Sheet
from palkkio.people.models import Person
from tests import factories
from tests.apps.entries.scene import APRIL, JUNE, MAY, NOW, TODAY, scene, sheet_of

pytestmark = pytest.mark.django_db


def months(organisation_id):
    return [
        f"{each.period.first:%Y-%m}" for each in Sheet.objects.filter(organisation=organisation_id).order_by("period")
    ]


# --- Made by themselves ----------------------------------------------------------------------------------------------


def test_a_sheet_is_made_for_each_month_of_the_contract_to_next_month():
    place = factories.county()
    factories.contract(place, factories.carer(place).person_id, first=date(2026, 3, 20))
    assert actions.ensure_sheets(place.id, today=TODAY) == 5
    assert months(place.id) == ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"]


def test_making_sheets_twice_makes_nothing_more():
    place = factories.county()
    factories.contract(place, factories.carer(place).person_id, first=date(2026, 3, 20))
    actions.ensure_sheets(place.id, today=TODAY)
    assert actions.ensure_sheets(place.id, today=TODAY) == 0
    assert len(months(place.id)) == 5


def test_sheets_go_back_twelve_months_at_most():
    place = factories.county()
    factories.contract(place, factories.carer(place).person_id, first=date(2019, 1, 1))
    assert actions.ensure_sheets(place.id, today=TODAY) == 14
    assert months(place.id)[0] == "2025-06"


def test_no_sheets_for_contracts_paid_by_the_month_unsigned_or_finished():
    """CARE-9: informal care is paid from the contract, without entries."""
    place = factories.county()
    carer = factories.carer(place).person_id
    monthly = factories.contract(place, carer)
    monthly.kind = ContractKind.INFORMAL_CARE
    monthly.save()
    factories.contract(place, carer, signed_on=None)
    factories.contract(place, carer, first=date(2024, 1, 1), last=date(2024, 12, 31))
    assert actions.ensure_sheets(place.id, today=TODAY) == 0


def test_sheets_of_another_organisation_are_not_made():
    place, other = factories.county(), factories.city()
    factories.contract(other, factories.carer(other).person_id)
    assert actions.ensure_sheets(place.id, today=TODAY) == 0


def test_sheets_of_many_contracts_take_few_queries(django_assert_max_num_queries):
    place = factories.county()
    carer = factories.carer(place).person_id
    for _ in range(20):
        factories.contract(place, carer)
    with django_assert_max_num_queries(14 * 4 + 4):
        assert actions.ensure_sheets(place.id, today=TODAY) == 20 * 7


# --- Who sees them ---------------------------------------------------------------------------------------------------


def test_a_payee_sees_own_sheets_or_those_of_whom_they_act_for_now():
    may_sheet = scene()
    other = scene(place=may_sheet.place)
    agent = factories.person(may_sheet.place, "Asko", "Edustaja")
    acting = factories.acting(agent, may_sheet.contract.carer)
    assert list(access.sheets(may_sheet.carer)) == [may_sheet.sheet]
    assert list(access.sheets(acting)) == [may_sheet.sheet]
    assert list(access.sheets(factories.viewer(agent, factories.RoleKind.CARER))) == []
    with pytest.raises(NotAllowed):
        access.sheet(may_sheet.carer, other.sheet.pk)


def test_staff_see_the_sheets_of_their_own_organisation_only():
    may_sheet = scene()
    assert list(access.sheets(factories.clerk(may_sheet.place))) == [may_sheet.sheet]
    stranger = factories.handler(factories.city())
    assert not access.sheets(stranger).exists()
    messages = []
    for unknown in (may_sheet.sheet.pk, 987654321):
        with pytest.raises(NotAllowed) as refused:
            access.sheet(stranger, unknown)
        messages.append(str(refused.value))
    assert messages[0] == messages[1]


# --- Lists -----------------------------------------------------------------------------------------------------------


def test_periods_are_listed_past_and_coming_in_the_order_of_time():
    """CARE-1"""
    may_sheet = scene()
    sheet_of(may_sheet.contract, JUNE)
    sheet_of(may_sheet.contract, APRIL)
    may_sheet.enter(4, 5)
    rows = queries.periods_of(may_sheet.carer)
    assert [row.period for row in rows] == [APRIL, MAY, JUNE]
    assert [row.days_entered for row in rows] == [0, 2, 0]
    assert [row.is_empty for row in rows] == [True, False, True]
    assert rows[1].timetable.deadline == date(2026, 6, 3)
    assert rows[1].timetable.payday == date(2026, 6, 30)
    assert rows[0].timetable.payday == date(2026, 5, 29)


def test_periods_of_one_contract_are_listed_alone():
    """CARE-1, CARE-2"""
    may_sheet = scene()
    second = factories.contract(may_sheet.place, may_sheet.carer.person_id)
    sheet_of(second)
    assert len(queries.periods_of(may_sheet.carer)) == 2
    assert [row.contract_id for row in queries.periods_of(may_sheet.carer, second.pk)] == [second.pk]
    assert [row.contract_id for row in queries.periods_of(may_sheet.handler, second.pk)] == [second.pk]


def test_a_month_that_the_contract_no_longer_holds_is_not_listed_unless_entered():
    may_sheet = scene()
    sheet_of(may_sheet.contract, JUNE)
    may_sheet.enter(4)
    may_sheet.contract.valid = DateRange.of_days(date(2026, 1, 1), date(2026, 4, 30))
    may_sheet.contract.save()
    assert [row.period for row in queries.periods_of(may_sheet.carer)] == [MAY]


def test_a_list_of_many_months_takes_few_queries(django_assert_max_num_queries):
    place = factories.county()
    carer = factories.carer(place)
    factories.contract(place, carer.person_id, first=date(2024, 1, 1))
    actions.ensure_sheets(place.id, today=TODAY)
    with django_assert_max_num_queries(6):
        assert len(queries.periods_of(carer)) == 14


# --- One sheet -------------------------------------------------------------------------------------------------------


def test_a_view_holds_the_month_with_holidays_weeks_and_today():
    """CARE-3"""
    may_sheet = scene()
    view = queries.sheet_view(may_sheet.sheet, viewer=may_sheet.carer, today=date(2026, 5, 15), language="sv")
    first, fifteenth = view.days[0], view.days[14]
    assert [cell.day for cell in view.days] == list(MAY)
    assert (first.holiday, first.week, first.is_workday) == ("Första maj", 18, False)
    assert (fifteenth.is_today, fifteenth.is_workday) == (True, True)
    assert view.day_types[0] == "care"
    assert (view.carer_name, view.recipient_name) == ("Hilla Mallikas", "Taimi Hoidettava")
    assert not view.is_late


def test_a_view_says_what_the_viewer_may_do():
    may_sheet = scene()
    carer, handler = may_sheet.view(may_sheet.carer).can, may_sheet.view(may_sheet.handler).can
    assert (carer.enter, carer.confirm, carer.review, carer.return_sheet) == (True, True, False, False)
    assert (handler.enter, handler.confirm_on_behalf, handler.review, handler.key_in_paper) == (True, True, True, True)
    assert (handler.confirm, handler.return_sheet, handler.reopen) == (False, False, False)
    may_sheet.confirm()
    assert may_sheet.view(may_sheet.handler).can.return_sheet
    may_sheet.review()
    handler = may_sheet.view(may_sheet.handler).can
    assert (handler.reopen, handler.enter, handler.review) == (True, False, False)
    clerk = may_sheet.view(factories.clerk(may_sheet.place)).can
    assert not any((clerk.enter, clerk.review, clerk.reopen, clerk.return_sheet))


def test_a_view_leads_to_the_months_before_and_after():
    may_sheet = scene()
    june, april = sheet_of(may_sheet.contract, JUNE), sheet_of(may_sheet.contract, APRIL)
    view = may_sheet.view()
    assert (view.previous_id, view.next_id) == (april.pk, june.pk)
    assert queries.sheet_view(april).previous_id is None


def test_the_email_is_asked_for_while_it_is_not_known():
    """CARE-17"""
    may_sheet = scene()
    assert may_sheet.view().asks_for_email
    Person.objects.filter(pk=may_sheet.carer.person_id).update(email="hilla@testi.example")
    sheet = access.sheet(may_sheet.carer, may_sheet.sheet.pk)
    assert not queries.sheet_view(sheet).asks_for_email


def test_an_organisation_without_a_schedule_shows_a_sheet_without_dates():
    may_sheet = scene()
    from palkkio.organisations.models import Schedule

    Schedule.objects.all().delete()
    view = may_sheet.view(may_sheet.carer)
    assert view.timetable is None
    assert not view.is_late
    assert queries.periods_of(may_sheet.carer)[0].timetable is None


def test_the_nightly_job_makes_the_sheets_of_every_organisation():
    from palkkio.entries.tasks import make_sheets

    for place in (factories.county(), factories.city()):
        factories.contract(place, factories.carer(place).person_id, first=date(2026, 6, 1))
    make_sheets(timestamp=int(NOW.timestamp()))
    assert Sheet.objects.count() == 4
