"""Contracts signed: each party in turn, sealed with PAdES, verified by readers that are not ours (CON-2, CON-4)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from palkkio.adapters.signing.sealing import check
from palkkio.contracts import actions as contracts
from palkkio.contracts.models import Contract
from palkkio.contracts.signing import actions, queries
from palkkio.contracts.signing.models import Signatory, Version
from palkkio.contracts.signing.settings import save_template
from palkkio.core.capabilities import Scope
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.documents.models import Document
from palkkio.documents.queries import content
from tests import factories
from tests.apps.contracts import signing_scene as scene
from tests.apps.contracts.signing_scene import NOW, made, pdfsig, signed, to_sign
from tests.journeys.steps import text_of

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY


@pytest.fixture(autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    settings.VAR = tmp_path_factory.getbasetemp() / "var"


@pytest.fixture
def place() -> factories.Place:
    return factories.county()


def certificate() -> Path:
    return Path(settings.VAR) / "signing" / "mallila.pem"


def test_a_contract_is_signed_by_both_in_turn_and_any_reader_verifies_it(
    place: factories.Place, tmp_path: Path
) -> None:
    """CON-2, CON-4."""
    carer, handler = factories.carer(place), factories.handler(place)
    contract = to_sign(place, carer)
    version = made(contract, handler)
    document = version.document
    assert document is not None
    assert (version.number, version.matter, version.expires_on) == (1, "contract", date(2026, 7, 8))
    said = text_of(content(document))
    for words in (
        "530,00",
        "vähintään kolmeen vapaapäivään",
        "Kolme vapaata kuukaudessa",
        "toistaiseksi",
        "muusta syystä",
    ):
        assert words in said
    assert "vähintään kaksi kuukautta, hoitajan vähintään yksi kuukausi" in said
    assert version.plan is not None
    assert version.plan.sha256 in said.replace(" ", "")

    # the carer's turn: not before it is opened, and only what was shown
    assert queries.waiting_for(carer, TODAY) == [version]
    assert queries.waiting_for(handler, TODAY) == []
    with pytest.raises(WrongState, match="Open the document"):
        actions.sign_version(version.pk, by=carer, at=NOW, sha256=document.sha256)
    assert actions.open_version(version.pk, by=carer, at=NOW) == content(document)
    with pytest.raises(WrongState, match="not the one that you opened"):
        actions.sign_version(version.pk, by=carer, at=NOW, sha256="0" * 64)
    with pytest.raises(NotAllowed):
        signed(version, handler)
    signed(version, carer)
    contract.refresh_from_db()
    assert contract.signed_on is None

    # then the office holder's
    assert queries.waiting_for(carer, TODAY) == []
    assert queries.waiting_for(handler, TODAY) == [version]
    kin = factories.person(place, "Kirsi", "Käsittelijä")
    factories.representation(kin, contract.carer)
    assert (queries.to_sign(handler), queries.to_sign(factories.viewer(kin, RoleKind.HANDLER))) == (1, 0)
    done = signed(Version.objects.get(pk=version.pk), handler)
    contract.refresh_from_db()
    assert (contract.signed_on, done.closed_as) == (TODAY, "signed")

    # what was shown is what is sealed
    assert done.sealed is not None
    sealed = content(done.sealed)
    assert sealed.startswith(content(document))
    found = check(sealed, [certificate()])
    assert [(each.name, each.is_intact, each.is_trusted) for each in found] == [
        (carer.name, True, True),
        (handler.name, True, True),
    ]
    assert "vahvan tunnistautumisen jälkeen" in found[0].reason
    assert pdfsig(sealed, tmp_path) in ([], ["Signature is Valid."] * 2)

    # one byte changed is refused, wherever it is
    for at in (len(content(document)) // 2, len(sealed) - 400):
        broken = bytearray(sealed)
        broken[at] ^= 1
        found = check(bytes(broken), [certificate()])
        assert not found or not all(each.is_intact for each in found)
        assert pdfsig(bytes(broken), tmp_path) != ["Signature is Valid."] * 2


def test_it_is_pdf_ua_and_pdf_a(place: factories.Place) -> None:
    """CON-2: accessible, and to be read in decades."""
    version = made(to_sign(place, factories.carer(place)), factories.handler(place))
    assert version.document is not None
    raw = content(version.document)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw
    assert b"<pdfaid:part>2</pdfaid:part>" in raw
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in raw


def test_informal_care_needs_a_plan_for_days_off_and_the_care_plan(place: factories.Place) -> None:
    """CON-4."""
    contract, handler = to_sign(place, factories.carer(place)), factories.handler(place)
    with pytest.raises(InvalidInput) as refused:
        actions.make_version(contract.pk, by=handler, at=NOW, values={"language": "fi"})
    asked = {"days_off_plan", "plan", "decision", "decided_on", "applied_on"}
    assert {each.field for each in refused.value.errors} == asked
    fixed = to_sign(place, factories.carer(place, "Toinen"), last=date(2026, 12, 31))
    with pytest.raises(InvalidInput) as refused:
        made(fixed, handler)
    assert {each.field for each in refused.value.errors} == {"fixed_reason"}


def test_the_decision_goes_with_the_contract_that_carries_it_out(place: factories.Place) -> None:
    """OHT-4: decision, plan and contract in one; the fee starts at the earliest with the month of the application."""
    carer, handler = factories.carer(place), factories.handler(place)
    early = to_sign(place, carer, first=date(2026, 4, 30))
    with pytest.raises(InvalidInput) as refused:
        made(early, handler)
    (error,) = refused.value.errors
    assert (error.field, error.params["day"]) == ("applied_on", "1.5.2026")

    contract = to_sign(place, factories.carer(place, "Toinen"), first=date(2026, 5, 1))
    version = made(contract, handler, decision_number="§ 45/2026")
    decision, document = version.decision, version.document
    assert decision is not None
    assert document is not None
    assert (decision.kind, decision.contract_id, decision.dated_on) == ("decision", contract.pk, date(2026, 6, 5))
    said = text_of(content(document))
    assert "Sopimus perustuu päätökseen § 45/2026, 5.6.2026." in said
    assert decision.sha256 in said.replace(" ", "")
    shown = factories.viewer(contract.carer, RoleKind.CARER)
    assert queries.waiting_for(shown, TODAY)[0].decision == decision


def test_others_see_nothing_and_nobody_signs_for_another(place: factories.Place) -> None:
    """ACC-14: a mandate does not cover signing."""
    carer, handler = factories.carer(place), factories.handler(place)
    version = made(to_sign(place, carer), handler)
    other, elsewhere = factories.carer(place, "Muu"), factories.handler(factories.city())
    helper = factories.acting(factories.person(place, "Auli", "Auttaja"), carer.person_id)
    for viewer in (other, elsewhere):
        with pytest.raises(NotAllowed):
            actions.open_version(version.pk, by=viewer, at=NOW)
    actions.open_version(version.pk, by=helper, at=NOW)
    assert version.document is not None
    with pytest.raises(NotAllowed):
        actions.sign_version(version.pk, by=helper, at=NOW, sha256=version.document.sha256)
    assert queries.turn_of(version).opened_at is None  # type: ignore[union-attr]


def test_who_does_not_sign_says_why(place: factories.Place) -> None:
    carer, handler = factories.carer(place), factories.handler(place)
    version = made(to_sign(place, carer), handler)
    with pytest.raises(InvalidInput):
        actions.decline_version(version.pk, by=carer, at=NOW, reason=" ")
    done = actions.decline_version(version.pk, by=carer, at=NOW, reason="Palkkioluokka on väärä")
    assert (done.closed_as, done.reason) == ("declined", "Palkkioluokka on väärä")
    with pytest.raises(WrongState):
        signed(done, carer)
    newer = made(version.contract, handler)
    assert (newer.number, newer.state) == (2, "waiting")


def test_an_employment_is_signed_by_assistant_and_employer_a_minors_by_the_guardian(place: factories.Place) -> None:
    """CON-5: the contract is the household's; a minor's guardian signs for the child."""
    assistant, handler = factories.carer(place), factories.handler(place)
    child = factories.person(place, "Lapsi", "Testaaja", identity_code="", born=date(2014, 5, 1))
    contract = factories.assistance(
        place, assistant.person_id, employer=child, signed_on=None, tasks="Avustaminen kotona ja koulussa"
    )
    values = {"language": "sv", "working_times": "Må–fr 8–12"}
    version = actions.make_version(contract.pk, by=handler, at=NOW, values=values)
    signed(version, factories.viewer(contract.carer, RoleKind.ASSISTANT))
    own = factories.viewer(child, RoleKind.EMPLOYER)
    assert queries.waiting_for(own, TODAY) == []
    guardian = factories.acting(
        factories.person(place, "Hilja", "Huoltaja"), child, RoleKind.EMPLOYER, scope=Scope.GUARDIAN
    )
    done = signed(Version.objects.get(pk=version.pk), guardian)
    contract.refresh_from_db()
    assert contract.signed_on == TODAY
    assert done.sealed is not None
    seals = check(content(done.sealed), [certificate()])
    assert "för Lapsi Testaaja" in seals[1].reason


@pytest.mark.parametrize("kind", [each for each in ContractKind if each is not ContractKind.INFORMAL_CARE])
def test_each_other_kind_is_made_from_the_organisations_template(place: factories.Place, kind: ContractKind) -> None:
    """CON-4, CON-5: own clauses of the kind, its amounts and terms; who signs follows from the kind."""
    values = {"clauses_fi": "Muutoksista ilmoitetaan viikossa."}
    save_template(kind.value, by=factories.administrator(place), at=NOW, values=values)
    carer, handler = factories.carer(place), factories.handler(place)
    typed: dict[str, Any] = {"language": "fi"}
    if kind is ContractKind.FAMILY_CARE:
        contract = factories.family_care(place, carer.person_id, signed_on=None)
        expected = ["1 000,00", "vähintään kahteen vapaapäivään", "2 kuukautta"]
    elif kind is ContractKind.SUBSTITUTE_CARE:
        contract = factories.contract(place, carer.person_id, signed_on=None)
        typed["notice"] = "Sopimuksen voi irtisanoa kahdessa viikossa."
        expected = ["97,55", "kahdessa viikossa", "Hoitopäivä"]
    elif kind is ContractKind.OTHER_COMMISSION:
        rates, tasks = {"visit": "25.00"}, "Tukihenkilönä toimiminen"
        contract = factories.contract(
            place, carer.person_id, kind=kind, signed_on=None, tasks=tasks, rates=rates, cap_visits="8"
        )
        typed["notice"] = "Sopimuksen voi irtisanoa kuukaudessa."
        expected = ["25,00", tasks, "8 käyntiä"]
    else:
        tasks = "Avustaminen kotona"
        contract = factories.assistance(place, carer.person_id, signed_on=None, tasks=tasks)
        with pytest.raises(InvalidInput, match="marked"):
            actions.make_version(contract.pk, by=handler, at=NOW, values=typed)  # the working times are missing
        typed["working_times"] = "Ma–pe klo 8–12"
        expected = [tasks, "Ma–pe klo 8–12", "Palkkaryhmä", "Irtisanominen"]
    version = actions.make_version(contract.pk, by=handler, at=NOW, values=typed)
    assert version.document is not None
    said = " ".join(text_of(content(version.document)).replace("\xa0", " ").split())
    for words in (*expected, "Muutoksista ilmoitetaan viikossa.", contract.number, "kirjallisesti"):
        assert words in said, words
    parts = ["assistant", "employer"] if kind is ContractKind.PERSONAL_ASSISTANCE else ["carer", "office_holder"]
    assert [each.part for each in queries.signatories(version)] == parts


def test_a_contract_on_paper_has_its_scan_its_day_and_who_recorded_it(place: factories.Place) -> None:
    """CON-2 on paper."""
    carer, handler = factories.carer(place), factories.handler(place)
    contract = to_sign(place, carer)
    waiting = made(contract, handler)
    with pytest.raises(InvalidInput):
        actions.record_paper(contract.pk, by=handler, at=NOW, values={"signed_on": "1.6.2026"}, upload=None)
    done = actions.record_paper(
        contract.pk, by=handler, at=NOW, values={"signed_on": "1.6.2026"}, upload=factories.scan()
    )
    contract.refresh_from_db()
    assert (done.pk, done.closed_as, done.closed_by_id) == (waiting.pk, "signed", handler.person_id)
    assert contract.signed_on == date(2026, 6, 1)
    assert done.scan is not None


def test_of_two_contracts_of_the_same_two_people_on_the_same_days_one_is_signed(place: factories.Place) -> None:
    """CON-2: paid by the month, the other would be paid beside it; the county's signer reads which one it is."""
    carer, handler = factories.carer(place), factories.handler(place)
    first, second = to_sign(place, carer), to_sign(place, carer)
    Contract.objects.filter(pk=second.pk).update(recipient_id=first.recipient_id)
    of_first, of_second = made(first, handler), made(second, handler)
    signed(of_first, carer)
    signed(of_second, carer)
    signed(Version.objects.get(pk=of_first.pk), handler)
    issued = Document.objects.count()

    with pytest.raises(WrongState, match=f"have contract {first.number} on the same days: 1.7.2026–"):
        signed(Version.objects.get(pk=of_second.pk), handler)
    paper = {"signed_on": "1.6.2026"}
    with pytest.raises(WrongState, match="on the same days"):
        actions.record_paper(second.pk, by=handler, at=NOW, values=paper, upload=factories.scan())
    assert Document.objects.count() == issued
    second.refresh_from_db()
    assert second.signed_on is None

    contracts.end_contract(first, by=handler, at=NOW, last=date(2026, 7, 31), reason="Moves")
    Contract.objects.filter(pk=second.pk).update(valid=DateRange(date(2026, 8, 1), None))
    done = actions.record_paper(second.pk, by=handler, at=NOW, values=paper, upload=factories.scan())
    assert done.closed_as == "signed"


def test_the_night_reminds_whose_turn_it_is_and_closes_what_has_expired(place: factories.Place) -> None:
    """CON-2: told by a notice whose e-mail says nothing of the matter; reminded after seven days; over after thirty."""
    carer, handler = factories.carer(place), factories.handler(place)
    version = made(to_sign(place, carer), handler)
    assert [told(carer, day) for day in (TODAY, TODAY + timedelta(7), TODAY + timedelta(7))] == [1, 2, 2]
    assert look_after(place, TODAY + timedelta(30)) == 1  # 8 July is its last day: reminded again
    assert look_after(place, TODAY + timedelta(31)) == 1
    assert Version.objects.get(pk=version.pk).closed_as == "expired"
    with pytest.raises(WrongState):
        signed(version, carer)


def test_who_was_asked_after_midnight_is_reminded_from_that_day_on(place: factories.Place) -> None:
    """The moment is kept in UTC, where it was still the evening before."""
    carer, handler = factories.carer(place), factories.handler(place)
    version = made(to_sign(place, carer), handler)
    asked = datetime(2026, 6, 9, 0, 30, tzinfo=HELSINKI)
    Signatory.objects.filter(version=version, turn=1).update(asked_at=asked)
    assert [look_after(place, date(2026, 6, day)) for day in (15, 16)] == [0, 1]


def look_after(place: factories.Place, day: date) -> int:
    from palkkio.contracts.signing.nightly import look_after_versions

    at = datetime(day.year, day.month, day.day, 7, tzinfo=NOW.tzinfo)
    return look_after_versions(place.id, today=day, at=at)


def told(viewer: Any, day: date) -> int:
    """How often the person has been asked to sign, after the night of a day."""
    from palkkio.audit.models import Event

    look_after(factories.county(), day)
    acts = ("ask_signature", "remind_signature")
    return Event.objects.filter(action__in=acts, subject_person_id=viewer.person_id).count()


def test_a_test_certificate_is_made_by_a_command(place: factories.Place) -> None:
    from django.core.management import call_command

    call_command("make_test_certificate", "mallila", stdout=io.StringIO())
    assert certificate().exists()


def test_changed_terms_are_signed_again_or_told_as_the_organisation_chose(place: factories.Place) -> None:
    """CON-5: a change is the next version; the one before stays as it was signed."""
    from palkkio.contracts.actions import change_terms
    from palkkio.contracts.signing.settings import save_choices

    carer, handler = factories.carer(place), factories.handler(place)
    first = signed(signed(made(to_sign(place, carer), handler), carer), handler)
    changed = {"fee_class": "I", "values": {"absence_other": "paid"}}
    change_terms(first.contract, by=handler, at=NOW, first="1.9.2026", source="Päätös 5 §", **changed)
    values = {**scene.TYPED, "first": "1.9.2026"}
    second = actions.make_version(first.contract_id, by=handler, at=NOW, values=values)  # the plan goes on
    assert (second.number, second.matter, second.state, second.plan_id) == (2, "amendment", "waiting", first.plan_id)
    assert [each.number for each in queries.lists(carer, TODAY).waiting] == [2]
    assert [each.number for each in queries.lists(carer, TODAY).in_force] == [1]
    choices = {"days_to_sign": 30, "remind_after_days": 7, "amendments_are_signed": False}
    save_choices(by=factories.administrator(place), at=NOW, values=choices)
    third = actions.make_version(first.contract_id, by=handler, at=NOW, values=values)
    assert (third.number, third.state) == (3, "told")
    assert [each.closed_as for each in queries.lists(carer, TODAY).finished] == ["withdrawn", "signed"]
    assert Version.objects.get(pk=first.pk).sealed_id == first.sealed_id
