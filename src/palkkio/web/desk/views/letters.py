"""Letters (Kirjeet): payslips, decisions and notices on paper or by Suomi.fi Messages, and their fate (ACC-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.core.problems import InvalidInput, WrongState
from palkkio.messages import access, actions
from palkkio.messages.letter_files import NothingToSend, in_one, look_at
from palkkio.messages.ways import choice_of, service_of
from palkkio.organisations.access import one
from palkkio.people import access as people
from palkkio.people.rights import PEOPLE
from palkkio.web.desk import letters_page as page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.roles import for_payroll
from palkkio.web.desk.views.acting import act, ask, did, refused
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download
from palkkio.web.looks import note_shown

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_choosing = for_roles(*PEOPLE)


@require_safe
@for_payroll
def letters(request: RoleRequest) -> HttpResponse:
    """Those that wait for the desk, the oldest first; or others, the newest first."""
    viewer, today = request.viewer, request.clock.today()
    name = request.GET.get("view", "")
    name = name if name in page.VIEWS else ""
    found = access.letters(viewer).select_related("notice__person")
    order = ("pk",) if name in ("", "failed") else ("-state_at", "-pk")
    rows, pages = page_of(request, found.filter(page.VIEWS[name][1]).order_by(*order))
    context = {
        "rows": [page.row_of(each, viewer, today) for each in rows],
        "pages": pages,
        "is_first": name == "",
        "has_service": service_of(viewer.organisation_id) is not None,
        "views": page.views_of(found, name),
    }
    return render(request, "desk/letters.html", context)


@require_safe
@for_payroll
def letter_pdf(request: RoleRequest, letter_id: int) -> HttpResponse:
    row = one(access.letters(request.viewer).select_related("notice__person", "file"), letter_id)
    try:
        return download(look_at(row, at=request.clock.now()), "application/pdf", "kirje.pdf")
    except NothingToSend as error:
        messages.warning(request, _(str(error)))
        return redirect("desk:letters")


@require_POST
@for_payroll
def tell(request: RoleRequest, letter_id: int) -> HttpResponse:
    """Posted, or told by phone."""
    try:
        actions.mark_told(letter_id, by=request.viewer, at=request.clock.now(), means=request.POST.get("means", ""))
    except (InvalidInput, WrongState) as refusal:
        messages.warning(request, refused(refusal))
    else:
        messages.success(request, _("Written down. The letter leaves the list."))
    return redirect("desk:letters")


@require_POST
@for_payroll
def print_all(request: RoleRequest) -> HttpResponse:
    """What waits goes into one file, which is then opened from the page of what was printed together."""
    try:
        batch = actions.print_letters(by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.warning(request, refused(refusal))
        return redirect("desk:letters")
    return redirect("desk:print-batch", batch.pk)


@require_safe
@for_payroll
def print_batch(request: RoleRequest, batch_id: int) -> HttpResponse:
    """Letters that were printed together, and their file."""
    batch = one(access.print_batches(request.viewer), batch_id)
    rows, pages = page_of(request, batch.letters.select_related("notice__person").order_by("pk"))
    today = request.clock.today()
    context = {
        "batch": batch,
        "rows": [page.row_of(each, request.viewer, today) for each in rows],
        "pages": pages,
        "menu_at": "desk:letters",
    }
    return render(request, "desk/print_batch.html", context)


@require_safe
@for_payroll
def print_batch_pdf(request: RoleRequest, batch_id: int) -> HttpResponse:
    """The letters of a batch in one file; it may be printed again when the paper was jammed."""
    batch = one(access.print_batches(request.viewer), batch_id)
    rows = batch.letters.select_related("notice__person", "file").order_by("pk")
    note_shown(request, rows)
    return download(in_one(rows, at=request.clock.now()), "application/pdf", f"kirjeet-{batch.pk}.pdf")


@require_POST
@for_payroll
def send_again(request: RoleRequest, letter_id: int) -> HttpResponse:
    """Try Suomi.fi Messages once more."""
    one(access.letters(request.viewer), letter_id)

    def does() -> None:
        actions.send_letter_again(letter_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The letter is sent again."), to="desk:letters")


@require_POST
@for_payroll
def print_instead(request: RoleRequest, letter_id: int) -> HttpResponse:
    """Printed here, where Suomi.fi Messages could not bring it."""
    one(access.letters(request.viewer), letter_id)

    def does() -> None:
        actions.print_instead(letter_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The letter waits to be printed."), to="desk:letters")


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label=gettext_lazy("How payslips, decisions and notices come"),
        choices=list(page.CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how")},
    )


@require_http_methods(["GET", "POST"])
@for_choosing
def choose(request: RoleRequest, person_id: int) -> HttpResponse:
    """How a person gets letters from now on; asked of the person, written down by staff."""
    person = people.person(request.viewer, person_id)
    initial = {"choice": choice_of(person)}
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial=initial)

    def does() -> None:
        actions.choose_letters(person_id, form.cleaned_data["choice"], by=request.viewer, at=request.clock.now())

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The choice is written down. It holds for letters from now on."))
        return redirect("desk:person", person_id)
    return ask(
        request,
        form,
        question=_("Letters to %(name)s") % {"name": person.name},
        explanation=_("Payslips and notices are always found in Palkkio, too."),
        yes=_("Save"),
        back_url=reverse("desk:person", args=[person_id]),
        menu_at="desk:people",
    )
