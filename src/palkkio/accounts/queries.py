"""Reads accounts: which people one is, in which roles, and who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palkkio.accounts.models import Account, AccountPerson
from palkkio.core.viewer import STAFF_ROLES, RoleKind, Viewer
from palkkio.organisations.queries import local_name
from palkkio.people import queries as people

if TYPE_CHECKING:
    from palkkio.people.models import Role


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """One role that an account may act in, in the reader's language."""

    role_id: int
    kind: RoleKind
    organisation_name: str
    organisation_slug: str
    person_name: str


def roles_of(account: Account, today: date) -> list[RoleChoice]:
    """Roles in force today, across organisations: only the account's owner sees this list."""
    return [
        RoleChoice(
            role_id=role.pk,
            kind=RoleKind(role.kind),
            organisation_name=local_name(role.organisation),
            organisation_slug=role.organisation.slug,
            person_name=role.person.name,
        )
        for role in people.roles_on(_person_ids(account), today)
    ]


def viewer_for(account: Account, role_id: int | None, today: date) -> Viewer | None:
    """Who asks: the account in one of its roles; None when it does not have that role today.

    role_id  None: the only role, if there is exactly one
    """
    if not account.is_active:
        return None
    roles = people.roles_on(_person_ids(account), today)
    role = next((each for each in roles if each.pk == role_id or (role_id is None and len(roles) == 1)), None)
    return None if role is None else _viewer(account, role, len(roles), today)


def _viewer(account: Account, role: Role, roles_count: int, today: date) -> Viewer:
    kind = RoleKind(role.kind)
    if kind in STAFF_ROLES:
        for_person_ids = people.tied_to(role.person_id, today)
    else:
        for_person_ids = people.represented_by(role.person_id, today) | {role.person_id}
    return Viewer(
        account_id=account.pk,
        person_id=role.person_id,
        organisation_id=role.organisation_id,
        role=kind,
        for_person_ids=frozenset(for_person_ids),
        name=role.person.name,
        organisation_name=local_name(role.organisation, account.language),
        organisation_slug=role.organisation.slug,
        role_id=role.pk,
        roles_count=roles_count,
    )


def has_confirmed_details(viewer: Viewer) -> bool:
    """True once the person said that their details are right, at the first sign-in (ACC-6)."""
    links = AccountPerson.objects.filter(account_id=viewer.account_id, person_id=viewer.person_id)
    return links.filter(details_confirmed_at__isnull=False).exists()


def account(account_id: int) -> Account:
    """An account by its number, for programs of the operator. Raises Account.DoesNotExist."""
    return Account.objects.get(pk=account_id)


def account_with_email(email: str) -> Account:
    """The account that signs in with this e-mail. Raises Account.DoesNotExist."""
    return Account.objects.get_by_natural_key(email)


def account_id_with_email(email: str) -> int | None:
    """The id of the account that signs in with this e-mail, or None."""
    return Account.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()


def account_of(person_id: int) -> Account | None:
    """The account that is a person, or None: they have no electronic sign-in."""
    return Account.objects.filter(people__person_id=person_id).first()


def names_of(account_ids: set[int], organisation_id: int) -> dict[int, str]:
    """Names of the people that accounts are in an organisation; for lists of who did what."""
    links = dict(
        AccountPerson.objects.filter(account_id__in=account_ids, person__organisation_id=organisation_id).values_list(
            "person_id", "account_id"
        )
    )
    return {links[person_id]: name for person_id, name in people.names_of(links).items()}


def _person_ids(account: Account) -> list[int]:
    return list(AccountPerson.objects.filter(account=account).values_list("person_id", flat=True))
