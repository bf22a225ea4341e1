"""Who asks, as a value: made once a request by `accounts`, so that stages before it can guard their rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from palkkio.core.problems import NotAllowed


class RoleKind(StrEnum):
    """Role in an organisation (rooli); comes only from the organisation."""

    CARER = "carer"  # hoitaja
    CONTRACTOR = "contractor"  # toimeksiantosuhteinen
    ASSISTANT = "assistant"  # työntekijä: henkilökohtainen avustaja
    EMPLOYER = "employer"  # kotitalous: työnantaja
    CARE_RECIPIENT = "care_recipient"  # hoidettava
    HANDLER = "handler"  # käsittelijä
    SOCIAL_WORKER = "social_worker"  # sosiaalityöntekijä
    PAYROLL_CLERK = "payroll_clerk"  # palkanlaskija
    ADMINISTRATOR = "administrator"  # pääkäyttäjä


PAYEE_ROLES = frozenset({RoleKind.CARER, RoleKind.CONTRACTOR, RoleKind.ASSISTANT})
PORTAL_ROLES = PAYEE_ROLES | {RoleKind.EMPLOYER, RoleKind.CARE_RECIPIENT}
STAFF_ROLES = frozenset({RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person in one role of one organisation.

    for_person_ids  persons whom the viewer is or acts for, in this organisation; a payee sees these people's rows,
                    a member of staff handles none of theirs
    """

    account_id: int
    person_id: int
    organisation_id: int
    role: RoleKind
    for_person_ids: frozenset[int]
    name: str = ""
    organisation_name: str = ""
    organisation_slug: str = ""
    role_id: int = 0
    roles_count: int = 1

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_payee(self) -> bool:
        return self.role in PAYEE_ROLES

    def require(self, *roles: RoleKind) -> None:
        """Raises NotAllowed unless the viewer has one of `roles`."""
        if self.role not in roles:
            raise NotAllowed("Your role does not allow this. Change role or ask your organisation's administrator.")

    def require_not_own(self, *person_ids: int | None) -> None:
        """Raises NotAllowed if the matter is the viewer's own or that of a person they act for."""
        if any(person_id in self.for_person_ids for person_id in person_ids if person_id is not None):
            raise NotAllowed("You cannot handle your own matter. A colleague does it.")
