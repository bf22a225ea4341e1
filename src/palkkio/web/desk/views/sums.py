"""Whether what left the house agrees: runs, bank, register and ledger to the cent; the nightly proof; year end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput, Refusal
from palkkio.core.viewer import RoleKind
from palkkio.formats.csv_export import write_csv
from palkkio.payments import owed as payments
from palkkio.payments.owed import paid_of
from palkkio.payroll import access as payroll
from palkkio.payroll.queries.years import payee_years
from palkkio.reporting import access
from palkkio.reporting.owed import owed_of
from palkkio.reporting.proofs import prove_again
from palkkio.reporting.queries import reconciliation
from palkkio.reporting.years import year_end
from palkkio.web.desk import sums_page as page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.owed_forms import forms_of, put_errors
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.views.acting import act, refused
from palkkio.web.doors import for_roles
from palkkio.web.file_answers import download
from palkkio.web.looks import note_shown
from palkkio.web.rule_words import figure_name
from palkkio.web.ui.values import Pages
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

RUNS_ON_A_PAGE = 6
FINDINGS_SHOWN = 100
PAYEES_ON_A_PAGE = 50
FIRST_YEAR, LAST_YEAR = 2000, 2100
for_payroll = for_roles(*sorted(PAYROLL))


@require_safe
@for_payroll
def reconciled(request: RoleRequest) -> HttpResponse:
    """Sums of the latest runs as payslips, bank, register and ledger have them, and what the night has found."""
    viewer = request.viewer
    found, proof = access.findings(viewer), access.proof(viewer)
    rows = list(found[:FINDINGS_SHOWN])
    note_shown(request, (each.person_id for each in rows if each.person_id is not None))
    runs, pages = page_of(request, payroll.runs(viewer).filter(state="produced").order_by("-payday"), RUNS_ON_A_PAGE)
    compared = [(run, reconciliation(run)) for run in runs]
    context = {
        "findings": page.problems(rows),
        "count": found.count(),
        "looked": page.proof_words(proof),
        "has_looked": proof is not None and proof.ended_at is not None,
        "table": page.runs_table(compared),
        "agrees": all(each.agrees for _run, each in compared),
        "pages": pages,
        "year": request.clock.today().year,
    }
    return render(request, "desk/payroll/sums.html", context)


@require_POST
@for_payroll
def look_again(request: RoleRequest) -> HttpResponse:
    """The nightly proof, now: for whoever has mended something."""

    def does() -> None:
        prove_again(by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("Looked again."), to="desk:reconciliation")


@require_safe
@for_payroll
def year(request: RoleRequest, year: int) -> HttpResponse:
    """What is closed at the end of a year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    made = year_end(request.viewer.organisation_id, year)
    shown = Paginator(made.payees, PAYEES_ON_A_PAGE).get_page(request.GET.get("page"))
    note_shown(request, (each.person_id for each in shown.object_list))
    language = reading_language()
    context = {
        "year": year,
        "next_year": year + 1,
        "years": page.years(request.clock.today().year, year),
        "table": page.year_table(made.rows),
        "agrees": made.agrees,
        "missing": sorted(figure_name(key, language) for key in made.missing_figures),
        "payees": page.payees_table(list(shown.object_list)),
        "pages": Pages(shown.number, PAYEES_ON_A_PAGE, shown.paginator.count),
    }
    return render(request, "desk/payroll/year_end.html", context)


@require_safe
@for_payroll
def year_csv(request: RoleRequest, year: int) -> HttpResponse:
    """Yearly summaries of all payees; the download is recorded, since it names them."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    rows = payee_years(request.viewer.organisation_id, year)
    audit.record(
        "download_year", by=request.viewer, at=request.clock.now(), object_kind="year", object_id=year,
        details={"payees": len(rows)},
    )  # fmt: skip
    sums = ("payslips", "gross", "taxable", "withholding", "pension", "other_deductions", "net")
    header = ("payee", *sums, "carer_fees", "carer_daily")
    content = write_csv(header, [(each.name, *(getattr(each, name) for name in header[1:])) for each in rows])
    return download(content, "text/csv; charset=utf-8", f"palkkio-{year}.csv")


def _month(request: RoleRequest) -> DateRange:
    """The month that is asked for as YYYY-MM, else this one."""
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        first = request.clock.today()
    return DateRange.month_of(first)


@require_safe
@for_payroll
def owed(request: RoleRequest) -> HttpResponse:
    """What the month's paydays owe to the Tax Administration, insurers and the Employment Fund, by employer."""
    month = _month(request)
    rows = owed_of(request.viewer.organisation_id, month)
    note_shown(request, (each.person_id for each in rows if each.person_id is not None))
    is_over = payments.is_over(month.edges[0], request.clock.today())
    may_pay = rows and is_over and request.viewer.role is RoleKind.PAYROLL_CLERK
    context = {
        "months": page.owed_months(request.clock.today(), month),
        "month": month.edges[0],
        "table": page.owed_table(rows, paid_of(request.viewer.organisation_id, month.edges[0])),
        "pay_href": f"{reverse('desk:pay-owed')}?month={month.edges[0]:%Y-%m}" if may_pay else "",
        "is_over": is_over,
        "csv_href": f"{reverse('desk:owed-csv')}?month={month.edges[0]:%Y-%m}",
    }
    return render(request, "desk/payroll/owed.html", context)


@require_http_methods(["GET", "POST"])
@for_clerks
def pay_owed(request: RoleRequest) -> HttpResponse:
    """A payment file of the picked debts of a month; a colleague gives it to the bank."""
    month = _month(request).edges[0]
    data = request.POST if request.method == "POST" else None
    made = forms_of(request.viewer.organisation_id, month, data)
    note_shown(request, (each.owed.person_id for each in made if each.owed.person_id is not None))
    troubles: list[str] = []
    if data is not None and all(each.is_valid() for each in made):
        debts = [each.debt() for each in made if each.cleaned_data["picked"]]
        try:
            payments.pay_owed(debts, month, by=request.viewer, at=request.clock.now())
        except InvalidInput as refusal:
            troubles = put_errors(made, refusal)
        except Refusal as refusal:
            troubles = [refused(refusal)]
        else:
            messages.success(request, _("The payment file is made. A colleague gives it to the bank."))
            return redirect("desk:bank")
    context = {
        "forms": made,
        "rows": [(each, page.owed_title(each.owed)) for each in made],
        "troubles": troubles,
        "month": month,
        "back_url": f"{reverse('desk:owed')}?month={month:%Y-%m}",
        "menu_at": "desk:reports",
    }
    return render(request, "desk/payroll/pay_owed.html", context, status=422 if data is not None else 200)


@require_safe
@for_payroll
def owed_csv(request: RoleRequest) -> HttpResponse:
    """The same as a file for whoever pays."""
    month = _month(request)
    rows = owed_of(request.viewer.organisation_id, month)
    note_shown(request, (each.person_id for each in rows if each.person_id is not None))
    header = ("employer", "receiver", "insurer", "reference", "due", "amount")
    cells = [
        (each.employer, each.receiver.value, each.insurer, each.reference, each.due_on, each.amount) for each in rows
    ]
    return download(write_csv(header, cells), "text/csv; charset=utf-8", f"palkkio-owed-{month.edges[0]:%Y-%m}.csv")
