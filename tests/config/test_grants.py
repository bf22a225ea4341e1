"""The web's role reads and writes rows; it changes no tables and no history."""

from __future__ import annotations

from collections.abc import Generator

import pghistory.models
import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from palkkio.config.grants import add_only_tables, grant

ROLE = "palkkio_trial_role"
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_web_role() -> Generator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant(ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


@pytest.mark.usefixtures("as_web_role")
def test_reads_and_writes_every_table_of_ours() -> None:
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            assert not refused(f'SELECT 1 FROM "{model._meta.db_table}" LIMIT 1'), model
            assert not refused(
                f'INSERT INTO "{model._meta.db_table}" SELECT * FROM "{model._meta.db_table}" WHERE false'
            )
    assert not refused("UPDATE people_person SET phone = '' WHERE false")


@pytest.mark.usefixtures("as_web_role")
def test_audit_and_history_are_added_to_and_never_changed() -> None:
    audit = apps.get_model("audit", "Event")._meta.db_table
    history = [m._meta.db_table for m in apps.get_models() if issubclass(m, pghistory.models.Event) and m._meta.managed]
    assert history
    assert add_only_tables() >= {audit, *history}
    for table in [audit, *history]:
        assert refused(f'UPDATE "{table}" SET id = id'), table
        assert refused(f'DELETE FROM "{table}"'), table
        assert refused(f'TRUNCATE "{table}"'), table


@pytest.mark.usefixtures("as_web_role")
def test_changes_no_tables() -> None:
    assert refused("CREATE TABLE trial (n int)")
    assert refused("ALTER TABLE people_person ADD COLUMN n int")
    assert refused("DROP TABLE people_person CASCADE")
    assert refused("INSERT INTO django_migrations VALUES (0, 'a', 'b', now())")
