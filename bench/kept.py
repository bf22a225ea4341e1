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
    """The scratch database with tables and payees; with `keep` a copy of what an earlier bench has made the same."""
    name = f"{KEPT}{payees}_{entries}_{_digest()}"
    people = server.base / f"{name}.pickle"
    if keep and name in databases.names(server) and people.exists():
        connections.close_all()
        databases.make(server, like=name)
        who: seed.Seeded = pickle.loads(people.read_bytes())  # noqa: S301  # our own, in a folder of the server
        return who
    say("Making the tables")
    call_command("migrate", verbosity=0, interactive=False)
    say(f"Seeding {payees} payees, {entries} entries each")
    start = time.perf_counter()
    who = seed.county(payees, entries, say)
    say(f"Seeded in {time.perf_counter() - start:.0f} s")
    if keep:
        connections.close_all()
        for old in databases.names(server):
            if old.startswith(f"{KEPT}{payees}_{entries}_"):
                databases.drop(server, old)
        databases.make(server, name, like=databases.DATABASE)
        people.write_bytes(pickle.dumps(who))
    return who


def _digest() -> str:
    """Of what makes the tables and fills them."""
    root = Path(__file__).resolve().parents[1]
    made = blake2b(digest_size=6)
    for path in sorted(
        [*root.glob("src/palkkio/**/migrations/*.py"), root / "bench/seed.py", root / "tests/factories.py"]
    ):
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()
