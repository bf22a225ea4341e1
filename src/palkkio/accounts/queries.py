"""Reads accounts: which people one is, in which roles, and who asks."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils import timezone

from palkkio.accounts.models import Account, AccountPerson, EidLink
from palkkio.accounts.session import FRESH, SECOND_FACTOR_AT, STRONG_AT
from palkkio.accounts.viewers import RoleChoice, roles_of, viewer_for
from palkkio.core.viewer import Viewer
from palkkio.people import queries as people

__all__ = [
    "RoleChoice",
    "account",
    "account_id_with_email",
    "account_of",
    "account_with_email",
    "has_confirmed_details",
    "has_eid",
    "has_used_second_factor",
    "is_fresh",
    "names_of",
    "owes_eid",
    "person_ids_of",
    "roles_of",
    "strongly_authenticated_at",
    "viewer_for",
]


def has_confirmed_details(viewer: Viewer) -> bool:
    """True once the person said that their details are right, at the first sign-in (ACC-6)."""
    links = AccountPerson.objects.filter(account_id=viewer.account_id, person_id=viewer.person_id)
    return links.filter(details_confirmed_at__isnull=False).exists()


def strongly_authenticated_at(request: HttpRequest) -> datetime | None:
    """When the account's owner last authenticated strongly in this session; by the server's own clock."""
    at = request.session.get(STRONG_AT)
    return datetime.fromtimestamp(at, UTC) if at else None


def is_fresh(request: HttpRequest) -> bool:
    """Whether strong authentication is not older than ten minutes (ACC-13)."""
    at = strongly_authenticated_at(request)
    return at is not None and timezone.now() - at <= FRESH


def has_used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was proved by more than a password."""
    return bool(request.session.get(SECOND_FACTOR_AT))


def has_eid(account: Account) -> bool:
    """Whether a strong identity is linked to the account."""
    return EidLink.objects.filter(account=account).exists()


def owes_eid(request: HttpRequest, account: Account) -> bool:
    """Whether the account's eID could prove more than the password that began this session, and has not yet: before a
    second factor is added, it does. Otherwise who has got the password alone would add one of their own.
    """
    return not has_used_second_factor(request) and has_eid(account)


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


def person_ids_of(account_id: int) -> list[int]:
    """The people that an account is, of all organisations; for programs of the operator."""
    links = AccountPerson.objects.filter(account_id=account_id).order_by("person_id")
    return list(links.values_list("person_id", flat=True))


def names_of(account_ids: set[int], organisation_id: int) -> dict[int, str]:
    """Names of the people that accounts are in an organisation; for lists of who did what."""
    links = dict(
        AccountPerson.objects.filter(account_id__in=account_ids, person__organisation_id=organisation_id).values_list(
            "person_id", "account_id"
        )
    )
    return {links[person_id]: name for person_id, name in people.names_of(links).items()}
