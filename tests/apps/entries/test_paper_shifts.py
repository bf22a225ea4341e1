"""An assistant's timesheet on paper: hours and the employer's signature as one act (EMP-1, ACC-11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from palkkio.core.clock import HELSINKI, Clock
from palkkio.core.days import DateRange, halves
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents.actions import receive
from palkkio.entries import actions, queries
from palkkio.entries.actions.shifts import NewShift
from palkkio.entries.models import Sheet, Shift
from tests import factories
from tests.factories import NOW
from tests.web_desk.scene import signed_in

if TYPE_CHECKING:
    from palkkio.documents.models import Document

pytestmark = pytest.mark.django_db
SECOND = halves(factories.MAY)[1]


class House:
    """A household on paper, with May's second half, and two handlers."""

    def __init__(self) -> None:
        self.place = factories.county()
        factories.pays(self.place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
        contract = factories.assistance(self.place, factories.person(self.place, "Aino", "Avustaja"))
        factories.open_gate(self.place, contract.employer_id)
        self.sheet = Sheet.objects.create(organisation_id=self.place.id, contract=contract, period=SECOND)
        self.handler, self.colleague = factories.handler(self.place), factories.handler(self.place, "Kollega")

    def scan(self) -> Document:
        person_id = self.sheet.contract.carer_id
        return receive(factories.scan(), kind="paper_sheet", person_id=person_id, by=self.handler, at=NOW)

    def key_in(self, *days: int, by: Viewer | None = None, **values: Any) -> object:
        self.sheet.refresh_from_db()
        shifts = [NewShift(moment(day, 8), moment(day, 12)) for day in days]
        given = {"scan": self.scan(), "signed_on": date(2026, 6, 1), **values}
        version = self.sheet.version
        by = by or self.handler
        return actions.enter_paper_shifts(self.sheet.pk, by=by, at=NOW, version=version, shifts=shifts, **given)

    def days(self) -> list[int]:
        rows = Shift.objects.filter(sheet=self.sheet).order_by("start_at")
        return [each.start_at.astimezone(HELSINKI).day for each in rows]


def moment(day: int, hour: int) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=HELSINKI)


def test_a_signed_paper_is_keyed_in_by_one_and_reviewed_by_another() -> None:
    """EMP-1: channel paper, signature date and scan; who keyed it in does not review it, and nobody approves again."""
    house = House()
    house.key_in(18, 19)
    sheet = house.sheet
    sheet.refresh_from_db()
    assert (sheet.channel, sheet.signed_on, sheet.keyed_by_id) == ("paper", date(2026, 6, 1), house.handler.account_id)
    assert sheet.scan is not None
    with pytest.raises(NotAllowed):
        actions.review_sheet(sheet.pk, by=house.handler, at=NOW, version=sheet.version)
    revision = actions.review_sheet(sheet.pk, by=house.colleague, at=NOW, version=sheet.version)
    assert [each["start"][:10] for each in revision.facts["shifts"]] == ["2026-05-18", "2026-05-19"]


def test_a_corrected_paper_takes_the_place_of_the_shifts_that_stand_there() -> None:
    house = House()
    house.key_in(18, 19)
    change = house.key_in(19, 20)
    assert house.days() == [19, 20]
    assert len([key for key in change.after if key.startswith("shift")]) == 2  # type: ignore[attr-defined]
    actions.undo_change(change.pk, by=house.handler, at=NOW, version=Sheet.objects.get().version)  # type: ignore[attr-defined]
    assert house.days() == [18, 19]


def test_no_hours_are_paid_that_are_not_on_the_signed_paper() -> None:
    """EMP-1: nobody adds to the paper but staff who key it in anew; what they add is not reviewed as signed."""
    house = House()
    house.key_in(18, 19)
    contract = house.sheet.contract
    assistant = factories.viewer(contract.carer, RoleKind.ASSISTANT)
    employer = factories.viewer(contract.employer, RoleKind.EMPLOYER)
    actions.give_consent(contract.pk, by=assistant, at=NOW)

    def add(by: Viewer) -> object:
        times = {"start": moment(20, 8), "end": moment(20, 12)}
        return actions.save_shift(house.sheet.pk, by=by, at=NOW, version=version(), **times)

    def version() -> int:
        return Sheet.objects.get(pk=house.sheet.pk).version

    def can(by: Viewer) -> Any:
        return queries.sheet_view(Sheet.objects.get(pk=house.sheet.pk), viewer=by, today=factories.TODAY).can

    for viewer in (assistant, employer):
        assert not can(viewer).enter
        with pytest.raises(WrongState, match="came on a paper"):
            add(viewer)
    actions.report_change(
        contract.pk, by=assistant, at=NOW, values={"kind": "own_illness", "first": "18.5.2026", "last": "19.5.2026"}
    )
    assert not Shift.objects.filter(sheet=house.sheet, is_scheduled=True).exists()

    assert can(house.colleague).review
    added = add(house.handler)
    assert not can(house.colleague).review
    with pytest.raises(WrongState, match="not on the signed paper"):
        actions.review_sheet(house.sheet.pk, by=house.colleague, at=NOW, version=version())
    result = actions.review_sheets([(house.sheet.pk, version())], by=house.colleague, at=NOW)
    assert (result.done, [each for each, _message in result.refused]) == ((), [house.sheet.pk])
    actions.undo_change(added.pk, by=house.handler, at=NOW, version=version())  # type: ignore[attr-defined]
    revision = actions.review_sheet(house.sheet.pk, by=house.colleague, at=NOW, version=version())
    assert [each["start"][:10] for each in revision.facts["shifts"]] == ["2026-05-18", "2026-05-19"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"scan": None}, "scan"),
        ({"signed_on": None}, "signed_on"),
        ({"signed_on": date(2026, 6, 9)}, "signed_on"),
        ({"signed_on": date(2026, 5, 18)}, "signed_on"),
    ],
)
def test_a_paper_without_scan_or_a_right_signature_day_is_refused(values: dict[str, Any], field: str) -> None:
    house = House()
    with pytest.raises(InvalidInput) as refused:
        house.key_in(18, 19, **values)
    assert [each.field for each in refused.value.errors] == [field]
    assert house.days() == []


def test_days_are_not_keyed_in_for_an_assistant_and_a_clerk_keys_nothing_in() -> None:
    house = House()
    with pytest.raises(WrongState):
        actions.enter_paper_sheet(house.sheet.pk, by=house.handler, at=NOW, version=1, days={}, scan=house.scan())
    with pytest.raises(NotAllowed):
        house.key_in(18, by=factories.clerk(house.place))


def test_the_desks_page_takes_times_as_they_are_written_and_loses_nothing() -> None:
    """EMP-9: the page says by when papers come."""
    house = House()
    desk, address = signed_in(house.handler), reverse("desk:paper", args=[house.sheet.pk])
    assert "Papers that came by" in desk.get(address).content.decode()
    typed = {"version": "1", "signed_on": "1.6.2026", "2026-05-18": "8-12, 14.30-18", "2026-05-19": "22-2.15"}
    refused = desk.post(address, {**typed, "2026-05-20": "aamu", "scan": factories.scan()})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "8-12, 14.30-18" in text
    assert "aamu" in text
    kept = refused.context["form"]["scan_id"].value()
    saved = desk.post(address, {**typed, "scan_id": kept})
    assert saved.status_code == 302
    rows = Shift.objects.filter(sheet=house.sheet).order_by("start_at")
    assert [(each.end_at - each.start_at).total_seconds() / 3600 for each in rows] == [4, 3.5, 4.25]
    assert 'value="8.00-12.00, 14.30-18.00"' in desk.get(address).content.decode()
    shown = desk.get(reverse("desk:period", args=[house.sheet.pk])).content.decode()
    assert "The employer signed it on 1.6.2026" in shown.replace("\xa0", " ")


def test_a_paper_may_tell_another_decision_for_each_shift() -> None:
    """EMP-3: the paper's own decision for all, another one after the times of a shift; both come back on the page."""
    house = House()
    worker = factories.social_worker(house.place)
    employer = house.sheet.contract.employer
    factories.decision(house.place, employer, by=worker)
    factories.decision(house.place, employer, by=worker, group=2, name="Opiskelu")
    desk, address = signed_in(house.handler), reverse("desk:paper", args=[house.sheet.pk])
    typed = {"version": "1", "signed_on": "1.6.2026", "decision": "1.1", "2026-05-18": "8-12, 14.30-18 2.1"}
    refused = desk.post(address, {**typed, "2026-05-19": "8-9 3.1", "scan": factories.scan()})
    assert "one of the decisions of this period: 1.1, 2.1" in refused.content.decode()
    kept = refused.context["form"]["scan_id"].value()
    assert desk.post(address, {**typed, "scan_id": kept}).status_code == 302
    rows = Shift.objects.filter(sheet=house.sheet).order_by("start_at")
    assert [each.decision for each in rows] == ["1.1", "2.1"]
    again = desk.get(address)
    assert 'value="8.00-12.00, 14.30-18.00 2.1"' in again.content.decode()
    assert again.context["form"]["decision"].value() == "1.1"


@pytest.mark.parametrize(("fold", "hours"), [("0", 3.5), ("1", 4.5)])
def test_on_the_night_when_clocks_go_back_the_paper_is_asked_which_time_it_means(
    fold: str, hours: float, settings: Any
) -> None:
    """EMP-1: 3.30 comes twice on 25.10.2026; without an answer nothing is saved."""
    house = House()
    sheet = Sheet.objects.create(
        organisation_id=house.place.id,
        contract=house.sheet.contract,
        period=DateRange.of_days(date(2026, 10, 16), date(2026, 10, 31)),
    )
    desk, address = signed_in(factories.handler(house.place, "Syksyinen")), reverse("desk:paper", args=[sheet.pk])
    settings.PALKKIO_CLOCK = Clock(date(2026, 11, 2))
    typed = {"version": "1", "signed_on": "1.11.2026", "2026-10-25": "0-3.30", "scan": factories.scan()}
    asked = desk.post(address, typed)
    assert asked.status_code == 422
    assert "Which end do you mean?" in asked.content.decode()
    assert "Which beginning do you mean?" not in asked.content.decode()
    saved = desk.post(address, {**typed, "scan": factories.scan(), "end_fold": fold})
    assert saved.status_code == 302
    row = Shift.objects.get(sheet=sheet)
    assert (row.end_at - row.start_at).total_seconds() / 3600 == hours


def test_a_time_that_the_clock_jumps_over_is_not_taken_from_paper() -> None:
    """EMP-1: 3.30 does not exist on 29.3.2026."""
    house = House()
    sheet = Sheet.objects.create(
        organisation_id=house.place.id,
        contract=house.sheet.contract,
        period=DateRange.of_days(date(2026, 3, 16), date(2026, 3, 31)),
    )
    posted = {"version": "1", "signed_on": "1.4.2026", "2026-03-29": "0-3.30", "scan": factories.scan()}
    refused = signed_in(house.handler).post(reverse("desk:paper", args=[sheet.pk]), posted)
    assert "This time does not exist" in refused.content.decode()
    assert not Shift.objects.filter(sheet=sheet).exists()
