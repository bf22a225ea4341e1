"""Registration page by page, with the sandbox bank (ACC-2 to ACC-6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from palkkio.accounts.models import Account, AccountPerson, EidLink, MailedCode
from palkkio.accounts.session import FRESH, SECOND_FACTOR_AT, STRONG_AT
from palkkio.core.viewer import RoleKind
from tests import banks, factories

if TYPE_CHECKING:
    from django.http import HttpResponse

    from palkkio.people.models import Person

pytestmark = pytest.mark.django_db
EMAIL = "uusi.hoitaja@testi.example"
PASSWORD = "Aurinko-2026"


@pytest.fixture(scope="module")
def opened_bank() -> Iterator[banks.Bank]:
    with banks.opened() as bank:
        yield bank


@pytest.fixture
def bank(opened_bank: banks.Bank, settings: Any) -> banks.Bank:
    settings.PALKKIO_IDENTITY_PROVIDERS = opened_bank.providers()
    settings.LANGUAGE_CODE = "en"
    return opened_bank


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def mallila() -> factories.Place:
    return factories.county()


def carer_to_be(place: factories.Place, **values: Any) -> Person:
    """Somebody to whom the county gave a role, and who has no account yet."""
    person = factories.person(place, "Uuno", "Uusi", **values)
    factories.role(person, RoleKind.CARER)
    return person


def begin(visitor: Client, email: str = EMAIL, password: str = PASSWORD) -> HttpResponse:
    return visitor.post("/register/", {"email": email, "password": password})


def mailed_code() -> str:
    found = re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body))
    return found[0] if found else ""


def reach_code(bank: banks.Bank, visitor: Client, code: str, email: str = EMAIL) -> str:
    """Up to the page that asks for the code; the code that was mailed."""
    begin(visitor, email)
    assert bank.visit(visitor, "register", code)["Location"] == "/register/code/"
    visitor.get("/register/code/")
    return mailed_code()


def link(visitor: Client, code: str) -> HttpResponse:
    return visitor.post("/register/code/", {"code": code})


# --- The way through -------------------------------------------------------------------------------------------------


def test_a_carer_registers_from_the_first_page_to_the_role(
    bank: banks.Bank, visitor: Client, mallila: factories.Place
) -> None:
    """ACC-2 to ACC-6: and a reload of any page loses nothing and sends nothing again."""
    person = carer_to_be(mallila)

    assert begin(visitor)["Location"] == "/register/identify/"
    for _ in range(2):
        page = visitor.get("/register/identify/").content.decode()
        assert "Yes, link my e-mail to my eID" in page
    banks_offered = visitor.get("/eid/?for=register").content.decode()
    assert all(name in banks_offered for name in ("Testipankki", "Mallipankki"))
    assert bank.visit(visitor, "register", person.identity_code)["Location"] == "/register/code/"
    for _ in range(2):
        assert EMAIL in visitor.get("/register/code/").content.decode()
    assert [message.to for message in mail.outbox] == [[EMAIL]]
    code = mailed_code()
    assert not Account.objects.filter(email=EMAIL).exists()

    assert link(visitor, f" {code[:3]} {code[3:]} ")["Location"] == "/register/done/"

    assert "Strong authentication has been linked to your account" in visitor.get("/register/done/").content.decode()
    assert AccountPerson.objects.get(person=person).account.email == EMAIL
    assert visitor.get("/role/", follow=True).redirect_chain[-1][0].endswith("/me/check/")


def test_a_registration_counts_its_strong_authentication_from_the_visit_to_the_bank(
    bank: banks.Bank, visitor: Client, mallila: factories.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ACC-13: the code of the e-mail is typed later; what wants strong authentication of now asks for it again."""
    person = carer_to_be(mallila)
    before = timezone.now()
    code = reach_code(bank, visitor, person.identity_code)
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + FRESH + timedelta(minutes=1))

    assert link(visitor, code)["Location"] == "/register/done/"

    told = visitor.session[STRONG_AT]
    assert before.timestamp() <= told == visitor.session[SECOND_FACTOR_AT]
    assert timezone.now().timestamp() - told > FRESH.total_seconds()


def test_roles_are_matched_by_identity_code_in_every_organisation_never_by_email(
    bank: banks.Bank, visitor: Client, mallila: factories.Place
) -> None:
    """ACC-2: a person with the same e-mail and no role of this identity is not linked."""
    koela = factories.city()
    person = carer_to_be(mallila)
    same = carer_to_be(koela, identity_code=person.identity_code, born=person.born)
    without_role = factories.person(mallila, "Toinen", "Testaaja", email=EMAIL)
    namesake = factories.person(koela, "Uuno", "Uusi", email=EMAIL)
    factories.role(namesake, RoleKind.CARER)

    link(visitor, reach_code(bank, visitor, person.identity_code))

    linked = set(AccountPerson.objects.filter(account__email=EMAIL).values_list("person_id", flat=True))
    assert linked == {person.pk, same.pk}
    assert without_role.pk not in linked


def test_a_person_without_a_role_is_told_so_and_whom_to_ask_after_strong_authentication(
    bank: banks.Bank, visitor: Client, mallila: factories.Place
) -> None:
    """ACC-2: "You have no role yet; contact ..." """
    code, _ = factories.identity_code()

    link(visitor, reach_code(bank, visitor, code))
    page = visitor.get("/role/").content.decode()

    assert "You have no role yet" in page
    for told in (mallila.organisation.name_en, mallila.organisation.payroll_phone, mallila.organisation.payroll_email):
        assert told in page
    assert visitor.get("/payslips/")["Location"] == "/role/"


def test_a_role_given_later_is_found_at_the_next_strong_authentication(
    bank: banks.Bank, visitor: Client, mallila: factories.Place
) -> None:
    person = factories.person(mallila, "Uuno", "Uusi")
    link(visitor, reach_code(bank, visitor, person.identity_code))
    assert not AccountPerson.objects.filter(person=person).exists()
    factories.role(person, RoleKind.CARER)

    bank.visit(visitor, "fresh", person.identity_code)

    assert AccountPerson.objects.get(person=person).account.email == EMAIL


# --- Codes -----------------------------------------------------------------------------------------------------------


def test_a_code_is_refused_when_wrong_expired_replaced_or_guessed_at(
    bank: banks.Bank, visitor: Client, mallila: factories.Place
) -> None:
    """ACC-5: and the page stays, with the error beside the field."""
    person = carer_to_be(mallila)
    first = reach_code(bank, visitor, person.identity_code)
    wrong = "000000" if first != "000000" else "111111"
    refused = link(visitor, wrong)
    assert refused.status_code == 422
    assert "The code is wrong or no longer valid" in refused.content.decode()

    visitor.post("/register/code/again/")
    second = mailed_code()
    if first != second:
        assert link(visitor, first).status_code == 422

    MailedCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert link(visitor, second).status_code == 422

    visitor.post("/register/code/again/")
    third = mailed_code()
    wrong = "000000" if third != "000000" else "111111"
    for _ in range(5):
        assert link(visitor, wrong).status_code == 422
    assert link(visitor, third).status_code == 422  # five tries, then the right one is worth nothing
    assert not Account.objects.filter(email=EMAIL).exists()

    visitor.post("/register/code/again/")
    assert link(visitor, mailed_code()).status_code == 302


def test_a_code_is_used_once(bank: banks.Bank, visitor: Client, mallila: factories.Place) -> None:
    code = reach_code(bank, visitor, carer_to_be(mallila).identity_code)
    stolen = dict(visitor.session["palkkio_registration"])
    link(visitor, code)
    other = Client()
    session = other.session
    session["palkkio_registration"] = stolen | {"email": "toinen@testi.example"}
    session.save()

    assert link(other, code).status_code == 422
    assert not Account.objects.filter(email="toinen@testi.example").exists()


def test_codes_are_not_mailed_without_end(bank: banks.Bank, visitor: Client, mallila: factories.Place) -> None:
    reach_code(bank, visitor, carer_to_be(mallila).identity_code)
    for _ in range(10):
        visitor.post("/register/code/again/")

    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_away_is_told_and_the_code_is_sent_later(
    bank: banks.Bank, visitor: Client, mallila: factories.Place, settings: Any
) -> None:
    person = carer_to_be(mallila)
    begin(visitor)
    bank.visit(visitor, "register", person.identity_code)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert "The e-mail could not be sent just now" in visitor.get("/register/code/").content.decode()

    settings.EMAIL_BACKEND = working
    visitor.get("/register/code/")
    assert link(visitor, mailed_code()).status_code == 302


def test_pages_out_of_order_lead_to_the_right_one(bank: banks.Bank, visitor: Client) -> None:
    assert visitor.get("/register/identify/")["Location"] == "/register/"
    assert visitor.get("/register/code/")["Location"] == "/register/"
    assert visitor.get("/eid/?for=register")["Location"] == "/register/"
    begin(visitor)
    assert visitor.get("/register/code/")["Location"] == "/register/identify/"
    assert link(visitor, "123456")["Location"] == "/register/identify/"


def test_a_weak_or_common_password_is_refused_and_the_email_stays(visitor: Client) -> None:
    """ACC-3."""
    for password, said in (("short", "Use at least 8 characters"), ("P@ssw0rd", "This password is too common")):
        answer = begin(visitor, password=password)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert EMAIL in answer.content.decode()
        assert password not in answer.content.decode()


# --- What is not said ------------------------------------------------------------------------------------------------


def body(answer: HttpResponse) -> str:
    """The page without tokens and typed addresses."""
    text = re.sub(r'(csrf[^>]*value=")[^"]+', r"\1", answer.content.decode())
    return re.sub(r"[\w.]+@testi\.example", "ADDRESS", re.sub(r'"X-CSRFToken": "[^"]+"', "", text))


def test_nobody_learns_who_has_an_account(bank: banks.Bank, mallila: factories.Place) -> None:
    """ACC-2, ACC-13: same status, text and way for a known and an unknown address."""
    factories.account(email="tuttu@testi.example")
    answers = []
    for email in ("tuttu@testi.example", "outo@testi.example"):
        visitor = Client(headers={"Accept-Language": "en"}, REMOTE_ADDR="192.0.2.9")
        code, _ = factories.identity_code()
        steps = [begin(visitor, email), visitor.get("/register/identify/")]
        steps += [visitor.post("/forgotten/", {"email": email}), visitor.get("/forgotten/sent/")]
        steps += [visitor.post("/sign-in/", {"email": email, "password": "Vaara-sana-1"})]
        steps += [bank.visit(visitor, "register", code), visitor.get("/register/code/")]
        steps += [link(visitor, "abcdef")]
        answers.append([(each.status_code, each.get("Location"), body(each)) for each in steps])

    assert answers[0] == answers[1]
    known, unknown = mail.outbox
    assert "You have one already" in str(known.body)
    assert "Your code is" in str(unknown.body)


def test_an_identity_that_has_an_account_is_told_after_strong_authentication(
    bank: banks.Bank, visitor: Client, mallila: factories.Place
) -> None:
    person = carer_to_be(mallila)
    factories.account(person, email="ennestaan@testi.example")
    begin(visitor)

    answer = bank.visit(visitor, "register", person.identity_code)
    page = visitor.get(answer["Location"], follow=True)

    assert "You have an account already. Sign in with your eID" in page.content.decode()
    assert not Account.objects.filter(email=EMAIL).exists()


def test_the_identity_code_stands_in_no_table(bank: banks.Bank, visitor: Client, mallila: factories.Place) -> None:
    """Point 1: every table of the database is searched, sessions opened."""
    code, _ = factories.identity_code()
    reach_code(bank, visitor, code)
    in_session = str(dict(visitor.session.items()))
    link(visitor, mailed_code())
    bank.visit(visitor, "fresh", code)
    assert EidLink.objects.filter(account__email=EMAIL).exists()

    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS each WHERE each::text LIKE %s', [f"%{code}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    assert found == []
    assert code not in in_session
    assert code not in str(dict(visitor.session.items()))
