"""A link that lets somebody in: once, for a while, for one person alone (ACC-8, ACC-14; the table of attacks)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from palkkio.accounts import eid
from palkkio.accounts.invitations import actions
from palkkio.accounts.invitations.models import Invitation
from palkkio.accounts.invitations.queries import digest_of
from palkkio.accounts.models import Account
from palkkio.core.capabilities import Scope
from palkkio.core.days import DateRange
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.people import identity
from palkkio.people.models import Person, Representation
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.NOW


def identified(person: Person) -> Account:
    """An account of the person, linked to their eID."""
    account = factories.account(person)
    eid.link(account, tuple(identity.ring().digests(person.identity_code)), NOW)
    return account


class Invited:
    """A household employer with a link, and the account that may take it."""

    def __init__(self) -> None:
        self.place = factories.county()
        self.person = factories.person(self.place, "Irja", "Työnantaja")
        self.account = identified(self.person)
        self.tokens: list[str] = []

    def invite(self, at: datetime = NOW) -> Invitation:
        def link_of(token: str) -> str:
            self.tokens.append(token)
            return f"/invitation/{token}/"

        by = factories.handler(self.place)
        return actions.invite_employer(self.person.pk, by=by, at=at, email="irja@testi.example", link_of=link_of)

    def take(self, at: datetime = NOW, account: Account | None = None, token: str = "") -> Invitation:
        return actions.accept(digest_of(token or self.tokens[-1]), account or self.account, at)


def test_a_link_is_taken_once() -> None:
    house = Invited()
    house.invite()
    assert house.take().used_at == NOW
    with pytest.raises(WrongState, match="used already"):
        house.take()


def test_a_link_is_taken_before_its_last_moment_alone() -> None:
    house = Invited()
    row = house.invite()
    with pytest.raises(WrongState, match="too old"):
        house.take(row.expires_at)
    assert house.take(row.expires_at - timedelta(seconds=1)).used_at


def test_a_link_that_a_later_one_replaced_or_that_was_withdrawn_opens_nothing() -> None:
    house = Invited()
    house.invite()
    latest = house.invite()
    with pytest.raises(WrongState, match="withdrawn"):
        house.take(token=house.tokens[0])
    actions.withdraw(latest.pk, by=factories.handler(house.place), at=NOW)
    with pytest.raises(WrongState, match="withdrawn"):
        house.take()
    with pytest.raises(WrongState, match="not known"):
        house.take(token="x" * 43)


def test_a_link_is_taken_by_the_invited_person_alone_and_after_strong_authentication() -> None:
    house = Invited()
    house.invite()
    other = identified(factories.person(house.place, "Väärä", "Henkilö"))
    with pytest.raises(NotAllowed, match="another person"):
        house.take(account=other)
    with pytest.raises(NotAllowed):
        house.take(account=factories.account(factories.person(house.place)))
    assert house.take().used_by_id == house.account.pk


def test_a_mandate_offered_for_a_minor_is_good_as_long_as_who_offered_it_stands_in() -> None:
    """ACC-9, ACC-14: it ends at 18, and a substitute whose right has ended gives nothing by a link sent before."""
    place = factories.county()
    child = factories.person(place, "Nuori", identity_code="", born=date(2008, 6, 20))
    substitute = factories.acting(
        factories.person(place, "Sijais"), child, RoleKind.EMPLOYER, scope=Scope.SUBSTITUTE_EMPLOYER
    )
    tokens: list[str] = []

    def offer() -> str:
        def link_of(token: str) -> str:
            tokens.append(token)
            return f"/invitation/{token}/"

        values = {"email": "apu@testi.example", "scope": "unlimited", "first": "8.6.2026"}
        actions.offer_mandate(by=substitute, at=NOW, values=values, link_of=link_of)
        return digest_of(tokens[-1])

    def take(digest: str, name: str) -> None:
        helper = factories.person(place, name)
        names = {"identity_code": helper.identity_code, "given_names": name, "family_name": "Testaaja"}
        actions.accept(digest, identified(helper), NOW, names)

    take(offer(), "Auli")
    (given,) = Representation.objects.filter(principal=child, scope="unlimited")
    assert given.valid == DateRange.of_days(date(2026, 6, 8), date(2026, 6, 19))

    late = offer()
    Representation.objects.filter(principal=child, scope="substitute_employer").update(ended_at=NOW)
    with pytest.raises(WrongState, match="withdrawn"):
        take(late, "Asko")
    assert Representation.objects.filter(principal=child, scope="unlimited").count() == 1


def test_the_database_holds_no_link() -> None:
    house = Invited()
    row = house.invite()
    row.refresh_from_db()
    assert house.tokens[0] not in " ".join(str(value) for value in vars(row).values())
