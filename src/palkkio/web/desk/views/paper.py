"""A sheet that came on paper (ACC-11): keyed in with its scan, marked, reviewed by somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.core.problems import InvalidInput, NotAllowed, StaleVersion, WrongState
from palkkio.documents import access as documents
from palkkio.documents.actions import receive
from palkkio.entries import actions
from palkkio.entries.values import SheetView
from palkkio.web.desk import period_page as page
from palkkio.web.desk.paper_form import PaperForm
from palkkio.web.desk.roles import for_handlers
from palkkio.web.portal import period_page as shared
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_handlers
def paper(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The days of the paper become the days of the sheet; the rest of what was typed stays when one is refused."""
    view = page.view_of(request, sheet_id)
    address = reverse("desk:period", args=[sheet_id])
    if not view.can.key_in_paper:
        messages.warning(request, _(view.can.why["key_in_paper"]))
        return redirect(address)
    kinds = shared.kinds_of(request.viewer, view)
    if request.method == "GET":
        form = PaperForm(initial={"version": view.version, "note": view.note}, cells=view.days, kinds=kinds)
    else:
        form = PaperForm(request.POST, request.FILES, cells=view.days, kinds=kinds)
        scan = _scan(request, view, form)
        if form.is_valid() and _save(request, view, form, scan):
            messages.success(
                request, _("The paper is keyed in. A colleague reviews it: who keyed a paper in does not review it.")
            )
            return redirect(address)
        if scan is not None:
            form.data = {**request.POST.dict(), "scan_id": str(scan.pk)}
    context = {
        "form": form,
        "view": view,
        "month": shared.month_name(view),
        "back_url": address,
        "scan_name": _kept_name(request, view, form),
    }
    return render(request, "desk/paper.html", context, status=422 if form.errors else 200)


def _scan(request: RoleRequest, view: SheetView, form: PaperForm) -> Document | None:
    """The scan that came now, else the one of an earlier try."""
    form.full_clean()
    if upload := request.FILES.get("scan"):
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


def _kept_name(request: RoleRequest, view: SheetView, form: PaperForm) -> str:
    value = form["scan_id"].value()
    kept = _kept(request, view, int(value)) if value and str(value).isdigit() else None
    return kept.file_name if kept else ""


def _save(request: RoleRequest, view: SheetView, form: PaperForm, scan: Document | None) -> bool:
    if form.errors:
        return False
    try:
        actions.enter_paper_sheet(
            view.id,
            by=request.viewer,
            at=request.clock.now(),
            version=form.cleaned_data["version"],
            days=form.days(),
            counts=form.counts(),
            scan=scan,
            note=form.cleaned_data["note"],
        )
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
