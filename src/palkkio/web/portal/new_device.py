"""The notice of a sign-in from a new device (HELP-4): an e-mail that cannot be turned off."""

from __future__ import annotations

from django.http import HttpRequest

from palkkio.accounts import mail
from palkkio.accounts.models import Account
from palkkio.accounts.session import IS_NEW_DEVICE


def tell_of_new_device(request: HttpRequest) -> None:
    """Tell the owner once when the session that has just begun is on a device not used before."""
    account = request.user
    if isinstance(account, Account) and request.session.pop(IS_NEW_DEVICE, False):
        mail.new_device(account.email, account.language)
