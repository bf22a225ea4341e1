"""Parts of a run's work: opened once, taken by any number of workers on any number of machines.

A part is done in one transaction by whoever holds the lock of its row. A worker that is killed, or loses its
connection, lets go of the row and leaves nothing behind: another takes the part. Who finds no free part waits for those
that others hold, so that all go on to the next step together.

A part does not wait until the disk has it: who goes on to the next step commits and waits, and with that the disk has
all that was committed before. What a power cut takes of the parts of a step under way is done again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from psycopg import sql

from palkkio.organisations.asking import numbers
from palkkio.organisations.copying import copy_rows
from palkkio.payroll.models import Run, RunPart

# Steps of payroll; later stages name their own.
CALCULATE = "calculate"  # writes proposals
CHECK = "check"  # compares an approved run with the facts, where the approval left that to the workers
PRODUCE = "produce"  # makes payslips

# Whoever changes a run locks its row for update and so waits for the parts under way, and they for it.
_SHARE = "SELECT state, proposal FROM payroll_run WHERE id = %s FOR SHARE"
_NO_WAIT = "SET LOCAL synchronous_commit = off"
# A key is checked by a plan that the session keeps. One that was made while the table was empty goes through all of it,
# and the table grows with the run.
_FORGET_PLANS = "DISCARD PLANS"
_TAKE = """
    SELECT id FROM payroll_runpart
     WHERE run_id = %s AND step = %s AND proposal = %s AND done_at IS NULL
     ORDER BY number LIMIT 1
"""

_COLUMNS = (
    "organisation_id",
    "run_id",
    "step",
    "proposal",
    "number",
    "ids",
    "first",
    "found",
    "statements",
    "reading",
)

Do = Callable[[Run, RunPart], int]  # does one part; returns what it counted


def is_open(run: Run, step: str) -> bool:
    """True once the parts of a step stand, also if there are none to do."""
    return RunPart.objects.filter(run=run, step=step, proposal=run.proposal).exists()


def open_step(run: Run, step: str, chunks: Iterable[tuple[Sequence[int], int]]) -> int:
    """Write the parts of a step of a locked run: ids, and position or number of the first. Returns how many."""
    RunPart.objects.filter(run=run, step=step).delete()
    rows = [
        (
            str(run.organisation_id),
            str(run.pk),
            step,
            str(run.proposal),
            str(number),
            numbers(ids),
            str(first),
            "0",
            "",
            "",
        )
        for number, (ids, first) in enumerate(chunks, start=1)
    ]
    copy_rows(RunPart._meta.db_table, _COLUMNS, rows)
    return len(rows)


def work_through(run_id: int, step: str, proposal: int, state: str, at: datetime, do: Do) -> bool:
    """Do the parts of a step that are not done. True when all are, by whomever.

    False when the run is not in `state` with this `proposal` any more: nothing is written then.
    """
    while True:
        with transaction.atomic():
            if not _stands(run_id, proposal, state):
                return False
            part_id = _take(run_id, step, proposal)
            if part_id is not None:
                with connection.cursor() as cursor:
                    cursor.execute(_NO_WAIT)
                    cursor.execute(_FORGET_PLANS)
                part = RunPart.objects.get(pk=part_id)
                with _without_pauses():
                    part.found = do(Run.objects.get(pk=run_id), part)
                part.done_at = at
                part.save(update_fields=["found", "done_at", "statements", "reading", "figures"])
                continue
        if not RunPart.objects.filter(run=run_id, step=step, proposal=proposal, done_at=None).exists():
            return True


def tell_statistics(table: str) -> None:
    """Tell PostgreSQL how many rows a step has written; by what it knew before, the next would go through all of them.

    Roughly, in 0.03 s for any number: PostgreSQL counts by itself within minutes, when the run is over.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL default_statistics_target = 10")
        cursor.execute(sql.SQL("ANALYZE (SKIP_LOCKED) {}").format(sql.Identifier(table)))


@contextmanager
def _without_pauses() -> Generator[None]:
    """No search for cycles meanwhile: what a part reads and makes has none, and goes when the part is done."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _stands(run_id: int, proposal: int, state: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [run_id])
        found: tuple[str, int] | None = cursor.fetchone()
    return found == (state, proposal)


def _take(run_id: int, step: str, proposal: int) -> int | None:
    """A free part, or one that its worker has let go of while we waited; None: ask again whether any is left."""
    with connection.cursor() as cursor:
        for how in ("FOR UPDATE SKIP LOCKED", "FOR UPDATE"):
            cursor.execute(f"{_TAKE} {how}", [run_id, step, proposal])
            if row := cursor.fetchone():
                return int(row[0])
    return None


def done_of(run: Run) -> int:
    """Contracts of the step under way whose part is done."""
    step = RunPart.objects.filter(run=run, proposal=run.proposal, done_at__isnull=False)
    name = CALCULATE if run.state == Run.State.CALCULATING else PRODUCE
    return sum(step.filter(step=name).values_list("ids__len", flat=True))
