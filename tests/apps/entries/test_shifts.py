"""Shifts of an assistant and their approval by the employer (EMP-1, EMP-2; R1 to R7 of the assistants' pay)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from palkkio.core.capabilities import Scope
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import access, actions, queries
from palkkio.entries.refusals import StaleSheet
from tests import factories
from tests.prepared import prepared

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet
    from palkkio.people.models import Person

pytestmark = pytest.mark.django_db
NOW = factories.NOW
FIRST, SECOND = (
    DateRange.of_days(date(2026, 5, 1), date(2026, 5, 15)),
    DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31)),
)


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HELSINKI)


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What was typed is refused, and the sentence says why."""
    with pytest.raises(InvalidInput) as found:
        yield
    assert words in found.value.errors[0].message


@dataclass
class House:
    place: factories.Place
    employer: Person
    owner: Viewer
    aila: Person
    assistant: Viewer
    contract: Contract
    sheet: Sheet

    @property
    def version(self) -> int:
        self.sheet.refresh_from_db()
        return self.sheet.version

    def save(self, start: datetime, end: datetime, by: Viewer | None = None, **more: Any) -> Any:
        more.setdefault("version", self.version)
        return actions.save_shift(self.sheet.pk, by=by or self.assistant, at=NOW, start=start, end=end, **more)

    def approve(self, by: Viewer | None = None, when: datetime = NOW, confirmation: str = "") -> Any:
        return actions.approve_shifts(
            self.sheet.pk, by=by or self.owner, at=when, version=self.version, confirmation=confirmation
        )

    def times(self) -> list[tuple[int, int]]:
        rows = queries.sheet_view(self.sheet).shifts
        return [(each.start.day, each.start.hour) for each in rows]


@pytest.fixture
def house() -> House:
    return prepared("a household with an assistant", make)


def make() -> House:
    from palkkio.entries.models import Sheet

    place = factories.county()
    employer = factories.person(place, "Eero", "Työnantaja")
    aila = factories.person(place, "Aila", "Avustaja")
    assistant = factories.viewer(aila, RoleKind.ASSISTANT)
    contract = factories.assistance(place, assistant.person_id, employer=employer, rates={"hourly": "14.50"})
    factories.open_gate(place, employer)
    sheet = Sheet.objects.create(organisation_id=place.id, contract=contract, period=FIRST)
    return House(place, employer, factories.viewer(employer, RoleKind.EMPLOYER), aila, assistant, contract, sheet)


def test_a_shift_is_saved_changed_removed_and_put_back(house: House) -> None:
    """EMP-1: the assistant enters; the history and undo are those of every sheet (CARE-13, CARE-16)."""
    house.save(at(4, 8, 15), at(4, 12, 45), note="Kaupassa")
    (row,) = queries.sheet_view(house.sheet).shifts
    assert (row.length, row.note, row.by_county) == (timedelta(hours=4, minutes=30), "Kaupassa", False)
    house.save(at(4, 22), at(5, 2), shift_id=row.id)  # over midnight
    assert queries.sheet_view(house.sheet).hours == timedelta(hours=4)
    removed = actions.remove_shift(house.sheet.pk, by=house.assistant, at=NOW, version=house.version, shift_id=row.id)
    assert house.times() == []
    actions.undo_change(removed.pk, by=house.assistant, at=NOW, version=house.version)
    assert house.times() == [(4, 22)]
    history = queries.history(house.sheet)
    assert [each.action for each in history] == ["undo_change", "remove_shift", "save_shift", "save_shift"]
    assert history[0].lines[0].what == "shift"


def test_a_shift_is_not_put_back_over_another_that_was_entered_meanwhile(house: House) -> None:
    """CARE-16: two shifts at one time could not be paid. Of the same sheet, and of the one before."""
    from palkkio.entries.models import Sheet

    def undo(change: Any) -> None:
        version = Sheet.objects.get(pk=change.sheet_id).version
        actions.undo_change(change.pk, by=house.assistant, at=NOW, version=version)

    house.save(at(4, 8), at(4, 12))
    (row,) = queries.sheet_view(house.sheet).shifts
    moved = house.save(at(4, 13), at(4, 17), shift_id=row.id)
    between = house.save(at(4, 10), at(4, 13))
    with pytest.raises(WrongState, match="another shift at that time"):
        undo(moved)
    undo(between)
    house.save(at(4, 8), at(4, 12))
    with pytest.raises(WrongState, match="another shift at that time"):
        undo(moved)
    assert [(each.start.hour, each.end.hour) for each in queries.sheet_view(house.sheet).shifts] == [(8, 12), (13, 17)]

    second = Sheet.objects.create(organisation_id=house.place.id, contract=house.contract, period=SECOND)
    early = actions.save_shift(second.pk, by=house.assistant, at=NOW, version=1, start=at(16, 4), end=at(16, 6))
    (shift,) = queries.sheet_view(second).shifts
    removed = actions.remove_shift(second.pk, by=house.assistant, at=NOW, version=early.version, shift_id=shift.id)
    night = house.save(at(15, 22), at(16, 5))
    with pytest.raises(WrongState, match="another shift at that time"):
        undo(removed)
    undo(night)
    undo(removed)
    assert [each.id for each in queries.sheet_view(Sheet.objects.get(pk=second.pk)).shifts] == [shift.id]


def test_own_shifts_do_not_overlap_and_the_refusal_names_the_other(house: House) -> None:
    """Touching is no overlap; also a shift that goes on from the sheet before counts."""
    from palkkio.entries.models import Sheet

    house.save(at(4, 8), at(4, 12))
    house.save(at(4, 12), at(4, 14))
    with refused("another shift"):
        house.save(at(4, 11, 59), at(4, 13))
    house.save(at(15, 22), at(16, 6))
    second = Sheet.objects.create(organisation_id=house.place.id, contract=house.contract, period=SECOND)
    with refused("another shift"):
        actions.save_shift(second.pk, by=house.assistant, at=NOW, version=1, start=at(16, 5), end=at(16, 9))
    actions.save_shift(second.pk, by=house.assistant, at=NOW, version=1, start=at(16, 6), end=at(16, 9))


def test_a_shift_begins_in_its_half_month_and_has_a_length(house: House) -> None:
    """R1."""
    for start, end in ((at(16, 8), at(16, 12)), (at(30, 8, month=4), at(30, 12, month=4))):
        with refused("period"):
            house.save(start, end)
    for hours in (0, -1, 49):
        with refused("Enter an end"):
            house.save(at(4, 8), at(4, 8) + timedelta(hours=hours))


def test_a_shift_is_cut_only_where_the_rest_begins_in_its_half_month(house: House) -> None:
    """R1, BEY-5: what is cut off begins in the sheet's period, too; otherwise the hours could not be paid."""
    house.save(at(15, 22), at(16, 6))
    (row,) = queries.sheet_view(house.sheet).shifts

    def split(cut: datetime) -> None:
        actions.split_shift(house.sheet.pk, by=house.assistant, at=NOW, version=house.version, shift_id=row.id, cut=cut)

    for cut in (at(16, 0), at(16, 3)):
        with refused("after this half month"):
            split(cut)
    split(at(15, 23))
    assert house.times() == [(15, 22), (15, 23)]
    assert queries.sheet_view(house.sheet).hours == timedelta(hours=8)


def test_the_hour_that_comes_twice_is_told_by_its_offset(house: House) -> None:
    """EMP-1: on 25.10.2026 the clock shows 3.30 twice; from the first to the second is one hour."""
    from palkkio.entries.models import Sheet

    days = DateRange.of_days(date(2026, 10, 16), date(2026, 10, 31))
    sheet = Sheet.objects.create(organisation_id=house.place.id, contract=house.contract, period=days)
    first = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI)
    actions.save_shift(sheet.pk, by=house.assistant, at=NOW, version=1, start=first, end=first.replace(fold=1))
    assert queries.sheet_view(sheet).hours == timedelta(hours=1)


def test_the_decision_is_asked_only_when_several_are_valid(house: House) -> None:
    """R10, EMP-3: one is taken without asking; of several the shift names one."""
    worker = factories.social_worker(house.place)
    factories.decision(house.place, house.employer, by=worker)
    house.save(at(4, 8), at(4, 12))
    assert queries.sheet_view(house.sheet).shifts[0].decision == "1.1"
    factories.decision(house.place, house.employer, by=worker, group=2, name="Työ")
    with refused("Choose the decision"):
        house.save(at(5, 8), at(5, 12))
    with refused("Choose the decision"):
        house.save(at(5, 8), at(5, 12), decision="3.1")
    house.save(at(5, 8), at(5, 12), decision="2.1")


def test_a_leave_day_is_ticked_but_not_on_a_sunday_or_public_holiday(house: House) -> None:
    """EMP-6, R15."""

    def tick(*days: int) -> None:
        chosen = [date(2026, 5, day) for day in days]
        actions.enter_days(
            house.sheet.pk, by=house.assistant, at=NOW, version=house.version, days=chosen, day_type=DayType.LEAVE
        )

    for day in (1, 3, 14):  # May Day, a Sunday, Ascension Day
        with refused("no leave days"):
            tick(day)
    with pytest.raises(InvalidInput):
        actions.enter_days(
            house.sheet.pk,
            by=house.assistant,
            at=NOW,
            version=house.version,
            days=[date(2026, 5, 4)],
            day_type=DayType.CARE,
        )


def test_a_save_on_an_older_page_is_refused_when_another_changed_the_same_shift(house: House) -> None:
    """CARE-13."""
    house.save(at(4, 8), at(4, 12))
    (row,) = queries.sheet_view(house.sheet).shifts
    old = house.version
    handler = factories.handler(house.place)
    house.save(at(4, 9), at(4, 12), by=handler, shift_id=row.id)
    with pytest.raises(StaleSheet):
        house.save(at(4, 7), at(4, 12), shift_id=row.id, version=old)
    house.save(at(6, 8), at(6, 12), version=old)  # another thing: both are kept


# --- Approval --------------------------------------------------------------------------------------------------------


def test_the_employer_approves_and_payroll_gets_the_frozen_hours(house: House) -> None:
    """R6, R7: what was not approved never reaches payroll; what was is frozen as it stood."""
    house.save(at(4, 8), at(4, 12))

    def to_pay() -> list[Any]:
        kinds = [house.contract.kind]
        return list(queries.revisions_to_pay(house.place.id, kinds, date(2026, 6, 30)))

    assert to_pay() == []
    revision = house.approve()
    assert (revision.number, revision.reviewed_by_id) == (1, house.owner.account_id)
    assert [each.pk for each in to_pay()] == [revision.pk]
    (shift,) = queries.revision_facts(revision).shifts
    assert (shift.start, shift.end) == (at(4, 8), at(4, 12))
    with pytest.raises(WrongState, match="approved these hours"):
        house.save(at(5, 8), at(5, 12))
    with pytest.raises(WrongState, match="approved already"):
        house.approve()


def test_no_assistant_approves_own_hours_with_any_role_or_mandate(house: House) -> None:
    """EMP-1, R6: refused in the action itself, whoever calls it."""
    house.save(at(4, 8), at(4, 12))
    with_mandate = factories.acting(house.aila, house.employer, RoleKind.EMPLOYER)
    other = factories.viewer(factories.person(house.place, "Olli", "Outo"), RoleKind.EMPLOYER)
    for viewer in (house.assistant, with_mandate, factories.handler(house.place), factories.clerk(house.place), other):
        with pytest.raises(NotAllowed):
            house.approve(by=viewer)
    for viewer in (house.assistant, factories.handler(house.place)):
        for act in (actions.review_sheet, actions.confirm_sheet, actions.confirm_on_behalf):
            with pytest.raises((NotAllowed, WrongState)):
                act(house.sheet.pk, by=viewer, at=NOW, version=house.version)
    assert house.sheet.revisions.count() == 0


def test_who_acts_for_the_employer_approves_and_who_may_only_read_does_not(house: House) -> None:
    """EMP-1, EMP-13, ACC-14."""
    house.save(at(4, 8), at(4, 12))
    helper = factories.person(house.place, "Auli", "Auttaja")
    with pytest.raises(NotAllowed):
        house.approve(by=factories.acting(helper, house.employer, RoleKind.EMPLOYER, scope=Scope.READ_ONLY))
    other = factories.person(house.place, "Sirpa", "Sijainen")
    assert house.approve(by=factories.acting(other, house.employer, RoleKind.EMPLOYER)).number == 1


def test_hours_are_approved_after_the_half_month_as_they_stand_on_the_page(house: House) -> None:
    """EMP-2, CARE-13."""
    house.save(at(4, 8), at(4, 12))
    with pytest.raises(WrongState, match="still going on"):
        house.approve(when=at(14, 12))
    old = house.version
    house.save(at(5, 8), at(5, 12))
    with pytest.raises(StaleSheet):
        actions.approve_shifts(house.sheet.pk, by=house.owner, at=NOW, version=old)
    assert house.approve(when=at(15, 20)).number == 1


def test_returned_hours_are_corrected_and_approved_and_reopened_ones_approved_again(house: House) -> None:
    """EMP-1: a return says why; after the county reopens, the next approval makes the next revision."""
    house.save(at(4, 8), at(4, 12))
    with pytest.raises(InvalidInput):
        actions.return_shifts(house.sheet.pk, by=house.owner, at=NOW, version=house.version, reason=" ")
    actions.return_shifts(house.sheet.pk, by=house.owner, at=NOW, version=house.version, reason="Maanantai puuttuu")
    house.sheet.refresh_from_db()
    assert queries.sheet_view(house.sheet).returned_reason == "Maanantai puuttuu"
    house.save(at(11, 8), at(11, 12))
    house.approve()
    handler = factories.handler(house.place)
    actions.reopen_sheet(house.sheet.pk, by=handler, at=NOW, version=house.version, reason="Tunti puuttuu")
    house.save(at(12, 8), at(12, 9))
    assert house.approve().number == 2


def test_the_employer_sees_the_sheets_of_all_own_assistants_and_of_no_others(house: House) -> None:
    """EMP-12."""
    house.save(at(4, 8), at(4, 12, 30))
    second = factories.viewer(factories.person(house.place, "Yrjö", "Avustaja"), RoleKind.ASSISTANT)
    theirs = factories.assistance(house.place, second.person_id, employer=house.employer)
    foreign = factories.assistance(house.place, second.person_id)
    from palkkio.entries.models import Sheet

    for contract in (theirs, foreign):
        Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=FIRST)
    rows = queries.periods_of_employer(house.owner)
    assert {each.carer_name: each.hours for each in rows} == {
        "Aila Avustaja": timedelta(hours=4, minutes=30),
        "Yrjö Avustaja": timedelta(),
    }
    assert not access.employed_sheets(house.assistant).exists()
    assert not access.employed_sheets(factories.handler(house.place)).exists()
