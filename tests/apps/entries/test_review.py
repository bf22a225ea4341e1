"""From the carer's confirmation to the county's review, and back with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries import actions, queries
from palkkio.entries.actions import ConfirmEarly, StaleSheet
from palkkio.entries.models import SheetRevision
from tests import factories
from tests.apps.entries.scene import CARE, NOW, TRAINING, may, on, scene, sheet_of

pytestmark = pytest.mark.django_db


# --- Confirming ------------------------------------------------------------------------------------------------------


def test_confirming_tells_that_the_period_is_ready():
    """CARE-8"""
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.confirm()
    view = may_sheet.view(may_sheet.carer)
    assert (view.state, view.confirmed_at, view.confirmed_by) == ("confirmed", NOW, "Hilla Mallikas")
    assert not view.is_confirmed_on_behalf
    assert not view.can.enter
    assert view.can.why["enter"]


def test_confirming_before_the_last_care_day_asks_once():
    """CARE-16"""
    may_sheet = scene()
    early = on(5, 30)
    with pytest.raises(ConfirmEarly):
        may_sheet.confirm(at=early)
    assert may_sheet.state == "open"
    may_sheet.confirm(at=early, before_last_day_ok=True)
    assert may_sheet.state == "confirmed"


def test_on_the_last_care_day_nothing_is_asked():
    """CARE-16: the last day of the contract, when it ends inside the month."""
    may_sheet = scene(last=date(2026, 5, 20))
    with pytest.raises(ConfirmEarly):
        may_sheet.confirm(at=on(5, 19))
    may_sheet.confirm(at=on(5, 20))
    assert may_sheet.state == "confirmed"


def test_a_confirmed_sheet_is_not_confirmed_again():
    may_sheet = scene()
    may_sheet.confirm()
    with pytest.raises(WrongState):
        may_sheet.confirm()


def test_a_carer_confirms_what_was_on_the_page():
    """CARE-13: staff entered a day meanwhile, so the carer sees it before confirming."""
    may_sheet = scene()
    may_sheet.enter(5, by=may_sheet.handler)
    with pytest.raises(StaleSheet) as refused:
        actions.confirm_sheet(may_sheet.sheet.pk, by=may_sheet.carer, at=NOW, version=1)
    assert refused.value.saved.version == 2
    assert may_sheet.state == "open"


def test_confirming_on_behalf_shows_as_such():
    """CARE-9"""
    may_sheet = scene()
    actions.confirm_on_behalf(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=1)
    view = may_sheet.view(may_sheet.carer)
    assert view.is_confirmed_on_behalf
    assert view.confirmed_by == "Kaisa Käsittelijä"


def test_carers_do_not_do_what_staff_do_and_staff_do_not_confirm_as_the_carer():
    may_sheet = scene()
    pk, version = may_sheet.sheet.pk, may_sheet.version
    for act in (actions.confirm_on_behalf, actions.review_sheet):
        with pytest.raises(NotAllowed):
            act(pk, by=may_sheet.carer, at=NOW, version=version)
    for act in (actions.return_sheet, actions.reopen_sheet):
        with pytest.raises(NotAllowed):
            act(pk, by=may_sheet.carer, at=NOW, version=version, reason="Because")
    with pytest.raises(NotAllowed):
        actions.confirm_sheet(pk, by=may_sheet.handler, at=NOW, version=version)


# --- Returning -------------------------------------------------------------------------------------------------------


def test_a_returned_sheet_can_be_edited_and_confirmed_again():
    """CARE-8"""
    may_sheet = scene()
    may_sheet.confirm()
    reason = "Su 31.5. puuttuu"
    actions.return_sheet(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=2, reason=reason)
    view = may_sheet.view(may_sheet.carer)
    assert (view.state, view.is_returned, view.returned_reason, view.confirmed_at) == ("open", True, reason, None)
    may_sheet.enter(31)
    may_sheet.confirm()
    view = may_sheet.view(may_sheet.carer)
    assert (view.state, view.is_returned, view.returned_reason) == ("confirmed", False, "")


def test_returning_needs_a_reason_and_a_confirmed_sheet():
    may_sheet = scene()
    with pytest.raises(WrongState):
        actions.return_sheet(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=1, reason="Why")
    may_sheet.confirm()
    for reason in ("  ", "x" * 1001):
        with pytest.raises(InvalidInput) as refused:
            actions.return_sheet(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=2, reason=reason)
        assert refused.value.errors[0].field == "reason"


# --- Reviewing -------------------------------------------------------------------------------------------------------


def test_a_review_freezes_entries_and_trips_as_the_first_revision():
    may_sheet = scene(pays_trips=True)
    may_sheet.enter(4, 5)
    trip = {"day": "5.5.2026", "kilometres": "34,5", "origin": "Malli", "destination": "Testi", "purpose": "Koulutus"}
    actions.save_trip(may_sheet.sheet.pk, by=may_sheet.carer, at=NOW, version=2, values=trip)
    may_sheet.confirm()
    revision = may_sheet.review()
    assert (revision.number, revision.reviewed_by_id) == (1, may_sheet.handler.account_id)
    revision.refresh_from_db()
    frozen = queries.revision_facts(revision)
    assert frozen == queries.month_facts([may_sheet.sheet])[may_sheet.sheet.pk]
    assert [(each.day, each.type) for each in frozen.entries] == [(day, CARE) for day in may(4, 5)]
    assert [str(each.kilometres) for each in frozen.trips] == ["34.5"]
    assert str(frozen.terms[0].rates["care"].amount) == "97.5500"


def test_an_unconfirmed_sheet_is_confirmed_on_behalf_by_its_review():
    """CARE-9"""
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.review()
    view = may_sheet.view(may_sheet.carer)
    assert (view.state, view.is_confirmed_on_behalf, view.reviewed_by) == ("reviewed", True, "Kaisa Käsittelijä")


def test_a_period_that_goes_on_is_not_reviewed_unless_confirmed():
    may_sheet = scene()
    may_sheet.enter(4)
    with pytest.raises(WrongState):
        may_sheet.review(at=on(5, 30))
    may_sheet.confirm(at=on(5, 30), before_last_day_ok=True)
    may_sheet.review(at=on(5, 30))
    assert may_sheet.state == "reviewed"


def test_who_keyed_entries_in_does_not_review_them():
    """ACC-11"""
    may_sheet = scene()
    may_sheet.enter(4, by=may_sheet.handler)
    assert not may_sheet.view(may_sheet.handler).can.review
    with pytest.raises(NotAllowed):
        may_sheet.review()
    may_sheet.review(by=may_sheet.colleague)
    assert may_sheet.state == "reviewed"


def test_who_keyed_in_may_review_once_the_carer_has_entered_it_anew():
    """ACC-11: what counts is whose entries stand on the sheet."""
    may_sheet = scene()
    may_sheet.enter(4, by=may_sheet.handler)
    may_sheet.enter(4, day_type=TRAINING)
    may_sheet.review()
    assert may_sheet.state == "reviewed"


def test_who_keyed_a_trip_in_does_not_review_it():
    may_sheet = scene(pays_trips=True)
    trip = {"day": "2026-05-05", "kilometres": 34, "origin": "Malli", "destination": "Testi", "purpose": "Koulutus"}
    actions.save_trip(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=1, values=trip)
    with pytest.raises(NotAllowed):
        may_sheet.review()


def test_a_sheet_without_entries_may_be_reviewed_and_hands_over_nothing():
    """CARE-9: no entries, no payment."""
    may_sheet = scene()
    revision = may_sheet.review()
    facts = queries.revision_facts(revision)
    assert (facts.entries, facts.trips) == ((), ())


def test_many_are_reviewed_at_once_and_a_refused_one_stops_no_other():
    place = factories.county()
    mays = [scene(place=place) for _ in range(3)]
    handler = mays[0].handler
    mays[1].enter(4, by=handler)
    result = actions.review_sheets([(each.sheet.pk, each.version) for each in mays], by=handler, at=NOW)
    assert result.done == (mays[0].sheet.pk, mays[2].sheet.pk)
    ((refused, message),) = result.refused
    assert refused == mays[1].sheet.pk
    assert "colleague" in message
    assert [each.state for each in mays] == ["reviewed", "open", "reviewed"]


def test_another_organisations_sheet_is_not_reviewed():
    may_sheet = scene()
    stranger = factories.handler(factories.city())
    assert actions.review_sheets([(may_sheet.sheet.pk, 1)], by=stranger, at=NOW).done == ()


# --- Reopening -------------------------------------------------------------------------------------------------------


def test_a_reopened_sheet_makes_the_next_revision_and_keeps_the_first():
    may_sheet = scene()
    may_sheet.enter(4)
    first = may_sheet.review()
    may_sheet.reopen()
    may_sheet.enter(5, by=may_sheet.handler)
    second = may_sheet.review(by=may_sheet.colleague)
    assert (first.number, second.number) == (1, 2)
    assert SheetRevision.objects.get(pk=first.pk).facts == first.facts
    assert [len(queries.revision_facts(each).entries) for each in (first, second)] == [1, 2]
    assert may_sheet.view().revision == 2


def test_reopening_needs_a_reason_and_a_reviewed_sheet():
    may_sheet = scene()
    with pytest.raises(WrongState):
        may_sheet.reopen()
    may_sheet.review()
    with pytest.raises(InvalidInput):
        actions.reopen_sheet(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=2, reason=" ")


def test_a_reopened_sheet_can_be_returned_to_the_carer():
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.review()
    may_sheet.reopen()
    version = may_sheet.version
    actions.return_sheet(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=version, reason="Tarkista 5.5.")
    may_sheet.enter(5)
    assert may_sheet.entered() == {4: "care", 5: "care"}


# --- What payroll takes ----------------------------------------------------------------------------------------------


def test_payroll_takes_the_latest_revision_of_reviewed_sheets():
    may_sheet = scene()
    kinds, until = [ContractKind.SUBSTITUTE_CARE], date(2026, 5, 31)
    may_sheet.enter(4)
    assert not queries.revisions_to_pay(may_sheet.place.id, kinds, until).exists()
    may_sheet.review()
    may_sheet.reopen()
    assert not queries.revisions_to_pay(may_sheet.place.id, kinds, until).exists()
    second = may_sheet.review()
    assert list(queries.revisions_to_pay(may_sheet.place.id, kinds, until)) == [second]


def test_payroll_takes_no_other_kind_month_or_organisation():
    may_sheet = scene()
    may_sheet.review()
    organisation_id = may_sheet.place.id
    kinds, until = [ContractKind.SUBSTITUTE_CARE], date(2026, 5, 31)
    assert queries.revisions_to_pay(organisation_id, kinds, until).count() == 1
    assert not queries.revisions_to_pay(organisation_id, [ContractKind.OTHER_COMMISSION], until).exists()
    assert not queries.revisions_to_pay(organisation_id, kinds, date(2026, 5, 30)).exists()
    assert not queries.revisions_to_pay(factories.city().id, kinds, until).exists()


def test_facts_of_many_sheets_take_a_few_queries(django_assert_max_num_queries):
    place = factories.county()
    factories.rate(place, "training", "50.00")
    mays = [scene(place=place) for _ in range(4)]
    for each in mays:
        each.enter(4, 5)
        each.enter(6, day_type=DayType.TRAINING)
    sheets = list(type(mays[0].sheet).objects.select_related("contract"))
    with django_assert_max_num_queries(8):
        facts = queries.month_facts(sheets)
    assert {len(each.entries) for each in facts.values()} == {3}
    assert all({"care", "training"} <= each.terms[0].rates.keys() for each in facts.values())


def test_the_facts_of_a_month_do_not_depend_on_which_others_are_asked_with_it():
    may_sheet = scene(first=date(2026, 4, 15))
    april = sheet_of(may_sheet.contract, factories.APRIL)
    together = queries.month_facts([may_sheet.sheet, april])
    assert together[april.pk] == queries.month_facts([april])[april.pk]
    assert together[april.pk].terms[0].valid == DateRange(date(2026, 4, 15), date(2026, 5, 1))
    assert together[may_sheet.sheet.pk].terms[0].valid == factories.MAY
