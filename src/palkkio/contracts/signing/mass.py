"""Changes of many contracts at once, seen by each carer as a new version: the yearly index, other paydays (PAY-13)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.contracts.indexing import contracts_of
from palkkio.contracts.models import Contract, IndexChange
from palkkio.contracts.signing.making import tell_version
from palkkio.contracts.signing.models import Matter, Outcome, Version
from palkkio.contracts.signing.parts import close_version, record
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput

log = logging.getLogger(__name__)
TAKEN_BACK = _("The index was taken back.")


def tell_index(change_id: int, *, person_id: int, at: datetime) -> int:
    """A new version of each contract whose terms an index change has made. May run twice; returns how many are new.

    person_id  who made the change
    """
    row = IndexChange.objects.get(pk=change_id)
    if row.made_at is None or row.undone_at is not None:
        return 0
    first = date(row.year, 1, 1)
    return _one_by_one(contracts_of(row), "index", lambda pk: _tell_one(pk, Matter.INDEX, first, person_id, at))


def take_back_index(change_id: int, *, at: datetime) -> int:
    """Versions of an index that was undone do not hold any more, and what waited before them waits again.

    May run twice, also when the year has another index by then; returns how many were taken back. What cannot be made
    again to wait, as its terms or a rate are gone, does not: the index's version is taken back all the same, and the
    refusal is raised when all are. Nothing is left to do then but to make such a version by hand.
    """
    row = IndexChange.objects.get(pk=change_id)
    versions = Version.objects.filter(matter=Matter.INDEX, first=date(row.year, 1, 1))
    of_year = IndexChange.objects.filter(organisation_id=row.organisation_id, year=row.year)
    if (newer := of_year.filter(made_at__gt=row.made_at).order_by("made_at").first()) is not None:
        versions = versions.filter(made_at__lt=newer.made_at)
    return _one_by_one(contracts_of(row), "index taken back", lambda pk: _take_back_one(pk, versions, at))


def _take_back_one(contract_id: int, versions: QuerySet[Version], at: datetime) -> int:
    try:
        return _take_back(contract_id, versions, at, waits_again=True)
    except InvalidInput:
        _take_back(contract_id, versions, at, waits_again=False)
        raise


@transaction.atomic
def _take_back(contract_id: int, of_index: QuerySet[Version], at: datetime, *, waits_again: bool) -> int:
    contract = _locked(contract_id)
    versions = of_index.filter(contract=contract)
    found = list(versions.exclude(closed_as=Outcome.WITHDRAWN).select_for_update())
    for version in found:
        before = _gave_way_to(version) if waits_again else None
        if before is not None:  # the index's version waits, too, and gives way to what it had taken the place of
            matter = Matter(before.matter)
            tell_version(contract, person_id=before.made_by_id, at=at, matter=matter, first=before.first)
            continue
        close_version(version, Outcome.WITHDRAWN, by=None, at=at, reason=TAKEN_BACK)
        record("tell_version", version, contract.carer_id, by=None, at=at)
    return len(found)


def _gave_way_to(version: Version) -> Version | None:
    """The version whose signatures one that still waits asks for, beside what it changed itself; None: no such."""
    if version.closed_at is not None:
        return None
    rows = Version.objects.filter(contract=version.contract_id, closed_as=Outcome.WITHDRAWN, closed_at=version.made_at)
    return rows.order_by("-pk").first()


def going_on(organisation_id: int, kind: str, first: date) -> QuerySet[Contract]:
    """Signed contracts of a kind that are in force on `first` or later: those whose paydays a change touches."""
    return Contract.objects.filter(
        organisation_id=organisation_id,
        kind=kind,
        signed_on__isnull=False,
        valid__overlap=DateRange(first, None),
    )


def tell_paydays(
    organisation_id: int, kind: str, first: date, *, person_id: int, at: datetime, since: datetime | None = None
) -> int:
    """A new version of each contract of a kind that goes on when its paydays change. May run twice.

    since  when they were changed: a version made before says other paydays, where the same month was changed again
    """
    ids = going_on(organisation_id, kind, first).order_by("pk").values_list("pk", flat=True)
    return _one_by_one(ids, "paydays", lambda pk: _tell_one(pk, Matter.PAYDAY, first, person_id, at, since))


@transaction.atomic
def _tell_one(
    contract_id: int, matter: Matter, first: date, person_id: int, at: datetime, since: datetime | None = None
) -> bool:
    contract = _locked(contract_id)
    begins = max(first, contract.valid.first or first)
    has_one = Version.objects.filter(contract=contract, matter=matter, first=begins)
    if since is not None:
        has_one = has_one.filter(made_at__gte=since)
    if has_one.exclude(closed_as=Outcome.WITHDRAWN).exists():
        return False
    tell_version(contract, person_id=person_id, at=at, matter=matter, first=begins)
    return True


def _one_by_one(contract_ids: Iterable[int], what: str, act: Callable[[int], int]) -> int:
    """`act` on each contract in a transaction of its own: thousands of documents are set, and a killed job goes on.

    One that cannot be set, as a rate is missing, stops no other: its refusal is raised when the others are done, so
    that the job is seen as failed, and run again when the rate is there.

    what  for the log
    Returns how many versions `act` made or closed.
    """
    count = 0
    refused: InvalidInput | None = None
    for contract_id in list(contract_ids):
        try:
            count += act(contract_id)
        except InvalidInput as refusal:
            refused = refusal
            log.warning("Contract %s has no new version, %s: %s", contract_id, what, refusal)
    if refused is not None:
        raise refused
    return count


def _locked(contract_id: int) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).select_related("carer").get(pk=contract_id)
