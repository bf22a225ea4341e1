"""kill -9 between us and the bank, and a restart: each payment is paid once, each answer read once: PAY-7, PAY-10."""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.adapters.bank import sandbox
from palkkio.adapters.bank.banks import read_banks
from palkkio.payments import actions
from palkkio.payments.models import Answer, Batch, Payment, ToldOfPayment
from palkkio.payroll import actions as payroll_actions
from palkkio.payroll import gate
from tests.apps.payroll.scene import NOW, payroll
from tests.apps.payroll.test_killed_worker import ask, held, is_stuck, start_worker, until

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

DELIVER, TAKE = "palkkio.payments.tasks.deliver_batch", "palkkio.payments.tasks.take_answers"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> sandbox.Sandbox:
    """A bank over folders, which workers of the test are told of, too."""
    made = sandbox.Sandbox(tmp_path)
    text = json.dumps([{"organisation": "mallila", "to": str(tmp_path / "to"), "from": str(tmp_path / "from")}])
    monkeypatch.setenv("PALKKIO_BANKS", text)
    settings.PALKKIO_BANKS = read_banks(text)
    return made


@pytest.fixture
def batch(bank: sandbox.Sandbox, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """A file of three payments that is on its way; the job waits."""
    monkeypatch.setattr(gate, "_checks", [])
    house = payroll()
    actions.change_agreement(by=house.approver, at=NOW, version="pain.001.001.09", cut_off="14:00", answer_days=2)
    for number in range(3):
        house.month(house.contract(name=f"Testaaja{chr(ord('a') + number)}"), 2 + number)
    run = house.approve(house.propose())
    payroll_actions.produce_payslips(run.pk, at=NOW)
    made = actions.make_batch(run.pk, at=NOW)
    assert made is not None
    payroll_actions.finish_run(run.pk, at=NOW)
    ask("DELETE FROM procrastinate_jobs")
    return actions.send_batch(made.pk, by=house.approver, at=NOW)


def kill_when_stuck(url: str, lock: str) -> None:
    with held(url, lock):
        worker = start_worker()
        until(is_stuck)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    until(lambda: not is_stuck())


def restart(task: str) -> None:
    """The dead worker's heartbeat grows old; the next worker takes its job up."""
    assert ask("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", task) == "doing"
    ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    for _ in range(2):
        with suppress(AlreadyEnqueued):
            app.configure_task(
                "palkkio.config.worker.take_up_jobs_of_dead_workers", queueing_lock="take_up_jobs_of_dead_workers"
            ).defer(timestamp=0)
        start_worker("--one-shot").wait(timeout=120)
    assert ask("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", task) == "succeeded"


def test_killed_between_the_bank_and_our_word_that_it_has_the_file(
    batch: Batch, bank: sandbox.Sandbox, database_url: str
) -> None:
    """The file is with the bank, nobody here knows: it goes once more, and the bank pays it once."""
    kill_when_stuck(database_url, "LOCK TABLE payments_batchevent IN SHARE MODE")
    batch.refresh_from_db()
    assert batch.state == "sending"
    assert bank.take() == 1
    restart(DELIVER)
    batch.refresh_from_db()
    assert batch.state == "sent"
    assert bank.take() == 1
    assert len(list((bank.folder / "taken").glob("*.xml"))) == 1
    app.configure_task(TAKE).defer(timestamp=0)
    start_worker("--one-shot").wait(timeout=120)
    assert set(Payment.objects.values_list("outcome", flat=True)) == {"settled"}
    assert [row.troubles for row in Answer.objects.all()] == [[], [], [], []]


def test_killed_while_an_answer_is_read(batch: Batch, bank: sandbox.Sandbox, database_url: str) -> None:
    """An answer is taken whole or not at all; those read before are not read again."""
    actions.deliver_batch(batch.pk, at=NOW)
    first = Payment.objects.filter(batch=batch).earliest("pk")
    (bank.folder / "faults.json").write_text(json.dumps({first.iban: "returned AC04"}))
    bank.take()
    ask("DELETE FROM procrastinate_jobs")
    app.configure_task(TAKE).defer(timestamp=0)
    kill_when_stuck(database_url, "LOCK TABLE payments_toldofpayment IN SHARE MODE")
    assert Answer.objects.count() == 2  # what is accepted and what was booked; of the return nothing
    assert not ToldOfPayment.objects.exists()
    restart(TAKE)
    assert Answer.objects.count() == 4
    assert ToldOfPayment.objects.count() == 1
    assert sorted(Payment.objects.values_list("outcome", flat=True)) == ["returned", "settled", "settled"]
    assert list((bank.folder / "from").glob("*.xml")) == []
