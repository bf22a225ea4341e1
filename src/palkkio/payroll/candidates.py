"""Who has something to settle: reviewed sheets, months to pay again and one-off lines that no run has settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.core.days import DateRange
from palkkio.entries import queries as entries
from palkkio.payroll.late import kinds_by_day, open_marks, to_pay_again
from palkkio.payroll.models import LateMonth, OneOffLine, PaidOneOff, PaidRevision, Run

if TYPE_CHECKING:
    from palkkio.entries.models import SheetRevision


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run takes: the organisation's reviewed, unpaid sheets of some kinds of contract, up to a day for each.

    only_contracts  an extra run for chosen contracts; empty: all
    run_id          None while a run is being thought of
    """

    organisation_id: int
    payday: date
    until_by_kind: Mapping[str, date]
    only_contracts: frozenset[int] = frozenset()
    run_id: int | None = None

    @classmethod
    def of(cls, run: Run) -> Scope:
        until = {kind: date.fromisoformat(day) for kind, day in run.until_by_kind.items()}
        return cls(run.organisation_id, run.payday, until, frozenset(run.only_contracts), run.pk)

    def care_month(self, kind: str) -> DateRange:
        """The latest month that is paid to a kind of contract; lines of earlier months are late or corrections."""
        return _month_of(self.until_by_kind[kind])

    def care_months(self) -> dict[DateRange, list[str]]:
        """Kinds of contract by their care month."""
        kinds: dict[DateRange, list[str]] = defaultdict(list)
        for kind in self.until_by_kind:
            kinds[self.care_month(kind)].append(kind)
        return kinds


@lru_cache(maxsize=64)
def _month_of(day: date) -> DateRange:
    return DateRange.month_of(day)


@dataclass(slots=True)
class Candidate:
    """One contract with something to settle."""

    contract_id: int
    contract_number: str
    person_id: int
    recipient_id: int | None
    sort_key: str
    revision_ids: list[int] = field(default_factory=list)
    one_off_ids: list[int] = field(default_factory=list)
    late_ids: list[int] = field(default_factory=list)  # paid months whose facts have changed

    @property
    def waits(self) -> bool:
        """True if there is anything to settle."""
        return bool(self.revision_ids or self.one_off_ids or self.late_ids)

    @property
    def order(self) -> tuple[str, int, str]:
        """Payees by name; the contracts of one payee by number (PAY-12)."""
        return self.sort_key, self.person_id, self.contract_number


class Place(NamedTuple):
    """Where a contract stands in the order of payment; places compare as their contracts do."""

    sort_key: str
    person_id: int
    contract_number: str
    contract_id: int


def places(scope: Scope, person_ids: Collection[int] | None = None) -> list[Place]:
    """Contracts with something to settle, in the order of payment: what cutting a large run needs of them.

    That is a reviewed sheet, a month to pay again, or an approved one-off line that no run has settled.
    person_ids  of these payees alone; None: of all
    """
    found: set[Place] = set()
    for path, rows in unsettled(scope):
        chosen = rows if person_ids is None else rows.filter(**{f"{path}carer_id__in": list(person_ids)})
        columns = (f"{path}{name}" for name in ("carer__sort_key", "carer_id", "number", "id"))
        found.update(Place(*row) for row in chosen.order_by().values_list(*columns))
    return sorted(found)


def unsettled(scope: Scope) -> tuple[tuple[str, QuerySet[Any]], ...]:
    """What waits to be settled, with the path from its rows to their contract: revisions, late months, one-offs.

    Late months are not among them where the organisation has no mark: a short query spares a long one.
    """
    found: list[tuple[str, QuerySet[Any]]] = [
        ("sheet__contract__", revisions_to_settle(scope)),
        ("contract__", one_offs_to_settle(scope)),
    ]
    if (late := late_months(scope)) is not None:
        found.append(("contract__", late))
    return tuple(found)


def late_months(scope: Scope) -> QuerySet[LateMonth] | None:
    """Paid months whose facts have changed since, which no run has settled; None: the organisation has none."""
    if not open_marks(scope.organisation_id).exists():
        return None
    return to_pay_again(scope.organisation_id, scope.until_by_kind, scope.only_contracts)


def revisions_to_settle(scope: Scope) -> QuerySet[SheetRevision]:
    """Latest revisions of sheets that stand as reviewed, which no run has settled."""
    settled = PaidRevision.objects.filter(revision=OuterRef("pk"), is_cancelled=False)
    parts = [
        entries.revisions_to_pay(scope.organisation_id, kinds, until)
        for until, kinds in kinds_by_day(scope.until_by_kind).items()
    ]
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    found = found.filter(~Exists(settled))
    return found.filter(sheet__contract_id__in=scope.only_contracts) if scope.only_contracts else found


def one_offs_to_settle(scope: Scope) -> QuerySet[OneOffLine]:
    settled = PaidOneOff.objects.filter(one_off=OuterRef("pk"), is_cancelled=False)
    found = OneOffLine.objects.filter(
        ~Exists(settled),
        organisation_id=scope.organisation_id,
        contract__kind__in=scope.until_by_kind,
        approved_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    return found.filter(contract_id__in=scope.only_contracts) if scope.only_contracts else found
