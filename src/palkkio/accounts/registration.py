"""Registration (ACC-2 to ACC-5): e-mail and password, eID, a code by e-mail, and only then an account.

Until then all is in the visitor's session, so that reloading a page or coming back to it loses nothing. Before strong
authentication every answer is the same, whoever has an account or a role; an address that has an account gets a letter
about that in place of the code, and the page that asks for the code does not show the difference.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from palkkio.accounts import codes, eid, mail, queries
from palkkio.accounts.actions import check_password
from palkkio.accounts.models import Account
from palkkio.accounts.session import NEXT, REGISTRATION
from palkkio.accounts.starting import begin_session
from palkkio.audit import actions as audit
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.organisations.inputs import Inputs

LASTS = timedelta(hours=2)
CODE = "register"
HAS_ACCOUNT = "You have an account already. Sign in with your eID: there you also get a new password."
NOT_BEGUN = "Begin from the first page: too much time has passed."


class Step(StrEnum):
    """Where a registration is."""

    BEGIN = "begin"
    IDENTIFY = "identify"
    CODE = "code"


def step(request: HttpRequest) -> Step:
    """The page to be on: also after a reload, and in another tab."""
    begun = _begun(request)
    if begun is None:
        return Step.BEGIN
    return Step.CODE if begun.get("digests") else Step.IDENTIFY


def email_of(request: HttpRequest) -> str:
    """The address that was typed, for the page that says where the code went."""
    begun = _begun(request)
    return str(begun["email"]) if begun else ""


@sensitive_variables("password")
def begin(request: HttpRequest, email: str, password: str, *, going_to: str = "") -> None:
    """E-mail and password (ACC-3). Nothing here depends on who has an account. Raises InvalidInput."""
    inputs = Inputs({"email": email}, ("email",))
    address = inputs.email("email", "Enter the e-mail address").lower()
    inputs.check()
    check_password(password, Account(email=address), "password")
    request.session.cycle_key()
    request.session.pop(NEXT, None)
    request.session[REGISTRATION] = {
        "email": address,
        "password": make_password(password),
        "begun_at": timezone.now().timestamp(),
        "next": going_to,
    }


def identified(request: HttpRequest, digests: tuple[str, ...], at: datetime) -> None:
    """Strong authentication succeeded. Raises WrongState: no registration; NotAllowed: this identity has an account."""
    begun = _required(request)
    if eid.account_of(digests, at) is not None:
        forget(request)
        raise NotAllowed(HAS_ACCOUNT)
    request.session.cycle_key()
    request.session[REGISTRATION] = {**begun, "digests": list(digests), "strong_at": timezone.now().timestamp()}


def send_code(request: HttpRequest, *, sign_in_url: str) -> None:
    """Mail a code, also a second time when the first does not come.

    Raises WrongState; NotAllowed: asked for too often, or the mail server is away.
    """
    begun = _required(request)
    if not begun.get("digests"):
        raise WrongState(NOT_BEGUN)
    language = str(getattr(request, "LANGUAGE_CODE", "fi"))
    row_id, digits = codes.make(request, CODE, begun["email"])
    try:
        if queries.account_id_with_email(begun["email"]) is None:
            mail.code(begun["email"], digits, language)
        else:
            mail.has_account(begun["email"], sign_in_url, language)
    except mail.MAIL_SERVER_AWAY as error:
        raise NotAllowed(mail.NOT_SENT) from error
    request.session[REGISTRATION] = {**begun, "code_id": row_id}


def has_sent_code(request: HttpRequest) -> bool:
    begun = _begun(request)
    return bool(begun and begun.get("code_id"))


def finish(request: HttpRequest, typed: str, at: datetime) -> Account:
    """ "Linkitä tili": the account is made, linked to the identity and its people, and signed in.

    Raises InvalidInput on `code`, WrongState.
    """
    begun = _required(request)
    if not begun.get("digests") or not begun.get("code_id"):
        raise WrongState(NOT_BEGUN)
    codes.use(begun["code_id"], CODE, typed)
    account = Account(
        email=begun["email"], password=begun["password"], language=str(getattr(request, "LANGUAGE_CODE", "fi"))
    )
    try:
        with transaction.atomic():
            account.save()
            audit.record("register", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk)
            eid.link(account, tuple(begun["digests"]), at)
    except IntegrityError as error:  # somebody made an account with this address or identity meanwhile
        raise InvalidInput(FieldError("code", codes.WRONG)) from error
    begin_session(request, account, at)
    eid.mark(request, begun["strong_at"])
    if begun["next"]:
        request.session[NEXT] = begun["next"]
    return account


def forget(request: HttpRequest) -> None:
    """Drop a registration that is under way."""
    request.session.pop(REGISTRATION, None)


def _begun(request: HttpRequest) -> dict[str, Any] | None:
    begun: dict[str, Any] | None = request.session.get(REGISTRATION)
    if begun and timezone.now().timestamp() - begun["begun_at"] > LASTS.total_seconds():
        return None
    return begun


def _required(request: HttpRequest) -> dict[str, Any]:
    begun = _begun(request)
    if begun is None:
        raise WrongState(NOT_BEGUN)
    return begun
