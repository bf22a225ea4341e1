"""Somebody whom staff have identified is let in again: a new user name and password for the account they have (ACC-13).

The link leads to strong authentication at once; what it came to is an address that its reader reads.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from django.views.decorators.debug import sensitive_variables

from palkkio.accounts import devices, mail, queries
from palkkio.accounts.actions import check_password
from palkkio.accounts.invitations.actions import accept
from palkkio.accounts.invitations.models import Invitation
from palkkio.accounts.models import Account
from palkkio.audit import actions as audit
from palkkio.core.problems import FieldError, InvalidInput

TAKEN = _(
    "Another account has this e-mail as its user name. Keep the present one, or ask for a link to another address."
)


def has_account(row: Invitation) -> bool:
    """Whether the one who is let in again had an account when the link was made; else they register."""
    if row.purpose != Invitation.Purpose.AGAIN or row.person_id is None:
        return False
    account = queries.account_of(row.person_id)
    return account is not None and account.created_at <= row.made_at


@sensitive_variables("password")
def let_in(request: HttpRequest, token_digest: str, password: str, *, takes_email: bool, at: datetime) -> Account:
    """Takes the link: a new password and, if wished, the address that the link came to as user name.

    All other sessions of the account end; an address that is given up is told. Raises InvalidInput on `new` and
    `takes_email`; NotAllowed: somebody else's link; WrongState: it is worth nothing.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=request.user.pk or 0)
        row = accept(token_digest, account, at)
        check_password(password, account, "new")
        account.set_password(password)
        old, changed = account.email, ["password"]
        if takes_email and row.email != old:
            if queries.account_id_with_email(row.email) is not None:
                raise InvalidInput(FieldError("takes_email", TAKEN))
            account.email = row.email
            changed.append("email")
        account.save(update_fields=changed)
        for name in changed:
            audit.record(
                f"change_{name}", by=None, at=at, object_kind="account", object_id=account.pk, account_id=account.pk
            )
    if "email" in changed:
        mail.address_changed(old, account.language)
    key = request.session.session_key
    update_session_auth_hash(request, account)
    devices.rename_session(request, key)
    devices.end_all_sessions(account, but=request.session.session_key)
    return account
