"""Payroll runs (Maksuajot): the list, proposing, one run with its payees, lines and preview (PAY-7, BEY-7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.audit import actions as audit
from palkkio.audit.queries import history_of
from palkkio.contracts import access as contracts
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, Refusal
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.formats.csv_export import write_csv
from palkkio.organisations.access import NOT_FOUND
from palkkio.payments import access as payments
from palkkio.payroll import access, actions, queries
from palkkio.people import queries as people
from palkkio.reporting.queries import files_of
from palkkio.web.desk import files_page, payees_page, run_page, runs_page
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.payroll_forms import ExtraRunForm, PayeesForm
from palkkio.web.desk.payroll_tabs import tabs
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import ask, did, narrowed, refused
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download
from palkkio.web.numbers import whole
from palkkio.web.rule_words import problem_text
from palkkio.web.ui.fields import DayField
from palkkio.web.ui.values import Pages

if TYPE_CHECKING:
    from palkkio.payroll.models import Proposal, Run
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))
RUNS_ON_A_PAGE = 12


@require_safe
@for_payroll
def runs(request: RoleRequest) -> HttpResponse:
    """Coming paydays with their dates, and the runs so far."""
    viewer, today = request.viewer, request.clock.today()
    ordered = access.runs(viewer).order_by("-payday", "-number")
    shown = Paginator(ordered, RUNS_ON_A_PAGE).get_page(request.GET.get("page"))
    sent = set(payments.batches(viewer).filter(state="sent").order_by().values_list("run_id", flat=True))
    found = list(shown.object_list)
    is_clerk = viewer.role is RoleKind.PAYROLL_CLERK
    paydays = queries.scheduled_paydays(viewer.organisation_id, today)
    context = {
        "tabs": tabs("desk:runs"),
        "coming": runs_page.coming(paydays, today=today, is_clerk=is_clerk, sent=sent),
        "table": runs_page.table_of(found, queries.run_totals(found), sent=sent, today=today),
        "pages": Pages(shown.number, RUNS_ON_A_PAGE, shown.paginator.count),
        "is_clerk": is_clerk,
    }
    return render(request, "desk/payroll/runs.html", context)


@require_POST
@for_clerks
def propose(request: RoleRequest) -> HttpResponse:
    """The scheduled run of a payday; it is calculated in the background."""
    payday = DayField(required=False).to_python(request.POST.get("payday", ""))
    if payday is None:
        raise NotAllowed(NOT_FOUND)
    try:
        run = actions.propose_run(by=request.viewer, at=request.clock.now(), payday=payday)
    except Refusal as refusal:
        messages.error(request, refused(refusal))
        return redirect("desk:runs")
    return redirect("desk:run", run.pk)


@require_http_methods(["GET", "POST"])
@for_clerks
def propose_extra(request: RoleRequest) -> HttpResponse:
    """A run outside the schedule for chosen contracts, with its reason (PAY-11)."""
    contract = whole(request.GET.get("contract"))
    initial = {"contracts": contracts.contract(request.viewer, contract).number} if contract else {}
    form = ExtraRunForm(request.POST if request.method == "POST" else None, initial=initial)
    made: list[Run] = []

    def does() -> None:
        typed = form.cleaned_data
        made.append(
            actions.propose_run(
                by=request.viewer,
                at=request.clock.now(),
                payday=typed["payday"],
                is_extra=True,
                only_contracts=_contract_ids(request.viewer, typed["contracts"]),
                reason=typed["reason"],
            )
        )

    if form.is_bound and form.is_valid() and did(form, does):
        return redirect("desk:run", made[0].pk)
    return ask(request, form, template="desk/payroll/extra_run.html")


def _contract_ids(viewer: Viewer, numbers: list[str]) -> list[int]:
    found = dict(contracts.contracts(viewer).filter(number__in=numbers).values_list("number", "pk"))
    if unknown := [number for number in numbers if number not in found]:
        message = _("Check these contract numbers: %(numbers)s") % {"numbers": ", ".join(unknown)}
        raise InvalidInput(FieldError("contracts", message))
    return list(found.values())


# --- One run ---------------------------------------------------------------------------------------------------------


@require_safe
@for_payroll
def run(request: RoleRequest, run_id: int) -> HttpResponse:
    """Where the run is, why its sums are what they are, what stops it, and the approval."""
    viewer = request.viewer
    found = access.run(viewer, run_id)
    events = history_of(viewer.organisation_id, "run", run_id)
    names = people.names_of({each.actor_person_id for each in events if each.actor_person_id})
    view = queries.run_view(found, viewer)
    context = {
        "page": run_page.run_page(
            view, viewer, files_of(found), today=request.clock.today(), bank_by=_bank_by(request, found)
        ),
        "history": run_page.history(events, names),
        "files": files_page.files_of_run(found, viewer, at=request.clock.now()),
    }
    return render(request, "desk/payroll/run.html", context)


def _bank_by(request: RoleRequest, run: Run) -> date | None:
    paydays = queries.scheduled_paydays(request.viewer.organisation_id, request.clock.today())
    return next((row.bank_by for row in paydays if row.run_id == run.pk), None)


@require_safe
@for_payroll
def progress(request: RoleRequest, run_id: int) -> HttpResponse:
    """The bar of the work going on. When it is done or has stopped, the whole page is loaded anew."""
    job = run_page.job_of(queries.run_progress(access.run(request.viewer, run_id)))
    if job is not None and not job.is_failed and request.htmx:
        return render(request, "desk/payroll/progress.html", {"job": job})
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect("desk:run", run_id)


# --- Payees ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_payroll
def payees(request: RoleRequest, run_id: int) -> HttpResponse:
    """What the run proposes, found, ordered and paged in the database."""
    found = access.run(request.viewer, run_id)
    if request.method == "POST":
        return narrowed(request, "run", ("view", "problem", "sort"))
    view, sort = request.GET.get("view", "all"), request.GET.get("sort", "")
    problem, words = request.GET.get("problem", ""), words_of(request, "run")
    rows, pages = page_of(
        request, queries.proposals(found, words=words, view=view, order=sort or "name", problem=problem)
    )
    context = {
        "run": found,
        "title": runs_page.run_title(found),
        "form": PayeesForm({"q": words, "view": view}),
        "views": payees_page.views_of(found, queries.view_counts(found), "" if problem else view),
        "problem": problem_text(problem)[0] if problem else "",
        "table": payees_page.table_of(found, queries.proposal_rows(rows), sort),
        "pages": pages,
    }
    return render(request, "desk/payroll/payees.html", context)


@require_safe
@for_payroll
def payee(request: RoleRequest, run_id: int, proposal_id: int) -> HttpResponse:
    """One payee's lines with the why, and what changed since the payslip before."""
    viewer = request.viewer
    found = access.run(viewer, run_id)
    proposal = _proposal(found, proposal_id)
    before = access.payslips(viewer).filter(
        contract_id=proposal.contract_id, is_cancelled=False, payday__lte=found.payday
    )
    previous = before.exclude(run=found).select_related("contract", "person", "tax_card", "run", "organisation")
    page = payees_page.payee_page(found, proposal, previous.order_by("payday", "number").last(), viewer)
    return render(request, "desk/payroll/payee.html", {"run": found, "title": runs_page.run_title(found), "page": page})


def _proposal(run: Run, proposal_id: int) -> Proposal:
    found = queries.proposals(run).filter(pk=proposal_id).first()
    if found is None:
        raise NotAllowed(NOT_FOUND)
    return found


@require_safe
@for_payroll
def preview_csv(request: RoleRequest, run_id: int) -> HttpResponse:
    """Payees and lines of the proposal, for a spreadsheet."""
    found = access.run(request.viewer, run_id)
    audit.record("export_run", by=request.viewer, at=request.clock.now(), object_kind="run", object_id=run_id)
    header, rows = payees_page.csv_of(queries.proposals(found).iterator(chunk_size=500))
    name = f"palkkio-maksuajo-{found.number}-ehdotus-{found.proposal}.csv"
    return download(write_csv(header, rows), "text/csv; charset=utf-8", name)
