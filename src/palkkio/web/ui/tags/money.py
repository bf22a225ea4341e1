"""The state of the money, sums, lines with a why."""

# ruff: noqa: A002 -- arguments of a tag are called what HTML calls them

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from palkkio.web.ui.values import Flow, PayLine, SumRow

register = template.Library()


@register.inclusion_tag("ui/components/flow.html")
def flow(flow: Flow) -> dict[str, Any]:
    """State line with its sentence (BEY-4)."""
    return {"flow": flow}


@register.inclusion_tag("ui/components/sum_table.html")
def sum_table(rows: Sequence[SumRow], caption: str, *, show_caption: bool = False, id: str = "") -> dict[str, Any]:
    """Rows and totals in EUR: the preview beside the calendar (BEY-3)."""
    return {"rows": rows, "caption": caption, "show_caption": show_caption, "id": id}


@register.inclusion_tag("ui/components/pay_lines.html")
def pay_lines(lines: Sequence[PayLine], *, open_first: bool = False) -> dict[str, Any]:
    """Lines that open to their why: the same for carer and clerk (PAY-8, BEY-1)."""
    return {"lines": lines, "open_first": open_first}
