"""Do the sums agree: runs against bank, register and ledger; what the nightly proof has found; the year's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.core.days import add_months
from palkkio.web.desk.files_page import SUMS, sides
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Problem, Row, Table, View
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from datetime import date

    from palkkio.core.days import DateRange
    from palkkio.payments.models import Payment
    from palkkio.payroll.models import Run
    from palkkio.payroll.queries.years import PayeeYear
    from palkkio.reporting.models import NightlyFinding, NightlyProof
    from palkkio.reporting.owed import Owed
    from palkkio.reporting.queries import Compared, Reconciliation

FINDINGS: dict[str, tuple[Promise, Promise]] = {
    "paid_not_reported": (
        lazy("Paid but not reported"),
        lazy("The incomes register has no report of this pay, or has refused it. Correct it and report it again."),
    ),
    "reported_not_paid": (
        lazy("Reported but not paid"),
        lazy("The incomes register has a report of a day on which nothing was paid. Take the report back."),
    ),
    "no_voucher": (lazy("Run without a voucher"), lazy("Open the run and let it make what is missing.")),
    "no_bank_answer": (
        lazy("The bank has not answered"),
        lazy("Ask the bank what became of the payments, and read its file. Do not pay them again before."),
    ),
    "month_without_pay": (
        lazy("Contract without pay"),
        lazy("The contract is paid by the month, and the run paid it nothing. Make an extra run, or end the contract."),
    ),
}


def _columns() -> list[Column]:
    names = (
        _("Payslips €"),
        _("Payment file €"),
        _("Bank €"),
        _("Reports €"),
        _("Register €"),
        _("Voucher €"),
    )
    return [Column(name, is_number=True) for name in names]


def runs_table(rows: Sequence[tuple[Run, Reconciliation]]) -> Table:
    """A line for each sum of each run, to the cent; what differs from the payslips is marked."""
    columns = [Column(_("Run"), place="title"), Column(_("Sum")), *_columns(), Column(_("Agree"), place="side")]
    made = []
    for run, compared in rows:
        day = wording.weekday_date(run.payday, get_language())
        for row in compared.rows:
            name = Cell(day, href=reverse("desk:run", args=[run.pk]))
            made.append(_row(row, name, is_complete=compared.is_complete))
    return Table(_("Sums of runs"), columns, made, is_wide=True)


def _row(row: Compared, first: Cell | None, *, is_complete: bool = True) -> Row:
    agrees = Cell(_("Agree"))
    if not row.agrees:
        agrees = Cell(chips=[Chip(_("Differ"), "error")])
    elif not is_complete:
        agrees = Cell(chips=[Chip(_("Not all is made"), "warn")])
    cells = [Cell(str(SUMS.get(row.name, row.name))), *sides(row), agrees]
    return Row(cells if first is None else [first, *cells], is_flagged=not row.agrees)


def problems(rows: Sequence[NightlyFinding]) -> list[Problem]:
    """What must never be, each with what to do."""
    made = []
    for row in rows:
        title, repair = FINDINGS[row.kind]
        subject = wording.weekday_date(row.payday, get_language())
        if row.contract is not None:
            subject = f"{row.contract.number}, {subject}"
        if row.person is not None:
            subject = f"{row.person.name}, {subject}"
        note = f"{wording.euros(row.amount)}. {repair}" if row.amount else str(repair)
        made.append(Problem(str(title), "block", subject, note, _href(row)))
    return made


def _href(row: NightlyFinding) -> str:
    if row.contract_id is not None:
        return reverse("desk:contract", args=[row.contract_id])
    if row.run_id is not None:
        return reverse("desk:run", args=[row.run_id])
    return reverse("desk:bank") if row.batch_id is not None else reverse("desk:reports")


def proof_words(proof: NightlyProof | None) -> str:
    """When it was last looked, and whether that came to its end."""
    if proof is None:
        return _("Nobody has looked yet. It is done each night.")
    if proof.trouble:
        return _("Looking began %(when)s and was stopped: %(why)s. It is tried again.") % {
            "when": moment(proof.began_at),
            "why": proof.trouble,
        }
    if proof.ended_at is None:
        return _("Looking began %(when)s and has not come to its end.") % {"when": moment(proof.began_at)}
    return _("Last looked %(when)s.") % {"when": moment(proof.ended_at)}


# --- Year end --------------------------------------------------------------------------------------------------------


def years(current: int, year: int) -> list[View]:
    return [
        View(str(each), reverse("desk:year-end", args=[each]), is_current=each == year)
        for each in range(current, current - 4, -1)
    ]


def year_table(rows: Sequence[Compared]) -> Table:
    columns = [Column(_("Sum"), place="title"), *_columns(), Column(_("Agree"), place="side")]
    return Table(_("Sums of the year"), columns, [_row(row, None) for row in rows], is_wide=True)


def payees_table(rows: Sequence[PayeeYear]) -> Table:
    """Yearly summaries of the payees, as on their papers."""
    columns = [
        Column(_("Payee"), place="title"),
        Column(_("Payslips"), is_number=True),
        Column(_("Gross €"), is_number=True),
        Column(_("Withheld tax €"), is_number=True),
        Column(_("Pension €"), is_number=True),
        Column(_("To the account €"), is_number=True, place="side"),
    ]
    made = [
        Row(
            [
                Cell(row.name, href=reverse("desk:papers", args=[row.person_id])),
                Cell(wording.number(row.payslips)),
                Cell(wording.number(row.gross, 2)),
                Cell(wording.number(row.withholding, 2)),
                Cell(wording.number(row.pension, 2)),
                Cell(wording.number(row.net, 2), strong=True),
            ]
        )
        for row in rows
    ]
    return Table(_("Yearly summaries"), columns, made)


# --- Owed to others --------------------------------------------------------------------------------------------------

RECEIVERS: dict[str, Promise] = {
    "tax": lazy("Tax Administration"),
    "pension": lazy("Pension insurer"),
    "unemployment": lazy("Employment Fund"),
    "accident": lazy("Accident insurer"),
}


def owed_title(row: Owed) -> str:
    """To whom, and whose debt it is."""
    return f"{RECEIVERS[row.receiver]}: {row.employer}"


def _paid_words(payment: Payment | None) -> str:
    """Where the payment of a debt is."""
    if payment is None:
        return _("not paid")
    day = wording.weekday_date(payment.booked_on or payment.batch.execution_date, get_language())
    if payment.outcome == "settled":
        return _("paid %(day)s") % {"day": day}
    return (_("given to the bank, %(day)s") if payment.batch.state == "sent" else _("in a file, %(day)s")) % {
        "day": day
    }


def _payment_cell(row: Owed, payment: Payment | None) -> Cell:
    """Where the payment is, and its sum where that is another than what is owed."""
    note = ""
    if payment is not None and payment.amount != row.amount:
        note = _("%(sum)s €, not what is owed") % {"sum": wording.number(payment.amount, 2)}
    return Cell(_paid_words(payment), note=note)


def owed_table(rows: Sequence[Owed], paid: Mapping[tuple[str, int | None], Payment]) -> Table:
    columns = [
        Column(_("Employer"), place="title"),
        Column(_("To whom")),
        Column(_("Reference"), place="bare"),
        Column(_("Due")),
        Column(_("Payment")),
        Column(_("Sum €"), is_number=True, place="side"),
    ]
    made = []
    for row in rows:
        due = _("by invoice")
        if row.due_on is not None:
            due = wording.weekday_date(row.due_on, get_language())
        made.append(
            Row(
                [
                    Cell(row.employer),
                    Cell(str(RECEIVERS[row.receiver]), note=row.insurer),
                    Cell(row.reference or "–"),
                    Cell(due),
                    _payment_cell(row, paid.get((row.receiver.value, row.person_id))),
                    Cell(wording.number(row.amount, 2), strong=True),
                ]
            )
        )
    return Table(_("Owed to others"), columns, made, is_wide=True)


def owed_months(today: date, month: DateRange) -> list[View]:
    """This month and those before it, by payday."""
    views = []
    for back in range(4):
        first = add_months(today.replace(day=1), -back)
        name = wording.month_name(first, get_language()).capitalize()
        href = f"{reverse('desk:owed')}?month={first:%Y-%m}"
        views.append(View(name, href, is_current=first == month.edges[0]))
    return views
