"""Who asks, as a value: made once a request by `accounts`, so that stages before it can guard their rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from palkkio.core.capabilities import MAY, Capability, Scope
from palkkio.core.problems import NotAllowed

OWN_MATTER = "You cannot handle your own matter. A colleague does it."
OWN_HOURS = "You cannot approve your own hours, not even for the employer. Someone else approves them."
NOT_IN_YOUR_MANDATE = "Your right to act for another does not cover this. The person does it, or asks the county."


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
class Acting:
    """For whom the viewer acts, and how far: then pages show this person's matters, not the viewer's own."""

    principal_id: int
    scope: Scope
    representation_id: int = 0
    principal_name: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person in one role of one organisation; the role is the principal's while acting for another.

    for_person_ids  whose rows these are, in this organisation: in the portal the viewer alone, or the principal alone
                    while acting (ADR 0009); a member of staff handles none of theirs: self, whom they act for, and who
                    acts for them
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
    acting_for: Acting | None = None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_payee(self) -> bool:
        return self.role in PAYEE_ROLES

    @property
    def scope(self) -> Scope:
        return Scope.OWN if self.acting_for is None else self.acting_for.scope

    @property
    def subject_person_id(self) -> int:
        """Whose matters these are: the principal while acting, else the viewer."""
        return self.person_id if self.acting_for is None else self.acting_for.principal_id

    def may(self, capability: Capability) -> bool:
        """Whether the scope in which the viewer deals with these matters covers it; staff are bound by roles alone."""
        return self.is_staff or capability in MAY[self.scope]

    def require_may(self, *capabilities: Capability) -> None:
        """Raises NotAllowed unless the viewer may all of it."""
        if not all(self.may(each) for each in capabilities):
            raise NotAllowed(NOT_IN_YOUR_MANDATE)

    def person_ids_to(self, *capabilities: Capability) -> frozenset[int]:
        """Those of `for_person_ids` for whom the viewer may any of it."""
        return self.for_person_ids if any(self.may(each) for each in capabilities) else frozenset()

    def require(self, *roles: RoleKind) -> None:
        """Raises NotAllowed unless the viewer has one of `roles`."""
        if self.role not in roles:
            raise NotAllowed("Your role does not allow this. Change role or ask your organisation's administrator.")

    def require_not_themself(self, person_id: int) -> None:
        """Raises NotAllowed if it is the viewer themself, whoever they act for: nobody approves own hours (EMP-1)."""
        if person_id == self.person_id:
            raise NotAllowed(OWN_HOURS)

    def require_not_own(self, *person_ids: int | None) -> None:
        """Raises NotAllowed if the matter is the viewer's own or that of a person they act for."""
        if any(person_id in self.for_person_ids for person_id in person_ids if person_id is not None):
            raise NotAllowed(OWN_MATTER)
