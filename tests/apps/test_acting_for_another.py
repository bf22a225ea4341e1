"""One table says what who acts for another may do (ACC-14): each cell by calling the real action as that viewer.

`core.capabilities.MAY` is the code's table; the table here is written from the specification and must agree with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from palkkio.accounts import queries as accounts
from palkkio.accounts.session import ACTING, ROLE, SIGNED_IN_AT
from palkkio.core.capabilities import MAY, Capability, Scope
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import RoleKind, Viewer
from tests import factories
from tests.apps.entries.scene import Scene, scene

pytestmark = pytest.mark.django_db

C = Capability
ALL = set(Capability)
READING = {C.SEE, C.SEE_MESSAGES, C.SEE_HEALTH}
NEVER = {C.SIGN, C.CHANGE_BANK_ACCOUNT, C.CHANGE_PASSWORD, C.GIVE_MANDATES, C.CLOSE_ACCOUNT}
EXPECTED = {
    Scope.OWN: ALL,
    Scope.UNLIMITED: ALL - NEVER,
    Scope.BOOKING_AND_MESSAGES: {C.SEE_MESSAGES, C.COMMENT, C.BOOK},
    Scope.READ_ONLY: READING,
    Scope.GUARDIAN: (ALL - NEVER) | {C.SIGN},
    Scope.SUBSTITUTE_EMPLOYER: (ALL - NEVER) | {C.SIGN, C.GIVE_MANDATES},
}
# No action of these is there yet: services of a later day ask the same table.
LATER = {C.SEE_HEALTH, C.BOOK, C.APPROVE, C.CLOSE_ACCOUNT}
AT = factories.NOW
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class World:
    """A young carer who is a household employer, too, and the viewers who may deal with their matters."""

    def __init__(self) -> None:
        from palkkio.people.households.actions import add_household

        self.may: Scene = scene()
        self.place, self.carer = self.may.place, self.may.carer
        self.principal = factories._person(self.carer.person_id)
        self.principal.identity_code, self.principal.born = "", date(2010, 1, 1)
        self.principal.save()
        self.household = add_household(self.principal.pk, by=self.may.handler, at=AT, values={})

    def viewer(self, scope: Scope, role: RoleKind = RoleKind.CARER) -> Viewer:
        if scope is Scope.OWN:
            return factories.viewer(self.principal, role)
        agent = factories.person(self.place, "Asko", "Edustaja")
        return factories.acting(agent, self.principal, role, scope=scope)


def sees(world: World, scope: Scope) -> None:
    from palkkio.contracts import access as contracts
    from palkkio.entries import access as entries

    viewer = world.viewer(scope)
    entries.sheet(viewer, world.may.sheet.pk)
    contracts.contract(viewer, world.may.contract.pk)


def reads_messages(world: World, scope: Scope) -> None:
    from palkkio.messages import access
    from palkkio.messages.actions import add_comment

    add_comment("other", world.principal.pk, "Hei", by=world.carer, at=AT)
    if not access.comments(world.viewer(scope)).exists():
        raise NotAllowed("No messages")


def enters(world: World, scope: Scope) -> None:
    world.may.enter(4, by=world.viewer(scope))


def confirms(world: World, scope: Scope) -> None:
    from palkkio.entries.actions import confirm_sheet

    world.may.enter(4)
    confirm_sheet(world.may.sheet.pk, by=world.viewer(scope), at=AT, version=world.may.version)


def comments(world: World, scope: Scope) -> None:
    from palkkio.messages.actions import add_comment

    add_comment("other", world.principal.pk, "Hei", by=world.viewer(scope), at=AT)


def reports(world: World, scope: Scope) -> None:
    from palkkio.entries.actions import report_change

    values = {"kind": "hospital", "first": "1.5.2026", "last": "3.5.2026", "text": "Sairaalassa"}
    contract = factories.family_care(world.place, world.principal)
    report_change(contract.pk, by=world.viewer(scope), at=AT, values=values)


def adds_papers(world: World, scope: Scope) -> None:
    from palkkio.documents.actions import receive

    file = SimpleUploadedFile("kuitti.pdf", PDF, "application/pdf")
    receive(file, kind="receipt", person_id=world.principal.pk, by=world.viewer(scope), at=AT)


def signs(world: World, scope: Scope) -> None:
    from palkkio.people.households.actions import sign_power_of_attorney

    sign_power_of_attorney(world.household.pk, by=world.viewer(scope, RoleKind.EMPLOYER), at=AT)


def changes_account_number(world: World, scope: Scope) -> None:
    from palkkio.people.bank_accounts import change_own

    change_own(factories.iban(), by=world.viewer(scope), at=AT)


def changes_password(world: World, scope: Scope) -> None:
    """The page changes the password of who is signed in, never that of whom they act for."""
    viewer = world.viewer(scope)
    before = accounts.account(world.carer.account_id).password
    client = Client()
    client.force_login(accounts.account(viewer.account_id))
    session = client.session
    session[ROLE], session[SIGNED_IN_AT] = viewer.role_id, time.time()
    session[ACTING] = viewer.acting_for.representation_id if viewer.acting_for else 0
    session.save()
    typed = {"old": factories.PASSWORD, "new": "Uusi!Salasana27"}
    client.post(reverse("portal:change-password"), typed)
    if accounts.account(world.carer.account_id).password == before:
        raise NotAllowed("The principal's password is as it was")


def gives_mandates(world: World, scope: Scope) -> None:
    from palkkio.accounts.invitations.actions import offer_mandate

    values = {"email": "veli@testi.example", "scope": "read_only", "first": "9.6.2026"}
    offer_mandate(by=world.viewer(scope), at=AT, values=values, link_of=lambda token: f"https://palkkio/{token}")


ACTS: dict[Capability, Callable[[World, Scope], Any]] = {
    C.SEE: sees,
    C.SEE_MESSAGES: reads_messages,
    C.ENTER: enters,
    C.CONFIRM: confirms,
    C.COMMENT: comments,
    C.REPORT_CHANGES: reports,
    C.ADD_PAPERS: adds_papers,
    C.SIGN: signs,
    C.CHANGE_BANK_ACCOUNT: changes_account_number,
    C.CHANGE_PASSWORD: changes_password,
    C.GIVE_MANDATES: gives_mandates,
}


def test_the_table_of_the_code_is_that_of_the_specification() -> None:
    assert {scope: set(found) for scope, found in MAY.items()} == EXPECTED
    assert set(ACTS) | LATER == ALL


@pytest.mark.parametrize("capability", list(ACTS), ids=str)
def test_each_scope_does_what_it_covers_and_nothing_else(capability: Capability) -> None:
    """One preparation for the six cells of a column; what each does is taken back."""
    world = World()
    wrong = []
    for scope in Scope:
        with transaction.atomic():
            try:
                ACTS[capability](world, scope)
                done = True
            except NotAllowed:
                done = False
            transaction.set_rollback(True)
        if done is not (capability in EXPECTED[scope]):
            wrong.append((scope.value, "did it" if done else "was refused"))
    assert wrong == []


@pytest.mark.parametrize("capability", sorted(LATER), ids=str)
def test_what_has_no_action_yet_is_refused_by_the_same_table(capability: Capability) -> None:
    world = World()
    for scope in Scope:
        viewer = world.viewer(scope)
        assert viewer.may(capability) is (capability in EXPECTED[scope])
        if capability not in EXPECTED[scope]:
            with pytest.raises(NotAllowed):
                viewer.require_may(capability)


def test_nobody_approves_own_hours_not_even_for_the_employer() -> None:
    """EMP-1"""
    place = factories.county()
    employer, assistant = factories.person(place, "Irja"), factories.person(place, "Asko")
    acting = factories.acting(assistant, employer, RoleKind.EMPLOYER)
    acting.require_may(Capability.APPROVE)
    with pytest.raises(NotAllowed, match="own hours"):
        acting.require_not_themself(assistant.pk)
    acting.require_not_themself(factories.person(place).pk)


def test_the_log_holds_who_acted_and_for_whom() -> None:
    from palkkio.audit.models import Event

    may = scene()
    agent = factories.acting(factories.person(may.place, "Asko"), may.carer.person_id)
    may.enter(4, by=agent)
    event = Event.objects.filter(action="enter_days").latest("pk")
    assert (event.actor_person_id, event.subject_person_id) == (agent.person_id, may.carer.person_id)
