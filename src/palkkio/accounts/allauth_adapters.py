"""How allauth, which keeps second factors, passkeys and the list of sessions, works with our accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palkkio.accounts import queries, throttle
from palkkio.accounts.models import Account
from palkkio.accounts.session import CONFIRMED_AT, FRESH, NEXT, SIGNED_IN_AT
from palkkio.accounts.starting import begin_session
from palkkio.people import identity


class AccountAdapter(DefaultAccountAdapter):
    """Sessions begin in one way, whatever the visitor signed in with; allauth's own account pages are not served."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return throttle.address_of(request)

    def login(self, request: HttpRequest, user: Account) -> None:
        has_second = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
        begin_session(request, user, settings.PALKKIO_CLOCK.now(), with_second_factor=has_second)

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        return None if user.is_active else redirect(settings.LOGIN_URL)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        return redirect(request.session.pop(NEXT, "") or "portal:choose-role")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/me/security/"

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url) and str(url).startswith("/") and not str(url).startswith(("//", "/\\"))

    def is_reauthentication_required(self, *, app: str) -> bool:
        """A sign-in or strong authentication of the last ten minutes is enough to change second factors, but where the
        eID is the second factor, a password is not.
        """
        if queries.owes_eid(self.request, self.request.user):
            return True
        session = self.request.session
        shown = max(session.get(SIGNED_IN_AT, 0), session.get(CONFIRMED_AT, 0))
        return not (queries.is_fresh(self.request) or timezone.now().timestamp() - shown <= FRESH.total_seconds())

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, str]]:
        if not user.is_authenticated:
            return []  # to the sign-in page
        return [{"id": "confirm", "description": "", "url": "/me/confirm/"}]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what was done; errors of passkeys are said."""
        level = kwargs.get("level") or (args[1] if len(args) > 1 else 0)
        if level >= 40:
            from django.contrib import messages

            messages.error(self.request, _("The passkey was not accepted. Try again, or sign in with your password."))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices are ours to send."""


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of apps and recovery codes are sealed at rest, with the keys of identity codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong. Check it, and that the clock of your device is right."),
    }

    def encrypt(self, text: str) -> str:
        return identity.ring().seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return identity.ring().open(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Palkkio"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the base's name
        return _("Passkey")


class SecondFactorForm(AuthenticateForm):
    """A code of an app or a recovery code; guesses are counted in the database, per account.

    A code of an app holds a step longer and a step sooner than its thirty seconds (RFC 6238 section 5.2), for those
    who type slowly and for clocks that differ, and is taken once in all that time, where allauth remembers it one step.
    """

    def clean_code(self) -> str:
        from allauth.core import context

        attempt = throttle.count_attempt(context.request, f"second-factor:{self.user.pk}")
        if attempt is None:
            raise ValidationError(_(throttle.TOO_OFTEN))
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = f"second-factor-used:{self.user.pk}:{''.join(code.split())}"
            steps = 2 * settings.MFA_TOTP_TOLERANCE + 1
            if not cache.add(used, "", timeout=steps * settings.MFA_TOTP_PERIOD):
                raise MFAAdapter().validation_error("incorrect_code")
        throttle.forget(attempt)
        return code
