"""Ways of counting working time (työaikamuodot), and how far beside its days each of them looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from palkkio.calculation.assistance.worked import HOUR
from palkkio.calculation.facts import AssistantTerms, Terms
from palkkio.core.days import DateRange
from palkkio.rules import figure, of_figures

NORMAL = "normal"  # by day and week
# Periodic work: periods of two or three weeks, alone or levelled out over six weeks of longer and shorter ones (7 §).
LEVELLED = {"levelled_2_weeks": 2, "levelled_3_weeks": 3}
WEEKS = {"period_2_weeks": 2, "period_3_weeks": 3, **LEVELLED}
EQUALISED = {f"equalised_{weeks}_weeks": weeks for weeks in range(2, 9)}
WORKING_TIMES = (NORMAL, *WEEKS, *EQUALISED)
SIX = 6  # weeks over which levelled periods are counted
HOURS = "assistance/working_time/hours"
LONGEST_DAY = "assistance/working_time/longest_day"
_SPANS = {**EQUALISED, **dict.fromkeys(LEVELLED, SIX)}
_SIX_DAYS = timedelta(days=6)
_BESIDE = timedelta(weeks=5)  # weeks, periods of up to three weeks and the rest of a week reach no further
FURTHEST = timedelta(weeks=max(_SPANS.values()))  # an equalisation period


def reach(period: DateRange, terms: Iterable[Terms] = ()) -> DateRange:
    """Days beside a pay period whose hours its overtime may need, to the end of its week.

    From three weeks before it on, or the weeks of a longer span among the terms.
    """
    start, end = period.edges
    agreed = (_SPANS.get(each.assistant.working_time, 0) for each in terms if each.assistant is not None)
    return DateRange(start - timedelta(weeks=max(3, *agreed, 0)), end + _SIX_DAYS)


def beside(agreed: Iterable[AssistantTerms]) -> timedelta:
    """How far beside some days the shifts begin that their working time is told by."""
    return FURTHEST if any(each.working_time in _SPANS for each in agreed) else _BESIDE


def seconds_of_day(day: date, terms: AssistantTerms | None) -> int:
    """Seconds of a day above which its hours are overtime: those of the Act, or of a longer day agreed separately.

    Raises RateNotConfirmed.
    """
    usual = limit_in_seconds(HOURS, "day", day)
    if terms is None or terms.longest_day is None:
        return usual
    most = figure(LONGEST_DAY).on(day).value
    return max(usual, int(min(terms.longest_day, most) * HOUR))


@of_figures(maxsize=4096)
def limit_in_seconds(table: str, column: str, day: date) -> int:
    """Hours of a table of working time as seconds. Raises RateNotConfirmed."""
    return int(figure(f"{table}/{column}").on(day).value * HOUR)
