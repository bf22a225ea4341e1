"""A paper sheet as it might come by post: one page of PDF, made by Typst."""

from __future__ import annotations

from datetime import date

import typst

from palkkio.core.days import DateRange

PAGE = """
#set page(paper: "a5", margin: 18mm)
#set text(size: 11pt)
= Hoitopäivät {month}
Esittelytieto: keksitty lomake
#v(8mm)
{days}
#v(1fr)
Allekirjoitus #box(width: 60mm, stroke: (bottom: 0.5pt))[]
"""


def paper_sheet(month: DateRange, days: list[date]) -> bytes:
    """The PDF of a filled-in form."""
    first, _ = month.edges
    lines = "\n".join(f"- {day.day}.{day.month}. hoitopäivä" for day in days)
    return bytes(typst.compile(PAGE.format(month=f"{first.month}/{first.year}", days=lines).encode()))
