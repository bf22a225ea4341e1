from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction

from palkkio.audit import actions, queries
from palkkio.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_change_tells_who_did_what_to_whom_in_which_role() -> None:
    place = factories.county()
    handler = factories.handler(place)

    actions.record(
        "review_sheet",
        by=handler,
        at=factories.NOW,
        object_kind="sheet",
        object_id=7,
        subject_person_id=3,
        reason="Checked by phone",
        details={"version": 2},
    )

    [event] = queries.history_of(place.id, "sheet", 7)
    assert (event.action, event.actor_person_id, event.actor_role) == ("review_sheet", handler.person_id, "handler")
    assert (event.subject_person_id, event.reason, event.details) == (3, "Checked by phone", {"version": 2})


def test_history_is_newest_first_without_looks_and_without_other_organisations() -> None:
    place, other = factories.county(), factories.city()
    handler = factories.handler(place)
    for action in ("confirm_sheet", "review_sheet"):
        actions.record(action, by=handler, at=factories.NOW, object_kind="sheet", object_id=7)
    actions.record("review_sheet", by=factories.handler(other), at=factories.NOW, object_kind="sheet", object_id=7)
    actions.record_look(
        "view_sheet", by=handler, at=factories.NOW, object_kind="sheet", object_id=7, subject_person_id=3
    )

    assert [event.action for event in queries.history_of(place.id, "sheet", 7)] == ["review_sheet", "confirm_sheet"]


def test_a_look_at_another_persons_record_is_told_and_a_look_at_ones_own_is_not() -> None:
    """ACC-12"""
    place = factories.county()
    handler, carer = factories.handler(place), factories.carer(place)
    for viewer in (handler, carer):
        actions.record_look(
            "view_payslip",
            by=viewer,
            at=factories.NOW,
            object_kind="payslip",
            object_id=1,
            subject_person_id=carer.person_id,
        )

    [look] = queries.looks_at(place.id, carer.person_id)
    assert (look.actor_person_id, look.is_read) == (handler.person_id, True)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_an_event_can_be_neither_edited_nor_deleted(change: str) -> None:
    actions.record("sign_in", by=None, at=factories.NOW)
    event = Event.objects.latest("pk")

    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        event.delete() if change == "delete" else Event.objects.update(action="nothing")
