"""What making and signing versions share: locks, closing, who is told, what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.contracts import access as contracts
from palkkio.contracts.models import Contract
from palkkio.contracts.pairs import signed_beside
from palkkio.contracts.signing.models import Outcome, Signatory, Version
from palkkio.contracts.signing.queries import turn_of
from palkkio.contracts.signing.rights import needs_guardian
from palkkio.core.capabilities import OF_MINORS
from palkkio.core.clock import day_of
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import Viewer
from palkkio.documents.actions import receive
from palkkio.formats import figures
from palkkio.organisations.access import one
from palkkio.people.mandates.queries import agents_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from palkkio.documents.models import Document

NEWER = _("A newer version was made.")
BESIDE = _("These two have contract %(number)s on the same days: %(days)s. End it first, then sign this one.")


def locked_contract(contract_id: int, by: Viewer) -> Contract:
    found = one(contracts.contracts(by).select_for_update(of=("self",)), contract_id)
    require_not_own(found, by)
    return found


def require_not_own(contract: Contract, by: Viewer) -> None:
    by.require_not_own(contract.carer_id, contract.recipient_id, contract.employer_id)


def next_number(contract: Contract) -> int:
    return int(Version.objects.filter(contract=contract).aggregate(most=Max("number"))["most"] or 0) + 1


def withdraw_waiting(contract: Contract, *, by: Viewer | None, at: datetime) -> None:
    for version in Version.objects.filter(contract=contract, closed_at__isnull=True).select_for_update():
        close_version(version, Outcome.WITHDRAWN, by=by, at=at, reason=NEWER)
        record("withdraw_version", version, contract.carer_id, by=by, at=at)


def ask_next(version: Version, *, by: Viewer | None, at: datetime) -> None:
    """Whose turn it is now is told: by a notice, whose e-mail says nothing of the matter."""
    found = turn_of(version)
    if found is None:
        return
    Signatory.objects.filter(pk=found.pk).update(asked_at=at)
    tell_turn("ask_signature", version, found, by=by, at=at)


def tell_turn(action: str, version: Version, turn: Signatory, *, by: Viewer | None, at: datetime) -> None:
    """An event of which a notice is made to who signs, a minor's guardian included; the desk looks at its own list."""
    person, day = turn.person, day_of(at)
    if person is None:
        return
    told = [person.pk]
    if needs_guardian(person, turn.part, day):
        told += [each.agent_id for each in agents_of(person.pk, day) if each.scope in OF_MINORS]
    for person_id in told:
        record(action, version, person_id, by=by, at=at)


def close_version(version: Version, outcome: Outcome, *, by: Viewer | None, at: datetime, reason: str = "") -> None:
    version.closed_at, version.closed_as, version.reason = at, outcome, reason
    version.closed_by_id = None if by is None else by.person_id
    version.save(update_fields=["closed_at", "closed_as", "closed_by", "reason"])


def require_no_other(contract: Contract) -> None:
    """Before the last signature of a new contract. Raises WrongState beside another of the same two on its days."""
    if contract.signed_on is not None:
        return
    other = signed_beside(ContractKind(contract.kind), contract.carer_id, contract.recipient_id, contract.valid)
    if other is not None:
        raise WrongState(BESIDE, number=other.number, days=figures.days(other.valid))


def sign_contract(contract: Contract, *, on: date) -> None:
    """The contract itself is signed with its first version; a later one changes nothing of that."""
    Contract.objects.filter(pk=contract.pk, signed_on__isnull=True).update(signed_on=on)


def received(
    upload: UploadedFile | None,
    field: str,
    kind: str,
    contract: Contract,
    *,
    by: Viewer,
    at: datetime,
    dated_on: date | None = None,
) -> Document:
    of = contract.carer_id
    try:
        return receive(upload, kind=kind, person_id=of, contract_id=contract.pk, by=by, at=at, dated_on=dated_on)
    except InvalidInput as refusal:
        raise InvalidInput(*(FieldError(field, each.message, each.params) for each in refusal.errors)) from refusal


def record(
    action: str,
    version: Version,
    person_id: int | None,
    *,
    by: Viewer | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="contract_version",
        object_id=version.pk,
        subject_person_id=person_id,
        organisation_id=version.organisation_id,
        reason=version.reason,
        details={"contract": version.contract_id, **(details or {})},
    )
