"""Pages of allauth that keep second factors and passkeys, under the names that allauth looks for.

Only these of allauth's pages are served; their templates are ours (portal/templates/mfa).
"""

from __future__ import annotations

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from palkkio.web.portal.views.sign_in import sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/second-factor/", base.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("me/security/methods/", RedirectView.as_view(pattern_name="portal:security"), name="mfa_index"),
    path("me/security/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/security/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/security/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/security/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "me/security/passkeys/",
        RedirectView.as_view(pattern_name="portal:security"),
        name="mfa_list_webauthn",
    ),
    path("me/security/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("me/security/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
