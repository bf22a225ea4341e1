"""The demo shows a contract that waits for its signature (CON-2)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests import factories

from palkkio.config.demo_data import signing
from palkkio.contracts.signing.queries import waiting_for

pytestmark = pytest.mark.django_db


def test_the_informal_carer_of_the_demo_has_a_contract_to_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    place = factories.county()
    oili = factories.viewer(factories.person(place, "Oili"), factories.RoleKind.CARER, email="oili@testi.example")
    monkeypatch.setattr(signing, "OILI", "oili@testi.example")
    factories.informal_care(place, oili.person_id)
    staff = SimpleNamespace(handler=factories.handler(place))
    signing.wait_for_signature(cast("Any", staff), today=factories.TODAY, at=factories.NOW)
    (version,) = waiting_for(oili, factories.TODAY)
    assert (version.first, version.matter, version.plan is not None) == (date(2026, 7, 1), "amendment", True)
