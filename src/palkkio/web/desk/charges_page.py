"""The charges of a run for invoicing: what each care recipient is charged for days off, and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.money import ZERO
from palkkio.formats.csv_export import Cell as Value
from palkkio.web.rule_words import law_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Row, Table

if TYPE_CHECKING:
    from palkkio.payroll.models import ClientCharge


def facts_of(rows: Sequence[ClientCharge]) -> list[Fact]:
    charged = [each.amount for each in rows if not each.is_correction]
    corrected = [each.amount for each in rows if each.is_correction]
    return [
        Fact(_("Charges"), str(len(charged)), f"{wording.number(_sum(charged), 2)} €"),
        Fact(_("Corrections"), str(len(corrected)), f"{wording.signed(_sum(corrected), 2)} €" if corrected else ""),
        Fact(_("To invoicing"), f"{wording.number(_sum([*charged, *corrected]), 2)} €"),
    ]


def table_of(rows: Iterable[ClientCharge]) -> Table:
    columns = [
        Column(_("Care recipient"), place="title"),
        Column(_("Contract")),
        Column(_("Day off")),
        Column(_("Ground")),
        Column(_("€"), is_number=True, place="side"),
    ]
    return Table(
        _("Charges of days off"),
        columns,
        [
            Row(
                [
                    Cell(
                        each.recipient.name_family_first,
                        chips=[Chip(_("Correction"), "warn")] if each.is_correction else [],
                    ),
                    Cell(each.contract.number, reverse("desk:contract", args=[each.contract_id])),
                    Cell(wording.day(each.on)),
                    Cell(law_text(each.law) if each.law else _("not charged any more"), note=each.source),
                    Cell(wording.signed(each.amount, 2) if each.is_correction else wording.number(each.amount, 2)),
                ]
            )
            for each in rows
        ],
    )


def csv_of(rows: Iterable[ClientCharge]) -> tuple[list[str], list[list[Value]]]:
    """Header and rows for the invoicing system: codes in English, days by ISO 8601, euros with a decimal comma."""
    header = ["row", "type", "identity_code", "family_name", "given_names", "contract", "day", "euros", "law", "source"]
    return header, [
        [
            each.pk,
            "correction" if each.is_correction else "charge",
            each.recipient.identity_code,
            each.recipient.family_name,
            each.recipient.given_names,
            each.contract.number,
            each.on,
            each.amount,
            each.law,
            each.source,
        ]
        for each in rows
    ]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
