"""Documents of a person in one place: what they have sent and what was issued to them, and sending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import access as contracts
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import PAYEE_ROLES
from palkkio.documents import access
from palkkio.documents.actions import receive
from palkkio.web.decision_words import span
from palkkio.web.document_forms import SendDocumentForm
from palkkio.web.document_words import KINDS, state_chip
from palkkio.web.doors import for_portal
from palkkio.web.file_answers import answer_with
from palkkio.web.numbers import whole
from palkkio.web.portal.views.papers import papers_of, read_returned
from palkkio.web.refusals import did
from palkkio.web.ui.values import Pages

if TYPE_CHECKING:
    from datetime import date

    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document
    from palkkio.web.doors import RoleRequest

SENT = ("certificate", "letter")  # by a person; a receipt or an attachment comes with its trip or change
SHOWN = 30


@require_safe
@for_portal
def documents(request: RoleRequest) -> HttpResponse:
    """The newest first, each in its newest version; all of them, or those about one contract."""
    viewer, today = request.viewer, request.clock.today()
    contract = _contract_of(request)
    found = access.about_people(viewer).filter(replaced_by__isnull=True).order_by("-added_at", "-pk")
    if contract is not None:
        found = found.filter(contract_id=contract.pk)
    shown = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    read_returned(request)
    context = {
        "contract": contract,
        "of_employment": papers_of(viewer, today) if contract is None else [],
        "papers": [_drawn(each, today) for each in shown],
        "pages": Pages(shown.number, SHOWN, shown.paginator.count),
        "may_send": viewer.may(Capability.ADD_PAPERS),
    }
    return render(request, "portal/documents.html", context)


def _contract_of(request: RoleRequest) -> Contract | None:
    number = whole(request.GET.get("contract"))
    return None if number is None else contracts.contract(request.viewer, number)


def _drawn(row: Document, today: date) -> dict[str, object]:
    standing = getattr(row, "standing", None)
    return {
        "title": KINDS[row.kind],
        "whose": row.file_name,
        "came_on": row.day,
        "days": span(standing.valid) if standing else "",
        "chip": state_chip(row, today),
        "reason": standing.reason if standing else "",
        "href": reverse("portal:document-file", args=[row.pk]),
    }


@require_safe
@for_portal
def document_file(request: RoleRequest, document_id: int) -> HttpResponse:
    """The file itself."""
    return answer_with(access.about_person(request.viewer, document_id))


@require_http_methods(["GET", "POST"])
@for_portal
def send(request: RoleRequest) -> HttpResponse:
    viewer = request.viewer
    viewer.require_may(Capability.ADD_PAPERS)
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SendDocumentForm(posted, files, kinds=SENT, contracts=_contracts(request))
    if form.is_bound and form.is_valid() and _sent(request, form):
        messages.success(request, _("The document is sent. You see here when it is handled."))
        return redirect("portal:documents")
    context = {
        "form": form,
        "title": _("Send a document"),
        "back_to": _("Documents"),
        "back_url": reverse("portal:documents"),
    }
    return render(request, "portal/send_file.html", context, status=422 if form.errors else 200)


def _contracts(request: RoleRequest) -> list[tuple[int, str]]:
    if request.viewer.role not in PAYEE_ROLES:
        return []
    return [(each.pk, each.number) for each in contracts.contracts(request.viewer).order_by("number")]


def _sent(request: RoleRequest, form: SendDocumentForm) -> bool:
    viewer, upload = request.viewer, form.cleaned_data["file"]

    def does() -> None:
        receive(upload, person_id=viewer.subject_person_id, by=viewer, at=request.clock.now(), **form.values())

    return did(form, does)
