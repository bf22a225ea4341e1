"""Whatever is entered, cleared and undone, in whatever order: the history leads to what stands on the sheet."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from palkkio.core.payslip import DayType
from palkkio.core.problems import Refusal
from palkkio.entries import actions, content, queries
from palkkio.entries.models import SheetChange
from tests.apps.entries.scene import NOW, Scene, may, replayed, scene

# Shrinking a failure rebuilds the scene hundreds of times: the example as found says enough.
QUICK = (Phase.explicit, Phase.generate)
TYPES = (DayType.CARE, DayType.TRAINING, DayType.CANCELLED_UNPAID)
days = st.sets(st.integers(1, 6), min_size=1).map(sorted)
who = st.sampled_from(["carer", "handler"])
age = st.integers(0, 2)  # how many versions old the page is
enter = st.tuples(st.just("enter"), who, age, days, st.sampled_from(TYPES), st.booleans())
clear = st.tuples(st.just("clear"), who, age, days)
undo = st.tuples(st.just("undo"), who, age, st.integers(0, 30))
note = st.tuples(st.just("note"), who, age, st.sampled_from(["", "a", "b"]))
trip = st.tuples(st.just("trip"), who, age, st.integers(1, 6))
remove = st.tuples(st.just("remove"), who, age, st.integers(0, 5))
steps = st.lists(st.one_of(enter, enter, clear, undo, undo, note, trip, remove), max_size=12)


def take(may_sheet: Scene, step: tuple[Any, ...]) -> None:
    kind, name, old, *rest = step
    pk = may_sheet.sheet.pk
    common: dict[str, Any] = {
        "by": getattr(may_sheet, name),
        "at": NOW,
        "version": max(1, may_sheet.version - old),
    }
    match kind:
        case "enter":
            numbers, day_type, only_empty = rest
            actions.enter_days(pk, **common, days=may(*numbers), day_type=day_type, only_empty=only_empty)
        case "clear":
            actions.clear_days(pk, **common, days=may(*rest[0]))
        case "undo":
            changes = list(SheetChange.objects.filter(sheet=pk).order_by("version"))
            if changes:
                actions.undo_change(changes[rest[0] % len(changes)].pk, **common)
        case "note":
            actions.write_note(pk, **common, text=rest[0])
        case "trip":
            values = {"day": may(rest[0])[0], "kilometres": 10, "origin": "A", "destination": "B", "purpose": "C"}
            actions.save_trip(pk, **common, values=values)
        case "remove":
            trips = list(may_sheet.sheet.trips.order_by("pk"))
            if trips:
                actions.remove_trip(pk, **common, trip_id=trips[rest[0] % len(trips)].pk)


def standing(may_sheet: Scene) -> tuple[content.Content, int]:
    version = may_sheet.version  # reads the sheet anew
    return dict(content.Standing(may_sheet.sheet)), version


class HistoryTest(TestCase):
    may_sheet: Scene

    @classmethod
    def setUpTestData(cls) -> None:
        cls.may_sheet = scene(pays_trips=True)  # each example begins on it anew

    @settings(deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
    @given(steps)
    def test_the_history_is_replayable_to_what_stands_on_the_sheet(self, taken: list[tuple[Any, ...]]) -> None:
        """CARE-13: no save is missing from the history, a refused one changes nothing, versions have no gap."""
        may_sheet = self.may_sheet
        for step in taken:
            before = standing(may_sheet)
            try:
                take(may_sheet, step)
            except Refusal:
                assert standing(may_sheet) == before
        changes = list(SheetChange.objects.filter(sheet=may_sheet.sheet).order_by("version"))
        present, _ = standing(may_sheet)
        assert replayed(changes) == present
        assert [each.version for each in changes] == list(range(2, may_sheet.version + 1))
        for each in changes:
            assert each.before.keys() == each.after.keys()
            assert all(each.before[key] != each.after[key] for key in each.after)
        view = queries.sheet_view(may_sheet.sheet)
        assert {cell.day.isoformat() for cell in view.days if cell.day_type} == {
            key for key in present if content.day_of(key)
        }

    @settings(deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
    @given(steps, enter | clear)
    def test_undoing_the_last_save_restores_the_sheet_exactly(
        self, taken: list[tuple[Any, ...]], last: tuple[Any, ...]
    ) -> None:
        """CARE-16"""
        may_sheet = self.may_sheet
        for step in taken:
            try:
                take(may_sheet, step)
            except Refusal:
                continue
        before, version = standing(may_sheet)
        kind, name, _, *rest = last
        take(may_sheet, (kind, name, 0, *rest))
        if may_sheet.version > version:
            may_sheet.undo(SheetChange.objects.get(sheet=may_sheet.sheet, version=version + 1))
        assert standing(may_sheet)[0] == before
