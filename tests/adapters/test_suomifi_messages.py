"""Letters by Suomi.fi Messages: what is asked, what is answered, and that nobody gets one twice (ACC-11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from palkkio.adapters.configuration import SettingsError
from palkkio.adapters.suomifi_messages import sandbox
from palkkio.adapters.suomifi_messages.bodies import Address, Channel, Letter, body_of
from palkkio.adapters.suomifi_messages.client import LetterRefused, MessagesError, Session
from palkkio.adapters.suomifi_messages.sandbox_rules import BODIES, problems
from palkkio.adapters.suomifi_messages.settings import Service, read_services
from tests.adapters.test_cut_off import HALVES, answering
from tests.formats.values import identity_code

BORN = date(1980, 1, 1)
WITH_MAILBOX, WITHOUT = identity_code(BORN, 902), identity_code(BORN, 903)
HOME = Address("Testi Testaaja", "Mallitie 4", "00100", "Mallila")
PDF = b"%PDF-1.7 a letter"
LETTER = Letter("mallila-1", WITH_MAILBOX, HOME, "A letter", "It is attached.", "letter-2026-06-08-1.pdf")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[sandbox.Sandbox]:
    with sandbox.running(tmp_path) as made:
        yield made


def service_of(server: sandbox.Sandbox) -> Service:
    return read_services(server.settings(), production=False)["mallila"]


def kinds(session: Session) -> list[str]:
    return [each.kind for each in session.events("")[0]]


def test_a_letter_goes_to_the_mailbox_or_to_paper_as_its_receiver_has_one(server: sandbox.Sandbox) -> None:
    """M4, M6: the service chooses; we tell it both."""
    session = Session(service_of(server))
    first, channel = session.send(LETTER, PDF)
    second, _ = session.send(replace(LETTER, external_id="mallila-2", receiver=WITHOUT), PDF)
    assert channel == Channel.ANY
    events, place = session.events("")
    assert [(each.message_id, each.kind) for each in events] == [
        (first, "Electronic message created"),
        (first, "Electronic message read"),
        (second, "Paper mail created"),
        (second, "Sent for printing and enveloping"),
    ]
    assert {each.external_id for each in events} == {"mallila-1", "mallila-2"}
    assert session.events(place) == ([], place)


def test_a_letter_given_in_twice_is_one_letter(server: sandbox.Sandbox) -> None:
    """M6: 409 names the message that is there already, and is a success."""
    session = Session(service_of(server))
    assert session.send(LETTER, PDF) == session.send(LETTER, PDF)
    server.forgets_to_answer = 1
    other = replace(LETTER, external_id="mallila-2")
    with pytest.raises(MessagesError):
        session.send(other, PDF)
    session.send(other, PDF)
    assert [each.external_id for each in server.store.messages()] == ["mallila-1", "mallila-2"]


def test_without_an_address_only_a_mailbox_is_asked_and_without_a_code_only_paper(server: sandbox.Sandbox) -> None:
    """M9: the sender must know the address; a protection order keeps it from paper."""
    session = Session(service_of(server))
    assert session.send(replace(LETTER, address=None), PDF)[1] == Channel.MAILBOX
    with pytest.raises(LetterRefused, match="NO_MAILBOX"):
        session.send(replace(LETTER, external_id="mallila-2", receiver=WITHOUT, address=None), PDF)
    assert session.send(replace(LETTER, external_id="mallila-3", receiver=""), PDF)[1] == Channel.PAPER
    with pytest.raises(LetterRefused, match="NO_WAY"):
        session.send(replace(LETTER, external_id="mallila-4", receiver="", address=None), PDF)
    assert len(server.store.messages()) == 2


def test_a_decision_is_verifiable_and_a_payslip_is_for_its_receiver_alone(server: sandbox.Sandbox) -> None:
    """M11."""
    session = Session(service_of(server))
    body = body_of(LETTER, "a", session.service, Channel.ANY)
    assert (body["electronic"]["visibility"], body["paperMail"]["messageServiceType"]) == ("Recipient only", "Normal")
    session.send(replace(LETTER, is_verifiable=True), PDF)
    assert kinds(session) == ["Electronic message created", "Receipt confirmed"]


@pytest.mark.parametrize("channel", list(Channel))
def test_the_bodies_have_the_fields_that_the_interface_asks_for_and_no_others(
    server: sandbox.Sandbox, channel: Channel
) -> None:
    """M7. A field that is missing, empty or unknown is named, without its value."""
    body = body_of(LETTER, "a", service_of(server), channel)
    assert list(problems(body, BODIES[channel])) == []
    for key in list(body):
        assert list(problems({each: body[each] for each in body if each != key}, BODIES[channel])) == [
            f"body.{key} is missing"
        ]
    assert list(problems({**body, "more": 1}, BODIES[channel])) == ["body.more is not known"]
    assert "body.externalId is not a text" in list(problems({**body, "externalId": ""}, BODIES[channel]))


def test_what_the_service_refuses_is_told_with_its_reason(server: sandbox.Sandbox, tmp_path: Path) -> None:
    (tmp_path / sandbox.FAULTS).write_text(json.dumps({WITH_MAILBOX: "refused"}))
    session = Session(service_of(server))
    with pytest.raises(LetterRefused, match="cannot receive"):
        session.send(LETTER, PDF)
    with pytest.raises(LetterRefused, match=r"body\.electronic\.title is not a text"):
        session.send(replace(LETTER, title=" "), PDF)


def test_a_token_that_has_run_out_is_asked_for_again(server: sandbox.Sandbox) -> None:
    session = Session(service_of(server))
    session.send(LETTER, PDF)
    server.tokens.clear()
    session.send(replace(LETTER, external_id="mallila-2"), PDF)
    wrong = Session(replace(session.service, password="another"))
    with pytest.raises(MessagesError, match="does not let us in"):
        wrong.send(LETTER, PDF)


def test_a_service_that_is_away_or_breaks_off_has_given_no_answer(server: sandbox.Sandbox) -> None:
    session = Session(service_of(server))
    server.failures = 1
    with pytest.raises(MessagesError, match="503"):
        session.send(LETTER, PDF)
    for half in HALVES:
        with answering(half) as port, pytest.raises(MessagesError):
            Session(replace(session.service, url=f"http://localhost:{port}")).send(LETTER, PDF)


ROW: dict[str, Any] = {
    "organisation": "mallila",
    "url": "https://viestit.example",
    "username": "u",
    "password": "p",
    "service_id": "s",
}


def test_production_refuses_a_sandbox_and_what_is_missing_is_named() -> None:
    assert read_services("", production=True) == {}
    assert read_services(json.dumps([ROW]), production=True)["mallila"].printing is None
    for row, words in (
        ({**ROW, "url": "http://localhost:1", "is_sandbox": True}, "Production refuses"),
        ({**ROW, "url": "http://viestit.example"}, "https://"),
        ({**ROW, "password": ""}, "lacks password"),
        ({**ROW, "printing": {"sender": {"name": "x"}}}, "address on paper"),
    ):
        with pytest.raises(SettingsError, match=words):
            read_services(json.dumps([row]), production=True)
    with pytest.raises(SettingsError, match="twice"):
        read_services(json.dumps([ROW, ROW]), production=True)


def test_no_secret_and_no_code_is_shown_of_a_letter_or_a_service() -> None:
    shown = repr((LETTER, read_services(json.dumps([{**ROW, "password": "hidden"}]), production=True)))
    assert WITH_MAILBOX not in shown
    assert "hidden" not in shown
