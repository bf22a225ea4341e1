"""Tables, queues, problems, to-do lists, comments, long work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from palkkio.web.ui.values.small import Action, Chip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    sort   value of the GET parameter `sort` that orders by it, "" when it cannot
    place  where its cells stand on a phone: title and side share the first line, the others follow with their
           label; `bare` without the label
    is_extra  left out between phone and wide screen
    """

    label: str
    sort: str = ""
    is_number: bool = False
    place: Literal["title", "side", "more", "bare"] = "more"
    is_extra: bool = False

    @property
    def css(self) -> str:
        """Classes of its header and of its cells."""
        return f"c-{self.place}" + (" num" if self.is_number else "") + (" c-extra" if self.is_extra else "")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table's cell: words, maybe a link, a small note, chips, a strip of a month's days.

    strip   look of each day of a month in order, "" for an empty one
    strong  a figure that stands out
    """

    text: str = ""
    href: str = ""
    note: str = ""
    chips: Sequence[Chip] = ()
    strip: Sequence[str] = ()
    strong: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.note or self.chips or self.strip)

    @property
    def css(self) -> str:
        """Classes that follow its column's."""
        return (" is-empty" if self.is_empty else "") + (" is-strong" if self.strong else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells in the order of the columns.

    value       what its checkbox posts, "" for a row that cannot be picked; `pick_says` names the checkbox
    is_current  its detail is open beside the table
    is_flagged  wants attention before a bulk act
    """

    cells: Sequence[Cell]
    value: str = ""
    pick_says: str = ""
    is_current: bool = False
    is_flagged: bool = False
    is_picked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with sortable headers and, with `pick`, a checkbox on each row that posts under that name.

    is_wide  so many columns that each row stands on lines of its own on a tablet, too
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    pick: str = ""
    sort: str = ""
    is_wide: bool = False

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("Each row needs a cell for each column")


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button of the bar that acts on the picked rows; posts `name` = `value`."""

    text: str
    value: str
    name: str = "do"
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list that the database pages."""

    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)

    @property
    def around(self) -> list[int | None]:
        """Page numbers to show: both ends and the neighbours, None for a gap."""
        near = {1, self.count, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in near if 1 <= number <= self.count)
        shown: list[int | None] = []
        for number in numbers:
            last = shown[-1] if shown else None
            if last is not None and number - last == 2:
                shown.append(number - 1)
            elif last is not None and number - last > 2:
                shown.append(None)
            shown.append(number)
        return shown


@dataclass(frozen=True, slots=True)
class View:
    """A saved view of a queue: a tab with its number of rows."""

    text: str
    href: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair or to look at, with its repairs.

    level  block: stops the run · warn: look at it · ok: checked and fine
    """

    title: str
    level: Literal["block", "warn", "ok"]
    subject: str = ""
    note: str = ""
    href: str = ""
    actions: Sequence[Action] = ()

    @property
    def icon(self) -> str:
        return {"block": "block", "warn": "alert", "ok": "check"}[self.level]


@dataclass(frozen=True, slots=True)
class ToDo:
    """A thing the reader has to do: what, until when, one button."""

    title: str
    action: Action
    icon: str = "calendar"
    due: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of a thread.

    at         moment in words, with the day it is about
    is_mine    the reader wrote it
    edit, delete   addresses, while the writer may still change it
    actions    further buttons, each in a form of its own that posts to `href`
    """

    author: str
    at: str
    text: str
    is_mine: bool = False
    role: str = ""
    chips: Sequence[Chip] = ()
    edit: str = ""
    delete: str = ""
    actions: Sequence[Action] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Long work: how far it is.

    poll   address that answers with this component again, while it runs
    level  of its heading
    """

    title: str
    done: int
    total: int
    poll: str = ""
    is_finished: bool = False
    is_failed: bool = False
    note: str = ""
    action: Action | None = None
    id: str = "job"
    level: int = 3
