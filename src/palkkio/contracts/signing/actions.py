"""Signs versions of contracts: opened, signed in turn and sealed, declined, withdrawn, or recorded from paper.

What was shown is what is sealed: a signature carries the SHA-256 of the document that was shown, and the sealed file
begins with its very bytes.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.adapters.signing.sealing import Seal, SealError, seal
from palkkio.contracts.rights import CONTRACTS
from palkkio.contracts.signing import access
from palkkio.contracts.signing.keys import key_of
from palkkio.contracts.signing.making import PDF, make_version, tell_version
from palkkio.contracts.signing.models import Matter, Outcome, Signatory, Version
from palkkio.contracts.signing.parts import (
    ask_next,
    close_version,
    locked_contract,
    next_number,
    received,
    record,
    require_no_other,
    require_not_own,
    sign_contract,
)
from palkkio.contracts.signing.queries import signatories, turn_of
from palkkio.contracts.signing.rights import is_own_turn
from palkkio.core.capabilities import Capability
from palkkio.core.clock import HELSINKI, day_of
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.documents.actions import issue
from palkkio.documents.queries import content
from palkkio.formats import figures
from palkkio.formats.wording import words
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.organisations.inputs import Inputs
from palkkio.people.queries import names_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

__all__ = [
    "decline_version",
    "make_version",
    "open_version",
    "record_paper",
    "sign_version",
    "tell_version",
    "withdraw_version",
]

log = logging.getLogger(__name__)
NOT_OPENED = "Open the document and read it first. Then you can sign it."
NOT_YOUR_TURN = "This document does not wait for your signature."
CLOSED = "This document does not wait for signatures any more."
CHANGED = "The document is not the one that you opened. Open it again."
NOT_SEALED = "The document could not be sealed just now, and nothing was signed. Try again in a while."
TWICE = "One person cannot sign for both sides. Somebody else signs for the other party."


@transaction.atomic
def open_version(version_id: int, *, by: Viewer, at: datetime) -> bytes:
    """The document as it is shown now, sealed by those who have signed. Who is to sign has opened it from now on."""
    version = access.version(by, version_id)
    shown = version.sealed or version.document
    if shown is None:
        raise NotAllowed(NOT_FOUND)
    found = turn_of(version)
    today = day_of(at)
    if found is not None and found.opened_at is None and is_own_turn(by, version.contract, found, today):
        Signatory.objects.filter(pk=found.pk).update(opened_at=at, opened_by_id=by.person_id)
        record("open_version", version, version.contract.carer_id, by=by, at=at)
    return content(shown)


@transaction.atomic
def sign_version(version_id: int, *, by: Viewer, at: datetime, sha256: str) -> Version:
    """The viewer signs, soon after strong authentication, which the page sees to; the organisation's seal says so.

    sha256  of the document that was shown to the signer: another one is not signed
    With the last signature the contract is signed, unless another of the same two holds on its days. Raises WrongState,
    NotAllowed.
    """
    version, mine = _own_turn(version_id, by=by, at=at)
    if mine.opened_at is None or mine.opened_by_id != by.person_id:
        raise WrongState(NOT_OPENED)
    document = version.document
    if document is None or sha256 != document.sha256:
        raise WrongState(CHANGED)
    sides = [each for each in signatories(version) if each.pk != mine.pk]
    if any(by.person_id in (each.signed_by_id, each.person_id) for each in sides):
        raise NotAllowed(TWICE)
    if all(each.signed_at is not None for each in sides):
        require_no_other(version.contract)
    shown = content(version.sealed or document)
    try:
        sealed = seal(shown, _seal_of(version, mine, by=by, at=at), key_of(version.contract.organisation))
    except SealError as error:
        log.error("Version %s could not be sealed: %s", version.pk, error)
        raise WrongState(NOT_SEALED) from error
    if hashlib.sha256(sealed[: document.size]).hexdigest() != sha256:
        raise WrongState(CHANGED)
    kept = issue(
        sealed,
        organisation_id=version.organisation_id,
        kind="contract",
        file_name=document.file_name,
        content_type=PDF,
        person_id=version.contract.carer_id,
        contract_id=version.contract_id,
        replaces=version.sealed or document,
        at=at,
    )
    mine.signed_at, mine.signed_by_id, mine.sealed = at, by.person_id, kept
    if mine.person_id is None:
        mine.person_id = by.person_id
    mine.save()
    version.sealed = kept
    version.save(update_fields=["sealed"])
    record("sign_version", version, mine.person_id, by=by, at=at, details={"sha256": sha256, "part": mine.part})
    if turn_of(version) is None:
        close_version(version, Outcome.SIGNED, by=by, at=at)
        sign_contract(version.contract, on=day_of(at))
        record("complete_version", version, version.contract.carer_id, by=by, at=at)
    else:
        ask_next(version, by=by, at=at)
    return version


@transaction.atomic
def decline_version(version_id: int, *, by: Viewer, at: datetime, reason: str) -> Version:
    """Who is to sign does not, and says why; staff read it. Raises InvalidInput on `reason`, WrongState, NotAllowed."""
    version, _mine = _own_turn(version_id, by=by, at=at)
    text = _reason(reason, _("Tell why you do not sign: the county reads it"))
    close_version(version, Outcome.DECLINED, by=by, at=at, reason=text)
    record("decline_version", version, version.contract.carer_id, by=by, at=at)
    return version


@transaction.atomic
def withdraw_version(version_id: int, *, by: Viewer, at: datetime, reason: str) -> Version:
    """Staff take back a version that waits. Raises InvalidInput on `reason`, WrongState, NotAllowed."""
    version = _locked_version(version_id, by)
    by.require(*CONTRACTS)
    require_not_own(version.contract, by)
    text = _reason(reason, _("Enter why the document is withdrawn: who was to sign reads it"))
    close_version(version, Outcome.WITHDRAWN, by=by, at=at, reason=text)
    record("withdraw_version", version, version.contract.carer_id, by=by, at=at)
    return version


@transaction.atomic
def record_paper(
    contract_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any], upload: UploadedFile | None
) -> Version:
    """A contract that all have signed on paper: its scan, the day of signature, and who recorded it.

    values  signed_on
    A version that waits is closed by it. Raises InvalidInput, NotAllowed, and WrongState beside another contract of the
    same two on its days.
    """
    by.require(*CONTRACTS)
    contract = locked_contract(contract_id, by)
    inputs = Inputs(values, ("signed_on",))
    day = inputs.day("signed_on", "Enter the day of signature")
    today = day_of(at)
    if day is not None and day > today:
        inputs.error("signed_on", "Enter a day of signature that is not in the future")
    inputs.check()
    require_no_other(contract)
    scan = received(upload, "file", "contract", contract, by=by, at=at)
    version = Version.objects.select_for_update().filter(contract=contract, closed_at__isnull=True).first()
    if version is None:
        version = Version(
            organisation_id=contract.organisation_id,
            contract=contract,
            number=next_number(contract),
            matter=Matter.CONTRACT if contract.signed_on is None else Matter.AMENDMENT,
            first=contract.valid.first or day or today,
            language=contract.carer.language,
            made_at=at,
            made_by_id=by.person_id,
        )
    version.scan = scan
    version.closed_at, version.closed_as, version.closed_by_id = at, Outcome.SIGNED, by.person_id
    version.save()
    sign_contract(contract, on=day or today)
    record("record_paper_contract", version, contract.carer_id, by=by, at=at, details={"signed_on": str(day)})
    return version


def _own_turn(version_id: int, *, by: Viewer, at: datetime) -> tuple[Version, Signatory]:
    """Locked. Raises WrongState once it is closed, NotAllowed when it is another's turn."""
    version = _locked_version(version_id, by)
    found = turn_of(version)
    today = day_of(at)
    if found is None or not is_own_turn(by, version.contract, found, today):
        if found is not None and by.acting_for is not None:
            by.require_may(Capability.SIGN)
        raise NotAllowed(NOT_YOUR_TURN)
    if version.expires_on is not None and version.expires_on < today:
        raise WrongState(CLOSED)
    return version, found


def _locked_version(version_id: int, by: Viewer) -> Version:
    found = one(access.versions(by).select_for_update(of=("self",)), version_id)
    if found.closed_at is not None:
        raise WrongState(CLOSED)
    return found


def _seal_of(version: Version, mine: Signatory, *, by: Viewer, at: datetime) -> Seal:
    w = words(version.language)
    ids = {by.person_id, *([mine.person_id] if mine.person_id else [])}
    names = names_of(ids)
    local = at.astimezone(HELSINKI)
    said = {
        "name": names[by.person_id],
        "moment": f"{figures.day(local)} {local.hour}.{local.minute:02d}",
        "part": w(f"contract.party.{mine.part}").lower(),
    }
    if mine.person_id is not None and mine.person_id != by.person_id:
        reason = w("contract.sealed_for", **said, principal=names[mine.person_id])
    else:
        reason = w("contract.sealed", **said)
    return Seal(field=f"{mine.turn}-{mine.part}", name=names[by.person_id], reason=reason)


def _reason(reason: str, missing: str) -> str:
    inputs = Inputs({"reason": reason}, ("reason",))
    text = inputs.text("reason", 1000, missing)
    inputs.check()
    return text
