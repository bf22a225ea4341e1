"""What was paid before: lines of a month, sums of a year, the scheduled run before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from palkkio.calculation import frozen
from palkkio.calculation.facts import TaxCard as CardFacts
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import Line
from palkkio.payroll.candidates import Scope
from palkkio.payroll.explaining import explained
from palkkio.payroll.models import PaidRevision, Payslip, PayslipLine, Receivable, Run, TaxCard

if TYPE_CHECKING:
    from palkkio.payroll.rows import CardRow

# Taxable pay of a year by person and kind of card: (payday, EUR).
PaidInYear = Mapping[tuple[int, str], Sequence[tuple[date, Decimal]]]


# --- Against a tax card -----------------------------------------------------------------------------------------------


def paid_in_year(person_ids: Collection[int], payday: date) -> PaidInYear:
    """Taxable pay of the year of `payday`: all that is made, also for a later day, so that no ceiling is used twice."""
    rows = (
        Payslip.objects.filter(
            person_id__in=person_ids,
            is_cancelled=False,
            payday__year=payday.year,
        )
        .values_list("person_id", "card_kind", "payday")
        .annotate(sum=Sum("taxable"))
    )
    found: dict[tuple[int, str], list[tuple[date, Decimal]]] = defaultdict(list)
    for person_id, kind, day, taxable in rows:
        found[person_id, kind].append((day, taxable))
    return found


def accumulated(card: TaxCard | CardRow, payday: date, paid: PaidInYear) -> Decimal:
    """EUR paid against the ceiling of a card before a payment on `payday`.

    The year's taxable pay from the card's first day on, and what came before it in this house.
    """
    begins = max(card.accumulates_from, date(payday.year, 1, 1))
    earlier = card.accumulated_before if card.accumulates_from.year == payday.year else ZERO
    sums = paid.get((card.person_id, card.kind), ())
    return earlier + sum((taxable for day, taxable in sums if day >= begins), ZERO)


def card_facts(card: TaxCard | CardRow, paid: Decimal) -> CardFacts:
    """A card as the calculation takes it; `paid` EUR were paid against it before."""
    return CardFacts(
        base=card.base_percent,
        ceiling=card.ceiling,
        additional=card.additional_percent,
        valid_from=card.valid.start or card.accumulates_from,
        accumulated=paid,
    )


# --- For the same months ----------------------------------------------------------------------------------------------


def lines_paid_before(
    contract_ids: Collection[int], periods: Iterable[DateRange], *, with_working: bool = True
) -> dict[int, list[Line]]:
    """Lines that were paid, or claimed back by a receivable, for these contracts and periods.

    with_working  as it was worked out, where that can be told; it takes computing each payslip again
    """
    found: dict[int, list[Line]] = defaultdict(list)
    wanted = set(periods)
    if not wanted:
        return found
    slips = Payslip.objects.filter(contract_id__in=contract_ids, is_cancelled=False, lines__period__in=wanted)
    rows = Payslip.objects.filter(pk__in=slips.values("pk")).order_by("pk")
    if with_working:
        columns = ("contract_id", "proposal_id", "organisation_id", "proposal__facts", "proposal__result")
        paid = [(contract_id, explained(*frozen_pay).result) for contract_id, *frozen_pay in rows.values_list(*columns)]
    else:
        results = rows.values_list("contract_id", "proposal__result")
        paid = [(contract_id, frozen.from_json(result)) for contract_id, result in results]
    for contract_id, result in paid:
        found[contract_id] += [line for line in result.lines if line.period in wanted]
    claims = Receivable.objects.filter(contract_id__in=contract_ids, is_cancelled=False)
    for contract_id, lines in claims.order_by("pk").values_list("contract_id", "lines"):
        found[contract_id] += [line for line in map(frozen.from_json, lines) if line.period in wanted]
    return found


def settled_by_others(run: Run, month: DateRange) -> QuerySet[PaidRevision]:
    """What other runs of the organisation have settled of a month, also such as pays nothing."""
    rows = PaidRevision.objects.filter(organisation_id=run.organisation_id, is_cancelled=False, revision__period=month)
    return rows.exclude(run=run)


# --- In the scheduled run before --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """What the scheduled run before paid to one contract."""

    gross: Decimal
    care_month: DateRange
    lines: tuple[tuple[str, DateRange, Decimal, Decimal], ...]  # code, period, quantity, amount


def previous_run(organisation_id: int, payday: date, kinds: Iterable[str]) -> Run | None:
    """The scheduled run before that paid one of these kinds of contract: what a run is compared with."""
    of_kinds = Q()
    for kind in kinds:
        of_kinds |= Q(contract_kinds__contains=[kind])
    made = Run.objects.filter(
        of_kinds,
        organisation_id=organisation_id,
        is_extra=False,
        payday__lt=payday,
        state__in=(Run.State.APPROVED, Run.State.PRODUCED),
    )
    return made.order_by("payday").last()


def paid_in(previous: Run | None, contract_ids: Collection[int]) -> dict[int, Before]:
    """What a run paid, by contract."""
    if previous is None:
        return {}
    scope = Scope.of(previous)
    found = {
        contract_id: Before(gross, scope.care_month(kind), ())
        for contract_id, gross, kind in Payslip.objects.filter(run=previous, contract_id__in=contract_ids).values_list(
            "contract_id", "gross", "contract__kind"
        )
    }
    lines: dict[int, list[tuple[str, DateRange, Decimal, Decimal]]] = defaultdict(list)
    rows = PayslipLine.objects.filter(payslip__run=previous, payslip__contract_id__in=contract_ids)
    for contract_id, *line in rows.values_list("payslip__contract_id", "code", "period", "quantity", "amount"):
        lines[contract_id].append(tuple(line))
    return {contract_id: replace(each, lines=tuple(lines[contract_id])) for contract_id, each in found.items()}
