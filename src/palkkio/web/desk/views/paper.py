"""A sheet that came on paper (ACC-11), days or an assistant's shifts: keyed in with its scan, reviewed by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.contracts import access as contracts
from palkkio.core.problems import InvalidInput, NotAllowed, StaleVersion, WrongState
from palkkio.decisions.queries import valid_on_days
from palkkio.documents import access as documents
from palkkio.documents.actions import receive
from palkkio.entries import actions
from palkkio.entries.values import SheetView
from palkkio.web.desk import period_page as page
from palkkio.web.desk.paper_form import PaperForm
from palkkio.web.desk.paper_shifts_form import PaperShiftsForm
from palkkio.web.desk.roles import for_handlers
from palkkio.web.portal import period_page as shared
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.web.doors import RoleRequest

AnyForm: TypeAlias = PaperForm | PaperShiftsForm
Posted: TypeAlias = tuple[Any, Any]


@require_http_methods(["GET", "POST"])
@for_handlers
def paper(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The days of the paper become the days of the sheet; the rest of what was typed stays when one is refused."""
    view = page.view_of(request, sheet_id)
    address = reverse("desk:period", args=[sheet_id])
    if not view.can.key_in_paper:
        messages.warning(request, _(view.can.why["key_in_paper"]))
        return redirect(address)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = (_shifts_form if view.is_employment else _days_form)(request, view, posted)
    if form.is_bound:
        scan = _scan(request, view, form)
        if form.is_valid() and _save(request, view, form, scan):
            messages.success(
                request, _("The paper is keyed in. A colleague reviews it: who keyed a paper in does not review it.")
            )
            return redirect(address)
        if scan is not None:
            version = str(form.data.get("version", ""))  # the newer one, after a stale one
            form.data = {**request.POST.dict(), "version": version, "scan_id": str(scan.pk)}
    context = {
        "form": form,
        "view": view,
        "month": shared.month_name(view),
        "back_url": address,
        "scan_name": _kept_name(request, view, form),
        "paper_by": view.timetable.paper_by if view.timetable else None,
        "payday": view.timetable.payday if view.timetable else None,
    }
    template = "desk/paper_shifts.html" if view.is_employment else "desk/paper.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _days_form(request: RoleRequest, view: SheetView, posted: Posted) -> PaperForm:
    kinds = shared.kinds_of(request.viewer, view)
    return PaperForm(*posted, initial={"version": view.version, "note": view.note}, cells=view.days, kinds=kinds)


def _shifts_form(request: RoleRequest, view: SheetView, posted: Posted) -> PaperShiftsForm:
    employer_id = contracts.contract(request.viewer, view.contract_id).employer_id
    known = valid_on_days(employer_id, [cell.day for cell in view.days if cell.is_inside])
    decisions = {each.identifier: each for of_day in known.values() for each in of_day}
    return PaperShiftsForm(
        *posted,
        initial={"version": view.version},
        cells=view.days,
        shifts=view.shifts,
        decisions=[decisions[key] for key in sorted(decisions)],
        language=request.LANGUAGE_CODE,
    )


def _scan(request: RoleRequest, view: SheetView, form: AnyForm) -> Document | None:
    """The scan that came now, else the one of an earlier try."""
    form.full_clean()
    if upload := form.cleaned_data.get("scan"):
        try:
            with transaction.atomic():
                return receive(
                    upload, kind="paper_sheet", person_id=view.carer_id, by=request.viewer, at=request.clock.now()
                )
        except InvalidInput as refusal:
            put_errors(form, refusal, {"file": "scan"})
            return None
    return _kept(request, view, form.cleaned_data.get("scan_id"))


def _kept(request: RoleRequest, view: SheetView, number: int | None) -> Document | None:
    if number is None:
        return None
    found = documents.documents(request.viewer).filter(pk=number, person_id=view.carer_id, kind="paper_sheet")
    return found.first()


def _kept_name(request: RoleRequest, view: SheetView, form: AnyForm) -> str:
    value = form["scan_id"].value()
    kept = _kept(request, view, int(value)) if value and str(value).isdigit() else None
    return kept.file_name if kept else ""


def _save(request: RoleRequest, view: SheetView, form: AnyForm, scan: Document | None) -> bool:
    if form.errors:
        return False
    common = {"by": request.viewer, "at": request.clock.now(), "version": form.cleaned_data["version"], "scan": scan}
    try:
        if isinstance(form, PaperShiftsForm):
            signed_on, reason = form.cleaned_data["signed_on"], form.cleaned_data["reason"]
            actions.enter_paper_shifts(view.id, shifts=form.shifts, signed_on=signed_on, reason=reason, **common)
        else:
            note = form.cleaned_data["note"]
            actions.enter_paper_sheet(view.id, days=form.days(), counts=form.counts(), note=note, **common)
    except InvalidInput as refusal:
        put_errors(form, refusal)
    except StaleVersion as refusal:
        form.add_error(None, words(refusal))
        form.add_error(None, _("Compare with the days that are saved now, and save again."))
        form.data = {**request.POST.dict(), "version": str(page.view_of(request, view.id).version)}
    except (WrongState, NotAllowed) as refusal:
        form.add_error(None, words(refusal))
    else:
        return True
    return False
