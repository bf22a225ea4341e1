"""Payments that came back, and what else passes between payroll and the bank (PAY-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.audit import actions as audit
from palkkio.core.viewer import RoleKind
from palkkio.documents.queries import content
from palkkio.organisations.access import one
from palkkio.payments import access, actions
from palkkio.payments.queries import terms_of
from palkkio.payments.sending import channel_of
from palkkio.web.desk import bank_page as page
from palkkio.web.desk.bank_forms import AgreementForm, AnswerForm
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.payroll_forms import ReasonForm
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import act, ask, did
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.web.doors import RoleRequest

ANSWERS_ON_A_PAGE = 12
FILES_SHOWN = 12
for_payroll = for_roles(*sorted(PAYROLL))


@require_http_methods(["GET", "HEAD", "POST"])
@for_payroll
def bank(request: RoleRequest) -> HttpResponse:
    """What came back, files made anew or on their way, and the bank's answers; a posted file is read."""
    viewer = request.viewer
    form = AnswerForm(request.POST, request.FILES) if request.method == "POST" else AnswerForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]

        def does() -> None:
            actions.upload_answer(file.read(), name=file.name, by=viewer, at=request.clock.now())

        if did(form, does):
            messages.success(request, _("The bank's answer is read."))
            return redirect("desk:bank")
    rows = list(access.came_back(viewer).select_related("payslip", "batch").prefetch_related("told").order_by("pk"))
    note_shown(request, rows)
    batches = access.batches(viewer)
    repairs = (batches.filter(run__isnull=True) | batches.filter(state="sending")).order_by("-number")[:FILES_SHOWN]
    answers, pages = page_of(request, access.answers(viewer), ANSWERS_ON_A_PAGE)
    terms = terms_of(viewer.organisation_id)
    has_channel = channel_of(viewer.organisation_id) is not None
    context = {
        "form": form,
        "is_clerk": viewer.role is RoleKind.PAYROLL_CLERK,
        "returned": page.returned(rows, request.clock.today()),
        "files": page.files(list(repairs), viewer, at=request.clock.now(), cut_off=terms.cut_off),
        "answers": page.answers(answers),
        "pages": pages,
        "agreement": page.agreement(terms, has_channel=has_channel),
        "trouble": terms.trouble if has_channel else "",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/payroll/bank.html", context, status=status)


@require_POST
@for_clerks
def repay(request: RoleRequest) -> HttpResponse:
    """A new payment file of the chosen payments."""
    chosen = {number for each in request.POST.getlist("payment") if (number := whole(each))}
    said = ngettext(
        "A payment file of %(n)s payment is made. A colleague gives it to the bank.",
        "A payment file of %(n)s payments is made. A colleague gives it to the bank.",
        len(chosen),
    )

    def does() -> None:
        actions.repay(chosen, by=request.viewer, at=request.clock.now())

    return act(request, does, said=said % {"n": len(chosen)}, to="desk:bank")


@require_POST
@for_clerks
def cancel_repair(request: RoleRequest, batch_id: int) -> HttpResponse:
    access.batch(request.viewer, batch_id)

    def does() -> None:
        actions.cancel_repair(batch_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The payment file is cancelled. Its payments wait again."), to="desk:bank")


@require_safe
@for_payroll
def bank_file(request: RoleRequest, batch_id: int) -> HttpResponse:
    """A payment file. Each download is recorded: it names people."""
    return _given(request, access.batch(request.viewer, batch_id).file)


@require_safe
@for_payroll
def answer_file(request: RoleRequest, answer_id: int) -> HttpResponse:
    """A file of the bank, as it came."""
    return _given(request, one(access.answers(request.viewer), answer_id).file)


def _given(request: RoleRequest, file: Document) -> HttpResponse:
    audit.record(
        "download_file",
        by=request.viewer,
        at=request.clock.now(),
        object_kind="document",
        object_id=file.pk,
        details={"kind": file.kind},
    )
    return download(content(file), file.content_type, file.file_name)


@require_http_methods(["GET", "POST"])
@for_clerks
def settle_answer(request: RoleRequest, answer_id: int) -> HttpResponse:
    """Somebody has looked at what could not be taken, and says what it was."""
    answer = one(access.answers(request.viewer), answer_id)
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("What was it?"))

    def does() -> None:
        reason = form.cleaned_data["reason"]
        actions.settle_answer(answer.pk, by=request.viewer, at=request.clock.now(), reason=reason)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The answer is looked at."))
        return redirect("desk:bank")
    return ask(
        request,
        form,
        question=_("Looked at?"),
        explanation=" ".join(answer.troubles),
        yes=_("Save"),
        back_url=reverse("desk:bank"),
    )


@require_http_methods(["GET", "POST"])
@for_payroll
def agreement(request: RoleRequest) -> HttpResponse:
    """What is agreed with the bank."""
    terms = terms_of(request.viewer.organisation_id)
    initial = {
        "version": terms.version,
        "cut_off": f"{terms.cut_off:%H:%M}",
        "answer_days": "" if terms.answer_days is None else terms.answer_days,
        "keeps_nordic_letters": terms.keeps_nordic_letters,
    }
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=initial)

    def does() -> None:
        actions.change_agreement(by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The agreement with the bank is saved."))
        return redirect("desk:bank")
    return ask(
        request,
        form,
        question=_("Agreement with the bank"),
        explanation=_("Files that are made stay as they are."),
        yes=_("Save"),
        back_url=reverse("desk:bank"),
    )
