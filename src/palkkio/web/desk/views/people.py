"""People: finding, opening (which is recorded), adding and changing them; their roles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.accounts.queries import account_of
from palkkio.core.problems import InvalidInput, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.messages.queries import thread
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import local_name
from palkkio.people import access, actions
from palkkio.people.contact import FIELDS, contact_of, hides_from, is_protected
from palkkio.people.households.access import households as households_of
from palkkio.people.queries import roles_on, search
from palkkio.people.rights import PEOPLE, PROTECTED, REPRESENTATION, ROLES
from palkkio.web.desk import person_page as page
from palkkio.web.desk.forms import AnswerForm, LastDayForm, SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.opening import reason_of
from palkkio.web.desk.people_forms import PersonForm, RoleForm
from palkkio.web.desk.roles import CONTRACTS, for_staff
from palkkio.web.desk.threads import drawn
from palkkio.web.refusals import put_errors, words
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table
from palkkio.web.ui.words import role_name

if TYPE_CHECKING:
    from palkkio.core.viewer import Viewer
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest


@require_safe
@for_staff
def people(request: RoleRequest) -> HttpResponse:
    """The list shows no identity codes; a search by one finds its person."""
    viewer, today = request.viewer, request.clock.today()
    typed, order = words_of(request, "people"), request.GET.get("sort", "")
    role, paper = request.GET.get("role", ""), request.GET.get("paper", "")
    kind = RoleKind(role) if role in set(RoleKind) else None
    uses_paper = True if paper == "yes" else None
    found = search(viewer, typed, role=kind, on=today if kind else None, uses_paper=uses_paper, order=order or "name")
    rows, pages = page_of(request, found)
    held: dict[int, list[str]] = {}
    for each in roles_on([row.pk for row in rows], today):
        held.setdefault(each.person_id, []).append(role_name(each.kind))
    columns = [
        Column(_("Name"), sort="name", place="title"),
        Column(_("Born"), sort="born", place="side"),
        Column(_("Municipality"), place="bare"),
        Column(_("Roles"), place="bare"),
        Column(_("Remarks"), place="bare"),
    ]
    table = Table(
        _("People"),
        columns,
        [
            Row(
                [
                    Cell(row.name_family_first, reverse("desk:person", args=[row.pk])),
                    Cell(wording.day(row.born) if row.born else ""),
                    Cell(_municipality(viewer, row, today)),
                    Cell(", ".join(held.get(row.pk, []))),
                    Cell(chips=_remarks(row, today)),
                ]
            )
            for row in rows
        ],
        sort=order or "name",
    )
    menus = {
        "role": (_("Role"), [("", _("All")), *((each.value, capfirst(role_name(each))) for each in RoleKind)]),
        "paper": (_("Electronic services"), [("", _("All")), ("yes", _("On paper"))]),
    }
    form = SearchForm(initial={"q": typed, "role": role, "paper": paper}, label=_("Name or identity code"), menus=menus)
    context = {"form": form, "table": table, "pages": pages, "is_narrowed": bool(typed or kind or uses_paper)}
    return render(request, "desk/people.html", context)


@require_safe
@for_staff
def person(request: RoleRequest, person_id: int) -> HttpResponse:
    """Where nothing is open about the person, the reader says first why they look."""
    row = access.person(request.viewer, person_id)
    reason = reason_of(request, row)
    if not reason and row.pk not in request.viewer.for_person_ids:
        return redirect("desk:reason-to-open", row.pk)
    request.look_reason = reason
    return person_answer(request, person_id)


def person_answer(request: RoleRequest, person_id: int, *, shows_account: bool = False) -> HttpResponse:
    """A person's page; opening it is recorded by `web.looks` (ACC-12)."""
    viewer, today = request.viewer, request.clock.today()
    row = access.person(viewer, person_id)
    is_own = row.pk in viewer.for_person_ids
    account = account_of(row.pk)
    comments = thread(viewer, "other", row.pk)
    context = {
        "person": row,
        "is_own": is_own,
        "may_protect": viewer.role in PROTECTED and not is_own,
        "facts": page.facts_of(viewer, row, today),
        "roles": page.roles_of(viewer, row, today=today, is_own=is_own),
        "may_give": not is_own and bool(page.kinds_to_give(viewer)),
        "contracts": page.contracts_of(viewer, row, today=today),
        "may_contract": viewer.role in CONTRACTS and not is_own,
        "may_choose_letters": viewer.role in PEOPLE and not is_own,
        "papers": page.papers_of(viewer, row, today=today),
        "bank_accounts": page.bank_accounts_of(viewer, row, today=today, is_shown=shows_account),
        "acting": page.acting_of(viewer, row, today=today),
        "may_record_acting": viewer.role in REPRESENTATION and not is_own,
        "household_id": households_of(viewer).filter(employer=row).values_list("pk", flat=True).first(),
        "account_proposals": page.account_proposals_of(viewer, row),
        "shows_account": shows_account,
        "is_clerk": viewer.role is RoleKind.PAYROLL_CLERK,
        "sees_pay": viewer.role in page.PAYROLL,
        "cards": page.cards_of(viewer, row),
        "payslips": page.payslips_of(viewer, row),
        "has_account": account is not None,
        "may_make_account": viewer.role is RoleKind.ADMINISTRATOR and not is_own and account is None,
        "comments": drawn(comments, back=reverse("desk:person", args=[row.pk]) + "#comments"),
        "answer_form": None if is_own else AnswerForm.for_thread(comments),
    }
    return render(request, "desk/person.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def add(request: RoleRequest) -> HttpResponse:
    form = _person_form(request, {"language": "fi"})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_person(by=request.viewer, at=request.clock.now(), values=form.values())
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect("desk:person", made.pk)
    context = {
        "form": form,
        "title": _("Add a person"),
        "lead": _("Search first: a person is added once."),
        "button": _("Add the person"),
        "back_url": reverse("desk:people"),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: RoleRequest, person_id: int) -> HttpResponse:
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    form = _person_form(request, _initial(row), row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_person(row, by=request.viewer, at=request.clock.now(), values=form.values())
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The details are saved."))
            return redirect("desk:person", row.pk)
    context = {
        "form": form,
        "title": _("Change the details"),
        "lead": row.name,
        "button": _("Save"),
        "back_url": reverse("desk:person", args=[row.pk]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_staff
def give_role(request: RoleRequest, person_id: int) -> HttpResponse:
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    kinds = page.kinds_to_give(request.viewer)
    data = request.POST if request.method == "POST" else None
    form = RoleForm(data, kinds=kinds, initial={"first": request.clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.give_role(
                row,
                RoleKind(typed["kind"]),
                by=request.viewer,
                at=request.clock.now(),
                first=typed["first"],
                last=typed["last"],
            )
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The role is given."))
            return redirect(reverse("desk:person", args=[row.pk]) + "#roles")
    context = {
        "form": form,
        "title": _("Give a role"),
        "lead": row.name,
        "button": _("Give the role"),
        "back_url": reverse("desk:person", args=[row.pk]) + "#roles",
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_staff
def end_role(request: RoleRequest, role_id: int) -> HttpResponse:
    role = organisations.one(access.roles(request.viewer), role_id)
    request.viewer.require(*ROLES[RoleKind(role.kind)])
    request.viewer.require_not_own(role.person_id)
    form = LastDayForm(request.POST if request.method == "POST" else None, initial={"last": request.clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(role, by=request.viewer, at=request.clock.now(), last=form.cleaned_data["last"])
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except WrongState as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("The role ends."))
            return redirect(reverse("desk:person", args=[role.person_id]) + "#roles")
    context = {
        "form": form,
        "title": _("End a role"),
        "lead": f"{role.person.name}, {role_name(role.kind)}",
        "button": _("End the role"),
        "back_url": reverse("desk:person", args=[role.person_id]) + "#roles",
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def _municipality(viewer: Viewer, row: Person, today: date) -> str:
    municipality = contact_of(row, viewer, today).municipality
    return local_name(municipality) if municipality else ""


def _remarks(row: Person, today: date) -> list[Chip]:
    remarks = [Chip(_("On paper"), "", "paper")] if row.uses_paper else []
    if is_protected(row, today):
        remarks.append(Chip(_("Protection order"), "warn", "lock"))
    return remarks


def _person_form(request: RoleRequest, initial: dict[str, Any], row: Person | None = None) -> PersonForm:
    """What a protection order hides from the reader is not in the form, and stays as it is."""
    choices = [(str(each.pk), local_name(each)) for each in organisations.municipalities(request.viewer)]
    form = PersonForm(request.POST if request.method == "POST" else None, municipalities=choices, initial=initial)
    if row is not None and hides_from(row, request.viewer, request.clock.today()):
        for name in FIELDS:
            del form.fields[name]
    return form


def _initial(row: Person) -> dict[str, Any]:
    initial = {name: getattr(row, name) for name in PersonForm.base_fields if hasattr(row, name)}
    if days := row.in_prepayment_register:
        initial |= {"in_prepayment_register_first": days.first, "in_prepayment_register_last": days.last}
    return initial
