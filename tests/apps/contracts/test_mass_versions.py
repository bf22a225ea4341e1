"""Changes of many contracts are seen by each carer as a new version (PAY-13, CON-5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from palkkio.contracts import indexing
from palkkio.contracts.models import Terms
from palkkio.contracts.signing import mass, queries
from palkkio.contracts.signing.models import Version
from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput
from palkkio.documents.queries import content
from palkkio.payroll.actions.indexing import undo_index
from tests import factories
from tests.apps.contracts.signing_scene import made, to_sign
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

    later = NOW + timedelta(hours=1)
    again = indexing.propose_index(by=clerk, at=later, year=2026)
    indexing.make_index(again.pk, by=second, at=later)
    assert mass.tell_index(again.pk, person_id=second.person_id, at=later) == 1
    assert mass.take_back_index(change.pk, at=later) == 0  # the job of the one that was undone, once more
    assert len(queries.lists(carer, TODAY).in_force) == 1


def test_terms_that_waited_before_an_index_wait_again_when_it_is_taken_back() -> None:
    """CON-5, PAY-13: an index that was undone leaves no contract without the signatures it had been asked for."""
    place = factories.county()
    carer, handler = factories.carer(place, "Perhe"), factories.handler(place)
    contract = factories.family_care(place, carer.person_id, first=date(2024, 1, 1), signed_on=None)
    waiting = made(contract, handler)
    clerk, second = factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    change = indexing.propose_index(by=clerk, at=NOW, year=2026)
    indexing.make_index(change.pk, by=second, at=NOW)
    assert mass.tell_index(change.pk, person_id=second.person_id, at=NOW) == 1
    (of_index,) = queries.waiting_for(carer, TODAY)
    assert of_index.matter == "index"

    undo_index(change.pk, by=clerk, at=NOW)
    assert mass.take_back_index(change.pk, at=NOW) == 1
    assert mass.take_back_index(change.pk, at=NOW) == 0
    (again,) = queries.waiting_for(carer, TODAY)
    assert (again.matter, again.first, again.number) == (waiting.matter, waiting.first, 3)
    assert (again.decision, again.decided_on) == (waiting.decision, waiting.decided_on)
    of_index.refresh_from_db()
    assert of_index.state == "withdrawn"


def test_an_index_is_taken_back_where_the_version_before_it_cannot_be_made_again() -> None:
    """PAY-13, CON-5: nobody is left to sign amounts that do not hold; the job says what does not wait again."""
    place = factories.county()
    first, second = factories.carer(place, "Perhe"), factories.carer(place, "Toinen")
    handler, clerk, approver = factories.handler(place), factories.clerk(place), factories.clerk(place, "Hyväksyjä")
    cut, whole = (
        factories.family_care(place, each.person_id, first=date(2024, 1, 1), signed_on=None) for each in (first, second)
    )
    for contract in (cut, whole):
        made(contract, handler)
    change = indexing.propose_index(by=clerk, at=NOW, year=2026)
    indexing.make_index(change.pk, by=approver, at=NOW)
    assert mass.tell_index(change.pk, person_id=approver.person_id, at=NOW) == 2
    undo_index(change.pk, by=clerk, at=NOW)
    Terms.objects.filter(contract=cut).update(valid=DateRange(date(2025, 1, 1), None))  # not from its first day on

    with pytest.raises(InvalidInput):
        mass.take_back_index(change.pk, at=NOW)
    assert queries.waiting_for(first, TODAY) == []
    assert [each.matter for each in queries.waiting_for(second, TODAY)] == ["contract"]
    of_index = Version.objects.filter(matter="index")
    assert {each.state for each in of_index} == {"withdrawn"}
    assert of_index.get(contract=cut).reason == mass.TAKEN_BACK
    assert mass.take_back_index(change.pk, at=NOW) == 0  # nothing stays behind for the next time


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
    """A change of paydays."""
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
    said = " ".join(text_of(content(version.document)).split())
    assert "maksupäivät muuttuvat 1.7.2026" in said
    assert "maksupäivä on seuraavan kuukauden viimeinen pankkipäivä" in said  # as they are from that day on


def test_terms_that_wait_for_signature_are_still_signed_when_a_mass_change_comes_between() -> None:
    """CON-5: the version that waits gives way to one that says its terms, too, and asks for the same signatures."""
    place = factories.county()
    carer, handler = factories.carer(place), factories.handler(place)
    contract = to_sign(place, carer, signed_on=date(2026, 6, 1))
    waiting = made(contract, handler, first="1.8.2026")
    assert waiting.state == "waiting"
    told = mass.tell_paydays(place.id, contract.kind, date(2026, 9, 1), person_id=place.maker.person_id, at=NOW)
    assert told == 1
    waiting.refresh_from_db()
    assert (waiting.closed_as, waiting.reason) == ("withdrawn", "A newer version was made.")
    (newest,) = queries.waiting_for(carer, TODAY)
    assert (newest.matter, newest.first, newest.state) == ("payday", date(2026, 9, 1), "waiting")
    assert newest.days_off_plan == waiting.days_off_plan
    assert (newest.decision, newest.decided_on) == (waiting.decision, waiting.decided_on)
    assert newest.decided_on is not None
    assert [each.part for each in queries.signatories(newest)] == ["carer", "office_holder"]


def test_one_contract_that_cannot_be_set_stops_no_other() -> None:
    """The job says what it could not do, and does the rest."""
    place = factories.county()
    first, second = factories.carer(place), factories.carer(place, "Toinen")
    without_terms = factories.contract(place, first.person_id)
    goes = factories.contract(place, second.person_id)
    Terms.objects.filter(contract=without_terms).delete()
    with pytest.raises(InvalidInput):
        mass.tell_paydays(place.id, goes.kind, date(2026, 7, 1), person_id=place.maker.person_id, at=NOW)
    assert [each.contract_id for each in Version.objects.all()] == [goes.pk]
