"""Sheets that come on paper lose nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.entries import actions
from tests import factories
from tests.apps.entries.scene import CARE, NOW, TRAINING, may, scene

pytestmark = pytest.mark.django_db


def key_in(may_sheet, *numbers, by=None, scan="", **more):
    return actions.enter_paper_sheet(
        may_sheet.sheet.pk,
        by=by or may_sheet.handler,
        at=NOW,
        version=may_sheet.version,
        days=more.pop("days", dict.fromkeys(may(*numbers), CARE)),
        scan=may_sheet.document() if scan == "" else scan,
        note=more.pop("note", ""),
        **more,
    )


def test_a_paper_sheet_is_keyed_in_marked_and_its_scan_kept():
    """ACC-11"""
    may_sheet = scene()
    scan = may_sheet.document()
    key_in(may_sheet, 4, 5, scan=scan, note="Allekirjoitettu 1.6.")
    view = may_sheet.view(may_sheet.carer)
    assert may_sheet.entered() == {4: "care", 5: "care"}
    assert (view.channel, view.scan_id, view.keyed_by) == ("paper", scan.pk, "Kaisa Käsittelijä")
    assert view.note == "Allekirjoitettu 1.6."
    assert view.cell(may(4)[0]).channel == "paper"
    assert view.cell(may(4)[0]).by_county


def test_a_paper_sheet_is_refused_without_its_scan():
    """ACC-11"""
    may_sheet = scene()
    with pytest.raises(InvalidInput) as refused:
        key_in(may_sheet, 4, scan=None)
    assert refused.value.errors[0].field == "scan"
    assert may_sheet.entered() == {}


def test_a_scan_of_somebody_else_is_refused():
    may_sheet = scene()
    other = factories.carer(may_sheet.place, "Esimerkki")
    with pytest.raises(NotAllowed):
        key_in(may_sheet, 4, scan=may_sheet.document(person_id=other.person_id))


def test_who_keyed_the_paper_in_does_not_review_it():
    """ACC-11: even when no day stands on it."""
    may_sheet = scene()
    key_in(may_sheet)
    with pytest.raises(NotAllowed):
        may_sheet.review()
    may_sheet.review(by=may_sheet.colleague)
    assert may_sheet.state == "reviewed"


def test_the_paper_replaces_what_stood_and_can_be_undone():
    may_sheet = scene()
    may_sheet.enter(3, 4, day_type=TRAINING)
    key_in(may_sheet, 4, 5)
    assert may_sheet.entered() == {4: "care", 5: "care"}
    change = may_sheet.sheet.changes.latest("version")
    may_sheet.undo(change, by=may_sheet.handler)
    assert may_sheet.entered() == {3: "training", 4: "training"}
    view = may_sheet.view()
    assert (view.channel, view.scan_id, view.keyed_by) == ("electronic", None, "")


def test_visits_are_counted_from_paper_too():
    may_sheet = scene(kind=ContractKind.OTHER_COMMISSION, rates={"visit": "35.00"})
    day = may(4)[0]
    key_in(may_sheet, days={day: DayType.VISIT}, counts={day: Decimal(3)})
    assert may_sheet.view().cell(day).count == 3


def test_carers_and_others_key_no_paper_in():
    may_sheet = scene()
    for viewer in (may_sheet.carer, factories.clerk(may_sheet.place), factories.handler(factories.city())):
        with pytest.raises(NotAllowed):
            key_in(may_sheet, 4, by=viewer)


def test_a_reviewed_sheet_takes_no_paper_until_reopened():
    may_sheet = scene()
    may_sheet.review()
    with pytest.raises(WrongState):
        key_in(may_sheet, 4)
    may_sheet.reopen()
    key_in(may_sheet, 4)
    assert may_sheet.entered() == {4: "care"}
