"""A seeded county that is kept between runs of the bench, as a database of its own that each run copies."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from bench import databases, seed
from palkkio.config import embedded

KEPT = "palkkio_bench_kept_"


def county(
    server: embedded.Server, payees: int, entries: int, say: Callable[[str], None], *, keep: bool
) -> seed.Seeded:
    """The scratch database with tables and payees; with `keep` a copy of what an earlier bench has made the same.

    Tables are made once for all sizes and kept until they change.
    """
    name = f"{KEPT}{payees}_{entries}_{_digest('bench/seed.py', 'tests/factories.py')}"
    people = server.base / f"{name}.pickle"
    if keep and name in databases.names(server) and people.exists():
        databases.make(server, like=name)
        who: seed.Seeded = pickle.loads(people.read_bytes())  # noqa: S301  # our own, in a folder of the server
        return who
    tables(server, say)
    say(f"Seeding {payees} payees, {entries} entries each")
    start = time.perf_counter()
    who = seed.county(payees, entries, say)
    say(f"Seeded in {time.perf_counter() - start:.0f} s")
    if keep:
        _keep(server, name, instead_of=f"{KEPT}{payees}_{entries}_")
        people.write_bytes(pickle.dumps(who))
    return who


def tables(server: embedded.Server, say: Callable[[str], None]) -> None:
    """The scratch database with empty tables."""
    name = f"{KEPT}tables_{_digest()}"
    if name in databases.names(server):
        databases.make(server, like=name)
        return
    say("Making the tables")
    call_command("migrate", verbosity=0, interactive=False)
    _keep(server, name, instead_of=f"{KEPT}tables_")


def _keep(server: embedded.Server, name: str, *, instead_of: str) -> None:
    """Keep the scratch database under a name, in place of older ones."""
    connections.close_all()
    for old in databases.names(server):
        if old.startswith(instead_of):
            databases.drop(server, old)
    databases.make(server, name, like=databases.DATABASE)


def _digest(*filling: str) -> str:
    """Of what makes the tables, and of the files that fill them."""
    root = Path(__file__).resolve().parents[1]
    made = blake2b(digest_size=6)
    for path in sorted([*root.glob("src/palkkio/**/migrations/*.py"), *(root / each for each in filling)]):
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()
