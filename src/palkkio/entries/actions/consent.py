"""An assistant lets the employer enter the hours, too, and takes it back (EMP-1)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.audit.actions import record
from palkkio.contracts import access as contracts
from palkkio.core.capabilities import Capability
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.models import EnteringConsent
from palkkio.organisations.access import one

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


@transaction.atomic
def give_consent(contract_id: int, *, by: Viewer, at: datetime) -> EnteringConsent:
    """The assistant agrees from now on; once given, nothing happens. Raises NotAllowed."""
    contract = _own_employment(contract_id, by)
    consent, is_new = EnteringConsent.objects.get_or_create(
        contract=contract,
        withdrawn_at=None,
        defaults={"organisation_id": contract.organisation_id, "given_at": at, "given_by_id": by.account_id},
    )
    if is_new:
        _record("give_consent", consent, by=by, at=at)
    return consent


@transaction.atomic
def withdraw_consent(contract_id: int, *, by: Viewer, at: datetime) -> None:
    """From now on the assistant alone enters; what the employer has entered stays. Raises NotAllowed."""
    contract = _own_employment(contract_id, by)
    for consent in EnteringConsent.objects.filter(contract=contract, withdrawn_at__isnull=True).select_for_update():
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        _record("withdraw_consent", consent, by=by, at=at)


def _own_employment(contract_id: int, by: Viewer) -> Contract:
    """A mandate covers no consent: it is given as one signs."""
    by.require(RoleKind.ASSISTANT)
    by.require_may(Capability.SIGN)
    contract = one(contracts.contracts(by).select_for_update(of=("self",)), contract_id)
    if not contract.is_employment:
        raise NotAllowed(_("Only personal assistants enter shifts."))
    return contract


def _record(action: str, consent: EnteringConsent, *, by: Viewer, at: datetime) -> None:
    record(
        action,
        by=by,
        at=at,
        object_kind="contract",
        object_id=consent.contract_id,
        subject_person_id=consent.contract.carer_id,
    )
