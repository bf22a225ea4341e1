"""The way to the bank and back, over folders and over SFTP, and what the sandbox bank answers: PAY-7, PAY-10."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from palkkio.adapters.bank import sandbox
from palkkio.adapters.bank.banks import read_banks
from palkkio.adapters.bank.channel import Channel, ChannelError, FolderChannel, SftpChannel
from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
from palkkio.adapters.configuration import SettingsError
from palkkio.formats.bank_answers import Kind, NotAnAnswerError, Outcome, Told, read_answer
from palkkio.formats.payment_file import PAIN_03, PAIN_09, Debtor, Payment, PaymentFile, write_payment_file
from palkkio.formats.schemas import official_schemas, validate
from tests.formats.values import MADE_AT, PAYDAY, iban

CLOSED, UNKNOWN = iban(3), iban(4)
FAULTS = {CLOSED: Fault(True, "AC04"), UNKNOWN: Fault(False, "AC01")}
FILE = PaymentFile(
    message_id="07375462-B00000031",
    created_at=MADE_AT,
    debtor=Debtor("Mallilan hyvinvointialue", "0737546-2", iban(1)),
    execution_date=PAYDAY,
    payments=(
        Payment("2026-0007-31", "Maija Testaaja", iban(2), Decimal("690.15")),
        Payment("2026-0008-31", "Mikko Mallikas", CLOSED, Decimal("1249.17")),
        Payment("2026-0009-31", "Elle Esimerkki", UNKNOWN, Decimal("10.10")),
        Payment("M-7-1-31", "Ulosottolaitos", iban(5), Decimal("75.00"), is_salary=False, reference="1232"),
    ),
)


def test_answers_say_what_was_accepted_refused_booked_and_returned() -> None:
    """PAY-10, in both generations of messages."""
    for version in (PAIN_03, PAIN_09):
        made = answers_to(write_payment_file(FILE, version), FAULTS)
        status, debits, returns, statement = (read_answer(each) for each in made.values())
        assert (status.kind, status.answers_to) == (Kind.STATUS, FILE.message_id)
        outcomes = {each.end_to_end_id: (each.outcome, each.reason) for each in status.told if each.end_to_end_id}
        assert outcomes["2026-0009-31"] == (Outcome.REJECTED, "AC01")
        assert outcomes["2026-0007-31"] == (Outcome.ACCEPTED, "")
        assert debits.told == (
            Told(
                Outcome.SETTLED,
                block_id="07375462-B00000031-S",
                amount=Decimal("1939.32"),
                count=2,
                booked_on=PAYDAY,
                bank_reference="07375462-B00000031-S",
            ),
            Told(
                Outcome.SETTLED,
                "M-7-1-31",
                amount=Decimal("75.00"),
                booked_on=PAYDAY,
                bank_reference="M-7-1-31",
            ),
        )
        (back,) = returns.told
        assert (back.outcome, back.end_to_end_id, back.reason) == (Outcome.RETURNED, "2026-0008-31", "AC04")
        assert (statement.kind, statement.iban, statement.passed) == (Kind.STATEMENT, iban(1), 1)
        assert [each.outcome for each in statement.told] == [Outcome.SETTLED, Outcome.SETTLED, Outcome.RETURNED]


def test_a_file_sent_twice_is_a_duplicate_and_not_a_refusal() -> None:
    (again,) = answers_to(write_payment_file(FILE), FAULTS, seen=True).values()
    assert [each.outcome for each in read_answer(again).told] == [Outcome.DUPLICATE]


def test_a_file_that_does_not_check_is_refused_whole() -> None:
    wrong = write_payment_file(FILE).replace(b"690.15", b"690.16")
    (refusal,) = answers_to(wrong).values()
    (told,) = read_answer(refusal).told
    assert (told.outcome, told.message_id, told.reason) == (Outcome.REJECTED, FILE.message_id, "FF01")


def test_the_sandbox_writes_what_the_official_schemas_allow() -> None:
    folder = official_schemas()
    if folder is None:
        pytest.skip("no official schemas here")
    for version, camt in ((PAIN_03, "02"), (PAIN_09, "08")):
        made = answers_to(write_payment_file(FILE, version), FAULTS)
        for name, content in made.items():
            kind = {"2": "camt.054", "3": "camt.054", "4": "camt.053"}.get(name[0])
            if kind:
                assert validate(content, folder / "iso20022" / f"{kind}.001.{camt}.xsd") == [], name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        write_payment_file(FILE),
        answers_to(write_payment_file(FILE))["1-status-07375462-B00000031.xml"].replace(b"OrgnlMsgId>", b"Other>"),
        answers_to(write_payment_file(FILE))["2-debits-07375462-B00000031.xml"].replace(b'"EUR"', b'"SEK"'),
    ],
)
def test_what_is_no_answer_is_told_from_one(content: bytes) -> None:
    with pytest.raises(NotAnAnswerError):
        read_answer(content)


def exchange(channel: Channel, bank: Path) -> None:
    """A file there, its answers back, each read once."""
    content = write_payment_file(FILE)
    channel.put("pain001-31.xml", content)
    channel.put("pain001-31.xml", content)
    deadline = time.monotonic() + 60
    while len(channel.waiting()) < 4:
        assert time.monotonic() < deadline, "the bank does not answer"
        time.sleep(0.05)
    names = channel.waiting()
    kinds = [read_answer(channel.get(name)).kind for name in names]
    assert kinds == [Kind.STATUS, Kind.NOTIFICATION, Kind.NOTIFICATION, Kind.STATEMENT]
    for name in names:
        channel.done(name)
        channel.done(name)
    assert channel.waiting() == []
    assert len(list((bank / "from" / "read").iterdir())) == 4


def put_faults(folder: Path) -> None:
    (folder / "faults.json").write_text(f'{{"{CLOSED}": "returned AC04", "{UNKNOWN}": "rejected AC01"}}')


def test_a_file_goes_to_the_bank_over_sftp_and_its_answers_come_back(tmp_path: Path) -> None:
    put_faults(tmp_path)
    with sandbox.running(tmp_path) as bank:
        channel = SftpChannel(
            "127.0.0.1", bank.port or 0, sandbox.USER, bank.host_key, "/to", "/from", password=sandbox.PASSWORD
        )
        exchange(channel, tmp_path)
        with pytest.raises(ChannelError):
            replace(channel, password="wrong").waiting()
        with pytest.raises(ChannelError):
            replace(channel, host_key=sandbox.host_key(tmp_path / "impostor")).waiting()
        with pytest.raises(ChannelError):
            channel.get("nothing.xml")


def test_a_file_goes_to_the_bank_over_folders_and_its_answers_come_back(tmp_path: Path) -> None:
    put_faults(tmp_path)
    with sandbox.running(tmp_path):
        exchange(FolderChannel(tmp_path / "to", tmp_path / "from"), tmp_path)
    with pytest.raises(ChannelError):
        FolderChannel(tmp_path / "nowhere", tmp_path / "nowhere").waiting()


@pytest.mark.long
def test_a_bank_killed_in_the_middle_answers_the_same_when_it_is_started_again(tmp_path: Path) -> None:
    put_faults(tmp_path)
    first = sandbox.Sandbox(tmp_path)
    (tmp_path / "to" / "pain001-31.xml").write_bytes(write_payment_file(FILE))
    first.take()
    expected = {each.name: each.read_bytes() for each in (tmp_path / "from").glob("*.xml")}
    # As if it had been killed when only one answer was there: the file waits still.
    for each in list((tmp_path / "from").glob("*.xml"))[1:]:
        each.unlink()
    (tmp_path / "taken" / "07375462-B00000031.xml").replace(tmp_path / "to" / "pain001-31.xml")
    process = subprocess.Popen(
        [sys.executable, "-m", "palkkio.adapters.bank.sandbox", "--folder", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "taken" / "07375462-B00000031.xml").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert {each.name: each.read_bytes() for each in (tmp_path / "from").glob("*.xml")} == expected


def test_settings_say_what_is_wrong_with_them(tmp_path: Path) -> None:
    assert read_banks("") == {}
    row = '{"organisation": "mallila", "to": "/a", "from": "/b"}'
    assert read_banks(f"[{row}]") == {"mallila": FolderChannel(Path("/a"), Path("/b"))}
    for text in (f"[{row}, {row}]", "[1]", '[{"organisation": "x"}]', f'[{row[:-1]}, "host": "h"}}]', "[{]"):
        with pytest.raises(SettingsError):
            read_banks(text)
    file = tmp_path / "banks.json"
    file.write_text(f"[{row}]")
    assert set(read_banks(str(file))) == {"mallila"}
