"""Jobs: reminders every morning, e-mails of notices. Each calls one action per organisation and may run twice."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palkkio.adapters.suomifi_messages.client import MessagesError
from palkkio.messages import actions, from_events, posting
from palkkio.messages.actions.letters import SEND, send_soon
from palkkio.organisations.queries import organisation_by_slug, organisation_ids
from palkkio.payroll.queueing import let_go_of_lost_connections

MAIL_SERVER_AWAY = RetryStrategy(max_attempts=6, linear_wait=300)
# A service that is away is asked again for about a quarter of an hour, and then with the next round.
LETTERS_AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={OperationalError, MessagesError})


@app.periodic(cron="0 5 * * *")  # UTC: in the morning in Finland, summer and winter
@app.task(queueing_lock="remind_carers", retry=MAIL_SERVER_AWAY)
def remind_carers(timestamp: int) -> None:
    """Remind of deadlines in every organisation."""
    clock = settings.PALKKIO_CLOCK
    for organisation_id in organisation_ids():
        actions.warn_of_missing_cards(organisation_id, today=clock.today(), at=clock.now())
        actions.send_reminders(organisation_id, today=clock.today(), at=clock.now())
        actions.remind_of_comments(organisation_id, today=clock.today(), at=clock.now())


@app.task(retry=MAIL_SERVER_AWAY)
def send_emails(organisation_id: int) -> None:
    """Send the e-mails of an organisation's new notices."""
    actions.email_notices(organisation_id, at=settings.PALKKIO_CLOCK.now())


@app.task(retry=MAIL_SERVER_AWAY)
def warn_of_changed_account(person_id: int) -> None:
    """E-mail the addresses of a person whose account number was changed."""
    actions.email_account_warning(person_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_from_events")
def tell_from_events(timestamp: int) -> None:
    """Make notices of what has happened since the last minute."""
    from_events.tell(at=settings.PALKKIO_CLOCK.now())


@app.task(name=SEND, retry=LETTERS_AGAIN)
def send_letters(organisation_id: int) -> None:
    """Give an organisation's letters to Suomi.fi Messages."""
    let_go_of_lost_connections()
    posting.send_letters(organisation_id, at=settings.PALKKIO_CLOCK.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="talk_to_suomifi_messages")
def talk_to_suomifi_messages(timestamp: int) -> None:
    """Send what waits, and ask what became of what was sent; one organisation's trouble does not stop another's."""
    let_go_of_lost_connections()
    for slug in settings.PALKKIO_SUOMIFI_MESSAGES:
        organisation = organisation_by_slug(slug)
        if organisation is None:
            continue
        if posting.waiting(organisation.pk).exists():
            send_soon(organisation.pk)
        with suppress(MessagesError):  # it is away: the next round asks
            posting.read_events(organisation.pk, at=settings.PALKKIO_CLOCK.now())


@app.task(name="palkkio.messages.tasks.tell_payslips_are_ready")
def tell_payslips_are_ready(run_id: int) -> None:
    """Tell the payees of a run that their payslips are there; payroll asks for it by this name."""
    actions.tell_payslips_are_ready(run_id, at=settings.PALKKIO_CLOCK.now())
