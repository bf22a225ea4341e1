"""The desk's queue: filtered, counted, ordered and paged in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Abs, Coalesce, JSONObject, Lag, Lead, RowNumber
from django.db.models.lookups import GreaterThan

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.models import Channel, DayEntry, Sheet, Shift, TripEntry
from palkkio.entries.queries.lists import hours_worked, with_care_days
from palkkio.entries.values import Neighbours
from palkkio.people.queries import matching

# The hours of an assistant are approved by the employer: staff review only those that came on paper (EMP-1).
BY_EMPLOYER = Q(contract__kind=ContractKind.PERSONAL_ASSISTANCE) & ~Q(channel=Channel.PAPER)
WAITING = ~Q(state=Sheet.State.REVIEWED) & ~BY_EMPLOYER
CHANGED_BY = 20  # per cent more or fewer days than the month before: worth a look

# Saved views of the queue; but for `reviewed` all of them wait for review by staff.
VIEWS: Mapping[str, Q] = {
    "all": WAITING,
    "confirmed": WAITING & Q(state=Sheet.State.CONFIRMED),
    "unconfirmed": WAITING & Q(state=Sheet.State.OPEN),
    "empty": WAITING & Q(is_empty=True),
    "paper": WAITING & Q(is_by_county=True),
    "changed": WAITING & Q(is_changed=True),
    "reviewed": Q(state=Sheet.State.REVIEWED),
}
ORDERS: Mapping[str, tuple[str, ...]] = {
    "name": ("contract__carer__sort_key",),
    "recipient": ("contract__recipient__sort_key",),
    "days": ("days_total",),
    "difference": ("difference",),
    "confirmed_at": ("confirmed_at",),
    "kind": ("contract__kind",),
    "unit": ("contract__unit__name_fi",),
    "number": ("contract__number",),
    "state": ("state",),
}


def queue(
    viewer: Viewer,
    *,
    month: DateRange | None = None,
    words: str = "",
    kind: str = "",
    unit_id: int | None = None,
    view: str = "all",
    order: str = "name",
) -> QuerySet[Sheet]:
    """Sheets for the desk, each with what its row needs. An unknown view or order is the first of its list.

    month  care month; None: all months
    words  beginnings of names of carer or care recipient, or of the contract's number
    order  a key of ORDERS, with - before it from the other end; empty values come last either way

    Annotations: hours_total (of an assistant) · days_total · days_before (days of the month before, None without
    such a sheet) · difference (days_total - days_before) · difference_percent · trips_total · kilometres_total ·
    entered, a list of {day, type, count, channel} · is_empty · is_by_county (paper, or entries by staff) · is_changed
    (by more than a fifth) · is_returned. Contract, carer, care recipient and unit come along.
    """
    found = _annotated(_matching(viewer, month=month, words=words, kind=kind, unit_id=unit_id))
    found = found.filter(VIEWS.get(view, VIEWS["all"]))
    return found.select_related("contract__carer", "contract__recipient", "contract__unit").order_by(*_order(order))


def queue_counts(
    viewer: Viewer, *, month: DateRange | None = None, words: str = "", kind: str = "", unit_id: int | None = None
) -> dict[str, int]:
    """Number of sheets in each saved view, for the tabs; one query."""
    found = _annotated(_matching(viewer, month=month, words=words, kind=kind, unit_id=unit_id))
    return found.aggregate(**{name: Count("pk", filter=condition) for name, condition in VIEWS.items()})


def neighbours(viewer: Viewer, sheet_id: int, *, order: str = "name", **filters: Any) -> Neighbours:
    """The sheets before and after one in the queue with the same filters; for one that has left it, the first."""
    by = _order(order)
    found = queue(viewer, order=order, **filters)
    total = found.count()
    row = (
        found.annotate(
            before=Window(Lag("pk"), order_by=by),
            after=Window(Lead("pk"), order_by=by),
            position=Window(RowNumber(), order_by=by),
        )
        # "or position < 0" is never so: it makes the filter run after the windows, not before them
        .filter(Q(pk=sheet_id) | Q(position__lt=0))
        .values("before", "after", "position")
        .first()
    )
    if row is None:
        return Neighbours(None, found.values_list("pk", flat=True).first(), 0, total)
    return Neighbours(row["before"], row["after"], row["position"], total)


def _matching(
    viewer: Viewer, *, month: DateRange | None, words: str, kind: str, unit_id: int | None
) -> QuerySet[Sheet]:
    found = with_care_days(access.sheets(viewer))
    if month is not None:
        found = found.filter(period__overlap=month)
    if words.strip():
        people = matching(viewer.organisation_id, words).values("pk")
        found = found.filter(
            Q(contract__carer__in=people)
            | Q(contract__recipient__in=people)
            | Q(contract__number__istartswith=words.strip())
        )
    if kind:
        found = found.filter(contract__kind=kind)
    if unit_id is not None:
        found = found.filter(contract__unit_id=unit_id)
    return found


def _annotated(found: QuerySet[Sheet]) -> QuerySet[Sheet]:
    entries = DayEntry.objects.filter(sheet=OuterRef("pk"))
    trips = TripEntry.objects.filter(sheet=OuterRef("pk"))
    month_before = Sheet.objects.filter(
        contract=OuterRef("contract"), period__adjacent_to=OuterRef("period"), period__lt=OuterRef("period")
    )
    found = found.annotate(
        sheet_before=Subquery(month_before.values("pk")[:1]),
        days_total=_number(entries),
        trips_total=_number(trips),
        hours_total=hours_worked(),
        kilometres_total=Coalesce(
            Subquery(trips.order_by().values("sheet").annotate(sum=Sum("kilometres")).values("sum")),
            Value(0),
            output_field=DecimalField(max_digits=12, decimal_places=4),
        ),
        days_before=Case(
            When(sheet_before__isnull=False, then=_number(DayEntry.objects.filter(sheet=OuterRef("sheet_before")))),
            output_field=IntegerField(),
        ),
        entered=ArraySubquery(
            entries.order_by("day").values(
                data=JSONObject(day="day", type="day_type", count="count", channel="channel")
            )
        ),
        is_by_county=_flag(Q(channel=Channel.PAPER) | Exists(entries.exclude(channel=Channel.ELECTRONIC))),
        is_empty=_flag(~Exists(entries) & ~Exists(trips) & ~Exists(Shift.objects.filter(sheet=OuterRef("pk")))),
        is_returned=_flag(Q(state=Sheet.State.OPEN) & ~Q(returned_reason="")),
    )
    found = found.annotate(difference=F("days_total") - F("days_before"))
    return found.annotate(
        difference_percent=Case(
            When(days_before__gt=0, then=F("difference") * 100 / F("days_before")), output_field=IntegerField()
        ),
        is_changed=_flag(GreaterThan(Abs(F("difference")) * 100, F("days_before") * CHANGED_BY)),
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows of one sheet, as a subquery."""
    return Coalesce(Subquery(rows.order_by().values("sheet").annotate(number=Count("pk")).values("number")), Value(0))


def _flag(condition: Any) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _order(order: str) -> list[OrderBy]:
    name = order.removeprefix("-")
    fields = ORDERS.get(name, ORDERS["name"])
    is_descending = order.startswith("-") and name in ORDERS
    first = [F(each).desc(nulls_last=True) if is_descending else F(each).asc(nulls_last=True) for each in fields]
    return [*first, F("contract__carer__sort_key").asc(), F("period").asc(), F("pk").asc()]
