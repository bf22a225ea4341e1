"""Which roles an account may choose from, its own and those of people it acts for, and who asks once one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palkkio.accounts.models import Account, AccountPerson
from palkkio.core.capabilities import Scope
from palkkio.core.viewer import STAFF_ROLES, Acting, RoleKind, Viewer
from palkkio.organisations.queries import local_name
from palkkio.people import queries as people
from palkkio.people.mandates import queries as mandates

if TYPE_CHECKING:
    from palkkio.people.models import Representation, Role


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """One role that an account may act in, in the reader's language.

    person_name        who one is there
    principal_name     for whom one acts in it; empty: it is one's own role
    representation_id  0: one's own role
    """

    role_id: int
    kind: RoleKind
    organisation_name: str
    organisation_slug: str
    person_name: str
    principal_name: str = ""
    representation_id: int = 0
    scope: Scope = Scope.OWN

    @property
    def value(self) -> str:
        """As the form of the choice posts it."""
        return f"{self.role_id}-{self.representation_id}" if self.representation_id else str(self.role_id)


@dataclass(frozen=True, slots=True)
class _Found:
    role: Role
    representation: Representation | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.role.pk, self.representation.pk if self.representation else 0


def roles_of(account: Account, today: date) -> list[RoleChoice]:
    """Roles in force today, across organisations, own ones first: only the account's owner sees this list."""
    return [_choice(each) for each in _found(account, today)]


def viewer_for(account: Account, role_id: int | None, today: date, representation_id: int = 0) -> Viewer | None:
    """Who asks: the account in one of its roles, or in a principal's; None when it does not have that choice today.

    role_id            None: the only choice, if there is exactly one
    representation_id  0: in the own role
    """
    if not account.is_active:
        return None
    found = _found(account, today)
    if role_id is None:
        chosen = found[0] if len(found) == 1 else None
    else:
        chosen = next((each for each in found if each.key == (role_id, representation_id)), None)
    return None if chosen is None else _viewer(account, chosen, len(found), today)


def _found(account: Account, today: date) -> list[_Found]:
    is_agent = mandates.have_principals("person_id", today)
    acts = dict(AccountPerson.objects.filter(account=account).annotate(acts=is_agent).values_list("person_id", "acts"))
    own = [_Found(role) for role in people.roles_on(acts, today)]
    rows = mandates.principals_of([person_id for person_id, does in acts.items() if does], today)
    roles = mandates.roles_to_act_in(rows, today) if rows else {}
    return own + [_Found(role, row) for row in rows for role in roles.get(row.principal_id, [])]


def _choice(found: _Found) -> RoleChoice:
    role, row = found.role, found.representation
    return RoleChoice(
        role_id=role.pk,
        kind=RoleKind(role.kind),
        organisation_name=local_name(role.organisation),
        organisation_slug=role.organisation.slug,
        person_name=row.agent.name if row else role.person.name,
        principal_name=role.person.name if row else "",
        representation_id=row.pk if row else 0,
        scope=Scope(row.scope) if row else Scope.OWN,
    )


def _viewer(account: Account, found: _Found, roles_count: int, today: date) -> Viewer:
    role, row = found.role, found.representation
    kind, person = RoleKind(role.kind), row.agent if row else role.person
    acting = None
    if row is not None:
        acting = Acting(row.principal_id, Scope(row.scope), row.pk, role.person.name)
    return Viewer(
        account_id=account.pk,
        person_id=person.pk,
        organisation_id=role.organisation_id,
        role=kind,
        # One acts for one person at a time: own matters and the principal's are never on one page (ADR 0009).
        for_person_ids=people.tied_to(person.pk, today) if kind in STAFF_ROLES else frozenset({role.person_id}),
        name=person.name,
        organisation_name=local_name(role.organisation, account.language),
        organisation_slug=role.organisation.slug,
        role_id=role.pk,
        roles_count=roles_count,
        acting_for=acting,
    )
