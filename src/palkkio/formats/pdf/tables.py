"""Pieces of data that the templates understand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from palkkio.core.clock import day_of
from palkkio.core.payslip import Party
from palkkio.formats import figures
from palkkio.formats.wording import Words

Data = dict[str, Any]


def table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]], sums: int = 0) -> Data:
    """A table; each column is a name and a look: `text`, `wide` or `number`. The last `sums` rows are totals."""
    return {
        "columns": [
            {
                "name": name,
                "width": "wide" if look == "wide" else "auto",
                "side": "right" if look == "number" else "left",
            }
            for name, look in columns
        ],
        "rows": [list(row) for row in rows],
        "sums": sums,
    }


def fact(name: str, text: str) -> Data:
    return {"name": name, "text": text}


def section(title: str, content: Data | None = None, texts: Sequence[str] = ()) -> Data:
    return {"title": title, "table": content or table([], []), "texts": list(texts)}


def frame(words: Words, *, title: str, subtitle: Sequence[str], payer: Party, made_at: datetime) -> Data:
    """What every document has: title, language, footer, page numbers."""
    number, all_pages = "\x01", "\x02"
    text = words("page", number=number, all=all_pages)
    before, _, rest = text.partition(number)
    between, _, _ = rest.partition(all_pages)
    footer = [payer.name, words("parties.business_id", number=payer.identifier) if payer.identifier else ""]
    made_on = figures.day(day_of(made_at))
    return {
        "title": title,
        "subtitle": " · ".join(part for part in subtitle if part),
        "language": words.language,
        "author": payer.name,
        "keywords": [],
        "footer": " · ".join(part for part in (*footer, words("made", day=made_on)) if part),
        "page": [before, between],
    }
