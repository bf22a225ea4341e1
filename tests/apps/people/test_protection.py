"""A protection order (turvakielto) hides where people live and how to reach them, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from palkkio.core.days import DateRange
from palkkio.core.problems import InvalidInput, NotAllowed
from palkkio.core.viewer import STAFF_ROLES, RoleKind, Viewer
from palkkio.payroll.queries import pay_certificate, payslip_value
from palkkio.people.actions import change_person
from palkkio.people.contact import FIELDS, contact_of, contact_on_paper, is_protected
from palkkio.people.models import Person
from palkkio.people.protection import set_protection
from palkkio.people.rights import PROTECTED
from tests import factories
from tests.architecture.url_roles import World

pytestmark = pytest.mark.django_db

SECRETS = {
    "street": "Piilopolku 7",
    "postcode": "00990",
    "town": "Salakylä",
    "phone": "+358409990001",
    "email": "piilossa@testi.example",
}
SEES = {
    RoleKind.HANDLER: False,
    RoleKind.SOCIAL_WORKER: True,
    RoleKind.PAYROLL_CLERK: True,
    RoleKind.ADMINISTRATOR: False,
}


def protected(
    place: factories.Place, person_id: int, first: date = factories.SINCE, last: date | None = None
) -> Person:
    """A person with contact details and a protection order."""
    person = Person.objects.get(pk=person_id)
    for name, value in SECRETS.items():
        setattr(person, name, value)
    person.protection = DateRange.of_days(first, last)
    person.save()
    return person


def staff(place: factories.Place, role: RoleKind) -> Viewer:
    return factories.viewer(factories.person(place, "Virka", f"Ilija{role.value}"), role)


def client_of(viewer: Viewer) -> Client:
    client = Client()
    factories.sign_in(client, viewer, strong=True)
    return client


def found_in(text: str) -> list[str]:
    return [name for name, value in SECRETS.items() if value in text]


def test_the_table_names_each_role_of_staff() -> None:
    assert set(SEES) == STAFF_ROLES
    assert {role for role, sees in SEES.items() if sees} == set(PROTECTED)


@pytest.mark.parametrize("role", sorted(SEES))
@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_seen_by_the_named_roles_alone(field: str, role: RoleKind) -> None:
    place = factories.county()
    carer = factories.carer(place)
    person = protected(place, carer.person_id)
    shown = contact_of(person, staff(place, role), factories.TODAY)
    value = shown.municipality if field == "municipality_id" else getattr(shown, field)
    assert bool(value) == SEES[role]
    assert shown.is_hidden == (not SEES[role])


def test_the_person_sees_their_own_and_who_acts_for_them_does_not() -> None:
    place = factories.county()
    carer = factories.carer(place)
    person = protected(place, carer.person_id)
    assert contact_of(person, carer, factories.TODAY).street == SECRETS["street"]
    agent = factories.acting(factories.person(place, "Aino", "Edustaja"), carer.person_id)
    assert contact_of(person, agent, factories.TODAY).is_hidden
    assert contact_of(person, None, factories.TODAY).is_hidden


@pytest.mark.parametrize(
    ("first", "last", "is_hidden"),
    [
        (date(2026, 6, 8), None, True),
        (date(2026, 1, 1), date(2026, 6, 8), True),
        (date(2026, 6, 9), None, False),
        (date(2026, 1, 1), date(2026, 6, 7), False),
    ],
)
def test_it_holds_on_its_days(first: date, last: date | None, is_hidden: bool) -> None:
    place = factories.county()
    person = protected(place, factories.carer(place).person_id, first, last)
    assert contact_of(person, factories.handler(place), factories.TODAY).is_hidden == is_hidden
    assert is_protected(person, factories.TODAY) == is_hidden


def test_a_paper_hides_what_an_order_of_a_later_day_protects() -> None:
    place = factories.county()
    person = protected(place, factories.carer(place).person_id, date(2026, 6, 9))
    assert contact_on_paper(person, date(2026, 6, 1)).lines == ()
    person.protection = DateRange.of_days(date(2026, 1, 1), date(2026, 5, 31))
    assert contact_on_paper(person, date(2026, 6, 1)).lines == ("Piilopolku 7", "00990 Salakylä")


# --- Everywhere ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(SEES))
def test_pages_of_the_desk(role: RoleKind) -> None:
    """The person, the form of changes, lists, search and contract."""
    place = factories.county()
    carer = factories.carer(place)
    contract = factories.contract(place, carer.person_id)
    protected(place, carer.person_id)
    municipality = "hidden-municipality-probe"
    place.municipality.name_fi = municipality
    place.municipality.save()
    client = client_of(staff(place, role))

    page = client.get(f"/desk/people/{carer.person_id}/").content.decode()
    form = client.get(f"/desk/people/{carer.person_id}/change/")
    assert found_in(page) == (list(SECRETS) if SEES[role] else [])
    assert (municipality in page) == SEES[role]
    if form.status_code == 200:
        assert found_in(form.content.decode()) == (list(SECRETS) if SEES[role] else [])
    people = client.post("/desk/search/people/", {"q": "Mallikas"}, follow=True).content.decode()
    assert "Mallikas" in people
    assert (municipality in people) == SEES[role]
    shown = client.get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert (municipality in shown) == SEES[role]


def test_the_portal_of_who_acts_for_the_person() -> None:
    place = factories.county()
    carer = factories.carer(place)
    protected(place, carer.person_id)
    agent = factories.acting(factories.person(place, "Aino", "Edustaja"), carer.person_id)
    client = client_of(agent)
    for address in ("/", "/me/", "/contacts/", "/contracts/", "/reports/"):
        assert found_in(client.get(address).content.decode()) == [], address
    assert found_in(client_of(carer).get("/me/").content.decode()) == list(SECRETS)


def test_payslips_and_certificates_carry_no_address() -> None:
    world = World(factories.county())
    slip = world.payslip
    person = protected(world.place, world.carer.person_id)
    slip.person = person
    assert payslip_value(slip).payee.address == ()
    days = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert pay_certificate(world.carer, person.pk, **days, language="fi").payee.address == ()
    person.protection = None
    person.save()
    assert payslip_value(slip).payee.address == ("Piilopolku 7", "00990 Salakylä")
    assert pay_certificate(world.carer, person.pk, **days, language="fi").payee.address != ()


@pytest.mark.long
def test_files_that_leave_the_house_carry_no_contact_details() -> None:
    from palkkio.documents import queries as documents
    from palkkio.documents.models import Document

    world = World(factories.county())
    protected(world.place, world.carer.person_id)
    assert world.batch.file_id
    kinds = set()
    for document in Document.objects.all():
        kinds.add(document.kind)
        assert found_in(documents.content(document).decode("utf-8", "replace")) == []
    assert {"payment_file", "incomes_register_report", "voucher"} <= kinds


# --- Keeping it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(SEES))
def test_only_the_named_roles_enter_and_end_it(role: RoleKind) -> None:
    place = factories.county()
    person = factories.person(place)
    by = staff(place, role)
    if not SEES[role]:
        with pytest.raises(NotAllowed):
            set_protection(person, by=by, at=factories.NOW, first="1.6.2026")
        return
    changed = set_protection(person, by=by, at=factories.NOW, first="1.6.2026", last="30.6.2026")
    assert changed.protection == DateRange.of_days(date(2026, 6, 1), date(2026, 6, 30))
    assert set_protection(person, by=by, at=factories.NOW, first="").protection is None


def test_nobody_enters_or_ends_their_own() -> None:
    place = factories.county()
    clerk = factories.clerk(place)
    with pytest.raises(NotAllowed):
        set_protection(Person.objects.get(pk=clerk.person_id), by=clerk, at=factories.NOW, first="1.6.2026")


@pytest.mark.parametrize(("first", "last", "field"), [("", "1.6.2026", "first"), ("2.6.2026", "1.6.2026", "last")])
def test_days_that_cannot_be_are_refused(first: str, last: str, field: str) -> None:
    place = factories.county()
    with pytest.raises(InvalidInput) as refusal:
        set_protection(factories.person(place), by=factories.clerk(place), at=factories.NOW, first=first, last=last)
    assert [error.field for error in refusal.value.errors] == [field]


@pytest.mark.parametrize("field", FIELDS)
def test_who_does_not_see_contact_details_does_not_change_them(field: str) -> None:
    place = factories.county()
    person = protected(place, factories.carer(place).person_id)
    with pytest.raises(NotAllowed):
        change_person(person, by=factories.handler(place), at=factories.NOW, values={field: ""})
    changed = change_person(person, by=factories.handler(place), at=factories.NOW, values={"given_names": "Uusi"})
    assert (changed.given_names, changed.street) == ("Uusi", SECRETS["street"])


def test_the_form_of_somebody_who_does_not_see_them_leaves_them_as_they_are() -> None:
    place = factories.county()
    person = protected(place, factories.carer(place).person_id)
    client = client_of(factories.handler(place))
    typed = {"given_names": "Uusi", "family_name": person.family_name, "language": "fi", "street": "", "phone": ""}
    assert client.post(f"/desk/people/{person.pk}/change/", typed).status_code == 302
    again = Person.objects.get(pk=person.pk)
    assert (again.given_names, again.street, again.phone) == ("Uusi", SECRETS["street"], SECRETS["phone"])
