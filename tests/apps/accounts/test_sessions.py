"""Sessions: written when something in them changed, or when a page prolongs them by a minute or more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from palkkio.accounts.sessions import LEAST, SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_is_written_when_it_changed_or_is_prolonged_by_a_minute(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    store = SessionStore()
    store["kept"] = {"inside": 1}
    store.save()
    key = store.session_key

    same = SessionStore(key)
    assert same["kept"] == {"inside": 1}
    with django_assert_num_queries(0):
        same.save()

    changed = SessionStore(key)
    changed["kept"]["inside"] = 2  # a change deep inside counts, too
    changed.save()
    assert SessionStore(key)["kept"] == {"inside": 2}
    changed["kept"]["inside"] = 1
    changed.save()
    assert SessionStore(key)["kept"] == {"inside": 1}

    row = Session.objects.get(pk=key)
    Session.objects.filter(pk=key).update(expire_date=row.expire_date - LEAST - timedelta(seconds=1))
    later = SessionStore(key)
    assert later["kept"]
    later.save()
    assert Session.objects.get(pk=key).expire_date >= row.expire_date

    shorter = SessionStore(key)
    shorter.set_expiry(60)
    shorter.save()
    assert Session.objects.get(pk=key).expire_date < timezone.now() + timedelta(minutes=2)


def test_a_renewed_key_and_a_session_that_was_ended_are_never_taken_for_what_was_read() -> None:
    store = SessionStore()
    store["kept"] = 1
    store.save()
    read = SessionStore(store.session_key)
    assert read["kept"] == 1
    read.cycle_key()
    read.save()
    assert SessionStore(read.session_key)["kept"] == 1
    assert not Session.objects.filter(pk=store.session_key).exists()
    ended = SessionStore(read.session_key)
    assert ended["kept"] == 1
    ended.flush()
    assert not Session.objects.exists()
    ended["kept"] = 1  # as it was, under no key
    ended.save()
    assert SessionStore(ended.session_key)["kept"] == 1
