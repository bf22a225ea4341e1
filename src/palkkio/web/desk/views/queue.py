"""The queue of periods to review (Tarkistettavat): one by one, or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.core.problems import InvalidInput, Refusal, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.entries import access, actions
from palkkio.entries.queries import labels
from palkkio.organisations.queries import contract_kinds, deadline_and_payday
from palkkio.web.desk import queue_page as page
from palkkio.web.desk.forms import ReasonForm
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.queue_detail import detail_of
from palkkio.web.desk.queue_search import LAST, Search, address_of_last, form_of, search_of
from palkkio.web.desk.returning import return_one
from palkkio.web.desk.roles import for_handlers, for_reviewers
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole
from palkkio.web.refusals import put_errors, words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Problem
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet
    from palkkio.web.doors import RoleRequest

DID = "desk_did"  # in the session, until the next page: what a bulk act could not do


@require_safe
@for_reviewers
def queue(request: RoleRequest) -> HttpResponse:
    viewer, today = request.viewer, request.clock.today()
    search = search_of(request)
    request.session[LAST] = search.to_session()
    sheets, pages = page_of(request, search.sheets(viewer))
    chosen = whole(request.GET.get("sheet"))
    current = _current(request, sheets, chosen)
    if current is not None:
        note_shown(request, [current])
    can_review = viewer.role is RoleKind.HANDLER
    context = {
        "search": search,
        "form": form_of(request, search),
        "views": page.views_of(search, search.counts(viewer), request.GET),
        "table": page.table_of(
            viewer,
            search,
            sheets,
            today=today,
            current=current.pk if current else None,
            picked=frozenset(),
            query=request.GET,
            can_pick=can_review,
        ),
        "bulk": page.bulk_actions(can_review=can_review),
        "pages": pages,
        "detail": detail_of(viewer, current, today=today) if current else None,
        "is_chosen": chosen is not None,
        "review_by": _review_by(request, search),
        "refused": _refused(request),
        "picked": {
            "one": _("%(n)s period picked"),
            "many": _("%(n)s periods picked"),
            "flagged": _("of which %(n)s want attention"),
        },
        "act_url": reverse("desk:queue-act"),
    }
    return render(request, "desk/queue.html", context)


@require_POST
@for_handlers
def act(request: RoleRequest) -> HttpResponse:
    """Reviews the picked sheets, or asks why they are returned. `do` may name one sheet itself: "review:17.3"."""
    what, _colon, one = request.POST.get("do", "").partition(":")
    picked = _picked([one] if one else request.POST.getlist("sheet"))
    if not picked:
        messages.warning(request, _("Pick at least one care period first."))
        return redirect(_back(request))
    if what == "return":
        return _ask_reason(request, picked, ReasonForm())
    result = actions.review_sheets(picked, by=request.viewer, at=request.clock.now())
    count = len(result.done)
    if count:
        messages.success(
            request,
            ngettext("%(n)s care period is reviewed.", "%(n)s care periods are reviewed.", count) % {"n": count},
        )
    request.session[DID] = [[sheet_id, message] for sheet_id, message in result.refused]
    return redirect(_back(request))


@require_POST
@for_handlers
def return_many(request: RoleRequest) -> HttpResponse:
    """Gives the picked sheets back to their carers, each on its own, for one reason."""
    picked = _picked(request.POST.getlist("sheet"))
    form = ReasonForm(request.POST)
    if not picked or not form.is_valid():
        return _ask_reason(request, picked, form)
    refused, done = [], 0
    for sheet_id, version in picked:
        try:
            return_one(sheet_id, version, form.cleaned_data["reason"], by=request.viewer, at=request.clock.now())
        except InvalidInput as refusal:
            put_errors(form, refusal)
            return _ask_reason(request, picked, form)
        except Refusal as refusal:
            refused.append([sheet_id, refusal.message])
        else:
            done += 1
    if done:
        messages.success(
            request,
            ngettext("%(n)s care period is returned to its carer.", "%(n)s care periods are returned.", done)
            % {"n": done},
        )
    request.session[DID] = refused
    return redirect(_back(request))


def _current(request: RoleRequest, sheets: list[Sheet], chosen: int | None) -> Sheet | None:
    """The sheet whose detail is shown: the chosen one, else the first of the page."""
    if chosen is not None:
        return access.sheet(request.viewer, chosen)
    return sheets[0] if sheets else None


def _picked(values: list[str]) -> list[tuple[int, int]]:
    """(sheet, version) of each "17.3"; others are left out."""
    found = []
    for value in values:
        sheet, _dot, version = value.partition(".")
        number, seen = whole(sheet), whole(version)
        if number is not None and seen is not None:
            found.append((number, seen))
    return found


def _ask_reason(request: RoleRequest, picked: list[tuple[int, int]], form: ReasonForm) -> HttpResponse:
    mine = set(access.sheets(request.viewer).filter(pk__in=[each for each, _v in picked]).values_list("pk", flat=True))
    names = list(labels([each for each, _version in picked if each in mine]).values())
    note_shown(request, (label.carer_id for label in names))
    context: dict[str, Any] = {
        "form": form,
        "names": [(label.carer_name, period_name(label.period)) for label in names],
        "hidden": [("sheet", f"{sheet_id}.{version}") for sheet_id, version in picked],
        "back_url": _back(request),
    }
    return render(request, "desk/return_periods.html", context, status=422 if form.errors else 200)


def _refused(request: RoleRequest) -> list[Problem]:
    """Which sheets the last bulk act left as they were, and why."""
    kept = request.session.pop(DID, [])
    mine = set(access.sheets(request.viewer).filter(pk__in=[each for each, _m in kept]).values_list("pk", flat=True))
    names = labels(list(mine))
    return [
        Problem(
            words(Refusal(message)),
            "warn",
            subject=names[sheet_id].carer_name,
            href=reverse("desk:period", args=[sheet_id]),
        )
        for sheet_id, message in kept
        if sheet_id in names
    ]


def _review_by(request: RoleRequest, search: Search) -> str:
    """ "tarkista viimeistään ke 17.6.": the earliest goal among the kinds of contract of the month."""
    if search.month is None:
        return ""
    organisation_id = request.viewer.organisation_id
    days = []
    for kind in [search.kind] if search.kind else contract_kinds(organisation_id):
        try:
            days.append(deadline_and_payday(organisation_id, kind, search.month).review_by)
        except WrongState:
            continue
    return wording.deadline(min(days), get_language()) if days else ""


def _back(request: RoleRequest) -> str:
    """The queue as it was, without the sheet that was open."""
    return address_of_last(request)
