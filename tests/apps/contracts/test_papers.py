"""Papers of an employment: sent in or scanned, accepted or returned, and asked for anew (EMP-9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from palkkio.contracts import papers
from palkkio.contracts.models import Contract
from palkkio.contracts.paper_models import Paper
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents.handling import State
from tests import factories
from tests.factories import NOW, TODAY
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


@dataclass
class Home:
    """A household employer with an assistant, and the county that pays."""

    place: factories.Place
    contract: Contract
    employer: Viewer
    assistant: Viewer
    clerk: Viewer

    def send(self, by: Viewer, kind: str, **values: object) -> Paper:
        receipt = values.pop("receipt", None)
        return papers.send_paper(
            by=by,
            at=NOW,
            values={"kind": kind, "contract_id": self.contract.pk, **values},
            upload=scan(f"{kind}.pdf"),
            receipt=receipt,  # type: ignore[arg-type]
        )


def scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode())


@pytest.fixture
def home() -> Home:
    return prepared("an assistant's papers", make)


def make() -> Home:
    place = factories.county()
    eero, aino = factories.person(place, "Eero", "Työnantaja"), factories.person(place, "Aino", "Avustaja")
    contract = factories.assistance(place, aino, employer=eero)
    return Home(
        place,
        contract,
        factories.viewer(eero, RoleKind.EMPLOYER),
        factories.viewer(aino, RoleKind.ASSISTANT),
        factories.clerk(place),
    )


def test_each_paper_that_is_sent_in_waits_on_the_clerks_list(home: Home) -> None:
    """EMP-9: contract, certificate, changed tax card, notice of pay group, dues, end, membership."""
    for kind in papers.FROM_ASSISTANT:
        home.send(home.assistant, kind)
    home.send(home.employer, "pay_group_notice")
    home.send(home.employer, "heta_membership", receipt=scan("receipt.pdf"))

    found = list(papers.search(home.clerk, today=TODAY))

    assert [each.kind for each in found] == [*papers.FROM_ASSISTANT, "pay_group_notice", "heta_membership"]
    assert {each.state_on(TODAY) for each in found} == {State.RECEIVED}
    assert (found[-1].person_id, found[-1].contract) == (home.employer.person_id, None)
    assert [each.kind for each in papers.search(home.clerk, kind="dues", today=TODAY)] == ["dues"]
    assert papers.search(home.clerk, words="avustaja", today=TODAY).count() == len(papers.FROM_ASSISTANT) + 1


def test_a_paper_is_accepted_once_or_returned_with_a_reason(home: Home) -> None:
    accepted, returned = home.send(home.assistant, "contract"), home.send(home.assistant, "certificate")

    papers.accept_paper(accepted.pk, by=home.clerk, at=NOW, values={"first": "1.1.2026", "last": ""})
    with pytest.raises(InvalidInput):
        papers.return_paper(returned.pk, by=home.clerk, at=NOW, reason=" ")
    papers.return_paper(returned.pk, by=home.clerk, at=NOW, reason="Allekirjoitus puuttuu")

    shown = {each.kind: each for each in papers.papers(home.assistant)}
    assert shown["contract"].state_on(TODAY) is State.ACCEPTED
    assert (shown["certificate"].state_on(TODAY), shown["certificate"].standing.reason) == (
        State.RETURNED,
        "Allekirjoitus puuttuu",
    )
    assert not papers.search(home.clerk, today=TODAY)
    with pytest.raises(WrongState):
        papers.accept_paper(returned.pk, by=home.clerk, at=NOW, values={})


def test_the_membership_needs_its_receipt_and_is_asked_for_anew_each_year(home: Home) -> None:
    """EMP-9, S7"""
    with pytest.raises(InvalidInput) as refused:
        home.send(home.employer, "heta_membership")
    assert [each.field for each in refused.value.errors] == ["receipt"]
    made = home.send(home.employer, "heta_membership", receipt=scan("receipt.pdf"))
    with pytest.raises(InvalidInput) as refused:
        papers.accept_paper(made.pk, by=home.clerk, at=NOW, values={})
    assert [each.field for each in refused.value.errors] == ["first", "last"]
    papers.accept_paper(made.pk, by=home.clerk, at=NOW, values={"first": "1.1.2026", "last": "31.12.2026"})
    made.refresh_from_db()
    states = {day: made.state_on(day) for day in (date(2026, 6, 8), date(2026, 11, 20), date(2027, 1, 1))}
    assert list(states.values()) == [State.ACCEPTED, State.ENDING, State.ENDED]

    def ending(day: date) -> list[int]:
        return [each.pk for each in papers.search(home.clerk, state="ending", today=day)]

    assert (ending(date(2026, 6, 8)), ending(date(2027, 1, 1))) == ([], [made.pk])
    papers.send_paper(
        by=home.employer,
        at=datetime(2027, 1, 2, 9, tzinfo=HELSINKI),
        values={"kind": "heta_membership", "contract_id": home.contract.pk},
        upload=scan("2027.pdf"),
        receipt=scan("receipt.pdf"),
    )
    assert ending(date(2027, 1, 2)) == []


def test_an_employer_sees_no_tax_card_dues_or_certificate_of_the_assistant(home: Home) -> None:
    """EMP-12; and an assistant does not see the employer's membership"""
    for kind in ("tax_card", "dues", "certificate", "contract"):
        home.send(home.assistant, kind)
    home.send(home.employer, "heta_membership", receipt=scan("receipt.pdf"))

    assert {each.kind for each in papers.papers(home.employer)} == {"contract", "heta_membership"}
    assert {each.kind for each in papers.papers(home.assistant)} == {"tax_card", "dues", "certificate", "contract"}
    card = papers.search(home.clerk, kind="tax_card", today=TODAY).get()
    with pytest.raises(NotAllowed):
        papers.paper(home.employer, card.pk)
    with pytest.raises(InvalidInput):
        home.send(home.employer, "tax_card")


def test_papers_are_sent_and_seen_only_in_own_employments_and_organisation(home: Home) -> None:
    made = home.send(home.assistant, "contract")
    other = factories.viewer(factories.person(home.place, "Toinen", "Avustaja"), RoleKind.ASSISTANT)
    foreign = factories.clerk(factories.city())

    for stranger in (other, foreign):
        with pytest.raises(NotAllowed):
            papers.paper(stranger, made.pk)
        with pytest.raises(NotAllowed):
            home.send(stranger, "contract")
    for by in (home.assistant, home.employer, foreign):
        with pytest.raises(NotAllowed):
            papers.accept_paper(made.pk, by=by, at=NOW, values={})


def test_staff_scan_for_those_on_paper_and_handle_no_matter_of_their_own(home: Home) -> None:
    """ACC-11"""
    made = home.send(home.clerk, "notice_of_end", came_on="5.6.2026")
    assert (made.sent_as, made.came_on) == ("payroll_clerk", date(2026, 6, 5))
    person = factories.person(home.place, "Oma", "Asia")
    own = factories.assistance(home.place, person)
    clerk = factories.viewer(person, RoleKind.PAYROLL_CLERK)
    with pytest.raises(NotAllowed):
        papers.send_paper(by=clerk, at=NOW, values={"kind": "contract", "contract_id": own.pk}, upload=scan("a.pdf"))
