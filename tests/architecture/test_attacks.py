"""Attacks and their refusals: what no other test tries. docs/security.md has the whole table."""

from __future__ import annotations

import ast
import csv
import io
import logging
import re
from functools import cache
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from palkkio.config.duties import as_markdown
from palkkio.core.viewer import RoleKind
from palkkio.entries.models import DayEntry
from palkkio.messages.actions import email_notices
from palkkio.people.models import Person
from palkkio.reporting.queries import voucher_of_run
from tests import factories
from tests.architecture.test_every_address import client_of
from tests.architecture.url_roles import URL_ROLES, World
from tests.architecture.worlds import whole_world

ROOT = Path(__file__).parents[2]
SCRIPT = "\"'><script>x</script>"
# Text that people write, by table; a name that is gone fails the test.
WRITTEN = {
    "people.Person": ("given_names", "family_name", "street", "town"),
    "households.Insurance": ("insurer", "policy_number"),
    "palkkio_messages.Comment": ("text",),
    "palkkio_messages.CallbackRequest": ("topic",),
    "contracts.Contract": ("tasks",),
    "contracts.Terms": ("source",),
    "decisions.Decision": ("name",),
    "decisions.DecisionVersion": ("ground", "office_holder"),
    "entries.Sheet": ("note",),
    "entries.TripEntry": ("origin", "destination", "purpose"),
    "entries.ChangeReport": ("text", "reason"),
    "entries.CareEvent": ("source",),
    "organisations.Organisation": ("name_fi", "name_sv", "name_en", "address", "payroll_contact_name"),
    "organisations.Unit": ("name_fi", "name_sv", "name_en"),
    "organisations.Municipality": ("name_fi", "name_sv"),
    "organisations.ContactPoint": ("name_fi", "name_sv", "name_en"),
    "payroll.OneOffLine": ("reason",),
    "payroll.Hold": ("reason",),
    "payroll.Run": ("returned_reason", "trouble"),
    "payroll.Recovery": ("explanation", "answer_text", "decision"),
    "payroll.RecoveryWaiver": ("reason",),
    "payroll.DistraintOrder": ("office", "reference", "instructions"),
    "payroll.DuesAuthorisation": ("receiver", "reference"),
    "rates.Rate": ("source",),
}
SHOWING_SCRIPTS = ("desk:run", "desk:payslip", "desk:recovery", "desk:change", "desk:household", "portal:recovery")


def planted() -> World:
    """One of everything, and then the script in every text that people write: runs and files are made of sound text."""
    from palkkio.payroll.actions import hold_person

    world = whole_world(factories.county())
    hold_person(world.carer.person_id, by=world.place.second, at=factories.NOW, reason="Syy")
    with pgtrigger.ignore():  # some of these are never changed: the script stands for what was written at once
        for label, columns in WRITTEN.items():
            rows = apps.get_model(label)._default_manager
            assert rows.update(**{name: SCRIPT[: _longest(label, name)] for name in columns}), label
    return world


def _longest(label: str, column: str) -> int | None:
    return getattr(apps.get_model(label)._meta.get_field(column), "max_length", None)


@pytest.mark.django_db
@pytest.mark.long
def test_a_script_in_any_written_text_is_shown_as_text() -> None:
    """Pages of care, runs, payslips, recoveries, changes, households and decisions, as their readers see them."""
    world = planted()
    viewers = [factories.handler(world.place), factories.clerk(world.place), world.place.maker, world.carer]
    viewers += [factories.social_worker(world.place)]
    viewers.append(factories.viewer(Person.objects.get(pk=world.carer.person_id), RoleKind.EMPLOYER))
    readers = {viewer.role: client_of(viewer) for viewer in viewers}
    shown, wrong = set(), []
    for name, door in sorted(URL_ROLES.items()):
        may = [role for role in readers if not isinstance(door.roles, str) and role in door.roles]
        if door.posts is not None or not may:
            continue
        reader = readers[may[0]]  # the text of a page is the same to all who may open it
        reader.raise_request_exception = False
        answer = reader.get(reverse(name, args=door.make(world)))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            shown |= {name} if "&lt;script&gt;x" in text else set()
            wrong += [name] if SCRIPT in text or "<script>x" in text else []
    assert wrong == []
    assert set(SHOWING_SCRIPTS) <= shown
    assert len(shown) > 40


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


@cache
def imported() -> dict[str, frozenset[str]]:
    """What each file of the program imports: modules, and what it takes of them."""
    found = {}
    for path in (ROOT / "src" / "palkkio").rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names |= {each.name for each in node.names}
            if isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
        found[str(path.relative_to(ROOT / "src" / "palkkio"))] = frozenset(names)
    return found


def importers(module: str) -> set[str]:
    """Files of the program that import a module, or something of it."""
    return {path for path, names in imported().items() if module in names}


# Who writes CSV, and where it is read.
LISTS = {
    "web/desk/views/runs.py": "desk:run-csv",
    "web/desk/views/charges.py": "desk:client-charges-csv",
    "web/desk/views/sums.py": "desk:year-csv",
    "web/desk/views/statistics.py": "desk:care-statistics-csv",
    "web/portal/views/reports.py": "portal:trips-csv",
    "formats/ledger.py": "desk:run-file",  # the voucher's
}


def test_every_list_for_spreadsheets_goes_through_the_writer_that_disarms_formulas() -> None:
    """PALKKIO's lists are `formats.csv_export.write_csv`; nothing else writes CSV."""
    assert importers("csv") == {"formats/csv_export.py"}
    assert importers("write_csv") == set(LISTS)


@pytest.mark.django_db
@pytest.mark.long
def test_no_list_begins_a_cell_with_a_formula() -> None:
    """Names, places and purposes that begin with = come out disarmed in each list that the site gives."""
    world = World(factories.county(), "=1+1")
    assert world.trip_id
    assert world.batch
    formula = "=HYPERLINK(1)"
    for label in ("people.Person", "organisations.Unit", "organisations.Municipality", "entries.TripEntry"):
        apps.get_model(label)._default_manager.update(**dict.fromkeys(WRITTEN[label], formula))
    voucher = voucher_of_run(world.payslip.run_id)
    assert voucher is not None
    run = (voucher.run_id,)
    args = {
        "desk:run-file": (voucher.run_id, voucher.file_id),
        "desk:run-csv": run,
        "desk:client-charges-csv": run,
        "desk:year-csv": (2026,),
    }
    disarmed = {}
    for name in LISTS.values():
        reader = world.carer if name.startswith("portal:") else factories.clerk(world.place)
        answer = client_of(reader).get(reverse(name, args=args.get(name) or URL_ROLES[name].make(world)))
        assert answer["Content-Type"].startswith("text/csv"), name
        rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
        cells = [cell for row in rows for cell in row]
        assert [each for each in cells if re.match(r"\s*([=+@]|-(?![\d,.]+$))", each)] == [], name
        disarmed[name] = any(each.startswith("'=") for each in cells)
    assert disarmed["desk:run-csv"]
    assert disarmed["desk:year-csv"]
    assert disarmed["portal:trips-csv"]


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
    "invitation link reused or too old",
    "more than a mandate covers",
    "another's account number",
    "identity code in address, log or e-mail",
)


def rows_of_attacks() -> dict[str, list[str]]:
    """Tests by attack, as docs/security.md tells them."""
    text = (ROOT / "docs" / "security.md").read_text()
    table = text.partition("## Attacks")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ") and "::" in line]
    return {row[0].strip(): re.findall(r"`([^`]+::[^`]+)`", row[2]) for row in rows}


def test_every_test_that_the_document_names_exists() -> None:
    text = (ROOT / "docs" / "security.md").read_text()
    named = re.findall(r"`([^`\s]+\.py)::([^`\s]+)`", text)
    assert len(named) > 60
    missing = []
    for path, name in named:
        file = ROOT / "tests" / path
        if not file.exists() or f"def {name}(" not in file.read_text():
            missing.append(f"{path}::{name}")
    assert missing == []


def test_the_table_of_attacks_has_every_row_with_a_test() -> None:
    rows = rows_of_attacks()
    assert [attack for attack in ASKED if not rows.get(attack)] == []


def test_the_table_of_duties_in_the_docs_is_the_one_in_code() -> None:
    assert as_markdown() in (ROOT / "docs" / "security.md").read_text()
