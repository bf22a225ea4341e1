"""Writes accounts and sessions. Raises refusals of `core.problems`; the page shows them beside the fields."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth import authenticate, logout, password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from palkkio.accounts import devices, queries, second_factor, throttle
from palkkio.accounts.links import link_person_row
from palkkio.accounts.models import Account, AccountPerson
from palkkio.accounts.rights import ACCOUNTS
from palkkio.accounts.session import ACTING, CONFIRMED_AT, ROLE
from palkkio.accounts.starting import begin_session
from palkkio.accounts.throttle import TOO_OFTEN
from palkkio.audit import actions as audit
from palkkio.core.clock import day_of
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import NOT_FOUND
from palkkio.organisations.inputs import Inputs
from palkkio.people import queries as people

WRONG = "The e-mail address or the password is wrong. Check both and try again."


# --- Sign-in ---------------------------------------------------------------------------------------------------------


@sensitive_variables("password")
def sign_in(request: HttpRequest, email: str, password: str, at: datetime) -> Account:
    """Begin a session, or ask for the second factor: then the visitor is not signed in yet (`request.user`).

    Unknown address, wrong password and closed account get one answer, after equal work. Raises NotAllowed: wrong, or
    tried too often. Call it outside a transaction: refused tries are counted too.
    """
    typed = email.strip().lower()[:254]
    attempt = throttle.count_attempt(request, typed)
    if attempt is None:
        raise NotAllowed(TOO_OFTEN)
    account = authenticate(request, username=typed, password=password[:1000])
    if not isinstance(account, Account):
        raise NotAllowed(WRONG)
    throttle.forget(attempt)
    if second_factor.is_set_up(account):
        second_factor.ask(request, account)
    else:
        begin_session(request, account, at)
    return account


def choose_role(request: HttpRequest, role_id: int, at: datetime, representation_id: int = 0) -> Viewer:
    """Act in one of one's own roles, or in the role of somebody one acts for, without signing in anew (ACC-6).

    Raises NotAllowed.
    """
    account = request.user
    viewer = None
    if isinstance(account, Account):
        viewer = queries.viewer_for(account, role_id, day_of(at), representation_id)
    if viewer is None:
        raise NotAllowed(NOT_FOUND)
    request.session[ROLE], request.session[ACTING] = role_id, representation_id
    request.viewer = viewer  # type: ignore[attr-defined]
    acting = viewer.acting_for
    audit.record(
        "act_for_another" if acting else "choose_role",
        by=viewer,
        at=at,
        object_kind="representation" if acting else "role",
        object_id=acting.representation_id if acting else role_id,
        subject_person_id=acting.principal_id if acting else None,
    )
    return viewer


def sign_out(request: HttpRequest, at: datetime) -> None:
    """End the session and forget all in it."""
    account = request.user
    if isinstance(account, Account):
        audit.record("sign_out", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk)
    logout(request)
    request.viewer = None  # type: ignore[attr-defined]


# --- Accounts --------------------------------------------------------------------------------------------------------


@sensitive_variables("password")
@transaction.atomic
def make_account(
    email: str,
    password: str | None,
    person_ids: Collection[int],
    at: datetime,
    by: Viewer | None,
    *,
    language: str = "fi",
) -> Account:
    """An account that is these people.

    password  None: nobody can sign in with it until a password is set
    by        an administrator, for people of their organisation; None: the operator at the command line
    Raises InvalidInput, also when one of the people has an account; NotAllowed.
    """
    wanted = set(person_ids)
    if by is not None:
        by.require(*ACCOUNTS)
        by.require_not_own(*wanted)
        if people.of_organisation(by.organisation_id, wanted) != wanted:
            raise NotAllowed(NOT_FOUND)
    inputs = Inputs({"email": email, "language": language}, ("email", "language"))
    address = inputs.email("email", "Enter the e-mail address").lower()
    account = Account(email=address, language=inputs.language("language"))
    if Account.objects.filter(email=address).exists():
        inputs.error("email", "Choose another e-mail address: this one cannot be used for a new account")
    if AccountPerson.objects.filter(person_id__in=wanted).exists():
        inputs.error("person_ids", "This person has an account already")
    inputs.check()
    if password is not None:
        check_password(password, account, "password")
    account.set_password(password)
    account.save()
    for person_id in sorted(wanted):
        link_person_row(account, person_id, by, at)
    return account


@transaction.atomic
def link_person(account_id: int, person_id: int, *, at: datetime) -> None:
    """The account is also this person, of any organisation; by the operator; else strong authentication links people.

    Raises InvalidInput when the person has an account.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    if AccountPerson.objects.filter(person_id=person_id).exists():
        raise InvalidInput(FieldError("person_ids", "This person has an account already"))
    link_person_row(account, person_id, None, at)


@sensitive_variables("old", "new")
def change_password(account: Account, old: str, new: str, at: datetime, request: HttpRequest | None = None) -> None:
    """A new password; all sessions of the account end, but the one of `request`.

    Raises InvalidInput on the fields `old` and `new`; NotAllowed when the old one was guessed at too often.
    """
    attempt = throttle.count_attempt(request, account.email) if request else None
    if request and attempt is None:
        raise NotAllowed(TOO_OFTEN)
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        if not locked.check_password(old):
            raise InvalidInput(FieldError("old", "Enter your present password"))
        if old == new:
            raise InvalidInput(FieldError("new", "Choose a password that differs from the present one"))
        check_password(new, locked, "new")
        locked.set_password(new)
        locked.save(update_fields=["password"])
        audit.record(
            "change_password", by=None, at=at, object_kind="account", object_id=locked.pk, account_id=locked.pk
        )
    account.password = locked.password
    if attempt:
        throttle.forget(attempt)
    if request:
        key = request.session.session_key
        update_session_auth_hash(request, locked)
        devices.rename_session(request, key)


@sensitive_variables("password")
def confirm_password(request: HttpRequest, account: Account, password: str) -> None:
    """The owner is still there. Raises InvalidInput on `password`; NotAllowed: guessed at too often."""
    attempt = throttle.count_attempt(request, account.email)
    if attempt is None:
        raise NotAllowed(TOO_OFTEN)
    if not account.check_password(password[:1000]):
        raise InvalidInput(FieldError("password", "Enter your present password"))
    throttle.forget(attempt)
    request.session[CONFIRMED_AT] = timezone.now().timestamp()


@transaction.atomic
def change_language(account: Account, language: str, at: datetime) -> None:
    """The language of pages and messages. Raises InvalidInput."""
    inputs = Inputs({"language": language}, ("language",))
    chosen = inputs.language("language")
    inputs.check()
    account.language = chosen
    account.save(update_fields=["language"])
    audit.record(
        "change_language",
        by=None,
        at=at,
        object_kind="account",
        object_id=account.pk,
        account_id=account.pk,
        details={"language": chosen},
    )


@transaction.atomic
def confirm_details(viewer: Viewer, at: datetime) -> None:
    """The person says that their details are right (ACC-6); said once, later times change nothing."""
    links = AccountPerson.objects.filter(
        account_id=viewer.account_id, person_id=viewer.person_id, details_confirmed_at__isnull=True
    )
    for link in links.select_for_update():
        link.details_confirmed_at = at
        link.save(update_fields=["details_confirmed_at"])
        audit.record(
            "confirm_details",
            by=viewer,
            at=at,
            object_kind="person",
            object_id=viewer.person_id,
            subject_person_id=viewer.person_id,
        )


def check_password(password: str, account: Account, field: str) -> None:
    """The rules of a password (ACC-3), and not one of those known to all. Raises InvalidInput on `field`."""
    try:
        password_validation.validate_password(password, account)
    except ValidationError as error:
        raise InvalidInput(*(FieldError(field, message) for message in error.messages)) from error
