"""The demo's sandbox bank: who is in its list, and that the site knows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import factories

from palkkio.adapters.identity import sandbox
from palkkio.adapters.identity.provider import read_providers
from palkkio.config import demo_sandboxes
from palkkio.config.demo_data import bank
from palkkio.core.viewer import RoleKind


@pytest.mark.django_db
def test_the_bank_knows_who_signs_in_who_may_register_and_who_has_no_role(tmp_path: Path) -> None:
    place = factories.county()
    maija = factories.person(place, "Maija", "Testaaja")
    factories.viewer(maija, RoleKind.CARER, email="maija@testi.example")
    newcomer = factories.person(place, "Uuno", "Uusi")
    factories.role(newcomer, RoleKind.CARER)
    file = tmp_path / "people.json"

    bank.write_people(file, [("maija@testi.example", "carer"), ("outo@x.example", "x")], place.id, factories.TODAY)

    people = sandbox.read_people(file)
    assert [each.given_names for each in people] == ["Maija", "Uuno", "Nelli"]
    assert [each.identity_code for each in people[:2]] == [maija.identity_code, newcomer.identity_code]


def test_the_site_is_told_of_the_banks_of_the_sandbox() -> None:
    providers = read_providers(demo_sandboxes.identity_providers(9000), production=False)

    assert [each.parameters["bank"] for each in providers] == list(sandbox.BANKS)
    assert {each.issuer for each in providers} == {"http://localhost:9000"}
    assert demo_sandboxes.ports(8000)["identity"] == 9000
    assert demo_sandboxes.ports(65_000)["identity"] == 64_000


def test_every_sandbox_has_a_port_of_its_own_and_the_site_is_told_of_it(tmp_path: Path) -> None:
    ports = demo_sandboxes.ports(8000)
    commands = demo_sandboxes.commands(8000, tmp_path)
    assert len(set(ports.values())) == len(ports) == len(demo_sandboxes.SANDBOXES)
    assert all(f"--port={ports[name]}" in command for name, command in commands.items())
    assert str(ports["identity"]) in demo_sandboxes.settings(8000, tmp_path)["PALKKIO_IDENTITY_PROVIDERS"]
