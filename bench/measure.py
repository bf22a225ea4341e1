"""One run of many payees from approved sheets to files, by workers as in production, measured."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from tests import factories

from bench import floor, seed
from bench.clocks import Clocks
from bench.databases import settle
from palkkio.core.clock import Clock
from palkkio.payments.models import Batch, Payment
from palkkio.payroll import actions, queries
from palkkio.payroll.models import Payslip, PayslipLine, Run
from palkkio.reporting import actions as reporting
from palkkio.reporting.models import Report
from palkkio.reporting.queries import reconciliation

PAYDAY = factories.TODAY.replace(day=30)
LONGEST = 3600  # seconds; a run that takes longer has come to a stop
STARTING = 300  # seconds until the workers have read their rules
LOOK_EVERY = 0.05
STEPS = {"check": "approval: compare with the facts", "produce": "payslips"}


@dataclass
class Figures:
    """What one run took."""

    payees: int
    workers: int
    seconds: float
    floor: float
    files: float  # processor seconds of XML and CSV, all workers
    processor: float  # of the workers
    database: float  # processor seconds of PostgreSQL
    megabytes: float  # peaks of all workers together
    payslips: int
    lines: int
    reports: int
    by_step: dict[str, float] = field(default_factory=dict)

    @property
    def each(self) -> float:
        """Processor milliseconds a payee, PostgreSQL's with them: what a busy machine changes least."""
        return (self.processor + self.database) / self.payees * 1000

    @property
    def ratio(self) -> float:
        """Times the floor, without files."""
        return (self.seconds - self.files / self.workers) / self.floor


def whole_run(
    payees: int, who: seed.Seeded, workers: int, say: Callable[[str], None], *, profile: bool = False
) -> Figures:
    """Run and measure. Raises RuntimeError if the run does not come out whole."""
    if profile:
        settle()
        return _profiled(payees, who)
    clocks = Clocks()
    settle()
    with working(workers) as ended:
        before = processor_of_database()
        run = steps(clocks, who, say)
        database = processor_of_database() - before
    told = ended()
    check(run, payees)
    say("Measuring the floor")
    settle()
    return Figures(
        payees,
        workers,
        clocks.total,
        floor.seconds(),
        files=sum(each["files"] for each in told),
        processor=sum(each["processor"] for each in told),
        database=database,
        megabytes=sum(each["megabytes"] for each in told),
        payslips=Payslip.objects.count(),
        lines=PayslipLine.objects.count(),
        reports=Report.objects.count(),
        by_step=clocks.by_step,
    )


def steps(clocks: Clocks, who: seed.Seeded, say: Callable[[str], None]) -> Run:
    """What two clerks do, while workers do the rest."""
    clocks.say = say
    at = Clock(factories.TODAY).now()
    with clocks.step("proposal"):
        run = actions.propose_run(by=who.proposer, at=at, payday=PAYDAY)
    with clocks.step("proposal: read, calculate, write"):
        run = until(run, lambda: run.state != Run.State.CALCULATING)
    with clocks.step("the run's page"):
        view = queries.run_view(run, who.approver)
    must(view.may_approve, f"the run may be approved: {[item.message for item in view.gate if not item.is_met]}")
    with clocks.step("approval"):
        actions.approve_run(run.pk, by=who.approver, at=at, proposal=run.proposal)
    with clocks.step("comparison with the facts, payslips"):
        run = until(run, lambda: run.payslips_made_at is not None)
    with clocks.step("payment file, reports, voucher"):
        run = until(run, lambda: run.state == Run.State.PRODUCED)
    return run


def until(run: Run, is_done: Callable[[], bool]) -> Run:
    deadline = time.monotonic() + LONGEST
    while not is_done():
        must(time.monotonic() < deadline, "the run goes on")
        must(not run.trouble, f"the run has no trouble: {run.trouble}")
        time.sleep(LOOK_EVERY)
        run.refresh_from_db()
    return run


@contextmanager
def working(count: int) -> Generator[Callable[[], list[dict[str, float]]]]:
    """Workers of their own; afterwards what they took."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.json" for number in range(count)]
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "bench.worker", str(each)], stderr=each.with_suffix(".log").open("w")
            )
            for each in files
        ]
        until_ready(count, started)
        told: list[dict[str, float]] = []
        try:
            yield lambda: told
        finally:
            for each in started:
                each.send_signal(signal.SIGTERM)
            for each in started:
                each.wait(timeout=60)
            told += [json.loads(each.read_text(encoding="utf-8")) for each in files if each.exists()]


def processor_of_database() -> float:
    """Processor seconds of PostgreSQL so far: of the server and all that it has started. Linux tells them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    server = int(_stat(backend)[1])
    ticks = sum(map(int, _stat(server)[11:15]))  # its own, and of those that have ended
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
            found = _stat(int(each.name))
            if int(found[1]) == server:
                ticks += sum(map(int, found[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """Fields of a process behind its name: parent second, times from the twelfth."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def until_ready(count: int, started: Sequence[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + STARTING
    while _alive() < count:
        must(all(each.poll() is None for each in started), "the workers live")
        must(time.monotonic() < deadline, "the workers start")
        time.sleep(0.2)


def _alive() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return int(cursor.fetchone()[0])


def check(run: Run, payees: int) -> None:
    """The figures are of a run that came out right."""
    must(run.state == Run.State.PRODUCED, "the run is produced")
    must(Payslip.objects.filter(run=run).count() == payees, "everybody has a payslip")
    must(Payment.objects.count() == Batch.objects.get(run=run).payment_count == payees, "everybody has a payment")
    must(Report.objects.count() == payees, "everybody is reported")
    agreement = reconciliation(run)
    must(agreement.is_complete and agreement.agrees, "payslips, payments, reports and voucher agree")


def must(holds: bool, what: str) -> None:
    if not holds:
        raise RuntimeError(f"Not so: {what}")


def _profiled(payees: int, who: seed.Seeded) -> Figures:
    """The same in one process, with the functions that take most."""
    profiler, clocks = cProfile.Profile(), Clocks()
    at = Clock(factories.TODAY).now()
    profiler.enable()
    with clocks.step("proposal"):
        run = actions.propose_run(by=who.proposer, at=at, payday=PAYDAY)
    with clocks.step("proposal: read, calculate, write"):
        run = actions.calculate_run(run.pk, at=at)
    with clocks.step("approval"):
        actions.approve_run(run.pk, by=who.approver, at=at, proposal=run.proposal)
    with clocks.step("comparison with the facts, payslips"):
        actions.produce_payslips(run.pk, at=at)
    with clocks.step("payment file, reports, voucher"):
        run = reporting.finish_run(run.pk, at=at)
    profiler.disable()
    check(run, payees)
    stats = pstats.Stats(profiler, stream=sys.stdout)
    stats.sort_stats("tottime").print_stats(45)
    stats.sort_stats("cumulative").print_stats(70)
    return Figures(
        payees, 1, clocks.total, floor.seconds(), 0, 0, 0, 0, Payslip.objects.count(), 0, 0, by_step=clocks.by_step
    )


def report(figures: Figures, say: Callable[[str], None]) -> None:
    one = figures
    say("")
    say(f"{one.payees} payees in {one.seconds:.1f} s: {one.payees / one.seconds:.0f} payees a second")
    say(f"{one.payslips} payslips with {one.lines} lines, {one.reports} reports, by {one.workers} workers")
    say(f"Peak memory of the workers together {one.megabytes:.0f} MB; processor time {one.processor:.1f} s,")
    say(f"  of it files {one.files:.1f} s, and PostgreSQL's {one.database:.1f} s: {one.each:.2f} ms a payee;")
    say(f"  load of the machine {os.getloadavg()[0]:.1f}")
    say(f"Floor: the same rows by COPY {one.floor:.1f} s; the run without files takes {one.ratio:.1f} times that")
    say("")
    for name, seconds in one.by_step.items():
        say(f"  {name:<40}{seconds:8.2f} s  {seconds / one.seconds:6.1%}")
