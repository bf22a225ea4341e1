"""Signing in later: eID, second factors, lost passwords and addresses, devices (ACC-7, ACC-12, ACC-13)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from palkkio.accounts import actions, queries, recovery
from palkkio.accounts.fresh import requires_fresh
from palkkio.accounts.models import Account, EidLink, SignInAttempt
from palkkio.accounts.session import FRESH, SECOND_FACTOR_AT, STRONG_AT
from palkkio.adapters.identity.sandbox_oauth import Fault
from palkkio.core.viewer import RoleKind
from tests import banks, factories
from tests.architecture.url_roles import SIGNED_IN, URL_ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened_bank() -> Iterator[banks.Bank]:
    with banks.opened() as bank:
        yield bank


@pytest.fixture
def bank(opened_bank: banks.Bank, settings: Any) -> banks.Bank:
    settings.PALKKIO_IDENTITY_PROVIDERS = opened_bank.providers()
    return opened_bank


@pytest.fixture
def mallila() -> factories.Place:
    return factories.county()


def visitor(**more: Any) -> Client:
    return Client(headers={"Accept-Language": "en"}, **more)


def carer(place: factories.Place, email: str = "maija@testi.example") -> tuple[Account, str]:
    """A carer's account and identity code."""
    person = factories.person(place, "Maija", "Testaaja")
    found = factories.viewer(person, RoleKind.CARER, email=email)
    account = queries.account(found.account_id)
    Account.objects.filter(pk=account.pk).update(language="en")
    account.refresh_from_db()
    return account, person.identity_code


def by_password(client: Client, account: Account, password: str = factories.PASSWORD) -> HttpResponse:
    return client.post("/sign-in/", {"email": account.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- eID -------------------------------------------------------------------------------------------------------------


def test_the_eid_signs_in_and_links_itself_the_first_time(bank: banks.Bank, mallila: factories.Place) -> None:
    """ACC-13; the session's key is a new one (session fixation), and going on leads where one was going."""
    account, code = carer(mallila)
    client = visitor()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "x"
    session.save()
    before = client.session.session_key

    answer = bank.visit(client, "sign_in", code, going_to="/payslips/")

    assert answer["Location"] == "/payslips/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.session.session_key != before
    assert "planted" not in client.session
    assert EidLink.objects.get(account=account).linked_at
    assert code not in EidLink.objects.get(account=account).identity_digest


def test_an_identity_without_an_account_is_told_to_create_one(bank: banks.Bank, mallila: factories.Place) -> None:
    code, _ = factories.identity_code()
    client = visitor()
    page = client.get(bank.visit(client, "sign_in", code)["Location"], follow=True)
    assert "No account is linked to your identity yet" in page.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault])
def test_a_faulty_answer_of_the_bank_signs_nobody_in(bank: banks.Bank, mallila: factories.Place, fault: Fault) -> None:
    """ACC-4: wrong nonce, acr, issuer, audience, signature; expired; an old sign-in; no identity code."""
    account, code = carer(mallila)
    client = visitor()

    answer = bank.visit(client, "sign_in", code, fault=fault.value)
    page = client.get(answer["Location"]).content.decode()

    assert answer["Location"].startswith("/eid/?for=sign_in")
    assert "Strong authentication did not succeed" in page
    assert not is_signed_in(client)
    assert not EidLink.objects.filter(account=account).exists()


def test_forged_state_and_anothers_answer_sign_nobody_in(bank: banks.Bank, mallila: factories.Place) -> None:
    """Login CSRF: an answer is good only in the session that asked, once, with its own state."""
    _, code = carer(mallila)
    attacker, victim = visitor(), visitor()
    stolen = bank.answer_for(attacker, "sign_in", code)

    victim.get(stolen)
    assert not is_signed_in(victim)
    bank.answer_for(victim, "sign_in", code)
    victim.get(stolen)
    assert not is_signed_in(victim)
    attacker.get(re.sub(r"state=[^&]+", "state=forged", stolen))
    assert not is_signed_in(attacker)
    attacker.get(stolen)  # the attempt ended with its first answer
    assert not is_signed_in(attacker)


def test_an_unknown_bank_leads_back_to_the_list(bank: banks.Bank, db: None) -> None:
    client = visitor()
    assert client.get("/eid/nobank/")["Location"].startswith("/eid/")


def test_pages_that_want_fresh_authentication_send_to_the_bank_and_back(
    bank: banks.Bank, mallila: factories.Place, rf: Any
) -> None:
    """ACC-13: not older than ten minutes; another person's identity is refused."""

    @requires_fresh
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    account, code = carer(mallila)
    client = visitor()
    by_password(client, account)
    request = rf.get("/me/account/?a=1")
    request.session = client.session
    assert view(request)["Location"] == "/eid/?for=fresh&next=%2Fme%2Faccount%2F%3Fa%3D1"

    other, _ = factories.identity_code()
    refused = client.get(bank.visit(client, "fresh", other)["Location"]).content.decode()
    assert "another person" in refused
    assert STRONG_AT not in client.session

    key = client.session.session_key
    assert bank.visit(client, "fresh", code, going_to="/me/account/?a=1")["Location"] == "/me/account/?a=1"
    assert client.session.session_key != key
    request.session = client.session
    assert view(request).content == b"secret"
    assert queries.strongly_authenticated_at(request) is not None
    request.session[STRONG_AT] = (timezone.now() - FRESH).timestamp() - 1
    assert view(request).status_code == 302
    posted = rf.post("/me/account/")
    posted.session = request.session
    assert view(posted)["Location"].endswith("next=%2Fme%2Faccount%2F")


@pytest.mark.parametrize("evil", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_no_address_leads_off_the_site(bank: banks.Bank, mallila: factories.Place, evil: str) -> None:
    account, code = carer(mallila)
    client = visitor()
    assert bank.visit(client, "sign_in", code, going_to=evil)["Location"] == "/role/"
    other = visitor()
    answer = other.post("/sign-in/", {"email": account.email, "password": factories.PASSWORD, "next": evil})
    assert answer["Location"] == "/role/"


# --- The second factor -----------------------------------------------------------------------------------------------


def staff(place: factories.Place) -> Account:
    found = factories.handler(place)
    Account.objects.filter(pk=found.account_id).update(language="en")
    return queries.account(found.account_id)


def test_staff_see_nothing_before_a_second_factor(bank: banks.Bank, mallila: factories.Place) -> None:
    account = staff(mallila)
    client = visitor()
    by_password(client, account)

    assert client.get("/desk/people/")["Location"].startswith("/me/second-factor/?next=")
    assert client.post(reverse("desk:process-comments")).status_code == 302
    assert client.get("/desk/people/", headers={"HX-Request": "true"}).status_code == 401
    page = client.get("/me/second-factor/?next=/desk/people/").content.decode()
    assert all(words in page for words in ("Passkey", "Code of an app", "eID, for this time"))


def test_staff_add_an_app_and_are_asked_for_its_code_from_then_on(
    mallila: factories.Place, django_capture_on_commit_callbacks: Any
) -> None:
    account = staff(mallila)
    client = visitor()
    by_password(client, account)
    page = client.get("/me/security/app/").content.decode()
    secret = re.search(r'id="totp-key">([A-Z2-7]+)<', page)
    assert secret
    code = factories.app_code(secret[1])

    assert client.post("/me/security/app/", {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/me/security/app/", {"code": code})["Location"] == "/me/security/codes/"

    assert client.get("/desk/people/").status_code == 200
    codes = re.findall(r"<code>([\w-]+)</code>", client.get("/me/security/codes/").content.decode())
    assert len(codes) == 10
    kept = str(list(Authenticator.objects.filter(user=account).values_list("data", flat=True)))
    assert secret[1] not in kept

    again = visitor()
    assert by_password(again, account)["Location"] == "/sign-in/second-factor/"
    assert not is_signed_in(again)
    assert again.post("/sign-in/second-factor/", {"code": "000000"}).status_code == 200
    assert not is_signed_in(again)
    again.post("/sign-in/second-factor/", {"code": codes[0]})
    assert is_signed_in(again)
    assert SECOND_FACTOR_AT in again.session
    assert again.get("/desk/people/").status_code == 200

    once = visitor()
    by_password(once, account)
    once.post("/sign-in/second-factor/", {"code": codes[0]})
    assert not is_signed_in(once)


@pytest.mark.parametrize(("steps", "taken"), [(-3, False), (-1, True), (0, True), (1, True), (3, False)])
def test_the_code_of_an_app_holds_a_step_longer_and_is_taken_once(
    mallila: factories.Place, steps: int, taken: bool
) -> None:
    """RFC 6238 section 5.2: who types slowly, or whose clock differs, still comes in; nobody comes in after them."""
    account = staff(mallila)
    owner = queries.viewer_for(account, None, factories.TODAY)
    assert owner is not None
    factories.app(owner)
    code = factories.app_code(steps=steps)
    first, second = visitor(), visitor()
    by_password(first, account)
    by_password(second, account)

    first.post("/sign-in/second-factor/", {"code": code})
    assert is_signed_in(first) is taken

    cache.delete(f"allauth.mfa.totp.used?user={account.pk}&code={code}")  # as it is gone after thirty seconds
    second.post("/sign-in/second-factor/", {"code": f"{code[:3]} {code[3:]}"})
    assert not is_signed_in(second)


def test_guesses_at_the_second_factor_are_counted_for_the_account(mallila: factories.Place) -> None:
    account = staff(mallila)
    owner = queries.viewer_for(account, None, factories.TODAY)
    assert owner is not None
    factories.app(owner)
    for _ in range(6):
        client = visitor()
        by_password(client, account)
        client.post("/sign-in/second-factor/", {"code": "000000"})
    client = visitor()
    by_password(client, account)
    client.post("/sign-in/second-factor/", {"code": factories.app_code()})
    assert not is_signed_in(client)
    SignInAttempt.objects.all().delete()


def test_the_eid_is_a_second_factor_for_this_session(bank: banks.Bank, mallila: factories.Place) -> None:
    """So that the demo's staff need no phone."""
    account = staff(mallila)
    code = factories.people_of(account)[0].identity_code
    client = visitor()
    by_password(client, account)

    assert bank.visit(client, "fresh", code, going_to="/desk/people/")["Location"] == "/desk/people/"
    assert client.get("/desk/people/").status_code == 200


def test_who_has_got_the_password_alone_adds_no_second_factor_of_their_own(
    bank: banks.Bank, mallila: factories.Place
) -> None:
    """ACC-12, ADR 0008: the eID is the second factor of staff without a phone, so it comes before another is added."""
    account = staff(mallila)
    code = factories.people_of(account)[0].identity_code
    bank.visit(visitor(), "sign_in", code)
    client = visitor()
    by_password(client, account)

    for address in ("/me/security/app/", "/me/security/passkeys/add/"):
        asked = client.get(address)["Location"]
        assert asked.startswith("/me/confirm/?next=")
        to_bank = client.get(asked)["Location"]
        assert to_bank == f"/eid/?for=fresh&next={address.replace('/', '%2F')}"
        assert client.post(asked, {"password": factories.PASSWORD})["Location"] == to_bank
        assert client.post(address, {"code": "000000"}).status_code == 302
        assert client.get(address).status_code == 302
    assert client.get("/desk/people/")["Location"].startswith("/me/second-factor/")

    assert bank.visit(client, "fresh", code, going_to="/me/security/app/")["Location"] == "/me/security/app/"
    assert client.get("/me/security/app/").status_code == 200


# --- Lost password, lost e-mail --------------------------------------------------------------------------------------


def mailed_link() -> str:
    found = re.search(r"http://testserver(/forgotten/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_forgotten_password_is_changed_by_a_link_that_works_once(mallila: factories.Place) -> None:
    account, _ = carer(mallila)
    elsewhere = visitor()
    by_password(elsewhere, account)
    recovery.mail_password_link(account.email, "http://testserver/forgotten/")
    link = mailed_link()
    client = visitor()

    assert client.get(link)["Location"] == "/forgotten/new/"
    assert client.post("/forgotten/new/", {"new": "lyhyt"}).status_code == 422
    assert client.post("/forgotten/new/", {"new": "Kuutamo-2026"})["Location"] == "/sign-in/"

    account.refresh_from_db()
    assert account.check_password("Kuutamo-2026")
    assert elsewhere.get("/me/security/").status_code == 302  # every device is signed out
    assert visitor().get(link)["Location"] == "/forgotten/"
    assert client.post("/forgotten/new/", {"new": "Toinen-2026!"})["Location"] == "/forgotten/"


def test_a_linked_eid_comes_before_the_new_password(bank: banks.Bank, mallila: factories.Place) -> None:
    """ACC-13: and nobody else's will do."""
    account, code = carer(mallila)
    bank.visit(visitor(), "sign_in", code)
    recovery.mail_password_link(account.email, "http://testserver/forgotten/")
    client = visitor()
    client.get(mailed_link())

    assert client.get("/forgotten/new/")["Location"] == "/eid/?for=password"
    assert client.post("/forgotten/new/", {"new": "Kuutamo-2026"})["Location"] == "/eid/?for=password"
    other, _ = factories.identity_code()
    assert bank.visit(client, "password", other)["Location"].startswith("/eid/?for=password")
    assert client.get("/forgotten/new/").status_code == 302
    assert bank.visit(client, "password", code)["Location"] == "/forgotten/new/"
    assert client.post("/forgotten/new/", {"new": "Kuutamo-2026"})["Location"] == "/sign-in/"


def test_only_a_known_address_is_mailed_and_the_page_does_not_wait_for_it(mallila: factories.Place) -> None:
    account, _ = carer(mallila)
    assert recovery.mail_password_link(account.email.upper(), "http://x/") is True
    assert recovery.mail_password_link("outo@testi.example", "http://x/") is False
    assert len(mail.outbox) == 1


def test_another_user_name_needs_the_codes_of_both_addresses(mallila: factories.Place) -> None:
    """ACC-7: the old address is told, other devices are signed out."""
    account, _ = carer(mallila)
    client, elsewhere = visitor(), visitor()
    by_password(client, account)
    by_password(elsewhere, account)
    mail.outbox.clear()

    assert client.post("/me/email/", {"email": "uusi@testi.example"})["Location"] == "/me/email/codes/"
    sent = {message.to[0]: re.findall(r"\d{6}", str(message.body))[0] for message in mail.outbox}
    assert set(sent) == {account.email, "uusi@testi.example"}
    swapped = {"new_code": sent[account.email], "old_code": sent["uusi@testi.example"]}
    if len(set(sent.values())) == 2:
        assert client.post("/me/email/codes/", swapped).status_code == 422
    right = {"new_code": sent["uusi@testi.example"], "old_code": sent[account.email]}
    assert client.post("/me/email/codes/", right)["Location"] == "/me/security/"

    old = account.email
    account.refresh_from_db()
    assert account.email == "uusi@testi.example"
    assert mail.outbox[-1].to == [old]
    assert client.get("/me/security/").status_code == 200
    assert elsewhere.get("/me/security/").status_code == 302


def test_a_new_password_and_a_new_address_are_not_mistaken_for_each_other(
    bank: banks.Bank, mallila: factories.Place
) -> None:
    """ACC-13: whichever was begun last goes on; the page of the other leads to where it begins."""
    account, code = carer(mallila)
    client = visitor()
    by_password(client, account)
    client.post("/me/email/", {"email": "uusi@testi.example"})

    assert client.get("/forgotten/new/")["Location"] == "/forgotten/"
    assert client.post("/forgotten/new/", {"new": "Kuutamo-2026"})["Location"] == "/forgotten/"
    assert bank.visit(client, "password", code)["Location"].startswith("/eid/?for=password")

    recovery.mail_password_link(account.email, "http://testserver/forgotten/")
    client.get(mailed_link())
    typed = {"new_code": "000000", "old_code": "000000"}
    assert client.get("/me/email/codes/")["Location"] == "/me/email/"
    assert client.post("/me/email/codes/", typed)["Location"] == "/me/email/"
    account.refresh_from_db()
    assert account.email == "maija@testi.example"


def test_a_lost_address_is_replaced_after_strong_authentication(bank: banks.Bank, mallila: factories.Place) -> None:
    account, code = carer(mallila)
    client = visitor()

    assert bank.visit(client, "email", code)["Location"] == "/me/email/"
    mail.outbox.clear()
    client.post("/me/email/", {"email": "uusi@testi.example"})
    assert [message.to for message in mail.outbox] == [["uusi@testi.example"]]
    typed = re.findall(r"\d{6}", str(mail.outbox[0].body))[0]
    assert client.post("/me/email/codes/", {"new_code": typed})["Location"] == "/me/security/"

    old = account.email
    account.refresh_from_db()
    assert account.email == "uusi@testi.example"
    assert mail.outbox[-1].to == [old]


# --- Devices ---------------------------------------------------------------------------------------------------------

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_device_is_signed_out_from_afar_by_its_owner_alone(mallila: factories.Place) -> None:
    account, _ = carer(mallila)
    other, _ = carer(mallila, "toinen@testi.example")
    here, there, stranger = visitor(), Client(headers={"User-Agent": FIREFOX}), visitor()
    for client, owner in ((here, account), (there, account), (stranger, other)):
        by_password(client, owner)

    page = here.get("/me/security/").content.decode()
    assert "Firefox, Windows" in page
    assert "this device" in page
    (end,) = re.findall(r'action="(/me/security/devices/\d+/end/)"', page)
    assert stranger.post(end).status_code == 403
    assert there.get("/me/security/").status_code == 200
    here.post(end)

    assert there.get("/me/security/").status_code == 302
    assert here.get("/me/security/").status_code == 200


def test_sign_in_from_a_new_device_is_told_once(mallila: factories.Place) -> None:
    """HELP-4."""
    account, _ = carer(mallila)
    first, second = visitor(), visitor()
    by_password(first, account)
    assert mail.outbox == []
    by_password(second, account)
    assert [message.subject for message in mail.outbox] == ["Sign-in to Palkkio from a new device"]
    for client in (first, second):
        client.post("/sign-out/")
        by_password(client, account)
    assert len(mail.outbox) == 1


def test_a_new_device_stands_on_the_home_page_until_its_owner_has_looked(mallila: factories.Place) -> None:
    """HELP-4; the to-do leads to the list of devices."""
    account, _ = carer(mallila)
    first, second = visitor(), visitor()
    by_password(first, account)
    assert "used on a new device" not in first.get("/", follow=True).content.decode()
    by_password(second, account)
    first.post("/me/check/", {"answer": "right"})
    home = first.get("/", follow=True).content.decode()
    assert "Your account was used on a new device" in home
    assert 'href="/me/security/"' in home
    first.get("/me/security/")
    assert "used on a new device" not in first.get("/", follow=True).content.decode()


def test_who_signs_in_with_the_code_of_an_app_is_told_of_a_new_device_too(mallila: factories.Place) -> None:
    account = staff(mallila)
    person = queries.person_ids_of(account.pk)[0]
    by_password(visitor(), account)
    factories.app(factories.viewer(factories._person(person), RoleKind.HANDLER))
    client = visitor()
    by_password(client, account)
    assert mail.outbox == []
    client.post("/sign-in/second-factor/", {"code": factories.app_code()})
    assert is_signed_in(client)
    assert [message.subject for message in mail.outbox] == ["Sign-in to Palkkio from a new device"]


def test_a_changed_password_keeps_this_device_in_the_list(mallila: factories.Place) -> None:
    account, _ = carer(mallila)
    client = visitor()
    by_password(client, account)
    changed = client.post("/me/password/", {"old": factories.PASSWORD, "new": "Kuutamo-2026"})
    assert changed.status_code == 302
    assert "this device" in client.get("/me/security/").content.decode()


def test_pages_of_an_account_ask_to_sign_in(db: None) -> None:
    for name, door in URL_ROLES.items():
        if door.roles == SIGNED_IN and name.startswith(("mfa_", "portal:")) and not name.startswith("portal:invit"):
            args = (1,) if name in ("portal:end-session", "mfa_remove_webauthn") else ()
            address = reverse(name, args=args)
            answer = visitor().get(address) if door.posts is None else visitor().post(address)
            assert answer["Location"].startswith("/sign-in/"), name


def test_passkeys_and_apps_are_changed_soon_after_sign_in_or_after_the_password(mallila: factories.Place) -> None:
    account, _ = carer(mallila)
    client = visitor()
    by_password(client, account)
    assert client.get("/me/security/app/").status_code == 200
    session = client.session
    session["palkkio_signed_in_at"] = time.time() - 700
    session.save()

    asked = client.get("/me/security/app/")["Location"]
    assert asked.startswith("/me/confirm/?next=")
    assert client.post(asked, {"password": "Vaara-sana-1"}).status_code == 422
    assert client.post(asked, {"password": factories.PASSWORD})["Location"] == "/me/security/app/"
    assert client.get("/me/security/app/").status_code == 200
    assert actions.WRONG


# --- Let in again by staff -------------------------------------------------------------------------------------------


def invited_again(place: factories.Place, account: Account, email: str) -> str:
    """Staff have identified the account's owner and send a link; its path."""
    from palkkio.accounts.invitations.actions import invite_again

    [person_id] = queries.person_ids_of(account.pk)
    handler = factories.handler(place)
    reason = "Passport shown at the counter"
    later = timezone.now()
    invite_again(person_id, by=handler, at=later, email=email, reason=reason, link_of=lambda token: f"/{token}/")
    found = re.search(r"/([\w-]{20,})/", str(mail.outbox[-1].body))
    assert found is not None
    return f"/invitation/{found[1]}/"


def test_who_was_identified_gets_a_new_user_name_and_password_by_one_link(
    bank: banks.Bank, mallila: factories.Place
) -> None:
    """ACC-13: straight to strong authentication; single use; logged with how the person was identified."""
    from palkkio.audit.models import Event

    account, code = carer(mallila)
    elsewhere = visitor()
    by_password(elsewhere, account)
    link = invited_again(mallila, account, "uusi@testi.example")
    old, going = account.email, "/invitation/accept/"

    client = visitor()
    assert client.get(link)["Location"] == "/invitation/"
    assert client.get("/invitation/")["Location"] == f"/eid/?for=sign_in&next={going.replace('/', '%2F')}"
    assert bank.visit(client, "sign_in", code, going_to=going)["Location"] == going
    page = client.get(going)
    assert b"uusi@testi.example" in page.content
    weak = client.post(going, {"new": "lyhyt", "takes_email": "on"})
    assert weak.status_code == 422
    mail.outbox.clear()
    assert client.post(going, {"new": "Kuutamo-2026", "takes_email": "on"})["Location"] == "/role/"

    account.refresh_from_db()
    assert account.email == "uusi@testi.example"
    assert account.check_password("Kuutamo-2026")
    assert [each.to for each in mail.outbox] == [[old]]
    assert is_signed_in(client)
    assert elsewhere.get("/me/security/").status_code == 302  # other devices are signed out
    assert visitor().get(link).status_code == 410  # used
    assert client.post(going, {"new": "Toinen-2026!"}).status_code == 410
    found = Event.objects.filter(action__in=("invite", "accept_invitation", "change_password", "change_email"))
    assert [each.action for each in found.order_by("pk")] == [
        "invite",
        "accept_invitation",
        "change_password",
        "change_email",
    ]
    assert found.get(action="invite").reason == "Passport shown at the counter"


def test_a_link_to_be_let_in_again_lets_nobody_else_in(bank: banks.Bank, mallila: factories.Place) -> None:
    """Another person's identity changes nothing, and an address that is another account's is not taken."""
    account, code = carer(mallila)
    stranger, strange_code = carer(mallila, "outo@testi.example")
    link, going = invited_again(mallila, account, stranger.email), "/invitation/accept/"

    other = visitor()
    other.get(link)
    bank.visit(other, "sign_in", strange_code, going_to=going)
    refused = other.post(going, {"new": "Kuutamo-2026"})
    assert refused.status_code == 422
    assert b"another person" in refused.content
    stranger.refresh_from_db()
    assert stranger.check_password(factories.PASSWORD)

    client = visitor()
    client.get(link)
    bank.visit(client, "sign_in", code, going_to=going)
    taken = client.post(going, {"new": "Kuutamo-2026", "takes_email": "on"})
    assert taken.status_code == 422
    assert b"Another account has this e-mail" in taken.content
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)  # nothing is half done
    assert client.post(going, {"new": "Kuutamo-2026"})["Location"] == "/role/"
    account.refresh_from_db()
    assert account.email == "maija@testi.example"
