"""Makes versions of contracts: from the terms and the template, by staff or as part of a change of many contracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.contracts.rights import CONTRACTS
from palkkio.contracts.signing.models import Matter, Outcome, Part, Signatory, Version
from palkkio.contracts.signing.parts import ask_next, locked_contract, next_number, received, record, withdraw_waiting
from palkkio.contracts.signing.queries import choices_of, is_signed
from palkkio.contracts.signing.texts import Typed, parts_of, text_of
from palkkio.core.clock import day_of
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import Viewer
from palkkio.documents.actions import issue
from palkkio.documents.typesetting import typesetter
from palkkio.formats import figures
from palkkio.formats.pdf import contract_pdf
from palkkio.formats.wording import words
from palkkio.organisations.inputs import Inputs

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document

PDF = "application/pdf"
TEXTS = ("days_off_plan", "fixed_reason", "working_times", "notice", "other_terms")
DECIDED = ("decision_number", "decided_on", "applied_on")
MADE = ("first", "language", "days_to_sign", *TEXTS, *DECIDED)
LONGEST = 4000


@transaction.atomic
def make_version(
    contract_id: int,
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    plan: UploadedFile | None = None,
    decision: UploadedFile | None = None,
) -> Version:
    """The contract's next version, made from the template of its kind; the first signer is asked.

    values  MADE: `first` is a day of its terms, at first that of the contract; `days_to_sign` as the organisation
            chose, if it is left out
    plan    the care and service plan (hoito- ja palvelusuunnitelma): informal care has one
    decision  what the contract carries out, given with it (OHT-4): a new contract of informal care has one, and the day
            on which its application came, for the fee starts at the earliest with that month
    A version that still waits is withdrawn. Raises InvalidInput, NotAllowed, WrongState.
    """
    by.require(*CONTRACTS)
    contract, today = locked_contract(contract_id, by), day_of(at)
    number = next_number(contract)
    is_new = contract.signed_on is None
    matter = Matter.CONTRACT if is_new else Matter.AMENDMENT
    choices = choices_of(contract.organisation_id)
    inputs = Inputs(values, MADE)
    typed = _typed(inputs, contract)
    first = contract.valid.first if is_new else inputs.day("first", "Enter the first day of the new terms")
    days = inputs.whole_or_none("days_to_sign", 1, 365) or choices.days_to_sign
    before = Version.objects.filter(contract=contract, plan__isnull=False).order_by("-number").first()
    if plan is None and before is None and contract.kind == ContractKind.INFORMAL_CARE:
        inputs.error("plan", "Attach the care and service plan")
    if is_new and contract.kind == ContractKind.INFORMAL_CARE:
        _check_grant(inputs, contract, typed, decision, today)
    elif decision is not None and typed.decided_on is None:
        inputs.error("decided_on", "Enter the day of the decision")
    inputs.check()
    plan_document = before.plan if before else None
    if plan is not None:
        plan_document = received(plan, "plan", "care_plan", contract, by=by, at=at)
    granted = None
    if decision is not None:
        granted = received(decision, "decision", "decision", contract, by=by, at=at, dated_on=typed.decided_on)
    withdraw_waiting(contract, by=by, at=at)
    return _make(
        contract,
        number=number,
        matter=matter,
        first=first or today,
        typed=typed,
        plan=plan_document,
        decision=granted,
        days=days,
        is_to_be_signed=is_signed(choices, matter),
        by=by,
        person_id=by.person_id,
        at=at,
    )


@transaction.atomic
def tell_version(contract: Contract, *, person_id: int, at: datetime, matter: Matter, first: date) -> Version:
    """The next version after a change of many contracts: signed where the organisation says so, else told.

    A version that waits gives way to it; what that one asks to be signed is signed with this one, with the decision
    that it carries out. Texts, language and plan are those of the version before; `person_id` is who made the change.
    Raises InvalidInput without terms on `first`.
    """
    before = Version.objects.filter(contract=contract).order_by("-number").first()
    texts: dict[str, Any] = {name: getattr(before, name) if before else "" for name in TEXTS}
    waiting = before if before is not None and before.closed_at is None else None
    decided: dict[str, Any] = {name: getattr(waiting, name) for name in DECIDED} if waiting else {}
    choices = choices_of(contract.organisation_id)
    language = before.language if before else contract.carer.language
    withdraw_waiting(contract, by=None, at=at)
    return _make(
        contract,
        number=next_number(contract),
        matter=matter,
        first=first,
        typed=Typed(language=language, **texts, **decided),
        plan=before.plan if before else None,
        decision=waiting.decision if waiting else None,
        days=choices.days_to_sign,
        is_to_be_signed=waiting is not None or is_signed(choices, matter),
        by=None,
        person_id=person_id,
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
    decision: Document | None,
    days: int,
    is_to_be_signed: bool,
    by: Viewer | None,
    person_id: int,
    at: datetime,
) -> Version:
    document = _document(
        contract,
        number=number,
        matter=matter,
        first=first,
        typed=typed,
        plan=plan,
        decision=decision,
        is_to_be_signed=is_to_be_signed,
        at=at,
    )
    version = Version.objects.create(
        organisation_id=contract.organisation_id,
        contract=contract,
        number=number,
        matter=matter,
        first=first,
        **asdict(typed),
        decision=decision,
        document=document,
        plan=plan,
        made_at=at,
        made_by_id=person_id,
        expires_on=day_of(at) + timedelta(days=days) if is_to_be_signed else None,
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
    record("make_version" if is_to_be_signed else "tell_version", version, contract.carer_id, by=by, at=at)
    ask_next(version, by=by, at=at)
    return version


def _document(
    contract: Contract,
    *,
    number: int,
    matter: Matter,
    first: date,
    typed: Typed,
    plan: Document | None,
    decision: Document | None,
    is_to_be_signed: bool,
    at: datetime,
) -> Document:
    """What is shown and signed. Raises InvalidInput where its terms or fee are not known."""
    w = words(typed.language)
    given = (("contract.decision", decision), ("contract.plan", plan))
    annexes = tuple((w(name), each.sha256) for name, each in given if each is not None)
    text = text_of(
        contract,
        number=number,
        matter=matter.value,
        first=first,
        typed=typed,
        annexes=annexes,
        is_to_be_signed=is_to_be_signed,
    )
    if text is None:
        raise InvalidInput(FieldError("first", "The contract has no terms on this day. Enter the terms first."))
    if contract.kind == ContractKind.INFORMAL_CARE and not text.amounts:
        raise InvalidInput(FieldError("first", "The fee of this day is not confirmed yet. Enter the rate first."))
    return issue(
        contract_pdf(text, typesetter=typesetter(), language=typed.language, made_at=at),
        organisation_id=contract.organisation_id,
        kind="contract",
        file_name=f"{contract.number}-{number}.pdf",
        content_type=PDF,
        person_id=contract.carer_id,
        contract_id=contract.pk,
        at=at,
    )


def _typed(inputs: Inputs, contract: Contract) -> Typed:
    """What is written for this version; what the Act asks for in a kind must be there."""
    kind = ContractKind(contract.kind)
    needs_plan = _("Write the plan for using the days off") if kind is ContractKind.INFORMAL_CARE else ""
    is_fixed = contract.valid.last is not None and kind is not ContractKind.SUBSTITUTE_CARE
    needs_times = _("Write the working times") if kind is ContractKind.PERSONAL_ASSISTANCE else ""
    has_no_law = kind in (ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION)
    if kind in (ContractKind.PERSONAL_ASSISTANCE, ContractKind.OTHER_COMMISSION) and not contract.tasks:
        inputs.error("other_terms", "Write the tasks first, under Change the details: the contract says them")
    return Typed(
        language=inputs.language("language"),
        days_off_plan=inputs.text("days_off_plan", LONGEST, needs_plan),
        fixed_reason=inputs.text(
            "fixed_reason", LONGEST, _("Write why the contract is for a fixed term") if is_fixed else ""
        ),
        working_times=inputs.text("working_times", LONGEST, needs_times),
        notice=inputs.text("notice", LONGEST, _("Write how the contract is ended") if has_no_law else ""),
        other_terms=inputs.text("other_terms", LONGEST),
        decision_number=inputs.text("decision_number", 60),
        decided_on=inputs.day("decided_on"),
        applied_on=inputs.day("applied_on"),
    )


def _check_grant(inputs: Inputs, contract: Contract, typed: Typed, decision: UploadedFile | None, today: date) -> None:
    """What a new contract of informal care is bundled with, and its first day (OHT-4)."""
    if decision is None:
        inputs.error("decision", "Attach the decision that the contract carries out")
    if typed.decided_on is None:
        inputs.error("decided_on", "Enter the day of the decision")
    elif typed.decided_on > today:
        inputs.error("decided_on", "Enter a day that is not in the future")
    applied, first = typed.applied_on, contract.valid.first
    if applied is None:
        inputs.error("applied_on", "Enter the day on which the application came")
    elif applied > today:
        inputs.error("applied_on", "Enter a day that is not in the future")
    elif first is not None and first < (earliest := applied.replace(day=1)):
        text = _(
            "The fee starts at the earliest on %(day)s, with the month of the application. Begin the contract then."
        )
        inputs.error("applied_on", text, day=figures.day(earliest))
