"""A household on 8 June 2026: Eero employs Aila and Yrjö, both with the two halves of May; the gate is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import actions, queries
from tests import factories

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet, SheetChange

NOW = factories.NOW
FIRST = DateRange.of_days(date(2026, 5, 1), date(2026, 5, 15))
SECOND = DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31))


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HELSINKI)


class Worker:
    """One assistant with an employment and its sheets."""

    def __init__(self, place: factories.Place, employer: Any, given_name: str) -> None:
        self.person = factories.person(place, given_name, "Avustaja")
        self.viewer = factories.viewer(self.person, RoleKind.ASSISTANT)
        rates = {"hourly": "14.50"}
        self.contract: Contract = factories.assistance(place, self.viewer.person_id, employer=employer, rates=rates)

    def sheet(self, period: DateRange = FIRST) -> Sheet:
        from palkkio.entries.models import Sheet

        return Sheet.objects.get(contract=self.contract, period=period)

    def work(self, day: int, start: int, end: int, *, by: Viewer | None = None, **more: Any) -> SheetChange:
        sheet = self.sheet(FIRST if day < 16 else SECOND)
        ends = at(day, end) if end > start else at(day + 1, end)
        return actions.save_shift(
            sheet.pk, by=by or self.viewer, at=NOW, version=sheet.version, start=at(day, start), end=ends, **more
        )

    def shift_id(self, number: int = 0, period: DateRange = FIRST) -> int:
        return queries.sheet_view(self.sheet(period)).shifts[number].id


class House:
    """Eero's household; `grants` are those of a basic decision."""

    def __init__(self, *, gate: date | None = factories.SINCE, **grants: Any) -> None:
        self.place = factories.county()
        self.employer = factories.person(self.place, "Eero", "Työnantaja")
        self.owner = factories.viewer(self.employer, RoleKind.EMPLOYER)
        self.aila, self.yrjo = (Worker(self.place, self.employer, name) for name in ("Aila", "Yrjö"))
        if gate is not None:
            factories.open_gate(self.place, self.employer, first=gate)
        self.social_worker = factories.social_worker(self.place)
        self.decision = factories.decision(self.place, self.employer, by=self.social_worker, **grants)
        actions.ensure_sheets(self.place.id, today=factories.TODAY)

    def approve(self, worker: Worker, *, confirmation: str = "", period: DateRange = FIRST) -> Any:
        sheet = worker.sheet(period)
        return actions.approve_shifts(sheet.pk, by=self.owner, at=NOW, version=sheet.version, confirmation=confirmation)

    def alerts(self, period: DateRange = FIRST) -> list[tuple[str, list[int]]]:
        """Kinds and days of month of what the employer sees."""
        from palkkio.entries.queries.alerts import household

        found = household(self.owner, self.employer.pk, period).alerts
        return [(each.kind.value, [day.day for day in each.days]) for each in found]
