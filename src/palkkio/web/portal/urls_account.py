"""Addresses of registration, strong authentication, passwords and devices."""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.portal.views import eid, recovering, register, security

urlpatterns: list[URLPattern] = [
    path("register/", register.register, name="register"),
    path("register/identify/", register.identify, name="register-identify"),
    path("register/code/", register.code, name="register-code"),
    path("register/code/again/", register.send_again, name="register-code-again"),
    path("register/done/", register.done, name="register-done"),
    path("eid/", eid.choose_bank, name="eid"),
    path("eid/back/", eid.back, name="eid-back"),
    path("eid/<slug:key>/", eid.start, name="eid-start"),
    path("forgotten/", recovering.forgotten, name="forgotten"),
    path("forgotten/sent/", recovering.link_sent, name="link-sent"),
    path("forgotten/new/", recovering.new_password, name="new-password"),
    path("forgotten/<slug:number>/<slug:token>/", recovering.open_link, name="password-link"),
    path("me/email/", recovering.change_email, name="change-email"),
    path("me/email/codes/", recovering.change_email_codes, name="change-email-codes"),
    path("me/security/", security.security, name="security"),
    path("me/security/devices/<int:number>/end/", security.end_session, name="end-session"),
    path("me/second-factor/", security.second_factor, name="second-factor"),
    path("me/confirm/", security.confirm_self, name="confirm-self"),
]
