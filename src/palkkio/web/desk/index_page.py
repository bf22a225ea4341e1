"""The yearly index of agreed amounts: who gains or loses how much, and what was made of it (PAY-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.money import ZERO
from palkkio.web.contract_words import rate_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Fact, Row, Table
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.contracts.indexing import Indexed
    from palkkio.contracts.models import IndexChange
    from palkkio.core.viewer import Viewer

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One index change through its states, with what this reader may do."""

    id: int
    year: int
    by: str
    chip: Chip
    may_make: bool
    may_withdraw: bool
    may_undo: bool
    why_not: str


def change_row(row: IndexChange, viewer: Viewer, names: Mapping[int, str]) -> ChangeRow:
    waits = row.made_at is None
    is_own = row.proposed_by_id == viewer.account_id
    by = [_line(_("Proposed by %(who)s, %(when)s"), names, row.proposed_by_id, row.proposed_at)]
    if row.made_at is not None:
        by.append(_line(_("Approved by %(who)s, %(when)s"), names, row.made_by_id, row.made_at))
    if row.undone_at is not None:
        by.append(_line(_("Undone by %(who)s, %(when)s"), names, row.undone_by_id, row.undone_at))
    return ChangeRow(
        id=row.pk,
        year=row.year,
        by=". ".join(by),
        chip=_chip(row),
        may_make=waits and not is_own,
        may_withdraw=waits,
        may_undo=not waits and row.undone_at is None,
        why_not=_("You proposed this. A colleague approves it.") if waits and is_own else "",
    )


def _line(text: str, names: Mapping[int, str], account_id: int | None, at: object) -> str:
    return text % {"who": names.get(account_id or 0, "–"), "when": moment(at)}  # type: ignore[arg-type]


def _chip(row: IndexChange) -> Chip:
    if row.undone_at is not None:
        return Chip(_("Undone"))
    if row.made_at is None:
        return Chip(_("Waits for a second person"), "warn")
    return Chip(_("Made for %(n)s contracts") % {"n": len({each["contract"] for each in row.made})}, "ok")


def facts_of(found: Sequence[Indexed]) -> list[Fact]:
    gains = [each.change for each in found if each.change > 0]
    losses = [each.change for each in found if each.change < 0]
    return [
        Fact(_("Amounts that rise"), str(len(gains)), f"{wording.signed(_sum(gains), 2)} €" if gains else ""),
        Fact(_("Amounts that fall"), str(len(losses)), f"{wording.signed(_sum(losses), 2)} €" if losses else ""),
        Fact(_("Contracts"), str(len({each.contract.pk for each in found}))),
    ]


def table_of(found: Sequence[Indexed]) -> Table:
    """The largest changes first."""
    columns = [
        Column(_("Contract"), place="title"),
        Column(_("Carer")),
        Column(_("Amount")),
        Column(_("Now €"), is_number=True),
        Column(_("After €"), is_number=True),
        Column(_("Difference €"), is_number=True, place="side"),
    ]
    rows = [
        Row(
            [
                Cell(each.contract.number, reverse("desk:contract", args=[each.contract.pk])),
                Cell(each.contract.carer.name_family_first),
                Cell(rate_name(each.code), note=_lifted(each)),
                Cell(wording.number(each.revision.before, 2)),
                Cell(wording.number(each.revision.after or each.revision.before, 2)),
                Cell(wording.signed(each.change, 2)),
            ]
        )
        for each in sorted(found, key=lambda each: -abs(each.change))[:SHOWN]
    ]
    return Table(_("Amounts that change"), columns, rows)


def _lifted(each: Indexed) -> str:
    return _("lifted to the minimum of the law") if each.revision.lifted else ""


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
