"""A new password or user name: forgotten password, lost e-mail, and a change that the owner makes (ACC-7, ACC-13).

Nothing here says whether an address has an account: the page answers alike, and a job does the rest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.http import base36_to_int, int_to_base36
from django.views.decorators.debug import sensitive_variables

from palkkio.accounts import codes, devices, eid, mail, queries, throttle
from palkkio.accounts.actions import check_password
from palkkio.accounts.models import Account
from palkkio.accounts.session import PENDING
from palkkio.audit import actions as audit
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.organisations.inputs import Inputs

BROKEN_LINK = "The link is no longer valid. Ask for a new one."
NOT_BEGUN = "Begin from the first page: too much time has passed."


class _Tokens(PasswordResetTokenGenerator):
    """Links to a new password: one hour (settings), void once the password, the address or the eID has changed."""

    key_salt = "palkkio.accounts.recovery"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{queries.has_eid(user)}"


tokens = _Tokens()


# --- Forgotten password ----------------------------------------------------------------------------------------------


def count_request(request: HttpRequest, email: str) -> None:
    """Before a link is asked for. Raises NotAllowed: too often."""
    if throttle.count_attempt(request, f"password:{email.strip().lower()[:254]}") is None:
        raise NotAllowed(throttle.TOO_OFTEN)


def mail_password_link(email: str, site: str) -> bool:
    """The link, if the address has an account; done by a job. Returns whether one was sent."""
    account_id = queries.account_id_with_email(email)
    account = Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None
    if account is None:
        return False
    url = f"{site}{int_to_base36(account.pk)}/{tokens.make_token(account)}/"
    mail.password_link(account.email, url, account.language)
    return True


def open_link(request: HttpRequest, number: str, token: str) -> None:
    """Somebody came by the link: it goes from the address into the session. Raises NotAllowed."""
    account = _by_link(number, token)
    if account is None:
        raise NotAllowed(BROKEN_LINK)
    request.session.cycle_key()
    request.session[PENDING] = {"number": number, "token": token, "is_strong": not queries.has_eid(account)}


def needs_eid(request: HttpRequest) -> bool:
    """Whether strong authentication comes before the new password. Raises WrongState: no link was opened."""
    return not _pending(request, "is_strong")["is_strong"]


def identified_for_password(request: HttpRequest, digests: tuple[str, ...], at: datetime) -> None:
    """Strong authentication succeeded. Raises WrongState; NotAllowed: another person's identity."""
    pending = _pending(request, "is_strong")
    account = _by_link(pending["number"], pending["token"])
    if account is None:
        raise WrongState(BROKEN_LINK)
    found = eid.account_of(digests, at)
    if found is None or found.pk != account.pk:
        raise NotAllowed(eid.SOMEBODY_ELSE)
    request.session[PENDING] = {**pending, "is_strong": True}


@sensitive_variables("password")
def set_password(request: HttpRequest, password: str, at: datetime) -> Account:
    """The new password; all sessions of the account end. Raises InvalidInput on `new`, WrongState."""
    pending = _pending(request, "is_strong")
    account = _by_link(pending["number"], pending["token"])
    if account is None or not pending["is_strong"]:
        raise WrongState(BROKEN_LINK)
    check_password(password, account, "new")
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        audit.record(
            "change_password", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk
        )
        devices.end_all_sessions(account)
    request.session.flush()
    return account


def _by_link(number: str, token: str) -> Account | None:
    try:
        account = Account.objects.filter(pk=base36_to_int(number[:13]), is_active=True).first()
    except ValueError:
        return None
    return account if account and tokens.check_token(account, token) else None


# --- Lost e-mail -----------------------------------------------------------------------------------------------------


def identified_for_email(request: HttpRequest, digests: tuple[str, ...], at: datetime) -> None:
    """Strong authentication of somebody who no longer reads the e-mail of the account. Raises NotAllowed."""
    eid.sign_in(request, digests, at)
    request.session[PENDING] = {"is_lost": True}


# --- Another user name -----------------------------------------------------------------------------------------------


def is_email_lost(request: HttpRequest) -> bool:
    """Whether this session began by strong authentication because the old address is lost."""
    return bool((request.session.get(PENDING) or {}).get("is_lost")) and queries.is_fresh(request)


def begin_email_change(request: HttpRequest, account: Account, email: str) -> None:
    """Codes to the new address and, unless it is lost, to the old one. Raises InvalidInput, NotAllowed (too often)."""
    inputs = Inputs({"email": email}, ("email",))
    address = inputs.email("email", "Enter the e-mail address").lower()
    if address == account.email:
        inputs.error("email", "This is your user name already")
    inputs.check()
    is_lost = is_email_lost(request)
    new_id, new_code = codes.make(request, "email_new", address)
    old_id, old_code = None, ""
    if not is_lost:
        old_id, old_code = codes.make(request, "email_old", account.email)
    try:
        if not is_lost:
            mail.code(account.email, old_code, account.language)
        if queries.account_id_with_email(address) is None:
            mail.code(address, new_code, account.language)
        else:  # the same page and the same cost, and the owner of that address gets to know
            mail.has_account(address, request.build_absolute_uri("/sign-in/"), account.language)
    except mail.MAIL_SERVER_AWAY as error:
        raise NotAllowed(mail.NOT_SENT) from error
    request.session[PENDING] = {"email": address, "new_id": new_id, "old_id": old_id, "is_lost": is_lost}


def is_change_of_lost(request: HttpRequest) -> bool:
    """Whether the change that is under way needs no code of the old address: it was begun by strong authentication."""
    return bool((request.session.get(PENDING) or {}).get("is_lost"))


def pending_email(request: HttpRequest) -> str:
    """The new address that waits for its codes; empty when there is none."""
    return str((request.session.get(PENDING) or {}).get("email", ""))


def finish_email_change(request: HttpRequest, account: Account, typed: dict[str, str], at: datetime) -> None:
    """With the codes of both addresses the new one is the user name, and the old one is told.

    Raises InvalidInput on `new_code` and `old_code`, WrongState.
    """
    pending = _pending(request, "email")
    if not pending["is_lost"]:
        codes.use(pending["old_id"], "email_old", typed.get("old_code", ""), field="old_code")
    codes.use(pending["new_id"], "email_new", typed.get("new_code", ""), field="new_code")
    old = account.email
    try:
        with transaction.atomic():
            account.email = pending["email"]
            account.save(update_fields=["email"])
            audit.record(
                "change_email", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk
            )
    except IntegrityError as error:
        account.email = old
        raise InvalidInput(FieldError("new_code", codes.WRONG)) from error
    mail.address_changed(old, account.language)
    request.session.pop(PENDING, None)
    key = request.session.session_key
    update_session_auth_hash(request, account)
    devices.rename_session(request, key)
    devices.end_all_sessions(account, but=request.session.session_key)


def _pending(request: HttpRequest, key: str) -> dict[str, Any]:
    """What is under way, if it holds `key`: a new password and a new address share one place. Raises WrongState."""
    pending: dict[str, Any] | None = request.session.get(PENDING)
    if not pending or key not in pending:
        raise WrongState(NOT_BEGUN)
    return pending
