"""The e-mail that carries a link: it names nobody and goes out in the reader's language."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from palkkio.core.problems import WrongState

NOT_SENT = "The e-mail could not be sent. Check the address, or try again in a while."


def send(address: str, link: str, language: str, purpose: str, days: int, sender: str) -> None:
    """Raises WrongState when the mail server does not take it."""
    with override(language):
        if purpose == "mandate":
            why = _("You are asked to act for another person in Palkkio. The link tells more once you have signed in:")
        else:
            why = _("Your wellbeing services county or city invites you to Palkkio. Begin here:")
        body = "\n\n".join(
            (
                why,
                link,
                _("The link is yours alone and works once, for %(days)s days. Give it to nobody.") % {"days": days},
                _("If you did not expect it, you need do nothing."),
                "Palkkio",
            )
        )
        subject = _("An invitation to Palkkio")
    try:
        EmailMessage(subject, body + "\n", sender or settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (SMTPException, OSError) as error:
        raise WrongState(NOT_SENT) from error
