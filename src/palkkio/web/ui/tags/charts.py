"""Charts as inline SVG: geometry in attributes only, numbers also in a folded table."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from palkkio.web.ui import wording
from palkkio.web.ui.values import BarChart, Waterfall

register = template.Library()
BAR_STEP, BAR_WIDTH, BAR_HEIGHT = 27, 16, 118
BASE = 144
ROW, ROW_BAR = 28, 16
LEFT, MOST_LEFT, RIGHT = Decimal(200), Decimal(400), Decimal(580)
CHARACTER = Decimal("6.2")  # of a name, on average


@register.inclusion_tag("ui/components/bar_chart.html")
def bar_chart(chart: BarChart) -> dict[str, Any]:
    """Amounts over months. Heights start from zero."""
    top = max((bar.amount for bar in chart.bars if bar.amount), default=Decimal(1))
    bars = []
    for at, bar in enumerate(chart.bars):
        height = float(round((bar.amount or Decimal(0)) / top * BAR_HEIGHT, 1))
        x = at * BAR_STEP + 5.5
        bars.append(
            {
                "bar": bar,
                "x": x,
                "middle": x + BAR_WIDTH / 2,
                "y": round(BASE - height, 1),
                "height": height,
                "label_y": round(BASE - height - 7, 1),
                "label": wording.number(bar.amount, 0) if bar.amount else "",
            }
        )
    return {"chart": chart, "bars": bars, "width": len(bars) * BAR_STEP, "bar_width": BAR_WIDTH}


@register.inclusion_tag("ui/components/waterfall.html")
def waterfall(chart: Waterfall) -> dict[str, Any]:
    """How one sum became another. The axis is cut, so the totals are ticks and only the changes are bars."""
    levels = [chart.start.amount]
    for change in chart.changes:
        levels.append(levels[-1] + change.amount)
    low, high = min(levels), max(levels)
    longest = max(len(each.name) for each in (chart.start, *chart.changes, chart.end))
    left = min(max(LEFT, longest * CHARACTER + ROW_BAR), MOST_LEFT)  # no bar covers a name
    scale = (RIGHT - left) / (high - low) if high > low else Decimal(1)

    def x(amount: Decimal) -> float:
        return float(round(left + (amount - low) * scale, 1))

    rows = []
    for at, change in enumerate(chart.changes):
        start, end = x(levels[at]), x(levels[at + 1])
        y = (at + 1) * ROW + 6
        rows.append(
            {
                "change": change,
                "x": min(start, end),
                "width": max(round(abs(end - start), 1), 1),
                "y": y,
                "lead_x": end,
                "lead_y": y + ROW_BAR,
                "lead_end": y + ROW,
                "text_y": y + 13,
                "is_up": change.amount >= 0,
            }
        )
    last = (len(chart.changes) + 1) * ROW
    return {
        "chart": chart,
        "rows": rows,
        "height": last + ROW + 4,
        "start_x": x(levels[0]),
        "start_tick": x(levels[0]) - 3,
        "end_tick": x(levels[-1]) - 3,
        "end_y": last + 4,
        "end_text_y": last + 19,
    }
