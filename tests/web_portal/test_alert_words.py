"""Alerts in words (EMP-5): every kind has a title and a text, in both languages of the service."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from palkkio.calculation.assistance.alert import Alert, AlertKind, Repair, RepairKind, Span
from palkkio.core.days import DateRange
from palkkio.web.alert_words import words_of

DAYS = (date(2026, 5, 8), date(2026, 5, 9))
SPAN = Span(datetime(2026, 5, 8, 5, tzinfo=UTC), datetime(2026, 5, 8, 6, tzinfo=UTC))


def alert(kind: AlertKind) -> Alert:
    repairs = (Repair(RepairKind.KNOW, 7),)
    return Alert(kind, DAYS, (1,), (7,), repairs, decision="1.1", parts=(SPAN,), hours=Decimal("17.5"))


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_is_told_in_both_languages(kind: AlertKind) -> None:
    told = {}
    for language in ("fi", "sv", "en"):
        with override(language):
            (words,) = words_of([alert(kind)], DateRange.of_month(2026, 5), names={1: "Aila"}, shifts={})
        told[language] = (words.title, words.text)
        assert words.text.startswith("Aila, ")
    assert len({title for title, _text in told.values()}) == 3


def test_sums_of_long_spans_say_by_how_much_and_that_the_work_is_paid() -> None:
    """T4, T5."""
    kinds = (AlertKind.YEAR_OF_OVERTIME, AlertKind.FOUR_MONTHS)
    with override("fi"):
        told = words_of(map(alert, kinds), DateRange.of_month(2026, 5), names={}, shifts={})
    assert [each.title for each in told] == ["Vuoden ylityöt", "Neljän kuukauden työaika"]
    assert told[0].text.startswith("17 h 30 min enemmän ylityötä kuin työehtosopimus sallii vuodessa.")
    assert "48 viikkotunnin" in told[1].text
    assert all(each.text.endswith("Tehty työ maksetaan.") and not each.offers for each in told)
