"""Recovering an overpayment: hearing, answer, decision, plan, waiver, transfers (BEY-9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts.queries import names_of
from palkkio.core.money import ZERO
from palkkio.core.viewer import RoleKind
from palkkio.organisations.access import one
from palkkio.payroll import access, actions
from palkkio.web.desk import recovery_forms as asked
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import act, ask, did
from palkkio.web.doors import for_roles
from palkkio.web.recovery_page import recovery_view
from palkkio.web.ui.values import Fact

if TYPE_CHECKING:
    from palkkio.payroll.models import Recovery
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))
DAYS_TO_ANSWER = 14  # offered


@dataclass(frozen=True, slots=True)
class Act:
    """One step of a recovery: its page, and what it does."""

    title: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    does: Callable[..., Any]
    states: frozenset[str]


ACTS: dict[str, Act] = {
    "answer": Act(
        lazy("Write down the payee's answer"),
        lazy("Save the answer"),
        lazy("The answer is saved."),
        asked.AnswerForm,
        actions.answer_recovery,
        frozenset({"hearing"}),
    ),
    "decide": Act(
        lazy("Decide that it is recovered"),
        lazy("Decide"),
        lazy("It is decided. Nothing is set off before the decision is final."),
        asked.DecideForm,
        actions.decide_recovery,
        frozenset({"hearing"}),
    ),
    "appeal": Act(
        lazy("An appeal has come"),
        lazy("Note the appeal"),
        lazy("The appeal is noted. Nothing is set off meanwhile."),
        asked.AppealForm,
        actions.note_appeal,
        frozenset({"decided"}),
    ),
    "settle": Act(
        lazy("What became of the appeal"),
        lazy("Save"),
        lazy("It is saved."),
        asked.SettleForm,
        actions.settle_appeal,
        frozenset({"decided"}),
    ),
    "plan": Act(
        lazy("Plan how it is paid back"),
        lazy("Save the plan"),
        lazy("The plan is saved."),
        asked.PlanForm,
        actions.plan_recovery,
        frozenset({"hearing", "decided", "recovering"}),
    ),
    "transfer": Act(
        lazy("Record a transfer of the payee"),
        lazy("Record the transfer"),
        lazy("The transfer is recorded."),
        asked.TransferForm,
        actions.record_transfer,
        frozenset({"hearing", "decided", "recovering"}),
    ),
    "waive": Act(
        lazy("Propose that a part is not recovered"),
        lazy("Propose"),
        lazy("Proposed. A second person approves it."),
        asked.WaiverForm,
        actions.propose_waiver,
        frozenset({"hearing", "decided", "recovering"}),
    ),
    "close": Act(
        lazy("Recover nothing"),
        lazy("Close the matter"),
        lazy("The matter is closed."),
        asked.CloseForm,
        actions.close_recovery,
        frozenset({"hearing", "decided"}),
    ),
}


@require_http_methods(["GET", "POST"])
@for_clerks
def open_recovery(request: RoleRequest, receivable_id: int) -> HttpResponse:
    receivable = one(access.receivables(request.viewer).select_related("person"), receivable_id)
    form = asked.OpenForm(
        request.POST if request.method == "POST" else None,
        initial={"answer_by": request.clock.today() + timedelta(days=DAYS_TO_ANSWER)},
    )
    made: list[Recovery] = []

    def does() -> None:
        made.append(
            actions.open_recovery(receivable_id, by=request.viewer, at=request.clock.now(), **form.cleaned_data)
        )

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The payee is told, and may answer."))
        return redirect("desk:recovery", made[0].pk)
    return ask(
        request,
        form,
        template="desk/payroll/recovery_act.html",
        menu_at="desk:runs",
        title=_("Hear the payee"),
        button=_("Send to the payee"),
        subtitle=receivable.person.name,
        explanation=_(
            "The payee sees the lines with their causes, your words, and how to answer. Nothing is decided yet."
        ),
        back_url=reverse("desk:receivable", args=[receivable_id]),
        back_text=_("The overpayment"),
    )


@require_safe
@for_payroll
def recovery(request: RoleRequest, recovery_id: int) -> HttpResponse:
    """One recovery with what may be done next."""
    found = one(access.recoveries(request.viewer).select_related("person", "contract"), recovery_id)
    view = recovery_view(found, request.clock.today())
    is_clerk = request.viewer.role is RoleKind.PAYROLL_CLERK
    names = names_of({each.proposed_by_id for each in view.waivers}, request.viewer.organisation_id)
    context = {
        "menu_at": "desk:runs",
        "view": view,
        "person": found.person,
        "facts": [
            Fact(_("Payee"), found.person.name, href=reverse("desk:person", args=[found.person_id])),
            Fact(_("Contract"), found.contract.number, href=reverse("desk:contract", args=[found.contract_id])),
            Fact(_("Number"), found.number),
            Fact(_("Reference number"), view.reference),
        ],
        "acts": _acts(found) if is_clerk else [],
        "waiting": [
            (each, names.get(each.proposed_by_id, "–"), each.proposed_by_id != request.viewer.account_id)
            for each in view.waivers
            if each.approved_at is None
        ],
        "is_clerk": is_clerk,
    }
    return render(request, "desk/payroll/recovery.html", context)


def _acts(found: Recovery) -> list[tuple[str, Promise]]:
    """Steps that are open now; the next one first."""
    able = {name for name, each in ACTS.items() if found.state in each.states}
    if found.state == "decided":
        able -= {"settle"} if not found.is_appealed or found.final_from else {"appeal"}
    if found.state != "recovering" and found.consented_on is None and found.final_from is None:
        able -= {"plan"}
    if found.answer:
        able -= {"answer"}
    order = ("plan", "settle", "answer", "decide", "appeal", "transfer", "waive", "close")
    return [(reverse("desk:recovery-act", args=[found.pk, name]), ACTS[name].title) for name in order if name in able]


@require_http_methods(["GET", "POST"])
@for_clerks
def recovery_act(request: RoleRequest, recovery_id: int, name: str) -> HttpResponse:
    """The page of one step."""
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404(name)
    found = one(access.recoveries(request.viewer).select_related("person"), recovery_id)
    today = request.clock.today()
    initial = {"on": today, "posted_on": today, "paid_on": today, "leaves": ZERO, "withheld": ZERO}
    form = chosen.form(request.POST if request.method == "POST" else None, initial=initial)

    def does() -> None:
        typed = {key: value for key, value in form.cleaned_data.items() if value is not None}
        chosen.does(found.pk, by=request.viewer, at=request.clock.now(), **typed)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, str(chosen.done))
        return redirect("desk:recovery", found.pk)
    return ask(
        request,
        form,
        template="desk/payroll/recovery_act.html",
        menu_at="desk:runs",
        title=chosen.title,
        button=chosen.button,
        subtitle=f"{found.person.name}, {found.number}",
        explanation="",
        back_url=reverse("desk:recovery", args=[found.pk]),
        back_text=_("The recovery"),
    )


@require_POST
@for_clerks
def approve_waiver(request: RoleRequest, recovery_id: int, waiver_id: int) -> HttpResponse:
    return _waiver(request, recovery_id, waiver_id, actions.approve_waiver, _("Approved: that part is not recovered."))


@require_POST
@for_clerks
def withdraw_waiver(request: RoleRequest, recovery_id: int, waiver_id: int) -> HttpResponse:
    return _waiver(request, recovery_id, waiver_id, actions.withdraw_waiver, _("The proposal is withdrawn."))


def _waiver(
    request: RoleRequest, recovery_id: int, waiver_id: int, does: Callable[..., Any], said: str
) -> HttpResponse:
    found = one(access.recoveries(request.viewer), recovery_id)
    return act(
        request,
        lambda: does(waiver_id, by=request.viewer, at=request.clock.now()),
        said=said,
        to="desk:recovery",
        args=(found.pk,),
    )
