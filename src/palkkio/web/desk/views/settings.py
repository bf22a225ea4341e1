"""Settings, for the administrator: deadlines, day types, ledger accounts, the organisation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts.signing.mass import going_on
from palkkio.contracts.signing.tasks import tell_paydays
from palkkio.core.days import DateRange, add_months
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed
from palkkio.organisations import access, actions, queries
from palkkio.organisations.access import NOT_FOUND
from palkkio.reporting import access as reporting
from palkkio.reporting.actions import map_account
from palkkio.web.contract_words import kind_name
from palkkio.web.desk import settings_page as page
from palkkio.web.desk.roles import PAYROLL, for_administrators
from palkkio.web.desk.settings_forms import (
    AccountChangeForm,
    AccountForm,
    DayTypesForm,
    OrganisationForm,
    ScheduleForm,
)
from palkkio.web.desk.views.acting import ask, did
from palkkio.web.doors import for_roles
from palkkio.web.ui.words import DAY_WORDS

if TYPE_CHECKING:
    from palkkio.organisations.models import Schedule
    from palkkio.web.doors import RoleRequest


# --- Deadlines and day types -----------------------------------------------------------------------------------------


@require_safe
@for_administrators
def settings(request: RoleRequest) -> HttpResponse:
    """Deadlines, paydays and offered day types of each kind of contract."""
    viewer, today = request.viewer, request.clock.today()
    schedules = list(access.schedules(viewer))
    paid = queries.contract_kinds(viewer.organisation_id)
    kinds = []
    for kind in paid:
        offered = queries.day_types(viewer.organisation_id, kind.value)
        of_kind = [each for each in schedules if each.series.contract_kind == kind.value]
        kinds.append(
            {
                "kind": kind.value,
                "name": kind_name(kind.value),
                "table": page.schedule_table(of_kind, today=today),
                "day_types": [str(DAY_WORDS[each][0]) for each in offered],
            }
        )
    context = {
        "tabs": page.tabs("desk:settings"),
        "account_change_days": queries.payer(viewer.organisation_id).account_change_days,
        "kinds": kinds,
        "others": [(kind.value, kind_name(kind.value)) for kind in ContractKind if kind not in paid],
    }
    return render(request, "desk/payroll/settings.html", context)


def _kind(text: str) -> ContractKind:
    if text not in set(ContractKind):
        raise NotAllowed(NOT_FOUND)
    return ContractKind(text)


@require_http_methods(["GET", "POST"])
@for_administrators
def schedule(request: RoleRequest, kind: str) -> HttpResponse:
    """New deadlines from a care month on; the button "show the dates" answers with the next months, nothing saved."""
    viewer, now = request.viewer, request.clock.now()
    wanted = _kind(kind)
    series = access.schedule_series(viewer).filter(contract_kind=wanted.value).first()
    latest = None if series is None else access.schedules(viewer).filter(series=series).first()
    initial = {
        "first": add_months(request.clock.today().replace(day=1), 1),
        **(page.values_of(latest) if latest else {"deadline_day": 3, "payday_day": 15, "deadline_months_after": "1"}),
    }
    form = ScheduleForm(request.POST if request.method == "POST" else None, initial=initial)

    @transaction.atomic
    def does() -> None:
        first, values = form.cleaned_data["first"], form.values()
        if series is None:
            actions.start_schedule(wanted, by=viewer, at=now, first=first, values=values)
        else:
            changed = actions.change_schedule(series.pk, by=viewer, at=now, first=first, values=values)
            if _moves_paydays(latest, changed, first):
                tell_paydays.defer(
                    organisation_id=viewer.organisation_id,
                    kind=wanted.value,
                    first=first.isoformat(),
                    person_id=viewer.person_id,
                    since=now.isoformat(),
                )

    preview, touched = None, 0
    if form.is_bound and form.is_valid():
        if request.POST.get("do") == "save" and did(form, does):
            messages.success(request, _("The deadlines and paydays are saved."))
            return redirect("desk:settings")
        if not form.errors:
            first, tried = form.cleaned_data["first"], _tried(form)
            preview = page.preview_table(tried, first) if tried else None
            if tried and _moves_paydays(latest, tried, first):
                touched = going_on(viewer.organisation_id, wanted.value, first).count()
    elif latest is not None and not form.is_bound:
        preview = page.preview_table(latest, initial["first"])
    context = {"kind": kind_name(wanted.value), "preview": preview, "touched": touched}
    return ask(request, form, template="desk/payroll/schedule.html", **context)


def _tried(form: ScheduleForm) -> Schedule | None:
    """What was typed, not saved; None with the errors on the form."""
    tried: list[Schedule] = []
    did(form, lambda: tried.append(actions.tried_schedule(form.values())))
    return tried[0] if tried else None


def _moves_paydays(before: Schedule | None, after: Schedule, first: date) -> bool:
    """Whether contracts are paid on other days than before, which their payees are told."""
    month = DateRange.month_of(first)
    return before is not None and before.paydays(month) != after.paydays(month)


@require_http_methods(["GET", "POST"])
@for_administrators
def day_types(request: RoleRequest, kind: str) -> HttpResponse:
    wanted = _kind(kind)
    offered = queries.day_types(request.viewer.organisation_id, wanted.value)
    form = DayTypesForm(
        request.POST if request.method == "POST" else None, initial={"day_types": [each.value for each in offered]}
    )

    def does() -> None:
        chosen = form.cleaned_data["day_types"]
        actions.offer_day_types(wanted, by=request.viewer, at=request.clock.now(), day_types=chosen)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The types of day are saved."))
        return redirect("desk:settings")
    return ask(
        request,
        form,
        question=_("Types of day: %(kind)s") % {"kind": kind_name(wanted.value).lower()},
        explanation=_("Entries that are already recorded stay as they are."),
        yes=_("Save"),
        back_url=reverse("desk:settings"),
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def account_change_days(request: RoleRequest) -> HttpResponse:
    """How near a payday a changed account number waits for the next one (ACC-7)."""
    held = queries.payer(request.viewer.organisation_id).account_change_days
    form = AccountChangeForm(request.POST if request.method == "POST" else None, initial={"account_change_days": held})

    def does() -> None:
        days = form.cleaned_data["account_change_days"]
        actions.set_account_change_days(days, by=request.viewer, at=request.clock.now())

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The days are saved."))
        return redirect("desk:settings")
    return ask(
        request,
        form,
        question=_("Changed account numbers"),
        explanation=_("A number that is changed nearer to a payday than this is used from the day after the payday."),
        yes=_("Save"),
        back_url=reverse("desk:settings"),
    )


# --- Ledger and organisation -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_roles(*sorted(PAYROLL))
def ledger_accounts(request: RoleRequest) -> HttpResponse:
    """Where each kind of sum is posted; a sum without an account stops the approval of a run."""
    today = request.clock.today()
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        codes=page.codes(),
        initial={"first": today.replace(month=1, day=1)},
    )

    def does() -> None:
        map_account(by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The ledger account is saved."))
        return redirect("desk:ledger-accounts")
    rows = list(reporting.account_mappings(request.viewer))
    return ask(
        request,
        form,
        template="desk/payroll/ledger_accounts.html",
        tabs=page.tabs("desk:ledger-accounts") if request.viewer.role == "administrator" else [],
        table=page.accounts_table(rows, today=today),
        unmapped=page.unmapped_codes(rows, today=today),
    )


@require_safe
@for_administrators
def organisation(request: RoleRequest) -> HttpResponse:
    facts = page.organisation_facts(access.of(request.viewer))
    return render(request, "desk/payroll/organisation.html", {"tabs": page.tabs("desk:organisation"), "facts": facts})


@require_http_methods(["GET", "POST"])
@for_administrators
def change_organisation(request: RoleRequest) -> HttpResponse:
    """How the organisation is reached (SYS-5)."""
    row = access.of(request.viewer)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in OrganisationForm.base_fields},
    )

    def does() -> None:
        actions.change_organisation(by=request.viewer, at=request.clock.now(), values=form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The contact details are saved."))
        return redirect("desk:organisation")
    return ask(
        request,
        form,
        question=_("Contact details of the organisation"),
        yes=_("Save"),
        back_url=reverse("desk:organisation"),
    )
