"""Attacks and their refusals (issue 4): what no other test tries. docs/security.md has the whole table."""

from __future__ import annotations

import ast
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from palkkio.config.duties import as_markdown
from palkkio.entries.models import DayEntry
from palkkio.messages.actions import email_notices
from palkkio.people.models import Person
from tests import factories
from tests.architecture.test_every_address import client_of
from tests.architecture.url_roles import URL_ROLES, World

ROOT = Path(__file__).parents[2]
SCRIPT = "\"'><script>x</script>"
# Text that people write, by table; a name that is gone fails the test.
WRITTEN = {
    "people.Person": ("given_names", "family_name", "street", "town"),
    "palkkio_messages.Comment": ("text",),
    "palkkio_messages.CallbackRequest": ("topic",),
    "contracts.Contract": ("tasks",),
    "contracts.Terms": ("source",),
    "entries.Sheet": ("note",),
    "entries.TripEntry": ("origin", "destination", "purpose"),
    "organisations.Organisation": ("name_fi", "name_sv", "name_en", "address", "payroll_contact_name"),
    "organisations.Unit": ("name_fi", "name_sv", "name_en"),
    "organisations.Municipality": ("name_fi", "name_sv"),
    "organisations.ContactPoint": ("name_fi", "name_sv", "name_en"),
    "payroll.OneOffLine": ("reason",),
    "payroll.Hold": ("reason",),
    "rates.Rate": ("source",),
}


@pytest.mark.django_db
@pytest.mark.slow
def test_a_script_in_any_written_text_is_shown_as_text() -> None:
    from palkkio.payroll.actions import hold_person

    world = World(factories.county())
    made = [world.trip_id, world.comment.pk, world.callback_id, world.one_off_id, world.rate_id, world.contact_point.pk]
    assert all(made)
    hold_person(world.carer.person_id, by=world.place.second, at=factories.NOW, reason="Syy")
    for label, columns in WRITTEN.items():
        assert apps.get_model(label)._default_manager.update(**dict.fromkeys(columns, SCRIPT)), label
    readers = [client_of(factories.handler(world.place)), client_of(factories.clerk(world.place))]
    readers += [client_of(world.place.maker), client_of(world.carer)]
    shown, wrong = 0, []
    # Made by jobs from the same text; the carer is held here, so that nothing is paid.
    needs = ("payslip", "run", "batch", "deliver", "receivable", "recover", "waiver", "transfer", "appeal", "mark-sent")
    for name, door in sorted(URL_ROLES.items()):
        if door.posts is not None or any(word in name for word in needs):
            continue
        address = reverse(name, args=door.make(world))
        for reader in readers:
            reader.raise_request_exception = False
            answer = reader.get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                text = answer.content.decode()
                shown += "&lt;script&gt;x" in text
                wrong += [name] if SCRIPT in text or "<script>x" in text else []
    assert wrong == []
    assert shown > 20


@pytest.mark.django_db
def test_fields_that_a_form_does_not_have_are_not_taken_in() -> None:
    place = factories.county()
    other = factories.city()
    person = factories.person(place)
    factories.contract(place, person)
    before = Person.objects.get(pk=person.pk)
    typed = {
        "given_names": "Uusi",
        "family_name": "Nimi",
        "identity_code": before.identity_code,
        "language": "fi",
        "organisation": other.id,
        "organisation_id": other.id,
        "id": 1,
        "pk": 1,
        "identity_digest": "x",
        "protection": "[2026-01-01,)",
        "sort_key": "x",
    }
    assert client_of(factories.handler(place)).post(f"/desk/people/{person.pk}/change/", typed).status_code == 302
    after = Person.objects.get(pk=person.pk)
    assert after.given_names == "Uusi"
    for name in ("organisation_id", "identity_digest", "protection"):
        assert getattr(after, name) == getattr(before, name)

    world = World(place)
    sheet = world.sheet
    days = {"day": "2026-05-04", "type": "care", "do": "save", "version": sheet.version}
    extra = {"state": "reviewed", "reviewed_by": 1, "reviewed_at": "2026-06-01", "contract": 1, "channel": "staff"}
    client_of(world.carer).post(f"/periods/{sheet.pk}/days/", {**days, **extra})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.reviewed_by_id, sheet.contract_id) == ("open", None, world.contract.pk)
    assert [each.day.isoformat() for each in DayEntry.objects.filter(sheet=sheet)] == ["2026-05-04"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80"]
)
def test_a_foreign_host_name_is_refused(host: str) -> None:
    assert Client().get("/sign-in/", headers={"host": host}).status_code == 400


@pytest.mark.django_db
def test_a_forwarded_host_name_is_not_believed() -> None:
    answer = Client().get("/me/", headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in answer["Location"]


@pytest.mark.django_db
def test_a_form_of_another_site_is_refused() -> None:
    carer = factories.carer(factories.county())
    client = Client(enforce_csrf_checks=True)
    factories.sign_in(client, carer)
    answer = client.post("/comments/add/", {"text": "x"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.django_db
def test_an_identity_code_stands_in_no_address_log_or_email(caplog: pytest.LogCaptureFixture, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    caplog.set_level(logging.DEBUG)
    world = World(factories.county())
    person = Person.objects.get(pk=world.carer.person_id)
    code, desk = person.identity_code, client_of(factories.handler(world.place))
    addresses = []
    for address, typed in (
        ("/desk/search/people/", {"q": code}),
        ("/desk/search/contracts/", {"q": code}),
        (f"/desk/people/{person.pk}/change/", {"identity_code": code, "given_names": "", "language": "fi"}),
        (
            "/desk/people/add/",
            {"identity_code": code, "family_name": "Toinen", "given_names": "Sama", "language": "fi"},
        ),
    ):
        answer = desk.post(address, typed, follow=True)
        addresses += [address, *(each for each, _ in getattr(answer, "redirect_chain", []))]
        addresses += re.findall(r'(?:href|src|action)="([^"]*)"', answer.content.decode())
    Person.objects.filter(pk=person.pk).update(email="hilla@testi.example")
    assert world.payslip
    email_notices(world.place.id, at=factories.NOW)

    assert not [each for each in addresses if code in each]
    assert code not in caplog.text
    for message in mail.outbox:
        assert code not in f"{message.subject} {message.body} {message.to}"


def test_every_list_for_spreadsheets_goes_through_the_writer_that_disarms_formulas() -> None:
    """PALKKIO's lists are `formats.csv_export.write_csv`; nothing else writes CSV."""
    writers = []
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            writers += [path.name] if "csv" in names else []
    assert writers == ["csv_export.py"]


# --- The table -------------------------------------------------------------------------------------------------------

ASKED = (
    "session fixation",
    "replayed code",
    "reused link",
    "forged state or nonce",
    "wrong acr",
    "other organisation's object",
    "mass assignment",
    "open redirect",
    "host header",
    "oversized and mislabelled upload",
    "stored script in every text field",
    "CSV formula injection",
    "identity code in address, log or e-mail",
)


def rows_of_attacks() -> dict[str, list[str]]:
    """Tests by attack, as docs/security.md tells them."""
    text = (ROOT / "docs" / "security.md").read_text()
    table = text.partition("## Attacks")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ") and "::" in line]
    return {row[0].strip(): re.findall(r"`([^`]+::[^`]+)`", row[2]) for row in rows}


def test_the_table_of_attacks_has_every_row_with_a_test_that_exists() -> None:
    rows = rows_of_attacks()
    assert [attack for attack in ASKED if attack not in rows] == []
    missing = []
    for tests in rows.values():
        assert tests
        for test in tests:
            path, _, name = test.partition("::")
            file = ROOT / "tests" / path
            if not file.exists() or f"def {name}(" not in file.read_text():
                missing.append(test)
    assert missing == []


def test_the_table_of_duties_in_the_docs_is_the_one_in_code() -> None:
    assert as_markdown() in (ROOT / "docs" / "security.md").read_text()
