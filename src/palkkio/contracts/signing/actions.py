"""Writes versions of contracts: made from a template, opened, signed in turn and sealed, declined, withdrawn, told.

What was shown is what is sealed: a signature carries the SHA-256 of the document that was shown, and the sealed file
begins with its very bytes.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from palkkio.adapters.signing.sealing import Seal, SealError, seal
from palkkio.audit import actions as audit
from palkkio.contracts import access as contracts
from palkkio.contracts.models import Contract
from palkkio.contracts.rights import CONTRACTS
from palkkio.contracts.signing import access
from palkkio.contracts.signing.keys import key_of
from palkkio.contracts.signing.models import Matter, Outcome, Part, Signatory, Version
from palkkio.contracts.signing.queries import choices_of, is_signed, signatories, turn_of
from palkkio.contracts.signing.rights import is_own_turn
from palkkio.contracts.signing.texts import Typed, parts_of, text_of
from palkkio.core.capabilities import Capability
from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.documents.actions import issue, receive
from palkkio.documents.models import Document
from palkkio.documents.queries import content
from palkkio.documents.typesetting import typesetter
from palkkio.formats.pdf import contract_pdf
from palkkio.formats.wording import words
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.organisations.inputs import Inputs
from palkkio.people.queries import names_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

log = logging.getLogger(__name__)
PDF = "application/pdf"
MADE = ("first", "language", "days_off_plan", "fixed_reason", "working_times", "notice", "other_terms", "days_to_sign")
LONGEST = 4000
NOT_OPENED = "Open the document and read it first. Then you can sign it."
NOT_YOUR_TURN = "This document does not wait for your signature."
CLOSED = "This document does not wait for signatures any more."
CHANGED = "The document is not the one that you opened. Open it again."
NOT_SEALED = "The document could not be sealed just now, and nothing was signed. Try again in a while."
TWICE = "One person cannot sign for both sides. Somebody else signs for the other party."


# --- Making ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_version(
    contract_id: int,
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    plan: UploadedFile | None = None,
) -> Version:
    """The contract's next version, made from the template of its kind; the first signer is asked.

    values  MADE: `first` is a day of its terms, at first that of the contract; `days_to_sign` as the organisation
            chose, if it is left out
    plan    the care and service plan (hoito- ja palvelusuunnitelma): informal care has one
    A version that still waits is withdrawn. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*CONTRACTS)
    contract = _locked_contract(contract_id, by)
    number = _next_number(contract)
    is_new = contract.signed_on is None
    matter = Matter.CONTRACT if is_new else Matter.AMENDMENT
    choices = choices_of(contract.organisation_id)
    inputs = Inputs(values, MADE)
    typed = _typed(inputs, contract)
    first = contract.valid.first if is_new else inputs.day("first", "Enter the first day of the new terms")
    days = choices.days_to_sign
    if inputs.raw("days_to_sign") not in (None, ""):
        days = inputs.whole("days_to_sign", 1, 365)
    before = Version.objects.filter(contract=contract, plan__isnull=False).order_by("-number").first()
    if plan is None and before is None and contract.kind == ContractKind.INFORMAL_CARE:
        inputs.error("plan", "Attach the care and service plan")
    inputs.check()
    plan_document = before.plan if before else None
    if plan is not None:
        plan_document = _received(plan, "plan", "care_plan", contract, by=by, at=at)
    _withdraw_waiting(contract, by=by, at=at)
    return _make(
        contract,
        number=number,
        matter=matter,
        first=first or at.astimezone(HELSINKI).date(),
        typed=typed,
        plan=plan_document,
        days=days,
        is_to_be_signed=is_signed(choices, matter),
        by=by,
        at=at,
    )


@transaction.atomic
def tell_version(contract: Contract, *, by: Viewer, at: datetime, matter: Matter, first: date) -> Version:
    """The next version after a change of many contracts: signed where the organisation says so, else told.

    Texts, language and plan are those of the version before. Raises WrongState without terms on `first`.
    """
    before = Version.objects.filter(contract=contract).order_by("-number").first()
    texts = {
        name: getattr(before, name) if before else ""
        for name in ("days_off_plan", "fixed_reason", "working_times", "notice", "other_terms")
    }
    choices = choices_of(contract.organisation_id)
    language = before.language if before else contract.carer.language
    _withdraw_waiting(contract, by=by, at=at)
    return _make(
        contract,
        number=_next_number(contract),
        matter=matter,
        first=first,
        typed=Typed(language=language, **texts),
        plan=before.plan if before else None,
        days=choices.days_to_sign,
        is_to_be_signed=is_signed(choices, matter),
        by=by,
        at=at,
    )


def _make(
    contract: Contract,
    *,
    number: int,
    matter: Matter,
    first: date,
    typed: Typed,
    plan: Document | None,
    days: int,
    is_to_be_signed: bool,
    by: Viewer,
    at: datetime,
) -> Version:
    w = words(typed.language)
    annexes = ((w("contract.plan"), plan.sha256),) if plan else ()
    text = text_of(contract, number=number, matter=matter.value, first=first, typed=typed, annexes=annexes)
    if text is None:
        raise InvalidInput(FieldError("first", "The contract has no terms on this day. Enter the terms first."))
    if contract.kind == ContractKind.INFORMAL_CARE and not text.amounts:
        raise InvalidInput(FieldError("first", "The fee of this day is not confirmed yet. Enter the rate first."))
    pdf = contract_pdf(text, typesetter=typesetter(), language=typed.language, made_at=at)
    document = issue(
        pdf,
        organisation_id=contract.organisation_id,
        kind="contract",
        file_name=f"{contract.number}-{number}.pdf",
        content_type=PDF,
        person_id=contract.carer_id,
        contract_id=contract.pk,
        at=at,
    )
    today = at.astimezone(HELSINKI).date()
    version = Version.objects.create(
        organisation_id=contract.organisation_id,
        contract=contract,
        number=number,
        matter=matter,
        first=first,
        language=typed.language,
        days_off_plan=typed.days_off_plan,
        fixed_reason=typed.fixed_reason,
        working_times=typed.working_times,
        notice=typed.notice,
        other_terms=typed.other_terms,
        document=document,
        plan=plan,
        made_at=at,
        made_by_id=by.person_id,
        expires_on=today + timedelta(days=days) if is_to_be_signed else None,
        closed_at=None if is_to_be_signed else at,
        closed_as="" if is_to_be_signed else Outcome.TOLD,
    )
    parties = {Part.CARER: contract.carer_id, Part.ASSISTANT: contract.carer_id, Part.EMPLOYER: contract.employer_id}
    Signatory.objects.bulk_create(
        Signatory(
            organisation_id=contract.organisation_id,
            version=version,
            turn=turn,
            part=part,
            person_id=parties.get(part),
        )
        for turn, part in enumerate(parts_of(ContractKind(contract.kind)), 1)
    )
    _record("make_version" if is_to_be_signed else "tell_version", version, contract.carer_id, by=by, at=at)
    _ask_next(version, by=by, at=at)
    return version


# --- Signing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_version(version_id: int, *, by: Viewer, at: datetime) -> bytes:
    """The document as it is shown now, sealed by those who have signed. Who is to sign has opened it from now on."""
    version = access.version(by, version_id)
    shown = version.sealed or version.document
    if shown is None:
        raise NotAllowed(NOT_FOUND)
    found = turn_of(version)
    today = at.astimezone(HELSINKI).date()
    if found is not None and found.opened_at is None and is_own_turn(by, version.contract, found, today):
        Signatory.objects.filter(pk=found.pk).update(opened_at=at, opened_by_id=by.person_id)
        _record("open_version", version, version.contract.carer_id, by=by, at=at)
    return content(shown)


@transaction.atomic
def sign_version(version_id: int, *, by: Viewer, at: datetime, sha256: str) -> Version:
    """The viewer signs, soon after strong authentication, which the page sees to; the organisation's seal says so.

    sha256  of the document that was shown to the signer: another one is not signed
    With the last signature the contract is signed. Raises WrongState, NotAllowed.
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
    _record("sign_version", version, mine.person_id, by=by, at=at, details={"sha256": sha256, "part": mine.part})
    if turn_of(version) is None or all(each.signed_at for each in signatories(version)):
        _close(version, Outcome.SIGNED, by=by, at=at)
        _sign_contract(version.contract, on=at.astimezone(HELSINKI).date())
        _record("complete_version", version, version.contract.carer_id, by=by, at=at)
    else:
        _ask_next(version, by=by, at=at)
    return version


@transaction.atomic
def decline_version(version_id: int, *, by: Viewer, at: datetime, reason: str) -> Version:
    """Who is to sign does not, and says why; staff read it. Raises InvalidInput on `reason`, WrongState, NotAllowed."""
    version, _mine = _own_turn(version_id, by=by, at=at)
    text = _reason(reason, "Tell why you do not sign: the county reads it")
    _close(version, Outcome.DECLINED, by=by, at=at, reason=text)
    _record("decline_version", version, version.contract.carer_id, by=by, at=at)
    return version


@transaction.atomic
def withdraw_version(version_id: int, *, by: Viewer, at: datetime, reason: str) -> Version:
    """Staff take back a version that waits. Raises InvalidInput on `reason`, WrongState, NotAllowed."""
    version = _locked_version(version_id, by)
    by.require(*CONTRACTS)
    _require_not_own(version.contract, by)
    text = _reason(reason, "Enter why the document is withdrawn: who was to sign reads it")
    _close(version, Outcome.WITHDRAWN, by=by, at=at, reason=text)
    _record("withdraw_version", version, version.contract.carer_id, by=by, at=at)
    return version


@transaction.atomic
def record_paper(
    contract_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any], upload: UploadedFile | None
) -> Version:
    """A contract that all have signed on paper: its scan, the day of signature, and who recorded it.

    values  signed_on
    A version that waits is closed by it. Raises InvalidInput, NotAllowed.
    """
    by.require(*CONTRACTS)
    contract = _locked_contract(contract_id, by)
    inputs = Inputs(values, ("signed_on",))
    day = inputs.day("signed_on", "Enter the day of signature")
    today = at.astimezone(HELSINKI).date()
    if day is not None and day > today:
        inputs.error("signed_on", "Enter a day of signature that is not in the future")
    inputs.check()
    scan = _received(upload, "file", "contract", contract, by=by, at=at)
    version = Version.objects.filter(contract=contract, closed_at__isnull=True).first()
    if version is None:
        version = Version(
            organisation_id=contract.organisation_id,
            contract=contract,
            number=_next_number(contract),
            matter=Matter.CONTRACT if contract.signed_on is None else Matter.AMENDMENT,
            first=contract.valid.first or day or today,
            language=contract.carer.language,
            made_at=at,
            made_by_id=by.person_id,
        )
    version.scan = scan
    version.closed_at, version.closed_as, version.closed_by_id = at, Outcome.SIGNED, by.person_id
    version.save()
    _sign_contract(contract, on=day or today)
    _record("record_paper_contract", version, contract.carer_id, by=by, at=at, details={"signed_on": str(day)})
    return version


# --- Parts -----------------------------------------------------------------------------------------------------------


def _typed(inputs: Inputs, contract: Contract) -> Typed:
    """What is written for this version; what the Act asks for in a kind must be there."""
    kind = ContractKind(contract.kind)
    needs_plan = "Write the plan for using the days off" if kind is ContractKind.INFORMAL_CARE else ""
    is_fixed = contract.valid.last is not None and kind is not ContractKind.SUBSTITUTE_CARE
    needs_times = "Write the working times" if kind is ContractKind.PERSONAL_ASSISTANCE else ""
    has_no_law = kind in (ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION)
    if kind in (ContractKind.PERSONAL_ASSISTANCE, ContractKind.OTHER_COMMISSION) and not contract.tasks:
        inputs.error("other_terms", "Write the tasks first, under Change the details: the contract says them")
    return Typed(
        language=inputs.language("language"),
        days_off_plan=inputs.text("days_off_plan", LONGEST, needs_plan),
        fixed_reason=inputs.text(
            "fixed_reason", LONGEST, "Write why the contract is for a fixed term" if is_fixed else ""
        ),
        working_times=inputs.text("working_times", LONGEST, needs_times),
        notice=inputs.text("notice", LONGEST, "Write how the contract is ended" if has_no_law else ""),
        other_terms=inputs.text("other_terms", LONGEST),
    )


def _seal_of(version: Version, mine: Signatory, *, by: Viewer, at: datetime) -> Seal:
    w = words(version.language)
    ids = {by.person_id, *([mine.person_id] if mine.person_id else [])}
    names = names_of(ids)
    local = at.astimezone(HELSINKI)
    said = {
        "name": names[by.person_id],
        "moment": f"{local.day}.{local.month}.{local.year} {local.hour}.{local.minute:02d}",
        "part": w(f"contract.party.{mine.part}").lower(),
    }
    if mine.person_id is not None and mine.person_id != by.person_id:
        reason = w("contract.sealed_for", **said, principal=names[mine.person_id])
    else:
        reason = w("contract.sealed", **said)
    return Seal(field=f"{mine.turn}-{mine.part}", name=names[by.person_id], reason=reason)


def _own_turn(version_id: int, *, by: Viewer, at: datetime) -> tuple[Version, Signatory]:
    """Locked. Raises WrongState once it is closed, NotAllowed when it is another's turn."""
    version = _locked_version(version_id, by)
    found = turn_of(version)
    today = at.astimezone(HELSINKI).date()
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


def _locked_contract(contract_id: int, by: Viewer) -> Contract:
    found = one(contracts.contracts(by).select_for_update(of=("self",)), contract_id)
    _require_not_own(found, by)
    return found


def _require_not_own(contract: Contract, by: Viewer) -> None:
    by.require_not_own(contract.carer_id, contract.recipient_id, contract.employer_id)


def _next_number(contract: Contract) -> int:
    return int(Version.objects.filter(contract=contract).aggregate(most=Max("number"))["most"] or 0) + 1


def _withdraw_waiting(contract: Contract, *, by: Viewer, at: datetime) -> None:
    for version in Version.objects.filter(contract=contract, closed_at__isnull=True).select_for_update():
        _close(version, Outcome.WITHDRAWN, by=by, at=at, reason="A newer version was made.")
        _record("withdraw_version", version, contract.carer_id, by=by, at=at)


def _ask_next(version: Version, *, by: Viewer, at: datetime) -> None:
    """Whose turn it is now is told: by a notice, whose e-mail says nothing of the matter."""
    found = turn_of(version)
    if found is None:
        return
    Signatory.objects.filter(pk=found.pk).update(asked_at=at)
    if found.person_id is not None:
        _record("ask_signature", version, found.person_id, by=by, at=at)


def _close(version: Version, outcome: Outcome, *, by: Viewer | None, at: datetime, reason: str = "") -> None:
    version.closed_at, version.closed_as, version.reason = at, outcome, reason
    version.closed_by_id = None if by is None else by.person_id
    version.save(update_fields=["closed_at", "closed_as", "closed_by", "reason"])


def _sign_contract(contract: Contract, *, on: date) -> None:
    """The contract itself is signed with its first version; a later one changes nothing of that."""
    Contract.objects.filter(pk=contract.pk, signed_on__isnull=True).update(signed_on=on)


def _received(
    upload: UploadedFile | None, field: str, kind: str, contract: Contract, *, by: Viewer, at: datetime
) -> Document:
    try:
        return receive(upload, kind=kind, person_id=contract.carer_id, contract_id=contract.pk, by=by, at=at)
    except InvalidInput as refusal:
        raise InvalidInput(*(FieldError(field, each.message, each.params) for each in refusal.errors)) from refusal


def _reason(reason: str, missing: str) -> str:
    inputs = Inputs({"reason": reason}, ("reason",))
    text = inputs.text("reason", 1000, missing)
    inputs.check()
    return text


def _record(
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
