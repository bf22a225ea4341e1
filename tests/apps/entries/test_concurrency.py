"""Two people act at once, each over a connection of their own: the sheet takes them one after another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from palkkio.core.payslip import ContractKind
from palkkio.core.problems import Refusal
from palkkio.entries import actions, content, queries
from palkkio.entries.actions import StaleSheet
from palkkio.entries.models import Sheet, SheetChange, SheetRevision
from tests import factories
from tests.apps.entries.scene import CARE, NOW, TODAY, TRAINING, Scene, may, replayed, scene
from tests.factories import MAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Results or refusals of acts that start together, each in a thread with its own connection.

    The sheets are locked until all of them wait, so that none has finished before another begins.
    """
    results: list[Any] = [None] * len(acts)
    started = threading.Barrier(len(acts) + 1)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            started.wait(timeout=60)
            results[number] = act()
        except Refusal as refusal:
            results[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    with transaction.atomic():
        list(Sheet.objects.select_for_update())
        for thread in threads:
            thread.start()
        started.wait(timeout=60)
        wait_for_locks(len(acts))
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


def wait_for_locks(number: int) -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0] >= number:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("The acts did not come to wait for the sheet")


def refusals(results: list[Any]) -> list[Refusal]:
    return [each for each in results if isinstance(each, Refusal)]


def enter(may_sheet: Scene, viewer: Any, *numbers: int, day_type: Any = CARE) -> Callable[[], Any]:
    return lambda: actions.enter_days(
        may_sheet.sheet.pk, by=viewer, at=NOW, version=1, days=may(*numbers), day_type=day_type
    )


def test_saves_of_the_same_day_at_once_keep_one_and_refuse_the_other():
    """CARE-13"""
    may_sheet = scene()
    results = at_once(
        enter(may_sheet, may_sheet.carer, 4, 5), enter(may_sheet, may_sheet.handler, 5, 6, day_type=TRAINING)
    )
    (refused,) = refusals(results)
    assert isinstance(refused, StaleSheet)
    assert refused.saved.version == 2
    assert may_sheet.entered() in ({4: "care", 5: "care"}, {5: "training", 6: "training"})
    assert SheetChange.objects.count() == 1


def test_saves_of_different_days_at_once_keep_both():
    """CARE-13"""
    may_sheet = scene()
    results = at_once(
        enter(may_sheet, may_sheet.carer, 4, 5), enter(may_sheet, may_sheet.handler, 6, day_type=TRAINING)
    )
    assert refusals(results) == []
    assert sorted(each.merged_over for each in results) == [0, 1]
    assert may_sheet.entered() == {4: "care", 5: "care", 6: "training"}
    assert may_sheet.version == 3


def test_a_double_click_on_confirm_confirms_once():
    may_sheet = scene()

    def confirm() -> Any:
        return actions.confirm_sheet(may_sheet.sheet.pk, by=may_sheet.carer, at=NOW, version=1)

    results = at_once(confirm, confirm)
    assert len(refusals(results)) == 1
    assert (may_sheet.state, may_sheet.version) == ("confirmed", 2)
    assert SheetChange.objects.filter(action="confirm_sheet").count() == 1


def test_a_review_and_a_save_at_once_never_pay_what_the_reviewer_did_not_see():
    may_sheet = scene()
    results = at_once(
        lambda: actions.review_sheet(may_sheet.sheet.pk, by=may_sheet.colleague, at=NOW, version=1),
        enter(may_sheet, may_sheet.carer, 4),
    )
    assert len(refusals(results)) == 1
    assert isinstance(refusals(results)[0], StaleSheet)
    if may_sheet.state == "reviewed":
        assert (may_sheet.entered(), SheetRevision.objects.get().facts["entries"]) == ({}, [])
    else:
        assert (may_sheet.entered(), SheetRevision.objects.count()) == ({4: "care"}, 0)


def test_two_reviews_at_once_make_one_revision():
    may_sheet = scene()
    results = at_once(
        *(
            lambda viewer=viewer: actions.review_sheet(may_sheet.sheet.pk, by=viewer, at=NOW, version=1)
            for viewer in (may_sheet.handler, may_sheet.colleague)
        )
    )
    assert len(refusals(results)) == 1
    assert SheetRevision.objects.count() == 1


def test_many_saves_at_once_are_all_in_the_history():
    may_sheet = scene()
    viewers = [may_sheet.carer, may_sheet.handler, may_sheet.colleague]
    results = at_once(*(enter(may_sheet, viewer, 4 + number) for number, viewer in enumerate(viewers)))
    assert refusals(results) == []
    changes = SheetChange.objects.filter(sheet=may_sheet.sheet).order_by("version")
    assert [each.version for each in changes] == [2, 3, 4]
    may_sheet.sheet.refresh_from_db()
    assert replayed(changes) == dict(content.Standing(may_sheet.sheet))


def test_sheets_made_by_two_workers_at_once_are_made_once():
    place = factories.county()
    contract = factories.contract(place, factories.carer(place).person_id)
    started = threading.Barrier(2)

    def make() -> None:
        try:
            started.wait(timeout=60)
            actions.ensure_sheets(place.id, today=TODAY)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert Sheet.objects.filter(contract=contract).count() == 7
    viewer = factories.handler(place)
    assert queries.queue(viewer, month=factories.MAY).count() == 1


def test_a_month_that_somebody_is_at_work_on_is_not_taken_back():
    """CARE-9: the night waits for nobody, and leaves the sheet to who has it."""
    place = factories.county()
    factories.pays(place, ContractKind.INFORMAL_CARE, first=date(2026, 4, 1))
    contract = factories.informal_care(place, factories.carer(place).person_id)
    assert actions.freeze_months(place.id, until=date(2026, 5, 31), at=NOW) == 2
    revisions = list(SheetRevision.objects.values_list("pk", flat=True))
    results: list[int] = []

    def night() -> None:
        try:
            results.append(actions.take_back_months(revisions, at=NOW))
        finally:
            connections.close_all()

    with transaction.atomic():
        held = Sheet.objects.select_for_update().get(contract=contract, period=MAY)
        thread = threading.Thread(target=night)
        thread.start()
        thread.join(timeout=60)
        assert not thread.is_alive()
    assert results == [1]
    assert list(Sheet.objects.values_list("pk", flat=True)) == [held.pk]
