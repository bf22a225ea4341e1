"""One run of many payees from proposal to files, measured."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection
from tests import factories

from bench import seed
from bench.clocks import CALCULATING, FILES, PDFS, READING, REST, WRITING, Clocks, peak_megabytes
from palkkio.core.clock import Clock
from palkkio.payments import actions as payments
from palkkio.payments.models import Batch
from palkkio.payroll import actions, computing, queries
from palkkio.payroll.models import Payslip, Run
from palkkio.reporting import actions as reporting
from palkkio.reporting import deliveries, vouchers
from palkkio.reporting.queries import reconciliation

PDF_STEP = "PDFs"
PAYDAY = factories.TODAY.replace(day=30)
WRITTEN = (
    "payroll_proposal",
    "payroll_payslip",
    "payroll_payslipline",
    "payroll_paidrevision",
    "documents_blob",
    "documents_document",
    "payments_payment",
    "reporting_report",
    "reporting_voucherline",
)


def whole_run(payees: int, days: int, say: Callable[[str], None]) -> None:
    """Seed, run and print. Raises RuntimeError if the run does not come out whole."""
    say(f"Seeding {payees} carers × {days} days")
    who = seed.county(payees, days)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    say("Running")
    clocks = Clocks()
    watch(clocks)
    before = peak_megabytes()
    with clocks.running():
        run = steps(clocks, who)
    check(run, payees)
    report(clocks, payees, before, floor(), say)


def watch(clocks: Clocks) -> None:
    """The pure parts; none of them runs inside another or asks the database."""
    clocks.behind(CALCULATING, computing, "pay")
    clocks.behind(FILES, payments.files, "write_payment_file")
    clocks.behind(FILES, payments, "check_payment_file")
    clocks.behind(FILES, payments.schemas, "validate")
    clocks.behind(FILES, deliveries.register, "report_of_payslips", "write_delivery", "check_delivery")
    clocks.behind(FILES, vouchers.ledger, "voucher_of_payslips", "check_vouchers", "write_vouchers")


def steps(clocks: Clocks, who: seed.Seeded) -> Run:
    at = Clock(factories.TODAY).now()
    with clocks.step("proposal: read, calculate, write"):
        run = actions.propose_run(by=who.proposer, at=at, payday=PAYDAY)
        run = actions.calculate_run(run.pk, at=at)
    with clocks.step("the run's page"):
        view = queries.run_view(run, who.approver)
    must(view.may_approve, f"the run may be approved: {[item.message for item in view.gate if not item.is_met]}")
    with clocks.step("approval: compare with the facts"):
        actions.approve_run(run.pk, by=who.approver, at=at, proposal=run.proposal)
    with clocks.step("payslips"):
        actions.produce_payslips(run.pk, at=at)
    with clocks.step(PDF_STEP):
        actions.make_payslip_documents(run.pk, at=at)
    with clocks.step("payment file"):
        payments.make_batch(run.pk, at=at)
    with clocks.step("incomes register reports"):
        reporting.make_deliveries(run.pk, at=at)
    with clocks.step("voucher"):
        reporting.make_voucher(run.pk, at=at)
    return actions.finish_run(run.pk, at=at)


def check(run: Run, payees: int) -> None:
    """The figures are of a run that came out right."""
    must(run.state == Run.State.PRODUCED, "the run is produced")
    with_pdf = Payslip.objects.filter(run=run).exclude(document=None).count()
    must(with_pdf == payees == Batch.objects.get(run=run).payment_count, "everybody has payslip, PDF and payment")
    agreement = reconciliation(run)
    must(agreement.is_complete and agreement.agrees, "payslips, payments, reports and voucher agree")


def must(holds: bool, what: str) -> None:
    if not holds:
        raise RuntimeError(f"Not so: {what}")


def floor() -> float:
    """Seconds that PostgreSQL needs to take in the same rows by COPY, constraints and indexes included."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys point to rows of this same run
        start = time.perf_counter()
        for table in WRITTEN:
            cursor.execute(f"CREATE TEMP TABLE floor_{table} (LIKE {table} INCLUDING ALL)")  # our own names
            rows = []
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as out:
                rows = [bytes(row) for row in out]
            with cursor.copy(f"COPY floor_{table} FROM STDIN (FORMAT binary)") as into:
                for row in rows:
                    into.write(row)
        spent = time.perf_counter() - start
        cursor.execute("SET session_replication_role = DEFAULT")
    return spent


def report(clocks: Clocks, payees: int, before: float, copied: float, say: Callable[[str], None]) -> None:
    say("")
    say(f"{payees} payees in {clocks.total:.1f} s: {payees / clocks.total:.0f} payees a second")
    say(f"Processor time of this process {clocks.processor_seconds:.1f} s, PostgreSQL's apart")
    say(f"Peak memory {peak_megabytes():.0f} MB ({before:.0f} MB before the run); {clocks.statements} statements")
    say("")
    say("Steps")
    for name, seconds in clocks.by_step.items():
        say(f"  {name:<34}{seconds:7.2f} s  {seconds / clocks.total:6.1%}")
    say("")
    say("Kinds of work")
    # PDFs are set in threads while others are stored: what their step took beside the database is theirs.
    clocks.by_kind[PDFS] = clocks.by_step[PDF_STEP] - clocks.of_step(PDF_STEP)
    for kind in (READING, CALCULATING, WRITING, PDFS, FILES, REST):
        share = clocks.share(kind)
        say(f"  {kind:<34}{share * clocks.total:7.2f} s  {share:6.1%}")
    say("")
    say(f"Floor: the same rows out and in by COPY {copied:.2f} s, {copied / clocks.total:.1%} of the run")
