"""Changes of many contracts are seen by each carer as a new version (PAY-13, CON-5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from palkkio.contracts import indexing
from palkkio.contracts.signing import mass, queries
from palkkio.contracts.signing.models import Version
from palkkio.documents.queries import content
from palkkio.payroll.actions.indexing import undo_index
from tests import factories
from tests.journeys.steps import text_of

pytestmark = pytest.mark.django_db
NOW, TODAY = factories.NOW, factories.TODAY


@pytest.fixture(autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    settings.VAR = tmp_path_factory.getbasetemp() / "var"


def test_an_index_is_a_new_version_of_each_contract_and_taken_back_as_a_whole() -> None:
    """PAY-13: 1 000.00 × 1.712 / 1.673 = 1 023.31 from 1 January 2026, in force without signatures."""
    place = factories.county()
    carer = factories.carer(place, "Perhe")
    contract = factories.family_care(place, carer.person_id, first=date(2024, 1, 1))
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    change = indexing.propose_index(by=clerk, at=NOW, year=2026)
    indexing.make_index(change.pk, by=second, at=NOW)

    assert mass.tell_index(change.pk, person_id=second.person_id, at=NOW) == 1
    assert mass.tell_index(change.pk, person_id=second.person_id, at=NOW) == 0  # the job may run twice
    (version,) = queries.lists(carer, TODAY).in_force
    assert (version.contract_id, version.matter, version.closed_as) == (contract.pk, "index", "told")
    assert version.document is not None
    said = text_of(content(version.document))
    assert "1 023,31" in said.replace("\xa0", " ")
    assert "vuosittaisen indeksitarkistuksen" in said
    assert "ilman allekirjoituksia" in said

    undo_index(change.pk, by=clerk, at=NOW)
    assert mass.take_back_index(change.pk, at=NOW) == 1
    assert mass.take_back_index(change.pk, at=NOW) == 0
    assert queries.lists(carer, TODAY).in_force == ()


def test_an_index_is_signed_where_the_organisation_says_so() -> None:
    from palkkio.contracts.signing.settings import save_choices

    place = factories.county()
    values = {"days_to_sign": 14, "remind_after_days": 7, "index_is_signed": True}
    save_choices(by=factories.administrator(place), at=NOW, values=values)
    carer = factories.carer(place, "Perhe")
    factories.family_care(place, carer.person_id, first=date(2024, 1, 1))
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    change = indexing.propose_index(by=clerk, at=NOW, year=2026)
    indexing.make_index(change.pk, by=second, at=NOW)
    mass.tell_index(change.pk, person_id=second.person_id, at=NOW)
    assert [each.matter for each in queries.waiting_for(carer, TODAY)] == ["index"]


def test_other_paydays_are_a_new_version_of_contracts_that_go_on() -> None:
    """Issue 7, point 1: a change of paydays."""
    place = factories.county()
    going, over = factories.carer(place), factories.carer(place, "Entinen")
    contract = factories.contract(place, going.person_id)
    factories.contract(place, over.person_id, last=date(2026, 6, 30))
    factories.contract(place, over.person_id, signed_on=None)
    told = mass.tell_paydays(place.id, contract.kind, date(2026, 7, 1), person_id=place.maker.person_id, at=NOW)
    assert told == 1
    version = Version.objects.get()
    assert (version.contract_id, version.matter, version.first) == (contract.pk, "payday", date(2026, 7, 1))
    assert version.document is not None
    assert "maksupäivät muuttuvat 1.7.2026" in text_of(content(version.document))
