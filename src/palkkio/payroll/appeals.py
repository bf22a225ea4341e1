"""When a decision sent by letter becomes final."""

from __future__ import annotations

from datetime import date, timedelta

from palkkio.core.days import ONE_DAY
from palkkio.core.finland import next_banking_day

DAYS_OF_POST = 7
DAYS_TO_APPEAL = 30


def informed_on(posted_on: date) -> date:
    """The day on which the receiver of an ordinary letter is taken to know of it: the seventh after posting.

    Law: Administrative Procedure Act (hallintolaki) 434/2003 59 §.
    """
    return posted_on + timedelta(days=DAYS_OF_POST)


def appeal_until(posted_on: date) -> date:
    """Last day to ask for a correction (oikaisuvaatimus): 30 days, the day of being informed not counted.

    A last day on Saturday, Sunday, a church holiday, Independence Day, May Day, Midsummer or Christmas Eve moves to the
    next weekday: the days on which Finnish banks are closed are the same ones.
    Law: 434/2003 59 §; 150/1930 2, 5 §.
    """
    return next_banking_day(informed_on(posted_on) + timedelta(days=DAYS_TO_APPEAL))


def final_from(posted_on: date) -> date:
    """First day on which a decision that nobody has appealed is final (lainvoimainen)."""
    return appeal_until(posted_on) + ONE_DAY
