"""Which part of the queue the reader works through: month, filters, view and order, kept for the periods' pages too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.core.days import DateRange, add_months
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import ORDERS, VIEWS, queue, queue_counts
from palkkio.messages.queries import with_open_comments
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import contract_kinds, local_name
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.lists import words_of
from palkkio.web.desk.queue_forms import QueueFilter
from palkkio.web.numbers import whole
from palkkio.web.ui import wording

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet
    from palkkio.web.doors import RoleRequest

LAST = "desk_queue"  # in the session: the queue that the reader last looked at
MONTHS_BACK, MONTHS_AHEAD = 14, 1
COMMENTS = "comments"  # a view of its own: sheets with comments to process
ALL_MONTHS = "all"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; `month` None: all months."""

    month: DateRange | None
    words: str
    kind: str
    unit_id: int | None
    difference: int | None
    view: str
    order: str

    @property
    def filters(self) -> dict[str, Any]:
        return {"month": self.month, "words": self.words, "kind": self.kind, "unit_id": self.unit_id}

    def sheets(self, viewer: Viewer) -> QuerySet[Sheet]:
        """The sheets in their order."""
        found = queue(viewer, **self.filters, view="all" if self.view == COMMENTS else self.view, order=self.order)
        return self._narrowed(found, viewer)

    def counts(self, viewer: Viewer) -> dict[str, int]:
        """Number of sheets by view, as far as the other filters let through."""
        found = queue_counts(viewer, **self.filters)
        commented = queue(viewer, **self.filters, view="all").filter(pk__in=with_open_comments(viewer.organisation_id))
        return {**found, COMMENTS: commented.count()}

    def _narrowed(self, found: QuerySet[Sheet], viewer: Viewer) -> QuerySet[Sheet]:
        if self.view == COMMENTS:
            found = found.filter(pk__in=with_open_comments(viewer.organisation_id))
        if self.difference is not None:
            found = found.filter(Q(difference_percent__gt=self.difference) | Q(difference_percent__lt=-self.difference))
        return found

    def to_session(self) -> dict[str, Any]:
        return {
            "month": f"{self.month.edges[0]:%Y-%m}" if self.month else ALL_MONTHS,
            "kind": self.kind,
            "unit": str(self.unit_id or ""),
            "difference": str(self.difference or ""),
            "view": self.view,
            "sort": self.order,
        }


def search_of(request: RoleRequest) -> Search:
    """The search of the queue's own address."""
    return _search(request, request.GET, words_of(request, "queue"))


def last_search(request: RoleRequest) -> Search:
    """The search that the reader came from, for previous and next."""
    kept = request.session.get(LAST, {})
    return _search(request, kept if isinstance(kept, dict) else {}, words_of(request, "queue"))


def _search(request: RoleRequest, asked: Any, words: str) -> Search:
    kinds = {kind.value for kind in contract_kinds(request.viewer.organisation_id)}
    view, order, difference = asked.get("view", ""), asked.get("sort", ""), asked.get("difference", "")
    return Search(
        month=month_of(asked.get("month", ""), request.clock.today()),
        words=words,
        kind=asked.get("kind", "") if asked.get("kind", "") in kinds else "",
        unit_id=whole(asked.get("unit")),
        difference=int(difference) if difference in ("20", "50") else None,
        view=view if view in VIEWS or view == COMMENTS else "all",
        order=order if order.removeprefix("-") in ORDERS else "name",
    )


def month_of(text: str, today: date) -> DateRange | None:
    """2026-05 as a month, "all" as None, anything else as the month that is reviewed now: the one before today's."""
    if text == ALL_MONTHS:
        return None
    year, _dash, number = text.partition("-")
    digits = year + number
    if digits.isascii() and digits.isdigit() and len(year) == 4 and year > "1900" and 1 <= int(number or 0) <= 12:
        return DateRange.of_month(int(year), int(number))
    return DateRange.month_of(add_months(today.replace(day=1), -1))


def form_of(request: RoleRequest, search: Search) -> QueueFilter:
    """The filters with what is chosen."""
    viewer, language = request.viewer, get_language()
    today = request.clock.today().replace(day=1)
    months = [add_months(today, step) for step in range(MONTHS_AHEAD, -MONTHS_BACK, -1)]
    if search.month and search.month.edges[0] not in months:
        months.append(search.month.edges[0])
    kept = search.to_session()
    return QueueFilter(
        initial={**kept, "q": search.words},
        months=[
            *((f"{month:%Y-%m}", wording.month_name(month, language)) for month in months),
            (ALL_MONTHS, _("All months")),
        ],
        kinds=[(kind.value, kind_name(kind)) for kind in contract_kinds(viewer.organisation_id)],
        units=[(str(unit.pk), local_name(unit)) for unit in organisations.units(viewer)],
    )


def address_of_last(request: RoleRequest) -> str:
    """The queue as the reader last saw it."""
    kept = {name: value for name, value in last_search(request).to_session().items() if value}
    return f"{reverse('desk:queue')}?{urlencode(kept)}"
