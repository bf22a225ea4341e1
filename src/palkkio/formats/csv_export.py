"""CSV that opens right in the spreadsheets used in Finland, and that no cell can turn into a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.clock import HELSINKI
from palkkio.formats import figures

Cell = str | int | Decimal | date | datetime | None
_STARTS_A_FORMULA = frozenset("=+-@")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, iso_dates: bool = False) -> bytes:
    """Rows as CSV: UTF-8 with byte order mark, semicolons, CRLF, decimal comma, no blanks between thousands.

    Days are `30.6.2026`, moments `30.6.2026 9.05` in Finland's time; with `iso_dates` (files for other systems)
    `2026-06-30` and `2026-06-30T09:05:00+03:00`. A text that a spreadsheet would take for a formula gets an apostrophe
    in front; numbers are numbers, negative ones too.
    Raises ValueError for a row of another length than the header, or a moment without time zone.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(name) for name in header])
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"A row has {len(row)} cells, the header {len(header)}")
        writer.writerow([_cell(value, iso_dates=iso_dates) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Cell, *, iso_dates: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("A moment in a list needs a time zone")
        local = value.astimezone(HELSINKI)
        return (
            local.isoformat(timespec="seconds")
            if iso_dates
            else f"{figures.day(local.date())} {local.hour}.{local.minute:02d}"
        )
    if isinstance(value, date):
        return value.isoformat() if iso_dates else figures.day(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(value) if isinstance(value, int) else _guarded(value)


def _guarded(text: str) -> str:
    """`text` as text: blanks for control characters, an apostrophe before what would begin a formula."""
    clean = "".join(" " if char != "\n" and unicodedata.category(char) == "Cc" else char for char in text)
    # Blanks, invisible characters and full-width forms are no way around.
    shown = "".join(char for char in unicodedata.normalize("NFKC", clean) if unicodedata.category(char) != "Cf")
    return f"'{clean}" if shown.lstrip()[:1] in _STARTS_A_FORMULA else clean
