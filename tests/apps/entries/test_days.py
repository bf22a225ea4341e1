"""Days are entered, cleared and undone; what others saved meanwhile is never lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries import actions, queries
from palkkio.entries.actions import StaleSheet
from palkkio.entries.models import SheetChange
from tests import factories
from tests.apps.entries.scene import CARE, NOW, TODAY, TRAINING, may, scene

pytestmark = pytest.mark.django_db


# --- Entering --------------------------------------------------------------------------------------------------------


def test_entries_on_two_days_are_two_days():
    """CARE-7: a weekend from Friday to Sunday is entered on Friday and Saturday."""
    may_sheet = scene()
    change = may_sheet.enter(15, 16)
    assert may_sheet.entered() == {15: "care", 16: "care"}
    assert (change.version, may_sheet.version) == (2, 2)
    assert may_sheet.view().counts == ((CARE, 2),)


def test_one_day_has_one_type_and_the_later_one_replaces_it():
    """CARE-4"""
    may_sheet = scene()
    may_sheet.enter(4, 5)
    may_sheet.enter(5, day_type=TRAINING)
    assert may_sheet.entered() == {4: "care", 5: "training"}


def test_filling_only_empty_days_keeps_what_is_entered():
    """CARE-16"""
    may_sheet = scene()
    may_sheet.enter(5, day_type=TRAINING)
    change = may_sheet.enter(4, 5, 6, only_empty=True)
    assert may_sheet.entered() == {4: "care", 5: "training", 6: "care"}
    assert sorted(change.after) == ["2026-05-04", "2026-05-06"]


def test_days_of_neighbouring_months_are_refused_by_name():
    """CARE-16"""
    may_sheet = scene()
    with pytest.raises(InvalidInput) as refused:
        actions.enter_days(
            may_sheet.sheet.pk,
            by=may_sheet.carer,
            at=NOW,
            version=1,
            days=[date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 1)],
            day_type=CARE,
        )
    (error,) = refused.value.errors
    assert (error.field, error.params["days"]) == ("day", "30.4.2026, 1.6.2026")
    assert may_sheet.entered() == {}


def test_days_outside_the_contract_are_refused_by_name():
    may_sheet = scene(first=date(2026, 5, 10))
    with pytest.raises(InvalidInput) as refused:
        may_sheet.enter(9, 10)
    assert refused.value.errors[0].params["days"] == "9.5.2026"
    assert [cell.day.day for cell in may_sheet.view().days if cell.is_inside] == list(range(10, 32))


def test_days_that_fell_outside_the_contract_can_still_be_cleared():
    may_sheet = scene()
    may_sheet.enter(20, 21)
    may_sheet.contract.valid = factories.DateRange.of_days(date(2026, 1, 1), date(2026, 5, 20))
    may_sheet.contract.save()
    may_sheet.clear(21)
    assert may_sheet.entered() == {20: "care"}


def test_only_types_that_the_contract_offers_are_taken():
    """CARE-4: which types a kind of contract offers is data."""
    may_sheet = scene()
    with pytest.raises(InvalidInput) as refused:
        may_sheet.enter(4, day_type=DayType.VISIT)
    assert refused.value.errors[0].field == "type"


def test_no_day_chosen_asks_to_choose_one():
    may_sheet = scene()
    for act in (may_sheet.enter, may_sheet.clear):
        with pytest.raises(InvalidInput):
            act()


def test_visits_and_hours_are_counted_only_where_the_type_asks_for_them():
    """CARE-15"""
    visits = scene(kind=ContractKind.OTHER_COMMISSION, rates={"visit": "35.00", "hour": "18.00"})
    visits.enter(4, day_type=DayType.VISIT, count=2)
    visits.enter(5, day_type=DayType.HOURS, count=Decimal("3.5"))
    cells = visits.view().days
    assert (cells[3].count, cells[4].count) == (Decimal(2), Decimal("3.5"))
    for day_type, count in [
        (DayType.VISIT, 0),
        (DayType.VISIT, Decimal("1.5")),
        (DayType.VISIT, 21),
        (DayType.HOURS, Decimal("24.01")),
        (DayType.HOURS, Decimal("1.001")),
        (DayType.HOURS, -1),
        (DayType.CARE, 2),
    ]:
        with pytest.raises(InvalidInput) as refused:
            visits.enter(6, day_type=day_type, count=count)
        assert refused.value.errors[0].field == "count"


def test_entering_the_same_again_changes_nothing():
    may_sheet = scene()
    may_sheet.enter(4, 5)
    again = may_sheet.enter(4, 5)
    assert (again.pk, may_sheet.version) == (None, 2)
    assert SheetChange.objects.filter(sheet=may_sheet.sheet).count() == 1


def test_entries_by_the_county_are_marked_and_visible_to_the_carer():
    """CARE-12"""
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.enter(5, by=may_sheet.handler)
    cells = may_sheet.view(may_sheet.carer).days
    assert (cells[3].channel, cells[3].by_county) == ("electronic", False)
    assert (cells[4].channel, cells[4].by_county, cells[4].entered_by) == ("staff", True, "Kaisa Käsittelijä")


def test_entries_stay_open_after_the_deadline():
    """CARE-10: until confirmed or reviewed; what misses the run goes to the next one, and the page can say so."""
    may_sheet = scene()
    view = may_sheet.view(may_sheet.carer)
    assert view.timetable.deadline == date(2026, 6, 3) < TODAY
    assert view.is_late
    assert view.can.enter
    may_sheet.enter(4)
    assert may_sheet.entered() == {4: "care"}


def test_a_note_is_written_and_emptied():
    """CARE-11"""
    may_sheet = scene()
    sheet = may_sheet.sheet
    actions.write_note(sheet.pk, by=may_sheet.carer, at=NOW, version=1, text="  Su 31.5. hoidan myös.  ")
    assert may_sheet.view().note == "Su 31.5. hoidan myös."
    with pytest.raises(InvalidInput):
        actions.write_note(sheet.pk, by=may_sheet.carer, at=NOW, version=2, text="x" * 4001)
    actions.write_note(sheet.pk, by=may_sheet.carer, at=NOW, version=2, text="")
    assert may_sheet.view().note == ""


# --- Who may ---------------------------------------------------------------------------------------------------------


def test_a_carer_cannot_touch_another_carers_sheet():
    may_sheet = scene()
    other = factories.carer(may_sheet.place, "Esimerkki")
    with pytest.raises(NotAllowed):
        may_sheet.enter(4, by=other)


def test_another_organisation_cannot_touch_the_sheet():
    may_sheet = scene()
    stranger = factories.handler(factories.city())
    with pytest.raises(NotAllowed):
        may_sheet.enter(4, by=stranger)


def test_who_acts_for_the_carer_may_enter():
    may_sheet = scene()
    carer = may_sheet.contract.carer
    agent = factories.person(may_sheet.place, "Asko", "Edustaja")
    may_sheet.enter(4, by=factories.acting(agent, carer))
    assert may_sheet.entered() == {4: "care"}


@pytest.mark.parametrize("staff", [factories.clerk, factories.administrator])
def test_of_the_staff_only_a_handler_enters(staff):
    may_sheet = scene()
    with pytest.raises(NotAllowed):
        may_sheet.enter(4, by=staff(may_sheet.place))


def test_staff_do_not_handle_own_matters():
    """The carer, the care recipient, whom they act for and who acts for them."""
    may_sheet = scene()
    carer, recipient = may_sheet.contract.carer, may_sheet.contract.recipient
    helper = factories.person(may_sheet.place, "Asko", "Apulainen")
    factories.representation(helper, recipient)
    ward = factories.person(may_sheet.place, "Veli", "Edustettu")
    factories.representation(carer, ward)
    for person in (carer, recipient, helper, ward):
        own = factories.viewer(person, factories.RoleKind.HANDLER)
        with pytest.raises(NotAllowed):
            may_sheet.enter(4, by=own)
        assert not may_sheet.view(own).can.enter
        assert not may_sheet.view(own).can.review


def test_after_confirming_only_staff_change_days():
    """CARE-8"""
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.confirm()
    with pytest.raises(WrongState):
        may_sheet.enter(5)
    may_sheet.enter(5, by=may_sheet.handler)
    assert may_sheet.entered() == {4: "care", 5: "care"}
    assert may_sheet.state == "confirmed"


def test_a_reviewed_sheet_is_changed_by_nobody():
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.review()
    for viewer in (may_sheet.carer, may_sheet.handler):
        with pytest.raises(WrongState):
            may_sheet.enter(5, by=viewer)


# --- Saves at the same time ------------------------------------------------------------------------------------------


def test_a_save_on_days_that_somebody_else_changed_is_refused_with_both_kept():
    """CARE-13"""
    may_sheet = scene()
    may_sheet.enter(4, 5, by=may_sheet.handler)
    with pytest.raises(StaleSheet) as refused:
        may_sheet.enter(5, 6, day_type=TRAINING, version=1)
    saved, yours = refused.value.saved, refused.value.yours
    assert (saved.version, saved.cell(date(2026, 5, 5)).day_type) == (2, CARE)
    assert (yours.days, yours.day_type) == (tuple(may(5, 6)), TRAINING)
    assert may_sheet.entered() == {4: "care", 5: "care"}
    may_sheet.enter(5, 6, day_type=TRAINING, version=saved.version)
    assert may_sheet.entered() == {4: "care", 5: "training", 6: "training"}


def test_a_save_on_other_days_is_merged_and_says_so():
    """CARE-13"""
    may_sheet = scene()
    may_sheet.enter(4, 5, by=may_sheet.handler)
    change = may_sheet.enter(6, 7, version=1)
    assert change.merged_over == 1
    assert change.version == 3
    assert may_sheet.entered() == {4: "care", 5: "care", 6: "care", 7: "care"}


def test_the_same_days_entered_alike_by_both_are_no_conflict():
    may_sheet = scene()
    may_sheet.enter(4, 5, by=may_sheet.handler)
    change = may_sheet.enter(4, 5, 6, version=1)
    assert (sorted(change.after), change.merged_over) == (["2026-05-06"], 1)


def test_a_save_sent_twice_after_a_lost_connection_is_no_conflict():
    """CARE-13: the first one arrived, its answer did not."""
    may_sheet = scene()
    may_sheet.enter(4, 5, version=1)
    again = may_sheet.enter(4, 5, version=1)
    assert (again.pk, again.merged_over) == (None, 0)
    assert may_sheet.entered() == {4: "care", 5: "care"}


def test_clearing_a_day_that_somebody_else_changed_is_refused():
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.enter(4, by=may_sheet.handler, day_type=TRAINING)
    with pytest.raises(StaleSheet):
        may_sheet.clear(4, version=2)
    assert may_sheet.entered() == {4: "training"}


def test_what_the_carer_typed_is_kept_when_staff_confirmed_meanwhile():
    may_sheet = scene()
    actions.confirm_on_behalf(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=1)
    with pytest.raises(StaleSheet) as refused:
        may_sheet.enter(4, version=1)
    assert refused.value.saved.state == "confirmed"
    assert refused.value.yours.days == tuple(may(4))


def test_a_version_that_does_not_exist_yet_is_refused():
    may_sheet = scene()
    with pytest.raises(StaleSheet):
        may_sheet.enter(4, version=9)


# --- Clearing and undoing --------------------------------------------------------------------------------------------


def test_clearing_empties_the_chosen_days():
    """CARE-6"""
    may_sheet = scene()
    may_sheet.enter(4, 5, 6)
    may_sheet.clear(5, 6, 7)
    assert may_sheet.entered() == {4: "care"}


def test_a_cleared_day_comes_back_exactly_as_it_was():
    """CARE-16: with who entered it and when, here the county."""
    may_sheet = scene()
    may_sheet.enter(4, by=may_sheet.handler)
    before = may_sheet.view().cell(date(2026, 5, 4))
    change = may_sheet.clear(4)
    may_sheet.undo(change)
    assert may_sheet.view().cell(date(2026, 5, 4)) == before


def test_a_bulk_entry_is_undone_to_what_was_there():
    """CARE-16"""
    may_sheet = scene()
    may_sheet.enter(5, day_type=TRAINING)
    change = may_sheet.enter(4, 5, 6)
    may_sheet.undo(change)
    assert may_sheet.entered() == {5: "training"}


def test_an_undo_can_be_undone():
    may_sheet = scene()
    change = may_sheet.enter(4, 5)
    back = may_sheet.undo(change)
    assert may_sheet.entered() == {}
    may_sheet.undo(back)
    assert may_sheet.entered() == {4: "care", 5: "care"}


def test_an_undo_leaves_days_alone_that_it_did_not_touch():
    may_sheet = scene()
    change = may_sheet.enter(4)
    may_sheet.enter(5, day_type=TRAINING)
    may_sheet.undo(change)
    assert may_sheet.entered() == {5: "training"}


def test_an_undo_is_refused_when_the_days_changed_after():
    may_sheet = scene()
    change = may_sheet.enter(4, 5)
    may_sheet.enter(5, day_type=TRAINING)
    with pytest.raises(WrongState):
        may_sheet.undo(change)
    assert may_sheet.entered() == {4: "care", 5: "training"}


def test_only_entries_are_undone_and_only_by_who_may_enter():
    may_sheet = scene()
    change = may_sheet.enter(4)
    with pytest.raises(NotAllowed):
        may_sheet.undo(change, by=factories.carer(may_sheet.place, "Esimerkki"))
    may_sheet.confirm()
    with pytest.raises(WrongState):
        may_sheet.undo(change)
    confirming = SheetChange.objects.get(sheet=may_sheet.sheet, action="confirm_sheet")
    with pytest.raises(WrongState):
        may_sheet.undo(confirming, by=may_sheet.handler)


# --- History ---------------------------------------------------------------------------------------------------------


def test_every_save_is_in_the_history_with_who_when_and_what():
    """CARE-13"""
    may_sheet = scene()
    may_sheet.enter(4)
    may_sheet.enter(4, by=may_sheet.handler, day_type=TRAINING)
    newest, first = queries.history(may_sheet.sheet)
    assert (first.by_name, first.is_staff, first.action, first.at) == ("Hilla Mallikas", False, "enter_days", NOW)
    assert (newest.by_name, newest.is_staff) == ("Kaisa Käsittelijä", True)
    (line,) = newest.lines
    assert (line.what, line.day) == ("day", date(2026, 5, 4))
    assert (line.before["type"], line.after["type"]) == ("care", "training")
    assert (newest.can_undo, first.can_undo) == (True, False)


def test_each_save_is_recorded_with_whose_matter_it_is():
    from palkkio.audit.queries import history_of

    may_sheet = scene()
    may_sheet.enter(4)
    (event,) = history_of(may_sheet.place.id, "sheet", may_sheet.sheet.pk)
    assert (event.action, event.actor_account_id) == ("enter_days", may_sheet.carer.account_id)
    assert event.subject_person_id == may_sheet.carer.person_id
    assert event.details == {"version": 2, "touched": ["2026-05-04"]}
