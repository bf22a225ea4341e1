"""Notices, reminders before the deadline, and the e-mail that says nothing personal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from palkkio.entries import actions as entries
from palkkio.messages import actions, queries
from palkkio.messages.models import Notice
from palkkio.people.models import Person
from tests import factories
from tests.apps.entries.scene import JUNE, NOW, on, scene, sheet_of

pytestmark = pytest.mark.django_db
DEADLINE = date(2026, 6, 3)
NEAR = date(2026, 5, 31)  # three days before; the schedule reminds three days and one day before


def remind(place, day=NEAR, hour=8):
    return actions.send_reminders(place.id, today=day, at=on(day.month, day.day, hour))


def email_of(viewer, address="hilla@testi.example", **values):
    Person.objects.filter(pk=viewer.person_id).update(email=address, **values)


# --- Reminders -------------------------------------------------------------------------------------------------------


def test_a_carer_with_an_open_sheet_is_reminded_before_the_deadline():
    """CARE-10: an empty sheet too."""
    may_sheet = scene()
    email_of(may_sheet.carer)
    assert remind(may_sheet.place) == 1
    (notice,) = queries.notices_of(may_sheet.carer)
    assert (notice.kind, notice.object_id, notice.is_read) == (Notice.Kind.DEADLINE_NEAR, may_sheet.sheet.pk, False)
    assert [message.to for message in mail.outbox] == [["hilla@testi.example"]]


@pytest.mark.parametrize(("days_before", "number"), [(4, 0), (3, 1), (2, 0), (1, 1), (0, 0), (-1, 0)])
def test_reminders_go_on_the_days_of_the_schedule(days_before, number):
    """CARE-10: which days is data."""
    may_sheet = scene()
    assert remind(may_sheet.place, DEADLINE - timedelta(days=days_before)) == number


def test_a_job_that_runs_twice_reminds_once_and_the_next_reminder_is_another():
    may_sheet = scene()
    email_of(may_sheet.carer)
    assert [remind(may_sheet.place), remind(may_sheet.place, hour=9)] == [1, 0]
    assert len(mail.outbox) == 1
    assert remind(may_sheet.place, date(2026, 6, 2)) == 1
    assert len(mail.outbox) == 2


def test_who_has_confirmed_is_not_reminded_and_who_got_it_back_is():
    """CARE-8, CARE-10"""
    may_sheet = scene()
    may_sheet.confirm()
    assert remind(may_sheet.place) == 0
    entries.return_sheet(may_sheet.sheet.pk, by=may_sheet.handler, at=NOW, version=2, reason="Tarkista 5.5.")
    assert remind(may_sheet.place) == 1


def test_the_coming_month_and_a_contract_that_has_ended_are_not_reminded_of():
    may_sheet = scene()
    sheet_of(may_sheet.contract, JUNE)
    may_sheet.contract.valid = factories.DateRange.of_days(date(2026, 1, 1), date(2026, 4, 30))
    may_sheet.contract.save()
    assert remind(may_sheet.place) == 0


def test_another_organisations_carers_are_not_reminded():
    may_sheet = scene()
    assert remind(factories.city()) == 0
    assert queries.notices_of(may_sheet.carer) == []


def test_the_daily_job_reminds_in_every_organisation(settings):
    from palkkio.core.clock import Clock
    from palkkio.messages.tasks import remind_carers

    mays = [scene(), scene(place=factories.city())]
    settings.PALKKIO_CLOCK = Clock(NEAR)
    remind_carers(timestamp=0)
    remind_carers(timestamp=0)
    told = [sorted(notice.kind for notice in queries.notices_of(each.carer)) for each in mays]
    assert told == [[Notice.Kind.CARD_MISSING, Notice.Kind.DEADLINE_NEAR]] * 2  # each once: they have no tax card


# --- E-mail ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv", "en", "xx"])
def test_an_email_holds_the_address_and_nothing_personal(language, settings):
    """HELP-4: no names, amounts or days; in the person's language."""
    settings.PALKKIO_ADDRESS = "https://palkkio.example/"
    may_sheet = scene()
    email_of(may_sheet.carer, language=language)
    remind(may_sheet.place)
    (message,) = mail.outbox
    whole = f"{message.subject}\n{message.body}"
    assert "https://palkkio.example/" in whole
    person = may_sheet.contract.carer
    for secret in (person.given_names, person.family_name, "Hoidettava", may_sheet.contract.number, "Mallila"):
        assert secret not in whole
    assert not re.search(r"\d", whole)


def test_one_email_tells_of_several_notices():
    may_sheet = scene()
    email_of(may_sheet.carer)
    sheet_of(factories.contract(may_sheet.place, may_sheet.carer.person_id))
    assert remind(may_sheet.place) == 2
    assert len(mail.outbox) == 1


def test_those_without_email_on_paper_or_deceased_get_none():
    """ACC-11: they lose nothing; the notice stands."""
    place = factories.county()
    mays = [scene(place=place) for _ in range(3)]
    email_of(mays[1].carer, uses_paper=True)
    email_of(mays[2].carer, died_on=date(2026, 5, 20))
    assert remind(place) == 2
    assert mail.outbox == []
    assert len(queries.notices_of(mays[0].carer)) == 1


def test_an_old_or_read_notice_is_not_mailed_later():
    may_sheet = scene()
    remind(may_sheet.place)
    email_of(may_sheet.carer)
    assert actions.email_notices(may_sheet.place.id, at=NOW) == 0
    remind(may_sheet.place, date(2026, 6, 2))
    assert len(mail.outbox) == 1


def test_the_mail_is_sent_from_the_organisations_address():
    may_sheet = scene(place=factories.county(sender_email="ala-vastaa@mallila.example"))
    email_of(may_sheet.carer)
    remind(may_sheet.place)
    assert mail.outbox[0].from_email == "ala-vastaa@mallila.example"


def test_a_killed_job_sends_the_rest_when_it_runs_again(monkeypatch):
    place = factories.county()
    mays = [scene(place=place) for _ in range(3)]
    for number, each in enumerate(mays):
        email_of(each.carer, f"testaaja{number}@testi.example")
    sent = mail.EmailMessage.send
    killed = iter([False, True])

    def send(message, *args, **kwargs):
        if next(killed, False):
            raise KeyboardInterrupt
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    with pytest.raises(KeyboardInterrupt):
        remind(place)
    assert remind(place) == 0
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"testaaja{number}@testi.example" for number in range(3)
    ]


def test_a_refused_address_stops_nobody_elses_mail(monkeypatch):
    place = factories.county()
    mays = [scene(place=place) for _ in range(3)]
    for number, each in enumerate(mays):
        email_of(each.carer, f"testaaja{number}@testi.example")
    sent = mail.EmailMessage.send
    refused = ["testaaja1@testi.example"]

    def send(message, *args, **kwargs):
        if message.to[0] in refused:
            raise SMTPRecipientsRefused({})
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    remind(place)
    assert sorted(message.to[0][8] for message in mail.outbox) == ["0", "2"]
    refused.clear()
    remind(place)
    assert sorted(message.to[0][8] for message in mail.outbox) == ["0", "1", "2"]


# --- Notices ---------------------------------------------------------------------------------------------------------


def test_a_notice_is_given_once_by_its_key_and_its_email_waits_in_the_queue():
    from procrastinate.contrib.django.models import ProcrastinateJob

    may_sheet = scene()
    person_id = may_sheet.carer.person_id
    first = actions.notify(person_id, "sheet_returned", may_sheet.sheet.pk, "returned-1-3", at=NOW)
    assert actions.notify(person_id, "sheet_returned", may_sheet.sheet.pk, "returned-1-3", at=NOW) is None
    (notice,) = queries.notices_of(may_sheet.carer)
    assert notice.id == first.pk
    (job,) = ProcrastinateJob.objects.filter(task_name="palkkio.messages.tasks.send_emails")
    assert job.args == {"organisation_id": may_sheet.place.id}


def test_the_job_mails_what_waits():
    from palkkio.messages.tasks import send_emails

    may_sheet = scene()
    email_of(may_sheet.carer)
    actions.notify(may_sheet.carer.person_id, "payslip_ready", 1, "payslip-1", at=NOW)
    assert mail.outbox == []
    send_emails(organisation_id=may_sheet.place.id)
    send_emails(organisation_id=may_sheet.place.id)
    assert len(mail.outbox) == 1


def test_reading_marks_own_notices_only():
    may_sheet = scene()
    other = factories.carer(may_sheet.place, "Esimerkki")
    actions.notify(may_sheet.carer.person_id, "payslip_ready", 1, "payslip-1", at=NOW)
    (notice,) = queries.notices_of(may_sheet.carer)
    assert actions.mark_read([notice.id], by=other, at=NOW) == 0
    assert queries.unread(may_sheet.carer) == 1
    assert actions.mark_read([notice.id], by=may_sheet.carer, at=NOW) == 1
    assert (queries.unread(may_sheet.carer), queries.notices_of(may_sheet.carer)[0].is_read) == (0, True)
    assert queries.notices_of(may_sheet.carer, only_unread=True) == []
