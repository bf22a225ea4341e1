"""What others claim from a payee's pay: distraint orders, powers of attorney for dues (PAY-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.organisations.access import one
from palkkio.payroll import access, actions
from palkkio.people import access as people
from palkkio.web.desk.pay_items_page import days_words
from palkkio.web.desk.roles import for_clerks
from palkkio.web.desk.views.acting import ask, did
from palkkio.web.ui import wording
from palkkio.web.ui.fields import DayField, EurosField, NumberField
from palkkio.web.ui.values import Cell, Column, Row, Table

if TYPE_CHECKING:
    from palkkio.payroll.models import DistraintOrder, DuesAuthorisation
    from palkkio.web.doors import RoleRequest

IBAN_HELP = lazy("For example FI21 1234 5600 0007 85")
IBAN_MISSING = lazy("Enter the account number to which it is paid.")


class DistraintForm(forms.Form):
    """A payment prohibition as it stands on paper."""

    office = forms.CharField(
        label=lazy("Enforcement office"),
        max_length=100,
        error_messages={"required": lazy("Enter the enforcement office.")},
    )
    reference = forms.CharField(
        label=lazy("Its reference"), max_length=60, error_messages={"required": lazy("Enter its reference.")}
    )
    iban = forms.CharField(
        label=lazy("Account of the enforcement authority"),
        help_text=IBAN_HELP,
        max_length=42,
        error_messages={"required": IBAN_MISSING},
    )
    payment_reference = forms.CharField(label=lazy("Reference number of the payment"), max_length=35, required=False)
    first = DayField(label=lazy("Binds from"), help_text=lazy("It replaces an earlier one from that day on."))
    last = DayField(label=lazy("Binds until"), required=False, help_text=lazy("Left empty: until further notice."))
    dependants = forms.IntegerField(
        label=lazy("Dependants"),
        min_value=0,
        max_value=20,
        initial=0,
        error_messages={"required": lazy("Enter a number, 0 if there are none"), "invalid": lazy("Enter a number")},
    )
    is_half_month = forms.BooleanField(label=lazy("Pay comes twice a month"), required=False)
    is_irregular = forms.BooleanField(label=lazy("Pay does not come regularly: a third is taken"), required=False)
    amount = EurosField(
        label=lazy("Amount by the authority's own instructions, euros"),
        help_text=lazy("Left empty: by the scale of the law."),
        required=False,
    )
    instructions = forms.CharField(
        label=lazy("Instructions in the authority's words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DuesForm(forms.Form):
    """A power of attorney as it stands on paper."""

    kind = forms.ChoiceField(
        label=lazy("For"),
        choices=[("union", lazy("Trade union dues")), ("fund", lazy("Unemployment fund fee"))],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose trade union or unemployment fund.")},
    )
    receiver = forms.CharField(
        label=lazy("Union or fund"),
        max_length=100,
        error_messages={"required": lazy("Enter the union or the fund.")},
    )
    iban = forms.CharField(
        label=lazy("Its account number"),
        help_text=IBAN_HELP,
        max_length=42,
        error_messages={"required": IBAN_MISSING},
    )
    reference = forms.CharField(label=lazy("Reference number or member number"), max_length=35, required=False)
    percent = NumberField(label=lazy("Percentage of the pay"), decimal_places=4, required=False)
    amount = EurosField(label=lazy("Or euros from each payday"), required=False)
    first = DayField(label=lazy("From which payday on"))
    last = DayField(label=lazy("Until"), required=False, help_text=lazy("Left empty: until it is revoked."))
    delivered_on = DayField(label=lazy("Day on which the power of attorney came"))


class EndForm(forms.Form):
    last = DayField(label=lazy("Last payday on which it is deducted"))


@require_safe
@for_clerks
def claims(request: RoleRequest, person_id: int) -> HttpResponse:
    """Orders and powers of attorney of one payee, the newest first."""
    person = people.person(request.viewer, person_id)
    orders = access.distraint_orders(request.viewer).filter(person_id=person_id).order_by("-valid")
    dues = access.dues_authorisations(request.viewer).filter(person_id=person_id).order_by("-valid", "kind")
    context = {
        "person": person,
        "menu_at": "desk:people",
        "orders": _orders(list(orders)),
        "dues": _dues(list(dues)),
        "back_url": reverse("desk:person", args=[person_id]),
    }
    return render(request, "desk/payroll/claims.html", context)


@require_http_methods(["GET", "POST"])
@for_clerks
def add_distraint(request: RoleRequest, person_id: int) -> HttpResponse:
    form = DistraintForm(request.POST if request.method == "POST" else None)

    def does() -> None:
        values = dict(form.cleaned_data)
        is_periodic = not values.pop("is_irregular")
        actions.record_distraint(
            person_id, by=request.viewer, at=request.clock.now(), is_periodic=is_periodic, **values
        )

    return _asked(request, person_id, form, does, _("Record a distraint order"), _("The order is recorded."))


@require_http_methods(["GET", "POST"])
@for_clerks
def add_dues(request: RoleRequest, person_id: int) -> HttpResponse:
    today = request.clock.today()
    form = DuesForm(request.POST if request.method == "POST" else None, initial={"delivered_on": today})

    def does() -> None:
        actions.record_dues(person_id, by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    said = _("The power of attorney is recorded.")
    return _asked(request, person_id, form, does, _("Record a power of attorney for dues"), said)


@require_http_methods(["GET", "POST"])
@for_clerks
def end_distraint(request: RoleRequest, order_id: int) -> HttpResponse:
    found = one(access.distraint_orders(request.viewer), order_id)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last": request.clock.today()})

    def does() -> None:
        actions.end_distraint(order_id, by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    return _asked(request, found.person_id, form, does, _("End the distraint order"), _("The end is recorded."))


@require_http_methods(["GET", "POST"])
@for_clerks
def revoke_dues(request: RoleRequest, authorisation_id: int) -> HttpResponse:
    found = one(access.dues_authorisations(request.viewer), authorisation_id)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last": request.clock.today()})

    def does() -> None:
        actions.revoke_dues(authorisation_id, by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    return _asked(request, found.person_id, form, does, _("End the power of attorney"), _("The end is recorded."))


def _asked(request: RoleRequest, person_id: int, form: forms.Form, does: object, title: str, said: str) -> HttpResponse:
    person = people.person(request.viewer, person_id)
    if form.is_bound and form.is_valid() and did(form, does):  # type: ignore[arg-type]
        messages.success(request, said)
        return redirect("desk:claims", person_id)
    return ask(
        request,
        form,
        template="desk/payroll/recovery_act.html",
        menu_at="desk:people",
        title=title,
        button=_("Save"),
        subtitle=person.name,
        explanation="",
        back_url=reverse("desk:claims", args=[person_id]),
        back_text=_("Deductions for others"),
    )


def _orders(rows: list[DistraintOrder]) -> Table:
    columns = [
        Column(_("Enforcement office"), place="title"),
        Column(_("Reference"), place="bare"),
        Column(_("Binds")),
        Column(_("How much")),
    ]
    return Table(_("Distraint orders"), columns, [_order(row) for row in rows])


def _order(row: DistraintOrder) -> Row:
    if row.amount is not None:
        how_much = _("%(sum)s from a payday") % {"sum": wording.euros(row.amount)}
    else:
        how_much = _("By the scale of the law, %(n)s dependants") % {"n": row.dependants}
    end = reverse("desk:end-distraint", args=[row.pk])
    cells = [Cell(row.office, href=end), Cell(row.reference), Cell(days_words(row.valid)), Cell(how_much)]
    return Row(cells)


def _dues(rows: list[DuesAuthorisation]) -> Table:
    columns = [
        Column(_("Union or fund"), place="title"),
        Column(_("For"), place="bare"),
        Column(_("Deducted")),
        Column(_("How much")),
    ]
    return Table(_("Powers of attorney"), columns, [_due(row) for row in rows])


def _due(row: DuesAuthorisation) -> Row:
    kind = _("Trade union dues") if row.kind == "union" else _("Unemployment fund fee")
    if row.percent is not None:
        how_much = _("%(percent)s of the pay") % {"percent": wording.percent(row.percent.normalize())}
    else:
        how_much = _("%(sum)s from a payday") % {"sum": wording.euros(row.amount or 0)}
    end = reverse("desk:revoke-dues", args=[row.pk])
    return Row([Cell(row.receiver, href=end), Cell(kind), Cell(days_words(row.valid)), Cell(how_much)])
