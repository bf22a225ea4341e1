"""Choices of the payer and official figures: proposed by one, approved by another, in force by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.core.days import DateRange, add_months
from palkkio.entries.queries.rate_effect import effect_of_decided
from palkkio.organisations import access as organisations
from palkkio.organisations.access import one
from palkkio.rates import access, deciding
from palkkio.rules import choice_kinds
from palkkio.rules.figures import figure_of_law
from palkkio.web.choice_words import choice_name, value_words
from palkkio.web.desk import deciding_page as page
from palkkio.web.desk import rates_page
from palkkio.web.desk.rate_effect_page import page_of
from palkkio.web.desk.rates_forms import ChoiceForm, FiguresForm
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.desk.views.acting import act, ask, did
from palkkio.web.doors import for_roles
from palkkio.web.looks import note_shown

if TYPE_CHECKING:
    from palkkio.rates.models import OfficialFigure, PolicyChoice
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


# --- Choices ---------------------------------------------------------------------------------------------------------


Row = TypeVar("Row", "PolicyChoice", "OfficialFigure")


@require_safe
@for_payroll
def choices(request: RoleRequest) -> HttpResponse:
    """What the payer has decided where the law leaves a choice, and what holds by default."""
    rows = list(access.choices(request.viewer))
    base = organisations.of(request.viewer).profile
    lines = page.choice_lines(rows, base, request.viewer, today=request.clock.today())
    return render(request, "desk/payroll/choices.html", {"tabs": rates_page.tabs("desk:choices"), "lines": lines})


@require_http_methods(["GET", "POST"])
@for_payroll
def propose_choice(request: RoleRequest, key: str) -> HttpResponse:
    kind = choice_kinds().get(key)
    if kind is None:
        raise Http404
    form = ChoiceForm(request.POST if request.method == "POST" else None, kind=kind)

    def does() -> None:
        deciding.propose_choice(by=request.viewer, at=request.clock.now(), key=key, **form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The choice is proposed. It holds when a second person has approved it."))
        return redirect("desk:choices")
    return ask(
        request,
        form,
        question=choice_name(key),
        explanation=_(
            "What is decided from a day on ends what held before. Days that were paid otherwise are corrected in the"
            " next run."
        ),
        yes=_("Propose"),
        back_url=reverse("desk:choices"),
    )


@require_POST
@for_payroll
def approve_choice(request: RoleRequest, choice_id: int) -> HttpResponse:
    row = _choice(request, choice_id)
    return _approve(request, row, to="desk:choices")


@require_POST
@for_payroll
def withdraw_choice(request: RoleRequest, choice_id: int) -> HttpResponse:
    return _withdraw(request, _choice(request, choice_id), to="desk:choices")


@require_safe
@for_payroll
def choice_effect(request: RoleRequest, choice_id: int) -> HttpResponse:
    """Who would gain and who lose by a choice, in the care month before this one (BEY-11). Changes nothing."""
    row = _choice(request, choice_id)
    words = value_words(choice_kinds()[row.key], row.value)
    return _effect(request, row, f"{choice_name(row.key)}: {words}.", to="desk:choices")


def _choice(request: RoleRequest, choice_id: int) -> PolicyChoice:
    return one(access.choices(request.viewer), choice_id)


# --- Official figures ------------------------------------------------------------------------------------------------


@require_safe
@for_payroll
def law_figures(request: RoleRequest) -> HttpResponse:
    """Figures of the law with value, days, source and how sure they are, and those that the payer has entered."""
    today = request.clock.today()
    context = {
        "tabs": rates_page.tabs("desk:law-figures"),
        "figures": rates_page.law_figures(today=today),
        "entered": page.figure_lines(list(access.figures(request.viewer)), request.viewer, today=today),
    }
    return render(request, "desk/payroll/law_figures.html", context)


@require_http_methods(["GET", "POST"])
@for_payroll
def enter_figures(request: RoleRequest, file: str) -> HttpResponse:
    """An official figure, or a whole table of them, that the rules do not have yet."""
    columns = deciding.columns_of(file)
    if not columns:
        raise Http404
    named = []
    for column in columns:
        series = figure_of_law(deciding.key_of(file, column))
        name = rates_page.figure_name(series).rpartition(": ")[2] if column else _("Official figure")
        named.append((column, name, rates_page.unit_words(series.unit)))
    form = FiguresForm(request.POST if request.method == "POST" else None, columns=named)

    def does() -> None:
        deciding.propose_figures(
            by=request.viewer,
            at=request.clock.now(),
            file=file,
            values=form.values(),
            **{name: form.cleaned_data[name] for name in ("first", "last", "source")},
        )

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The figure is proposed. It pays when a second person has approved it."))
        return redirect("desk:law-figures")
    return ask(
        request,
        form,
        question=page.file_name(file),
        explanation=_("Enter it as it stands in the official source. Payees that were held without it are paid then."),
        yes=_("Propose"),
        back_url=reverse("desk:law-figures"),
    )


@require_POST
@for_payroll
def approve_figure(request: RoleRequest, figure_id: int) -> HttpResponse:
    return _approve(request, _figure(request, figure_id), to="desk:law-figures")


@require_POST
@for_payroll
def withdraw_figure(request: RoleRequest, figure_id: int) -> HttpResponse:
    return _withdraw(request, _figure(request, figure_id), to="desk:law-figures")


@require_safe
@for_payroll
def figure_effect(request: RoleRequest, figure_id: int) -> HttpResponse:
    row = _figure(request, figure_id)
    return _effect(request, row, f"{page.file_name(row.file)}: {page.values_words(row)}.", to="desk:law-figures")


def _figure(request: RoleRequest, figure_id: int) -> OfficialFigure:
    return one(access.figures(request.viewer), figure_id)


# --- Both ------------------------------------------------------------------------------------------------------------


def _approve(request: RoleRequest, row: Row, *, to: str) -> HttpResponse:
    def does() -> None:
        deciding.approve(row, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("It is approved and holds from its first day."), to=to)


def _withdraw(request: RoleRequest, row: Row, *, to: str) -> HttpResponse:
    def does() -> None:
        deciding.withdraw(row, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The proposal is withdrawn."), to=to)


def _effect(request: RoleRequest, row: PolicyChoice | OfficialFigure, lead: str, *, to: str) -> HttpResponse:
    month = DateRange.month_of(add_months(request.clock.today().replace(day=1), -1))
    shown = page_of(effect_of_decided(request.viewer, row, month), _("Effect of a change"), lead)
    note_shown(request, shown.listed)
    return render(request, "desk/payroll/rate_effect.html", {"page": shown, "back_url": reverse(to)})
