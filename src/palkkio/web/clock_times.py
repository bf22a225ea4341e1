"""Clock times of a shift as moments; where clocks go back the form asks which of two equal times is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palkkio.core.clock import HELSINKI

FOLDS = (("0", _("the first one, summer time")), ("1", _("the second one, winter time")))
NO_SUCH_TIME = _("This time does not exist: on this night the clock goes from 3 to 4.")
WHICH = _("On this night the clock shows this time twice. Choose which one you mean.")


class ClockTimesForm(forms.Form):
    """A form whose `span` turns a day and two clock times into moments, and asks where they do not tell (EMP-1)."""

    start_fold = forms.ChoiceField(
        label=_("Which beginning do you mean?"), choices=FOLDS, widget=forms.RadioSelect, required=False
    )
    end_fold = forms.ChoiceField(
        label=_("Which end do you mean?"), choices=FOLDS, widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks: set[str] = set()

    @property
    def asks_start(self) -> bool:
        return "start" in self.asks

    @property
    def asks_end(self) -> bool:
        return "end" in self.asks

    def span(
        self, day: date, begins: time, ends: time, *, fields: tuple[str, str] = ("start", "end")
    ) -> tuple[datetime, datetime] | None:
        """Moments in UTC, so that two equal times of one night differ; an end not after the beginning is a day later.

        fields  beside which it is said that a time does not exist
        None, with the error on the form, where a clock time does not tell the moment.
        """
        start = self._moment("start", day, begins, fields[0])
        if start is None:
            return None
        # The clock on the wall decides the day, but for the hour that it shows twice.
        is_same_day = ends > begins or is_shown_twice(datetime.combine(day, begins, tzinfo=HELSINKI))
        end = self._moment("end", day if is_same_day else day + timedelta(days=1), ends, fields[1])
        if is_same_day and end is not None and end <= start:
            end = self._moment("end", day + timedelta(days=1), ends, fields[1])
        return None if end is None else (start, end)

    def _moment(self, name: str, day: date, clock: time, field: str) -> datetime | None:
        first = datetime.combine(day, clock, tzinfo=HELSINKI)
        if not is_shown_twice(first):
            if first.astimezone(UTC).astimezone(HELSINKI).time() != clock:
                self.add_error(field, NO_SUCH_TIME)
                return None
            return first.astimezone(UTC)
        self.asks.add(name)
        chosen = self.data.get(self.add_prefix(f"{name}_fold"))
        if chosen not in ("0", "1"):
            if f"{name}_fold" not in self.errors:
                self.add_error(f"{name}_fold", WHICH)
            return None
        return first.replace(fold=int(chosen)).astimezone(UTC)


def is_shown_twice(moment: datetime) -> bool:
    """Whether the clock on the wall shows the time of this moment twice."""
    first, second = (moment.replace(fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second
