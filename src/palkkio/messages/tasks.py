"""Jobs: reminders every morning, e-mails of notices. Each calls one action per organisation and may run twice."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palkkio.messages import actions, from_events
from palkkio.organisations.queries import organisation_ids

MAIL_SERVER_AWAY = RetryStrategy(max_attempts=6, linear_wait=300)


@app.periodic(cron="0 5 * * *")  # UTC: in the morning in Finland, summer and winter
@app.task(queueing_lock="remind_carers", retry=MAIL_SERVER_AWAY)
def remind_carers(timestamp: int) -> None:
    """Remind of deadlines in every organisation."""
    clock = settings.PALKKIO_CLOCK
    for organisation_id in organisation_ids():
        actions.warn_of_missing_cards(organisation_id, today=clock.today(), at=clock.now())
        actions.send_reminders(organisation_id, today=clock.today(), at=clock.now())


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


@app.task(name="palkkio.messages.tasks.tell_payslips_are_ready")
def tell_payslips_are_ready(run_id: int) -> None:
    """Tell the payees of a run that their payslips are there; payroll asks for it by this name."""
    actions.tell_payslips_are_ready(run_id, at=settings.PALKKIO_CLOCK.now())
