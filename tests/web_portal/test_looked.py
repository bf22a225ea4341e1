"""Who has looked at my data (BEY-10), and the reason that staff give."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta

import pytest
from django.test import Client

from palkkio.audit.actions import record_look
from palkkio.audit.models import Event
from palkkio.audit.queries import lists_with, looks_at
from palkkio.core.clock import Clock
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.web import looks as pages
from palkkio.web import whose_data
from palkkio.web.look_words import LISTS, OPENED
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/me/looked/"


def signed_in(viewer: Viewer, *, strong: bool = True) -> Client:
    client = Client()
    factories.sign_in(client, viewer, strong=strong)
    return client


def look(by: Viewer, at_whom: int, kind: str = "person", reason: str = "", minutes: int = 0) -> None:
    at = factories.NOW + timedelta(minutes=minutes)
    record_look("open", by=by, at=at, object_kind=kind, object_id=1, subject_person_id=at_whom, reason=reason)


def test_the_page_wants_strong_authentication_not_older_than_ten_minutes() -> None:
    carer = factories.carer(factories.county())
    answer = signed_in(carer, strong=False).get(PAGE)
    assert answer.status_code == 302
    assert "for=fresh" in answer["Location"]
    assert signed_in(carer).get(PAGE).status_code == 200


def test_a_carer_reads_when_in_which_role_and_why_somebody_looked() -> None:
    place = factories.county()
    carer, handler = factories.carer(place), factories.handler(place)
    look(handler, carer.person_id, "person", "contacted")
    look(handler, carer.person_id, "contract", "contacted", minutes=20)
    look(factories.clerk(place), carer.person_id, "payslip", minutes=90)

    text = signed_in(carer).get(PAGE, headers={"accept-language": "en"}).content.decode()

    for word in ("8.6.2026", "10.00–10.20", "11.30"):
        assert word in text
    assert handler.name not in text  # the role, as the county answers for its staff


def test_visits_of_a_day_stand_newest_first_whoever_paid_them() -> None:
    """BEY-10: several looks for one reason are one visit, placed by its last look."""
    place = factories.county()
    carer, handler = factories.carer(place), factories.handler(place)
    look(handler, carer.person_id, "person", "contacted")
    look(handler, carer.person_id, "contract", "contacted", minutes=20)
    look(factories.clerk(place), carer.person_id, "payslip", minutes=90)
    look(handler, carer.person_id, "sheet", "Soitti tilikirjasta", minutes=200)

    text = signed_in(carer).get(PAGE).content.decode()

    places = [text.index(times) for times in ("13.20", "11.30", "10.00–10.20")]
    assert places == sorted(places)


def test_the_page_shows_words_and_no_codes() -> None:
    place = factories.county()
    carer = factories.carer(place)
    look(factories.handler(place), carer.person_id, "contract", "correcting")
    look(factories.handler(place, "Toinen"), carer.person_id, "sheet", "Soitti tilikirjasta")
    text = signed_in(carer).get(PAGE).content.decode()
    assert "correcting" not in text
    assert "Soitti tilikirjasta" in text


def test_whatever_is_opened_and_every_list_has_words() -> None:
    """BEY-10: the person reads what was opened, and on which list the name stood."""
    kinds = set(re.findall(r'return Seen\("(\w+)"', inspect.getsource(whose_data)))
    assert "sheet" in kinds
    assert sorted(kinds - set(OPENED)) == []
    lists = {each.action for each in pages.LOOKS.values() if each.seen.__qualname__.startswith("many.")}
    assert "list_people" in lists
    assert sorted(each for each in lists - set(LISTS) if each.startswith(("list_", "export_"))) == []


def test_the_lists_that_a_name_stood_on_are_told_apart_from_what_was_opened() -> None:
    """BEY-10: a list names in the log whom it showed; nobody else's page tells of it."""
    place = factories.county()
    carer, other = factories.carer(place), factories.carer(place, "Toinen")
    factories.contract(place, carer.person_id)
    assert signed_in(factories.handler(place)).get("/desk/contracts/").status_code == 200

    [look] = lists_with(place.id, carer.person_id)
    assert (look.action, look.subject_person_id) == ("list_contracts", None)
    text = signed_in(carer).get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert 'id="lists-title"' in text
    assert 'id="lists-title"' not in signed_in(other).get(PAGE).content.decode()
    assert looks_at(place.id, carer.person_id) == []


def test_looks_at_others_and_own_looks_are_not_there() -> None:
    place = factories.county()
    carer, other, handler = factories.carer(place), factories.carer(place, "Toinen"), factories.handler(place)
    look(handler, other.person_id, reason="Toisen asia")
    look(carer, carer.person_id, reason="Oma asia")
    text = signed_in(carer).get(PAGE).content.decode()
    assert "Toisen asia" not in text
    assert "Oma asia" not in text


def test_who_acts_for_a_carer_is_shown_by_name_and_cannot_open_the_page() -> None:
    place = factories.county()
    carer, agent = factories.carer(place), factories.person(place, "Aino", "Edustaja")
    acting = factories.acting(agent, carer.person_id)
    client = signed_in(acting)
    assert client.get("/contracts/").status_code == 200
    assert client.get(PAGE).status_code == 403
    [found] = looks_at(place.id, carer.person_id)
    assert found.actor_person_id == agent.pk
    assert "Aino Edustaja" in signed_in(carer).get(PAGE).content.decode()


# --- The reason of staff ---------------------------------------------------------------------------------------------


def test_a_person_about_whom_nothing_is_open_is_opened_with_a_reason_that_the_person_reads() -> None:
    place = factories.county()
    person, handler = factories.person(place), factories.handler(place)
    client, page = signed_in(handler, strong=False), f"/desk/people/{person.pk}/"

    asked = client.get(page, follow=True)
    assert asked.redirect_chain == [(f"{page}reason/", 302)]
    assert person.family_name not in asked.content.decode()
    assert not Event.objects.filter(is_read=True, subject_person_id=person.pk).exists()
    refused = client.post(f"{page}reason/", {"why": "other", "text": " "})
    assert refused.status_code == 422
    opened = client.post(f"{page}reason/", {"why": "other", "text": "Posti palautui"}, follow=True)

    assert opened.redirect_chain == [(page, 302)]
    [found] = looks_at(place.id, person.pk)
    assert (found.reason, found.actor_role) == ("Posti palautui", RoleKind.HANDLER)
    assert client.get(page).status_code == 200  # asked once a working day
    carer = factories.viewer(person, RoleKind.CARER)
    assert "Posti palautui" in signed_in(carer).get(PAGE).content.decode()


@pytest.mark.parametrize("matter", ["contract", "comment", "callback", "own change"])
def test_no_reason_is_asked_where_a_matter_is_open(matter: str) -> None:
    from palkkio.messages.actions import add_comment
    from palkkio.messages.models import CallbackRequest
    from palkkio.organisations.models import ContactPoint
    from palkkio.people.actions import change_person

    place = factories.county()
    carer, handler = factories.carer(place), factories.handler(place)
    match matter:
        case "contract":
            factories.contract(place, carer.person_id)
        case "comment":
            add_comment("other", carer.person_id, "Hei", by=carer, at=factories.NOW)
        case "callback":
            point = ContactPoint.objects.create(organisation=place.organisation, name_fi="A", name_sv="A", name_en="A")
            CallbackRequest.objects.create(
                organisation=place.organisation,
                contact_point=point,
                person_id=carer.person_id,
                phone="0401234567",
                asked_at=factories.NOW,
            )
        case _:
            person = factories._person(carer.person_id)
            # The pages' clock runs on through the fixed day, and a working day later the reason is asked again.
            change_person(person, by=handler, at=Clock(factories.TODAY).now(), values={"phone": "0401234567"})
    client = signed_in(handler, strong=False)

    assert client.get(f"/desk/people/{carer.person_id}/").status_code == 200
    assert looks_at(place.id, carer.person_id)[0].reason == "open_matter"


def test_a_contract_that_ended_long_ago_is_no_open_matter() -> None:
    place = factories.county()
    carer = factories.carer(place)
    factories.contract(
        place,
        carer.person_id,
        first=factories.SINCE,
        last=factories.TODAY - timedelta(days=200),
        signed_on=factories.SINCE,
    )
    client = signed_in(factories.handler(place), strong=False)
    assert client.get(f"/desk/people/{carer.person_id}/").status_code == 302
