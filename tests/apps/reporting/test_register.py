"""A payday goes to the register over HTTP and comes back answered: PAY-10."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from palkkio.adapters.incomes_register import client
from palkkio.adapters.incomes_register.sandbox import Sandbox, running
from palkkio.core.clock import HELSINKI
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.documents import queries as documents
from palkkio.formats import schemas
from palkkio.people.models import Person
from palkkio.reporting import actions, queries, sending
from palkkio.reporting.models import Delivery, Report
from tests import factories
from tests.apps.payroll.scene import NOW
from tests.apps.reporting.register_scene import Payday, payday
from tests.formats.values import identity_code

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 30, 12, tzinfo=HELSINKI)
UNKNOWN = identity_code(date(1980, 1, 1), 999)  # whom the sandbox does not know
KNOWN = identity_code(date(1980, 1, 1), 998)


@pytest.fixture
def sandbox(tmp_path: Path, settings: object) -> Iterator[Sandbox]:
    with running(tmp_path, NOON.date()) as server:
        settings.PALKKIO_INCOMES_REGISTER = server.register  # type: ignore[attr-defined]
        yield server


@pytest.fixture
def paid(sandbox: Sandbox) -> Payday:
    return payday()


def send_all(at: datetime = NOON) -> None:
    """What the job does each minute."""
    for row in list(sending.due_to_send(at)):
        sending.send_delivery(row.pk, at=at)
    for row in list(sending.due_to_ask(at)):
        sending.ask_delivery(row.pk, at=at)


def state_of(person: Person | int, **values: object) -> list[tuple[str, str, int]]:
    number = person if isinstance(person, int) else person.pk
    rows = Report.objects.filter(person_id=number, **values).order_by("pk")
    return [(row.action, row.state, row.version) for row in rows]


def rename(person_id: int, code: str) -> None:
    person = Person.objects.get(pk=person_id)
    person.identity_code = code
    person.save()


def test_every_delivery_is_sent_on_its_payday_and_answered_report_by_report(paid: Payday) -> None:
    """Before the payday nothing goes by itself, since a run may still be cancelled; each goes once."""
    send_all(NOW)
    assert not Delivery.objects.exclude(tried_at=None).exists()
    send_all()
    for each in paid.deliveries:
        assert (each.status, each.answered_at, each.trouble) == (3, NOON, "")
        assert len(each.register_id) == 32
    assert set(Report.objects.values_list("state", flat=True)) == {"accepted"}
    assert not Report.objects.filter(register_id="").exists()
    sent = [each.sent_at for each in paid.deliveries]
    send_all(NOON + timedelta(hours=1))
    assert [each.sent_at for each in paid.deliveries] == sent
    with pytest.raises(WrongState):
        actions.cancel_run(paid.run.pk, by=paid.house.approver, at=NOON, reason="Too late")


def test_a_refused_report_lands_on_the_desk_and_only_it_is_sent_again(paid: Payday) -> None:
    """PAY-10, rule 10: the others of the delivery stay as they are; what was never accepted is told as new."""
    rename(paid.of_minor.pk, UNKNOWN)
    _remake(paid)
    send_all()
    refused = Report.objects.get(state="refused")
    assert [code for code, _text in refused.errors] == ["EARNER_UNKNOWN"]
    assert list(queries.open_refusals(paid.house.place.id)) == [refused]
    rename(paid.of_minor.pk, KNOWN)
    (again,) = actions.report_again(refused.delivery_id, [refused.pk], by=paid.house.proposer, at=NOON)
    assert (again.report_count, again.employer_id) == (1, paid.minor.pk)
    assert not queries.open_refusals(paid.house.place.id).exists()
    send_all()
    assert state_of(paid.of_minor) == [("new", "refused", 1), ("new", "accepted", 2)]
    assert state_of(paid.of_both, employer=paid.minor) == [("new", "accepted", 1)]


def _remake(paid: Payday) -> None:
    """The run's deliveries as they are with what people are now."""
    Report.objects.all().delete()
    Delivery.objects.all().delete()
    paid.run.parts.filter(step__startswith="report").delete()
    actions.make_deliveries(paid.run.pk, at=NOW)


def test_what_a_replacement_may_not_change_is_taken_back_and_given_anew(paid: Payday) -> None:
    """C2: another identity code wants the report invalidated; another name only wants it replaced."""
    send_all()
    first = Report.objects.get(person=paid.of_minor)
    rename(paid.of_minor.pk, KNOWN)
    made = actions.report_again(first.delivery_id, [first.pk], by=paid.house.proposer, at=NOON)
    assert [each.kind for each in made] == ["invalidations", "reports"]
    send_all()
    rows = state_of(paid.of_minor)
    assert rows == [("new", "invalidated", 1), ("invalidation", "accepted", 2), ("new", "accepted", 1)]
    newest = Report.objects.filter(person=paid.of_minor).latest("pk")
    assert newest.report_id == f"{first.report_id}-v2"
    again = actions.report_again(newest.delivery_id, [newest.pk], by=paid.house.proposer, at=NOON)
    assert [(each.kind, each.report_count) for each in again] == [("reports", 1)]
    send_all()
    assert state_of(paid.of_minor)[-1] == ("replacement", "accepted", 2)


def test_a_report_is_taken_back_with_a_reason_and_nobody_s_own(paid: Payday) -> None:
    send_all()
    row = Report.objects.get(person=paid.carer.person_id)
    clerk = paid.house.proposer
    with pytest.raises(InvalidInput):
        actions.take_back_report(row.pk, by=clerk, at=NOON, reason=" ")
    with pytest.raises(NotAllowed):
        actions.take_back_report(row.pk, by=paid.house.handler, at=NOON, reason="Wrong person")
    Report.objects.filter(pk=row.pk).update(person_id=clerk.person_id)
    with pytest.raises(NotAllowed):
        actions.take_back_report(row.pk, by=clerk, at=NOON, reason="Wrong person")
    Report.objects.filter(pk=row.pk).update(person_id=paid.carer.person_id)
    actions.take_back_report(row.pk, by=clerk, at=NOON, reason="Wrong person")
    with pytest.raises(WrongState):
        actions.take_back_report(row.pk, by=clerk, at=NOON, reason="Twice")
    send_all()
    assert state_of(paid.carer.person_id) == [("new", "invalidated", 1), ("invalidation", "accepted", 2)]


def test_a_replacement_waits_until_the_register_has_answered_for_what_it_replaces(
    paid: Payday, sandbox: Sandbox
) -> None:
    """C5."""
    later = paid.house.contract(carer=paid.carer, card=False)
    paid.house.month(later, 1)
    run = paid.house.approve(paid.house.propose(is_extra=True, only_contracts=[later.pk]))
    actions.finish_run(run.pk, at=NOW)
    (second,) = Delivery.objects.filter(run=run)
    sending.send_delivery(second.pk, at=NOON)
    second.refresh_from_db()
    assert second.tried_at is None
    send_all()
    send_all()
    assert state_of(paid.carer.person_id) == [("new", "accepted", 1), ("replacement", "accepted", 2)]


def test_cut_off_before_the_answer_the_register_is_asked_and_gets_nothing_twice(paid: Payday, sandbox: Sandbox) -> None:
    """Killed or cut off in the middle: that it is tried is written before, so that the next one asks first."""
    delivery = paid.of(None)
    sandbox.forgets_to_answer = 1
    with pytest.raises(client.RegisterError):
        sending.send_delivery(delivery.pk, at=NOON)
    delivery.refresh_from_db()
    assert (delivery.sent_at, delivery.tried_at) == (None, NOON)
    assert delivery.trouble
    with pytest.raises(WrongState):  # it may be there: a run is not cancelled behind the register's back
        actions.cancel_run(paid.run.pk, by=paid.house.approver, at=NOON, reason="Too late")
    found = sending.send_delivery(delivery.pk, at=NOON + timedelta(minutes=1))
    assert (found.status, found.trouble) == (3, "")
    assert set(found.reports.values_list("state", flat=True)) == {"accepted"}


def test_a_register_that_is_away_is_tried_again_and_says_so_meanwhile(paid: Payday, sandbox: Sandbox) -> None:
    delivery = paid.of(None)
    sandbox.failures = 1
    with pytest.raises(client.RegisterError):
        sending.send_delivery(delivery.pk, at=NOON)
    delivery.refresh_from_db()
    assert "503" in delivery.trouble
    assert sending.send_delivery(delivery.pk, at=NOON).trouble == ""


def test_two_workers_with_one_delivery_send_it_once(paid: Payday, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slower one hears that the id is used, asks, and finds the answer of the faster one."""
    delivery = paid.of(None)
    sending.send_delivery(delivery.pk, at=NOON)
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=None, tried_at=None, status=None)
    found = sending.send_delivery(delivery.pk, at=NOON)
    assert found.status == 3


def test_a_delivery_without_answer_for_two_hours_says_so(paid: Payday, sandbox: Sandbox) -> None:
    """Rule 10."""
    sandbox.books.delay = 24 * 60 * 60
    delivery = paid.of(None)
    sending.send_delivery(delivery.pk, at=NOON)
    assert sending.ask_delivery(delivery.pk, at=NOON + timedelta(minutes=5)).trouble == ""
    assert sending.ask_delivery(delivery.pk, at=NOON + timedelta(hours=3)).trouble == sending.NO_ANSWER


def test_a_clerk_sends_before_the_payday_and_only_with_a_connection(paid: Payday, settings: object) -> None:
    delivery = paid.of(None)
    with pytest.raises(NotAllowed):
        actions.send_now(delivery.pk, by=paid.house.handler, at=NOW)
    actions.send_now(delivery.pk, by=paid.house.proposer, at=NOW)
    settings.PALKKIO_INCOMES_REGISTER = None  # type: ignore[attr-defined]
    with pytest.raises(WrongState):
        actions.send_now(delivery.pk, by=paid.house.proposer, at=NOW)
    marked = actions.mark_delivered(delivery.pk, by=paid.house.proposer, at=NOW)
    assert (marked.status, set(marked.reports.values_list("state", flat=True))) == (3, {"accepted"})


def test_households_owe_a_separate_report_of_their_health_insurance_contribution(paid: Payday) -> None:
    """I4, P3: one a household and month, made once, by the power of attorney; the household is its payer."""
    after = datetime(2026, 7, 1, 4, tzinfo=HELSINKI)
    made = actions.make_separate_reports(paid.house.place.id, NOON.date(), at=after)
    assert {each.employer_id for each in made} == {paid.minor.pk, paid.grown_up.pk}
    assert {(each.kind, each.due_on, each.payday) for each in made} == {("summary", date(2026, 7, 5), NOON.date())}
    assert actions.make_separate_reports(paid.house.place.id, NOON.date(), at=after) == []
    content = documents.content(made[0].file)
    if (folder := schemas.official_schemas()) is not None:
        schema = folder / "incomes-register" / "v2022" / "PayerSummaryReportsToIR.xsd"
        assert schemas.validate(content, schema) == []
    send_all(after)
    assert {each.status for each in Delivery.objects.filter(kind="summary")} == {3}
    with transaction.atomic():
        assert Report.objects.filter(delivery__kind="summary", state="accepted").count() == 2


def test_a_stranger_sends_nothing(paid: Payday) -> None:
    stranger = factories.clerk(factories.city())
    with pytest.raises(NotAllowed):
        actions.send_now(paid.of(None).pk, by=stranger, at=NOON)
    with pytest.raises(NotAllowed):
        actions.report_again(paid.of(None).pk, [1], by=stranger, at=NOON)
