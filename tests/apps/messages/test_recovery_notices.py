"""A payee is told when an overpayment is heard and when it is decided: HELP-4, BEY-9."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from palkkio.audit.sealing import seal_events
from palkkio.messages import from_events
from palkkio.messages.models import Notice
from palkkio.payroll import actions, gate
from tests import factories
from tests.apps.payroll.scene import NOW, payroll
from tests.apps.payroll.test_claims import opened, overpaid

pytestmark = pytest.mark.django_db
KINDS = (Notice.Kind.HEARING_OPENED, Notice.Kind.RECOVERY_DECIDED)


@pytest.fixture(autouse=True)
def no_conditions_of_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other stages ask before an approval is not of interest here."""
    monkeypatch.setattr(gate, "_checks", [])


def told(at: datetime) -> list[tuple[int, str, int]]:
    """Person, kind and recovery of the notices, after what was done has been told; to tell it again adds none."""
    for _ in range(2):
        seal_events(at=at, is_whole=True)
        from_events.tell(at=at)
    rows = Notice.objects.filter(kind__in=KINDS).order_by("pk")
    return list(rows.values_list("person_id", "kind", "object_id"))


def test_the_payee_alone_hears_once_that_a_hearing_opens_and_once_that_it_is_decided():
    house = payroll()
    receivable = overpaid(house)
    assert told(NOW) == []  # an overpayment that is found is not told before somebody explains it
    recovery = opened(house, receivable)
    heard = (receivable.person_id, Notice.Kind.HEARING_OPENED, recovery.pk)
    assert told(NOW) == [heard]
    after = NOW + timedelta(days=20)
    actions.decide_recovery(
        recovery.pk, by=house.proposer, at=after, grounds="Paid without ground", posted_on=after.date()
    )
    assert told(after) == [heard, (receivable.person_id, Notice.Kind.RECOVERY_DECIDED, recovery.pk)]


def test_a_consent_needs_no_notice_of_a_decision():
    house = payroll()
    receivable = overpaid(house)
    recovery = opened(house, receivable)
    carer = receivable.person_id
    actions.answer_recovery(
        recovery.pk, by=factories.viewer(receivable.person, factories.RoleKind.CARER), at=NOW, consents=True
    )
    assert told(NOW) == [(carer, Notice.Kind.HEARING_OPENED, recovery.pk)]
