"""Decisions and pay groups: the social worker's list, an employer's decisions, one with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import access as contracts
from palkkio.decisions import access, actions, queries
from palkkio.decisions.rights import DECISIONS, NOTICES, PAY_GROUPS
from palkkio.entries.queries.employers import worked_of
from palkkio.web import decision_words as say
from palkkio.web.desk.decision_forms import DecisionForm, NoticeForm, PayGroupForm, VersionForm
from palkkio.web.desk.forms import SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.roles import for_staff
from palkkio.web.desk.views.acting import answered
from palkkio.web.doors import for_roles
from palkkio.web.numbers import whole
from palkkio.web.ui.values import Cell, Column, Link, Row, Table

if TYPE_CHECKING:
    from palkkio.decisions.models import Decision
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest

for_social_workers = for_roles(*DECISIONS)
for_notices = for_roles(*NOTICES)


@require_safe
@for_staff
def decisions(request: RoleRequest) -> HttpResponse:
    viewer, today = request.viewer, request.clock.today()
    typed, order = words_of(request, "decisions"), request.GET.get("sort", "")
    state, group = request.GET.get("state", ""), whole(request.GET.get("group"))
    found = queries.search(viewer, words=typed, state=state, group=group, order=order, today=today)
    rows, pages = page_of(request, found)
    table = Table(
        _("Decisions"),
        [
            Column(_("Employer"), sort="employer", place="title"),
            Column(_("Decision"), place="bare"),
            Column(_("Days"), sort="last"),
            Column(_("Granted")),
            Column(_("State"), place="side"),
        ],
        [_row(each, say.state_chip(each.versions.all(), today)) for each in rows],
        sort=order or "employer",
    )
    menus = {
        "state": (_("State"), _states()),
        "group": (_("What for"), [("", _("All")), *((str(key), str(name)) for key, name in say.GROUPS.items())]),
    }
    initial = {"q": typed, "state": state, "group": group or ""}
    form = SearchForm(initial=initial, label=_("Employer's name or identity code"), menus=menus)
    context = {"form": form, "table": table, "pages": pages, "is_narrowed": bool(typed or state or group)}
    return render(request, "desk/decisions.html", context)


@require_safe
@for_staff
def employer(request: RoleRequest, person_id: int) -> HttpResponse:
    """All decisions of one employer, with hours granted, used and left; pay groups with their notices."""
    viewer, today = request.viewer, request.clock.today()
    row = access.employer(viewer, person_id)
    found = access.decisions(viewer).filter(employer=row).prefetch_related("versions").order_by("group", "order")
    grants, worked = queries.granted(viewer, row.pk), worked_of(viewer, row.pk)
    is_own = row.pk in viewer.for_person_ids
    context = {
        "employer": row,
        "cards": [say.card(each, grants, worked, today) for each in found],
        "pay_groups": queries.pay_groups_of(viewer, row.pk),
        "may_decide": viewer.role in DECISIONS and not is_own,
        "may_group": viewer.role in PAY_GROUPS and not is_own,
        "may_note": viewer.role in NOTICES and not is_own,
        "crumbs": [Link(_("Decisions"), reverse("desk:decisions"))],
    }
    return render(request, "desk/employer_decisions.html", context)


@require_safe
@for_staff
def decision(request: RoleRequest, decision_id: int) -> HttpResponse:
    """One decision with every version that was ever made, newest first."""
    viewer, today = request.viewer, request.clock.today()
    row = access.decision(viewer, decision_id)
    versions = list(access.versions(viewer).filter(decision=row).order_by("-number"))
    in_force = queries.version_on(versions, today)
    context = {
        "decision": row,
        "group": say.GROUPS[row.group],
        "days": say.span(queries.days_of(versions)),
        "chip": say.state_chip(versions, today),
        "versions": [
            {
                "row": each,
                "days": say.span(each.days),
                "granted": say.granted_words(each),
                "times": say.times_words(each),
                "is_now": in_force is not None and each.pk == in_force.pk,
            }
            for each in versions
        ],
        "may_change": viewer.role in DECISIONS and row.employer_id not in viewer.for_person_ids,
        "crumbs": [
            Link(_("Decisions"), reverse("desk:decisions")),
            Link(row.employer.name, reverse("desk:employer-decisions", args=[row.employer_id])),
        ],
    }
    return render(request, "desk/decision.html", context)


@require_http_methods(["GET", "POST"])
@for_social_workers
def add(request: RoleRequest, person_id: int) -> HttpResponse:
    row = _employer(request, person_id)
    form = DecisionForm(_posted(request), initial={"per": "month", "decided_on": request.clock.today()})
    back = reverse("desk:employer-decisions", args=[row.pk])

    def act() -> None:
        made = actions.add_decision(row.pk, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)
        messages.success(request, _("Decision %(identifier)s is saved.") % {"identifier": made.identifier})

    return answered(request, form, act, title=_("Add a decision"), lead=row.name, button=_("Save"), back=back)


@require_http_methods(["GET", "POST"])
@for_social_workers
def change(request: RoleRequest, decision_id: int) -> HttpResponse:
    row = access.decision(request.viewer, decision_id)
    request.viewer.require_not_own(row.employer_id)
    latest = access.versions(request.viewer).filter(decision=row).order_by("-number")[0]
    initial = {name: getattr(latest, name) for name in actions.GRANTED if name not in {"first", "weekdays"}}
    initial["weekdays"] = [str(each) for each in latest.weekdays]
    initial["hours"] = None if latest.hours is None else round(latest.hours, 2)
    form = VersionForm(_posted(request), initial=initial)
    back = reverse("desk:decision", args=[row.pk])

    def act() -> None:
        actions.change_decision(row.pk, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)
        messages.success(request, _("The change is saved. What was granted before stays in the history."))

    return answered(
        request,
        form,
        act,
        title=_("Change the decision"),
        lead=f"{row.employer.name}, {row.identifier} {row.name}",
        explanation=_("This holds from its first day on. To end the decision, give it a last day."),
        button=_("Save"),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@for_roles(*PAY_GROUPS)
def add_pay_group(request: RoleRequest, person_id: int) -> HttpResponse:
    row = _employer(request, person_id)
    form = PayGroupForm(_posted(request), initial={"decided_on": request.clock.today()})
    back = reverse("desk:employer-decisions", args=[row.pk])

    def act() -> None:
        actions.decide_pay_group(row.pk, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)
        messages.success(request, _("The pay group is saved. It is paid when the notice of the assistant has come."))

    return answered(request, form, act, title=_("Decide on a pay group"), lead=row.name, button=_("Save"), back=back)


@require_http_methods(["GET", "POST"])
@for_notices
def add_notice(request: RoleRequest, decision_id: int) -> HttpResponse:
    row = access.pay_group(request.viewer, decision_id)
    request.viewer.require_not_own(row.employer_id)
    employed = contracts.contracts(request.viewer).filter(employer_id=row.employer_id).order_by("carer__sort_key")
    people = {str(each.carer_id): each.carer.name for each in employed}
    initial = {"first": row.first, "came_on": request.clock.today()}
    form = NoticeForm(_posted(request), initial=initial, assistants=people.items())
    back = reverse("desk:employer-decisions", args=[row.employer_id])

    def act() -> None:
        actions.record_notice(row.pk, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)
        messages.success(request, _("The notice is saved."))

    title = _("Notice of pay group %(group)s") % {"group": row.pay_group}
    return answered(request, form, act, title=title, lead=row.employer.name, button=_("Save"), back=back)


# --- Parts -----------------------------------------------------------------------------------------------------------


def _posted(request: RoleRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _employer(request: RoleRequest, person_id: int) -> Person:
    row = access.employer(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    return row


def _states() -> list[tuple[str, str]]:
    return [("", _("All")), ("valid", _("In force")), ("coming", _("Coming")), ("ended", _("Ended"))]


def _row(each: Decision, chip: Any) -> Row:
    versions = list(each.versions.all())
    return Row(
        [
            Cell(each.employer.name_family_first, reverse("desk:employer-decisions", args=[each.employer_id])),
            Cell(f"{each.identifier} {each.name}", reverse("desk:decision", args=[each.pk])),
            Cell(say.span(queries.days_of(versions))),
            Cell(say.granted_words(queries.timeline(versions)[-1].value)),
            Cell(chips=[chip]),
        ]
    )
