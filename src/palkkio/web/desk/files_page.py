"""What leaves the house of a run: payment file, reports, voucher, and whether their sums agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.core.clock import day_of
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payments.queries import paid_later_on, terms_of
from palkkio.payments.sending import channel_of
from palkkio.reporting.queries import Compared, Households, due_on, files_of, reconciliation
from palkkio.web.desk.register_page import state_chip
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.documents.models import Document
    from palkkio.payments.models import Batch
    from palkkio.payroll.models import Run
    from palkkio.reporting.models import Delivery, Voucher

SUMS: dict[str, Promise] = {
    "Gross": lazy("Gross"),
    "Withholding": lazy("Withheld tax"),
    "Pension contributions": lazy("Pension contributions"),
    "To accounts": lazy("To the accounts"),
    "To others": lazy("To enforcement, unions and funds"),
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file with what is done with it next."""

    name: str
    note: str
    href: str
    chip: Chip
    mark_href: str = ""  # where "given" is posted
    mark: str = ""
    is_file: bool = True  # otherwise the address is a page
    warning: str = ""


@dataclass(frozen=True, slots=True)
class RunFilesPage:
    files: Sequence[FileRow]
    table: Table | None
    agrees: bool
    is_made_right: bool
    is_complete: bool
    due: str

    @property
    def has_any(self) -> bool:
        return bool(self.files)


def files_of_run(run: Run, viewer: Viewer, *, at: datetime) -> RunFilesPage | None:
    """None before the run is approved, and of a cancelled one."""
    if run.state not in ("approved", "produced"):
        return None
    made, today = files_of(run), day_of(at)
    is_clerk = viewer.role is RoleKind.PAYROLL_CLERK
    may_mark = is_clerk and run.state == "produced"
    rows = []
    if made.batch:
        rows.append(batch_row(run, made.batch, may_mark=may_mark, at=at))
    rows += [delivery_row(run, each, may_mark=may_mark, today=today) for each in made.deliveries]
    if made.households:
        rows.append(households_row(run, made.households, today=today))
    if made.voucher:
        rows.append(voucher_row(run, made.voucher))
    compared = reconciliation(run)
    return RunFilesPage(
        files=rows,
        table=_table(compared.rows) if rows else None,
        agrees=compared.agrees,
        is_made_right=compared.is_made_right,
        is_complete=compared.is_complete,
        due=_("The reports are to be in the incomes register by %(day)s")
        % {"day": wording.deadline(due_on(run.payday), get_language())},
    )


def _href(run: Run, file: Document) -> str:
    return reverse("desk:run-file", args=[run.pk, file.pk])


def batch_row(run: Run, batch: Batch, *, may_mark: bool, at: datetime) -> FileRow:
    payments = ngettext("%(n)s payment", "%(n)s payments", batch.payment_count)
    note = f"{payments % {'n': wording.number(batch.payment_count)}}, {wording.euros(batch.total)}"
    if batch.sent_at:
        chip = Chip(_("Given to the bank %(when)s") % {"when": moment(batch.sent_at)}, "ok")
    elif batch.state == "sending":
        chip = (
            Chip(_("Did not go to the bank"), "error") if batch.trouble else Chip(_("On its way to the bank"), "warn")
        )
        note = f"{note}. {batch.trouble}" if batch.trouble else note
    else:
        late = batch.execution_date < day_of(at)
        chip = Chip(_("Not yet at the bank"), "error" if late else "warn")
    is_ready = batch.sent_at is None and may_mark and (batch.state == "ready" or bool(batch.trouble))
    has_channel = channel_of(batch.organisation_id) is not None
    return FileRow(
        name=_("Payment file %(n)s") % {"n": batch.number},
        note=note,
        href=_href(run, batch.file),
        chip=chip,
        mark_href=reverse("desk:mark-sent", args=[batch.pk]) if is_ready else "",
        mark=_("Give to the bank") if has_channel else _("Mark as given to the bank"),
        warning=cut_off_words(batch, at, terms_of(batch.organisation_id).cut_off),
    )


def cut_off_words(batch: Batch, at: datetime, cut_off: time) -> str:
    """A warning while a file waits past the bank's time for its day."""
    day = paid_later_on(batch, at, cut_off)
    if day is None:
        return ""
    return _("The bank's time for this day is over. Given now, the file is paid on %(day)s at the earliest.") % {
        "day": wording.weekday_date(day, get_language())
    }


def delivery_row(run: Run, delivery: Delivery, *, may_mark: bool, today: date) -> FileRow:
    reports = ngettext("%(n)s report", "%(n)s reports", delivery.report_count)
    due = _("by %(day)s") % {"day": wording.weekday_day(delivery.due_on, get_language())}
    return FileRow(
        name=_("Reports to the incomes register"),
        note=f"{reports % {'n': wording.number(delivery.report_count)}}, {due}",
        href=_href(run, delivery.file),
        chip=state_chip(delivery, today=today),
        mark_href=reverse("desk:mark-delivered", args=[delivery.pk]) if may_mark and not delivery.sent_at else "",
        mark=_("Mark as reported"),
    )


def households_row(run: Run, households: Households, *, today: date) -> FileRow:
    """Deliveries of household employers, together: there may be thousands."""
    reports = ngettext("%(n)s report", "%(n)s reports", households.reports)
    due = _("by %(day)s") % {"day": wording.weekday_day(households.due_on, get_language())}
    count = {"n": wording.number(households.deliveries)}
    if not households.unanswered:
        chip = Chip(_("In the register"), "ok")
    else:
        waiting = _("%(n)s not in the register yet") % {"n": wording.number(households.unanswered)}
        chip = Chip(waiting, "error" if households.due_on < today else "warn")
    return FileRow(
        name=ngettext("Reports of %(n)s household", "Reports of %(n)s households", households.deliveries) % count,
        note=f"{reports % {'n': wording.number(households.reports)}}, {due}",
        href=f"{reverse('desk:reports')}?run={run.pk}",
        chip=chip,
        is_file=False,
    )


def voucher_row(run: Run, voucher: Voucher) -> FileRow:
    return FileRow(
        name=_("Voucher %(number)s") % {"number": voucher.number},
        note=_("CSV, posted on %(day)s") % {"day": wording.day(voucher.posted_on)},
        href=_href(run, voucher.file),
        chip=Chip(_("Made"), "ok"),
    )


def _table(rows: Sequence[Compared]) -> Table:
    """The same sum in each place; what differs from the payslips is said in words, too."""
    columns = [
        Column(_("Sum"), place="title"),
        Column(_("Payslips €"), is_number=True),
        Column(_("Payment file €"), is_number=True),
        Column(_("Bank €"), is_number=True),
        Column(_("Reports €"), is_number=True),
        Column(_("Register €"), is_number=True),
        Column(_("Voucher €"), is_number=True),
        Column(_("Agree"), place="side"),
    ]
    return Table(_("Sums of payslips, bank, register and voucher"), columns, [_compared(row) for row in rows])


def _compared(row: Compared) -> Row:
    chip = Chip(_("Agree"), "ok") if row.agrees else Chip(_("Differ"), "error")
    return Row(
        [
            Cell(str(SUMS.get(row.name, row.name))),
            *sides(row),
            Cell(chips=[chip]),
        ],
        is_flagged=not row.agrees,
    )


def sides(row: Compared) -> list[Cell]:
    """The sum of the payslips, then each other place with its difference."""
    others = (row.payments, row.bank, row.reports, row.register, row.voucher)
    return [Cell(wording.number(row.payslips, 2), strong=True), *(_side(each, row.payslips) for each in others)]


def _side(amount: Decimal | None, payslips: Decimal) -> Cell:
    if amount is None:
        return Cell()
    if amount == payslips:
        return Cell(wording.number(amount, 2))
    more = Chip(wording.signed(amount - payslips, 2), "error")
    return Cell(wording.number(amount, 2), chips=[more], strong=True)
