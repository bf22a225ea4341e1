"""Notice of an assistant's employment by agreement and length (assistant-pay section 9, CON-6)."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.calculation.assistance.agreement import Agreement
from palkkio.calculation.assistance.notice import NoticeOf, employment_end

GIVEN = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("by", "agreement", "since", "last"),
    [
        ("employer", "heta", date(2025, 6, 1), date(2026, 2, 28)),  # a month after 31 January
        ("employee", "heta", date(2021, 2, 1), date(2026, 2, 28)),  # five years are full on this very day
        ("employee", "heta", date(2021, 1, 31), date(2026, 3, 31)),  # over five years
        ("employer", "statute", date(2025, 2, 1), date(2026, 2, 14)),  # a year is full on this very day: a fortnight
        ("employer", "statute", date(2025, 1, 31), date(2026, 2, 28)),
        ("employer", "statute", date(2022, 1, 31), date(2026, 3, 31)),
        ("employer", "statute", date(2018, 1, 31), date(2026, 5, 31)),
        ("employer", "statute", date(2014, 1, 31), date(2026, 7, 31)),
        ("employee", "statute", date(2021, 2, 1), date(2026, 2, 14)),
        ("employee", "statute", date(2014, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_last_day_follows_from_who_gives_notice_the_agreement_and_the_length(
    by: str, agreement: str, since: date, last: date
) -> None:
    found = employment_end(NoticeOf(by), GIVEN, agreement=Agreement(agreement), employed_since=since)
    assert found.last == last
    assert (found.months > 0) is (found.days == 0)


def test_a_notice_before_the_employment_is_an_error() -> None:
    with pytest.raises(ValueError, match="has begun"):
        employment_end(NoticeOf.EMPLOYEE, GIVEN, agreement=Agreement.HETA, employed_since=date(2026, 2, 1))
