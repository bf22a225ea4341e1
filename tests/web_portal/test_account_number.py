"""The account number that one is paid to, changed by its owner (ACC-7, ACC-13)."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from palkkio.accounts.queries import account as account_by_number
from palkkio.accounts.session import FRESH, STRONG_AT
from palkkio.core.clock import Clock
from palkkio.core.viewer import Viewer
from palkkio.messages.tasks import warn_of_changed_account
from palkkio.people import queries
from tests import factories

pytestmark = pytest.mark.django_db


def browser(viewer: Viewer, *, identified_ago: float = 0) -> Client:
    """A session that was strongly authenticated so many seconds ago."""
    client = Client(headers={"Accept-Language": "en"})
    factories.sign_in(client, viewer, strong=True)
    session = client.session
    session[STRONG_AT] = time.time() - identified_ago
    session.save()
    return client


def test_every_address_known_before_is_told_and_the_number_stands_nowhere_in_it() -> None:
    carer = factories.carer(factories.county(), email="hilla@testi.example")
    number = factories.iban()

    answer = browser(carer).post(reverse("portal:change-account-number"), {"iban": number})

    assert answer["Location"] == reverse("portal:my-details")
    assert queries.accounts_on([carer.person_id], factories.TODAY) == {carer.person_id: number}
    [job] = ProcrastinateJob.objects.filter(task_name=warn_of_changed_account.name)
    warn_of_changed_account(**job.args)
    account = account_by_number(carer.account_id)
    assert {address for sent in mail.outbox for address in sent.to} == {"hilla@testi.example", account.email}
    for sent in mail.outbox:
        assert number not in str(sent.body)
        assert "Hilla" not in str(sent.body)
    assert "Tilinumerosi on vaihdettu" in browser(carer).get(reverse("portal:notices")).content.decode()


def test_strong_authentication_older_than_ten_minutes_is_asked_for_anew() -> None:
    carer = factories.carer(factories.county())
    address = reverse("portal:change-account-number")

    assert browser(carer, identified_ago=FRESH.total_seconds() - 30).get(address).status_code == 200
    late = browser(carer, identified_ago=FRESH.total_seconds() + 1)
    for answer in (late.get(address), late.post(address, {"iban": factories.iban()})):
        assert answer["Location"].startswith(f"{reverse('portal:eid')}?for=fresh")
    assert len(queries.accounts_on([carer.person_id], factories.TODAY)) == 1


def test_close_before_a_payday_the_page_says_from_which_day_the_new_number_is_used(settings: Any) -> None:
    settings.PALKKIO_CLOCK = Clock(date(2026, 6, 25))
    carer = factories.carer(factories.county())
    old = queries.accounts_on([carer.person_id], date(2026, 6, 25))
    client, address = browser(carer), reverse("portal:change-account-number")

    assert "1.7.2026" in client.get(address).content.decode()
    answer = client.post(address, {"iban": factories.iban()}, follow=True)

    assert "1.7.2026" in answer.content.decode()
    assert queries.accounts_on([carer.person_id], date(2026, 6, 30)) == old
    assert queries.accounts_on([carer.person_id], date(2026, 7, 1)) != old
