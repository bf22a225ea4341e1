"""What the organisation decides by day, as timelines: who proposed, who approved, what holds, what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.accounts.queries import names_of
from palkkio.core.viewer import Viewer
from palkkio.web.desk.pay_items_page import days_words
from palkkio.web.ui.values import Chip
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.rates.models import OfficialFigure, PolicyChoice, Rate

    Decided = Rate | PolicyChoice | OfficialFigure


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One value of a timeline with what this reader may do to it, and why not; an address is "" where it may not."""

    amount: str
    days: str
    source: str
    by: str
    chip: Chip
    approve_url: str
    withdraw_url: str
    effect_url: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """One amount through time, the latest first.

    note    what holds where nothing is decided, on the ground `ground` (of the rules, in English)
    url     to decide something else
    """

    name: str
    rows: Sequence[DecidedRow]
    note: str = ""
    url: str = ""
    ground: str = ""


def names_in(rows: Iterable[Decided], viewer: Viewer) -> dict[int, str]:
    """Names of who proposed and approved, by account."""
    listed = list(rows)
    accounts = {each.proposed_by_id for each in listed}
    accounts |= {each.approved_by_id for each in listed if each.approved_by_id}
    return names_of(accounts, viewer.organisation_id)


def decided_row(
    row: Decided, amount: str, what: str, viewer: Viewer, names: Mapping[int, str], today: date
) -> DecidedRow:
    """`what`: rate, choice or figure, as its addresses are named."""
    waits = row.approved_at is None
    is_own = row.proposed_by_id == viewer.account_id
    by = _("Proposed by %(who)s, %(when)s") % {
        "who": names.get(row.proposed_by_id, "–"),
        "when": moment(row.proposed_at),
    }
    if row.approved_at is not None:
        by += ". " + _("Approved by %(who)s, %(when)s") % {
            "who": names.get(row.approved_by_id or 0, "–"),
            "when": moment(row.approved_at),
        }
    return DecidedRow(
        amount=amount,
        days=days_words(row.valid),
        source=row.source,
        by=by,
        chip=_chip(row, today),
        approve_url=reverse(f"desk:approve-{what}", args=[row.pk]) if waits and not is_own else "",
        withdraw_url=reverse(f"desk:withdraw-{what}", args=[row.pk]) if waits else "",
        effect_url=reverse(f"desk:{what}-effect", args=[row.pk]) if waits else "",
        why_not=_("You proposed this. A colleague approves it.") if waits and is_own else "",
    )


def _chip(row: Decided, today: date) -> Chip:
    if row.approved_at is None:
        return Chip(_("Waits for a second person"), "warn")
    if row.is_replaced:
        return Chip(_("Replaced"))
    if today in row.valid:
        return Chip(_("In force"), "ok")
    return Chip(_("Begins later"), "you") if row.valid.first and row.valid.first > today else Chip(_("Ended"))
