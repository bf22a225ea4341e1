"""Every long job has a visible state, an error text and a safe retry."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from palkkio.adapters.suomifi_messages.client import MessagesError
from palkkio.audit.models import Event
from palkkio.config import settings as configured
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.formats.schemas import payment_schema, validate
from palkkio.jobs import access
from palkkio.jobs.actions import try_job_again
from palkkio.jobs.models import JobTrouble
from palkkio.jobs.noting import note_trouble
from palkkio.messages.actions.letters import SEND
from palkkio.payroll.queueing import CALCULATE
from palkkio.web.desk.jobs_page import TASKS
from tests import factories
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db
MAIL = "palkkio.accounts.tasks.mail_password_link"
NIGHT = "palkkio.reporting.tasks.prove_at_night"


def failed(task: str, **arguments: Any) -> int:
    number = app.configure_task(task).defer(**arguments)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 6 WHERE id = %s", [number])
    return int(number)


class Context:
    """What the worker tells of the job."""

    def __init__(self, number: int) -> None:
        self.job = ProcrastinateJob.objects.get(pk=number).procrastinate_job


def tried(number: int, error: Exception | None = None) -> None:
    def does() -> None:
        if error is not None:
            raise error

    note_trouble(does, Context(number), None)  # type: ignore[arg-type]


def seen(viewer: Viewer) -> set[int]:
    return set(access.jobs(viewer).values_list("pk", flat=True))


def test_the_page_says_what_failed_and_why_and_it_is_tried_again() -> None:
    place = factories.county()
    clerk = factories.clerk(place)
    number = failed(SEND, organisation_id=place.id)
    with pytest.raises(MessagesError):
        tried(number, MessagesError("Suomi.fi Messages answers HTTP 503"))
    desk = signed_in(clerk)
    page = desk.get(reverse("desk:jobs")).content.decode()
    for words in ("Sending letters by Suomi.fi Messages", "Suomi.fi Messages answers HTTP 503", "failed", "Try again"):
        assert words in page
    desk.post(reverse("desk:try-job-again", args=[number]))
    assert ProcrastinateJob.objects.get(pk=number).status == "todo"
    assert Event.objects.get(action="try_job_again").details == {"task": SEND}
    with pytest.raises(WrongState):
        try_job_again(number, by=clerk, at=factories.NOW)
    tried(number)
    assert not JobTrouble.objects.exists()  # it went through


def test_the_text_of_an_error_that_may_quote_a_row_is_not_kept() -> None:
    number = failed(SEND, organisation_id=factories.county().id)
    with pytest.raises(ValueError, match="Testaaja"):
        tried(number, ValueError("Testaaja 010180-900X"))
    assert JobTrouble.objects.get().text == "ValueError"


def test_what_a_schema_finds_wrong_does_not_quote_a_name() -> None:
    """Such a text stands on the page of jobs, which names nobody."""
    wrong = b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'><CstmrCdtTrfInitn><GrpHdr>"
    wrong += b"<MsgId>" + b"Testaaja " * 9 + b"</MsgId><CreDtTm>Mallikas</CreDtTm>"
    wrong += b"</GrpHdr></CstmrCdtTrfInitn></Document>"
    found = " ".join(validate(wrong, payment_schema()))
    assert "has a length of '81'" in found
    assert "The value is not a valid value" in found
    assert "Testaaja" not in found
    assert "Mallikas" not in found


def test_jobs_of_others_and_those_that_name_somebody_are_shown_to_nobody_else() -> None:
    place, other = factories.county(), factories.city()
    person = factories.person(other)
    of_other = failed(SEND, organisation_id=other.id)
    about_person = failed("palkkio.messages.tasks.warn_of_changed_account", person_id=person.pk)
    of_timetable = failed(NIGHT, timestamp=0)
    failed(MAIL, email="testi@testi.example", site="https://palkkio.example/")
    failed(CALCULATE, run_id=10**9)
    assert seen(factories.clerk(place)) == {of_timetable}
    assert seen(factories.administrator(other)) == {of_timetable, of_other, about_person}
    assert seen(factories.handler(other)) == set()
    with pytest.raises(NotAllowed):
        try_job_again(of_other, by=factories.clerk(place), at=factories.NOW)


def test_the_same_job_that_waits_already_is_not_queued_twice() -> None:
    place = factories.county()
    number = int(app.configure_task(SEND, queueing_lock="letters").defer(organisation_id=place.id))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
    app.configure_task(SEND, queueing_lock="letters").defer(organisation_id=place.id)
    with pytest.raises(WrongState):
        try_job_again(number, by=factories.clerk(place), at=factories.NOW)


def test_every_worker_notes_why_a_job_failed_and_every_long_job_has_words() -> None:
    assert {"task_middleware": [note_trouble]} == configured.PROCRASTINATE_WORKER_DEFAULTS
    tasks = {name.removeprefix("palkkio.") for name in app.tasks}
    assert TASKS.keys() <= tasks
    stages = ("payroll.", "payments.", "reporting.")
    assert {each for each in tasks if each.startswith(stages)} <= TASKS.keys()
