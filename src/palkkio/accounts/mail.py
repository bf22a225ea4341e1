"""E-mails of accounts: codes, links and warnings. They name nobody; each goes out in the reader's language."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

log = logging.getLogger(__name__)

SIGNATURE = "Palkkio"
MAIL_SERVER_AWAY = (SMTPException, OSError)
NOT_SENT = "The e-mail could not be sent just now. Try again in a while."


def code(address: str, digits: str, language: str) -> None:
    """The six-digit code that shows that an address is the reader's own."""
    with override(language):
        _send(
            address,
            _("Your code for Palkkio"),
            _("Your code is %(code)s") % {"code": digits},
            _("Type it on the page that you have open. It is valid for 15 minutes."),
            _("If you did not ask for it, you need do nothing. Give the code to nobody."),
        )


def has_account(address: str, sign_in_url: str, language: str) -> None:
    """Somebody began an account with an address that has one: only the owner of the address gets to know."""
    with override(language):
        _send(
            address,
            _("You have an account in Palkkio"),
            _("A new account was asked for with this e-mail address. You have one already: sign in here:"),
            sign_in_url,
            _("There you can also get a new password. If you did not ask for an account, you need do nothing."),
        )


def password_link(address: str, url: str, language: str) -> None:
    with override(language):
        _send(
            address,
            _("A new password for Palkkio"),
            _("Choose a new password here. The link works once, for an hour:"),
            url,
            _("If you did not ask for it, you need do nothing: your password stays as it is."),
        )


def address_changed(address: str, language: str) -> None:
    """To the old address."""
    with override(language):
        _tell(
            address,
            _("Your user name in Palkkio was changed"),
            _("You now sign in to Palkkio with another e-mail address. This one is no longer your user name."),
            _("If you did not change it, contact your wellbeing services county or city at once."),
        )


def new_device(address: str, language: str) -> None:
    with override(language):
        _tell(
            address,
            _("Sign-in to Palkkio from a new device"),
            _("Your account was used on a device that you have not signed in with before."),
            _("If it was you, you need do nothing. If not, change your password and end the session in My details."),
        )


def _tell(address: str, subject: str, *paragraphs: str) -> None:
    """A warning: what it tells of has happened, whether or not the mail server answers."""
    try:
        _send(address, subject, *paragraphs)
    except MAIL_SERVER_AWAY as error:
        log.warning("A warning could not be mailed: %s", type(error).__name__)


def _send(address: str, subject: str, *paragraphs: str) -> None:
    body = "\n\n".join((*paragraphs, SIGNATURE)) + "\n"
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address]).send()
