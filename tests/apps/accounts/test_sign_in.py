from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone, translation

from palkkio.accounts import actions, throttle
from palkkio.accounts.models import Account, AccountPerson, SignInAttempt
from palkkio.accounts.tasks import forget_old_sign_ins
from palkkio.audit.models import Event
from palkkio.core.problems import InvalidInput, NotAllowed
from palkkio.core.viewer import RoleKind
from tests import factories

pytestmark = pytest.mark.django_db
EMAIL = "maija@testi.example"


@pytest.fixture
def account() -> Account:
    return factories.account(email=EMAIL)


def visit(address: str = "192.0.2.1", **headers: str) -> HttpRequest:
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR=address, headers=headers)
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def sign_in(email: str = EMAIL, password: str = factories.PASSWORD, request: HttpRequest | None = None) -> Account:
    return actions.sign_in(request or visit(), email, password, factories.NOW)


def refused(*args: Any, **kwargs: Any) -> str:
    with pytest.raises(NotAllowed) as refusal:
        sign_in(*args, **kwargs)
    return refusal.value.message


# --- Signing in ------------------------------------------------------------------------------------------------------


def test_the_right_password_begins_a_session_whatever_the_case_of_the_address(account: Account) -> None:
    request = visit()

    assert sign_in(" Maija@Testi.EXAMPLE ", request=request) == account
    assert request.session[SESSION_KEY] == str(account.pk)
    assert Event.objects.latest("pk").action == "sign_in"


def test_unknown_address_wrong_password_and_closed_account_get_one_answer(account: Account) -> None:
    """ACC-2, ACC-12"""
    closed = factories.account(email="suljettu@testi.example")
    closed.is_active = False
    closed.save()

    answers = {
        refused(password="Wrong-1234"),
        refused("nobody@testi.example"),
        refused("suljettu@testi.example"),
        refused("", ""),
        refused("x" * 400, "y" * 4000),
    }

    assert answers == {actions.WRONG}


def test_an_unknown_address_costs_as_many_hashes_as_a_wrong_password(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ACC-12"""
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashes.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for email in (EMAIL, "nobody@testi.example"):
        hashes.clear()
        refused(email, "Wrong-1234")
        counts.append(len(hashes))

    assert counts == [1, 1]


def test_what_stood_in_the_session_before_is_forgotten_and_its_key_changes(account: Account) -> None:
    """ACC-12"""
    request = visit()
    request.session["typed"] = "by somebody else"
    request.session.create()
    before = request.session.session_key

    sign_in(request=request)

    assert request.session.session_key != before
    assert "typed" not in request.session
    assert not SessionStore().exists(before)


# --- Guessing --------------------------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_even_the_right_one_waits(account: Account) -> None:
    """ACC-12"""
    for _ in range(5):
        assert refused(password="Wrong-1234") == actions.WRONG

    assert refused() == actions.TOO_OFTEN


def test_an_unknown_address_is_told_to_wait_like_a_known_one() -> None:
    """ACC-2"""
    answers = [refused("nobody@testi.example") for _ in range(6)]
    assert answers == [actions.WRONG] * 5 + [actions.TOO_OFTEN]


def test_one_who_waits_may_try_again(account: Account) -> None:
    for _ in range(6):
        refused(password="Wrong-1234")
    SignInAttempt.objects.update(made_at=timezone.now() - throttle.WINDOW - timedelta(seconds=1))

    assert sign_in() == account


def test_the_right_password_clears_the_count(account: Account) -> None:
    for _ in range(2):
        for _ in range(4):
            refused(password="Wrong-1234")
        sign_in()
    assert SignInAttempt.objects.count() == 0


def test_guessing_from_elsewhere_does_not_lock_the_owner_out_at_once(account: Account) -> None:
    for _ in range(10):
        refused(password="Wrong-1234", request=visit("198.51.100.7"))

    assert sign_in(request=visit("192.0.2.1")) == account


def test_guessing_one_address_from_many_places_is_slowed_down(account: Account) -> None:
    """ACC-12"""
    for number in range(throttle.PER_EMAIL):
        refused(password="Wrong-1234", request=visit(f"198.51.100.{number}"))

    assert refused(request=visit("203.0.113.9")) == actions.TOO_OFTEN


def test_guessing_many_addresses_from_one_place_is_slowed_down(account: Account) -> None:
    """ACC-12"""
    for number in range(throttle.PER_ADDRESS):
        refused(f"nobody{number}@testi.example")

    assert refused() == actions.TOO_OFTEN


def test_the_visitors_address_is_the_one_that_our_own_proxy_saw(settings: Any) -> None:
    forged = visit("10.0.0.1", **{"X-Forwarded-For": "1.1.1.1, 192.0.2.44"})

    assert throttle.address_of(forged) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert throttle.address_of(forged) == "192.0.2.44"


def test_attempts_tell_neither_address_nor_e_mail_and_are_kept_for_a_day(account: Account) -> None:
    refused(password="Wrong-1234")
    [attempt] = SignInAttempt.objects.all()
    assert EMAIL not in attempt.email_digest
    assert "192.0.2.1" not in attempt.address_digest

    forget_old_sign_ins(timestamp=0)
    assert SignInAttempt.objects.count() == 1
    SignInAttempt.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    forget_old_sign_ins(timestamp=0)
    assert SignInAttempt.objects.count() == 0


# --- Passwords and accounts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Aa1-aaa", ["Use at least 8 characters"]),
        ("aaaaaaa1-", ["Add an upper-case letter"]),
        ("AAAAAAA1-", ["Add a lower-case letter"]),
        ("Aaaaaaaa-", ["Add a digit"]),
        ("Hevoskuuri7", ["Add a special character, for example ! ? -"]),
        ("ä", 4),
    ],
)
def test_a_password_has_eight_characters_of_four_kinds(password: str, missing: Any) -> None:
    """ACC-3"""
    with translation.override("en"), pytest.raises(InvalidInput) as refusal:
        actions.make_account("uusi@testi.example", password, [], factories.NOW, None)

    messages = [error.message for error in refusal.value.errors]
    assert {error.field for error in refusal.value.errors} == {"password"}
    assert messages == missing if isinstance(missing, list) else len(messages) == missing
    assert not Account.objects.filter(email="uusi@testi.example").exists()


def test_a_known_leaked_password_is_refused() -> None:
    """ACC-3"""
    with pytest.raises(InvalidInput):
        actions.make_account("uusi@testi.example", "P@ssw0rd", [], factories.NOW, None)


def test_finnish_letters_count_as_letters() -> None:
    """ACC-3"""
    made = actions.make_account("uusi@testi.example", "Ääkköset-7", [], factories.NOW, None)
    assert made.check_password("Ääkköset-7")


def test_an_administrator_makes_accounts_for_people_of_the_own_organisation_only() -> None:
    place, other = factories.county(), factories.city()
    person, stranger = factories.person(place), factories.person(other)
    make = {"password": factories.PASSWORD, "at": factories.NOW}

    made = actions.make_account("a@testi.example", person_ids=[person.pk], by=place.maker, **make)
    assert list(AccountPerson.objects.filter(account=made).values_list("person_id", flat=True)) == [person.pk]
    with pytest.raises(NotAllowed):
        actions.make_account("b@testi.example", person_ids=[stranger.pk], by=place.maker, **make)
    with pytest.raises(NotAllowed):
        actions.make_account(
            "c@testi.example", person_ids=[factories.person(place).pk], by=factories.handler(place), **make
        )


def test_a_person_has_one_account_and_an_address_is_used_once(account: Account) -> None:
    place = factories.county()
    person = factories.person(place)
    factories.account(person)
    with pytest.raises(InvalidInput) as refusal:
        actions.make_account(EMAIL.upper(), factories.PASSWORD, [person.pk], factories.NOW, place.maker)
    assert {error.field for error in refusal.value.errors} == {"email", "person_ids"}
    with pytest.raises(InvalidInput):
        actions.link_person(account.pk, person.pk, at=factories.NOW)


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(account: Account) -> None:
    elsewhere, here = visit(), visit()
    for request in (elsewhere, here):
        sign_in(request=request)
        request.session.save()

    actions.change_password(account, factories.PASSWORD, "Uusi-salasana-8", factories.NOW, here)
    here.session.save()

    def signed_in(session: SessionBase) -> bool:
        request = visit()
        request.session = SessionStore(session.session_key)
        return bool(get_user(request).is_authenticated)

    assert signed_in(here.session)
    assert not signed_in(elsewhere.session)
    assert sign_in(password="Uusi-salasana-8") == account


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Wrong-1234", "Uusi-salasana-8", "old"),
        (factories.PASSWORD, factories.PASSWORD, "new"),
        (factories.PASSWORD, "short", "new"),
    ],
)
def test_a_password_is_changed_by_who_knows_the_present_one(account: Account, old: str, new: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        actions.change_password(account, old, new, factories.NOW)
    assert {error.field for error in refusal.value.errors} == {field}
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)


def test_guessing_the_present_password_is_slowed_down_too(account: Account) -> None:
    """ACC-12"""
    for _ in range(5):
        with pytest.raises(InvalidInput):
            actions.change_password(account, "Wrong-1234", "Uusi-salasana-8", factories.NOW, visit())
    with pytest.raises(NotAllowed):
        actions.change_password(account, factories.PASSWORD, "Uusi-salasana-8", factories.NOW, visit())


def test_a_language_is_finnish_swedish_or_english(account: Account) -> None:
    actions.change_language(account, "sv", factories.NOW)
    account.refresh_from_db()
    assert account.language == "sv"
    with pytest.raises(InvalidInput):
        actions.change_language(account, "de", factories.NOW)


def test_staff_make_no_account_for_themselves() -> None:
    place = factories.county()
    administrator = factories.administrator(place)
    ward = factories.person(place)
    factories.representation(factories._person(administrator.person_id), ward)
    by = factories.viewer(factories._person(administrator.person_id), RoleKind.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="own matter"):
        actions.make_account("d@testi.example", factories.PASSWORD, [ward.pk], factories.NOW, by)
