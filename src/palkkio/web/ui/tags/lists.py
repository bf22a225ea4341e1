"""Tables, queues, filters, pages, problems, to-do lists, comments, long work."""

# ruff: noqa: A002 -- arguments of a tag are called what HTML calls them

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.http import QueryDict
from django.utils.safestring import SafeString

from palkkio.web.ui.tags.forms import field_context
from palkkio.web.ui.tags.small import render
from palkkio.web.ui.values import BulkAction, Column, Comment, Job, Link, Pages, Problem, Table, ToDo, View

register = template.Library()
# Widths of the strip's parts, in the units of its viewBox: a day is 8 wide.
STRIP_DAY = 8
STRIP_SHAPES = {"": (6, 4), "care": (1, 14), "training": (5, 10), "cancelled": (9, 6), "unpaid": (9, 6)}


def _address(context: template.Context, **changed: str | None) -> str:
    """The page's own address with other GET parameters; None and "" take one away."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return "?" + query.urlencode() if query else (request.path if request is not None else "?")


def _sorting(context: template.Context, column: Column, sort: str) -> dict[str, Any]:
    """Header of a column: first click ascending, second descending. A change of order begins from the first page."""
    is_up, is_down = sort == column.sort, sort == f"-{column.sort}"
    return {
        "column": column,
        "href": _address(context, sort=f"-{column.sort}" if is_up else column.sort, page=None) if column.sort else "",
        "aria": ("ascending" if is_up else "descending" if is_down else "none") if column.sort else "",
        "icon": "up" if is_up else "down" if is_down else "sort",
    }


def _table(context: template.Context, table: Table) -> dict[str, Any]:
    return {
        "table": table,
        "heads": [_sorting(context, column, table.sort) for column in table.columns],
        "rows": [(row, list(zip(table.columns, row.cells, strict=True))) for row in table.rows],
    }


@register.inclusion_tag("ui/components/table.html", takes_context=True)
def data_table(context: template.Context, table: Table) -> dict[str, Any]:
    """A table that sorts by GET parameters; rows become cards on a phone."""
    return _table(context, table)


@register.simple_block_tag(takes_context=True)
def queue(
    context: template.Context,
    content: str,
    table: Table,
    actions: Sequence[BulkAction],
    *,
    action: str = "",
    one: str = "",
    many: str = "",
    flagged: str = "",
) -> SafeString:
    """{% queue table actions one=_("%(n)s period picked") many=... %} detail of the current row {% endqueue %}

    A table whose rows are picked and acted on together; keys J, K, X, Enter inside the table.
    one, many   words of the bar with %(n)s; flagged  words with %(n)s for picked rows that want attention
    content     stands beside the table on a wide screen, "" for none
    """
    return render(
        "ui/components/queue.html",
        {
            **_table(context, table),
            "actions": actions,
            "action": action,
            "one": one,
            "many": many,
            "flagged": flagged,
            "detail": content.strip() and content,
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.inclusion_tag("ui/components/views.html")
def views(views: Sequence[View], label: str) -> dict[str, Any]:
    """Saved views of a queue, with their counts."""
    return {"views": views, "label": label}


@register.inclusion_tag("ui/components/filters.html", takes_context=True)
def filters(context: template.Context, form: forms.BaseForm, label: str, *, submit: str = "") -> dict[str, Any]:
    """A GET form that narrows a list; a field named q is the search box. Keeps the order, begins from page one."""
    request = context.get("request")
    kept = [(name, value) for name in ("sort", "view") if request is not None and (value := request.GET.get(name))]
    return {
        "fields": [(bound.name == "q", field_context(bound, optional=False)) for bound in form.visible_fields()],
        "label": label,
        "submit": submit,
        "kept": [pair for pair in kept if pair[0] not in form.fields],
        "clear": request.path if request is not None and any(request.GET.get(name) for name in form.fields) else "",
    }


@register.inclusion_tag("ui/components/search.html", takes_context=True)
def search_box(
    context: template.Context, label: str, *, name: str = "q", action: str = "", help: str = ""
) -> dict[str, Any]:
    """One search field with its button."""
    request = context.get("request")
    return {
        "label": label,
        "name": name,
        "action": action,
        "help": help,
        "value": request.GET.get(name, "") if request is not None else "",
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, pages: Pages, label: str) -> dict[str, Any]:
    """Where one is in a list, and the way on: GET parameter `page`."""

    def to(number: int) -> str:
        return _address(context, page=str(number) if number > 1 else None)

    return {
        "pages": pages,
        "label": label,
        "numbers": [(number, to(number) if number else "") for number in pages.around],
        "before": to(pages.number - 1) if pages.number > 1 else "",
        "after": to(pages.number + 1) if pages.number < pages.count else "",
    }


@register.inclusion_tag("ui/components/strip.html")
def strip(looks: Sequence[str]) -> dict[str, Any]:
    """A month's days in a row of small marks; beside it stands the number in words."""
    marks = []
    for at, look in enumerate(looks):
        top, height = STRIP_SHAPES.get(look, (1, 14))
        marks.append({"x": at * STRIP_DAY + 0.5, "y": top, "height": height, "look": look or "none"})
    return {"marks": marks, "width": len(looks) * STRIP_DAY}


@register.inclusion_tag("ui/components/problems.html")
def problems(problems: Sequence[Problem]) -> dict[str, Any]:
    """Problems, each with its repairs."""
    return {"problems": problems}


@register.inclusion_tag("ui/components/todo.html")
def todo_list(todos: Sequence[ToDo]) -> dict[str, Any]:
    """What the reader has to do: the first one is the filled button."""
    return {"todos": todos}


@register.inclusion_tag("ui/components/thread.html", takes_context=True)
def thread(context: template.Context, comments: Sequence[Comment], *, none: str = "") -> dict[str, Any]:
    """Comments, oldest first. Buttons of a comment post to their own address."""
    return {"comments": comments, "none": none, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/progress.html")
def progress(job: Job) -> dict[str, Any]:
    """How far long work is; asks again by itself while it runs, or by a link."""
    return {"job": job}


@register.inclusion_tag("ui/components/link_list.html")
def link_list(links: Sequence[Link]) -> dict[str, Any]:
    """Links to go on with."""
    return {"links": links}
