"""The notice of a sign-in from a new device (HELP-4): an e-mail that cannot be turned off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palkkio.accounts import mail
from palkkio.accounts.session import IS_NEW_DEVICE

if TYPE_CHECKING:
    from palkkio.web.doors import PublicRequest


def tell_of_new_device(request: PublicRequest) -> None:
    """Tell the owner once when the session that has just begun is on a device not used before."""
    if request.user.is_authenticated and request.session.pop(IS_NEW_DEVICE, False):
        mail.new_device(request.user.email, request.user.language)
