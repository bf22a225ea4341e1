"""Notices, reminders before deadlines, and the e-mail that says no more than that there is something to do."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlunsplit

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from palkkio.audit.actions import record
from palkkio.core.capabilities import OF_MINORS, Capability
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import Viewer
from palkkio.entries.queries import sheets_due
from palkkio.messages import access
from palkkio.messages.actions.letters import ask_where_wanted
from palkkio.messages.models import SECURITY, NoMail, Notice
from palkkio.organisations.queries import payer
from palkkio.people.mandates.queries import agents_of
from palkkio.people.queries import organisations_of

log = logging.getLogger(__name__)

EMAIL_WITHIN = timedelta(days=3)  # an older notice is no longer news
LANGUAGES = ("fi", "sv", "en")


@transaction.atomic
def notify(
    person_id: int, kind: str, object_id: int, key: str, *, at: datetime, is_mailed: bool = False
) -> Notice | None:
    """Give a person a notice, once per `key`; None when they have had it. The e-mail goes out by a job.

    is_mailed  an e-mail of its own, which says more, is sent: no common one goes out
    object_id  SHEET_RETURNED and DEADLINE_NEAR: sheet; PAYSLIP_READY: payslip; COMMENT_ANSWERED: comment;
               CHANGE_HANDLED: change report;
               BANK_ACCOUNT_CHANGED: bank account; GATE_OPEN: household; NEW_DEVICE: the session in the list of devices
    """
    notice = Notice(
        organisation=organisations_of([person_id])[person_id],
        person_id=person_id,
        kind=Notice.Kind(kind),
        object_id=object_id,
        key=key,
        created_at=at,
        emailed_at=at if is_mailed else None,
    )
    if Notice.objects.filter(person_id=person_id, key=key).exists():
        return None
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    made = Notice.objects.get(person_id=person_id, key=key)
    ask_where_wanted([made], at=at)
    if not is_mailed:
        defer_emails(notice.organisation_id)
    return made


def defer_emails(organisation_id: int) -> None:
    """Put the sending of e-mails in the queue, in the transaction of the notice."""
    from palkkio.messages.tasks import send_emails  # tasks import the actions that they call

    send_emails.defer(organisation_id=organisation_id)


@transaction.atomic
def mark_read(notice_ids: Iterable[int], *, by: Viewer, at: datetime) -> int:
    """The viewer has read own notices; others' are not touched. Returns how many were new.

    Who may only read for another leaves the notices as they are: the other has not seen them yet.
    """
    if not by.may(Capability.COMMENT):
        return 0
    rows = access.notices(by).filter(pk__in=list(notice_ids), read_at__isnull=True)
    return rows.update(read_at=at)


@transaction.atomic
def choose_mail(kinds: Iterable[str], *, by: Viewer, at: datetime) -> None:
    """Get e-mail of these kinds of notices and of no others but those of security; one's own choice alone.

    Raises NotAllowed while acting for another.
    """
    if by.acting_for is not None:
        raise NotAllowed(_("Only the person chooses what they get e-mail about."))
    off = {each.value for each in Notice.Kind} - set(kinds) - set(SECURITY)
    NoMail.objects.filter(person_id=by.person_id).exclude(kind__in=off).delete()
    NoMail.objects.bulk_create(
        (
            NoMail(organisation_id=by.organisation_id, person_id=by.person_id, kind=kind, chosen_at=at)
            for kind in sorted(off)
        ),
        ignore_conflicts=True,
    )
    record("choose_mail", by=by, at=at, object_kind="person", object_id=by.person_id, subject_person_id=by.person_id)


def send_reminders(organisation_id: int, *, today: date, at: datetime) -> int:
    """Remind carers whose sheet is open and its deadline near (CARE-10), empty sheets too, and employers whose
    assistants' hours wait for approval (EMP-2); of a minor's, who stands in for the minor. Once per sheet and day.

    May run twice. Returns how many notices were made; their e-mails are sent before it ends.
    """
    with transaction.atomic():
        rows = [
            Notice(
                organisation_id=organisation_id,
                person_id=person_id,
                kind=Notice.Kind.HOURS_TO_APPROVE if due.is_approval else Notice.Kind.DEADLINE_NEAR,
                object_id=due.sheet_id,
                key=f"deadline-{due.sheet_id}-{today.isoformat()}",
                created_at=at,
            )
            for due in sheets_due(organisation_id, today=today)
            for person_id in (due.person_id, *(stand_ins_of(due.person_id, today) if due.is_approval else ()))
        ]
        keys = [each.key for each in rows]
        known = set(Notice.objects.filter(organisation_id=organisation_id, key__in=keys).values_list("key", flat=True))
        new = [each for each in rows if each.key not in known]
        Notice.objects.bulk_create(new, ignore_conflicts=True)
    email_notices(organisation_id, at=at)
    return len(new)


def stand_ins_of(person_id: int, day: date) -> list[int]:
    """Who stands in for a minor: guardian or substitute employer."""
    return [row.agent_id for row in agents_of(person_id, day) if row.scope in OF_MINORS]


def email_notices(organisation_id: int, *, at: datetime) -> int:
    """Send the e-mails of new notices, one to each person whatever the number of notices. Returns how many were sent.

    A person's notices are marked before the next person's mail: killed in between, the next run sends the rest. An
    address that the mail server refuses stops nobody else's mail; a server that cannot be reached raises, and the job
    comes again. Those without an e-mail address, and those on paper, read their notices elsewhere.
    """
    sender = payer(organisation_id).sender_email or settings.DEFAULT_FROM_EMAIL
    waiting = Notice.objects.filter(
        organisation_id=organisation_id,
        emailed_at__isnull=True,
        read_at__isnull=True,
        created_at__gt=at - EMAIL_WITHIN,
        person__uses_paper=False,
        person__died_on__isnull=True,
    ).exclude(person__email="")
    waiting = waiting.exclude(Exists(NoMail.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"))))
    people = list(waiting.order_by("person_id").values_list("person_id", flat=True).distinct())
    sent = 0
    with mail.get_connection() as connection:
        for person_id in people:
            with transaction.atomic():
                mine = waiting.filter(person_id=person_id).select_related("person").order_by("pk")
                rows = list(mine.select_for_update(of=("self",), skip_locked=True))
                if not rows:
                    continue
                person = rows[0].person
                subject, body = words(person.language)
                try:
                    mail.EmailMessage(subject, body, sender, [person.email], connection=connection).send()
                except (SMTPRecipientsRefused, SMTPDataError):
                    log.warning(
                        "The mail server refused the e-mail of a notice", extra={"organisation": organisation_id}
                    )
                    continue
                Notice.objects.filter(pk__in=[each.pk for each in rows]).update(emailed_at=at)
                sent += 1
    return sent


def words(language: str) -> tuple[str, str]:
    """Subject and text of the e-mail in the person's language: no names, no amounts, no days."""
    with override(language if language in LANGUAGES else LANGUAGES[0]):
        subject = _("You have something to do in Palkkio")
        body = _(
            "You have something to do or to read in Palkkio. Sign in to see it:\n\n%(address)s\n\n"
            "This message holds no personal data. Do not reply to it."
        )
    return subject, body % {"address": site_address()}


def site_address() -> str:
    """Address of the front page, which the reader signs in from."""
    if address := getattr(settings, "PALKKIO_ADDRESS", ""):
        return str(address)
    host = (settings.ALLOWED_HOSTS or ["localhost"])[0].lstrip(".")
    return urlunsplit(("https" if settings.HTTPS else "http", host, "/", "", ""))
