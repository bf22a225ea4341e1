"""A care period's page for staff, and the steps of its review."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.core.problems import InvalidInput, NotAllowed, StaleVersion, WrongState
from palkkio.documents import access as documents
from palkkio.entries import actions
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.desk import period_page as page
from palkkio.web.desk.forms import ReasonForm
from palkkio.web.desk.returning import return_one
from palkkio.web.desk.roles import for_handlers, for_staff
from palkkio.web.file_answers import answer_with
from palkkio.web.numbers import whole
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

SAID = "desk_said"  # what a save without JavaScript said, until the next page


@require_safe
@for_staff
def period(request: RoleRequest, sheet_id: int) -> HttpResponse:
    view = page.view_of(request, sheet_id)
    said = request.session.pop(SAID, {})
    calendar = {"said": said["said"], "undo": said.get("undo", "")} if said.get("sheet") == sheet_id else {}
    return render(request, "desk/period.html", page.context_of(request, view, calendar=calendar))


@require_POST
@for_handlers
def confirm(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """Confirms for a carer who did not (CARE-9)."""
    return _step(request, sheet_id, actions.confirm_on_behalf, _("The period is confirmed on the carer's behalf."))


@require_POST
@for_handlers
def review(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """Reviews and goes on to the next of the queue, when there is one and the reader asked so."""
    following = page.around(request, sheet_id).next_id
    answer = _step(request, sheet_id, actions.review_sheet, _("The period is reviewed. Payroll pays it next."))
    if request.POST.get("then") == "next" and following and answer["Location"].endswith("#done"):
        return redirect("desk:period", following)
    return answer


@require_http_methods(["GET", "POST"])
@for_handlers
def return_period(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """Gives the period back to the carer with a reason (CARE-8)."""

    def give_back(number: int, *, by: Any, at: Any, version: int, reason: str) -> None:
        return_one(number, version, reason, by=by, at=at)

    return _with_reason(
        request,
        sheet_id,
        give_back,
        can="return_sheet",
        title=_("Return the period to the carer"),
        button=_("Return"),
        said=_("The period is returned to the carer, who gets a notice."),
        help_text=_("The carer reads it."),
    )


@require_http_methods(["GET", "POST"])
@for_handlers
def reopen(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """Opens a reviewed period that was found wrong; what was paid is compared with the next review."""
    return _with_reason(
        request,
        sheet_id,
        actions.reopen_sheet,
        can="reopen",
        title=_("Reopen the reviewed period"),
        button=_("Reopen"),
        said=_("The period is open to the county again. Correct it and review it."),
        help_text=_("It stays in the history. If the period is paid already, the next run pays the difference."),
    )


@require_safe
@for_staff
def scan(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The paper that the period was keyed in from."""
    view = page.view_of(request, sheet_id)
    if view.scan_id is None:
        raise NotAllowed(NOT_FOUND)
    return answer_with(documents.document(request.viewer, view.scan_id))


@require_safe
@for_staff
def receipt(request: RoleRequest, sheet_id: int, trip_id: int) -> HttpResponse:
    trip = next((each for each in page.view_of(request, sheet_id).trips if each.id == trip_id), None)
    if trip is None or trip.receipt_id is None:
        raise NotAllowed(NOT_FOUND)
    return answer_with(documents.document(request.viewer, trip.receipt_id))


def version_of(request: RoleRequest) -> int:
    """The version that the page showed, 0 when none came: then the step is refused as stale."""
    return whole(request.POST.get("version")) or 0


def _step(request: RoleRequest, sheet_id: int, act: Callable[..., object], said: str) -> HttpResponse:
    address = reverse("desk:period", args=[sheet_id])
    try:
        act(sheet_id, by=request.viewer, at=request.clock.now(), version=version_of(request))
    except StaleVersion as refusal:
        messages.warning(request, words(refusal))
        return redirect(f"{address}#state")
    except (WrongState, NotAllowed) as refusal:
        page.view_of(request, sheet_id)  # another organisation's sheet is not there at all
        messages.warning(request, words(refusal))
        return redirect(f"{address}#state")
    messages.success(request, said)
    return redirect(f"{address}#done")


def _with_reason(
    request: RoleRequest,
    sheet_id: int,
    act: Callable[..., object],
    *,
    can: str,
    title: str,
    button: str,
    said: str,
    help_text: str,
) -> HttpResponse:
    view = page.view_of(request, sheet_id)
    address = reverse("desk:period", args=[sheet_id])
    if not getattr(view.can, can) and request.method == "GET":
        messages.warning(request, _(view.can.why[can]))
        return redirect(address)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = help_text
    version = version_of(request) or view.version
    if request.method == "POST" and form.is_valid():
        try:
            act(
                sheet_id,
                by=request.viewer,
                at=request.clock.now(),
                version=version,
                reason=form.cleaned_data["reason"],
            )
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except StaleVersion as refusal:
            form.add_error(None, words(refusal))
            version = page.view_of(request, sheet_id).version
        except (WrongState, NotAllowed) as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, said)
            return redirect(address)
    context = {"form": form, "view": view, "title": title, "button": button, "version": version, "back_url": address}
    return render(request, "desk/reason.html", context, status=422 if form.errors else 200)
