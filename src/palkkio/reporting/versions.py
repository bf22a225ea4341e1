"""Versions of a report: what the register has of an earner's payday, and so whether it is told anew or replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from palkkio.formats import incomes_register as register
from palkkio.reporting.models import Report

Whose = tuple[int | None, int | None]  # payee, household employer


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest version of a report before the one that is made.

    standing  the newest that the register has accepted, or may accept yet: it is replaced; without it all is new
    """

    newest: Report
    standing: Report | None


def earlier_of(rows: Iterable[Report]) -> dict[Whose, Earlier]:
    """By payee and employer, of rows in the order of their versions. What was taken back leaves nothing to replace."""
    found: dict[Whose, Earlier] = {}
    for row in rows:
        whose = (row.person_id, row.employer_id)
        is_taken_back = row.action == Report.Action.INVALIDATION and row.state != Report.State.REFUSED
        before = found.get(whose)
        if is_taken_back:
            found.pop(whose, None)
        elif row.state != Report.State.REFUSED:
            found[whose] = Earlier(row, row)
        else:
            is_same = before is not None and before.newest.report_id == row.report_id
            found[whose] = Earlier(row, before.standing if before is not None and is_same else None)
    return found


def following(report: register.Report, earlier: Earlier | None) -> register.Report:
    """The report as the version after `earlier`: a replacement where the register knows it."""
    return register.replacement_of(report) if earlier is not None and earlier.standing else report
