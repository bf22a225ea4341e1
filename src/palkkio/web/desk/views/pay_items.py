"""One-off lines, holds, receivables and tax cards (PAY-2, PAY-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts.queries import names_of
from palkkio.contracts import access as contracts
from palkkio.contracts.queries import tax_card_kind
from palkkio.core.payslip import TaxCardKind
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import RoleKind
from palkkio.organisations.access import one
from palkkio.payroll import access, actions
from palkkio.payroll.queries.recoveries import recovery_of
from palkkio.people import access as people
from palkkio.people.queries import matching
from palkkio.web.desk import pay_items_page as page
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.payroll_forms import OneOffForm, TaxCardForm, WordsForm
from palkkio.web.desk.payroll_tabs import tabs
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import act, ask, did, narrowed
from palkkio.web.doors import for_roles
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


# --- One-off lines ---------------------------------------------------------------------------------------------------


@require_safe
@for_payroll
def one_offs(request: RoleRequest) -> HttpResponse:
    """Lines that wait for a second person first, then the newest."""
    viewer = request.viewer
    found = access.one_offs(viewer).select_related("contract__carer")
    waiting = list(found.filter(approved_at__isnull=True, withdrawn_at__isnull=True).order_by("proposed_at"))
    others, pages = page_of(request, found.exclude(pk__in=[each.pk for each in waiting]).order_by("-proposed_at"))
    lines = [*waiting, *others]
    note_shown(request, lines)
    accounts = {each.proposed_by_id for each in lines} | {each.approved_by_id for each in lines if each.approved_by_id}
    names = names_of(accounts, viewer.organisation_id)
    paid = _paid([each.pk for each in lines], request)
    context = {
        "tabs": tabs("desk:one-offs"),
        "menu_at": "desk:runs",
        "waiting": [page.one_off_row(each, viewer, names, paid) for each in waiting],
        "others": [page.one_off_row(each, viewer, names, paid) for each in others],
        "pages": pages,
        "is_clerk": viewer.role is RoleKind.PAYROLL_CLERK,
    }
    return render(request, "desk/payroll/one_offs.html", context)


def _paid(ids: list[int], request: RoleRequest) -> set[int]:
    """Those of the lines that stand on a payslip or were settled by a run."""
    runs = access.runs(request.viewer).filter(paid_one_offs__one_off_id__in=ids, paid_one_offs__is_cancelled=False)
    return set(runs.values_list("paid_one_offs__one_off_id", flat=True))


@require_http_methods(["GET", "POST"])
@for_clerks
def add_one_off(request: RoleRequest) -> HttpResponse:
    contract = whole(request.GET.get("contract"))
    initial = {"contract": contracts.contract(request.viewer, contract).number} if contract else {}
    form = OneOffForm(request.POST if request.method == "POST" else None, initial=initial)

    def does() -> None:
        typed = dict(form.cleaned_data)
        number = typed.pop("contract").strip()
        found = contracts.contracts(request.viewer).filter(number=number).first()
        if found is None:
            raise InvalidInput(FieldError("contract", _("There is no contract with this number. Check it.")))
        actions.add_one_off(found.pk, by=request.viewer, at=request.clock.now(), **typed)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The line is added. It is paid when a second person has approved it."))
        return redirect("desk:one-offs")
    return ask(request, form, template="desk/payroll/add_one_off.html", menu_at="desk:runs")


@require_POST
@for_clerks
def approve_one_off(request: RoleRequest, one_off_id: int) -> HttpResponse:
    one(access.one_offs(request.viewer), one_off_id)

    def does() -> None:
        actions.approve_one_off(one_off_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The line is approved. The next run pays it."), to="desk:one-offs")


@require_POST
@for_clerks
def withdraw_one_off(request: RoleRequest, one_off_id: int) -> HttpResponse:
    one(access.one_offs(request.viewer), one_off_id)

    def does() -> None:
        actions.withdraw_one_off(one_off_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The line is withdrawn."), to="desk:one-offs")


# --- Holds and receivables -------------------------------------------------------------------------------------------


@require_safe
@for_payroll
def holds(request: RoleRequest) -> HttpResponse:
    """Holds in force, then those that were released."""
    viewer = request.viewer
    found = access.holds(viewer).select_related("person")
    now = list(found.filter(released_at__isnull=True).order_by("person__sort_key"))
    before, pages = page_of(request, found.filter(released_at__isnull=False).order_by("-released_at"))
    note_shown(request, now)
    accounts = {each.held_by_id for each in (*now, *before)} | {each.released_by_id or 0 for each in before}
    names = names_of(accounts, viewer.organisation_id)
    context = {
        "tabs": tabs("desk:holds"),
        "menu_at": "desk:runs",
        "now": [page.hold_row(each, names) for each in now],
        "before": [page.hold_row(each, names) for each in before],
        "pages": pages,
        "is_clerk": viewer.role is RoleKind.PAYROLL_CLERK,
    }
    return render(request, "desk/payroll/holds.html", context)


@require_safe
@for_payroll
def receivables(request: RoleRequest) -> HttpResponse:
    found = access.receivables(request.viewer).select_related("person", "contract", "run").order_by("-created_at")
    rows, pages = page_of(request, found)
    context = {
        "tabs": tabs("desk:receivables"),
        "menu_at": "desk:runs",
        "table": page.receivables_table(rows, recovery_of([row.pk for row in rows]), request.clock.today()),
        "pages": pages,
    }
    return render(request, "desk/payroll/receivables.html", context)


@require_safe
@for_payroll
def receivable(request: RoleRequest, receivable_id: int) -> HttpResponse:
    """One overpayment with its lines and its cause."""
    rows = access.receivables(request.viewer).select_related("person", "contract", "run", "revision")
    found = one(rows, receivable_id)
    context = {
        "page": page.receivable_page(found),
        "menu_at": "desk:runs",
        "receivable_id": found.pk,
        "recovery": recovery_of([found.pk]).get(found.pk),
        "may_recover": request.viewer.role is RoleKind.PAYROLL_CLERK,
    }
    return render(request, "desk/payroll/receivable.html", context)


# --- Tax cards -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_payroll
def tax_cards(request: RoleRequest) -> HttpResponse:
    """Cards that are missing for the next payday, then all cards, the newest first."""
    viewer, today = request.viewer, request.clock.today()
    if request.method == "POST":
        return narrowed(request, "tax-cards", ())
    words = words_of(request, "tax-cards")
    found = access.tax_cards(viewer).select_related("person").order_by("-fetched_at", "-pk")
    if words:
        of_number = contracts.contracts(viewer).filter(number__istartswith=words.strip())
        named = matching(viewer.organisation_id, words)
        found = found.filter(Q(person__in=named) | Q(person_id__in=of_number.values("carer_id")))
    rows, pages = page_of(request, found)
    payday = page.next_payday(viewer.organisation_id, today)
    missing = page.missing_cards(viewer.organisation_id, payday) if payday else []
    note_shown(request, (each.person_id for each in missing[: page.MISSING_SHOWN]))
    context = {
        "tabs": tabs("desk:tax-cards"),
        "menu_at": "desk:runs",
        "payday": payday,
        "missing": missing[: page.MISSING_SHOWN],
        "missing_count": len(missing),
        "form": WordsForm({"q": words}),
        "is_narrowed": bool(words),
        "fetching": service.days_before_payday if (service := settings.PALKKIO_TAX_CARDS) else 0,
        "table": page.cards_table(rows, today=today),
        "pages": pages,
        "is_clerk": viewer.role is RoleKind.PAYROLL_CLERK,
    }
    return render(request, "desk/payroll/tax_cards.html", context)


@require_http_methods(["GET", "POST"])
@for_clerks
def add_tax_card(request: RoleRequest, person_id: int) -> HttpResponse:
    """A card keyed in from paper; runs that are proposed are brought up to date."""
    person = people.person(request.viewer, person_id)
    kinds = _kinds(request, person_id)
    today = request.clock.today()
    form = TaxCardForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        initial={"kind": kinds[0], "first": today.replace(day=1)},
    )

    def does() -> None:
        typed = form.cleaned_data
        actions.record_tax_card(person_id, by=request.viewer, at=request.clock.now(), source="paper", **typed)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The card of %(name)s is recorded.") % {"name": person.name})
        return redirect("desk:tax-cards")
    own = access.tax_cards(request.viewer).filter(person_id=person_id).select_related("person")
    return ask(
        request,
        form,
        template="desk/payroll/add_tax_card.html",
        menu_at="desk:runs",
        person=person,
        table=page.cards_table(list(own.order_by("-fetched_at", "-pk")), today=today),
        back_url=reverse("desk:tax-cards"),
    )


def _kinds(request: RoleRequest, person_id: int) -> list[str]:
    """Kinds of card of the person's contracts; all when there is none yet."""
    found = contracts.contracts(request.viewer).filter(carer_id=person_id).values_list("kind", flat=True)
    cards = []
    for kind in found:
        try:
            cards.append(tax_card_kind(kind).value)
        except ValueError:  # an employment: a wage card, which is not keyed in here
            continue
    return list(dict.fromkeys(cards)) or [kind.value for kind in TaxCardKind]
