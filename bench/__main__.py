"""`python -m bench payroll`: a scratch database, a seeded May, one run, the figures; `table`: three sizes in a row;
`answers`: whether the cost of an answer tells who has an account; `shifts`: how fast a shift is saved."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import django

from bench.databases import DATABASE, drop, make
from palkkio.config import embedded

if TYPE_CHECKING:
    from bench.measure import Figures

SIZES = (1_000, 10_000, 100_000)
# As a server of a county's size has it; writes stay safe.
TUNING = {
    "shared_buffers": "'1GB'",
    "wal_buffers": "'64MB'",
    "max_wal_size": "'4GB'",
    "checkpoint_timeout": "'15min'",
    "maintenance_work_mem": "'256MB'",
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure payroll runs and answers.")
    parser.add_argument(
        "what",
        choices=("payroll", "table", "answers", "shifts"),
        help="one run, three sizes, equal answers, or saves of shifts",
    )
    parser.add_argument("--payees", type=int, default=1_000)
    parser.add_argument("--entries", type=int, default=20, help="days or shifts of each who enters")
    parser.add_argument("--workers", type=int, default=2, help="worker processes")
    parser.add_argument(
        "--profile", action="store_true", help="with the functions that take most; a run in one process"
    )
    parser.add_argument(
        "--keep", action="store_true", help="seed once: the next run with as many payees begins at once"
    )
    parser.add_argument("--tries", type=int, default=100, help="of each answer")
    parser.add_argument("--employments", type=int, default=10_000, help="in the database while shifts are saved")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="payees of each row of the table")
    asked = parser.parse_args(arguments)
    if asked.what == "answers":
        return 0 if equal_answers(asked.tries) else 1
    if asked.what == "shifts":
        return 0 if saved_shifts(asked.employments, asked.tries, profile=asked.profile) else 1
    sizes = asked.sizes if asked.what == "table" else (asked.payees,)
    made = [one_run(size, asked) for size in sizes]
    if asked.what == "table":
        table(made)
    return 0


def one_run(payees: int, asked: argparse.Namespace) -> Figures:
    """A run on a database of its own."""
    with scratch() as server:
        from django.db import connections
        from tests import factories

        from bench import kept, measure

        factories.forget()  # who was made in the database of the size before
        try:
            who = kept.county(server, payees, asked.entries, say, keep=asked.keep)
            figures = measure.whole_run(payees, who, asked.workers, say, profile=asked.profile)
        finally:
            connections.close_all()
        measure.report(figures, say)
        return figures


def equal_answers(tries: int) -> bool:
    """Whether known and unknown addresses get the same answer at the same cost."""
    with scratch() as server, as_server(server):
        from bench import answers

        return answers.report(answers.compare(tries), say)


def saved_shifts(employments: int, tries: int, *, profile: bool = False) -> bool:
    """Whether a shift is saved fast enough; `profile`: True, with the functions that take most of each answer."""
    with scratch() as server, as_server(server):
        from bench import shifts

        if profile:
            shifts.profiled(employments, tries, say)
            return True
        return shifts.report(*shifts.compare(employments, tries, say), say)


@contextmanager
def as_server(server: embedded.Server) -> Generator[None]:
    """Tables, and answers to test requests as the server gives them: templates are drawn as there, mail stays here."""
    from django.db import connections
    from django.test import override_settings

    from bench import kept

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend", ALLOWED_HOSTS=["testserver"]):
        kept.tables(server, say)
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def scratch() -> Generator[embedded.Server]:
    """An empty database on an embedded server of its own, thrown away afterwards."""
    demo = embedded.demo()
    server = replace(demo, base=demo.base.with_name("bench"), database=DATABASE, tuning=TUNING)
    with server.used():
        make(server)
        os.environ |= {
            "DATABASE_URL": server.url(),
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
            "PALKKIO_TODAY": "2026-06-08",
        }
        django.setup()
        try:
            yield server
        finally:
            drop(server)


def table(made: list[Figures]) -> None:
    """The rows of docs/performance.md."""
    say("")
    rows = {
        "payees": [f"{one.payees:,}".replace(",", " ") for one in made],
        "seconds": [f"{one.seconds:.1f}" for one in made],
        "payees a second": [f"{one.payees / one.seconds:.0f}" for one in made],
        "ms a payee": [f"{one.seconds / one.payees * 1000:.2f}" for one in made],
        "floor, s": [f"{one.floor:.1f}" for one in made],
        "times the floor, without files": [f"{one.ratio:.1f}" for one in made],
        "processor of the workers, s": [f"{one.processor:.1f}" for one in made],
        "of it files, s": [f"{one.files:.1f}" for one in made],
        "processor of PostgreSQL, s": [f"{one.database:.1f}" for one in made],
        "processor, ms a payee": [f"{one.each:.2f}" for one in made],
        "peak of all workers, MB": [f"{one.megabytes:.0f}" for one in made],
        **{name: [f"{one.by_step[name]:.1f}" for one in made] for name in made[0].by_step},
    }
    for name, values in rows.items():
        say(f"| {name} | {' | '.join(values)} |")


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
