"""Papers of employments (EMP-9): the list to handle, one to accept or return, a paper scanned by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import access as contracts
from palkkio.contracts import papers
from palkkio.core.problems import NotAllowed
from palkkio.entries.actions import accept_membership
from palkkio.messages.actions.papers import tell_paper_returned
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.desk import employment_papers_page as page
from palkkio.web.desk.forms import SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.roles import for_contract_makers
from palkkio.web.desk.views.acting import ask, did
from palkkio.web.file_answers import answer_part
from palkkio.web.paper_forms import AcceptPaperForm, ReturnPaperForm, SendPaperForm
from palkkio.web.paper_words import FILES, KINDS
from palkkio.web.ui.values import Link

if TYPE_CHECKING:
    from palkkio.contracts.paper_models import Paper
    from palkkio.web.doors import RoleRequest


@require_safe
@for_contract_makers
def employment_papers(request: RoleRequest) -> HttpResponse:
    """Those that wait, the oldest first; handled ones; those that are asked for anew."""
    viewer, today = request.viewer, request.clock.today()
    typed, state, kind = (
        words_of(request, "employment-papers"),
        request.GET.get("state", ""),
        request.GET.get("kind", ""),
    )
    found = papers.search(viewer, words=typed, state=state, kind=kind, today=today)
    rows, pages = page_of(request, found)
    menus = {
        "state": (_("State"), page.states()),
        "kind": (_("Paper"), [("", _("All")), *((key, str(name)) for key, name in KINDS.items())]),
    }
    form = SearchForm(
        initial={"q": typed, "state": state, "kind": kind}, label=_("Assistant's or employer's name"), menus=menus
    )
    context = {
        "form": form,
        "table": page.table_of(rows, today=today, whose=True),
        "pages": pages,
        "is_narrowed": bool(typed or state or kind),
    }
    return render(request, "desk/employment_papers.html", context)


@require_http_methods(["GET", "POST"])
@for_contract_makers
def employment_paper(request: RoleRequest, paper_id: int) -> HttpResponse:
    """One paper: what it is, its file, where its matter is entered, and its handling."""
    row = papers.paper(request.viewer, paper_id)
    posted, wanted = request.POST if request.method == "POST" else None, request.POST.get("do", "")
    accept = AcceptPaperForm(posted if wanted == "accept" else None)
    back = ReturnPaperForm(posted if wanted == "return" else None, auto_id="return_%s")
    if wanted == "accept" and accept.is_valid() and _accepted(request, row, accept):
        return redirect("desk:employment-papers")
    if wanted == "return" and back.is_valid() and _returned(request, row, back):
        return redirect("desk:employment-papers")
    is_own = bool({row.person_id, row.employer_id} & request.viewer.for_person_ids)
    context = {
        "title": KINDS[row.kind],
        "facts": page.facts_of(row, request.clock.today()),
        "links": page.links_of(row),
        "accept": accept,
        "back": back,
        "is_own": is_own,
        "files": page.files_of(row),
        "accept_button": _("Accept the paper"),
        "accept_help": page.accept_help(row),
        "may_handle": row.standing.handled_at is None and not is_own,
        "crumbs": [Link(_("Papers"), reverse("desk:employment-papers"))],
    }
    return render(request, "desk/document.html", context, status=422 if accept.errors or back.errors else 200)


@require_safe
@for_contract_makers
def paper_file(request: RoleRequest, paper_id: int, part: str) -> HttpResponse:
    """The file as it was sent in: the paper, or the receipt of a membership fee."""
    return answer_part(papers.paper(request.viewer, paper_id), FILES.get(part))


@require_http_methods(["GET", "POST"])
@for_contract_makers
def scan_paper(request: RoleRequest, contract_id: int) -> HttpResponse:
    """A paper that came by post or was brought: scanned, with the day on which it came."""
    viewer = request.viewer
    contract = contracts.contract(viewer, contract_id)
    viewer.require_not_own(contract.carer_id, contract.employer_id)
    if contract.employer_id is None:
        raise NotAllowed(NOT_FOUND)
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SendPaperForm(
        posted, files, kinds=list(KINDS), employments=[(contract.pk, contract.carer.name)], is_staff=True
    )

    def does() -> None:
        papers.send_paper(
            by=viewer,
            at=request.clock.now(),
            values=form.values(),
            upload=form.cleaned_data["file"],
            receipt=form.cleaned_data["receipt"],
        )

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The paper is saved. It waits to be handled."))
        return redirect("desk:contract", contract.pk)
    return ask(
        request,
        form,
        template="desk/form.html",
        title=_("Add a paper"),
        lead=f"{contract.number}, {contract.carer.name}",
        button=_("Save"),
        back_url=reverse("desk:contract", args=[contract.pk]),
    )


def _accepted(request: RoleRequest, row: Paper, form: AcceptPaperForm) -> bool:
    is_membership = row.kind == papers.PaperKind.HETA_MEMBERSHIP
    accept = accept_membership if is_membership else papers.accept_paper

    def does() -> None:
        accept(row.pk, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)

    if not did(form, does):
        return False
    if is_membership:
        messages.success(request, _("The paper is accepted, and the membership stands on the employer's contracts."))
    else:
        messages.success(request, _("The paper is accepted."))
    return True


def _returned(request: RoleRequest, row: Paper, form: ReturnPaperForm) -> bool:
    def does() -> None:
        returned = papers.return_paper(
            row.pk, by=request.viewer, at=request.clock.now(), reason=form.cleaned_data["reason"]
        )
        tell_paper_returned(returned, at=request.clock.now())

    if not did(form, does):
        return False
    messages.success(request, _("The paper is returned to who sent it."))
    return True
