"""Identity codes at rest: nowhere in clear, found exactly, under keys that can be changed."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings

from palkkio.config.grants import grant
from palkkio.documents import queries as documents
from palkkio.documents.models import Blob, Document
from palkkio.people import queries
from palkkio.people.identity import ring, with_identity_code
from palkkio.people.models import Person
from tests import factories
from tests.architecture.test_every_address import client_of
from tests.architecture.url_roles import World

pytestmark = pytest.mark.django_db
ROLE = "palkkio_rotation_role"
NEW_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def with_new_key() -> override_settings:
    from django.conf import settings

    return override_settings(PALKKIO_IDENTITY_KEYS={"new": NEW_KEY, **settings.PALKKIO_IDENTITY_KEYS})


def only_new_key() -> override_settings:
    return override_settings(PALKKIO_IDENTITY_KEYS={"new": NEW_KEY})


def places_of(code: str) -> Iterator[str]:
    """Tables and columns in which a code stands: as text, in bytes, in compressed bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                yield from (f"{table}.{name}" for name, value in zip(names, row, strict=True) if holds(value, code))


def holds(value: Any, code: str) -> bool:
    if isinstance(value, memoryview | bytes):
        content = bytes(value)
        streams = content.split(b"stream\n")[1:]
        return any(code.encode() in each for each in (content, *map(inflated, streams)))
    return code in str(value)


def inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def test_the_search_for_codes_finds_them_where_they_stand() -> None:
    """The test below can fail: it sees text, JSON, bytes and compressed bytes."""
    assert holds({"code": "010170-999R"}, "010170-999R")
    assert holds(memoryview(b"<id>010170-999R</id>"), "010170-999R")
    assert holds(b"<< >>\nstream\n" + zlib.compress(b"010170-999R"), "010170-999R")


@pytest.mark.long
def test_no_table_holds_an_identity_code_in_clear_after_a_month_of_work(client: Client) -> None:
    """Paid, reported and printed; changed and searched for by a member of staff."""
    world = World(factories.county())
    person = Person.objects.get(pk=world.carer.person_id)
    code = person.identity_code
    assert world.batch.file_id
    report = Document.objects.get(kind=Document.Kind.INCOMES_REGISTER_REPORT)
    assert code.encode() in documents.content(report)  # it leaves the house in what the authorities get
    desk = client_of(factories.handler(world.place))
    answer = desk.post("/desk/search/people/", {"q": code}, follow=True)
    assert person.family_name in answer.content.decode()
    person.phone = "0401234567"
    person.save()

    assert list(places_of(code)) == []
    assert Session.objects.exists()
    assert not [each for each in Session.objects.all() if code in str(each.get_decoded())]


def test_a_code_is_read_in_clear_from_the_row_and_from_its_values() -> None:
    person = factories.person(factories.county())
    code, digest = person.identity_code, person.identity_digest
    again = Person.objects.get(pk=person.pk)
    assert (again.identity_code, again.identity_digest) == (code, digest)
    assert Person.objects.filter(pk=person.pk).values_list("identity_code", flat=True).get() == code
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_code FROM people_person WHERE id = %s", [person.pk])
        assert cursor.fetchone() == (ring().seal(code),)


def test_saving_again_changes_neither_the_sealed_code_nor_history() -> None:
    person = factories.person(factories.county())
    history = apps.get_model("people", "PersonEvent")
    before = history.objects.count()
    Person.objects.get(pk=person.pk).save()
    assert history.objects.count() == before


def test_rows_made_in_bulk_are_found_too() -> None:
    place = factories.county()
    code, born = factories.identity_code()
    [made] = Person.objects.bulk_create(
        [Person(organisation=place.organisation, given_names="A", family_name="B", identity_code=code, born=born)]
    )
    assert queries.search(factories.handler(place), code).get() == made
    assert not with_identity_code(Person.objects.all(), "").exists()


def test_a_search_by_the_sealed_column_is_refused_instead_of_finding_nothing() -> None:
    with pytest.raises(FieldError, match="with_identity_code"):
        Person.objects.filter(identity_code="010170-999R")


def test_the_database_refuses_a_code_twice_in_an_organisation() -> None:
    place = factories.county()
    code, born = factories.identity_code()
    factories.person(place, identity_code=code, born=born)
    double = Person(organisation=place.organisation, given_names="A", family_name="B", identity_code=code)
    with pytest.raises(IntegrityError, match="known_once"), transaction.atomic():
        double.save()


def test_keys_are_changed_while_everything_stays_readable() -> None:
    place = factories.county()
    person = factories.person(place)
    person.phone = "1"
    person.save()
    code, handler = person.identity_code, factories.handler(place)
    history = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj_id=person.pk)
    versions = history.count()
    from tests.apps.documents.test_documents import A_PDF, receive

    document = receive(factories.carer(place))

    with with_new_key():
        # Between: rows have the old key, new ones the new one; both are found, neither can be added again.
        assert queries.search(handler, code).get() == person
        other = factories.person(place)
        assert not with_identity_code(Person.objects.all(), code).exclude(pk=person.pk).exists()
        said = StringIO()
        call_command("rotate_identity_keys", stdout=said)
        assert "Sealed anew" in said.getvalue()
        again = StringIO()
        call_command("rotate_identity_keys", stdout=again)
        assert "Sealed anew: 0 rows with identity codes, 0 files." in again.getvalue()

    with only_new_key():
        assert queries.search(handler, code).get() == person
        assert queries.search(handler, other.identity_code).get() == other
        assert {each.identity_code for each in history.all()} == {code}
        assert history.count() == versions  # another key is no change of the person
        assert documents.content(document) == A_PDF


def test_a_missing_key_is_named_as_the_reason() -> None:
    factories.person(factories.county())
    with only_new_key(), pytest.raises(CommandError, match="every key that was used"):
        call_command("rotate_identity_keys", stdout=StringIO())


def test_the_webs_role_cannot_write_over_history_when_keys_are_changed() -> None:
    factories.person(factories.county())
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant(ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        try:
            with with_new_key(), pytest.raises(CommandError, match="as the owner"), transaction.atomic():
                call_command("rotate_identity_keys", stdout=StringIO())
        finally:
            cursor.execute("RESET ROLE")


def test_stored_files_are_sealed() -> None:
    from tests.apps.documents.test_documents import A_PDF, receive

    receive(factories.carer(factories.county()))
    content = bytes(Blob.objects.get().content)
    assert A_PDF not in content
    assert ring().is_current(content)
