"""Charts as inline SVG: geometry in attributes only, numbers also in a folded table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template

from palkkio.web.ui import wording
from palkkio.web.ui.values import BarChart, Waterfall

register = template.Library()
BAR_STEP, BAR_WIDTH, BAR_HEIGHT = 27, 16, 118
BASE = 144
ROW_BAR = 16
LEFT, MOST_LEFT, RIGHT = Decimal(200), Decimal(400), Decimal(580)
NARROW_RIGHT = Decimal(205)
TICK = Decimal(3)  # half of it
CHARACTER = Decimal("6.2")  # of a name, on average


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where name, amount and bar stand within a row of `step`, from its top."""

    width: int
    step: int
    name: int
    amount: int
    bar: int
    has_leads: bool  # from one bar to the next

    def standing(self, top: int) -> dict[str, int]:
        """Where all of a row stands that begins at `top`; a lead goes from its bar to the next row's."""
        bar = top + self.bar
        return {
            "name_y": top + self.name,
            "amount_y": top + self.amount,
            "y": bar,
            "lead_y": bar + ROW_BAR,
            "lead_end": bar + self.step,
        }


WIDE = _Shape(700, step=28, name=19, amount=19, bar=6, has_leads=True)
NARROW = _Shape(300, step=46, name=15, amount=35, bar=22, has_leads=False)


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
    """How one sum became another. The axis is cut, so the totals are ticks and only the changes are bars.

    Drawn twice, with names beside the bars and, for a phone, above them; the style sheet shows one.
    """
    longest = max(len(each.name) for each in (chart.start, *chart.changes, chart.end))
    left = min(max(LEFT, longest * CHARACTER + ROW_BAR), MOST_LEFT)  # no bar covers a name
    return {"chart": chart, "wide": _fall(chart, left, RIGHT, WIDE), "narrow": _fall(chart, TICK, NARROW_RIGHT, NARROW)}


def _fall(chart: Waterfall, left: Decimal, right: Decimal, shape: _Shape) -> dict[str, Any]:
    """Rows from the first sum through its changes to the last, their bars between `left` and `right`."""
    levels = [chart.start.amount]
    for change in chart.changes:
        levels.append(levels[-1] + change.amount)
    low, high = min(levels), max(levels)
    scale = (right - left) / (high - low) if high > low else Decimal(1)
    at = [float(round(left + (level - low) * scale, 1)) for level in levels]
    tick = float(TICK)
    bars = [{"row": chart.start, "is_total": True, "x": at[0] - tick, "width": 2 * tick, "end": at[0]}]
    for change, start, end in zip(chart.changes, at, at[1:], strict=False):
        width = max(round(abs(end - start), 1), 1)
        bars.append({"row": change, "is_up": change.amount >= 0, "x": min(start, end), "width": width, "end": end})
    bars.append({"row": chart.end, "is_total": True, "x": at[-1] - tick, "width": 2 * tick, "end": at[-1]})
    rows = [bar | shape.standing(number * shape.step) for number, bar in enumerate(bars)]
    return {"rows": rows, "width": shape.width, "height": len(rows) * shape.step + 4, "has_leads": shape.has_leads}
