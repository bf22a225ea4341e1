"""Reads versions of contracts: whose turn it is, the signer's lists, what waits on the desk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from palkkio.contracts.signing import access
from palkkio.contracts.signing.models import Choices, Matter, Outcome, Part, Signatory, Template, Version
from palkkio.contracts.signing.rights import is_own_turn
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import Viewer
from palkkio.documents.queries import content

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

IN_FORCE = (Outcome.SIGNED.value, Outcome.TOLD.value)


@dataclass(frozen=True, slots=True)
class VersionLists:
    """A signer's versions (CON-1): those that wait, in force, and finished: replaced, declined, expired or over."""

    waiting: tuple[Version, ...]
    in_force: tuple[Version, ...]
    finished: tuple[Version, ...]


def choices_of(organisation_id: int) -> Choices:
    """How an organisation has contracts signed; not saved where it has chosen nothing."""
    return Choices.objects.filter(organisation_id=organisation_id).first() or Choices(organisation_id=organisation_id)


def is_signed(choices: Choices, matter: str) -> bool:
    """Whether versions of this matter are signed; the others are told."""
    if matter == Matter.AMENDMENT:
        return choices.amendments_are_signed
    if matter == Matter.INDEX:
        return choices.index_is_signed
    return matter == Matter.CONTRACT


def template_of(organisation_id: int, kind: str) -> Template:
    """The organisation's own clauses for a kind; not saved where there are none."""
    found = Template.objects.filter(organisation_id=organisation_id, kind=kind).first()
    return found or Template(organisation_id=organisation_id, kind=ContractKind(kind).value)


def signatories(version: Version) -> list[Signatory]:
    """In their turns; without a query where `access` fetched the version."""
    return sorted(version.signatories.all(), key=lambda each: each.turn)


def turn_of(version: Version) -> Signatory | None:
    """Whose signature comes next; None once the version is closed."""
    if version.closed_at is not None:
        return None
    return next((each for each in signatories(version) if each.signed_at is None), None)


def own_turn(viewer: Viewer, version: Version, today: date) -> Signatory | None:
    """The signature that waits for this viewer, or None."""
    found = turn_of(version)
    return found if found is not None and is_own_turn(viewer, version.contract, found, today) else None


def waiting_for(viewer: Viewer, today: date) -> list[Version]:
    """Versions whose next signature is the viewer's, the oldest first."""
    rows = access.versions(viewer).filter(closed_at__isnull=True).order_by("made_at", "pk")
    if viewer.is_staff:
        mine = Signatory.objects.filter(version=OuterRef("pk"), part=Part.OFFICE_HOLDER, signed_at__isnull=True)
        rows = rows.filter(Exists(mine))
    return [each for each in rows if own_turn(viewer, each, today) is not None]


def lists(viewer: Viewer, today: date) -> VersionLists:
    """The viewer's versions, the newest first."""
    waiting: list[Version] = []
    in_force: list[Version] = []
    finished: list[Version] = []
    newest: set[int] = set()
    for version in access.versions(viewer).order_by("-made_at", "-pk"):
        if version.closed_at is None:
            waiting.append(version)
            continue
        last = version.contract.valid.last
        is_over = last is not None and last < today
        if version.closed_as in IN_FORCE and not is_over and version.contract_id not in newest:
            in_force.append(version)
            newest.add(version.contract_id)
        else:
            finished.append(version)
    return VersionLists(tuple(waiting), tuple(in_force), tuple(finished))


def of_contract(viewer: Viewer, contract: Contract) -> list[Version]:
    """All versions of a contract, the newest first."""
    return list(access.versions(viewer).filter(contract=contract).order_by("-number"))


def waiting_on_desk(viewer: Viewer) -> QuerySet[Version]:
    """All that is not signed yet, for staff: what expires first comes first."""
    return access.versions(viewer).filter(closed_at__isnull=True).order_by("expires_on", "pk")


def not_signed(viewer: Viewer) -> QuerySet[Version]:
    """Declined and expired versions that no newer one has followed: staff see what to do. The latest first."""
    newer = Version.objects.filter(contract=OuterRef("contract"), number__gt=OuterRef("number"))
    rows = access.versions(viewer).filter(~Exists(newer), closed_as__in=(Outcome.DECLINED, Outcome.EXPIRED))
    return rows.order_by("-closed_at", "-pk")


def sealed_sha256(version: Version) -> str:
    """SHA-256 of the part of the sealed file that stands before its first seal; empty while nothing is sealed.

    It is that of the document that was shown: computed from the sealed file, so that a page can show both.
    """
    if version.sealed is None or version.document is None:
        return ""
    return hashlib.sha256(content(version.sealed)[: version.document.size]).hexdigest()


def to_sign(viewer: Viewer) -> int:
    """How many versions wait for this office holder now: all before them have signed, and it is no matter of theirs."""
    rows = Signatory.objects.filter(version=OuterRef("pk"), signed_at__isnull=True)
    before, mine = rows.exclude(part=Part.OFFICE_HOLDER), rows.filter(part=Part.OFFICE_HOLDER)
    own = viewer.for_person_ids
    found = access.versions(viewer).filter(~Exists(before), Exists(mine), closed_at__isnull=True)
    return found.exclude(Q(contract__carer__in=own) | Q(contract__recipient__in=own)).count()
