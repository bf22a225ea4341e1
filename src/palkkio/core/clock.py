"""The one clock: an argument everywhere, fixed by PALKKIO_TODAY in demo and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def day_of(moment: datetime) -> date:
    """The day in Finland on which an aware moment falls; tables give it in UTC, where it may be the day before."""
    return moment.astimezone(HELSINKI).date()


@dataclass(frozen=True, slots=True)
class Clock:
    """Now in Finland. With `fixed_day` the day stands still and the time of day runs."""

    fixed_day: date | None = None

    def now(self) -> datetime:
        """Aware moment in Europe/Helsinki."""
        moment = datetime.now(HELSINKI)
        if self.fixed_day is None:
            return moment
        return moment.replace(
            year=self.fixed_day.year, month=self.fixed_day.month, day=self.fixed_day.day, tzinfo=HELSINKI
        )

    def today(self) -> date:
        return self.now().date()
