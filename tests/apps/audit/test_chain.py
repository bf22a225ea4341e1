"""The log of changes and looks: a chain whose tampering shows (BEY-10)."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django import app

from palkkio.audit import actions, tasks
from palkkio.audit.anchors import read_anchors, write_anchor
from palkkio.audit.models import Event, Seal
from palkkio.audit.sealing import LONGEST_TRANSACTION, seal_events
from palkkio.audit.verifying import Anchor, Fault, head, verify
from palkkio.config.grants import grant
from tests import factories
from tests.config.test_grants import refused

pytestmark = pytest.mark.django_db
ROLE = "palkkio_chain_role"


def acts(count: int) -> list[int]:
    """Events of the system, and their numbers."""
    before = set(Event.objects.values_list("pk", flat=True))
    for number in range(count):
        actions.record("change_thing", by=None, at=factories.NOW, object_id=number, reason="Syy", details={"n": number})
    return sorted(set(Event.objects.values_list("pk", flat=True)) - before)


def sealed(count: int = 6) -> list[int]:
    """A chain of `count` sealed events that is whole."""
    numbers = acts(count)
    assert seal_events(at=factories.NOW) == Event.objects.count()
    assert verify().is_whole
    return numbers


@contextmanager
def as_owner() -> Generator[None]:
    """Somebody who owns the tables and has switched their triggers off."""
    tables = ("audit_event", "audit_seal")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def tamper(statement: str, *values: object) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


def faults() -> list[tuple[Fault, int | None]]:
    return [(finding.fault, finding.event_id) for finding in verify().findings]


# --- Sealing ---------------------------------------------------------------------------------------------------------


def test_events_are_written_unsealed_and_sealed_in_order_by_the_job() -> None:
    numbers = acts(3)
    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.oldest_at) == (0, 3, factories.NOW)
    assert verdict.is_whole

    tasks.seal(timestamp=0)

    assert list(Seal.objects.order_by("position").values_list("position", "event_id")) == list(enumerate(numbers, 1))
    assert (verify().sealed, verify().unsealed, verify().oldest_at) == (3, 0, None)


def test_the_worker_seals_every_minute() -> None:
    """Within a minute."""
    periodic = app.periodic_registry.periodic_tasks.values()
    assert [each.cron for each in periodic if each.task is tasks.seal] == ["* * * * *"]


def test_sealing_again_seals_nothing_and_new_events_go_on_where_it_ended() -> None:
    sealed(3)
    before = head()
    assert seal_events(at=factories.NOW) == 0
    assert head() == before

    acts(2)
    assert seal_events(at=factories.NOW) == 2
    assert (verify().sealed, verify().is_whole) == (5, True)


def test_an_event_that_is_committed_late_stands_after_those_that_were_sealed_before_it() -> None:
    """Numbers are given out before the commit: a slow transaction's event has a lower one than the sealed head."""
    first, late, last = acts(3)
    with as_owner(), connection.cursor() as cursor:  # as if its transaction were still open
        cursor.execute("CREATE TEMPORARY TABLE open_transaction AS SELECT * FROM audit_event WHERE id = %s", [late])
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [late])
    seal_events(at=factories.NOW)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_event SELECT * FROM open_transaction")
    assert verify().unsealed == 1

    assert seal_events(at=factories.NOW + timedelta(minutes=1)) == 1

    assert list(Seal.objects.order_by("position").values_list("event_id", flat=True)) == [first, last, late]
    assert (verify().is_whole, verify().unsealed) == (True, 0)


def test_what_was_committed_later_than_an_hour_is_sealed_at_night() -> None:
    late, _ = acts(2)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE open_transaction AS SELECT * FROM audit_event WHERE id = %s", [late])
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [late])
    seal_events(at=factories.NOW - LONGEST_TRANSACTION - timedelta(minutes=1))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_event SELECT * FROM open_transaction")

    assert seal_events(at=factories.NOW) == 0
    assert seal_events(at=factories.NOW, is_whole=True) == 1
    assert verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_requests_do_not_wait_while_events_are_sealed_and_two_jobs_make_one_chain(database_url: str) -> None:
    acts(40)
    done: list[int] = []

    def job() -> None:
        try:
            done.append(seal_events(at=factories.NOW))
        finally:
            connection.close()

    jobs = [threading.Thread(target=job) for _ in range(2)]
    with psycopg.connect(database_url) as request:  # a request whose transaction stays open meanwhile
        request.execute(
            "INSERT INTO audit_event (at, actor_role, is_read, action, object_kind, reason, details)"
            " VALUES (now(), '', false, 'slow_request', '', '', '{}')"
        )
        for each in jobs:
            each.start()
        for each in jobs:
            each.join(timeout=30)
        assert not any(each.is_alive() for each in jobs)
        assert sum(done) == 40
        request.commit()
    assert seal_events(at=factories.NOW) == 1
    assert (verify().is_whole, verify().sealed, verify().unsealed) == (True, 41, 0)


# --- Tampering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "action = 'view_thing'",
        "reason = ''",
        "at = at - interval '1 microsecond'",
        "actor_account_id = 1",
        "actor_person_id = 1",
        "actor_role = 'handler'",
        "subject_person_id = 1",
        "organisation_id = 1",
        "object_kind = 'x'",
        "object_id = 99",
        "is_read = true",
        """details = '{"n": 7}'""",
    ],
)
def test_a_change_of_any_column_is_found_and_named(change: str) -> None:
    numbers = sealed()
    tamper(f"UPDATE audit_event SET {change} WHERE id = %s", numbers[2])
    assert faults() == [(Fault.CHANGED, numbers[2])]


def test_every_column_of_an_event_is_in_the_chain() -> None:
    from palkkio.audit.chain import FORM, FORMS

    assert {field.column for field in Event._meta.concrete_fields} == set(FORMS[FORM])


def test_a_deleted_event_is_found() -> None:
    numbers = sealed()
    tamper("DELETE FROM audit_event WHERE id = %s", numbers[3])
    assert faults() == [(Fault.DELETED, numbers[3])]


def test_an_event_deleted_with_its_seal_is_found() -> None:
    numbers = sealed()
    tamper("DELETE FROM audit_event WHERE id = %s", numbers[3])
    tamper("DELETE FROM audit_seal WHERE event_id = %s", numbers[3])
    assert [fault for fault, _ in faults()] == [Fault.CUT, Fault.CHANGED]


def test_events_that_changed_places_are_found() -> None:
    numbers = sealed()
    tamper("UPDATE audit_seal SET event_id = -1 WHERE event_id = %s", numbers[1])
    tamper("UPDATE audit_seal SET event_id = %s WHERE event_id = %s", numbers[1], numbers[2])
    tamper("UPDATE audit_seal SET event_id = %s WHERE event_id = -1", numbers[2])
    assert faults() == [(Fault.CHANGED, numbers[2]), (Fault.CHANGED, numbers[1])]


def test_an_event_put_in_between_is_found() -> None:
    """With a place of its own it breaks the chain; without one it stands in the tail, where the next round puts it
    last, under its time of sealing."""
    numbers = sealed()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (at, actor_role, is_read, action, object_kind, reason, details)"
            " SELECT at, '', false, 'inserted', '', '', '{}' FROM audit_event WHERE id = %s RETURNING id",
            [numbers[0]],
        )
        [inserted] = cursor.fetchone()
    assert verify().unsealed == 1
    tamper("UPDATE audit_seal SET position = -position WHERE position > 2")
    tamper("UPDATE audit_seal SET position = 1 - position WHERE position < 0")
    tamper("INSERT INTO audit_seal SELECT 3, %s, form, sealed_at, hash FROM audit_seal WHERE position = 2", inserted)

    assert (Fault.CHANGED, inserted) in faults()


def test_a_changed_seal_is_found() -> None:
    numbers = sealed()
    tamper("UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE event_id = %s", numbers[4])
    assert faults() == [(Fault.CHANGED, numbers[4])]


# --- Anchors ---------------------------------------------------------------------------------------------------------


def test_cutting_off_the_end_is_found_by_an_anchor(tmp_path: Path) -> None:
    numbers = sealed()
    write_anchor(tmp_path / "anchors")
    tamper("DELETE FROM audit_event WHERE id = %s", numbers[-1])
    tamper("DELETE FROM audit_seal WHERE event_id = %s", numbers[-1])

    assert verify().is_whole  # the chain alone cannot know how long it was
    found = verify(read_anchors(tmp_path / "anchors")).findings
    assert [(each.fault, each.position) for each in found] == [(Fault.CUT, len(numbers))]


def test_a_chain_that_was_made_anew_is_found_by_an_anchor(tmp_path: Path) -> None:
    numbers = sealed()
    with override_settings(PALKKIO_AUDIT_ANCHORS=str(tmp_path / "anchors")):
        tasks.anchor(timestamp=0)
        tasks.anchor(timestamp=0)
    [anchor] = read_anchors(tmp_path / "anchors")
    assert anchor == head() == Anchor(factories.NOW, len(numbers), anchor.hash)
    tamper("UPDATE audit_event SET reason = '' WHERE id = %s", numbers[2])
    tamper("DELETE FROM audit_seal")
    seal_events(at=factories.NOW)

    assert verify().is_whole
    assert [each.fault for each in verify([anchor]).findings] == [Fault.REWRITTEN]


# --- The command line and the database's role ------------------------------------------------------------------------


def test_the_command_says_what_it_found_and_ends_with_an_error(tmp_path: Path) -> None:
    numbers = acts(4)
    said = StringIO()
    call_command("audit", "seal", stdout=said)
    call_command("audit", "anchor", "--to", str(tmp_path / "anchors"), stdout=said)
    acts(1)
    call_command("audit", "verify", "--anchors", str(tmp_path / "anchors"), stdout=said)
    assert "Sealed: 4" in said.getvalue()
    assert "anchors compared: 1" in said.getvalue()
    assert "Not sealed yet: 1" in said.getvalue()

    tamper("UPDATE audit_event SET reason = '' WHERE id = %s", numbers[1])

    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", stdout=said)
    assert refusal.value.returncode == 1
    assert f"CHANGED: position 2, event {numbers[1]}" in said.getvalue()


def test_the_webs_role_adds_events_and_seals_and_changes_neither() -> None:
    """Tried as that role, triggers apart."""
    sealed(2)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant(ROLE)
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        try:
            acts(1)
            assert seal_events(at=factories.NOW) == 1
            for table, column in (("audit_event", "reason"), ("audit_seal", "hash")):
                assert refused(f"UPDATE {table} SET {column} = {column}")
                assert refused(f"DELETE FROM {table}")
                assert refused(f"TRUNCATE {table}")
                assert refused(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
                assert refused(f"DROP TABLE {table}")
        finally:
            cursor.execute("RESET ROLE")
    assert (verify().is_whole, verify().sealed) == (True, 3)
