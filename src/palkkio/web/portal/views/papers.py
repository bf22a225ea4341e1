"""Papers of employments (EMP-9): what an assistant or an employer has sent and where it stands, and sending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import papers as stage
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import RoleKind
from palkkio.messages.actions import mark_read
from palkkio.messages.queries import notices_of
from palkkio.web.decision_words import span
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import answer_part
from palkkio.web.paper_forms import SendPaperForm
from palkkio.web.paper_words import FILES, KINDS, state_chip
from palkkio.web.refusals import did

if TYPE_CHECKING:
    from datetime import date

    from palkkio.contracts.models import Contract
    from palkkio.contracts.paper_models import Paper
    from palkkio.core.viewer import Viewer
    from palkkio.web.doors import RoleRequest

for_employments = for_roles(RoleKind.ASSISTANT, RoleKind.EMPLOYER)


@require_safe
@for_employments
def papers(request: RoleRequest) -> HttpResponse:
    """The newest first: which are accepted, which were returned and why, which are asked for anew."""
    viewer, today = request.viewer, request.clock.today()
    read_returned(request)
    context = {
        "papers": papers_of(viewer, today),
        "may_send": viewer.may(Capability.ADD_PAPERS) and stage.employments(viewer).exists(),
    }
    return render(request, "portal/people/papers.html", context)


def papers_of(viewer: Viewer, today: date) -> list[dict[str, object]]:
    """Papers of the reader's employments as the list draws them; of roles without employments none."""
    rows = stage.papers(viewer).order_by("-sent_at", "-pk")
    return [_drawn(each, viewer, state_chip(each, today)) for each in rows]


def read_returned(request: RoleRequest) -> None:
    """Notices of returned papers count as read once their list was opened."""
    told = [each.id for each in notices_of(request.viewer, only_unread=True) if each.kind == "paper_returned"]
    if told:
        mark_read(told, by=request.viewer, at=request.clock.now())


def _drawn(paper: Paper, viewer: Viewer, chip: object) -> dict[str, object]:
    is_employer = viewer.role is RoleKind.EMPLOYER
    whose = "" if paper.contract is None else (paper.contract.carer.name if is_employer else paper.employer.name)
    return {
        "title": KINDS[paper.kind],
        "whose": whose,
        "came_on": paper.came_on,
        "days": span(paper.standing.valid),
        "chip": chip,
        "reason": paper.standing.reason,
        "href": reverse("portal:paper-file", args=[paper.pk, "paper"]),
        "receipt_href": reverse("portal:paper-file", args=[paper.pk, "receipt"]) if paper.receipt_id else "",
    }


@require_http_methods(["GET", "POST"])
@for_employments
def send_paper(request: RoleRequest) -> HttpResponse:
    viewer = request.viewer
    viewer.require_may(Capability.ADD_PAPERS)
    employments = [(each.pk, _employment(each, viewer)) for each in stage.employments(viewer)]
    if not employments:
        return redirect("portal:papers")
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"kind": request.GET.get("kind", "")}
    form = SendPaperForm(posted, files, kinds=stage.KINDS_OF[viewer.role], employments=employments, initial=initial)
    if form.is_bound and form.is_valid() and _sent(request, form):
        messages.success(request, _("The paper is sent. You see here when it is handled."))
        return redirect("portal:papers")
    context = {"form": form, "title": _("Send a paper"), "back_to": _("Papers"), "back_url": reverse("portal:papers")}
    return render(request, "portal/send_file.html", context, status=422 if form.errors else 200)


@require_safe
@for_employments
def paper_file(request: RoleRequest, paper_id: int, part: str) -> HttpResponse:
    """The file as it was sent in: the paper, or the receipt of a membership fee."""
    return answer_part(stage.paper(request.viewer, paper_id), FILES.get(part))


def _employment(contract: Contract, viewer: Viewer) -> str:
    other = contract.carer if viewer.role is RoleKind.EMPLOYER else contract.employer
    return f"{other.name if other else ''}, {contract.number}"


def _sent(request: RoleRequest, form: SendPaperForm) -> bool:
    typed = form.cleaned_data

    def does() -> None:
        stage.send_paper(
            by=request.viewer,
            at=request.clock.now(),
            values=form.values(),
            upload=typed["file"],
            receipt=typed.get("receipt"),
        )

    return did(form, does)
