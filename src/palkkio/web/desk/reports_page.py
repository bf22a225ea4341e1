"""Reports (Raportit) of the desk: what is given to the register and to the ledger, with its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.web.desk.register_page import KINDS, state_chip
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table

if TYPE_CHECKING:
    from palkkio.reporting.models import Delivery, Voucher


def deliveries_table(rows: Sequence[Delivery], *, today: date) -> Table:
    columns = [
        Column(_("Payday"), place="title"),
        Column(_("Reports"), is_number=True),
        Column(_("To be reported by")),
        Column(_("State"), place="bare"),
        Column(_("File"), place="bare"),
    ]
    return Table(_("Reports to the incomes register"), columns, [_delivery(row, today) for row in rows], is_wide=True)


def _delivery(row: Delivery, today: date) -> Row:
    what = row.employer.name if row.employer else str(KINDS[row.kind])
    file = Cell()
    if not row.is_cancelled:
        file = Cell(_("Download"), href=reverse("desk:delivery-file", args=[row.pk]))
    return Row(
        [
            Cell(
                wording.weekday_date(row.payday, get_language()),
                href=reverse("desk:delivery", args=[row.pk]),
                note=what,
            ),
            Cell(wording.number(row.report_count)),
            Cell(wording.weekday_date(row.due_on, get_language())),
            Cell(chips=[state_chip(row, today=today)]),
            file,
        ]
    )


def vouchers_table(rows: Sequence[Voucher]) -> Table:
    columns = [
        Column(_("Voucher"), place="title"),
        Column(_("Posted on")),
        Column(_("State"), place="side"),
        Column(_("File"), place="bare"),
    ]
    made = []
    for row in rows:
        file = Cell()
        if not row.is_cancelled:
            file = Cell(_("Download"), href=reverse("desk:run-file", args=[row.run_id, row.file_id]))
        chip = Chip(_("Cancelled")) if row.is_cancelled else Chip(_("Made"), "ok")
        made.append(
            Row(
                [
                    Cell(row.number, href=reverse("desk:run", args=[row.run_id])),
                    Cell(wording.day(row.posted_on)),
                    Cell(chips=[chip]),
                    file,
                ]
            )
        )
    return Table(_("Vouchers"), columns, made)
