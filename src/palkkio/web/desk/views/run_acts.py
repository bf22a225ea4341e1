"""What is done to a run: set problems aside, approve, return, calculate again, cancel; holds (PAY-7, PAY-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from palkkio.core.problems import NotAllowed, ProblemCode
from palkkio.organisations.access import NOT_FOUND
from palkkio.payroll import access, actions, queries
from palkkio.people import access as people
from palkkio.reporting import actions as reporting
from palkkio.web.desk import runs_page
from palkkio.web.desk.payroll_forms import ReasonForm, SetAsideForm
from palkkio.web.desk.roles import for_clerks
from palkkio.web.desk.run_words import PROBLEM_NOTES
from palkkio.web.desk.views.acting import act, ask, did
from palkkio.web.numbers import number_from, whole
from palkkio.web.rule_words import problem_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Fact

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_POST
@for_clerks
def approve(request: RoleRequest, run_id: int) -> HttpResponse:
    """Approves the proposal that was seen; payslips and files are made in the background."""
    access.run(request.viewer, run_id)
    proposal = number_from(request.POST.get("proposal"))

    def does() -> None:
        actions.approve_run(run_id, by=request.viewer, at=request.clock.now(), proposal=proposal)

    return act(
        request, does, said=_("The run is approved. Payslips and files are being made."), to="desk:run", args=(run_id,)
    )


@require_POST
@for_clerks
def recalculate(request: RoleRequest, run_id: int) -> HttpResponse:
    access.run(request.viewer, run_id)

    def does() -> None:
        actions.recalculate_run(run_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The run is being calculated again."), to="desk:run", args=(run_id,))


@require_POST
@for_clerks
def try_again(request: RoleRequest, run_id: int) -> HttpResponse:
    """Makes what is missing of payslips and files, when what stopped it is mended."""
    access.run(request.viewer, run_id)

    def does() -> None:
        actions.try_again(run_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("Payslips and files are being made."), to="desk:run", args=(run_id,))


@require_http_methods(["GET", "POST"])
@for_clerks
def return_run(request: RoleRequest, run_id: int) -> HttpResponse:
    """Back to who proposed it, with a reason."""
    found = access.run(request.viewer, run_id)
    help_text = _("The proposer reads it. The run is calculated again.")
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label=_("What is to be corrected?"), help_text=help_text
    )

    def does() -> None:
        reason = form.cleaned_data["reason"]
        actions.return_run(run_id, by=request.viewer, at=request.clock.now(), reason=reason)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("Returned to the proposer."))
        return redirect("desk:run", run_id)
    return ask(
        request,
        form,
        question=_("Return the run to its proposer?"),
        explanation=runs_page.run_title(found),
        yes=_("Return"),
        back_url=reverse("desk:run", args=[run_id]),
    )


@require_http_methods(["GET", "POST"])
@for_clerks
def cancel(request: RoleRequest, run_id: int) -> HttpResponse:
    """Takes the whole run back, before the bank has its file."""
    found = access.run(request.viewer, run_id)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why is the run cancelled?"),
        help_text=_("It stays on the record of the run."),
    )

    def does() -> None:
        reason = form.cleaned_data["reason"]
        reporting.cancel_run(run_id, by=request.viewer, at=request.clock.now(), reason=reason)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The run is cancelled. What it would have paid waits for the next run."))
        return redirect("desk:run", run_id)
    totals = queries.run_totals([found])[run_id]
    return ask(
        request,
        form,
        question=_("Cancel the run?"),
        explanation=_(
            "Its payslips, payments, reports and voucher are taken back together. This cannot be undone: the payday"
            " then needs a new proposal."
        ),
        facts=[
            Fact(_("Run"), runs_page.run_title(found)),
            Fact(_("Payees"), wording.number(totals.payees)),
            Fact(_("To the accounts"), wording.euros(totals.net)),
        ],
        yes=_("Cancel the run"),
        no=_("Keep the run"),
        back_url=reverse("desk:run", args=[run_id]),
    )


# --- Problems --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_clerks
def set_aside(request: RoleRequest, run_id: int, code: str) -> HttpResponse:
    """One reason for one payee or for several that have the same problem."""
    found = access.run(request.viewer, run_id)
    if code not in set(ProblemCode):
        raise NotAllowed(NOT_FOUND)
    rows = queries.proposal_rows(queries.proposals(found, problem=code))
    open_rows = [row for row in rows if code not in row.set_aside and not row.is_held]
    form = SetAsideForm(
        request.POST if request.method == "POST" else None,
        choices=[
            (row.contract_id, f"{row.payee}, {row.contract_number}, {wording.euros(row.gross)}") for row in open_rows
        ],
        initial={"contract": _picked(request, [row.contract_id for row in open_rows])},
    )

    def does() -> None:
        with transaction.atomic():
            for contract_id in form.cleaned_data["contract"]:
                actions.set_aside(
                    run_id,
                    contract_id,
                    code,
                    by=request.viewer,
                    at=request.clock.now(),
                    reason=form.cleaned_data["reason"],
                )

    if form.is_bound and form.is_valid() and did(form, does):
        count = len(form.cleaned_data["contract"])
        said = ngettext("Set aside for %(n)s contract.", "Set aside for %(n)s contracts.", count)
        messages.success(request, said % {"n": count})
        return redirect("desk:run", run_id)
    title, _repair = problem_text(code)
    pays = code == ProblemCode.NO_TAX_CARD
    return ask(
        request,
        form,
        question=_("Set aside: %(problem)s") % {"problem": title},
        explanation=_("They are paid in this run, with 60 % tax withheld.")
        if pays
        else _("They are not paid in this run: the next one takes them.") + " " + str(PROBLEM_NOTES.get(code, "")),
        yes=_("Set aside"),
        back_url=reverse("desk:run", args=[run_id]),
    )


def _picked(request: RoleRequest, contract_ids: list[int]) -> list[int]:
    """The contract of the address, else all of a few; of many nobody is picked by itself."""
    asked = whole(request.GET.get("contract"))
    if asked is not None and asked in contract_ids:
        return [asked]
    return contract_ids if len(contract_ids) == 1 else []


@require_POST
@for_clerks
def take_back(request: RoleRequest, run_id: int) -> HttpResponse:
    access.run(request.viewer, run_id)
    contract_id, code = number_from(request.POST.get("contract")), request.POST.get("code", "")

    def does() -> None:
        actions.take_back_set_aside(run_id, contract_id, code, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The problem stops the run again."), to="desk:run", args=(run_id,))


# --- Holds -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_clerks
def hold(request: RoleRequest, person_id: int) -> HttpResponse:
    """Nothing is paid to this person until released (PAY-11)."""
    person = people.person(request.viewer, person_id)
    run_id = whole(request.GET.get("run"))
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why is the pay held?"),
        help_text=_("Colleagues read it. The payee does not."),
    )

    def does() -> None:
        reason = form.cleaned_data["reason"]
        actions.hold_person(person_id, by=request.viewer, at=request.clock.now(), reason=reason)

    back = reverse("desk:run", args=[run_id]) if run_id else reverse("desk:holds")
    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The pay of %(name)s is on hold.") % {"name": person.name})
        return redirect(back)
    return ask(
        request,
        form,
        question=_("Hold the pay of %(name)s?") % {"name": person.name},
        explanation=_("Nothing is paid until the hold is released. The next run after that pays everything at once."),
        action=request.get_full_path(),
        yes=_("Hold the pay"),
        back_url=back,
    )


@require_POST
@for_clerks
def release(request: RoleRequest, person_id: int) -> HttpResponse:
    person = people.person(request.viewer, person_id)
    run_id = whole(request.GET.get("run"))

    def does() -> None:
        actions.release_person(person_id, by=request.viewer, at=request.clock.now())

    said = _("The hold on the pay of %(name)s is released.") % {"name": person.name}
    if run_id:
        return act(request, does, said=said, to="desk:run", args=(run_id,))
    return act(request, does, said=said, to="desk:holds")
