"""How fast a shift is saved: through the view, as a signed-in assistant, with many employments in the database.

Every employment has twenty shifts in the two open halves of May; every employer two assistants, an open gate and a
decision.
What is timed is the whole answer of the server, from the request to the response, without the network. The same is
timed first with hardly anything in the database: what more it takes is the price of its size.
"""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from django.db import connection
from django.db.models import F
from django.test import Client, override_settings
from tests import databases, factories

from bench import seed
from bench.databases import settle
from palkkio.contracts.models import Contract
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind
from palkkio.decisions.models import Decision, DecisionVersion
from palkkio.entries.models import Sheet
from palkkio.people.models import Person

MOST = 150  # ms, the 95th percentile of a save
SAVE, PAGE, CALENDAR = "save a shift", "the assistant's half month", "the employer's calendar"
BATCH = 2000
FEW = 20  # employments in a database that is as good as empty
LATER_HALF = [date(2026, 5, day) for day in range(16, 31)]  # nobody works from 4.00 to 5.00 on these days


@dataclass
class Times:
    """Milliseconds of one kind of answer."""

    what: str
    taken: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)  # of it processor time, PostgreSQL's with it
    profile: cProfile.Profile | None = None


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def compare(employments: int, tries: int, say: Callable[[str], None]) -> tuple[list[Times], list[Times]]:
    """The times with few employments in the database, and with many."""
    made_with_the_tables = databases.filled(databases.tables())
    few = measure(FEW, tries, say)
    databases.empty(made_with_the_tables)
    return few, measure(employments, tries, say)


def profiled(employments: int, tries: int, say: Callable[[str], None]) -> None:
    """Print for each kind of answer the functions that take most; the times of the answers say nothing then."""
    for one in measure(employments, tries, say, profile=True):
        told = io.StringIO()
        pstats.Stats(one.profile, stream=told).sort_stats("cumulative").print_stats(60)
        say(f"{one.what}, {tries} times\n{told.getvalue()}")


def measure(employments: int, tries: int, say: Callable[[str], None], *, profile: bool = False) -> list[Times]:
    """Fill the empty tables, save `tries` shifts of one assistant after another, and open the pages that follow."""
    start = time.perf_counter()
    seed.county(employments, 20, kinds=(ContractKind.PERSONAL_ASSISTANCE,) * len(seed.KINDS))
    households()
    settle()
    say(f"{employments} employments, seeded in {time.perf_counter() - start:.0f} s; saving {tries} shifts")
    return saves(tries, profile=profile)


def saves(tries: int, *, profile: bool = False) -> list[Times]:
    """What is timed: each of the assistants, spread over all of them, in turn; each turn has a day of its own."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):  # nobody signs in
        return _saves(tries, profile)


def _saves(tries: int, profile: bool) -> list[Times]:
    found = [Times(each, profile=cProfile.Profile() if profile else None) for each in (SAVE, PAGE, CALENDAR)]
    sheets = list(Sheet.objects.filter(period__startswith=LATER_HALF[0]).select_related("contract__carer"))
    chosen = sheets[:: max(len(sheets) // (tries + 1), 1)]
    for number in range(tries + 1):
        turn, sheet = number // len(chosen), chosen[number % len(chosen)]
        day = LATER_HALF[turn].isoformat()
        assistant, owner = Client(), Client()
        factories.sign_in(assistant, factories.viewer(sheet.contract.carer, RoleKind.ASSISTANT))
        employer = Person.objects.get(pk=sheet.contract.employer_id or 0)
        factories.sign_in(owner, factories.viewer(employer, RoleKind.EMPLOYER))
        posted = {"day": day, "start": "4.00", "end": "5.00", "version": str(sheet.version + turn)}
        asked: tuple[tuple[Callable[[], object], int], ...] = (
            (partial(assistant.post, f"/periods/{sheet.pk}/shifts/add/", posted), 302),
            (partial(assistant.get, f"/periods/{sheet.pk}/"), 200),
            (partial(owner.get, f"/hours/days/{day}/"), 200),
        )
        for one, (ask, status) in zip(found, asked, strict=True):
            taken = timed(ask, status, one.profile if number else None)
            if number:  # the first warms templates and rules
                one.taken.append(taken[0])
                one.processor.append(taken[1])
    return found


def timed(ask: Callable[[], object], status: int, profile: cProfile.Profile | None = None) -> tuple[float, float]:
    """Milliseconds of the answer, and of processor time."""
    start, worked = time.perf_counter(), processor_time()
    answer = ask() if profile is None else profile.runcall(ask)
    taken = (time.perf_counter() - start) * 1000, processor_time() - worked
    got = answer.status_code  # type: ignore[attr-defined]
    if got != status:
        raise SystemExit(f"Answered {got}, not {status}: the bench measures nothing")
    return taken


def processor_time() -> float:
    """Milliseconds that this process and its server process of PostgreSQL have worked: they work in turn, so it is what
    an answer takes where nothing else wants the processors, but for waiting for the disk.
    """
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    ran = (Path(f"/proc/{each}/schedstat").read_text().split()[0] for each in (os.getpid(), backend))
    return sum(int(each) for each in ran) / 1_000_000


def households() -> None:
    """Of each two employments one employer, whose gate is open, with one decision; sheets open again.

    Neither histories nor checks are made: the rows are sound.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        _households(factories.county())
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def _households(place: factories.Place) -> None:
    Contract.objects.update(employer_id=F("recipient_id") - (F("pk") - 1) % 2)
    Sheet.objects.update(state=Sheet.State.OPEN, reviewed_at=None, reviewed_by=None)
    maker = place.maker.person_id
    common = {"organisation_id": place.id}
    employers = list(Person.objects.filter(pk__in=Contract.objects.values("employer")).values_list("pk", flat=True))
    decided = Decision.objects.bulk_create(
        [Decision(**common, employer_id=pk, group=1, order=1, name="Henkilökohtainen apu") for pk in employers],
        batch_size=BATCH,
    )
    DecisionVersion.objects.bulk_create(
        [
            DecisionVersion(
                **common,
                decision=each,
                number=1,
                first=date(2026, 1, 1),
                hours="110",
                per="month",
                clock_times="08:00-20:00",
                ground="Vammaispalvelulaki 675/2023",
                office_holder="Sanna Sosiaalityöntekijä",
                decided_on=date(2025, 12, 15),
                recorded_by_id=maker,
                recorded_at=factories.NOW,
            )
            for each in decided
        ],
        batch_size=BATCH,
    )


def report(few: list[Times], many: list[Times], say: Callable[[str], None]) -> bool:
    """Print the figures; False if a save takes longer than it may with many employments in the database."""
    for small, one in zip(few, many, strict=True):
        half, most = (percentile(one.taken, percent) for percent in (50, 95))
        worked = [percentile(one.processor, each) for each in (50, 95)]
        ratios = (percentile(one.taken, each) / percentile(small.taken, each) for each in (50, 95))
        say(
            f"{one.what}: p50 {half:.0f} ms, p95 {most:.0f} ms; {len(one.taken)} times; "
            f"of it processor time p50 {worked[0]:.0f} ms, p95 {worked[1]:.0f} ms; "
            "against a nearly empty database p50 x {:.2f}, p95 x {:.2f}".format(*ratios)
        )
    return percentile(many[0].taken, 95) <= MOST
