"""kill -9 of the worker in the middle of a run, and a restart: nothing is paid twice, everything is made (PAY-7)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from lxml import etree
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palkkio.documents import queries as documents
from palkkio.formats import schemas
from palkkio.formats.payment_check import check_payment_file
from palkkio.payments import actions as payments
from palkkio.payments.models import Batch, Payment
from palkkio.payroll import actions
from palkkio.payroll.actions import approving, producing
from palkkio.payroll.models import PaidRevision, Payslip, PayslipLine, Run, RunPart
from palkkio.people.models import Person
from palkkio.reporting import actions as reporting
from palkkio.reporting.models import Delivery, Report, Voucher
from palkkio.reporting.queries import reconciliation
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, payroll

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

PAYEES = 12
STEP = 5
CALCULATE, FINISH = "palkkio.payroll.tasks.calculate_run", "palkkio.reporting.tasks.finish_run"
LETTERS = "palkkio.payroll.tasks.make_letters"
STOPS_SETTLING = "LOCK TABLE payroll_paidrevision IN SHARE MODE"  # reads go on, writing waits


def start_worker(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.apps.payroll.worker_in_small_steps", *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
        },
        stderr=subprocess.DEVNULL,
    )


def ask(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def until(wanted: Callable[[], Any], seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < deadline, f"it did not happen in {seconds} s"
        time.sleep(0.05)


@contextmanager
def held(url: str, lock: str) -> Generator[None]:
    """Rows or a table locked by somebody else: a worker that wants to write there stands still."""
    with psycopg.connect(url) as other:
        other.execute(lock)
        yield
        other.rollback()


def is_stuck() -> bool:
    """True when a statement waits for the held rows: the worker is in the middle of a transaction."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    return bool(ask(waiting))


def kill_when_stuck(url: str, lock: str) -> None:
    with held(url, lock):
        worker = start_worker()
        until(is_stuck)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    until(lambda: not is_stuck())


def status() -> Any:
    """Of the only job that matters here."""
    return ask("SELECT status::text FROM procrastinate_jobs WHERE task_name = ANY(%s)", [FINISH, CALCULATE, LETTERS])


def restart() -> None:
    """The dead worker's heartbeat grows old; the next worker takes its job up and does the rest."""
    assert status() == "doing"
    ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    with suppress(AlreadyEnqueued):
        app.configure_task(
            "palkkio.config.worker.take_up_jobs_of_dead_workers", queueing_lock="take_up_jobs_of_dead_workers"
        ).defer(timestamp=0)
    start_worker("--one-shot").wait(timeout=120)
    if status() != "succeeded":
        start_worker("--one-shot").wait(timeout=120)  # it was taken up after the first had looked for jobs
    assert status() == "succeeded"


def forget_jobs_but(run: Run) -> None:
    """Jobs of other tests, and those that a test did by hand."""
    ask("DELETE FROM procrastinate_jobs WHERE args ->> 'run_id' IS DISTINCT FROM %s", str(run.pk))
    if run.approved_at is not None:
        ask("DELETE FROM procrastinate_jobs WHERE task_name = %s", CALCULATE)


@pytest.fixture
def approved() -> Run:
    house = payroll()
    by = factories.administrator(house.place)
    for code, account in {"CARE_DAY": "4520", "WITHHOLDING": "2920", "PENSION": "2921", "NET": "2980"}.items():
        reporting.map_account(by=by, at=NOW, contract_kind="", code=code, account=account, first="1.1.2026")
    for number in range(PAYEES):
        house.month(house.contract(name=f"Testaaja{chr(ord('a') + number)}"), 2 + number)
    run = house.approve(house.propose())
    forget_jobs_but(run)
    return run


def check_all_is_made_once(run: Run) -> None:
    run.refresh_from_db()
    assert (run.state, run.trouble) == (Run.State.PRODUCED, "")
    slips = list(Payslip.objects.order_by("number"))
    assert [slip.number for slip in slips] == [f"2026-{number:06d}" for number in range(1, PAYEES + 1)]
    assert max(Counter(slip.contract_id for slip in slips).values()) == 1
    assert PaidRevision.objects.count() == PayslipLine.objects.count() == PAYEES
    # Nothing of a step that was cut off is left behind.
    kinds = "SELECT count(*) FROM documents_document WHERE kind = %s"
    assert [ask(kinds, kind) for kind in ("payment_file", "incomes_register_report", "voucher")] == [1, 1, 1]
    assert ask("SELECT count(*) FROM documents_blob") == ask("SELECT count(*) FROM documents_document")
    batch = Batch.objects.get()
    assert Payment.objects.count() == PAYEES
    content = documents.content(batch.file)
    assert check_payment_file(content) == []
    assert schemas.validate(content, schemas.payment_schema()) == []
    total = Decimal(etree.fromstring(content).findtext(".//{*}GrpHdr/{*}CtrlSum"))
    assert total == batch.total == sum(slip.net for slip in slips)
    assert (Delivery.objects.count(), Report.objects.count(), Voucher.objects.count()) == (1, PAYEES, 1)
    assert reconciliation(run).agrees


def test_killed_while_payslips_are_made(approved: Run, database_url: str) -> None:
    """In the middle of a part: its payslips and lines are written, what settles their revisions is not."""
    kill_when_stuck(database_url, STOPS_SETTLING)
    assert Payslip.objects.count() == PayslipLine.objects.count() == PaidRevision.objects.count() == 0
    restart()
    check_all_is_made_once(approved)


def test_killed_when_some_payslips_are_made(approved: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that were done stand; the others are made by whoever comes next."""
    monkeypatch.setattr(producing, "PAYSLIPS_AT_ONCE", STEP)
    make = producing._produce

    def stops_at_the_second(run: Run, part: RunPart, at: Any) -> int:
        if part.number > 1:
            raise KeyboardInterrupt
        return make(run, part, at)

    monkeypatch.setattr(producing, "_produce", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.produce_payslips(approved.pk, at=NOW)
    assert Payslip.objects.count() == STEP
    kill_when_stuck(database_url, STOPS_SETTLING)
    assert Payslip.objects.count() == PaidRevision.objects.count() == STEP
    restart()
    check_all_is_made_once(approved)


def test_killed_while_the_facts_are_compared(approved: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large run is compared by the workers: killed there, nothing is made, and another worker compares the rest."""
    approved.refresh_from_db()
    with transaction.atomic():
        approving.open_check(approved)
    kill_when_stuck(database_url, "LOCK TABLE payroll_taxcard IN ACCESS EXCLUSIVE MODE")
    assert Payslip.objects.count() == 0
    restart()
    check_all_is_made_once(approved)


def test_the_connection_is_killed_while_payslips_are_made(approved: Run, database_url: str) -> None:
    """The database ends the session in the middle of a part: the same worker asks again and makes it once."""
    with held(database_url, STOPS_SETTLING):
        worker = start_worker()
        until(is_stuck)
        ask(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        until(lambda: not is_stuck())
        assert Payslip.objects.count() == 0
    until(lambda: status() == "succeeded")
    worker.terminate()
    worker.wait()
    check_all_is_made_once(approved)


def test_killed_while_letters_are_set(approved: Run, database_url: str) -> None:
    """Payslips of those who get letters are set in a job; the others' when they are first opened."""
    Person.objects.filter(pk__in=approved.proposals.values("person_id")).update(uses_paper=True)
    reporting.finish_run(approved.pk, at=NOW)
    ask("DELETE FROM procrastinate_jobs WHERE task_name <> %s", LETTERS)
    assert not Payslip.objects.exclude(document=None).exists()
    kill_when_stuck(database_url, "SELECT 1 FROM payroll_payslip WHERE number = '2026-000007' FOR UPDATE")
    assert Payslip.objects.exclude(document=None).count() == STEP
    restart()
    slips = Payslip.objects.select_related("document")
    assert all(documents.content(slip.document).startswith(b"%PDF") for slip in slips)
    assert ask("SELECT count(*) FROM documents_document WHERE kind = 'payslip'") == PAYEES


def test_killed_while_the_payment_file_is_written(approved: Run, database_url: str) -> None:
    actions.produce_payslips(approved.pk, at=NOW)
    kill_when_stuck(database_url, "LOCK TABLE payments_payment IN SHARE MODE")
    assert Batch.objects.count() == Payment.objects.count() == 0
    restart()
    check_all_is_made_once(approved)


def test_killed_while_reports_are_written(approved: Run, database_url: str) -> None:
    actions.produce_payslips(approved.pk, at=NOW)
    payments.make_batch(approved.pk, at=NOW)
    kill_when_stuck(database_url, "LOCK TABLE reporting_report IN SHARE MODE")
    assert Report.objects.count() == Delivery.objects.count() == 0
    restart()
    check_all_is_made_once(approved)


def test_two_workers_with_the_same_job_make_everything_once(approved: Run, database_url: str) -> None:
    """A job that runs twice at the same time: each step makes only what is missing."""
    app.configure_task(FINISH).defer(run_id=approved.pk)
    workers = [start_worker("--one-shot") for _ in range(2)]
    for worker in workers:
        worker.wait(timeout=120)
    assert ask("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'succeeded'", FINISH) == 2
    check_all_is_made_once(approved)


def test_killed_while_the_proposal_is_calculated(database_url: str) -> None:
    house = payroll()
    for number in range(3):
        house.month(house.contract(name=f"Testaaja{number}"), 2)
    run = actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY)
    forget_jobs_but(run)
    kill_when_stuck(database_url, "LOCK TABLE payroll_proposal IN SHARE MODE")  # reads go on, writing waits
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == (Run.State.CALCULATING, 0)
    restart()
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == (Run.State.PROPOSED, 3)
