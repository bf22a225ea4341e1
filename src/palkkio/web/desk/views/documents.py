"""Documents of a person and their contracts in one place: the list, those that wait, one to handle, filing another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import access as contracts
from palkkio.contracts.queries import of_person
from palkkio.core.problems import NotAllowed
from palkkio.documents import access, handling
from palkkio.documents.actions import receive
from palkkio.documents.queries import versions
from palkkio.messages.actions.papers import tell_document_returned
from palkkio.organisations.access import NOT_FOUND
from palkkio.people import access as people
from palkkio.web.desk import documents_page as page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.opening import reason_of
from palkkio.web.desk.roles import CONTRACTS, for_contract_makers, for_staff
from palkkio.web.desk.views.acting import ask, did
from palkkio.web.document_forms import AddDocumentForm
from palkkio.web.document_words import KINDS, is_by_itself
from palkkio.web.file_answers import answer_with
from palkkio.web.numbers import whole
from palkkio.web.paper_forms import AcceptPaperForm, ReturnPaperForm
from palkkio.web.ui.values import Fact, Link

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document
    from palkkio.web.doors import RoleRequest


@require_safe
@for_contract_makers
def documents(request: RoleRequest) -> HttpResponse:
    """Those that wait to be handled, the oldest first."""
    rows, pages = page_of(request, handling.to_handle(request.viewer))
    table = page.table_of(rows, today=request.clock.today(), whose=True)
    return render(request, "desk/documents.html", {"table": table, "pages": pages})


@require_safe
@for_staff
def person_documents(request: RoleRequest, person_id: int) -> HttpResponse:
    """Everything that is received or issued about a person, or of it what is about one contract of theirs.

    Why one looks is asked as on the person's page.
    """
    viewer, person = request.viewer, people.person(request.viewer, person_id)
    reason = reason_of(request, person)
    if not reason and person.pk not in viewer.for_person_ids:
        return redirect("desk:reason-to-open", person.pk)
    request.look_reason = reason
    held = [(each.pk, each.number) for each in of_person(viewer.organisation_id, person.pk)]
    form = page.DocumentFilter(request.GET, contracts=held)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = access.about_people(viewer).filter(person=person, replaced_by__isnull=True)
    if kind := chosen.get("kind"):
        found = found.filter(kind=kind)
    if contract_id := chosen.get("contract"):
        found = found.filter(contract_id=int(contract_id))
    rows, pages = page_of(request, found.order_by("-added_at", "-pk"))
    context = {
        "person": person,
        "table": page.table_of(rows, today=request.clock.today()),
        "pages": pages,
        "form": form,
        "may_add": viewer.role in CONTRACTS and person.pk not in viewer.for_person_ids,
        "crumbs": [_person_link(person.name, person.pk)],
    }
    return render(request, "desk/person_documents.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def document(request: RoleRequest, document_id: int) -> HttpResponse:
    """One document: what it is, who sees it, its versions, and its handling."""
    viewer = request.viewer
    row = access.about_person(viewer, document_id)
    posted, wanted = request.POST if request.method == "POST" else None, request.POST.get("do", "")
    accept = AcceptPaperForm(posted if wanted == "accept" else None)
    back = ReturnPaperForm(posted if wanted == "return" else None, auto_id="return_%s")
    if wanted == "accept" and accept.is_valid() and _accepted(request, row, accept):
        return redirect("desk:document", row.pk)
    if wanted == "return" and back.is_valid() and _returned(request, row, back):
        return redirect("desk:document", row.pk)
    is_own = row.person_id in viewer.for_person_ids
    standing = getattr(row, "standing", None)
    may_act = viewer.role in CONTRACTS and not is_own and is_by_itself(row)
    name = row.person.name if row.person else ""
    context = {
        "title": KINDS[row.kind],
        "facts": page.facts_of(row, _contract_of(request, row), request.clock.today()),
        "files": [Fact(_("Open the document"), row.file_name, href=reverse("desk:document-file", args=[row.pk]))],
        "versions": page.versions_of(row, versions(row)),
        "accept": accept,
        "back": back,
        "is_own": is_own,
        "accept_button": _("Accept the document"),
        "accept_help": _("Accept the document when its matter is entered where it belongs."),
        "may_handle": may_act and standing is not None and standing.handled_at is None,
        "replace_url": _replace_url(row) if may_act and not hasattr(row, "replaced_by") else "",
        "crumbs": [_person_link(name, row.person_id or 0), _documents_link(row.person_id or 0)],
    }
    return render(request, "desk/document.html", context, status=422 if accept.errors or back.errors else 200)


@require_safe
@for_staff
def document_file(request: RoleRequest, document_id: int) -> HttpResponse:
    return answer_with(access.about_person(request.viewer, document_id))


@require_http_methods(["GET", "POST"])
@for_contract_makers
def add(request: RoleRequest, person_id: int) -> HttpResponse:
    """Files a document about a person, or a new version of one; what staff file is accepted at once."""
    viewer, person = request.viewer, people.person(request.viewer, person_id)
    viewer.require_not_own(person.pk)
    older = _older(request, person.pk)
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    held = [(each.pk, each.number) for each in of_person(viewer.organisation_id, person.pk)]
    kinds = page.FILED if older is None else (older.kind,)
    held_by = request.GET.get("contract") or (older.contract_id if older else "")
    initial = {
        "contract_id": held_by,
        "replaces": older.pk if older else None,
        "is_for_staff": older is not None and older.is_for_staff,
    }
    form = AddDocumentForm(posted, files, kinds=kinds, contracts=held, initial=initial)

    def does() -> None:
        now, values = request.clock.now(), form.values()
        receive(form.cleaned_data["file"], person_id=person.pk, by=viewer, at=now, replaces=older, **values)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The document is filed."))
        return redirect("desk:person-documents", person.pk)
    return ask(
        request,
        form,
        template="desk/form.html",
        title=_("Add a document") if older is None else _("Add a new version"),
        lead=person.name,
        button=_("Save"),
        back_url=reverse("desk:person-documents", args=[person.pk]),
    )


def _older(request: RoleRequest, person_id: int) -> Document | None:
    """The version that is replaced: the newest one of a document of this person."""
    number = whole((request.POST or request.GET).get("replaces"))
    if number is None:
        return None
    row = access.about_person(request.viewer, number)
    if row.person_id != person_id or not is_by_itself(row) or hasattr(row, "replaced_by"):
        raise NotAllowed(NOT_FOUND)
    return row


def _replace_url(row: Document) -> str:
    return reverse("desk:add-document", args=[row.person_id]) + f"?replaces={row.pk}"


def _contract_of(request: RoleRequest, row: Document) -> Contract | None:
    if row.contract_id is None:
        return None
    return contracts.contracts(request.viewer).filter(pk=row.contract_id).first()


def _person_link(name: str, person_id: int) -> Link:
    return Link(name, reverse("desk:person", args=[person_id]))


def _documents_link(person_id: int) -> Link:
    return Link(_("Documents"), reverse("desk:person-documents", args=[person_id]))


def _accepted(request: RoleRequest, row: Document, form: AcceptPaperForm) -> bool:
    def does() -> None:
        handling.accept_document(row.pk, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)

    if not did(form, does):
        return False
    messages.success(request, _("The document is accepted."))
    return True


def _returned(request: RoleRequest, row: Document, form: ReturnPaperForm) -> bool:
    def does() -> None:
        now = request.clock.now()
        handling.return_document(row.pk, by=request.viewer, at=now, reason=form.cleaned_data["reason"])
        tell_document_returned(row, at=now)

    if not did(form, does):
        return False
    messages.success(request, _("The document is returned to who sent it."))
    return True
