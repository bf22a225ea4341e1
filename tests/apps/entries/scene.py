"""A carer's May in Mallila, with those who handle it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.viewer import Viewer
from palkkio.entries import actions, content, queries
from tests import factories
from tests.prepared import prepared

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document
    from palkkio.entries.models import Sheet, SheetChange

NOW = factories.NOW
TODAY = factories.TODAY
MAY, APRIL, JUNE = factories.MAY, factories.APRIL, DateRange.of_month(2026, 6)
CARE, TRAINING = DayType.CARE, DayType.TRAINING


def may(*numbers: int) -> list[date]:
    return [date(2026, 5, number) for number in numbers]


def on(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=HELSINKI)


@dataclass
class Scene:
    place: factories.Place
    carer: Viewer
    handler: Viewer
    colleague: Viewer
    contract: Contract
    sheet: Sheet

    @property
    def version(self) -> int:
        self.sheet.refresh_from_db()
        return self.sheet.version

    @property
    def state(self) -> str:
        self.sheet.refresh_from_db()
        return self.sheet.state

    def entered(self) -> dict[int, str]:
        """Types by day number."""
        return {each.day.day: each.day_type for each in self.sheet.entries.order_by("day")}

    def enter(self, *numbers: int, by: Viewer | None = None, day_type: DayType = CARE, **more: Any) -> Any:
        return actions.enter_days(
            self.sheet.pk,
            by=by or self.carer,
            at=more.pop("at", NOW),
            version=more.pop("version", self.version),
            days=may(*numbers),
            day_type=day_type,
            **more,
        )

    def clear(self, *numbers: int, by: Viewer | None = None, **more: Any) -> Any:
        return actions.clear_days(
            self.sheet.pk,
            by=by or self.carer,
            at=NOW,
            version=more.pop("version", self.version),
            days=may(*numbers),
        )

    def undo(self, change: Any, by: Viewer | None = None) -> Any:
        return actions.undo_change(change.pk, by=by or self.carer, at=NOW, version=self.version)

    def confirm(self, **more: Any) -> Any:
        at = more.pop("at", NOW)
        return actions.confirm_sheet(self.sheet.pk, by=self.carer, at=at, version=self.version, **more)

    def review(self, by: Viewer | None = None, at: datetime = NOW) -> Any:
        return actions.review_sheet(self.sheet.pk, by=by or self.handler, at=at, version=self.version)

    def reopen(self) -> Any:
        return actions.reopen_sheet(self.sheet.pk, by=self.handler, at=NOW, version=self.version, reason="Day missing")

    def view(self, viewer: Viewer | None = None, today: date = TODAY) -> queries.SheetView:
        self.sheet.refresh_from_db()
        return queries.sheet_view(self.sheet, viewer=viewer, today=today)

    def document(self, kind: str = "paper_sheet", person_id: int | None = None) -> Document:
        from palkkio.documents.models import Document

        return Document.objects.create(
            organisation=self.place.organisation,
            person_id=person_id or self.carer.person_id,
            kind=kind,
            file_name="scan.pdf",
            content_type="application/pdf",
            size=4,
            sha256="0" * 64,
            file="test/scan.pdf",
            added_at=NOW,
        )


def replayed(changes: Iterable[SheetChange]) -> content.Content:
    """What the changes, from the first to the last, leave on a sheet."""
    found: content.Content = {}
    for change in changes:
        if change.action in content.CONTENT_ACTIONS:
            found |= change.after
    return {key: value for key, value in found.items() if value is not None}


def scene(*, month: DateRange = MAY, place: factories.Place | None = None, **contract_values: Any) -> Scene:
    """A substitute carer with an open sheet, a handler and a colleague of theirs."""
    if place is None:
        key = ("a sheet", month, *sorted(contract_values.items(), key=str))
        return prepared(repr(key), lambda: scene(month=month, place=factories.county(), **contract_values))
    carer = factories.carer(place)
    contract = factories.contract(place, carer.person_id, **contract_values)
    return Scene(
        place,
        carer,
        factories.handler(place),
        factories.handler(place, "Kollega", "Kalle"),
        contract,
        sheet_of(contract, month),
    )


def sheet_of(contract: Contract, month: DateRange = MAY) -> Sheet:
    from palkkio.entries.models import Sheet

    return Sheet.objects.create(organisation_id=contract.organisation_id, contract=contract, period=month)
