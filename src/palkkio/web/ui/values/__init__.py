"""Plain values that components draw. Pages make them; no component takes a queryset."""

from palkkio.web.ui.values.calendar import Calendar, CalendarDay, DayKind, MiniMonth, month_of_marks
from palkkio.web.ui.values.charts import Bar, BarChart, Change, Waterfall
from palkkio.web.ui.values.lists import (
    BulkAction,
    Cell,
    Column,
    Comment,
    Job,
    Pages,
    Problem,
    Row,
    Table,
    ToDo,
    View,
)
from palkkio.web.ui.values.money import Flow, PayLine, Step, SumRow, Why
from palkkio.web.ui.values.small import Action, Check, Chip, Fact, Link, Tone, Total

__all__ = [
    "Action",
    "Bar",
    "BarChart",
    "BulkAction",
    "Calendar",
    "CalendarDay",
    "Cell",
    "Change",
    "Check",
    "Chip",
    "Column",
    "Comment",
    "DayKind",
    "Fact",
    "Flow",
    "Job",
    "Link",
    "MiniMonth",
    "Pages",
    "PayLine",
    "Problem",
    "Row",
    "Step",
    "SumRow",
    "Table",
    "ToDo",
    "Tone",
    "Total",
    "View",
    "Waterfall",
    "Why",
    "month_of_marks",
]
