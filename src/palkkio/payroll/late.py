"""Paid months whose facts have changed since (BEY-2): which wait, and from which facts they were paid."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from palkkio.calculation import frozen
from palkkio.calculation.changes import changed_facts
from palkkio.calculation.differences import differences
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.facts import MonthFacts
from palkkio.calculation.pay import HOLDING
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ChangedFact, ChangedKind, Line
from palkkio.entries import queries as entries
from palkkio.organisations.asking import numbers, rows_of
from palkkio.payroll.leave import with_leave
from palkkio.payroll.models import LateMonth, PaidLateMonth, PaidRevision

if TYPE_CHECKING:
    from palkkio.entries.models import SheetRevision


# --- What waits -------------------------------------------------------------------------------------------------------


def open_marks(organisation_id: int) -> QuerySet[LateMonth]:
    """Marks that no run has settled."""
    settled = PaidLateMonth.objects.filter(late_month=OuterRef("pk"), is_cancelled=False)
    return LateMonth.objects.filter(~Exists(settled), organisation_id=organisation_id)


def to_pay_again(
    organisation_id: int, until_by_kind: Mapping[str, date], only_contracts: Collection[int] = ()
) -> QuerySet[LateMonth]:
    """Open marks of kinds of contract up to a day each, whose revision is still the one that stands.

    A month with a newer review is paid by that: the mark then waits in vain and is taken away.
    """
    standing = Q(pk__in=[])
    for until, kinds in kinds_by_day(until_by_kind).items():
        revisions = entries.revisions_to_pay(organisation_id, kinds, until).order_by()
        standing |= Q(contract__kind__in=kinds, revision__in=revisions.values("pk"))
    found = open_marks(organisation_id).filter(standing)
    return found.filter(contract_id__in=only_contracts) if only_contracts else found


def kinds_by_day(until_by_kind: Mapping[str, date]) -> dict[date, list[str]]:
    """Kinds of contract by the day up to which they are paid: mostly one day for all."""
    found: dict[date, list[str]] = defaultdict(list)
    for kind, until in until_by_kind.items():
        found[until].append(kind)
    return found


def settled_revisions(
    organisation_id: int, kinds: Collection[str], until: date, contract_ids: Collection[int] | None = None
) -> QuerySet[SheetRevision]:
    """The latest revisions of reviewed sheets, where a run has settled them."""
    settled = PaidRevision.objects.filter(revision=OuterRef("pk"), is_cancelled=False)
    found = entries.revisions_to_pay(organisation_id, kinds, until).filter(Exists(settled))
    return found if contract_ids is None else found.filter(sheet__contract_id__in=contract_ids)


# --- What they were paid from -----------------------------------------------------------------------------------------

MONTHS_PAID = """
    SELECT proposal.contract_id, month.part::text, proposal.facts ->> 'profile'
      FROM payroll_proposal proposal
      JOIN payroll_run run ON run.id = proposal.run_id
           CROSS JOIN LATERAL jsonb_array_elements(proposal.facts -> 'months') AS month (part)
     WHERE proposal.contract_id = ANY(%(contracts)s::bigint[]) AND NOT proposal.is_left_out
           AND run.state IN ('approved', 'produced')
           AND (month.part #>> '{month,first}')::date = ANY(%(firsts)s) AND run.id IS DISTINCT FROM %(run)s
     ORDER BY run.approved_at, run.id
"""


@dataclass(frozen=True, slots=True)
class Before:
    """The facts that a contract's months were paid from last, and the payer's choices then."""

    months: Mapping[DateRange, MonthFacts]
    profile: str = ""

    def of(self, periods: Collection[DateRange]) -> tuple[MonthFacts, ...]:
        """The facts of some periods, in their order."""
        known = [self.months[period] for period in periods if period in self.months]
        return tuple(sorted(known, key=lambda month: month.month.edges))


NOTHING = Before({})


def months_before(
    contract_ids: Collection[int], periods: Iterable[DateRange], run_id: int | None = None
) -> dict[int, Before]:
    """By contract, from the proposals of runs that stand; also of months that paid nothing. One query.

    run_id  the run that is computed, or compared with the facts after its approval: what it proposes was not before it
    """
    wanted = set(periods)
    if not wanted or not contract_ids:
        return {}
    months: dict[int, dict[DateRange, MonthFacts]] = defaultdict(dict)
    profiles: dict[int, str] = {}
    firsts = [period.edges[0] for period in wanted]
    for contract_id, part, profile in rows_of(MONTHS_PAID, contracts=numbers(contract_ids), firsts=firsts, run=run_id):
        month = frozen.from_json({"type": MonthFacts.__name__, **json.loads(part)})
        if month.month in wanted:
            months[contract_id][month.month] = month  # the latest run has the last word
            profiles[contract_id] = profile if profile and not profile.startswith("{") else ""
    return {contract_id: Before(found, profiles[contract_id]) for contract_id, found in months.items()}


# --- Whether it would be paid otherwise now ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A paid month that would be paid otherwise now."""

    revision_id: int
    contract_id: int
    period: DateRange
    causes: tuple[ChangedFact, ...]
    difference: Decimal


def compared(revisions: Sequence[SheetRevision], paid: Mapping[int, Sequence[Line]], profile: str) -> Iterator[Found]:
    """Those of settled revisions whose month, computed whole from the facts as they stand, is not what was paid.

    paid     lines paid, or claimed back, by contract
    profile  the payer's choices now
    A month that can no longer be computed is among them if its facts have changed: the run then says what is missing.
    """
    contract_of = {each.pk: each.sheet.contract_id for each in revisions}
    now = with_leave(entries.facts_of_revisions(revisions), contract_of, profile)
    before = months_before({each.sheet.contract_id for each in revisions}, [month.month for month in now.values()])
    for revision in revisions:
        month, contract_id = now[revision.pk], revision.sheet.contract_id
        was = before.get(contract_id, NOTHING)
        lines, problems = earning_lines(month, profile)
        causes = changed_facts(was.months[month.month], month) if month.month in was.months else ()
        if any(problem.code in HOLDING for problem in problems):
            if causes:
                yield Found(revision.pk, contract_id, month.month, causes, ZERO)
            continue
        of_month = [line for line in paid.get(contract_id, ()) if line.period == month.month]
        changed = differences(lines, of_month) if of_month else lines
        if changed:
            kind = ChangedKind.CHOICE if was.profile not in {"", profile} else ChangedKind.FIGURE
            yield Found(
                revision.pk,
                contract_id,
                month.month,
                causes or tuple(ChangedFact(kind, what=code) for code in dict.fromkeys(each.code for each in changed)),
                sum((line.amount for line in changed), ZERO),
            )
