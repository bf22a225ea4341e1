"""Letters (Kirjeet): what must be told to people whom no e-mail reaches; each is posted or told by phone (ACC-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.core.problems import InvalidInput, WrongState
from palkkio.messages import access
from palkkio.messages.actions import mark_told
from palkkio.organisations.access import one
from palkkio.people.contact import contact_of
from palkkio.web.desk.letter import letter_of
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.roles import for_payroll
from palkkio.web.desk.views.acting import download, refused
from palkkio.web.ui.values import View

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_payroll
def letters(request: RoleRequest) -> HttpResponse:
    """Those to tell, the oldest first; or those that were told."""
    viewer, today = request.viewer, request.clock.today()
    is_told = request.GET.get("view") == "told"
    found = access.letters(viewer).select_related("notice__person", "told_by")
    waiting = found.filter(told_at__isnull=True)
    shown = found.filter(told_at__isnull=False).order_by("-told_at", "-pk") if is_told else waiting.order_by("pk")
    rows, pages = page_of(request, shown)
    context = {
        "rows": [
            {
                "letter": row,
                "person": row.notice.person,
                "contact": contact_of(row.notice.person, viewer, today),
                "is_own": row.notice.person_id in viewer.for_person_ids,
            }
            for row in rows
        ],
        "pages": pages,
        "is_told": is_told,
        "views": [
            View(_("To tell"), reverse("desk:letters"), waiting.count(), is_current=not is_told),
            View(_("Told"), reverse("desk:letters") + "?view=told", is_current=is_told),
        ],
    }
    return render(request, "desk/letters.html", context)


@require_safe
@for_payroll
def letter_pdf(request: RoleRequest, letter_id: int) -> HttpResponse:
    row = one(access.letters(request.viewer).select_related("notice__person"), letter_id)
    return download(letter_of(row, at=request.clock.now()), "application/pdf", "kirje.pdf")


@require_POST
@for_payroll
def tell(request: RoleRequest, letter_id: int) -> HttpResponse:
    """Posted, or told by phone."""
    try:
        mark_told(letter_id, by=request.viewer, at=request.clock.now(), means=request.POST.get("means", ""))
    except (InvalidInput, WrongState) as refusal:
        messages.warning(request, refused(refusal))
    else:
        messages.success(request, _("Written down. The letter leaves the list."))
    return redirect("desk:letters")
