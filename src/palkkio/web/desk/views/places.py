"""Settings, for the administrator: municipalities, units, contact points with their hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.organisations import access, actions
from palkkio.organisations.queries import DayHours, local_name
from palkkio.web.desk import settings_page as page
from palkkio.web.desk.roles import for_administrators
from palkkio.web.desk.settings_forms import (
    ContactPointForm,
    MunicipalityForm,
    UnitForm,
    initial_hours,
)
from palkkio.web.desk.views.acting import ask, did

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_administrators
def municipalities(request: RoleRequest) -> HttpResponse:
    form = MunicipalityForm(request.POST if request.method == "POST" else None)

    def does() -> None:
        actions.add_municipality(by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The municipality is added."))
        return redirect("desk:municipalities")
    return ask(
        request,
        form,
        template="desk/payroll/municipalities.html",
        tabs=page.tabs("desk:municipalities"),
        table=page.municipalities_table(list(access.municipalities(request.viewer))),
    )


@require_safe
@for_administrators
def units(request: RoleRequest) -> HttpResponse:
    context = {"tabs": page.tabs("desk:units"), "table": page.units_table(list(access.units(request.viewer)))}
    return render(request, "desk/payroll/units.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def unit(request: RoleRequest, unit_id: int | None = None) -> HttpResponse:
    """A new unit, or one that is changed."""
    row = None if unit_id is None else access.unit(request.viewer, unit_id)
    names = tuple(UnitForm.base_fields)
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in names} if row else None,
    )

    def does() -> None:
        by, at = request.viewer, request.clock.now()
        if row is None:
            actions.add_unit(by=by, at=at, values=form.cleaned_data)
        else:
            actions.change_unit(row.pk, by=by, at=at, values=form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The unit is saved."))
        return redirect("desk:units")
    return ask(
        request,
        form,
        question=local_name(row) if row else _("Add a unit"),
        yes=_("Save"),
        back_url=reverse("desk:units"),
    )


@require_safe
@for_administrators
def contact_points(request: RoleRequest) -> HttpResponse:
    rows = access.contact_points(request.viewer).prefetch_related("hours", "municipalities")
    context = {"tabs": page.tabs("desk:contact-points"), "table": page.contact_points_table(list(rows))}
    return render(request, "desk/payroll/contact_points.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def contact_point(request: RoleRequest, contact_point_id: int | None = None) -> HttpResponse:
    """A contact point with its telephone and call-back hours."""
    viewer = request.viewer
    row = None if contact_point_id is None else access.one(access.contact_points(viewer), contact_point_id)
    initial: dict[str, Any] = {"age_from": 0}
    if row is not None:
        names = ("name_fi", "name_sv", "name_en", "age_from", "age_to", "phone", "email", "address", "takes_callbacks")
        initial = {name: getattr(row, name) for name in names}
        initial["municipality_ids"] = [str(each.pk) for each in row.municipalities.all()]
        for name, is_callback in (("hours", False), ("callback", True)):
            hours = [
                DayHours(each.weekday, each.opens, each.closes)
                for each in row.hours.filter(is_callback=is_callback).order_by("weekday", "opens")
            ]
            initial |= initial_hours(name, hours)
    form = ContactPointForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        municipalities=[(each.pk, local_name(each)) for each in access.municipalities(viewer)],
    )

    def does() -> None:
        actions.save_contact_point(
            contact_point_id,
            by=viewer,
            at=request.clock.now(),
            values=form.values(),
            hours=form.hours("hours"),
            callback_hours=form.hours("callback"),
        )

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The contact point is saved."))
        return redirect("desk:contact-points")
    return ask(
        request,
        form,
        template="desk/payroll/contact_point.html",
        question=local_name(row) if row else _("Add a contact point"),
    )
