"""The one list of notices: made from the chain of events, with a choice of e-mail by kind (HELP-4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from palkkio.audit.actions import record
from palkkio.audit.sealing import seal_events
from palkkio.core.capabilities import Scope
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages import actions, from_events
from palkkio.messages.models import SECURITY, EventsRead, NoMail, Notice
from palkkio.messages.queries import kinds_without_mail, notices_of
from palkkio.web.portal.notices_page import KINDS
from tests import factories
from tests.apps.payroll.scene import card

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture
def place() -> factories.Place:
    return factories.county()


@pytest.fixture
def carer(place: factories.Place) -> Viewer:
    return factories.viewer(factories.person(place, "Maija", "Testaaja", email="maija@example.fi"), RoleKind.CARER)


def kinds(viewer: Viewer) -> list[str]:
    return [row.kind for row in notices_of(viewer)]


def told() -> int:
    seal_events(at=NOW, is_whole=True)
    return from_events.tell(at=NOW)


def test_every_kind_has_words_and_the_security_ones_are_the_same_everywhere() -> None:
    assert set(KINDS) == set(Notice.Kind.values)
    assert {name for name, kind in KINDS.items() if kind.is_safe} == set(SECURITY)


def test_a_new_contract_is_told_to_its_carer_once(place: factories.Place, carer: Viewer) -> None:
    contract = factories.contract(place, carer.person_id)
    assert kinds(carer) == []
    told()
    (notice,) = notices_of(carer)
    assert (notice.kind, notice.object_id) == ("new_contract", contract.pk)
    assert told() == 0
    assert len(notices_of(carer)) == 1


def test_a_mandate_and_a_returned_payment_are_told_to_whom_they_concern(place: factories.Place, carer: Viewer) -> None:
    from palkkio.people.mandates.actions import record as record_mandate
    from palkkio.people.models import Person

    agent = factories.person(place, "Aino", "Edustaja")
    principal = Person.objects.get(pk=carer.person_id)
    values = {"scope": Scope.UNLIMITED, "first": factories.TODAY}
    record_mandate(principal, agent, by=place.maker, at=NOW, values=values)
    record(
        "payment_came_back",
        by=None,
        at=NOW,
        object_kind="payment",
        object_id=7,
        subject_person_id=carer.person_id,
        organisation_id=place.id,
    )
    told()
    assert sorted(kinds(carer)) == ["mandate_given", "payment_returned"]


def test_an_act_of_a_slow_transaction_is_not_missed(place: factories.Place, carer: Viewer) -> None:
    """The chain goes by the order of commits: an event with a lower number that is sealed later still comes."""
    factories.contract(place, carer.person_id)
    told()
    before = EventsRead.objects.get().position
    factories.contract(place, carer.person_id, factories.person(place, "Toinen", "Hoidettava"))
    assert told() == 1
    assert EventsRead.objects.get().position > before
    assert EventsRead.objects.count() == 1


def test_what_happened_long_ago_is_no_news(place: factories.Place, carer: Viewer) -> None:
    factories.contract(place, carer.person_id)
    seal_events(at=NOW, is_whole=True)
    assert from_events.tell(at=NOW + timedelta(days=10)) == 0
    assert kinds(carer) == []


def test_a_kind_that_is_turned_off_comes_to_the_list_but_by_no_e_mail(place: factories.Place, carer: Viewer) -> None:
    everything = set(Notice.Kind.values)
    actions.choose_mail(everything - {"payslip_ready"}, by=carer, at=NOW)
    assert kinds_without_mail(carer) == {"payslip_ready"}
    actions.notify(carer.person_id, "payslip_ready", 1, "payslip-1", at=NOW)
    assert actions.email_notices(place.id, at=NOW) == 0
    assert kinds(carer) == ["payslip_ready"]
    actions.notify(carer.person_id, "comment_answered", 1, "comment-1", at=NOW)
    assert actions.email_notices(place.id, at=NOW) == 1
    (sent,) = mail.outbox
    assert "Maija" not in sent.body + sent.subject
    actions.choose_mail(everything, by=carer, at=NOW)
    assert kinds_without_mail(carer) == set()


def test_notices_of_security_cannot_be_turned_off(place: factories.Place, carer: Viewer) -> None:
    actions.choose_mail([], by=carer, at=NOW)
    assert not kinds_without_mail(carer) & set(SECURITY)
    actions.notify(carer.person_id, "mandate_given", 1, "event-1", at=NOW)
    assert actions.email_notices(place.id, at=NOW) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        NoMail.objects.create(organisation_id=place.id, person_id=carer.person_id, kind="new_device", chosen_at=NOW)


def test_nobody_chooses_for_another(place: factories.Place, carer: Viewer) -> None:
    agent = factories.acting(factories.person(place, "Aino", "Edustaja"), carer.person_id)
    with pytest.raises(NotAllowed):
        actions.choose_mail([], by=agent, at=NOW)
    assert kinds_without_mail(carer) == set()


def test_a_missing_tax_card_is_told_once_a_month_to_payees_of_contracts(place: factories.Place, carer: Viewer) -> None:
    factories.contract(place, carer.person_id)
    other = factories.viewer(factories.person(place, "Toinen", "Testaaja"), RoleKind.CARER)
    factories.contract(place, other.person_id, factories.person(place, "Toinen", "Hoidettava"))
    card(place, other.person_id)

    def warned(today: date) -> int:
        return actions.warn_of_missing_cards(place.id, today=today, at=NOW)

    assert (warned(factories.TODAY), warned(factories.TODAY + timedelta(days=1))) == (1, 0)
    assert (kinds(carer), kinds(other)) == (["card_missing"], [])
    assert warned(date(2026, 7, 1)) == 1


def test_one_chooses_letters_in_the_settings_of_notices_and_only_for_oneself(place: factories.Place) -> None:
    """HELP-4: a letter for those without electronic service, and for who wants one."""
    from django.test import Client

    from palkkio.messages.actions import choose_letters
    from palkkio.messages.ways import choice_of
    from palkkio.people.queries import contact_person

    carer, other = factories.carer(place), factories.carer(place)
    client = Client()
    factories.sign_in(client, carer)
    page = "/notices/choices/"
    assert 'value="palkkio"' in client.get(page).content.decode()
    assert client.post(page, {"kinds": [], "letters": "printed"}).status_code == 302
    assert choice_of(contact_person(carer.person_id)) == "printed"
    assert client.post(page, {"kinds": [], "letters": "pigeon"}).status_code == 422
    with pytest.raises(NotAllowed):
        choose_letters(other.person_id, "printed", by=carer, at=NOW)
    assert choice_of(contact_person(other.person_id)) == "palkkio"
