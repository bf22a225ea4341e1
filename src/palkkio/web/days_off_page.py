"""Days off of an informal or family carer in the calendar year: earned, taken, recorded ahead and left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palkkio.calculation.client_charges import HOURS_OF_A_DAY
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.entries import access as entries
from palkkio.entries.queries.days_off import days_off_of_year, earned_until
from palkkio.web.change_words import STOOD_IN, days
from palkkio.web.terms_words import plain
from palkkio.web.ui import wording
from palkkio.web.ui.values import Fact

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


@dataclass(frozen=True, slots=True)
class DaysOffRow:
    """Days off that are recorded; `note` says who cares meanwhile, and for how many hours a day."""

    days: str
    note: str


@dataclass(frozen=True, slots=True)
class DaysOffPage:
    """`use_by`: when those left lapse; empty where nothing is left, or nothing says that they do."""

    year: int
    facts: Sequence[Fact]
    rows: Sequence[DaysOffRow]
    use_by: str


def days_off_page(viewer: Viewer, contract: Contract, today: date) -> DaysOffPage | None:
    """The carer's days off of this year (OHT-6, BEY-12); None for contracts that give none.

    Days off are kept in the calendar year that earns them, those of December by its end.
    Law: 937/2005 4 §, 263/2015 13 §.
    """
    found = days_off_of_year([contract], today.year).get(contract.pk)
    if found is None:
        return None
    year = DateRange.of_days(date(today.year, 1, 1), date(today.year, 12, 31))
    events = entries.events(viewer).filter(
        contract=contract, kind="days_off", withdrawn_at__isnull=True, valid__overlap=year
    )
    rows, ahead = [], Decimal(0)
    for event in events.order_by("valid", "pk"):
        inside = event.valid.overlap(year)
        hours = event.hours or HOURS_OF_A_DAY
        ahead += sum(day > today for day in inside) * hours / HOURS_OF_A_DAY
        a_day = _("%(hours)s h a day") % {"hours": plain(hours)} if hours != HOURS_OF_A_DAY else ""
        notes = [str(STOOD_IN[event.stood_in]) if event.stood_in else "", a_day]
        first, last = inside.edges[0], inside.last
        rows.append(DaysOffRow(days(first, last, is_open=False), " · ".join(each for each in notes if each)))
    facts = [Fact(_("Taken"), _counted(found.taken - ahead)), Fact(_("Recorded ahead"), _counted(ahead))]
    use_by = ""
    if found.earned is None:
        facts.insert(0, Fact(_("By the Act"), _("Not confirmed")))
    else:
        so_far = _("%(days)s of them by today") % {"days": _counted(Decimal(earned_until(contract, today) or 0))}
        left = max(found.earned - found.taken, Decimal(0))
        facts.insert(0, Fact(_("By the Act"), _counted(Decimal(found.earned)), so_far))
        if contract.state_on(today) != "finished":
            facts.append(Fact(_("Left this year"), _counted(left)))
            use_by = wording.day(date(today.year, 12, 31)) if left and _lapse(contract) else ""
    return DaysOffPage(today.year, facts, rows, use_by)


def _lapse(contract: Contract) -> bool:
    """True where days off that are left lapse with the year; of family care the Act does not say it."""
    return contract.kind == ContractKind.INFORMAL_CARE


def _counted(count: Decimal) -> str:
    """ "4,5 days"."""
    return ngettext("%(n)s day", "%(n)s days", 1 if count == 1 else 2) % {"n": plain(count)}
