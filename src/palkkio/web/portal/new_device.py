"""A sign-in from a new device is told (HELP-4): by an e-mail that cannot be turned off, and on the home page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings

from palkkio.accounts import devices, mail
from palkkio.accounts.session import IS_NEW_DEVICE
from palkkio.messages.actions import tell_of_new_device

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class NewDeviceMiddleware:
    """Tells the owner once, in whichever way the session began: by password, app, passkey or eID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        account = request.user
        if account.is_authenticated and request.session.pop(IS_NEW_DEVICE, False):
            mail.new_device(account.email, account.language)
            tell_of_new_device(account.pk, devices.number_of(request), at=settings.PALKKIO_CLOCK.now())
        return response
